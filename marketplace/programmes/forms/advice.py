"""A question, its answer, and how long it took."""

from __future__ import annotations

from typing import Any

from marketplace.foundation import clock
from marketplace.foundation.web.fields import (
    ChoiceField,
    DateField,
    DecimalField,
    LineField,
    Needed,
    Optional,
    PhoneField,
    TextField,
    choices_of,
)
from marketplace.foundation.web.forms import Form
from marketplace.foundation.words import _, _l
from marketplace.programmes.models import Advice
from marketplace.programmes.states.advice import ADVICE_LABELS


class AskedForm(Form):
    asked_by = LineField(_l("Who asks?"), [Needed()], longest=120)
    phone = PhoneField(_l("Phone"), [Optional()])
    member = LineField(_l("Cooperative (a word of its name, or its tax code)"), [Optional()], longest=120)
    matter = ChoiceField(_l("What about?"), [Needed(_l("Please choose one of these."))])
    question = TextField(_l("The question"), [Needed()], longest=2000)
    asked_on = DateField(_l("Asked on"), [Needed()])

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{**kwargs, "data": {"asked_on": clock.today(), **kwargs.get("data", {})}})
        self.matter.choices = choices_of(ADVICE_LABELS.items(), none=_("Please choose"))


class AnsweredForm(Form):
    words = TextField(_l("What was answered"), [Needed()], longest=3000)
    hours = DecimalField(
        _l("Hours it took, all in all"), [Needed()], most=720, description=_l("For example: 0,5 or 2")
    )
    day = DateField(_l("Answered on"), [Needed()])
    follow_up_on = DateField(_l("Come back to it on"), [Optional()])

    @property
    def minutes(self) -> int:
        return round(self.hours.data * 60)


def answered_form(advice: Advice, **kwargs: Any) -> AnsweredForm:
    told = {
        "words": advice.answer,
        "hours": advice.hours,
        "day": advice.answered_on or clock.today(),
        "follow_up_on": advice.follow_up_on if advice.followed_at is None else None,
    }
    return AnsweredForm(data=told, **kwargs)
