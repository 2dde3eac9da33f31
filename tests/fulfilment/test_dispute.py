"""When one side does not agree with a slip: what each may do, what the clock does, and what counts in the end."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from types import SimpleNamespace
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, update

from marketplace.foundation import clock
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Refusal
from marketplace.fulfilment import services
from marketplace.fulfilment.correcting import Shift, corrected
from marketplace.fulfilment.models import Acceptance, AcceptanceLine, SlipDispute, SlipDisputeStep
from marketplace.fulfilment.states import AcceptanceState, Outcome
from marketplace.fulfilment.states.dispute import SlipDisputeState as S
from marketplace.fulfilment.states.dispute import StepKind, Turn
from marketplace.fulfilment.tasks.dispute import end_silent_disputes
from marketplace.inbox.models import Notice
from tests.buyers.company import Company
from tests.fulfilment.disputed import (
    BUYER,
    SELLER,
    answered,
    as_grade,
    disputable,
    line_of,
    photos,
    raised,
    told,
)
from tests.fulfilment.world import fresh, kept, settled
from tests.world import World

KG = Decimal
AS_SIGNED = [("accepted", "1", KG(1700)), ("accepted", "2", KG(100)), ("rejected", "", KG(200))]
AS_CLAIMED = [("accepted", "1", KG(1820)), ("accepted", "2", KG(100)), ("rejected", "", KG(80))]


def now_is_over(dispute: SlipDispute) -> None:
    """Its clock has run out."""
    with transaction():
        late = clock.now() - dt.timedelta(minutes=1)
        db.session.execute(update(SlipDispute).where(SlipDispute.id == dispute.id).values(due_by=late))
    fresh()


def kinds(person_id: int) -> list[str]:
    query = select(Notice.kind).where(Notice.person_id == person_id, Notice.kind.like("slip_dispute.%"))
    return [*db.session.scalars(query.order_by(Notice.id))]


def test_the_other_side_grants_it_and_the_slip_is_corrected(world: World, company: Company) -> None:
    slip = disputable(world, company)
    dispute = raised(slip, world.director)
    assert told(slip.id) == (AcceptanceState.DISPUTED, AS_SIGNED)
    assert kinds(company.huy.id) == ["slip_dispute.raised"]
    with transaction():
        services.dispute.grant(dispute=dispute, by=company.huy)
    assert told(slip.id) == (AcceptanceState.DECIDED, AS_CLAIMED)
    assert (dispute.state, dispute.revision, dispute.turn) == (S.AGREED, 2, Turn.NOBODY)
    assert slip.firm_since is not None and slip.delivery.lines[0].graded == KG(1920)
    assert kinds(world.director.id) == ["slip_dispute.ended"]
    with pytest.raises(Refusal), transaction():
        services.dispute.withdraw(dispute=dispute, by=world.director)


def test_what_cannot_be_claimed(world: World, company: Company) -> None:
    slip = disputable(world, company)
    first, bad = line_of(slip, Outcome.ACCEPTED, "1"), line_of(slip, Outcome.REJECTED)
    for field, shifts, more in (
        (None, [], {}),
        (f"kg_{bad.id}", [as_grade(slip, 201)], {}),
        (f"kg_{bad.id}", [as_grade(slip, 0)], {}),
        (f"to_{bad.id}", [as_grade(slip, 10, "9")], {}),
        (f"to_{first.id}", [Shift(first.id, KG(10), Outcome.ACCEPTED, "1")], {}),
        (f"to_{first.id}", [Shift(first.id, KG(10), Outcome.REJECTED, reason="ugly")], {}),
        ("words", [as_grade(slip, 10)], {"words": "  "}),
        ("photos", [as_grade(slip, 10)], {"photos": []}),
        ("photos", [as_grade(slip, 10)], {"photos": photos(5)}),
    ):
        with pytest.raises(Refusal) as refused:
            raised(slip, world.director, shifts=shifts, **cast(dict[str, Any], more))
        assert refused.value.field == field
        fresh()
    assert told(slip.id) == (AcceptanceState.SIGNED, AS_SIGNED)


def test_one_open_dispute_and_only_in_time(world: World, company: Company) -> None:
    slip = disputable(world, company)
    raised(slip, world.director)
    with pytest.raises(Refusal):
        raised(slip, world.director)
    fresh()
    slip = settled(world, company, slip.contract, slot=1)
    with pytest.raises(Refusal):
        raised(slip, world.director, shifts=[], kg=1)
    fresh()
    with transaction():
        late = clock.now() - dt.timedelta(minutes=1)
        db.session.execute(update(Acceptance).where(Acceptance.id == slip.id).values(object_by=late))
    fresh()
    claim = [Shift(slip.lines[0].id, KG(10), Outcome.REJECTED, reason="rotten")]
    with pytest.raises(Refusal):
        raised(slip, company.huy, side=BUYER, shifts=claim)


def test_a_hidden_defect_is_the_buyers_to_claim(world: World, company: Company) -> None:
    """Against what both signed; taken back, it counts from the day on which it counted before."""
    slip = settled(world, company, kept(world, company))
    since = slip.firm_since
    claim = [Shift(slip.lines[0].id, KG("300.5"), Outcome.REJECTED, reason="rotten")]
    dispute = raised(slip, company.huy, side=BUYER, shifts=claim)
    assert told(slip.id)[0] == AcceptanceState.DISPUTED
    with transaction():
        services.dispute.withdraw(dispute=dispute, by=company.huy)
    assert told(slip.id) == (AcceptanceState.AGREED, [("accepted", "1", KG(2000))])
    assert slip.firm_since == since
    dispute = raised(slip, company.huy, side=BUYER, shifts=claim)
    with transaction():
        services.dispute.grant(dispute=dispute, by=world.director)
    assert told(slip.id)[1] == [("accepted", "1", KG("1699.5")), ("rejected", "", KG("300.5"))]
    assert slip.firm_since == since


def test_an_offer_is_taken(world: World, company: Company) -> None:
    slip = disputable(world, company)
    dispute = answered(raised(slip, world.director), company.huy, shifts=[as_grade(slip, 50, "2")])
    assert (dispute.state, dispute.turn) == (S.ANSWERED, Turn.RAISER)
    with transaction():
        services.dispute.take_offer(dispute=dispute, by=world.director)
    assert told(slip.id)[1] == [
        ("accepted", "1", KG(1700)),
        ("accepted", "2", KG(150)),
        ("rejected", "", KG(150)),
    ]
    assert dispute.state is S.AGREED


def test_answered_once(world: World, company: Company) -> None:
    dispute = answered(raised(disputable(world, company), world.director), company.huy)
    with pytest.raises(Refusal):
        answered(dispute, company.hanh)
    fresh()
    with pytest.raises(Refusal), transaction():
        services.dispute.take_offer(dispute=dispute, by=world.director)
    fresh()
    said = db.session.scalars(select(SlipDisputeStep.kind).order_by(SlipDisputeStep.id)).all()
    assert said == [StepKind.CLAIM, StepKind.ANSWER]


def test_a_proposal_counts_once_both_say_yes(world: World, company: Company) -> None:
    slip = disputable(world, company)
    dispute = answered(raised(slip, world.director), company.huy)
    with transaction():
        services.dispute.ask_alliance(dispute=dispute, side=SELLER, words="Nhờ Liên minh", by=world.director)
    assert dispute.turn is Turn.ALLIANCE and "slip_dispute.brought" in kinds(world.officer.id)
    with transaction():
        services.dispute.note(dispute=dispute, words="Đã gọi cho hai bên", by=world.officer)
        services.dispute.propose(
            dispute=dispute, shifts=[as_grade(slip, 60)], words="Chia đôi", by=world.officer
        )
    with transaction():
        services.dispute.say_yes(dispute=dispute, side=SELLER, by=world.director)
    assert told(slip.id)[0] == AcceptanceState.DISPUTED
    with pytest.raises(Refusal), transaction():
        services.dispute.say_yes(dispute=dispute, side=SELLER, by=world.director)
    fresh()
    with transaction():
        services.dispute.say_no(dispute=dispute, side=BUYER, words="Quá nhiều", by=company.huy)
    assert dispute.turn is Turn.ALLIANCE
    with transaction():
        services.dispute.propose(
            dispute=dispute, shifts=[as_grade(slip, 30)], words="Thế này nhé", by=world.officer
        )
    for side, by in ((BUYER, company.huy), (SELLER, world.director)):
        with transaction():
            services.dispute.say_yes(dispute=dispute, side=side, by=by)
    assert told(slip.id)[1][0] == ("accepted", "1", KG(1730))
    assert dispute.state is S.AGREED


def test_the_alliance_decides_only_where_both_wish(world: World, company: Company) -> None:
    slip = disputable(world, company)
    dispute = answered(raised(slip, world.director, consents=True), company.huy)
    decision = {"dispute": dispute, "shifts": [as_grade(slip, 100, "2")], "words": "Xem ảnh"}
    with pytest.raises(Refusal) as refused, transaction():
        services.dispute.decide(**cast(Any, decision), by=world.officer)
    assert refused.value.field == "words"
    fresh()
    with transaction():
        services.dispute.consent(dispute=dispute, side=BUYER, by=company.huy)
    assert dispute.turn is Turn.ALLIANCE and "slip_dispute.to_decide" in kinds(world.officer.id)
    with pytest.raises(Refusal), transaction():
        services.dispute.decide(**cast(Any, {**decision, "words": ""}), by=world.officer)
    fresh()
    with transaction():
        services.dispute.decide(**cast(Any, decision), by=world.officer)
    assert told(slip.id) == (
        AcceptanceState.DECIDED,
        [("accepted", "1", KG(1700)), ("accepted", "2", KG(200)), ("rejected", "", KG(100))],
    )
    assert dispute.state is S.DECIDED
    assert kinds(company.huy.id)[-1] == kinds(world.director.id)[-1] == "slip_dispute.ended"


def test_without_an_answer_the_claim_stands(world: World, company: Company) -> None:
    slip = disputable(world, company)
    dispute = raised(slip, world.director)
    end_silent_disputes()
    fresh()
    assert dispute.state is S.RAISED
    now_is_over(dispute)
    end_silent_disputes()
    end_silent_disputes()
    assert told(slip.id) == (AcceptanceState.DECIDED, AS_CLAIMED)
    assert dispute.state is S.STANDS and [s.kind for s in dispute.steps][1:] == [StepKind.CLOCK]


def test_without_a_further_word_it_is_taken_back(world: World, company: Company) -> None:
    slip = disputable(world, company)
    dispute = answered(raised(slip, world.director), company.huy)
    now_is_over(dispute)
    end_silent_disputes()
    assert told(slip.id) == (AcceptanceState.AGREED, AS_SIGNED)
    assert dispute.state is S.LAPSED and slip.by_silence and slip.seller_signed_at is None


def test_time_never_runs_against_the_alliance(world: World, company: Company) -> None:
    """A proposal to which the other side alone is silent goes back to the alliance; nothing ends by itself then."""
    slip = disputable(world, company)
    dispute = answered(raised(slip, world.director), company.huy)
    with transaction():
        services.dispute.propose(dispute=dispute, shifts=[], words="Giữ nguyên", by=world.officer)
        services.dispute.say_yes(dispute=dispute, side=SELLER, by=world.director)
    now_is_over(dispute)
    end_silent_disputes()
    fresh()
    assert (dispute.state, dispute.turn) == (S.MEDIATED, Turn.ALLIANCE)
    now_is_over(dispute)
    end_silent_disputes()
    fresh()
    assert dispute.is_open
    with transaction():
        services.dispute.withdraw(dispute=dispute, by=world.director)
    assert told(slip.id) == (AcceptanceState.AGREED, AS_SIGNED)
    assert slip.seller_name == world.director.name and not slip.by_silence


amounts = st.lists(st.integers(1, 9_000_000), min_size=1, max_size=6)


@given(amounts, st.data())
def test_a_correction_loses_and_makes_nothing(thousandths: list[int], data: st.DataObject) -> None:
    """Whatever is moved: the same kilograms, none below nothing, each kind of line once if it was once."""
    kinds = [(Outcome.ACCEPTED, "1", ""), (Outcome.ACCEPTED, "2", ""), (Outcome.REJECTED, "", "rotten")]
    lines = []
    for number, amount in enumerate(thousandths):
        outcome, grade, reason = kinds[number % 3]
        told = {"outcome": outcome, "grade": grade, "reason": reason, "kg": KG(amount) / 1000}
        lines.append(SimpleNamespace(id=number, words="", photo_id=None, fate="", **told))
    shifts = [
        Shift(line.id, KG(data.draw(st.integers(1, int(line.kg * 1000)))) / 1000, *to)
        for line in lines
        if (to := data.draw(st.sampled_from([None, *kinds]))) is not None
        and to != (line.outcome, line.grade, line.reason)
    ]
    then = corrected(cast(list[AcceptanceLine], lines), shifts)
    assert sum(each.kg for each in then) == sum(line.kg for line in lines)
    assert all(each.kg > 0 for each in then)
