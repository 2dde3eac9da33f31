"""What follows from a contract's sections: its schedule, its price rule, its value, what it lacks, what has changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from marketplace.foundation.calendar import week_of
from marketplace.foundation.errors import Refusal
from marketplace.foundation.money import Money, line_total
from marketplace.foundation.words import _, _l
from marketplace.linkage.reckoning.deposit import deposit_due
from marketplace.linkage.reckoning.price import (
    GradeTerms,
    PriceRule,
    ReferenceDay,
    RuleKind,
    refuse_unsound,
)
from marketplace.linkage.terms import SECTIONS, Section, Term

MOST_LINES = 800
WEEK = dt.timedelta(days=7)


@dataclass(frozen=True, slots=True)
class ScheduleLine:
    """Kilograms of one of the contract's goods (its place in the list) for a week ("2027-W09") or a day."""

    goods: int
    week: str
    day: dt.date | None
    quantity: Decimal


def schedule(content: Mapping[str, Any]) -> list[ScheduleLine]:
    """Every delivery that was agreed, by day. Raises Refusal when the stretches give more lines than can be kept."""
    lines: list[ScheduleLine] = []
    for span in content["quantity"]["spans"]:
        lines += _lines(span)
        if len(lines) > MOST_LINES:
            raise Refusal(_l("%(most)s deliveries are the most of one contract.", most=MOST_LINES))
    return sorted(lines, key=lambda line: (line.day or dt.date.max, line.week, line.goods))


def _lines(span: Mapping[str, Any]) -> Iterator[ScheduleLine]:
    """A stretch from day to day: each day, or each ISO week that begins in it or holds its first day."""
    day, last = span["first"], span["last"]
    if span["each"] == "day":
        while day <= last:
            yield ScheduleLine(span["goods"], str(week_of(day)), day, span["quantity"])
            day += dt.timedelta(days=1)
        return
    monday = week_of(day).start
    while monday <= last:
        yield ScheduleLine(span["goods"], str(week_of(monday)), None, span["quantity"])
        monday += WEEK


def by_week(lines: Sequence[ScheduleLine]) -> dict[tuple[int, str], Decimal]:
    """(goods, week) → kilograms, as the ledger of goods counts."""
    told: dict[tuple[int, str], Decimal] = {}
    for line in lines:
        told[line.goods, line.week] = told.get((line.goods, line.week), Decimal(0)) + line.quantity
    return dict(sorted(told.items(), key=lambda item: (item[0][1], item[0][0])))


def price_rule(content: Mapping[str, Any]) -> PriceRule:
    """The rule as arithmetic takes it."""
    told = content["price"]
    return PriceRule(
        RuleKind(told["kind"]),
        tuple(
            GradeTerms(each["grade"], each["price"], each["ceiling"], each["of_market"] or Decimal(100))
            for each in told["grades"]
        ),
        share=told["share"] or Decimal(0),
        difference=Money(told["premium"] or 0) - (told["discount"] or 0),
        difference_rate=(told["premium_rate"] or Decimal(0)) - (told["discount_rate"] or Decimal(0)),
        reference_day=ReferenceDay(told["reference_day"] or ReferenceDay.DELIVERY),
        weekly_review=bool(told["weekly_review"]),
    )


def quantity(content: Mapping[str, Any]) -> Decimal:
    """All that was agreed, in kg."""
    return sum((line.quantity for line in schedule(content)), Decimal(0))


def value(content: Mapping[str, Any]) -> Money:
    """All that was agreed at the fixed price or the floor of its first grade; nothing where neither was agreed."""
    grades = content["price"]["grades"]
    price = grades[0]["price"] if grades else None
    return line_total(price, quantity(content)) if price else Money(0)


def deposit(content: Mapping[str, Any]) -> Money:
    told = content["advance"]
    return deposit_due(amount=told["deposit"], rate=told["deposit_rate"], value=value(content))


def inputs_given(content: Mapping[str, Any]) -> Money:
    """What the buyer gives ahead in seed, fertiliser and the like."""
    return Money(sum(each["value"] for each in content["advance"]["inputs"]))


def households(content: Mapping[str, Any]) -> list[list[str]]:
    """The list of member households, one for each line that is not empty, split at its semicolons."""
    lines = (content["households"]["list"] or "").splitlines()
    return [[part.strip() for part in line.split(";")] for line in lines if line.strip()]


# --- what it lacks ------------------------------------------------------------------------------------


def missing(section: Section, content: Mapping[str, Any]) -> list[str]:
    """What a section still needs before it can be offered, in words."""
    told = content[section.key]
    lacks = [
        _("Write: %(what)s.", what=term.label)
        for term in section.terms
        if term.needed and told.get(term.key) in (None, "")
    ]
    return lacks + [str(words) for words in _MORE.get(section.key, lambda _content: [])(content)]


def missing_all(content: Mapping[str, Any]) -> list[tuple[Section, list[str]]]:
    """(section, what it lacks) of every section."""
    return [(section, missing(section, content)) for section in SECTIONS]


def refuse_unready(content: Mapping[str, Any]) -> None:
    """Raises Refusal with the first thing that is missing."""
    for section, lacks in missing_all(content):
        if lacks:
            raise Refusal(_l("%(section)s: %(what)s", section=section.label, what=lacks[0]))


def _head(content: Mapping[str, Any]) -> list[Any]:
    first, last = content["head"]["from_day"], content["head"]["until_day"]
    return [_("The contract must begin before it ends.")] if first and last and last < first else []


def _goods(content: Mapping[str, Any]) -> list[Any]:
    return [] if content["goods"]["lines"] else [_("Write at least one of the seller's products.")]


def _quantity(content: Mapping[str, Any]) -> list[Any]:
    if not content["quantity"]["spans"]:
        return [_("Write when how much is delivered.")]
    try:
        lines = schedule(content)
    except Refusal as refusal:
        return [refusal]
    if any(line.goods >= len(content["goods"]["lines"]) for line in lines):
        return [_("The schedule names goods that are no longer in the contract.")]
    first, last = content["head"]["from_day"], content["head"]["until_day"]
    days = [day for span in content["quantity"]["spans"] for day in (span["first"], span["last"])]
    if first and last and not all(first <= day <= last for day in days):
        return [_("The schedule lies outside the days on which the contract is in force.")]
    return []


def _price(content: Mapping[str, Any]) -> list[Any]:
    rule = price_rule(content)
    try:
        refuse_unsound(rule)
    except Refusal as refusal:
        return [refusal]
    read = content["price"].get("board") or content["price"]["reference"]
    if rule.kind is not RuleKind.FIXED and not read:
        return [_("Write where the market price is read.")]
    return []


_MORE = {"head": _head, "goods": _goods, "quantity": _quantity, "price": _price}


# --- what has changed ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Difference:
    """One term, or a table of a section, that reads otherwise in two versions."""

    section: Section
    term: Term | None
    before: Any
    after: Any


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    """All that was changed from one content to the other, in the order of the contract."""
    found = []
    for section in SECTIONS:
        old, new = before[section.key], after[section.key]
        found += [
            Difference(section, term, old.get(term.key), new.get(term.key))
            for term in section.terms
            if old.get(term.key) != new.get(term.key)
        ]
        if section.rows and old[section.rows] != new[section.rows]:
            found.append(Difference(section, None, old[section.rows], new[section.rows]))
    return found
