"""Price rules as data: the price of one kilogram of a grade, and in words why it is so.

A rule is agreed once and kept with the contract; each price that was computed keeps what went in, so that years later
an officer can say how it came about.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Any

from marketplace.foundation import formats
from marketplace.foundation.calendar import week_of
from marketplace.foundation.errors import Refusal
from marketplace.foundation.money import Money
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _, _l, in_both

HUNDRED = Decimal(100)
NOTHING = Money(0)


class RuleKind(StrEnum):
    FIXED = "fixed"
    FLOOR = "floor"
    FLOOR_SHARE = "floor_share"
    MARKET_LINKED = "market_linked"
    BAND = "band"


RULE_LABELS = {
    RuleKind.FIXED: _l("Fixed price"),
    RuleKind.FLOOR: _l("Floor price: the market, and never less than the floor"),
    RuleKind.FLOOR_SHARE: _l("Floor price and a share of what the market gives above it"),
    RuleKind.MARKET_LINKED: _l("By the market price, with a difference"),
    RuleKind.BAND: _l("By the market price, between a floor and a ceiling"),
}
BY_MARKET = frozenset(RuleKind) - {RuleKind.FIXED}
"""Rules that look at a market price."""


class ReferenceDay(StrEnum):
    """Which day's market price counts."""

    DELIVERY = "delivery"
    DAY_BEFORE = "day_before"
    WEEK_MONDAY = "week_monday"


DAY_LABELS = {
    ReferenceDay.DELIVERY: _l("The day of delivery"),
    ReferenceDay.DAY_BEFORE: _l("The day before delivery"),
    ReferenceDay.WEEK_MONDAY: _l("Monday of the week of delivery"),
}


@dataclass(frozen=True, slots=True)
class GradeTerms:
    """One grade: `price` is its fixed price or its floor, `ceiling` its highest, đồng per kg; `of_market` is how many
    per cent of the reference price its market price is."""

    grade: str
    price: Money | None = None
    ceiling: Money | None = None
    of_market: Decimal = HUNDRED


@dataclass(frozen=True, slots=True)
class PriceRule:
    """`share` is per cent of what lies above the floor; `difference` đồng per kg and `difference_rate` per cent are
    added to the market price, below zero for a discount. `weekly_review`: both sides confirm each week's price."""

    kind: RuleKind
    grades: tuple[GradeTerms, ...]
    share: Decimal = Decimal(0)
    difference: Money = NOTHING
    difference_rate: Decimal = Decimal(0)
    reference_day: ReferenceDay = ReferenceDay.DELIVERY
    weekly_review: bool = False

    def of(self, grade: str) -> GradeTerms:
        """The terms of a grade. Raises Refusal when none were agreed."""
        for each in self.grades:
            if each.grade == grade:
                return each
        raise Refusal(
            _l("No price was agreed for grade %(grade)s.", grade=grade or _("without a sign")), field="grade"
        )


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a price is computed from: the market price of the reference day with its source, a text or lazy words."""

    grade: str
    market: Money | None = None
    market_day: dt.date | None = None
    source: Any = ""
    observations: tuple[int, ...] = ()

    def plain(self) -> dict[str, Any]:
        """As it is kept beside the price."""
        return {
            "grade": self.grade,
            "market": None if self.market is None else int(self.market),
            "market_day": self.market_day.isoformat() if self.market_day else None,
            "source": str(self.source),
            "observations": list(self.observations),
        }


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the way to a price: a code for its sentence, and its numbers."""

    code: str
    numbers: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Priced:
    """Đồng per kg, how it came about, and what went in."""

    price: Money
    steps: tuple[Step, ...]
    inputs: Inputs

    def words(self) -> dict[str, str]:
        """Why, in both languages."""
        return in_both(lambda: " ".join(told(step) for step in self.steps))


def reference_day(rule: PriceRule, delivered_on: dt.date) -> dt.date:
    """The day whose market price counts for goods delivered on this day."""
    match rule.reference_day:
        case ReferenceDay.DAY_BEFORE:
            return delivered_on - dt.timedelta(days=1)
        case ReferenceDay.WEEK_MONDAY:
            return week_of(delivered_on).start
        case _:
            return delivered_on


def priced(rule: PriceRule, inputs: Inputs) -> Priced:
    """The price of a kilogram of this grade. Raises Refusal where the rule wants a market price and none is known."""
    terms = rule.of(inputs.grade)
    if rule.kind is RuleKind.FIXED:
        price = _agreed(terms)
        return Priced(price, (Step("fixed", {"price": price}),), inputs)
    market, steps = _market(rule, terms, inputs)
    price, last = _RULES[rule.kind](rule, terms, market)
    return Priced(price, (*steps, *last), inputs)


