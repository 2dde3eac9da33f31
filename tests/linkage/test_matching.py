"""Points of a match: what must hold for all of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from marketplace.foundation.calendar import Week, week_of, weeks_from
from marketplace.linkage.match_words import SENTENCES
from marketplace.linkage.matching import (
    Facts,
    Paper,
    Remark,
    Season,
    Standing,
    Weights,
    match,
    rank_of,
)

WEEKS = weeks_from(week_of(dt.date(2027, 3, 1)), 4)
amounts = st.decimals(0, 50_000, places=3)
by_week = st.dictionaries(st.sampled_from(WEEKS), amounts)
papers = st.lists(
    st.builds(
        Paper,
        st.sampled_from(["vietgap", "haccp", "residue_test"]),
        st.sampled_from(Standing),
        st.just(dt.date(2027, 3, 9)),
    ),
    max_size=3,
).map(tuple)
facts = st.builds(
    Facts,
    wanted=st.dictionaries(st.sampled_from(WEEKS), amounts, min_size=1),
    free=st.none() | by_week,
    graded=by_week,
    asks_grade=st.booleans(),
    season=st.sampled_from(Season),
    papers=papers,
    placed=st.booleans(),
    km=st.none() | st.integers(0, 2_000),
)
weights = st.builds(
    Weights,
    volume=st.integers(1, 100),
    grade=st.integers(0, 100),
    papers=st.integers(0, 100),
    distance=st.integers(0, 100),
    far=st.integers(1, 3000),
)


@given(facts, weights)
def test_points_lie_within_a_hundred_and_every_remark_has_its_sentence(one: Facts, by: Weights) -> None:
    found = match(one, by)
    assert 0 <= found.score <= 100 and 0 <= found.points <= 100
    for remark in (*found.reasons, *found.gaps):
        assert remark.key in SENTENCES and Remark.read(remark.as_data()) == remark


@given(facts, weights, st.sampled_from(WEEKS), amounts, st.booleans())
def test_more_free_never_ranks_lower(one: Facts, by: Weights, week: Week, more: Decimal, named: bool) -> None:
    def plus(of: Mapping[Week, Decimal] | None) -> dict[Week, Decimal]:
        known = dict(of or {})
        return {**known, week: known.get(week, Decimal(0)) + more}

    told = replace(one, free=one.free or {})
    richer = replace(told, free=plus(told.free), graded=plus(told.graded) if named else told.graded)
    assert match(richer, by).score >= match(told, by).score


@given(facts.filter(lambda each: each.papers), weights, st.data())
def test_a_missing_paper_never_ranks_higher(one: Facts, by: Weights, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(one.papers) - 1))
    lost = replace(one.papers[at], standing=Standing.MISSING)
    without = replace(one, papers=(*one.papers[:at], lost, *one.papers[at + 1 :]))
    assert match(without, by).score <= match(one, by).score
    assert any(gap.key == "paper_missing" for gap in match(without, by).gaps)


@given(facts, weights, st.integers(0, 3000))
def test_who_lies_farther_never_ranks_higher(one: Facts, by: Weights, farther: int) -> None:
    near = replace(one, km=one.km or 0)
    assert match(replace(near, km=(near.km or 0) + farther), by).score <= match(near, by).score


@given(st.lists(st.tuples(facts, st.sampled_from("abc")), max_size=8), st.randoms())
def test_the_order_of_the_input_does_not_matter(some: list[tuple[Facts, str]], chance: Random) -> None:
    ranked = [(match(one, Weights()), one.km, name, number) for number, (one, name) in enumerate(some)]
    mixed = list(ranked)
    chance.shuffle(mixed)
    assert sorted(mixed, key=lambda each: rank_of(*each)) == sorted(ranked, key=lambda each: rank_of(*each))


def test_a_request_for_two_weeks_half_of_them_free_counts_as_the_page_says() -> None:
    """Half of the goods, the paper there, 150 of 300 km: 25 + 25 + 7.5 of 90 points."""
    first, second = WEEKS[:2]
    one = Facts(
        wanted={first: Decimal(1000), second: Decimal(1000)},
        free={first: Decimal(5000)},
        papers=(Paper("vietgap", Standing.VALID),),
        km=150,
    )
    found = match(one, Weights())
    assert found.points == 63 and found.volume == 1000
    assert [each.key for each in found.reasons] == ["free_part", "paper_valid", "near"]
    assert [each.key for each in found.gaps] == ["free_lacks"]
    assert match(replace(one, free=None, season=Season.WHOLE), Weights()).volume is None
