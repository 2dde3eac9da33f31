"""Who is told when a request moves."""

from __future__ import annotations

from marketplace.foundation.db import db
from marketplace.foundation.events import react
from marketplace.linkage import queries, services
from marketplace.linkage.events import (
    CooperativeInvited,
    NeedAmended,
    NeedAwarded,
    NeedCancelled,
    NeedClosed,
    NeedEvent,
    NeedNoneSuitable,
    NeedPartAwarded,
    NeedPartReturned,
    NeedQuestionAnswered,
    NeedQuestionAsked,
    NeedReserveAgreed,
    NeedReserveAsked,
    NeedReserveChosen,
    NeedReserveDeclined,
    NeedReserveDropped,
    NeedReserveEvent,
    NeedReserveSilent,
    NeedWithdrawn,
    QuoteWithdrawn,
)
from marketplace.linkage.models import Need, NeedAward, NeedQuestion, ReserveAsk
from marketplace.linkage.notices import need as notices


def _need(event: NeedEvent) -> Need:
    return db.session.get_one(Need, event.need_id)


@react(CooperativeInvited)
def invited(event: CooperativeInvited) -> None:
    notices.to_cooperatives(_need(event), "invited", [event.cooperative_id], str(event.cooperative_id))


@react(NeedAmended)
def amended(event: NeedAmended) -> None:
    need = _need(event)
    notices.to_cooperatives(need, "amended", queries.interested(need), str(event.number), reason=event.words)


@react(NeedQuestionAsked)
def asked(event: NeedQuestionAsked) -> None:
    question = db.session.get_one(NeedQuestion, event.question_id)
    notices.to_buyer(_need(event), "asked", str(question.id), question=question.question[:160])


@react(NeedQuestionAnswered)
def answered(event: NeedQuestionAnswered) -> None:
    question = db.session.get_one(NeedQuestion, event.question_id)
    notices.answered(question, queries.interested(_need(event)))


@react(NeedClosed)
def closed(event: NeedClosed) -> None:
    notices.to_buyer(_need(event), "closed", "closed")


@react(NeedWithdrawn, NeedCancelled, NeedNoneSuitable)
def over(event: NeedWithdrawn | NeedCancelled | NeedNoneSuitable) -> None:
    need = _need(event)
    if need.opened_at is not None:
        notices.to_cooperatives(need, "over", queries.interested(need), event.kind, reason=event.words)


@react(NeedPartAwarded)
def awarded(event: NeedPartAwarded) -> None:
    notices.awarded(db.session.get_one(NeedAward, event.award_id))


@react(NeedPartReturned)
def came_back(event: NeedPartReturned) -> None:
    """Whoever gave it back or took it back knows; the other side is told."""
    award = db.session.get_one(NeedAward, event.award_id)
    notices.came_back(award, event)


@react(NeedReserveAsked)
def reserve_asked(event: NeedReserveAsked) -> None:
    notices.reserve_asked(_ask(event))


@react(NeedReserveAgreed, NeedReserveDeclined, NeedReserveSilent)
def reserve_answered(event: NeedReserveAgreed | NeedReserveDeclined | NeedReserveSilent) -> None:
    notices.reserve_answered(_ask(event))


@react(NeedReserveDropped)
def reserve_dropped(event: NeedReserveDropped) -> None:
    notices.reserve_dropped(_ask(event))


def _ask(event: NeedReserveEvent) -> ReserveAsk:
    return db.session.get_one(ReserveAsk, event.ask_id)


@react(NeedAwarded, NeedCancelled, NeedNoneSuitable)
def ask_nobody_in_vain(event: NeedAwarded | NeedCancelled | NeedNoneSuitable) -> None:
    """What is given away is not asked for any more."""
    services.drop_asks(need=_need(event), over=not isinstance(event, NeedAwarded))


@react(QuoteWithdrawn)
def ask_no_more(event: QuoteWithdrawn) -> None:
    """Whoever withdrew its quote need not answer."""
    services.drop_asks(need=db.session.get_one(Need, event.need_id))


@react(NeedReserveChosen)
def in_reserve(event: NeedReserveChosen) -> None:
    notices.to_cooperatives(_need(event), "reserve", [event.cooperative_id], str(event.award_id))
