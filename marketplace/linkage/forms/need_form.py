"""A question of a form, as an officer writes it."""

from __future__ import annotations

from typing import Any

from marketplace.foundation.web.fields import (
    ChoiceField,
    DecimalField,
    LineField,
    Needed,
    Optional,
    TextField,
    TickField,
    choices_of,
)
from marketplace.foundation.web.forms import Form
from marketplace.foundation.words import _, _l
from marketplace.linkage import asking
from marketplace.linkage.asking import Question
from marketplace.linkage.states import FIELD_LABELS, FieldKind


class FieldForm(Form):
    """Answers to choose from are lines, "Vietnamese | English"."""

    label_vi = LineField(_l("The question in Vietnamese"), [Needed()], longest=160)
    label_en = LineField(_l("The question in English"), [Optional()], longest=160)
    kind = ChoiceField(_l("It is answered with"), choices=choices_of(FIELD_LABELS.items()))
    needed = TickField(_l("It must be answered"))
    unit = LineField(_l("Unit of a number"), [Optional()], longest=20)
    least = DecimalField(_l("Smallest number"), [Optional()], least=-(10**9))
    most = DecimalField(_l("Largest number"), [Optional()], least=-(10**9))
    choices = TextField(_l("Answers to choose from"), [Optional()], longest=2000)

    def __init__(self, standing: Question | None = None, **kwargs: Any) -> None:
        super().__init__(data=_shown(standing), **kwargs)
        self.standing = standing

    def question(self, taken: set[str]) -> Question:
        """As it is kept; a question that stands keeps its key, and so its answers."""
        kind = FieldKind(self.kind.data)
        number, choice = kind is FieldKind.NUMBER, kind is FieldKind.CHOICE
        return Question(
            key=self.standing.key if self.standing else asking.key_for(self.label_vi.data, taken),
            kind=kind,
            label_vi=self.label_vi.data,
            label_en=self.label_en.data or "",
            needed=self.needed.data,
            unit=(self.unit.data or "") if number else "",
            least=self.least.data if number else None,
            most=self.most.data if number else None,
            choices=self._choices() if choice else (),
        )

    def validate(self, extra_validators: Any = None) -> bool:
        fine = super().validate(extra_validators)
        if self.kind.data == FieldKind.CHOICE and len(self._choices()) < 2:
            self.choices.errors = [_("Give at least two answers to choose from, one a line.")]
        return fine and not self.errors

    def _choices(self) -> tuple[tuple[str, str, str], ...]:
        before = {vi: value for value, vi, _en in self.standing.choices} if self.standing else {}
        taken = set(before.values())
        found = []
        for line in (self.choices.data or "").splitlines():
            vi, _sign, en = (part.strip() for part in line.partition("|"))
            if vi:
                value = before.get(vi) or asking.key_for(vi, taken)
                taken.add(value)
                found.append((value, vi[:120], en[:120]))
        return tuple(found[:40])


def _shown(standing: Question | None) -> dict[str, Any]:
    if standing is None:
        return {}
    names = ("label_vi", "label_en", "needed", "unit", "least", "most")
    told: dict[str, Any] = {name: getattr(standing, name) for name in names}
    lines = [f"{vi} | {en}" if en else vi for _value, vi, en in standing.choices]
    return {**told, "kind": str(standing.kind), "choices": "\n".join(lines)}
