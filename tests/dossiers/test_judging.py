"""What counts, on which day, for whom: plain values."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from marketplace.buyers.wants import Want, for_goods
from marketplace.cooperatives.states import PaperKind, PaperState
from marketplace.dossiers.judging import Held, compiled, judge
from marketplace.dossiers.states import URGENCY, Standing

DAY = dt.date(2027, 3, 12)
TEST = PaperKind.RESIDUE_TEST
KINDS = (PaperKind.VIETGAP, TEST, PaperKind.OCOP)
days = some.integers(-400, 400).map(lambda n: DAY + dt.timedelta(days=n))
papers = some.builds(
    Held,
    id=some.integers(1, 50),
    kind=some.sampled_from(KINDS),
    number=some.just("1"),
    issued_by=some.just(""),
    issued_on=some.none() | days,
    expires_on=some.none() | days,
    state=some.sampled_from(PaperState),
    document_id=some.none() | some.integers(1, 9),
    products=some.frozensets(some.integers(1, 3), max_size=3),
)
wants = some.builds(
    Want,
    kind=some.sampled_from(KINDS),
    goods_id=some.none() | some.integers(1, 3),
    max_age_days=some.none() | some.integers(1, 400),
    names_product=some.booleans(),
)


def held(**told: object) -> Held:
    usual: dict[str, Any] = {
        "id": 1, "kind": TEST, "number": "1", "issued_by": "", "issued_on": DAY - dt.timedelta(days=100),
        "expires_on": None, "state": PaperState.VERIFIED, "document_id": 1, "products": frozenset({1}),
    }  # fmt: skip
    return Held(**{**usual, **told})


def counts(want: Want, paper: Held, product: int, on: dt.date) -> bool:
    """The rule once more, as people say it."""
    lives = paper.expires_on is None or on <= paper.expires_on
    young = want.max_age_days is None or (
        paper.issued_on is not None and (on - paper.issued_on).days <= want.max_age_days
    )
    named = not want.names_product or product in paper.products
    return paper.kind is want.kind and paper.state is PaperState.VERIFIED and lives and young and named


@given(wants, some.lists(papers, max_size=6), some.integers(1, 3), days)
def test_a_paper_is_there_exactly_when_one_counts(
    want: Want, known: list[Held], product: int, on: dt.date
) -> None:
    row = judge(want, known, product, on)
    assert (row.state is Standing.THERE) == any(counts(want, paper, product, on) for paper in known)
    if row.state is Standing.THERE:
        assert row.paper is not None and counts(want, row.paper, product, on)
        assert row.until is None or counts(want, row.paper, product, row.until)
        if row.until is not None:
            assert not counts(want, row.paper, product, row.until + dt.timedelta(days=1))
    assert row.sentence


@given(wants, some.lists(papers, max_size=5), papers, some.integers(1, 3), days)
def test_one_more_paper_never_takes_one_away(
    want: Want, known: list[Held], more: Held, product: int, on: dt.date
) -> None:
    if judge(want, known, product, on).state is Standing.THERE:
        assert judge(want, [*known, more], product, on).state is Standing.THERE


@given(some.lists(wants, max_size=8, unique_by=lambda want: want.key), some.none() | some.integers(1, 3))
def test_of_each_kind_one_want_holds_for_some_goods(listed: list[Want], goods: int | None) -> None:
    held_for = for_goods(listed, goods)
    kinds = [want.kind for want in held_for]
    assert len(kinds) == len(set(kinds))
    assert set(kinds) == {want.kind for want in listed if want.goods_id in (None, goods)}
    assert all(want.goods_id in (None, goods) for want in held_for)


@pytest.mark.parametrize(
    ("paper", "state", "words"),
    [
        ({}, Standing.THERE, "31/05/2027"),
        ({"issued_on": DAY - dt.timedelta(days=180)}, Standing.THERE, "12/03/2027"),
        ({"issued_on": DAY - dt.timedelta(days=181)}, Standing.EXPIRES, "đã quá 180 ngày"),
        ({"issued_on": None}, Standing.EXPIRES, "không ghi ngày cấp"),
        ({"expires_on": DAY}, Standing.THERE, "12/03/2027"),
        ({"expires_on": DAY - dt.timedelta(days=1)}, Standing.EXPIRES, "Hết hạn ngày 11/03/2027"),
        ({"state": PaperState.WAITING}, Standing.WAITING, "đang kiểm tra"),
        ({"state": PaperState.REJECTED}, Standing.MISSING, "Chưa gửi"),
        ({"products": frozenset({2})}, Standing.MISSING, "chưa ghi giấy đó"),
        ({"kind": PaperKind.OCOP}, Standing.MISSING, "Chưa gửi"),
    ],
)
def test_how_it_stands_is_said_in_a_sentence(paper: dict[str, object], state: Standing, words: str) -> None:
    row = judge(Want(TEST, max_age_days=180), [held(**paper)], 1, DAY)
    assert (row.state, words in row.sentence) == (state, True), row.sentence


def test_what_is_missing_comes_first_and_what_names_people_is_not_handed_out() -> None:
    listed = [Want(TEST), Want(PaperKind.REGISTRATION, names_product=False), Want(PaperKind.OCOP)]
    known = [held(), held(id=2, kind=PaperKind.REGISTRATION), held(id=3, kind=PaperKind.VIETGAP)]
    dossier = compiled(1, 1, listed, known, DAY)
    assert [URGENCY.index(row.state) for row in dossier.urgent] == [0, 3, 3]
    assert [row.want.kind for row in dossier.gaps] == [PaperKind.OCOP]
    assert [paper.id for paper in dossier.handed_out] == [1]
    fileless = compiled(1, 1, listed, [held(document_id=None)], DAY)
    assert fileless.there and fileless.handed_out == []
