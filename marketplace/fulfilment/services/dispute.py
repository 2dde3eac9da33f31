"""Disputes about slips of acceptance: raised, answered, helped by the alliance, ended.

The alliance is no court: it proposes, and it decides only where both sides chose to let it. Locks are taken in one
order: the slip, then its dispute.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from marketplace import config
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.media import receive_photo
from marketplace.foundation.reference import random_ref
from marketplace.foundation.words import _l
from marketplace.fulfilment import grading
from marketplace.fulfilment.correcting import Shift, checked, corrected
from marketplace.fulfilment.events.acceptance import (
    AcceptanceAgreed,
    AcceptanceDecided,
    AcceptanceDisputed,
)
from marketplace.fulfilment.events.dispute import (
    SlipDisputeAgreed,
    SlipDisputeAnswered,
    SlipDisputeBrought,
    SlipDisputeConsented,
    SlipDisputeDecided,
    SlipDisputeLapsed,
    SlipDisputeMediated,
    SlipDisputeProposed,
    SlipDisputeRaised,
    SlipDisputeSpoken,
    SlipDisputeStood,
    SlipDisputeWithdrawn,
)
from marketplace.fulfilment.models import (
    Acceptance,
    SlipDispute,
    SlipDisputePhoto,
    SlipDisputeShift,
    SlipDisputeStep,
)
from marketplace.fulfilment.notices import dispute as notices
from marketplace.fulfilment.queries import dispute as queries
from marketplace.fulfilment.services import document
from marketplace.fulfilment.services.acceptance import count_in_delivery, grades_of
from marketplace.fulfilment.states.acceptance import acceptance_lifecycle
from marketplace.fulfilment.states.dispute import (
    SlipDisputeState,
    StepKind,
    Turn,
    slip_dispute_lifecycle,
)
from marketplace.linkage.states.contract import ContractSide

K = StepKind
MOST_PHOTOS = 4
Photos = Sequence[tuple[Any, str]]
"""(stream, filename) of each."""
CHANGED = _l("This has changed in the meantime. Please look at it again.")


def raise_dispute(
    *,
    acceptance: Acceptance,
    side: ContractSide,
    shifts: Sequence[Shift],
    words: str,
    photos: Photos,
    consents: bool = False,
    by: Any,
) -> SlipDispute:
    """Say that some kilograms of a slip should count otherwise: with words, a photo at least, until `object_by`.

    `consents` lets the alliance decide if both sides do. Where both confirmed a settlement sheet with this slip in it,
    that sheet stays, and what comes of the dispute is corrected on a later one. Raises Refusal when the time is over,
    the slip is no longer open to this side, or nothing is claimed.
    """
    db.session.refresh(acceptance, with_for_update={"of": Acceptance})
    if not queries.may_be_raised(acceptance, side):
        raise Refusal(_l("The time to object to this slip is over, or it has changed in the meantime."))
    if not shifts:
        raise Refusal(_l("Write how many kilograms should count otherwise."))
    _needs_words(words)
    if not photos:
        raise Refusal(_l("Please add a photo at least: it shows what the words say."), field="photos")
    sound = checked(acceptance.lines, shifts, grades_of(acceptance.contract))
    now = clock.now()
    raised = SlipDispute(
        ref=random_ref(),
        acceptance=acceptance,
        contract=acceptance.contract,
        side=side,
        at=now,
        due_by=now + dt.timedelta(hours=config.current().slip_dispute_answer_hours),
        firm_before=acceptance.firm_since,
    )
    acceptance_lifecycle.advance(acceptance, "dispute")
    acceptance.firm_since = None
    db.session.add(raised)
    db.session.flush()
    if consents:
        _note_consent(raised, side)
    _say(raised, K.CLAIM, side, words, shifts=sound, photos=photos, by=by)
    announce(AcceptanceDisputed(**_slip(acceptance, by), words=_kept(words)))
    announce(SlipDisputeRaised(**_facts(raised, side, by), words=_kept(words)))
    notices.raised(raised)
    return raised


def answer(
    *,
    dispute: SlipDispute,
    shifts: Sequence[Shift] = (),
    words: str,
    photos: Photos = (),
    consents: bool = False,
    by: Any,
) -> None:
    """The other side keeps its view, or offers another correction (`shifts`) that the first side may take."""
    _lock(dispute)
    _needs_words(words)
    sound = checked(dispute.acceptance.lines, shifts, grades_of(dispute.contract))
    slip_dispute_lifecycle.advance(dispute, "answer")
    _turn(dispute, Turn.RAISER)
    if consents:
        _note_consent(dispute, dispute.other)
    kind = K.OFFER if sound else K.ANSWER
    _say(dispute, kind, dispute.other, words, shifts=sound, photos=photos, by=by)
    announce(SlipDisputeAnswered(**_facts(dispute, dispute.other, by), words=_kept(words)))
    notices.answered(dispute)


def grant(*, dispute: SlipDispute, by: Any) -> None:
    """The other side says that the claim is right: it counts at once."""
    _lock(dispute)
    _say(dispute, K.YES, dispute.other, "", by=by)
    _agree(dispute, queries.shifts_of(dispute.claim), dispute.other, by)


def take_offer(*, dispute: SlipDispute, by: Any) -> None:
    """The first side takes the correction that the other one offered."""
    _lock(dispute)
    offer = dispute.last(K.OFFER)
    if offer is None:
        raise Refusal(CHANGED)
    _say(dispute, K.YES, dispute.side, "", by=by)
    _agree(dispute, queries.shifts_of(offer), dispute.side, by)


def ask_alliance(*, dispute: SlipDispute, side: ContractSide, words: str = "", by: Any) -> None:
    """Either side asks the alliance to help, once the other has answered."""
    _lock(dispute)
    if dispute.state is not SlipDisputeState.ANSWERED or dispute.turn is Turn.ALLIANCE:
        raise Refusal(CHANGED)
    _turn(dispute, Turn.ALLIANCE)
    _say(dispute, K.ASK, side, words, by=by)
    announce(SlipDisputeBrought(**_facts(dispute, side, by), words=_kept(words)))
    notices.brought(dispute)


def consent(*, dispute: SlipDispute, side: ContractSide, by: Any) -> None:
    """This side lets the alliance decide; it does so only when the other side does too."""
    _lock(dispute)
    if not dispute.is_open or dispute.consented(side):
        raise Refusal(CHANGED)
    _note_consent(dispute, side)
    _say(dispute, K.CONSENT, side, "", by=by)
    announce(SlipDisputeConsented(**_facts(dispute, side, by)))
    if dispute.may_be_decided and dispute.state is not SlipDisputeState.RAISED:
        _turn(dispute, Turn.ALLIANCE)
        db.session.flush()
        notices.to_decide(dispute)


def note(*, dispute: SlipDispute, words: str, by: Any) -> None:
    """An officer takes it, and writes down what was said or seen."""
    _lock(dispute)
    _needs_words(words)
    slip_dispute_lifecycle.advance(dispute, "mediate")
    if dispute.turn is Turn.RAISER:
        _turn(dispute, Turn.ALLIANCE)
    _say(dispute, K.NOTE, ContractSide.OFFICE, words, by=by)
    announce(SlipDisputeMediated(**_facts(dispute, ContractSide.OFFICE, by), words=_kept(words)))


def propose(*, dispute: SlipDispute, shifts: Sequence[Shift], words: str, by: Any) -> None:
    """An officer proposes how it should count (no shifts: as it stands); it counts once both sides say yes."""
    _lock(dispute)
    _needs_words(words)
    sound = checked(dispute.acceptance.lines, shifts, grades_of(dispute.contract))
    slip_dispute_lifecycle.advance(dispute, "mediate")
    _turn(dispute, Turn.BOTH)
    _say(dispute, K.PROPOSAL, ContractSide.OFFICE, words, shifts=sound, by=by)
    announce(SlipDisputeProposed(**_facts(dispute, ContractSide.OFFICE, by), words=_kept(words)))
    notices.proposed(dispute)


def say_yes(*, dispute: SlipDispute, side: ContractSide, by: Any) -> None:
    """This side takes the alliance's proposal; once both do, it counts."""
    _lock(dispute)
    proposal = _open_proposal(dispute, side)
    _say(dispute, K.YES, side, "", by=by)
    announce(SlipDisputeSpoken(**_facts(dispute, side, by), yes=True, words=""))
    if dispute.said(ContractSide.SELLER) is K.YES and dispute.said(ContractSide.BUYER) is K.YES:
        _agree(dispute, queries.shifts_of(proposal), side, by)