def refuse_unsound(rule: PriceRule) -> None:
    """Raises Refusal, naming the field, for a rule that could not be computed."""
    if not rule.grades:
        raise Refusal(_l("Write at least one grade with its price."))
    if len({each.grade for each in rule.grades}) != len(rule.grades):
        raise Refusal(_l("A grade stands here twice."))
    for each in rule.grades:
        if rule.kind is not RuleKind.MARKET_LINKED and not each.price:
            raise Refusal(_l("Write a price for every grade: it is the fixed price, or the floor."))
        if rule.kind is RuleKind.BAND and (each.ceiling is None or each.ceiling < (each.price or 0)):
            raise Refusal(_l("The ceiling of a grade is at least its floor."))
    if rule.kind is RuleKind.FLOOR_SHARE and not 0 < rule.share <= HUNDRED:
        raise Refusal(_l("The share above the floor lies between 0 and 100 per cent."), field="share")


def _market(rule: PriceRule, terms: GradeTerms, inputs: Inputs) -> tuple[Money, list[Step]]:
    """The market price of the grade, with the agreed difference."""
    if inputs.market is None:
        raise Refusal(
            _l("There is no market price for that day yet. Enter one with its source."), field="market"
        )
    numbers = {"market": inputs.market, "day": inputs.market_day, "source": inputs.source}
    steps = [Step("market", numbers)]
    market = inputs.market
    if terms.of_market != HUNDRED:
        market = market.percent(terms.of_market)
        steps.append(Step("of_market", {"rate": terms.of_market, "price": market}))
    if rule.difference_rate or rule.difference:
        market = Money(max(market + market.percent(rule.difference_rate) + rule.difference, 0))
        steps.append(Step("difference", {"price": market}))
    return market, steps


Outcome = tuple[Money, list[Step]]


def _floor(_rule: PriceRule, terms: GradeTerms, market: Money) -> Outcome:
    floor = _agreed(terms)
    if market < floor:
        return floor, [Step("at_floor", {"price": floor})]
    return market, [Step("above_floor", {"floor": floor, "price": market})]


def _floor_share(rule: PriceRule, terms: GradeTerms, market: Money) -> Outcome:
    floor = _agreed(terms)
    if market <= floor:
        return floor, [Step("at_floor", {"price": floor})]
    price = floor + (market - floor).percent(rule.share)
    return price, [Step("shared", {"floor": floor, "rate": rule.share, "price": price})]


def _linked(_rule: PriceRule, _terms: GradeTerms, market: Money) -> Outcome:
    return market, []


def _band(_rule: PriceRule, terms: GradeTerms, market: Money) -> Outcome:
    floor, ceiling = _agreed(terms), terms.ceiling
    if ceiling is not None and market > ceiling:
        return ceiling, [Step("at_ceiling", {"price": ceiling})]
    if market < floor:
        return floor, [Step("at_floor", {"price": floor})]
    return market, [Step("inside", {"price": market})]


_RULES = {
    RuleKind.FLOOR: _floor,
    RuleKind.FLOOR_SHARE: _floor_share,
    RuleKind.MARKET_LINKED: _linked,
    RuleKind.BAND: _band,
}


def _agreed(terms: GradeTerms) -> Money:
    if terms.price is None:
        raise Refusal(_l("No price was agreed for grade %(grade)s.", grade=terms.grade), field="grade")
    return terms.price


def told(step: Step) -> str:
    """A step as a sentence in the reader's language."""
    said = {name: _number(name, value) for name, value in step.numbers.items()}
    sentence = {
        "fixed": _("The contract fixes %(price)s per kg."),
        "market": _("Market price of %(day)s: %(market)s per kg (%(source)s)."),
        "of_market": _("This grade counts %(rate)s of it: %(price)s."),
        "difference": _("With the agreed difference: %(price)s."),
        "at_floor": _("The floor holds: %(price)s."),
        "above_floor": _("Above the floor of %(floor)s: the market price holds."),
        "shared": _("%(rate)s of what lies above the floor of %(floor)s are added: %(price)s."),
        "at_ceiling": _("The ceiling holds: %(price)s."),
        "inside": _("Between floor and ceiling: the market price holds."),
    }[step.code]
    return sentence % said


def _number(name: str, value: Any) -> str:
    if isinstance(value, Money):
        return formats.vnd(value, locale())
    if name == "rate":
        return formats.percent(Decimal(value).quantize(Decimal("0.01"), ROUND_HALF_UP).normalize(), locale())
    if isinstance(value, dt.date):
        return formats.date(value, locale())
    return str(value or "–")
