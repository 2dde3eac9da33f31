"""The published rules: every kilogram is somebody's, nobody above the most or below the least that was said."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marketplace.linkage.sharing import Offer, SharingRule, rotated, share

many = settings(max_examples=300, derandomize=True, deadline=None)
rules = st.sampled_from(SharingRule)


@st.composite
def offer(draw, most=5_000):
    top = draw(st.integers(0, most))
    return Offer(draw(st.one_of(st.just(0), st.integers(0, top))), top)


offers_of = st.dictionaries(st.sampled_from("abcdefghij"), offer(), min_size=1)


def amounts(shares):
    return {key: share.amount for key, share in shares.items()}


def codes(shares):
    return {key: [reason.code for reason in share.why] for key, share in shares.items()}


THREE = {"nhan-hue": Offer(0, 9_000), "dong-lac": Offer(0, 6_000), "cam-van": Offer(2_000, 3_000)}


def test_by_capacity_the_odd_kilogram_goes_to_the_largest_remainder():
    shares = share(SharingRule.BY_CAPACITY, 10_001, THREE)
    assert amounts(shares) == {"nhan-hue": 4_801, "dong-lac": 3_200, "cam-van": 2_000}
    assert codes(shares) == {
        "nhan-hue": ["proportional", "rounded_up"],
        "dong-lac": ["proportional"],
        "cam-van": ["proportional", "floored"],
    }


def test_equal_shares_stop_at_the_most_and_leave_out_what_is_below_the_floor():
    shares = share(SharingRule.EQUAL, 10_000, THREE | {"small": Offer(0, 400)}, floor=500)
    assert amounts(shares) == {"nhan-hue": 3_500, "dong-lac": 3_500, "cam-van": 3_000, "small": 0}
    assert codes(shares)["small"] == ["below_floor"]


def test_in_rotation_the_first_fills_up_and_the_next_week_begins_with_the_second():
    first = share(SharingRule.ROTATION, 10_000, THREE)
    assert amounts(first) == {"nhan-hue": 8_000, "dong-lac": 0, "cam-van": 2_000}
    assert codes(first) == {
        "nhan-hue": ["in_turn", "rest"],
        "dong-lac": ["in_turn", "rest"],
        "cam-van": ["in_turn", "floored"],
    }
    second = share(SharingRule.ROTATION, 10_000, {key: THREE[key] for key in rotated([*THREE], 1)})
    assert amounts(second) == {"dong-lac": 6_000, "cam-van": 3_000, "nhan-hue": 1_000}


def test_whoever_confirmed_late_stays_out_where_the_leasts_do_not_fit():
    offers = {"early": Offer(600, 900), "later": Offer(500, 500), "last": Offer(300, 400)}
    shares = share(SharingRule.FIRST_CONFIRMED, 1_000, offers)
    assert amounts(shares) == {"early": 700, "later": 0, "last": 300}
    assert shares["later"].why[0].numbers == {"least": 500, "left": 400}


@pytest.mark.parametrize("rule", SharingRule)
def test_nobody_and_nothing(rule):
    assert share(rule, 500, {}) == {}
    assert amounts(share(rule, 0, THREE)) == {"nhan-hue": 0, "dong-lac": 0, "cam-van": 0}
    assert codes(share(rule, 9, {"a": Offer(0, 0)})) == {"a": ["no_offer"]}


def test_an_offer_is_sound_and_a_total_not_negative():
    for least, most in ((-1, 5), (6, 5)):
        with pytest.raises(ValueError):
            Offer(least, most)
    with pytest.raises(ValueError):
        share(SharingRule.EQUAL, -1, THREE)


@many
@given(rules, st.integers(0, 30_000), offers_of, st.integers(0, 1_500))
def test_no_kilogram_is_lost_or_invented_and_everybody_is_within_their_word(rule, total, offers, floor):
    shares = share(rule, total, offers, floor=floor)
    assert shares == share(rule, total, offers, floor=floor)
    assert list(shares) == list(offers)
    for key, one in shares.items():
        assert one.amount == 0 or offers[key].least <= one.amount <= offers[key].most
        assert one.amount == 0 or rule is not SharingRule.EQUAL or one.amount >= floor
        assert one.why
    given_out = sum(one.amount for one in shares.values())
    assert given_out <= total
    outside = [
        key for key, one in shares.items() if one.why[0].code in ("no_room", "below_floor", "no_offer")
    ]
    inside = [offers[key].most for key in offers if key not in outside]
    assert given_out == min(total, sum(inside))


@many
@given(rules, st.integers(0, 20_000), offers_of, st.integers(0, 800), st.data())
def test_more_capacity_never_brings_less(rule, total, offers, floor, data):
    key = data.draw(st.sampled_from(sorted(offers)))
    more = data.draw(st.integers(1, 3_000))
    better = offers | {key: replace(offers[key], most=offers[key].most + more)}
    before = share(rule, total, offers, floor=floor)[key].amount
    assert share(rule, total, better, floor=floor)[key].amount >= before


@many
@given(rules, offers_of, st.data())
def test_who_leaves_out_a_least_that_does_not_fit_keeps_room_for_the_others(rule, offers, data):
    """Somebody is left out only when the least is really more than what the leasts of those within leave."""
    total = data.draw(st.integers(0, 4_000))
    shares = share(rule, total, offers)
    within = sum(offers[key].least for key, one in shares.items() if one.why[0].code != "no_room")
    for key, one in shares.items():
        if one.why[0].code == "no_room":
            assert offers[key].least > total - within
