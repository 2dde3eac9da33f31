"""Too little delivered: how much is missing, what may be made good, and what penalty follows.

Source: Commercial Law 2005, articles 300 to 302. The cap on penalties comes in as a number: it is dated data
(linkage.models.law), not a constant.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from marketplace.foundation import formats
from marketplace.foundation.errors import Refusal
from marketplace.foundation.money import Money, line_total
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _l

HUNDRED = Decimal(100)
STEP = Decimal("0.001")


class ShortfallBasis(StrEnum):
    """From where missing kilograms are counted once less than the lower bound was delivered."""

    LOWER_BOUND = "lower_bound"
    NOMINAL = "nominal"


BASIS_LABELS = {
    ShortfallBasis.LOWER_BOUND: _l("From the lower bound: the agreed quantity less the tolerance"),
    ShortfallBasis.NOMINAL: _l("From the full agreed quantity"),
}


@dataclass(frozen=True, slots=True)
class Breach:
    """Kilograms missing, what they are worth, and the penalty for them."""

    short: Decimal
    value: Money
    penalty: Money


def bounds(agreed: Decimal, tolerance: Decimal) -> tuple[Decimal, Decimal]:
    """The least and the most kilograms that still keep the agreement; `tolerance` in per cent, both ways."""
    slack = (agreed * tolerance / HUNDRED).quantize(STEP)
    return agreed - slack, agreed + slack


def shortfall(agreed: Decimal, accepted: Decimal, *, tolerance: Decimal, basis: ShortfallBasis) -> Decimal:
    """Kilograms missing; none as long as what was accepted reaches the lower bound, whatever the basis."""
    lower, _upper = bounds(agreed, tolerance)
    if accepted >= lower:
        return Decimal(0)
    return (lower if basis is ShortfallBasis.LOWER_BOUND else agreed) - accepted


def after_cure(
    short: Decimal, made_up: Iterable[tuple[dt.date, Decimal]], *, due: dt.date, cure_days: int
) -> Decimal:
    """What is still missing once deliveries within `cure_days` after `due` are counted: [(day, kg)]."""
    last = due + dt.timedelta(days=cure_days)
    good = sum((kg for day, kg in made_up if due < day <= last), Decimal(0))
    return max(short - good, Decimal(0))


def refuse_above_cap(rate: Decimal, cap: Decimal) -> None:
    """Raises Refusal for a penalty rate that the law does not allow."""
    if rate > cap:
        raise Refusal(
            _l(
                "The law allows a penalty of at most %(cap)s of the part that was breached.",
                cap=formats.percent(cap, locale()),
            ),
            field="penalty",
        )


def breach(short: Decimal, *, price: Money, rate: Decimal, cap: Decimal) -> Breach:
    """The penalty for `short` kilograms at `price` per kg: `rate` per cent, refused above `cap`."""
    refuse_above_cap(rate, cap)
    value = line_total(price, short)
    return Breach(short, value, value.percent(rate))
