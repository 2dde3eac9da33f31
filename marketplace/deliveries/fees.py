"""What own delivery costs: which fee rule counts, and what its rules leave open."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from decimal import Decimal
from itertools import combinations

from marketplace.deliveries.models import FeeRule
from marketplace.foundation import formats
from marketplace.foundation.money import Money
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _
from marketplace.places import queries as places

WIDEST = Decimal(10**9)


def rule_for(rules: Sequence[FeeRule], near: Collection[int], kg: Decimal, amount: Money) -> FeeRule | None:
    """The rule that counts for a place (the ids of its `places.family`), a weight and a sum of goods; None: none fits.

    The most exact rule wins, whatever the order they were written in: a commune before everywhere; then the rule
    that begins at the higher sum; then the one that begins at the higher weight; then the narrower one. A place
    with rules of its own never falls back to a rule for everywhere of another weight unless none of its own fits.
    """
    fitting = [rule for rule in rules if _fits(rule, near, kg, amount)]
    return max(fitting, key=_exactness, default=None)


def covers(rules: Sequence[FeeRule], near: Collection[int]) -> bool:
    """Whether a place is delivered to at all, be it with another weight."""
    return any(rule.unit_id is None or rule.unit_id in near for rule in rules)


def cost(rule: FeeRule, amount: Money) -> Money:
    """Its fee, or nothing from its sum on."""
    return Money(0) if rule.free_from is not None and amount >= rule.free_from else rule.fee


def in_words(rule: FeeRule) -> str:
    """ "Phường Chí Linh, over 50 kg up to 100 kg, goods from 500.000 ₫"."""
    parts = [places.called(rule.unit) if rule.unit else _("Everywhere"), _weights(rule)]
    if rule.from_sum:
        parts.append(_("goods from %(sum)s", sum=formats.vnd(rule.from_sum, locale())))
    return ", ".join(part for part in parts if part)


def doubts(rules: Sequence[FeeRule]) -> list[str]:
    """Sentences about weights that no rule covers and about rules that meet; the seller may have meant it."""
    everywhere = any(rule.unit_id is None for rule in rules)
    told = []
    for unit_id in dict.fromkeys(rule.unit_id for rule in rules):
        same = [rule for rule in rules if rule.unit_id == unit_id]
        if unit_id is None or not everywhere:  # what a place leaves open, the rules for everywhere answer
            told += _gaps(same)
        told += _meetings(same)
    return told


def _fits(rule: FeeRule, near: Collection[int], kg: Decimal, amount: Money) -> bool:
    return (
        (rule.unit_id is None or rule.unit_id in near)
        and (kg > rule.over_kg or not rule.over_kg)
        and (rule.up_to_kg is None or kg <= rule.up_to_kg)
        and amount >= rule.from_sum
    )


def _exactness(rule: FeeRule) -> tuple[int, Money, Decimal, Decimal, int]:
    level = rule.unit.level if rule.unit else 0
    return (level, rule.from_sum, rule.over_kg, -(rule.up_to_kg or WIDEST), -(rule.id or 0))


def _weights(rule: FeeRule) -> str:
    over, up_to = _weight(rule.over_kg), _weight(rule.up_to_kg)
    if rule.over_kg and rule.up_to_kg:
        return _("over %(over)s up to %(up_to)s", over=over, up_to=up_to)
    if rule.up_to_kg:
        return _("up to %(weight)s", weight=up_to)
    return _("over %(over)s", over=over) if rule.over_kg else ""


def _weight(kg: Decimal | None) -> str:
    return formats.weight(kg, locale()) if kg else ""


def _gaps(rules: Sequence[FeeRule]) -> list[str]:
    """Weights between 0 and the heaviest that no rule for this place covers, and where it ends."""
    place = places.called(rules[0].unit) if rules[0].unit else _("Everywhere")
    plain = [rule for rule in rules if not rule.from_sum]
    if not plain:
        least = formats.vnd(min(rule.from_sum for rule in rules), locale())
        return [_("%(place)s: for goods under %(sum)s, you call the buyer.", place=place, sum=least)]
    reached, told = Decimal(0), []
    for rule in sorted(plain, key=lambda rule: rule.over_kg):
        if rule.over_kg > reached:
            gap = {"place": place, "from": _weight(reached) or "0 kg", "to": _weight(rule.over_kg)}
            told.append(_("%(place)s: no fee for %(from)s to %(to)s.", **gap))
        reached = max(reached, rule.up_to_kg or WIDEST)
    if 0 < reached < WIDEST:
        told.append(
            _("%(place)s: heavier than %(weight)s, you call the buyer.", place=place, weight=_weight(reached))
        )
    return told


def _meetings(rules: Sequence[FeeRule]) -> list[str]:
    told = []
    for one, other in combinations(rules, 2):
        heavier, lighter = (one, other) if one.over_kg >= other.over_kg else (other, one)
        if one.from_sum == other.from_sum and heavier.over_kg < (lighter.up_to_kg or WIDEST):
            wins = max((one, other), key=_exactness)
            loses = other if wins is one else one
            told.append(
                _(
                    "Where “%(one)s” and “%(other)s” both fit, %(fee)s counts.",
                    one=in_words(wins),
                    other=in_words(loses),
                    fee=formats.vnd(wins.fee, locale()),
                )
            )
    return told
