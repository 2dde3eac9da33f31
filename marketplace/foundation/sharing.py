"""Fairness as arithmetic: split a whole amount so that nothing is lost, and say why each share is so.

Amounts are whole numbers (đồng, kilograms, days): the fractions of a fair split go to the largest
remainders. Nothing here reads anything but its arguments; the same question always has the same answer,
because ties are settled by the larger weight and then by the order in which the keys were given.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from math import floor as whole_part
from typing import TypeVar

Weight = int | Decimal | Fraction
Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a share is what it is: a code for the sentence, and the numbers it speaks of.

    proportional: weight, weights, total · rounded_up: remainder (as "n/d") · capped: cap · floored: floor ·
    no_weight: nothing · below_floor: capacity, floor
    """

    code: str
    numbers: Mapping[str, int | Decimal | Fraction | str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Share:
    """What one party gets. `amount` is Money when Money was shared, else int."""

    amount: int
    why: tuple[Reason, ...]


def share_by_weight(
    total: int,
    weights: Mapping[Key, Weight],
    *,
    caps: Mapping[Key, int] | None = None,
    floors: Mapping[Key, int] | None = None,
) -> dict[Key, Share]:
    """Split `total` in proportion to `weights`, within floors and caps where a key has one.

    The shares add up to `total`, or to less only when every key with a weight has reached its cap. A key
    of weight zero gets its floor and no more. Raises ValueError for a negative number, a floor above its
    cap, floors that exceed `total`, or nobody with a weight to take what is left; TypeError for floats.
    """
    exact = {key: _fraction(weight) for key, weight in weights.items()}
    low = {key: (floors or {}).get(key, 0) for key in weights}
    high = {key: caps[key] for key in weights if key in caps} if caps else {}
    _check(total, exact, low, high)
    ideal, pinned = _fill(Fraction(total), exact, low, high)
    return _rounded(total, ideal, pinned, exact, low, high)


def capacity_proportional(
    total: int, capacities: Mapping[Key, int], *, floors: Mapping[Key, int] | None = None
) -> dict[Key, Share]:
    """Split in proportion to what each can carry, and give nobody more than that."""
    if not any(capacities.values()):
        return {key: Share(_like(total, 0), (Reason("no_weight"),)) for key in capacities}
    return share_by_weight(total, capacities, caps=capacities, floors=floors)


def equal_with_floor(total: int, capacities: Mapping[Key, int], *, floor: int) -> dict[Key, Share]:
    """Split evenly up to each one's capacity; a share below `floor` is not worth a journey.

    Whoever cannot carry the floor is left out. While the even share is still below it, the smallest
    capacity (of equals the one given last) is left out too, and the rest share again. The shares may add
    up to less than `total` when all who stay are full, or when `total` itself is below the floor.
    """
    if floor < 0:
        raise ValueError("a floor is not negative")
    out = {key for key, capacity in capacities.items() if capacity < floor or capacity == 0}
    staying = {key: capacity for key, capacity in capacities.items() if key not in out}
    while staying and len(staying) * floor > total:
        last = min(reversed(list(staying)), key=staying.__getitem__)
        del staying[last]
    shared = _even(total, staying, floor)
    return {key: shared.get(key) or _left_out(total, capacities[key], floor) for key in capacities}


def _even(total: int, capacities: Mapping[Key, int], floor: int) -> dict[Key, Share]:
    if not capacities:
        return {}
    return share_by_weight(
        total, dict.fromkeys(capacities, 1), caps=capacities, floors=dict.fromkeys(capacities, floor)
    )


def _left_out(total: int, capacity: int, floor: int) -> Share:
    return Share(_like(total, 0), (Reason("below_floor", {"capacity": capacity, "floor": floor}),))


def _fraction(weight: Weight) -> Fraction:
    if isinstance(weight, bool) or not isinstance(weight, int | Decimal | Fraction):
        raise TypeError(f"a weight is int, Decimal or Fraction, not {type(weight).__name__}")
    return Fraction(weight)


def _check(
    total: int, weights: Mapping[Key, Fraction], low: Mapping[Key, int], high: Mapping[Key, int]
) -> None:
    if isinstance(total, bool) or not isinstance(total, int):
        raise TypeError("only a whole amount can be shared")
    if total < 0 or any(min(numbers, default=0) < 0 for numbers in _numbers(weights, low, high)):
        raise ValueError("shares, weights, floors and caps are not negative")
    if any(low[key] > cap for key, cap in high.items()):
        raise ValueError("a floor is above its cap")
    if sum(low.values()) > total:
        raise ValueError("the floors come to more than the total")
    if sum(low.values()) < total and not any(weights.values()):
        raise ValueError("nobody has a weight to share by")


def _numbers(*tables: Mapping[Key, int] | Mapping[Key, Fraction]) -> list[list[Fraction]]:
    return [[Fraction(number) for number in table.values()] for table in tables]


def _fill(
    total: Fraction, weights: Mapping[Key, Fraction], low: Mapping[Key, int], high: Mapping[Key, int]
) -> tuple[dict[Key, Fraction], dict[Key, str]]:
    """The exact split before rounding, and which keys stand at a bound.

    Each round shares what is left among the free keys, then pins those that broke a bound: the side on
    which more would be given away first, because pinning it can only worsen the same side for the others.
    """
    pinned = {key: "no_weight" for key, weight in weights.items() if not weight}
    ideal = {key: Fraction(low[key]) for key in pinned}
    while True:
        free = {key: weight for key, weight in weights.items() if key not in pinned}
        rest = total - sum(ideal[key] for key in pinned)
        whole = sum(free.values())
        ideal.update({key: rest * weight / whole for key, weight in free.items()})
        under = {key: low[key] - ideal[key] for key in free if ideal[key] < low[key]}
        over = {key: ideal[key] - high[key] for key in free if key in high and ideal[key] > high[key]}
        if not under and not over:
            return ideal, pinned
        if sum(under.values()) >= sum(over.values()):
            pinned.update(dict.fromkeys(under, "floored"))
            ideal.update({key: Fraction(low[key]) for key in under})
        if sum(over.values()) >= sum(under.values()):
            pinned.update(dict.fromkeys(over, "capped"))
            ideal.update({key: Fraction(high[key]) for key in over})


def _rounded(
    total: int,
    ideal: Mapping[Key, Fraction],
    pinned: Mapping[Key, str],
    weights: Mapping[Key, Fraction],
    low: Mapping[Key, int],
    high: Mapping[Key, int],
) -> dict[Key, Share]:
    amounts = {key: whole_part(ideal[key]) for key in weights}
    spare = int(sum(ideal.values())) - sum(amounts.values())
    order = list(weights)
    by_claim = sorted(order, key=lambda key: (amounts[key] - ideal[key], -weights[key], order.index(key)))
    raised = set(by_claim[:spare])
    weight_sum = sum(weights.values())
    shares = {}
    for key in order:
        why = _why(key, total, weights[key], Fraction(weight_sum), pinned.get(key), low, high)
        if key in raised:
            why += (Reason("rounded_up", {"remainder": str(ideal[key] - amounts[key])}),)
        shares[key] = Share(_like(total, amounts[key] + (key in raised)), why)
    return shares


def _why(
    key: Key,
    total: int,
    weight: Fraction,
    weight_sum: Fraction,
    pin: str | None,
    low: Mapping[Key, int],
    high: Mapping[Key, int],
) -> tuple[Reason, ...]:
    if pin == "no_weight":
        return (Reason("floored", {"floor": low[key]}),) if low[key] else (Reason("no_weight"),)
    by_weight = Reason("proportional", {"weight": weight, "weights": weight_sum, "total": int(total)})
    if pin == "capped":
        return (by_weight, Reason("capped", {"cap": high[key]}))
    if pin == "floored":
        return (by_weight, Reason("floored", {"floor": low[key]}))
    return (by_weight,)


def _like(total: int, amount: int) -> int:
    """The same kind of whole number that was shared: Money stays Money."""
    return type(total)(amount)
