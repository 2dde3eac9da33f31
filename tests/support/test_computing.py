"""The arithmetic of norms: whole đồng, never above a limit, every sum adds up."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.foundation.money import Money
from marketplace.support.computing import HeadTerms, Room, Terms, shared, support
from marketplace.support.states import Head, Per, SupportSource

SUMS = st.integers(0, 200_000_000).map(Money)
CAPS = st.none() | st.integers(1, 100_000_000).map(Money)
RATES = st.decimals("0.001", 100, places=3)
LINES = st.lists(
    st.builds(HeadTerms, st.sampled_from(Head), RATES, CAPS, st.sampled_from(Per)),
    min_size=1,
    max_size=5,
    unique_by=lambda line: line.head,
).map(tuple)
TERMS = st.builds(
    Terms,
    LINES,
    CAPS,
    CAPS,
    st.none() | st.integers(1, 6),
    st.none() | st.sampled_from([Decimal(1), Decimal("2.5")]),
)
BOOTHS = st.sampled_from([Decimal("0.5"), Decimal(1), Decimal("1.5"), Decimal(3), Decimal(6)])
ROOMS = st.builds(Room, SUMS, st.integers(0, 6), st.none() | SUMS, st.none() | SUMS)
COSTS = st.none() | st.dictionaries(st.sampled_from(Head), SUMS)


def booth(rate: int = 50, cap: int | None = None, per: Per = Per.BOOTH) -> HeadTerms:
    return HeadTerms(Head.BOOTH, Decimal(rate), None if cap is None else Money(cap), per)


@given(TERMS, BOOTHS, COSTS, ROOMS)
def test_no_limit_is_ever_passed_and_the_heads_add_up(terms, booths, costs, room) -> None:
    given_ = support(terms, booths=booths, costs=costs, room=room)
    assert given_.total == sum(each.amount for each in given_.heads)
    assert all(each.amount >= 0 for each in given_.heads)
    limits = [terms.cap_per_time, room.budget_left, room.promised]
    if terms.cap_per_year is not None:
        limits.append(max(Money(terms.cap_per_year - room.year_used), Money(0)))
    assert all(given_.total <= limit for limit in limits if limit is not None)
    if terms.times_per_year is not None and room.times_used >= terms.times_per_year:
        assert given_.total == 0
    for line in terms.heads:
        counted = min(booths, terms.max_booths or booths)
        if line.cap is not None:
            most = Fraction(int(line.cap)) * (Fraction(counted) if line.per is Per.BOOTH else 1)
            assert given_.of(line.head) <= most + Fraction(1, 2)
        if costs is not None:
            cost = Fraction(int(costs.get(line.head, 0)))
            assert given_.of(line.head) <= cost * Fraction(line.rate) / 100 + Fraction(1, 2)


@given(TERMS, BOOTHS, COSTS, ROOMS)
def test_every_cut_tells_the_step_from_the_sum_before_to_the_sum_after(terms, booths, costs, room) -> None:
    given_ = support(terms, booths=booths, costs=costs, room=room)
    for cuts in ([*given_.cuts], *([*head.cuts] for head in given_.heads)):
        assert all(cut.before > cut.after >= 0 for cut in cuts)
        assert all(one.after == two.before for one, two in pairwise(cuts))
    if given_.cuts:
        assert given_.cuts[-1].after == given_.total


@given(TERMS, BOOTHS, st.dictionaries(st.sampled_from(Head), SUMS), ROOMS, SUMS)
def test_more_costs_never_give_less(terms, booths, costs, room, more) -> None:
    head = terms.heads[0].head
    richer = {**costs, head: Money(costs.get(head, 0) + more)}
    one = support(terms, booths=booths, costs=costs, room=room)
    assert support(terms, booths=booths, costs=richer, room=room).total >= one.total


@given(st.dictionaries(st.sampled_from(SupportSource), SUMS, min_size=1), st.data())
def test_sources_share_a_sum_to_the_last_dong_within_what_each_has_left(left, data) -> None:
    total = Money(data.draw(st.integers(0, sum(left.values()))))
    parts = shared(total, left)
    assert sum(parts.values()) == total
    assert all(0 < part <= left[source] for source, part in parts.items())


def test_half_a_dong_is_rounded_up_once() -> None:
    terms = Terms((booth(50), HeadTerms(Head.TRANSPORT, Decimal(50))))
    assert (
        support(terms, booths=Decimal(1), costs={Head.BOOTH: Money(3), Head.TRANSPORT: Money(3)}).total == 4
    )


def test_the_rule_of_another_province_that_was_read() -> None:
    """Half of one standard booth, of freight and of one person's travel, ten million each time, twice a year."""
    lines = tuple(
        HeadTerms(head, Decimal(50), None, Per.BOOTH if head is Head.BOOTH else Per.TIME)
        for head in (Head.BOOTH, Head.TRANSPORT, Head.TRAVEL)
    )
    terms = Terms(lines, Money(10_000_000), times_per_year=2, max_booths=Decimal(1))
    costs = {Head.BOOTH: Money(24_000_000), Head.TRANSPORT: Money(7_000_000), Head.TRAVEL: Money(3_000_000)}
    two = support(terms, booths=Decimal(2), costs=costs)
    assert two.heads[0].cuts[0].code == "booths"
    assert two.total == 10_000_000 and [cut.code for cut in two.cuts] == ["time"]
    assert two.cuts[0].before == 11_000_000
    third = support(terms, booths=Decimal(2), costs=costs, room=Room(Money(20_000_000), 2))
    assert third.total == 0 and third.cuts[-1].code == "times"


def test_a_cost_the_norm_does_not_cover_is_named() -> None:
    told = support(Terms((booth(),)), booths=Decimal(1), costs={Head.LODGING: Money(900_000)})
    assert told.total == 0
    assert told.heads[-1].cuts[0].code == "uncovered"


def test_without_costs_it_is_the_most_the_norm_gives() -> None:
    terms = Terms(
        (booth(100, 10_000_000, Per.TIME), HeadTerms(Head.TRANSPORT, Decimal(100), Money(3_000_000)))
    )
    assert support(terms, booths=Decimal(1)).total == 13_000_000
    each = Terms((booth(100, 5_000_000),), max_booths=Decimal(2))
    assert support(each, booths=Decimal("1.5")).total == 7_500_000
    assert support(each, booths=Decimal(6)).total == 10_000_000


def test_costs_below_nothing_are_no_costs() -> None:
    with pytest.raises(ValueError, match="not negative"):
        support(Terms((booth(),)), booths=Decimal(1), costs={Head.BOOTH: Money(-1)})
