"""Codes and figures as pages show them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from flask import Flask
from markupsafe import Markup

from marketplace import config
from marketplace.cooperatives.banks import BANKS
from marketplace.foundation import formats, qr
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _
from marketplace.payments.gateways import gateway_for
from marketplace.payments.models import Charge
from marketplace.payments.queries import Week, axis_of
from marketplace.payments.states import CHARGE_LABELS, CHARGE_TONES, ENTRY_LABELS, METHOD_LABELS

MARK = "MẪU – KHÔNG CHUYỂN TIỀN"
COLUMN, GAP, TALLEST, FLOOR = 36, 12, 80, 112


@dataclass(frozen=True)
class Bar:
    """One day of the week as a column of a drawing 336 wide: its top and height, and what stands on it."""

    x: int
    y: int
    height: int
    label: str
    day: str
    today: bool


def install(app: Flask) -> None:
    app.jinja_env.filters.update(
        charge_code=code,
        charge_step=lambda charge: gateway_for(charge).begin(charge),
        charge_axis=axis_of,
        charge_label=CHARGE_LABELS.get,
        charge_tone=CHARGE_TONES.get,
        entry_label=ENTRY_LABELS.get,
        method_label=METHOD_LABELS.get,
        bank_name=lambda number: BANKS.get(number, number),
        week_bars=bars,
    )


def code(charge: Charge) -> Markup:
    """The code drawn into the page; its words stand beside it."""
    step = gateway_for(charge).begin(charge)
    return Markup(qr.svg(step.payload, title=words(charge))) if step.kind == "qr" else Markup("")


def drawing(charge: Charge) -> str:
    """The code as a file to keep; in a demonstration it says so itself."""
    payload = gateway_for(charge).begin(charge).payload
    return qr.svg(payload, title=words(charge), mark=MARK if config.current().demo else charge.transfer_ref)


def words(charge: Charge) -> str:
    return _(
        "VietQR code: %(amount)s to %(holder)s, account %(number)s, words %(reference)s",
        amount=formats.vnd(charge.left, locale()),
        holder=charge.account_holder,
        number=charge.account_number,
        reference=charge.transfer_ref,
    )


def bars(week: Week, today: Any) -> list[Bar]:
    """The week's money as columns, in millions where there is any."""
    most = max([day.amount for day in week.days] + [1])
    names = (
        ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
        if locale() == "en"
        else (*"T2 T3 T4 T5 T6 T7".split(), "CN")
    )
    found = []
    for n, day in enumerate(week.days):
        height = max(4, int(day.amount) * TALLEST // int(most)) if day.amount else 0
        millions = Decimal(int(day.amount)) / 1_000_000
        label = formats.number(round(millions, 1) or round(millions, 2), locale()) if day.amount else ""
        found.append(Bar(n * (COLUMN + GAP), FLOOR - height, height, label, names[n], day.day == today))
    return found
