"""An application from the first step to the screening, by the services."""

from __future__ import annotations

import datetime as dt
import hashlib

import pytest
from sqlalchemy import select

from marketplace.cooperatives import services as registry
from marketplace.fairs import services as fairs
from marketplace.fairs.models import FairApplication
from marketplace.foundation import clock
from marketplace.foundation.audit import history_of
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Refusal
from marketplace.foundation.lifecycle import IllegalMove
from marketplace.inbox.models import Notice
from marketplace.selection import queries, services
from marketplace.selection.models import Application, EligibilityRule
from marketplace.selection.reference import PREFERENCE, load_rules
from marketplace.selection.services import Measure
from marketplace.selection.states import ApplicationState, Checked, Entered
from tests.fairs.hall import Fairground, applied, fairground, newcomer, standing
from tests.fairs.showing import handed_in as with_result
from tests.world import World

A = ApplicationState
STEPS = [code for code, *_ in PREFERENCE]


@pytest.fixture
def ground(world: World) -> Fairground:
    with transaction():
        load_rules()
    return fairground(world, call_is_open=True, in_days=20)


def begun(world: World, ground: Fairground) -> FairApplication:
    with transaction():
        asked = fairs.begin(fair=ground.fair, cooperative=world.dong_lac, by=world.director)
        fairs.set_goods(asked=asked, products=[world.carrots], halves=4, least=2, by=world.director)
        fairs.set_needs(asked=asked, staff=2, by=world.director)
    return asked


def declared(asked: FairApplication, world: World, *, met: bool = True, **numbers: int) -> None:
    call = asked.application.call
    rules = {rule.id: met for rule in queries.rules_for(call) if rule.checked is Checked.DECLARED}
    steps = {rule.id: numbers.get(rule.code, 0) for rule in queries.preference_rules(call)}
    with transaction():
        services.declare(application=asked.application, met=rules, numbers=steps, by=world.director)


def handed_in(world: World, ground: Fairground) -> Application:
    asked = begun(world, ground)
    declared(asked, world, members=120, women=40, value_chain=1)
    with transaction():
        services.submit(application=asked.application, by=world.director)
    return asked.application


def letters(kind: str) -> list[str]:
    return [*db.session.scalars(select(Notice.sentence_vi).where(Notice.kind == kind))]


def test_a_draft_is_there_from_the_first_step_and_once_only(world: World, ground: Fairground) -> None:
    asked = begun(world, ground)
    assert asked.application.state is A.DRAFT and asked.application.submitted_at is None
    with pytest.raises(Refusal, match="đã có đơn ở đây rồi"), transaction():
        fairs.begin(fair=ground.fair, cooperative=world.dong_lac, by=world.director)


def test_it_is_handed_in_only_complete_and_within_the_rules(world: World, ground: Fairground) -> None:
    with transaction():
        asked = fairs.begin(fair=ground.fair, cooperative=world.dong_lac, by=world.director)
    with pytest.raises(Refusal, match="sản phẩm"), transaction():
        services.submit(application=asked.application, by=world.director)
    db.session.rollback()
    with transaction():
        fairs.set_goods(asked=asked, products=[world.carrots], halves=2, by=world.director)
        fairs.set_needs(asked=asked, staff=1, by=world.director)
    with pytest.raises(Refusal, match="xử phạt"), transaction():
        services.submit(application=asked.application, by=world.director)
    db.session.rollback()
    declared(asked, world, met=False)
    with pytest.raises(Refusal, match="xử phạt"), transaction():
        services.submit(application=asked.application, by=world.director)
    db.session.rollback()
    declared(asked, world)
    with transaction():
        services.submit(application=asked.application, by=world.director)
    assert asked.application.state is A.SUBMITTED
    assert len(letters("selection.handed_in")) == 1


def test_a_rule_is_waived_with_its_reason(world: World, ground: Fairground) -> None:
    asked = begun(world, ground)
    declared(asked, world, met=False)
    blocking = queries.missing(asked.application)
    assert {each.rule.code for each in blocking} == {"not_sanctioned", "develops"}
    with pytest.raises(Refusal), transaction():
        services.waive(application=asked.application, rule=blocking[0].rule, reason=" ", by=world.officer)
    db.session.rollback()
    for each in blocking:
        with transaction():
            services.waive(
                application=asked.application, rule=each.rule, reason="Đã nộp phạt xong.", by=world.officer
            )
    with transaction():
        services.submit(application=asked.application, by=world.director)
    assert asked.application.state is A.SUBMITTED
    assert "Đã nộp phạt xong." in history_of("application", asked.application_id)[1].sentence


