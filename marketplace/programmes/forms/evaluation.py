"""Four questions and free words."""

from __future__ import annotations

from typing import Any

from marketplace.foundation.web.fields import Needed, Optional, RadioField, TextField
from marketplace.foundation.web.forms import Form
from marketplace.foundation.words import _l
from marketplace.programmes.forms.told import EnteredForm
from marketplace.programmes.states.evaluation import GRADES, QUESTIONS, Question


class WordsForm(Form):
    words = TextField(
        _l("What was good, what should be different?"),
        [Optional()],
        longest=1000,
        description=_l("The alliance reads it without your name."),
    )

    def marks(self) -> dict[Question, int]:
        return {question: int(self[str(question)].data) for question in Question}


class ToldWordsForm(WordsForm, EnteredForm):
    """An officer enters what was told, or stands on paper."""


def words_form(kind: type[WordsForm] = WordsForm, **kwargs: Any) -> Any:
    fields: Any = type("Fields", (kind,), {})
    for question, words in QUESTIONS.items():
        choices = [(str(mark), label) for mark, label in GRADES.items()]
        field: Any = RadioField(words, [Needed(_l("Please choose one of these."))], choices=choices)
        setattr(fields, str(question), field)
    return fields(**kwargs)
