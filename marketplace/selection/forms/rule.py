"""What is filled in about a rule."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from marketplace.foundation import clock
from marketplace.foundation.web.fields import (
    ChoiceField,
    DateField,
    LineField,
    Needed,
    Optional,
    TickField,
    choices_of,
)
from marketplace.foundation.web.forms import Form
from marketplace.foundation.words import _, _l
from marketplace.selection.counting import COUNTED
from marketplace.selection.models import PreferenceRule
from marketplace.selection.states import CHECKED_LABELS, Checked


class RuleForm(Form):
    words_vi = LineField(_l("The rule in Vietnamese"), [Needed()], longest=400)
    words_en = LineField(_l("In English"), [Optional()], longest=400)
    source = LineField(_l("Source: law, decision, minutes"), [Needed()], longest=160)
    checked = ChoiceField(_l("How it is known"), choices=choices_of(CHECKED_LABELS.items()))
    code = ChoiceField(_l("Counted by"), [Optional()])
    blocks = TickField(_l("Without it an application cannot be handed in"), default=True)
    valid_from = DateField(_l("Holds from"), [Needed()])

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.code.choices = [("", "–"), *[(code, code) for code in sorted(COUNTED)]]
        if not self.is_submitted():
            self.valid_from.data = clock.today()

    def values(self) -> dict[str, Any]:
        checked = Checked(self.checked.data)
        return {
            "words_vi": self.words_vi.data,
            "words_en": self.words_en.data or "",
            "source": self.source.data,
            "checked": checked,
            "code": (self.code.data or "") if checked is Checked.COUNTED else "",
            "blocks": self.blocks.data,
            "valid_from": self.valid_from.data,
        }


class StepForm(Form):
    """A step of the legal order; `after` is the step it follows."""

    words_vi = LineField(_l("What counts, in Vietnamese"), [Needed()], longest=400)
    words_en = LineField(_l("In English"), [Optional()], longest=400)
    source = LineField(_l("Source: law, decision, minutes"), [Needed()], longest=160)
    ticked = ChoiceField(
        _l("How it is told"), choices=[("", _l("A number: more stands before")), ("1", _l("Yes or no"))]
    )
    after = ChoiceField(_l("Its place in the order"))
    valid_from = DateField(_l("Holds from"), [Needed()])

    def __init__(self, steps: Sequence[PreferenceRule], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.steps = {str(step.id): step for step in steps}
        self.after.choices = [
            ("", _("First of all")),
            *[(id, _("After: %(step)s", step=step.words)) for id, step in self.steps.items()],
        ]
        if not self.is_submitted():
            self.valid_from.data = clock.today()
            self.after.data = next(reversed(self.steps), "")

    def values(self) -> dict[str, Any]:
        return {
            "words_vi": self.words_vi.data,
            "words_en": self.words_en.data or "",
            "source": self.source.data,
            "ticked": bool(self.ticked.data),
            "after": self.steps.get(self.after.data or ""),
            "valid_from": self.valid_from.data,
        }


class EndForm(Form):
    last_day = DateField(_l("Last day"), [Needed()])