def say_no(*, dispute: SlipDispute, side: ContractSide, words: str, by: Any) -> None:
    """This side does not take it, and says why: the alliance looks at it once more."""
    _lock(dispute)
    _needs_words(words)
    _open_proposal(dispute, side)
    _turn(dispute, Turn.ALLIANCE)
    _say(dispute, K.NO, side, words, by=by)
    announce(SlipDisputeSpoken(**_facts(dispute, side, by), yes=False, words=_kept(words)))
    notices.refused(dispute, side)


def decide(*, dispute: SlipDispute, shifts: Sequence[Shift], words: str, by: Any) -> None:
    """An officer decides with a reason, because both sides chose to let the alliance do so."""
    _lock(dispute)
    _needs_words(words)
    if not dispute.may_be_decided:
        raise Refusal(
            _l("Only where both sides let the alliance decide it may do so: until then it proposes."),
            field="words",
        )
    sound = checked(dispute.acceptance.lines, shifts, grades_of(dispute.contract))
    _say(dispute, K.DECISION, ContractSide.OFFICE, words, shifts=sound, by=by)
    _correct(dispute, "decide", sound, by, words)
    announce(SlipDisputeDecided(**_facts(dispute, ContractSide.OFFICE, by), words=_kept(words)))
    notices.ended(dispute)


