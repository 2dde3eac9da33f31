"""How the volume of a pool is shared: rules that are published before anybody commits.

Whole kilograms. Every rule begins the same way: whoever is in gets at least the least it said; where the leasts of
all do not fit, those at the end of the rule's order stay out. Then the rule deals out the rest, up to the most each
one said. Nothing here reads anything but its arguments, and the same question always has the same answer.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from marketplace.foundation.sharing import Reason, Share, share_by_weight

Key = TypeVar("Key", bound=Hashable)


class SharingRule(StrEnum):
    """By what the kilograms of a pool are shared among its members."""

    BY_CAPACITY = "by_capacity"
    EQUAL = "equal"
    ROTATION = "rotation"
    FIRST_CONFIRMED = "first_confirmed"


@dataclass(frozen=True, slots=True)
class Offer:
    """What a member can bring in one week: nothing at all, or from `least` to `most` kilograms."""

    least: int
    most: int

    def __post_init__(self) -> None:
        if not 0 <= self.least <= self.most:
            raise ValueError("an offer goes from a least that is not negative to a most that is not below it")


def share(rule: SharingRule, total: int, offers: Mapping[Key, Offer], *, floor: int = 0) -> dict[Key, Share]:
    """What each gets of `total` kilograms in one week, and why.

    `offers` stand in the order of the rule: whose turn it is, or who confirmed first; where the rule asks for no
    order it settles ties. `floor` is what a share has to come to at the least under `EQUAL`. The shares add up to
    the total, or to less only when all who are in have their most, or when the leasts of those left out are
    more than is left. Reasons beside those of `foundation.sharing`: no_offer (nothing) · no_room (least, left) ·
    in_turn (place, members) · filled (most) · rest (rest). Raises ValueError for a negative total or floor.
    """
    if total < 0 or floor < 0:
        raise ValueError("what is shared is not negative")
    least = _leasts(rule, offers, floor)
    able = {key: offer for key, offer in offers.items() if offer.most > 0 and offer.most >= least[key]}
    within, rooms = _let_in(_order(rule, able), able, least, total)
    deal = _by_weight if rule in (SharingRule.BY_CAPACITY, SharingRule.EQUAL) else _in_order
    dealt = deal(rule, total, {key: able[key] for key in able if key in within}, least)
    return {
        key: dealt[key] if key in dealt else _left_out(offer, least[key], rooms.get(key))
        for key, offer in offers.items()
    }


def _leasts(rule: SharingRule, offers: Mapping[Key, Offer], floor: int) -> dict[Key, int]:
    common = floor if rule is SharingRule.EQUAL else 0
    return {key: max(offer.least, common) for key, offer in offers.items()}


def _order(rule: SharingRule, able: Mapping[Key, Offer]) -> list[Key]:
    """Who is let in first. Where the rule knows no order, whoever brings more: of equals the one given first."""
    if rule in (SharingRule.BY_CAPACITY, SharingRule.EQUAL):
        return sorted(able, key=lambda key: -able[key].most)
    return list(able)


def _let_in(
    order: list[Key], able: Mapping[Key, Offer], least: Mapping[Key, int], total: int
) -> tuple[set[Key], dict[Key, int]]:
    """One after the other while the leasts fit; for those left out, how much was left at their turn."""
    left, within, rooms = total, set(), {}
    for key in order:
        if least[key] <= left and able[key].most > 0:
            within.add(key)
            left -= least[key]
        else:
            rooms[key] = left
    return within, rooms


def _by_weight(
    rule: SharingRule, total: int, offers: Mapping[Key, Offer], least: Mapping[Key, int]
) -> dict[Key, Share]:
    if not offers:
        return {}
    most = {key: offer.most for key, offer in offers.items()}
    weights = most if rule is SharingRule.BY_CAPACITY else dict.fromkeys(most, 1)
    within = min(total, sum(most.values()))
    return share_by_weight(within, weights, caps=most, floors={key: least[key] for key in offers})


def _in_order(
    rule: SharingRule, total: int, offers: Mapping[Key, Offer], least: Mapping[Key, int]
) -> dict[Key, Share]:
    """Everybody's least is set aside; what is left fills one after the other."""
    left = total - sum(least[key] for key in offers)
    shares = {}
    for place, (key, offer) in enumerate(offers.items(), start=1):
        more = min(left, offer.most - least[key])
        left -= more
        shares[key] = Share(least[key] + more, _turn(place, len(offers), offer, least[key], more))
    return shares


def _turn(place: int, members: int, offer: Offer, least: int, more: int) -> tuple[Reason, ...]:
    turn = Reason("in_turn", {"place": place, "members": members})
    if least + more == offer.most:
        return (turn, Reason("filled", {"most": offer.most}))
    if more or not least:
        return (turn, Reason("rest", {"rest": least + more}))
    return (turn, Reason("floored", {"floor": least}))


def _left_out(offer: Offer, least: int, room: int | None) -> Share:
    if offer.most == 0:
        return Share(0, (Reason("no_offer"),))
    if room is None:
        return Share(0, (Reason("below_floor", {"capacity": offer.most, "floor": least}),))
    return Share(0, (Reason("no_room", {"least": least, "left": room}),))


def rotated(members: list[Key], week: int) -> list[Key]:
    """The order of one week when the first place goes round: in week 0 as given, in week 1 from the second, …"""
    if not members:
        return []
    first = week % len(members)
    return members[first:] + members[:first]
