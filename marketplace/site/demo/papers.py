"""Papers that the supermarket wants: one cooperative has them all, another's test grows old and one paper waits."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import dataclass
from importlib.resources import files

from sqlalchemy import select

from marketplace.accounts.models import Organisation
from marketplace.buyers.models import RequiredPaper
from marketplace.catalogue import queries as catalogue
from marketplace.catalogue import services as products
from marketplace.catalogue.models import Product
from marketplace.cooperatives import services as cooperatives
from marketplace.cooperatives.states import PAPER_LABELS, PaperKind
from marketplace.dossiers import services as dossiers
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.media.receiving import Clean
from marketplace.site.demo.goods import Goods
from marketplace.site.demo.registry import Province

LABORATORY = "Phòng thử nghiệm nông sản (minh hoạ)"
OFFICE = "Cơ quan an toàn thực phẩm (minh hoạ)"


@dataclass(frozen=True)
class _Told:
    """A paper of a cooperative's first product; days before today, and after it."""

    key: str
    kind: PaperKind
    number: str
    issued_by: str
    issued: int
    ends: int | None
    seen: bool = True


PAPERS = (
    _Told("duc-chinh", PaperKind.RESIDUE_TEST, "MẪU-KN-0114", LABORATORY, 35, None),
    _Told("duc-chinh", PaperKind.FOOD_SAFETY, "MẪU-ATTP-0027", OFFICE, 400, 695),
    _Told("dong-lac", PaperKind.RESIDUE_TEST, "MẪU-KN-0092", LABORATORY, 152, None),
    _Told("dong-lac", PaperKind.FOOD_SAFETY, "MẪU-ATTP-0031", OFFICE, 6, 1089, seen=False),
)


def for_the_supermarket(province: Province, goods: Goods) -> int:
    """Enter them, and a link that was given away; how many there are."""
    for told in PAPERS:
        _send_in(province, goods[told.key][0], told)
    bigmart = db.session.scalars(
        select(Organisation).join(RequiredPaper, RequiredPaper.organisation_id == Organisation.id).distinct()
    ).first()
    with clock.standing_at(clock.now() - dt.timedelta(days=2)):
        dossiers.share(
            product=goods["duc-chinh"][0],
            organisation=bigmart,
            meant_for="Phòng thu mua rau củ BigMart",
            days=30,
            by=province.directors["duc-chinh"],
        )
    return len(PAPERS)


def _send_in(province: Province, product: Product, told: _Told) -> None:
    """As the director does it from the phone, and the office after it."""
    today = clock.today()
    with clock.standing_at(clock.now() - dt.timedelta(days=min(told.issued, 30))):
        paper = dossiers.send_in(
            product=product,
            kind=told.kind,
            number=told.number,
            issued_by=told.issued_by,
            issued_on=today - dt.timedelta(days=told.issued),
            expires_on=today + dt.timedelta(days=told.ends) if told.ends else None,
            file=Clean(io.BytesIO(_drawn(product, told)), "giay.jpg"),
            by=province.directors[told.key],
        )
        if told.seen:
            cooperatives.verify_certificate(certificate=paper, by=province.officer)
        change = catalogue.open_change(product)
        if change is not None:
            products.accept_change(change=change, by=province.officer)


def _drawn(product: Product, told: _Told) -> bytes:
    """A sheet with what the paper says, and that it is none."""
    from PIL import Image, ImageDraw, ImageFont

    face = files("fontpkg_be_vietnam_pro") / "files" / "BeVietnamPro-Regular.ttf"
    sheet = Image.new("RGB", (900, 1270), "#fbf7f0")
    pen, kept = ImageDraw.Draw(sheet), io.BytesIO()
    pen.rectangle((40, 40, 860, 1230), outline="#1e6b43", width=4)
    lines = (
        (54, str(PAPER_LABELS[told.kind])),
        (34, f"Số: {told.number}"),
        (34, product.cooperative.name),
        (34, product.name_vi),
        (34, told.issued_by),
        (40, "MẪU – KHÔNG CÓ GIÁ TRỊ"),
    )
    for place, (size, words) in enumerate(lines):
        font = ImageFont.truetype(io.BytesIO(face.read_bytes()), size)
        while pen.textlength(words, font) > 780:
            size -= 2
            font = ImageFont.truetype(io.BytesIO(face.read_bytes()), size)
        pen.text((60, 120 + 150 * place), words, fill="#1f2a24", font=font)
    sheet.save(kept, "JPEG", quality=80)
    return kept.getvalue()