def withdraw(*, dispute: SlipDispute, by: Any) -> None:
    """Whoever raised it takes it back: the slip counts as it was."""
    _lock(dispute)
    _say(dispute, K.WITHDRAWAL, dispute.side, "", by=by)
    _leave(dispute, "withdraw", by)
    announce(SlipDisputeWithdrawn(**_facts(dispute, dispute.side, by)))
    notices.ended(dispute)


def run_out(*, dispute_id: int) -> bool:
    """What the rule says when a time is over. Does nothing when somebody spoke meanwhile, or twice.

    Without an answer the claim stands; without a further word of whoever raised it, it counts as taken back; a proposal
    to which only the other side has said nothing goes back to the alliance.
    """
    dispute = queries.by_id(dispute_id)
    _lock(dispute)
    if not dispute.is_open or dispute.due_by is None or dispute.due_by > clock.now():
        return False
    if dispute.turn is Turn.OTHER:
        _say(dispute, K.CLOCK, None, "", by=None)
        _correct(dispute, "stand", queries.shifts_of(dispute.claim), None, "")
        announce(SlipDisputeStood(**_facts(dispute, None, None)))
    elif dispute.turn is Turn.RAISER or (dispute.turn is Turn.BOTH and dispute.said(dispute.side) is None):
        _say(dispute, K.CLOCK, None, "", by=None)
        _leave(dispute, "lapse", None)
        announce(SlipDisputeLapsed(**_facts(dispute, None, None)))
    elif dispute.turn is Turn.BOTH:
        _turn(dispute, Turn.ALLIANCE)
        _say(dispute, K.CLOCK, None, "", by=None)
        notices.brought(dispute)
        return True
    else:
        return False
    notices.ended(dispute)
    return True


# --- how it ends --------------------------------------------------------------------------------------


def _agree(dispute: SlipDispute, shifts: Sequence[Shift], side: ContractSide, by: Any) -> None:
    _correct(dispute, "agree", shifts, by, "")
    announce(SlipDisputeAgreed(**_facts(dispute, side, by)))
    notices.ended(dispute)


def _correct(dispute: SlipDispute, move: str, shifts: Sequence[Shift], by: Any, words: str) -> None:
    """The next revision of the slip says what was agreed or decided; from now on it counts."""
    slip = dispute.acceptance
    lines = corrected(slip.lines, checked(slip.lines, shifts, grades_of(dispute.contract)))
    slip_dispute_lifecycle.advance(dispute, move)
    dispute.revision = slip.revision + 1
    _close(dispute)
    acceptance_lifecycle.advance(slip, "decide")
    slip.firm_since = dispute.firm_before or clock.now()
    grading.write(slip, lines)
    count_in_delivery(acceptance=slip)
    document.issue_slip(acceptance=slip, by=by)
    announce(AcceptanceDecided(**_slip(slip, by), **_amounts(slip), words=_kept(words)))


