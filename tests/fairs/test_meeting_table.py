"""The timetable of meetings as arithmetic: no clash ever, the best there is, and a reason for each wish unmet."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from marketplace.fairs.meeting_table import Seat, Table, Unmet, Wanted, clashes, compute, met, mutual

SOME = settings(max_examples=60, deadline=None)


@st.composite
def questions(draw: st.DrawFn) -> Wanted:
    """A few buyers (1, 2, …) and exhibitors (101, …), some hours, some wishes either way."""
    buyers = list(range(1, draw(st.integers(1, 4)) + 1))
    exhibitors = list(range(101, 101 + draw(st.integers(1, 4))))
    slots = draw(st.integers(1, 4))
    free = {guest: draw(st.sets(st.integers(0, slots - 1))) for guest in [*buyers, *exhibitors]}
    ranks = st.one_of(st.none(), st.integers(1, 5))
    asked = {
        wish: rank
        for buyer in buyers
        for exhibitor in exhibitors
        for wish in ((buyer, exhibitor), (exhibitor, buyer))
        if (rank := draw(ranks)) is not None
    }
    return Wanted(
        slots=slots,
        tables=draw(st.integers(1, 3)),
        buyers=buyers,
        exhibitors=exhibitors,
        free=free,
        wishes=asked,
    )


def with_free(wanted: Wanted, free: dict[int, set[int]], slots: int | None = None) -> Wanted:
    return Wanted(
        slots=slots or wanted.slots,
        tables=wanted.tables,
        buyers=wanted.buyers,
        exhibitors=wanted.exhibitors,
        free=free,
        wishes=wanted.wishes,
    )


def best(wanted: Wanted) -> tuple[int, int]:
    """(mutual, one-sided) of the best table there is, by looking at all of them: the search knows no solver."""
    pairs = sorted({tuple(sorted(wish)) for wish in wanted.wishes})
    known: dict[tuple[int, frozenset[tuple[int, int]]], tuple[int, int]] = {}

    def search(at: int, used: frozenset[tuple[int, int]]) -> tuple[int, int]:
        """`used`: (guest, slot) and (0, slot·100 + n) for the n-th table there."""
        if at == len(pairs):
            return 0, 0
        if (at, used) not in known:
            buyer, exhibitor = pairs[at]
            options = [search(at + 1, used)]
            for slot in {*wanted.free[buyer]} & {*wanted.free[exhibitor]}:
                tables = sum(who == 0 and n // 100 == slot for who, n in used)
                if tables < wanted.tables and not used & {(buyer, slot), (exhibitor, slot)}:
                    rest = search(at + 1, used | {(buyer, slot), (exhibitor, slot), (0, slot * 100 + tables)})
                    both = mutual(wanted, (buyer, exhibitor))
                    options.append((rest[0] + both, rest[1] + (not both)))
            known[at, used] = max(options, key=lambda found: (found[0], sum(found)))
        return known[at, used]

    return search(0, frozenset())


@SOME
@given(questions(), st.booleans())
def test_nobody_is_in_two_places_and_nobody_comes_when_they_cannot(wanted: Wanted, with_solver: bool) -> None:
    table = compute(wanted, with_solver=with_solver)
    assert clashes(table.seats) == []
    for seat in table.seats:
        assert seat.slot in wanted.free[seat.buyer] and seat.slot in wanted.free[seat.exhibitor]
        assert 0 <= seat.table < wanted.tables
        assert {seat.pair, seat.pair[::-1]} & wanted.wishes.keys(), "nobody wished this"


@SOME
@given(questions())
def test_no_better_table_exists(wanted: Wanted) -> None:
    table = compute(wanted)
    assert table.exact
    assert met(wanted, table.seats) == best(wanted)


@SOME
@given(questions())
def test_the_same_question_has_the_same_answer(wanted: Wanted) -> None:
    turned = Wanted(
        slots=wanted.slots,
        tables=wanted.tables,
        buyers=[*reversed([*wanted.buyers])],
        exhibitors=wanted.exhibitors,
        free={guest: {*slots} for guest, slots in reversed([*wanted.free.items()])},
        wishes=dict(reversed([*wanted.wishes.items()])),
    )
    assert compute(wanted).seats == compute(turned).seats


@SOME
@given(questions(), st.data())
def test_one_more_free_slot_never_costs_a_mutual_meeting(wanted: Wanted, data: st.DataObject) -> None:
    guest = data.draw(st.sampled_from(sorted(wanted.free)))
    slot = data.draw(st.integers(0, wanted.slots))
    free = {who: {*slots} | ({slot} if who == guest else set()) for who, slots in wanted.free.items()}
    more = with_free(wanted, free, wanted.slots + 1)
    assert met(more, compute(more).seats)[0] >= met(wanted, compute(wanted).seats)[0]


@SOME
@given(questions(), st.booleans())
def test_every_wish_is_met_or_has_a_true_reason(wanted: Wanted, with_solver: bool) -> None:
    table = compute(wanted, with_solver=with_solver)
    pairs = {seat.pair for seat in table.seats}
    for one, other in wanted.wishes:
        pair = (min(one, other), max(one, other))
        assert (pair in pairs) is ((one, other) not in table.unmet)
    assert Unmet.OVERLOOKED not in table.unmet.values(), "there was a slot and a table for both"
    assert all(_true(wanted, table, wish, why) for wish, why in table.unmet.items())


def _true(wanted: Wanted, table: Table, wish: tuple[int, int], why: Unmet) -> bool:
    one, other = wish
    common = {*wanted.free[one]} & {*wanted.free[other]}
    if why is Unmet.HOURS:
        return not common
    left = {slot: wanted.tables - sum(seat.slot == slot for seat in table.seats) for slot in common}
    if why is Unmet.TABLES:
        return all(count <= 0 for count in left.values())
    bound = {(guest, seat.slot) for seat in table.seats for guest in seat.pair}
    slots = [slot for slot in common if left[slot] > 0]
    if why is Unmet.FROM_FULL:
        return all((one, slot) in bound for slot in slots)
    if why is Unmet.TO_FULL:
        return all((other, slot) in bound for slot in slots)
    return all((one, slot) in bound or (other, slot) in bound for slot in slots)


@SOME
@given(questions(), st.data())
def test_what_is_fixed_stays_and_only_what_is_free_is_filled(wanted: Wanted, data: st.DataObject) -> None:
    first = compute(wanted).seats
    fixed = [seat for seat in first if data.draw(st.booleans())]
    dropped = [seat.pair for seat in first if seat not in fixed and data.draw(st.booleans())]
    again = Wanted(
        slots=wanted.slots,
        tables=wanted.tables,
        buyers=wanted.buyers,
        exhibitors=wanted.exhibitors,
        free=wanted.free,
        wishes=wanted.wishes,
        fixed=fixed,
        never=dropped,
    )
    table = compute(again)
    assert {*fixed} <= {*table.seats} and clashes(table.seats) == []
    assert not {seat.pair for seat in table.seats} & {*dropped}
    assert all(table.unmet[pair] is Unmet.STANDS for pair in dropped if pair in wanted.wishes)


def test_mutual_wishes_come_before_any_number_of_lonely_ones() -> None:
    """One slot, one table: the pair that wishes each other last sits there, not one of the four that wish alone."""
    lonely = {(1, 101): 1, (2, 101): 1, (2, 102): 1, (101, 2): 9, (2, 103): 1}
    wanted = Wanted(
        slots=1,
        tables=1,
        buyers=[1, 2],
        exhibitors=[101, 102, 103],
        free={guest: {0} for guest in (1, 2, 101, 102, 103)},
        wishes=lonely,
    )
    assert [seat.pair for seat in compute(wanted).seats] == [(2, 101)]


def test_a_buyer_stays_at_one_table_while_exhibitors_walk() -> None:
    free = {guest: {0, 1, 2} for guest in (1, 2, 101, 102, 103)}
    wishes = {(buyer, exhibitor): 1 for buyer in (1, 2) for exhibitor in (101, 102, 103)}
    wanted = Wanted(slots=3, tables=2, buyers=[1, 2], exhibitors=[101, 102, 103], free=free, wishes=wishes)
    seats = compute(wanted).seats
    assert len(seats) == 6
    assert {len({seat.table for seat in seats if seat.buyer == buyer}) for buyer in (1, 2)} == {1}


def test_clashes_are_found_whoever_made_them() -> None:
    seats = [Seat(1, 101, 0, 0), Seat(1, 102, 0, 1), Seat(2, 103, 1, 1), Seat(3, 104, 1, 1)]
    assert clashes(seats) == ["buyer", "table"]
    assert all(clashes([one, other]) == [] for one, other in combinations(seats[1:3], 2))


def test_a_day_of_forty_buyers_and_sixty_stands_is_exact_within_seconds() -> None:
    buyers, exhibitors = range(1, 41), range(101, 161)
    free = {
        guest: {slot for slot in range(16) if (guest * 7 + slot * 3) % 11} for guest in [*buyers, *exhibitors]
    }
    wishes = {(b, 101 + (b * 13 + k * 17) % 60): k + 1 for b in buyers for k in range(8)}
    wishes |= {(e, 1 + (e * 11 + k * 7) % 40): k + 1 for e in exhibitors for k in range(6)}
    wanted = Wanted(slots=16, tables=20, buyers=buyers, exhibitors=exhibitors, free=free, wishes=wishes)
    table = compute(wanted)
    assert table.exact and clashes(table.seats) == []
    assert met(wanted, table.seats) >= met(wanted, compute(wanted, with_solver=False).seats)
    assert table.seconds < 30
