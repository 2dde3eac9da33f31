"""Questions about a request: asked once, answered for everybody."""

from __future__ import annotations

from typing import Any

from marketplace.cooperatives.models import Cooperative
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.words import _l
from marketplace.linkage import queries
from marketplace.linkage.events import NeedQuestionAnswered, NeedQuestionAsked
from marketplace.linkage.models import Need, NeedQuestion
from marketplace.linkage.services.need_section import take_turn
from marketplace.linkage.states import NeedState

MOST_QUESTIONS = 40


def ask_about_need(*, need: Need, cooperative: Cooperative, words: str, by: Any) -> NeedQuestion:
    """A question of a cooperative that may quote, while questions are taken. Nobody but the alliance sees whose."""
    take_turn(need)
    if not queries.may_quote(need, cooperative.id):
        raise Refusal(_l("This cooperative was not asked."))
    if not need.takes_questions:
        raise Refusal(_l("Questions are no longer taken."))
    if not words.strip():
        raise Refusal(_l("Please write your question."), field="words")
    if len(queries.questions_asked(need.id)) >= MOST_QUESTIONS:
        raise Refusal(
            _l("%(most)s questions are asked already: please call the alliance.", most=MOST_QUESTIONS)
        )
    question = NeedQuestion(
        need=need,
        cooperative_id=cooperative.id,
        question=words.strip()[:1000],
        asked_by_id=id_of(by),
        asked_at=clock.now(),
    )
    db.session.add(question)
    db.session.flush()
    announce(
        NeedQuestionAsked(need_id=need.id, organisation_id=need.organisation_id, question_id=question.id)
    )
    return question


def answer_question(*, question: NeedQuestion, words: str, by: Any) -> None:
    """For everybody who sees the request, once: an answer that was read is not written over."""
    db.session.refresh(question, with_for_update={"of": NeedQuestion})
    if not words.strip():
        raise Refusal(_l("Please write your answer."), field="words")
    if question.answered_at is not None:
        raise Refusal(_l("This question is answered already."))
    if question.need.state is not NeedState.OPEN:
        raise Refusal(_l("Quotes are no longer taken."))
    question.answer, question.answered_by_id = words.strip()[:2000], id_of(by)
    question.answered_at = clock.now()
    db.session.flush()
    announce(
        NeedQuestionAnswered(
            need_id=question.need_id,
            organisation_id=question.need.organisation_id,
            question_id=question.id,
            actor_id=id_of(by),
        )
    )