def _leave(dispute: SlipDispute, move: str, by: Any) -> None:
    """The slip stays as it is. Who takes an objection back signs with that; the clock signs for nobody."""
    slip, now = dispute.acceptance, clock.now()
    slip_dispute_lifecycle.advance(dispute, move)
    _close(dispute)
    slip.firm_since = dispute.firm_before or now
    if slip.seller_signed_at is None and by is not None and dispute.side is ContractSide.SELLER:
        slip.seller_signed_at, slip.seller_signed_by_id, slip.seller_name = now, id_of(by), by.name[:120]
    elif slip.seller_signed_at is None:
        slip.by_silence = True
    acceptance_lifecycle.advance(slip, "withdraw")
    db.session.flush()
    count_in_delivery(acceptance=slip)
    document.issue_slip(acceptance=slip, by=by)
    announce(AcceptanceAgreed(**_slip(slip, by), **_amounts(slip), by_silence=by is None))


def _close(dispute: SlipDispute) -> None:
    """Together with its last state: nothing is written in between."""
    dispute.turn, dispute.due_by, dispute.closed_at = Turn.NOBODY, None, clock.now()


# --- parts --------------------------------------------------------------------------------------------


def _lock(dispute: SlipDispute) -> None:
    """As both stand now, until the transaction ends."""
    db.session.refresh(dispute.acceptance, with_for_update={"of": Acceptance})
    db.session.refresh(dispute, with_for_update={"of": SlipDispute})


def _turn(dispute: SlipDispute, turn: Turn) -> None:
    """Whose word is awaited now, and until when."""
    dispute.turn = turn
    dispute.due_by = clock.now() + dt.timedelta(days=config.current().slip_dispute_days)


def _note_consent(dispute: SlipDispute, side: ContractSide) -> None:
    if side is ContractSide.SELLER:
        dispute.seller_consented_at = dispute.seller_consented_at or clock.now()
    else:
        dispute.buyer_consented_at = dispute.buyer_consented_at or clock.now()


def _open_proposal(dispute: SlipDispute, side: ContractSide) -> SlipDisputeStep:
    proposal = dispute.last(K.PROPOSAL)
    if dispute.turn is not Turn.BOTH or proposal is None or dispute.said(side) is not None:
        raise Refusal(CHANGED)
    return proposal


def _say(
    dispute: SlipDispute,
    kind: K,
    side: ContractSide | None,
    words: str,
    *,
    shifts: Sequence[Shift] = (),
    photos: Photos = (),
    by: Any,
) -> None:
    if len(photos) > MOST_PHOTOS:
        raise Refusal(_l("Four photos are enough."), field="photos")
    step = SlipDisputeStep(
        dispute_id=dispute.id,
        kind=kind,
        side=str(side or ""),
        words=_kept(words),
        by_id=id_of(by),
        at=clock.now(),
    )
    step.shifts = [
        SlipDisputeShift(
            position=position,
            line_id=shift.line_id,
            kg=shift.kg,
            outcome=shift.outcome,
            grade=shift.grade,
            reason=shift.reason,
        )
        for position, shift in enumerate(shifts, start=1)
    ]
    step.photos = [
        SlipDisputePhoto(
            position=position, photo=receive_photo(stream=stream, filename=name, by=by, field="photos")
        )
        for position, (stream, name) in enumerate(photos, start=1)
    ]
    db.session.add(step)
    db.session.flush()
    db.session.expire(dispute, ["steps"])


def _needs_words(words: str) -> None:
    if not words.strip():
        raise Refusal(_l("Please write a few words: the other side will read them."), field="words")


def _kept(words: str) -> str:
    return words.strip()[:2000]


def _facts(dispute: SlipDispute, side: ContractSide | None, by: Any) -> dict[str, Any]:
    return {
        "dispute_id": dispute.id,
        "acceptance_id": dispute.acceptance_id,
        "contract_id": dispute.contract_id,
        "side": str(side or ""),
        "actor_id": id_of(by),
    }


def _slip(slip: Acceptance, by: Any) -> dict[str, Any]:
    return {
        "acceptance_id": slip.id,
        "contract_id": slip.contract_id,
        "call_off_id": slip.call_off_id,
        "delivery_id": slip.delivery_id,
        "actor_id": id_of(by),
    }


def _amounts(slip: Acceptance) -> dict[str, Any]:
    return {"accepted": format(slip.accepted, "f"), "rejected": format(slip.rejected, "f")}
