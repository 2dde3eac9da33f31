"""What the alliance takes off the board: a request, a question, an answer; and shows again."""

from __future__ import annotations

from typing import Any

from marketplace.foundation.db import db
from marketplace.foundation.events import announce, id_of
from marketplace.linkage import indexing
from marketplace.linkage.events import NeedHidden, NeedShownAgain, NeedWordsHidden, NeedWordsShownAgain
from marketplace.linkage.models import Need, NeedQuestion
from marketplace.linkage.services.need_section import take_turn


def hide_need(*, need: Need, words: str, by: Any) -> None:
    """Nobody finds it any more; those who were asked by name or answered go on with it."""
    take_turn(need)
    need.hidden = True
    db.session.flush()
    indexing.renew(need)
    announce(
        NeedHidden(need_id=need.id, organisation_id=need.organisation_id, words=words, actor_id=id_of(by))
    )


def show_need(*, need: Need, by: Any) -> None:
    """On the board again, if it still takes quotes."""
    take_turn(need)
    need.hidden = False
    db.session.flush()
    indexing.renew(need)
    announce(NeedShownAgain(need_id=need.id, organisation_id=need.organisation_id, actor_id=id_of(by)))


def hide_question(*, question: NeedQuestion, words: str, by: Any, answer_only: bool = False) -> None:
    """The question with its answer, or the answer alone."""
    _set(question, answer_only, hidden=True)
    announce(NeedWordsHidden(**_told(question, by), words=words))


def show_question(*, question: NeedQuestion, by: Any, answer_only: bool = False) -> None:
    _set(question, answer_only, hidden=False)
    announce(NeedWordsShownAgain(**_told(question, by)))


def _set(question: NeedQuestion, answer_only: bool, *, hidden: bool) -> None:
    db.session.refresh(question, with_for_update={"of": NeedQuestion})
    if answer_only:
        question.answer_hidden = hidden
    else:
        question.hidden = hidden
    db.session.flush()


def _told(question: NeedQuestion, by: Any) -> dict[str, Any]:
    return {
        "need_id": question.need_id,
        "organisation_id": question.need.organisation_id,
        "question_id": question.id,
        "actor_id": id_of(by),
    }
