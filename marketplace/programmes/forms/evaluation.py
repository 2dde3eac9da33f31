"""Four questions and free words."""

from __future__ import annotations

from typing import Any

from marketplace.foundation.web.fields import ChoiceField, Needed, Optional, RadioField, TextField, choices_of
from marketplace.foundation.web.forms import Form
from marketplace.foundation.words import _l
from marketplace.programmes.states.evaluation import GRADES, QUESTIONS, Question
from marketplace.selection.states import ENTERED_LABELS, Entered


class WordsForm(Form):
    words = TextField(
        _l("What was good, what should be different?"),
        [Optional()],
        longest=1000,
        description=_l("The alliance reads it without your name."),
    )

    def marks(self) -> dict[Question, int]:
        return {question: int(self[str(question)].data) for question in Question}


class ToldWordsForm(WordsForm):
    """An officer enters what was told, or stands on paper."""

    entered = ChoiceField(
        _l("How it came"),
        choices=choices_of(
            (key, label) for key, label in ENTERED_LABELS.items() if key is not Entered.ONLINE
        ),
    )


def words_form(kind: type[WordsForm] = WordsForm, **kwargs: Any) -> Any:
    class Fields(kind):  # type: ignore[misc, valid-type]
        pass

    for question, words in QUESTIONS.items():
        choices = [(str(mark), label) for mark, label in GRADES.items()]
        field: Any = RadioField(words, [Needed(_l("Please choose one of these."))], choices=choices)
        setattr(Fields, str(question), field)
    return Fields(**kwargs)
