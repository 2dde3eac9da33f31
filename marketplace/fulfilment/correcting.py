"""Correcting a slip: some kilograms of its lines count otherwise, and none is lost or made."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from marketplace.foundation import formats
from marketplace.foundation.errors import Refusal
from marketplace.foundation.quantity import quantity as exact
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _, _l
from marketplace.fulfilment.grading import Graded
from marketplace.fulfilment.models.acceptance import AcceptanceLine
from marketplace.fulfilment.states.acceptance import REJECTION_LABELS, Outcome, Rejection


@dataclass(frozen=True, slots=True)
class Shift:
    """So many kg of a line should count as `grade`, or as refused with `reason`."""

    line_id: int
    kg: Decimal
    outcome: Outcome
    grade: str = ""
    reason: str = ""


def checked(lines: Sequence[AcceptanceLine], shifts: Sequence[Shift], grades: Collection[str]) -> list[Shift]:
    """With exact amounts. Raises Refusal beside `kg_<line>` or `to_<line>` when a shift is not possible."""
    by_id = {line.id: line for line in lines}
    sound = []
    for shift in shifts:
        line = by_id.get(shift.line_id)
        if line is None:
            raise Refusal(_l("This slip has changed in the meantime. Please look at it again."))
        kg = exact(shift.kg)
        if not 0 < kg <= line.kg:
            most = formats.weight(line.kg, locale())
            told = _l("Write an amount above nothing, at most %(most)s.", most=most)
            raise Refusal(told, field=f"kg_{line.id}")
        unknown = shift.outcome is Outcome.ACCEPTED and shift.grade not in grades
        if unknown or (shift.outcome is Outcome.REJECTED and shift.reason not in {*Rejection}):
            raise Refusal(_l("Please choose what it should count as."), field=f"to_{line.id}")
        if (shift.outcome, shift.grade, shift.reason) == (line.outcome, line.grade, line.reason):
            raise Refusal(_l("It counts as that already."), field=f"to_{line.id}")
        sound.append(replace(shift, kg=kg))
    return sound


def corrected(lines: Sequence[AcceptanceLine], shifts: Sequence[Shift]) -> list[Graded]:
    """What the slip says then: moved kilograms join what counts alike already, and all of them add up to the same."""
    moved: Mapping[int, Decimal] = {shift.line_id: shift.kg for shift in shifts}
    told = [
        Graded(
            line.outcome,
            line.grade,
            line.kg - moved.get(line.id, Decimal(0)),
            line.reason,
            line.words,
            line.photo_id,
            line.fate,
        )
        for line in lines
    ]
    for shift in shifts:
        alike = (shift.outcome, shift.grade, shift.reason)
        at = next(
            (i for i, each in enumerate(told) if (each.outcome, each.grade, each.reason) == alike), None
        )
        if at is None:
            told.append(Graded(shift.outcome, shift.grade, shift.kg, shift.reason))
        else:
            told[at] = replace(told[at], kg=told[at].kg + shift.kg)
    return [each for each in told if each.kg > 0]


def counts_as(outcome: Outcome, grade: str, reason: str) -> str:
    """ "Grade 1", or "refused: Wrong size"."""
    if outcome is Outcome.ACCEPTED:
        return _("Grade %(sign)s", sign=grade or "–")
    why = str(REJECTION_LABELS[Rejection(reason)])
    return _("refused: %(why)s", why=why[:1].lower() + why[1:])
