"""Saying how kilograms of a slip should count, with words and photos."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from wtforms import MultipleFileField

from marketplace.foundation import formats
from marketplace.foundation.web.fields import (
    ChoiceField,
    Needed,
    Optional,
    QuantityField,
    TextField,
    TickField,
)
from marketplace.foundation.web.forms import Form
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _, _l
from marketplace.fulfilment.correcting import Shift, counts_as
from marketplace.fulfilment.models import Acceptance, AcceptanceLine
from marketplace.fulfilment.states.acceptance import Outcome, Rejection
from marketplace.linkage.states.contract import ContractSide

F = TypeVar("F", bound="CorrectionForm")


class CorrectionForm(Form):
    """For each line of the slip how many kg (kg_<id>) should count as what (to_<id>)."""

    words = TextField(_l("In your words: what is wrong?"), [Needed()], longest=2000)
    line_ids: Sequence[int] = ()

    def kg_of(self, line: AcceptanceLine) -> Any:
        return self._fields[f"kg_{line.id}"]

    def to_of(self, line: AcceptanceLine) -> Any:
        return self._fields[f"to_{line.id}"]

    def shifts(self) -> list[Shift]:
        """Lines left empty stay as they are."""
        return [self._shift(line_id) for line_id in self.line_ids if self._fields[f"kg_{line_id}"].data]

    def _shift(self, line_id: int) -> Shift:
        kg = self._fields[f"kg_{line_id}"].data.amount
        outcome, _sign, name = (self._fields[f"to_{line_id}"].data or "accepted:").partition(":")
        if outcome == Outcome.REJECTED:
            return Shift(line_id, kg, Outcome.REJECTED, reason=name)
        return Shift(line_id, kg, Outcome.ACCEPTED, grade=name)


class ClaimForm(CorrectionForm):
    photos = MultipleFileField(_l("Photos: one at least, four at the most"))
    consents = TickField(
        _l("If we do not agree, the alliance may decide"),
        description=_l("It decides only when both sides tick this. You can also say so later."),
    )

    def taken(self) -> list[tuple[Any, str]]:
        """The photos that were really chosen: an empty field sends one without a name."""
        return [
            (photo.stream, photo.filename)
            for photo in self.photos.data or []
            if getattr(photo, "filename", "")
        ]


class AnswerForm(ClaimForm):
    words = TextField(_l("How do you see it?"), [Needed()], longest=2000)
    photos = MultipleFileField(_l("Photos, four at the most (may stay empty)"))


class ProposalForm(CorrectionForm):
    words = TextField(_l("Your reasons, for both sides"), [Needed()], longest=2000)


class WordsForm(Form):
    words = TextField(_l("A few words"), [Needed()], longest=2000)


class MaybeWordsForm(Form):
    words = TextField(_l("A few words"), [Optional()], longest=2000)


def correction_form(
    kind: type[F], acceptance: Acceptance, grades: Sequence[str], side: ContractSide, **told: Any
) -> F:
    """With two fields for each line. The seller wants kilograms to count better; the others may say anything."""
    fields: Any = type("Fields", (kind,), {})
    lines = [
        line for line in acceptance.lines if side is not ContractSide.SELLER or _improvable(line, grades)
    ]
    for line in lines:
        now = counts_as(line.outcome, line.grade, line.reason)
        most = formats.weight(line.kg, locale())
        label = _("Of %(kg)s (%(now)s): how much is wrong?", kg=most, now=now)
        setattr(fields, f"kg_{line.id}", QuantityField(label, [Optional()], unit="kg"))
        target = ChoiceField(_("It should count as"), choices=_targets(line, grades, side))
        setattr(fields, f"to_{line.id}", target)
    form: F = fields(**told)
    form.line_ids = [line.id for line in lines]
    return form


def _improvable(line: AcceptanceLine, grades: Sequence[str]) -> bool:
    """What was refused, or counts as less than the first grade."""
    return line.outcome is Outcome.REJECTED or line.grade != (grades[0] if grades else "")


def _targets(line: AcceptanceLine, grades: Sequence[str], side: ContractSide) -> list[tuple[str, str]]:
    as_grade = [
        (f"accepted:{grade}", counts_as(Outcome.ACCEPTED, grade, ""))
        for grade in grades
        if (line.outcome, line.grade) != (Outcome.ACCEPTED, grade)
    ]
    refused = [
        (f"rejected:{why}", counts_as(Outcome.REJECTED, "", why)) for why in Rejection if why != line.reason
    ]
    if side is ContractSide.SELLER:
        return as_grade
    return [*refused, *as_grade] if side is ContractSide.BUYER else [*as_grade, *refused]