def test_after_the_deadline_nothing_is_handed_in_or_taken_back(world: World, ground: Fairground) -> None:
    asked = begun(world, ground)
    declared(asked, world)
    late = ground.call.closes_at
    with clock.standing_at(late), pytest.raises(Refusal, match="hết hạn"), transaction():
        services.submit(application=asked.application, by=world.director)
    db.session.rollback()
    with clock.standing_at(late - dt.timedelta(seconds=1)), transaction():
        services.submit(application=asked.application, by=world.director)
    with clock.standing_at(late), pytest.raises(Refusal, match="hết hạn"), transaction():
        services.reopen(application=asked.application, by=world.director)
    db.session.rollback()
    with clock.standing_at(late), pytest.raises(Refusal, match="không sửa"), transaction():
        fairs.set_needs(asked=asked, staff=5, by=world.director)


def test_taken_back_until_the_deadline_and_withdrawn_any_time(world: World, ground: Fairground) -> None:
    application = handed_in(world, ground)
    with transaction():
        services.reopen(application=application, by=world.director)
    assert application.state is A.DRAFT
    with pytest.raises(Refusal), transaction():
        services.withdraw(application=application, reason="", by=world.director)
    db.session.rollback()
    with clock.standing_at(ground.call.closes_at + dt.timedelta(days=2)), transaction():
        services.withdraw(application=application, reason="Mất mùa.", by=world.director)
    assert str(application.state) == "withdrawn"
    begun(world, ground)  # withdrawn: they may begin anew


def test_who_phoned_is_written_down(world: World, ground: Fairground) -> None:
    with pytest.raises(Refusal) as refused, transaction():
        fairs.begin(fair=ground.fair, cooperative=world.dong_lac, entered=Entered.PHONE, by=world.officer)
    assert refused.value.field == "told_by"
    db.session.rollback()
    with transaction():
        asked = fairs.begin(
            fair=ground.fair,
            cooperative=world.dong_lac,
            entered=Entered.PHONE,
            told_by="Ông Hùng",
            by=world.officer,
        )
    assert (asked.application.entered, asked.application.told_by) == (Entered.PHONE, "Ông Hùng")
    assert asked.application.entered_by_id == world.officer.id


def test_papers_that_end_before_the_last_day_are_told_but_do_not_block(
    world: World, ground: Fairground
) -> None:
    asked = begun(world, ground)
    declared(asked, world)
    paper = world.carrots.papers[0].certificate
    with transaction():
        paper.expires_on = ground.fair.last_day - dt.timedelta(days=1)
    told = {each.rule.code: each for each in queries.standings(asked.application)}["papers_valid"]
    assert told.met is False and "VG-0001" in told.note and not told.blocks
    with transaction():
        paper.expires_on = ground.fair.last_day
    told = {each.rule.code: each for each in queries.standings(asked.application)}["papers_valid"]
    assert told.met is True, "the last day counts"


def test_a_suspended_member_cannot_hand_in(world: World, ground: Fairground) -> None:
    asked = begun(world, ground)
    declared(asked, world)
    with transaction():
        registry.advance(cooperative=world.dong_lac, step="suspend", reason="Nợ phí.", by=world.officer)
    with pytest.raises(Refusal, match="thành viên"), transaction():
        services.submit(application=asked.application, by=world.director)


def test_a_missing_last_report_blocks(world: World, ground: Fairground) -> None:
    past = fairground(world, booths=6, in_days=-30)
    stand = standing(past, applied(past, world.dong_lac, by=world.director), past.booths[0])
    asked = begun(world, ground)
    declared(asked, world)
    missing = queries.missing(asked.application)
    assert [each.rule.code for each in missing] == ["last_report"]
    assert past.fair.name_vi in missing[0].note
    with_result(stand, sales=5_000_000, by=world.director)
    assert queries.missing(asked.application) == []


