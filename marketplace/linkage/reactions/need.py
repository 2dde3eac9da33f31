"""Who is told when a request moves."""

from __future__ import annotations

from marketplace.foundation.db import db
from marketplace.foundation.events import react
from marketplace.linkage import queries
from marketplace.linkage.events import (
    CooperativeInvited,
    NeedAmended,
    NeedCancelled,
    NeedClosed,
    NeedEvent,
    NeedNoneSuitable,
    NeedPartAwarded,
    NeedQuestionAnswered,
    NeedQuestionAsked,
    NeedReserveChosen,
    NeedWithdrawn,
)
from marketplace.linkage.models import Need, NeedAward, NeedQuestion
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


@react(NeedReserveChosen)
def in_reserve(event: NeedReserveChosen) -> None:
    notices.to_cooperatives(_need(event), "reserve", [event.cooperative_id], str(event.award_id))
