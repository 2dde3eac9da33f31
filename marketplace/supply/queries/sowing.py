"""What was sown, beside what is said of the weeks ahead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from sqlalchemy import select

from marketplace.catalogue import queries as catalogue
from marketplace.catalogue.models import Product
from marketplace.foundation import clock, formats
from marketplace.foundation.calendar import Week, week_of, weeks_from
from marketplace.foundation.db import db
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _
from marketplace.growing import queries as growing
from marketplace.growing.models import Sowing
from marketplace.supply.models import Forecast, Stock
from marketplace.supply.queries.forecast import said_before

LOOKED_AHEAD = 26
"""Weeks: half a year, the longest crop of the plain."""
LONGEST_NOTE = 300


@dataclass(frozen=True)
class SownWeek:
    """One week: `quantity` that what grows should bring, in the sale unit; what is said of it until now."""

    week: str
    quantity: Decimal
    said: Forecast | None
    note: str

    @property
    def differs(self) -> bool:
        return self.said is None or self.said.likely != self.quantity


def sown_ahead(product: Product) -> list[SownWeek]:
    """The weeks to come in which something sown is harvested; none of those that are said by grade."""
    weeks = weeks_from(week_of(clock.today()), LOOKED_AHEAD)
    weighs = catalogue.kg_per_unit(product)
    expected = growing.expected_by_week(product.id, weeks)
    brings = {str(week): kg for week, kg in expected.items() if kg > 0}
    if not weighs or not brings:
        return []
    said, graded = said_before(product.id, [*brings]), _graded(product.id, [*brings])
    sowings = growing.sowings_ahead(product.id, weeks)
    rows = []
    for week, kg in brings.items():
        quantity = (kg / weighs).quantize(Decimal(1), ROUND_HALF_UP)
        if quantity and week not in graded:
            rows.append(SownWeek(week, quantity, said.get(week), _note(sowings, Week.parse(week))))
    return rows


def _graded(product_id: int, weeks: Sequence[str]) -> set[str]:
    """Weeks of which something is said by grade: there the sum without a grade would count twice."""
    query = select(Stock.week).where(
        Stock.product_id == product_id, Stock.week.in_(weeks), Stock.grade != "", Stock.version > 0
    )
    return set(db.session.scalars(query))


def _note(sowings: Sequence[Sowing], week: Week) -> str:
    """ "From the sowing of 28/10/2026, Đồng Mạc Động"."""
    parts = [
        _(
            "from the sowing of %(day)s, %(plot)s",
            day=formats.date(each.sown_on, locale()),
            plot=each.plot.name,
        )
        for each in sowings
        if each.first_on <= week.end and each.last_on >= week.start
    ]
    return "; ".join(parts)[:LONGEST_NOTE]
