"""The arithmetic of prices, and that no figure of the board lets anybody solve a single deal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.foundation.money import Money
from marketplace.prices.computing import (
    Cell,
    Deal,
    Rule,
    change,
    day_price,
    is_odd,
    last_sunday,
    may_be_told,
    middle,
    to_tell,
    weighed_mean,
)
from marketplace.prices.states import How, Level, Source

MONDAY = dt.date(2026, 3, 2)
CARROTS = Cell(1, Level.WHOLESALE, "")
RULE = Rule()


def deal(number: int, seller: int, buyer: int, kg: int, price: int = 7000, **told: object) -> Deal:
    begun = Deal(number, CARROTS, MONDAY, Money(price), Decimal(kg), seller, buyer)
    return replace(begun, **told)


def row(number: int, price: int, source: Source = Source.OFFICER) -> SimpleNamespace:
    return SimpleNamespace(id=number, price=Money(price), source=source)


@given(st.lists(st.integers(1, 10**6), min_size=1))
def test_the_middle_lies_between_and_does_not_depend_on_the_order(prices: list[int]) -> None:
    found = middle(prices)
    assert min(prices) <= found <= max(prices)
    assert found == middle(reversed(prices))
    assert 2 * sum(price < found for price in prices) <= len(prices)
    assert 2 * sum(price > found for price in prices) <= len(prices)


def test_of_one_day_the_best_source_counts() -> None:
    rows = [row(1, 9000, Source.COOPERATIVE), row(3, 7000), row(2, 7101), row(4, 5000, Source.PUBLISHED)]
    found = day_price(rows)
    assert (found.price, found.source, found.how, found.ids) == (7051, Source.OFFICER, How.MEDIAN, (2, 3))
    alone = day_price([row(7, 7400, Source.SETTLED), *rows])
    assert (alone.price, alone.how, alone.ids) == (7400, How.WEIGHTED, (7,))
    assert day_price([row(1, 9000, Source.COOPERATIVE)]).how is How.SINGLE


def test_odd_begins_beyond_the_per_cent() -> None:
    assert not is_odd(10_500, 7000, 50) and is_odd(10_501, 7000, 50)
    assert not is_odd(3500, 7000, 50) and is_odd(3499, 7000, 50)
    assert change(7350, 7000) == Decimal("5.0") and change(6667, 7000) == Decimal("-4.8")


@pytest.mark.parametrize(
    ("kilograms", "sellers", "buyers", "told"),
    [
        ((100, 100, 100), (1, 2, 3), (1, 2, 3), True),
        ((100, 100), (1, 2), (1, 2), False),
        ((100, 100, 100), (1, 2, 2), (1, 2, 3), False),
        ((100, 100, 100), (1, 2, 3), (1, 1, 3), False),
        ((300, 100, 100), (1, 2, 3), (1, 2, 3), True),
        ((301, 100, 100), (1, 2, 3), (1, 2, 3), False),
        ((150, 151, 100, 100), (1, 1, 2, 3), (1, 2, 3, 4), False),
        ((150, 151, 100, 100), (1, 4, 2, 3), (1, 1, 2, 3), False),
    ],
)
def test_three_of_either_side_and_nobody_with_more_than_sixty_per_cent(
    kilograms: Sequence[int], sellers: Sequence[int], buyers: Sequence[int], told: bool
) -> None:
    deals = [deal(n, *each) for n, each in enumerate(zip(sellers, buyers, kilograms, strict=True))]
    assert may_be_told(deals, RULE) is told


def test_a_mean_is_weighed_and_rounded() -> None:
    deals = [deal(1, 1, 1, 300, 7000), deal(2, 2, 2, 100, 7390), deal(3, 3, 3, 100, 7100)]
    assert weighed_mean(deals) == 7100  # 7098
    assert weighed_mean([replace(each, price=Money(int(each.price) // 10)) for each in deals]) == 710


def test_weeks_are_told_whole() -> None:
    assert [last_sunday(MONDAY + dt.timedelta(days=n)) for n in range(8)] == [
        *[dt.date(2026, 3, 1)] * 7,
        dt.date(2026, 3, 8),
    ]


# --- what the public can learn ------------------------------------------------------------------------

deals_of_a_season = st.lists(
    st.builds(
        lambda day, seller, buyer, kg, price, grade: (day, seller, buyer, kg, price, grade),
        st.integers(0, 70),
        st.integers(1, 5),
        st.integers(1, 5),
        st.integers(1, 5000),
        st.integers(100, 20_000),
        st.sampled_from(["", "1"]),
    ),
    min_size=3,
    max_size=60,
)


def season(told: Sequence[tuple], known_later: Sequence[int] = ()) -> list[Deal]:
    return [
        Deal(
            number,
            CARROTS._replace(grade=grade),
            MONDAY + dt.timedelta(days=day),
            Money(price),
            Decimal(kg),
            seller,
            buyer,
        )
        for number, (day, seller, buyer, kg, price, grade) in enumerate(told)
    ]


def published(deals: Sequence[Deal], late: set[int], rule: Rule = RULE) -> list[list[Deal]]:
    """What the board shows week by week, `late` deals being known two weeks after they were settled."""
    used: set[int] = set()
    figures = []
    for week in range(1, 18):
        today = MONDAY + dt.timedelta(weeks=week)
        upto = last_sunday(today)
        waiting = [
            each
            for each in deals
            if each.id not in used and each.day + dt.timedelta(days=14 if each.id in late else 0) < today
        ]
        for found in to_tell(waiting, upto, rule).values():
            used |= {each.id for each in found}
            figures.append(found)
    return figures


def solvable(equations: list[list[Fraction]], unknown: int) -> bool:
    """Whether the equations fix this unknown: whether its own axis lies in the space of their rows."""
    target = [Fraction(int(place == unknown)) for place in range(len(equations[0]))]
    return rank([*equations, target]) == rank(equations)


def rank(rows: list[list[Fraction]]) -> int:
    rows, found = [row[:] for row in rows], 0
    for column in range(len(rows[0])):
        pivot = next((n for n in range(found, len(rows)) if rows[n][column]), None)
        if pivot is None:
            continue
        rows[found], rows[pivot] = rows[pivot], rows[found]
        for n in range(found + 1, len(rows)):
            if factor := rows[n][column] / rows[found][column]:
                rows[n] = [a - factor * b for a, b in zip(rows[n], rows[found], strict=True)]
        found += 1
    return found


@given(deals_of_a_season, st.sets(st.integers(0, 59)))
def test_no_figures_together_solve_a_deal(told: list[tuple], late: set[int]) -> None:
    """Not even for somebody who knows every volume, and all deals of one of the others taking part."""
    deals = season(told)
    figures = published(deals, late)
    if not figures:
        return
    equations = [[Fraction(int(d.quantity) if d in figure else 0) for d in deals] for figure in figures]
    told_of = [each for figure in figures for each in figure]
    assert len(told_of) == len(set(told_of)), "a deal went into two figures"
    for insider in ("cooperative_id", "buyer_id"):
        for who in {getattr(each, insider) for each in told_of}:
            known = [
                [Fraction(int(place == number)) for place in range(len(deals))]
                for number, each in enumerate(deals)
                if getattr(each, insider) == who
            ]
            for number, each in enumerate(deals):
                if getattr(each, insider) != who:
                    assert not solvable([*equations, *known], number), (each, who)


@given(deals_of_a_season, st.sets(st.integers(0, 59)), st.integers(1, 20_000))
def test_what_is_told_never_depends_on_prices(told: list[tuple], late: set[int], price: int) -> None:
    """So nothing can be read from a figure that is there, or is not."""
    deals = season(told)
    others = [replace(each, price=Money(price)) for each in deals]
    assert [[d.id for d in f] for f in published(deals, late)] == [
        [d.id for d in f] for f in published(others, late)
    ]


@given(deals_of_a_season)
def test_every_figure_follows_the_rule_and_what_is_too_old_is_never_told(told: list[tuple]) -> None:
    deals = season(told)
    for rule in (RULE, Rule(least=4, share=40, weeks=2)):
        for figure in published(deals, set(), rule):
            assert may_be_told(figure, rule)
            assert len({each.cell for each in figure}) == 1
            assert max(d.day for d in figure) - min(d.day for d in figure) < dt.timedelta(weeks=rule.weeks)
            lowest, highest = min(d.price for d in figure), max(d.price for d in figure)
            assert lowest - 100 <= weighed_mean(figure) <= highest + 100


def test_a_naive_rolling_mean_would_fail_the_test() -> None:
    """The test can fail: means of the last seven days, told daily, give a deal away."""
    deals = [deal(n, n % 4, n % 4, 100, day=MONDAY + dt.timedelta(days=n)) for n in range(8)]
    rolling = [deals[0:7], deals[0:8]]
    equations = [[Fraction(int(d in window)) for d in deals] for window in rolling]
    assert solvable(equations, 7)
