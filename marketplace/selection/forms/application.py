"""What is filled in about an application, by its cooperative or at the office."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from marketplace.foundation import clock
from marketplace.foundation.web.fields import (
    ChoiceField,
    DateField,
    LineField,
    Needed,
    Optional,
    RadioField,
    TextField,
    TickField,
    WholeField,
    choices_of,
)
from marketplace.foundation.web.forms import Form
from marketplace.foundation.words import _, _l
from marketplace.selection import queries
from marketplace.selection.models import Application
from marketplace.selection.states import DECISION_LABELS, Checked


class PressForm(Form):
    """A single press of a button."""


class ReasonForm(Form):
    reason = LineField(_l("Reason"), [Needed()], longest=500)


class AnswerForm(Form):
    words = TextField(_l("What you completed"), [Needed()], longest=2000)


class AskForm(Form):
    words = TextField(_l("What is missing"), [Needed()], longest=2000)
    due_on = DateField(_l("To be completed until"), [Needed()])

    @property
    def due_at(self) -> dt.datetime:
        """The end of that day."""
        return clock.start_of_day(self.due_on.data + dt.timedelta(days=1)) - dt.timedelta(seconds=1)


class PriorityForm(Form):
    band = WholeField(_l("Band"), least=0, most=20)
    reason = LineField(_l("Reason"), [Needed()], longest=500)

    def validate(self, extra_validators: Any = None) -> bool:
        fine = super().validate(extra_validators)
        if self.band.data is None and not self.band.errors:
            self.band.errors = [_("Please fill this in.")]
            return False
        return fine


class DecisionForm(Form):
    decision = ChoiceField(
        _l("Decision"), choices=choices_of(DECISION_LABELS.items(), none=_l("No decision yet"))
    )
    reason = LineField(_l("Reason"), [Optional()], longest=500)


class DeclareForm(Form):
    """What the law asks: conditions as rule_<id>, numbers as step_<id>; made by `declare_form`."""

    def met(self) -> dict[int, bool]:
        """Only what was answered."""
        return {
            int(name.removeprefix("rule_")): field.data == "yes"
            for name, field in self._fields.items()
            if name.startswith("rule_") and field.data in ("yes", "no")
        }

    def numbers(self) -> dict[int, int]:
        return {
            int(name.removeprefix("step_")): int(field.data or 0)
            for name, field in self._fields.items()
            if name.startswith("step_")
        }


def declare_form(application: Application, known: Mapping[str, int], **kwargs: Any) -> DeclareForm:
    """`known` fills in what the registry knows and nobody has written yet, by the code of the step."""
    answers, numbers = queries.answers_of(application.id), queries.numbers_of(application.id)

    class Fields(DeclareForm):
        pass

    for rule in queries.rules_for(application.call):
        if rule.checked is Checked.DECLARED:
            given = answers.get(rule.id)
            default = None if given is None else ("yes" if given.met else "no")
            field = RadioField(
                rule.words,
                choices=[("yes", _("Yes")), ("no", _("No"))],
                default=default,
                validate_choice=False,
                description=rule.source,
            )
            setattr(Fields, f"rule_{rule.id}", field)
    for step in queries.preference_rules(application.call):
        value = numbers.get(step.id, known.get(step.code))
        made: Any = (
            TickField(step.words, default=bool(value))
            if step.ticked
            else WholeField(step.words, [Optional()], default=value, most=1_000_000)
        )
        setattr(Fields, f"step_{step.id}", made)
    return Fields(**kwargs)


class EnterForm(Form):
    """An application that came by phone or on paper."""

    cooperative = LineField(_l("Cooperative"), [Needed()], longest=160)
    entered = RadioField(
        _l("How it came"),
        choices=[("phone", _l("By phone")), ("paper", _l("On paper"))],
        default="phone",
    )
    told_by = LineField(_l("Who told it, or who signed"), [Optional()], longest=120)
