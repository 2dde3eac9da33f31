"""A request from its draft to its end: what it needs to be opened, what changes tell, who sees it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from marketplace.catalogue import queries as catalogue
from marketplace.catalogue import services as products
from marketplace.foundation import clock
from marketplace.foundation.audit import history_of
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Refusal
from marketplace.linkage import queries, schedule, services
from marketplace.linkage.services import Part, Reserve
from marketplace.linkage.states import Audience, AwardKind, Done, NeedState, Section
from tests.buyers.company import Company
from tests.linkage.asked import EACH, carrots, closed, drafted, first_day, grade_a, opened, renewed
from tests.world import World


def test_a_draft_says_what_it_lacks_and_opens_when_nothing_does(world: World, company: Company) -> None:
    with transaction():
        need = services.draft_need(organisation=company.bigmart, goods=carrots(), by=company.hanh)
    assert set(queries.missing(need)) == {Section.AMOUNTS, Section.DELIVERY, Section.DEADLINES}
    assert queries.progress(need)[Section.PAPERS] is Done.OPTIONAL
    with pytest.raises(Refusal, match=r".+"), transaction():
        services.open_need(need=need, by=company.hanh)

    need = drafted(company)
    assert queries.missing(need) == {} and need.number is None
    with transaction():
        services.open_need(need=need, by=company.hanh)
    need = renewed(need)
    assert need.state is NeedState.OPEN and need.takes_quotes and need.number is not None
    assert need.total == EACH * 10 and (need.first_day, need.last_day) == (
        first_day(), first_day() + dt.timedelta(days=9),
    )  # fmt: skip
    assert need.place["contact_phone"] == "+84912000029"
    assert history_of("need", need.id)[0].kind == "NeedOpened"


def test_a_grade_is_copied_and_never_changed_once_it_was_named(world: World, company: Company) -> None:
    with transaction():
        spec = grade_a(world.officer)
    need = opened(company, grade=spec)
    db.session.refresh(spec)
    assert spec.used and need.grade["least"] == "150"
    told = {
        "market": "", "sign": "A", "name_vi": "Loại A", "name_en": "Grade A", "measure": spec.measure,
        "least": Decimal(180), "most": Decimal(250), "max_defects": Decimal(5), "rules_vi": "", "rules_en": "",
        "source": "", "position": 10,
    }  # fmt: skip
    tomorrow = clock.today() + dt.timedelta(days=1)
    with transaction():
        newer = products.change_grade(spec=spec, valid_from=tomorrow, **told, by=world.officer)
    assert newer.id != spec.id
    assert [g.id for g in catalogue.grades_of(carrots().id)] == [spec.id]
    assert [g.id for g in catalogue.grades_of(carrots().id, "export:KR", tomorrow)] == [newer.id]
    assert renewed(need).grade["least"] == "150"
    with transaction():
        again = products.change_grade(
            spec=newer, valid_from=tomorrow, **{**told, "least": Decimal(190)}, by=world.officer
        )
    assert again.id == newer.id and again.least == 190


def test_what_changes_after_opening_is_a_numbered_amendment_with_a_reason(
    world: World, company: Company
) -> None:
    need = opened(company)
    lines = {line.starts: line.id for line in need.lines}
    less = [
        schedule.Portion(line.starts, Decimal(1500) if line.starts == first_day() else line.quantity)
        for line in need.lines[:-1]
    ]
    with pytest.raises(Refusal) as refused, transaction():
        services.set_amounts(need=need, portions=less, by=company.hanh)
    assert refused.value.field == "reason"
    with transaction():
        services.set_amounts(need=need, portions=less, reason="Tết đến sớm", by=company.hanh)
    need = renewed(need)
    assert need.total == Decimal(17500) and need.amendments == 1
    assert {line.starts: line.id for line in need.lines}.items() <= lines.items()
    (amendment,) = queries.amendments_of(need.id)
    changed = {each["key"]: (each["before"]["vi"], each["after"]["en"]) for each in amendment.changes}
    assert changed[f"line:{first_day().isoformat()}"] == ("2\u00a0tấn", "1.5\u00a0t")
    assert changed[f"line:{(first_day() + dt.timedelta(days=9)).isoformat()}"][1] == ""
    assert changed["total"] == ("20\u00a0tấn", "17.5\u00a0t")
    with transaction():  # the same once more changes nothing, and tells nothing
        services.set_amounts(need=need, portions=less, reason="Tết đến sớm", by=company.hanh)
    assert renewed(need).amendments == 1
    with pytest.raises(Refusal), transaction():
        services.set_terms(
            need=need,
            target_price=None,
            audience=Audience.INVITED,
            splits=True,
            sealed=False,
            reason="x",
            by=None,
        )


def test_invited_requests_are_seen_by_the_invited_alone(world: World, company: Company) -> None:
    need = opened(company, audience=Audience.INVITED, invited=[world.dong_lac.id])
    assert queries.seller_need(need.ref, world.director) is not None
    assert queries.seller_need(need.ref, world.rival) is None
    assert queries.public_need(need.ref) is None
    assert queries.own_need(need.ref, company.huy) is not None
    assert queries.own_need(need.ref, world.director) is None
    assert queries.office_need(need.ref, world.officer) is not None
    assert [row.id for row in queries.invited_needs(world.dong_lac.id)] == [need.id]
    assert queries.invited_needs(world.kinh_mon.id) == []
    with pytest.raises(Refusal), transaction():
        services.ask_about_need(need=need, cooperative=world.kinh_mon, words="Giá?", by=world.rival)
    with transaction():
        assert (
            services.invite(need=need, cooperative_ids=[world.kinh_mon.id, world.dong_lac.id], by=company.huy)
            == 1
        )
    assert queries.seller_need(need.ref, world.rival) is not None
    hidden = drafted(company)
    assert queries.seller_need(hidden.ref, world.director) is None
    assert queries.office_need(hidden.ref, world.officer) is None


def test_a_copy_drops_days_and_deadlines(world: World, company: Company) -> None:
    need = closed(company)
    with transaction():
        copy = services.copy_need(need=need, by=company.huy)
    copy = renewed(copy)
    assert copy.state is NeedState.DRAFT and copy.lines == [] and copy.quotes_until is None
    assert copy.total == 0 and copy.first_day is None
    assert copy.place == need.place and copy.wanted_papers == need.wanted_papers
    assert set(queries.missing(copy)) == {Section.AMOUNTS, Section.DEADLINES}


def test_parts_are_awarded_line_by_line_and_never_more_than_is_needed(world: World, company: Company) -> None:
    need = closed(company)
    ids = [line.id for line in need.lines]
    pool = Part(world.dong_lac.id, "pool:1", {line: Decimal(1200) for line in ids})
    too_much = Part(world.kinh_mon.id, "quote:2", {ids[0]: Decimal(801)})
    with pytest.raises(Refusal), transaction():
        services.award(need=need, parts=[pool, too_much], by=company.huy)
    assert renewed(need).state is NeedState.CLOSED and queries.awards_of(need.id) == []
    with transaction():
        services.award(
            need=need, parts=[pool], reserves=[Reserve(world.kinh_mon.id, "quote:2")], by=company.huy
        )
    need = renewed(need)
    assert need.state is NeedState.AWARDED and need.left == Decimal(8000)
    rest = Part(world.kinh_mon.id, "quote:2", {line: Decimal(800) for line in ids})
    with transaction():
        services.award(need=need, parts=[rest], by=company.huy)
    need = renewed(need)
    assert need.left == 0 and all(line.left == 0 for line in need.lines)
    kinds = [(each.kind, each.source) for each in queries.awards_of(need.id)]
    assert kinds == [(AwardKind.PART, "pool:1"), (AwardKind.PART, "quote:2"), (AwardKind.RESERVE, "quote:2")]
    for ending in (services.choose_none, services.cancel_need, services.withdraw_need):
        with pytest.raises(Refusal), transaction():
            ending(need=need, reason="Thử", by=company.huy)


def test_one_seller_where_the_request_is_not_shared_and_no_group_signs(
    world: World, company: Company
) -> None:
    need = closed(company, splits=False)
    line = need.lines[0].id
    two = [
        Part(world.dong_lac.id, "quote:1", {line: Decimal(1)}),
        Part(world.kinh_mon.id, "quote:2", {line: Decimal(1)}),
    ]
    with pytest.raises(Refusal), transaction():
        services.award(need=need, parts=two, by=company.huy)
    with transaction():
        services.award(need=need, parts=two[:1], by=company.huy)
    with pytest.raises(Refusal), transaction():
        services.award(need=need, parts=two[1:], by=company.huy)


def test_questions_are_asked_once_and_answered_for_all(world: World, company: Company) -> None:
    need = opened(company)
    with transaction():
        asked = services.ask_about_need(
            need=need, cooperative=world.dong_lac, words="Có nhận thùng 4,5 kg không?", by=world.director
        )
    assert queries.interested(renewed(need)) == {world.dong_lac.id}
    told = history_of("need", need.id)[0]
    assert told.kind == "NeedQuestionAsked" and told.actor is None
    with transaction():
        services.answer_question(question=asked, words="Có.", by=company.hanh)
    with pytest.raises(Refusal), transaction():
        services.answer_question(question=asked, words="Không.", by=company.hanh)


@pytest.mark.parametrize(
    ("first", "last", "weekdays", "lines"),
    [(0, 8, schedule.EVERY_DAY, 9), (0, 6, frozenset({0}), 1), (0, 0, schedule.EVERY_DAY, 1)],
)
def test_a_pattern_becomes_lines(first: int, last: int, weekdays: frozenset[int], lines: int) -> None:
    start = dt.date(2027, 3, 12)
    found = schedule.daily(start + dt.timedelta(first), start + dt.timedelta(last), Decimal(2000), weekdays)
    assert len(found) == lines and schedule.total(found) == 2000 * lines


def test_patterns_that_are_none() -> None:
    start = dt.date(2027, 3, 12)
    for odd in (
        lambda: schedule.daily(start, start - dt.timedelta(1), Decimal(1)),
        lambda: schedule.daily(start, start, Decimal(1), frozenset({0})),
        lambda: schedule.daily(start, start + dt.timedelta(400), Decimal(1)),
        lambda: schedule.sensible([schedule.Portion(start, Decimal(0))]),
    ):
        with pytest.raises(Refusal):
            odd()
    weeks = schedule.weekly(start, start + dt.timedelta(10), Decimal(500))
    assert [each.week for each in weeks] == ["2027-W10", "2027-W11", "2027-W12"]
