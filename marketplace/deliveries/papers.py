"""Papers that travel with the goods: the slip as PDF, and the code of a lot."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Any

from marketplace import config
from marketplace.deliveries import queries
from marketplace.deliveries.models import Delivery, Lot
from marketplace.foundation import clock, formats, parsing
from marketplace.foundation.web.locale import in_language_url, locale
from marketplace.foundation.words import _
from marketplace.payments import qr
from marketplace.places import queries as places

if TYPE_CHECKING:
    from fpdf import FPDF

FACE = "Be Vietnam Pro"


def lot_code(lot: Lot) -> Any:
    """The code on a label: it opens the lot's public page."""
    return qr.svg(lot_address(lot), _("Code of lot %(code)s", code=lot.code))


def lot_address(lot: Lot) -> str:
    return f"{config.current().base_url}{in_language_url(f'/lots/{lot.code}', 'vi')}"


def slip(delivery: Delivery) -> bytes:
    """The delivery slip as one A4 page; nothing is fetched to make it."""
    from fpdf import FPDF  # only who prints pays for its memory

    page = FPDF(format="A4")
    for style, weight in (("", "Regular"), ("B", "ExtraBold")):
        source = files("fontpkg_be_vietnam_pro") / "files" / f"BeVietnamPro-{weight}.ttf"
        page.add_font(FACE, style, str(source))
    page.set_title(_("Delivery slip %(number)s", number=delivery.number))
    page.set_margins(16, 15)
    page.add_page()
    _head(page, delivery)
    _goods(page, delivery)
    _signs(page)
    return bytes(page.output())


def _head(page: FPDF, delivery: Delivery) -> None:
    seller = delivery.cooperative
    _line(page, seller.name, bold=True, size=12)
    _line(page, places.label(seller.address))
    if seller.phone:
        _line(page, parsing.show_phone(seller.phone))
    page.ln(4)
    _line(page, _("Delivery slip"), bold=True, size=18, high=10)
    _line(
        page,
        _("Number %(number)s, %(day)s", number=delivery.number, day=formats.date(clock.today(), locale())),
    )
    page.ln(3)
    _line(
        page,
        _(
            "To: %(name)s, %(phone)s",
            name=delivery.contact_name,
            phone=parsing.show_phone(delivery.contact_phone),
        ),
    )
    _line(page, places.label(delivery.address))
    _line(page, queries.told(delivery.option))
    if delivery.carrier:
        words = ", ".join(part for part in (delivery.carrier, delivery.tracking_number) if part)
        _line(page, _("Carrier: %(carrier)s", carrier=words))
    if delivery.vehicle:
        _line(page, _("Vehicle: %(vehicle)s", vehicle=delivery.vehicle))
    page.ln(4)


def _goods(page: FPDF, delivery: Delivery) -> None:
    page.set_font(FACE, size=10)
    with page.table(col_widths=(64, 28, 28, 28, 30), line_height=7, text_align="LEFT") as table:
        head = table.row()
        for words in (_("Goods"), _("Lot"), _("Agreed"), _("Sent"), _("Received")):
            head.cell(words)
        for line in delivery.lines:
            row = table.row()
            row.cell(f"{line.name} {line.grade}".strip())
            row.cell(line.lot.code if line.lot else "")
            row.cell(formats.amount(line.accepted, line.unit, locale()))
            row.cell("" if line.dispatched is None else formats.amount(line.dispatched, line.unit, locale()))
            row.cell("")


def _signs(page: FPDF) -> None:
    page.ln(10)
    page.set_font(FACE, "B", 10)
    for words in (_("Sender"), _("Driver"), _("Receiver")):
        page.cell(59, 7, words, align="C")


def _line(page: FPDF, words: str, *, bold: bool = False, size: int = 10, high: int = 6) -> None:
    if words:
        page.set_font(FACE, "B" if bold else "", size)
        page.multi_cell(0, high, words, new_x="LMARGIN", new_y="NEXT")