def test_rules_are_dated(world: World, ground: Fairground) -> None:
    day = queries.rules_for(ground.call)[0].valid_from
    rule = db.session.scalars(select(EligibilityRule).where(EligibilityRule.code == "develops")).one()
    closes = clock.to_local(ground.call.closes_at).date()
    with transaction():
        services.end_rule(rule=rule, last_day=closes - dt.timedelta(days=1), by=world.officer)
        services.add_rule(
            checked=Checked.DECLARED,
            words_vi="Có mã vùng trồng.",
            words_en="Has a growing-area code.",
            source="Quyết định 12",
            valid_from=closes,
            by=world.officer,
        )
    codes = [each.code for each in queries.rules_for(ground.call)]
    assert "develops" not in codes and "co-ma-vung-trong" in codes and day < closes
    with pytest.raises(Refusal), transaction():
        services.add_rule(
            checked=Checked.COUNTED, code="stars", words_vi="x", words_en="", source="y", valid_from=closes,
            by=world.officer,
        )  # fmt: skip


def test_the_legal_order_is_a_tuple_for_each_application(world: World, ground: Fairground) -> None:
    application = handed_in(world, ground)
    other = applied(ground, newcomer(), by=world.officer)
    told = queries.preferences([application.id, other.application_id])
    expected = tuple({"members": 120, "women": 40, "value_chain": 1}.get(code, 0) for code in STEPS)
    assert told == {application.id: expected, other.application_id: (0,) * len(STEPS)}
    assert told[application.id] > told[other.application_id]
    assert queries.preferences([]) == {}


def test_screening_asks_for_more_and_gets_it(world: World, ground: Fairground) -> None:
    application = handed_in(world, ground)
    with pytest.raises(IllegalMove), transaction():
        services.pass_screening(application=application, by=world.officer)
    db.session.rollback()
    with transaction():
        services.begin_screening(application=application, by=world.officer)
        services.ask_more(
            application=application,
            words="Thiếu ảnh nhãn.",
            due_at=clock.now() + dt.timedelta(days=2),
            by=world.officer,
        )
    assert "Thiếu ảnh nhãn." in letters("selection.more_wanted")[0]
    assert queries.may_be_edited(application)
    with transaction():
        services.answer(application=application, words="Đã thêm ảnh.", by=world.director)
    assert application.state is A.SCREENING
    info = queries.infos_of(application.id)[0]
    assert info.answer == "Đã thêm ảnh." and info.answered_at is not None
    assert len(letters("selection.answered")) == 1
    with transaction():
        services.pass_screening(application=application, by=world.officer)
        services.fail(application=application, reason="Hàng không đúng ngành.", by=world.officer)
    assert str(application.state) == "ineligible"
    with transaction():
        services.rescreen(application=application, reason="Xem lại.", by=world.officer)
        services.pass_screening(application=application, by=world.officer)
    assert str(application.state) == "eligible" and application.reason == ""


def test_the_seed_is_drawn_once_and_after_the_deadline(world: World, ground: Fairground) -> None:
    call = ground.call
    with pytest.raises(Refusal, match="sau hạn"), transaction():
        services.draw_seed(call=call, source="Xổ số", words="12345", by=world.officer)
    db.session.rollback()
    with clock.standing_at(call.closes_at + dt.timedelta(hours=2)):
        with transaction():
            seed = services.draw_seed(
                call=call, source="Xổ số miền Bắc", words=" 12345  67890 ", by=world.officer
            )
        assert seed == hashlib.sha256(b"12345 67890").hexdigest() == call.seed
        with pytest.raises(Refusal, match="giữ nguyên"), transaction():
            services.draw_seed(call=call, source="Khác", words="99999", by=world.officer)
        db.session.rollback()
        with pytest.raises(Refusal, match="hạn nộp giữ nguyên"), transaction():
            services.change_call(
                call=call,
                opens_at=call.opens_at,
                closes_at=call.closes_at + dt.timedelta(days=9),
                reviews_wanted=0,
                bands=[],
                criteria=[],
                reviewers=[],
                by=world.officer,
            )


@pytest.mark.parametrize("bands", [[60, 80], [101], [80, 80], [0]])
def test_odd_cut_offs_are_refused(world: World, ground: Fairground, bands: list[int]) -> None:
    with pytest.raises(Refusal) as refused, transaction():
        services.change_call(
            call=ground.call,
            opens_at=ground.call.opens_at,
            closes_at=ground.call.closes_at,
            reviews_wanted=1,
            bands=bands,
            criteria=[Measure("Chất lượng", 1)],
            reviewers=[],
            by=world.officer,
        )
    assert refused.value.field == "bands"
