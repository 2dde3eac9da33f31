"""Forms of requests: each change is a new version, older requests keep theirs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from marketplace.catalogue.models import Category
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.events import announce, id_of
from marketplace.linkage import asking, queries
from marketplace.linkage.asking import Question
from marketplace.linkage.events import NeedFormChanged
from marketplace.linkage.models import NeedForm


def write_form(*, category: Category, questions: Sequence[Question], by: Any) -> NeedForm:
    """What requests of this stall are asked from now on. Raises Refusal for questions that make no sense."""
    asking.refuse_odd(questions)
    before = queries.newest_form(category.id)
    form = NeedForm(
        category_id=category.id,
        version=before.version + 1 if before is not None else 1,
        fields=[each.plain() for each in questions],
        made_by_id=id_of(by),
        made_at=clock.now(),
    )
    db.session.add(form)
    db.session.flush()
    announce(
        NeedFormChanged(form_id=form.id, category_id=category.id, version=form.version, actor_id=id_of(by))
    )
    return form


def keep_question(*, category: Category, question: Question, by: Any) -> NeedForm:
    """Put it at the end, or in the place of the one with its key."""
    standing = _standing(category)
    if any(each.key == question.key for each in standing):
        wanted = [question if each.key == question.key else each for each in standing]
    else:
        wanted = [*standing, question]
    return write_form(category=category, questions=wanted, by=by)


def drop_question(*, category: Category, key: str, by: Any) -> NeedForm:
    """Ask it no more; answers that were given stay where they are."""
    return write_form(
        category=category, questions=[each for each in _standing(category) if each.key != key], by=by
    )


def _standing(category: Category) -> list[Question]:
    form = queries.newest_form(category.id)
    return asking.questions_of(form.fields) if form is not None else []
