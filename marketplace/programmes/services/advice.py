"""Advice and legal help: asked, answered, what was promised done."""

from __future__ import annotations

import datetime as dt
from typing import Any

from marketplace.cooperatives.models import Cooperative
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.reference import random_ref
from marketplace.foundation.text import clean_line
from marketplace.foundation.words import _l
from marketplace.programmes.events import AdviceAsked, AdviceFollowed, AdviceGiven
from marketplace.programmes.events.advice import AdviceEvent
from marketplace.programmes.models import Advice
from marketplace.programmes.states.advice import AdviceMatter

A_DAY = 24 * 60


def ask(
    *,
    asked_by: str,
    matter: AdviceMatter,
    question: str,
    cooperative: Cooperative | None = None,
    phone: str = "",
    asked_on: dt.date | None = None,
    by: Any,
) -> Advice:
    """Noted by an officer. Raises Refusal for a day that is still to come."""
    day = asked_on or clock.today()
    if day > clock.today():
        raise Refusal(_l("This day is still to come."), field="asked_on")
    advice = Advice(
        ref=random_ref(),
        cooperative=cooperative,
        asked_by=clean_line(asked_by)[:120],
        phone=phone,
        matter=matter,
        question=question.strip()[:2000],
        asked_on=day,
        answer="",
        minutes=0,
        by_id=id_of(by),
        at=clock.now(),
    )
    db.session.add(advice)
    db.session.flush()
    announce(_about(AdviceAsked, advice, by))
    return advice


def answer(
    *, advice: Advice, words: str, minutes: int, day: dt.date, follow_up_on: dt.date | None = None, by: Any
) -> None:
    """What was said, how long it took all in all, and when to come back to it. Once more: it is put right."""
    _lock(advice)
    if not words.strip():
        raise Refusal(_l("Please write the answer."), field="words")
    if not advice.asked_on <= day <= clock.today():
        raise Refusal(_l("Between the day of the question and today, please."), field="day")
    if not 0 < minutes <= 30 * A_DAY:
        raise Refusal(_l("How long did it take?"), field="hours")
    if follow_up_on is not None and follow_up_on < clock.today():
        raise Refusal(_l("This day is over. Please choose a later one."), field="follow_up_on")
    advice.answer, advice.answered_on, advice.minutes = words.strip()[:3000], day, minutes
    advice.answered_by_id, advice.follow_up_on, advice.followed_at = id_of(by), follow_up_on, None
    db.session.flush()
    announce(_about(AdviceGiven, advice, by))


def follow(*, advice: Advice, by: Any) -> None:
    """What was promised is done. Raises Refusal where nothing was, or somebody was quicker."""
    _lock(advice)
    if advice.answered_on is None or advice.follow_up_on is None or advice.followed_at is not None:
        raise Refusal(_l("Nothing is left to do about it."))
    advice.followed_at = clock.now()
    db.session.flush()
    announce(_about(AdviceFollowed, advice, by))


def _lock(advice: Advice) -> None:
    db.session.refresh(advice, with_for_update={"of": Advice})


def _about(kind: type[AdviceEvent], advice: Advice, by: Any) -> AdviceEvent:
    member = advice.cooperative
    return kind(
        advice_id=advice.id, cooperative_id=member.id if member is not None else None, actor_id=id_of(by)
    )
