"""Sales as the fields of an e-invoice, for the cooperative's own invoice program (CSV and JSON).

Prices are agreed with the tax in them, where there is one; the program never decides which tax: the code is the one
that the seller chose for the product, and the delivery fee and a sum taken off have none.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from marketplace.catalogue.states import Vat
from marketplace.cooperatives import queries as cooperatives
from marketplace.foundation import clock, formats
from marketplace.foundation.money import Money
from marketplace.foundation.spoken import dong_in_words
from marketplace.foundation.words import in_language
from marketplace.orders.models import Order, OrderLine
from marketplace.orders.states import Method
from marketplace.orders.written import buyer_of

RATES = {Vat.ZERO: 0, Vat.FIVE: 5, Vat.EIGHT: 8, Vat.TEN: 10}
CODES = {
    Vat.NOT_SUBJECT: "KCT",
    Vat.NO_DECLARATION: "KKKNT",
    Vat.DIRECT_ONE: "TL1",
    **{vat: f"{rate}%" for vat, rate in RATES.items()},
}
CENTS = Decimal("0.01")


@dataclass(frozen=True)
class InvoiceLine:
    """`net` before tax and `tax` make `gross`, to the đồng; `price` is before tax."""

    position: int
    name: str
    unit: str
    quantity: Decimal
    price: Decimal
    net: Money
    vat_code: str
    tax: Money
    gross: Money


@dataclass(frozen=True)
class Sale:
    """One order on an invoice."""

    order: Order
    left_at: dt.datetime
    lines: Sequence[InvoiceLine]

    @property
    def net(self) -> Money:
        return sum((line.net for line in self.lines), Money(0))

    @property
    def tax(self) -> Money:
        return sum((line.tax for line in self.lines), Money(0))

    @property
    def gross(self) -> Money:
        return sum((line.gross for line in self.lines), Money(0))


def sale_of(order: Order, left_at: dt.datetime) -> Sale:
    """Its goods, then the delivery fee, then what was taken off: together what is owed."""
    lines = [_goods(n, line) for n, line in enumerate(_sold(order), start=1)]
    if order.delivery_fee:
        lines.append(_other(len(lines) + 1, "Phí giao hàng", order.delivery_fee))
    if order.relieved:
        lines.append(_other(len(lines) + 1, "Giảm trừ sau khiếu nại", -order.relieved))
    return Sale(order, left_at, lines)


def _sold(order: Order) -> list[OrderLine]:
    return [line for line in order.lines if line.paid_for > 0]


def _goods(position: int, line: OrderLine) -> InvoiceLine:
    vat = Vat(line.vat_code) if line.vat_code else None
    rate = RATES.get(vat, 0) if vat is not None else 0
    net = _before_tax(line.line_total, rate)
    price = Decimal(int(line.unit_price)) * 100 / (100 + rate)
    return InvoiceLine(
        position=position,
        name=", ".join(part for part in (line.name_vi, line.grade) if part),
        unit=formats.unit_name(line.paid_unit),
        quantity=line.paid_for,
        price=price.quantize(CENTS, ROUND_HALF_UP),
        net=net,
        vat_code=CODES[vat] if vat is not None else "",
        tax=line.line_total - net,
        gross=line.line_total,
    )


def _other(position: int, name: str, amount: Money) -> InvoiceLine:
    return InvoiceLine(position, name, "lần", Decimal(1), Decimal(int(amount)), amount, "", Money(0), amount)


def _before_tax(gross: Money, rate: int) -> Money:
    net = Decimal(int(gross)) * 100 / (100 + rate)
    return Money(int(net.to_integral_value(ROUND_HALF_UP)))


# --- as a sheet -------------------------------------------------------------------------------------

COLUMNS = (
    "Số đơn hàng", "Ngày giờ giao", "Tên người bán", "Địa chỉ người bán", "MST người bán", "Tên người mua",
    "Đơn vị mua", "Địa chỉ người mua", "MST người mua", "Điện thoại người mua", "STT", "Tên hàng hoá", "Đơn vị tính",
    "Số lượng", "Đơn giá chưa thuế", "Thành tiền chưa thuế", "Thuế suất", "Tiền thuế", "Thành tiền",
    "Tổng thanh toán", "Bằng chữ", "Hình thức thanh toán", "Ghi chú", "Hoá đơn đã lập",
)  # fmt: skip
"""In Vietnamese whatever the reader's language: it is the invoice program that reads them."""


def rows(sales: Iterable[Sale]) -> Iterator[list[Any]]:
    """One row per line of a sale, what the sale says on each."""
    for sale in sales:
        told = as_json(sale)
        head = [
            told["order_number"],
            sale.left_at,
            told["seller"]["name"],
            told["seller"]["address"],
            told["seller"]["tax_code"],
            told["buyer"]["name"],
            told["buyer"]["organisation"],
            told["buyer"]["address"],
            told["buyer"]["tax_code"],
            told["buyer"]["phone"],
        ]
        foot = [told["total"], told["total_in_words"], told["payment"], told["note"], told["invoice"]]
        for line in sale.lines:
            yield [*head, *_cells(line), *foot]


def _cells(line: InvoiceLine) -> list[Any]:
    return [
        line.position,
        line.name,
        line.unit,
        line.quantity,
        line.price,
        int(line.net),
        line.vat_code,
        int(line.tax),
        int(line.gross),
    ]


# --- as JSON ----------------------------------------------------------------------------------------


def as_json(sale: Sale) -> dict[str, Any]:
    """Sums are whole đồng; quantities and prices are strings, so that no program rounds them."""
    order = sale.order
    with in_language("vi"):
        buyer = buyer_of(order)
        seller = cooperatives.letterhead(order.cooperative)
    return {
        "order_number": order.number,
        "delivered_at": clock.to_local(sale.left_at).isoformat(timespec="minutes"),
        "seller": {
            "name": seller["name"],
            "address": seller["address"]["vi"],
            "tax_code": seller["tax_code"],
        },
        "buyer": {
            "name": buyer["name"],
            "organisation": buyer["organisation"],
            "address": buyer["address"]["vi"],
            "tax_code": buyer["tax_code"],
            "phone": buyer["phone"],
        },
        "lines": [_line_json(line) for line in sale.lines],
        "net": int(sale.net),
        "tax": int(sale.tax),
        "total": int(sale.gross),
        "total_in_words": dong_in_words(sale.gross),
        "payment": "TM" if order.method is Method.CASH else "CK",
        "note": order.group.note,
        "invoice": order.invoices[-1].called if order.invoices else "",
    }


def _line_json(line: InvoiceLine) -> dict[str, Any]:
    return {
        "position": line.position,
        "name": line.name,
        "unit": line.unit,
        "quantity": f"{line.quantity:.3f}",
        "unit_price": f"{line.price:.2f}",
        "net": int(line.net),
        "vat_code": line.vat_code,
        "tax": int(line.tax),
        "total": int(line.gross),
    }
