"""Which kilograms of a request a pool is for, week by week."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

from marketplace.foundation.errors import Refusal
from marketplace.foundation.money import Money, line_total
from marketplace.foundation.sharing import share_by_weight
from marketplace.foundation.units import UNITS
from marketplace.foundation.words import _l
from marketplace.linkage.models import Need, Pool


def kilograms(amount: Decimal, unit: str) -> int:
    """Whole kilograms; what is less than one is left. Raises Refusal for what is counted and not weighed."""
    kg = UNITS[unit].kg
    if kg is None:
        raise Refusal(_l("A pool shares kilograms; this request counts in another way."))
    return int(amount * kg)


def in_unit(kg: int, unit: str) -> Decimal:
    """So many kilograms in a unit of weight, to the thousandth."""
    worth = UNITS[unit].kg
    if worth is None:
        raise Refusal(_l("A pool shares kilograms; this product is counted in another way."))
    return (Decimal(kg) / worth).quantize(Decimal("0.001"))


def asked_by_week(need: Need) -> dict[str, int]:
    """Kilograms of the request by ISO week, in their order."""
    return by_week(need, {line.id: line.quantity for line in need.lines})


def by_week(need: Need, amounts: Mapping[int, Decimal]) -> dict[str, int]:
    """The same of so much of each line."""
    found: dict[str, Decimal] = {}
    for line in sorted(need.lines, key=lambda line: line.starts):
        week = str(line.iso_week)
        found[week] = found.get(week, Decimal(0)) + amounts.get(line.id, Decimal(0))
    return {week: kilograms(amount, need.unit) for week, amount in found.items()}


def portioned(goal: int, weeks: Mapping[str, int]) -> dict[str, int]:
    """A part of the whole in the same proportions, no kilogram lost; all of it when there is less than the goal."""
    whole = sum(weeks.values())
    if goal >= whole:
        return dict(weeks)
    return {week: share.amount for week, share in share_by_weight(goal, weeks, caps=weeks).items()}


def by_line(need: Need, weeks: Mapping[str, int]) -> dict[dt.date, Decimal]:
    """Kilograms by week over the lines of these weeks, in proportion to what each wants and never more than that: first
    day of the line → amount in the request's unit."""
    found: dict[dt.date, Decimal] = {}
    for week, kg in weeks.items():
        wanted = {
            line.starts: kilograms(line.quantity, need.unit)
            for line in need.lines
            if str(line.iso_week) == week
        }
        total = min(kg, sum(wanted.values()))
        if total:
            shares = share_by_weight(total, wanted, caps=wanted)
            found |= {
                starts: in_unit(each.amount, need.unit) for starts, each in shares.items() if each.amount
            }
    return found


def price_of_one(pool: Pool, unit: str) -> Money:
    """What a pool asks for one of these units: its price is that of a kilogram."""
    return line_total(pool.price or Money(0), UNITS[unit].kg or Decimal(1))
