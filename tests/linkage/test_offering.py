"""Four numbers become lines, shares are spread over lines: nothing lost, nothing over."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from marketplace.linkage.offering import Wanted, offered, spread, weekly

FIRST = dt.date(2027, 3, 12)


def day(ahead: int, quantity: int = 2000, left: int | None = None) -> Wanted:
    starts = FIRST + dt.timedelta(days=ahead)
    return Wanted(starts, starts, Decimal(quantity), Decimal(quantity if left is None else left))


def test_two_tonnes_a_day_are_offered_on_the_days_between() -> None:
    lines = [day(ahead) for ahead in range(9)]
    found = offered(lines, portion=Decimal(1500), first=FIRST + dt.timedelta(2), last=FIRST + dt.timedelta(4))
    assert found == {FIRST + dt.timedelta(ahead): Decimal(1500) for ahead in (2, 3, 4)}


def test_never_more_than_a_line_wants() -> None:
    assert offered([day(0, 800)], portion=Decimal(1500), first=FIRST, last=FIRST) == {FIRST: Decimal(800)}


def test_a_week_counts_when_a_day_of_it_lies_within() -> None:
    monday = dt.date(2027, 3, 8)
    week = Wanted(monday, monday + dt.timedelta(6), Decimal(14000), Decimal(14000))
    assert offered([week], portion=Decimal(5000), first=FIRST, last=FIRST) == {monday: Decimal(5000)}
    assert weekly({monday: Decimal(5000), FIRST: Decimal(10)}) == {"2027-W10": Decimal(5010)}


def test_twelve_and_eight_tonnes_of_twenty() -> None:
    """The example of the trade: 12 t to one, 8 t to another, 2 t a day."""
    lines = [day(ahead) for ahead in range(10)]
    offers = {
        1: {line.starts: Decimal(2000) for line in lines},
        2: {line.starts: Decimal(1000) for line in lines},
    }
    found = spread(lines, offers, {1: Decimal(12000), 2: Decimal(8000)})
    assert found is not None
    assert all(found[1][line.starts] + found[2][line.starts] == 2000 for line in lines)
    assert set(found[1].values()) == {Decimal(1200)} and set(found[2].values()) == {Decimal(800)}


def test_shares_that_cannot_stand_together_are_refused() -> None:
    lines = [day(0), day(1)]
    offers = {1: {FIRST: Decimal(2000)}, 2: {FIRST: Decimal(2000)}}
    assert spread(lines, offers, {1: Decimal(1500), 2: Decimal(1500)}) is None
    assert spread(lines, offers, {1: Decimal(1500), 2: Decimal(500)}) is not None


AMOUNTS = st.integers(min_value=1, max_value=3000)


@given(
    wanted=st.lists(AMOUNTS, min_size=1, max_size=8),
    offers=st.lists(st.lists(st.integers(0, 3000), min_size=8, max_size=8), min_size=1, max_size=4),
    parts=st.lists(st.integers(1, 100), min_size=4, max_size=4),
)
def test_nothing_is_lost_and_no_line_or_offer_is_passed(
    wanted: list[int], offers: list[list[int]], parts: list[int]
) -> None:
    lines = [day(ahead, quantity) for ahead, quantity in enumerate(wanted)]
    most = {
        quote: {line.starts: Decimal(each) for line, each in zip(lines, amounts, strict=False) if each}
        for quote, amounts in enumerate(offers)
    }
    shares = {
        quote: sum(each.values(), Decimal(0)) * parts[quote] // 100 for quote, each in most.items() if each
    }
    found = spread(lines, most, shares)
    if found is None:
        return
    for quote, share in shares.items():
        assert sum(found.get(quote, {}).values(), Decimal(0)) == share
        assert all(amount <= most[quote][starts] for starts, amount in found.get(quote, {}).items())
    for line in lines:
        assert sum((each.get(line.starts, Decimal(0)) for each in found.values()), Decimal(0)) <= line.left
