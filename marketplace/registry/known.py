"""What lower floors know of a year: money that came through the market, and what the registry holds today."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from marketplace.cooperatives.models import Cooperative
from marketplace.foundation.words import _, _n
from marketplace.payments import queries as payments
from marketplace.registry.hints import Hint, hints

HELD = (("members_end", "members_official"), ("workers", "workers"), ("charter_capital", "charter_capital"))
"""Figure of the report, column of the registry."""


@hints
def paid_through_the_market(cooperative: Cooperative, year: int) -> Iterator[Hint]:
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    paid, count = payments.paid_between(cooperative.organisation_id, first, last)
    if count:
        source = _n(
            "%(num)s payment of buyers through the market",
            "%(num)s payments of buyers through the market",
            count,
        )
        yield Hint("revenue_total", paid, source, "/desk/money")


@hints
def held_by_the_registry(cooperative: Cooperative, _year: int) -> Iterator[Hint]:
    for figure, column in HELD:
        value = getattr(cooperative, column)
        if value is not None:
            yield Hint(figure, int(value), _("what the registry holds today"), "/desk/profile")
