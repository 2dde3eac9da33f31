"""Words for lines whose sum the scale says."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from marketplace.catalogue import queries as catalogue
from marketplace.catalogue.models import Product
from marketplace.foundation import formats
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _
from marketplace.orders.models import OrderLine, OrderWeighing, WeighingLine
from marketplace.orders.proposal import Wish
from marketplace.orders.services.checkout import sum_now
from marketplace.orders.services.weighing import silence
from marketplace.orders.states import Weight


def line_told(line: OrderLine) -> str:
    """What its sum counts: 76,2 kg once that is settled, 30 quả ≈ 75 kg before the scale, else 50 kg."""
    if line.settled is not None:
        return formats.amount(line.settled, line.paid_unit, locale())
    return agreed_told(line)


def agreed_told(line: OrderLine) -> str:
    """What was agreed, whatever the scale said."""
    return _expected(line.quantity, line.unit, line.priced(line.quantity) if line.weighed else None)


def wish_told(wish: Wish) -> str:
    """What a line would be."""
    if not wish.goods_changed:
        return line_told(wish.line)
    return _expected(wish.quantity, wish.unit, wish.paid_for if wish.weighed else None)


def item_told(item: Any) -> str:
    """What lies in the cart, or is wanted again and again."""
    product = item.product
    kg = catalogue.priced(product, item.quantity) if product.weighed else None
    return _expected(item.quantity, product.sale_unit, kg)


def _expected(quantity: Any, unit: str, kg: Any) -> str:
    told = formats.amount(quantity, unit, locale())
    return told if kg is None or unit == "kg" else f"{told} ≈ {formats.weight(kg, locale())}"


def piece_told(product: Product) -> str:
    """What one piece weighs, and that the scale counts."""
    if product.sale_unit == "kg":
        return _("Weighed when it is packed; the sum is an estimate.")
    one = _expected(1, product.sale_unit, catalogue.priced(product, Decimal(1)))
    return _("%(one)s, weighed when it is packed; the sum is an estimate.", one=one)


def kg_each(product: Product) -> str:
    """Kilograms of one piece, for the running totals of a page."""
    return f"{catalogue.priced(product, Decimal(1)).normalize():f}"


def terms_told(line: Any) -> str:
    """What was agreed about the scale; `line` is one of an order, or a product."""
    return _(
        "Weighed when it is packed. Up to %(percent)s more or less the scale counts; beyond that you are asked first.",
        percent=formats.percent(line.tolerance_percent, locale()),
    )


def scale_says(row: WeighingLine) -> str:
    """30 quả weigh 84 kg, up to 78,75 kg were agreed."""
    told = {
        "kg": formats.weight(row.kg, locale()),
        "some": formats.amount(row.count, row.line.unit, locale()),
        "edge": formats.weight(row.agreed_kg, locale()),
    }
    if row.line.unit == "kg":
        if row.heavier:
            return _("The scale shows %(kg)s. Up to %(edge)s were agreed.", **told)
        return _("The scale shows %(kg)s. At least %(edge)s were agreed.", **told)
    if row.heavier:
        return _("%(some)s weigh %(kg)s. Up to %(edge)s were agreed.", **told)
    return _("%(some)s weigh %(kg)s. At least %(edge)s were agreed.", **told)


def silence_told(weighing: OrderWeighing) -> str:
    """What happens when nobody answers."""
    if any(silence(row) is Weight.REFUSED for row in weighing.lines):
        return _(
            "If you say nothing until then, these goods stay with the cooperative and you do not pay for them."
        )
    return _("If you say nothing until then, the goods come and you pay no more than was agreed.")


FILTERS = {
    "line_told": line_told,
    "agreed_told": agreed_told,
    "wish_told": wish_told,
    "item_told": item_told,
    "item_sum": sum_now,
    "terms_told": terms_told,
    "piece_told": piece_told,
    "kg_each": kg_each,
    "scale_says": scale_says,
    "silence_told": silence_told,
}
