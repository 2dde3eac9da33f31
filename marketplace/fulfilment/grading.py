"""What the kilograms of a slip turned out to be: checked against the scale, and written as its next revision."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal

from marketplace.foundation import formats
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _l
from marketplace.fulfilment.models import Acceptance, AcceptanceLine
from marketplace.fulfilment.states import Fate, Outcome, Rejection


@dataclass(frozen=True, slots=True)
class Graded:
    """So many kg: good for a grade as the contract's price names it, or refused with a reason (`Rejection`) and what
    becomes of them (`Fate`)."""

    outcome: Outcome
    grade: str
    kg: Decimal
    reason: str = ""
    words: str = ""
    photo_id: int | None = None
    fate: str = ""


def check(lines: Sequence[Graded], net: Decimal, grades: Collection[str]) -> None:
    """Raises Refusal, with the field it is about, unless the lines are sound and come to exactly the net weight."""
    for line in lines:
        _check_one(line, grades)
    total = sum((line.kg for line in lines), Decimal(0))
    if total != net:
        raise Refusal(
            _l(
                "Grades and refused goods come to %(total)s, the scale says %(net)s: they must be the same.",
                total=formats.weight(total, locale()),
                net=formats.weight(net, locale()),
            ),
            field="kg",
        )


def _check_one(line: Graded, grades: Collection[str]) -> None:
    if line.kg <= 0:
        raise Refusal(_l("Write more than 0."), field="kg")
    if line.outcome is Outcome.ACCEPTED:
        if line.grade not in grades:
            raise Refusal(_l("The contract has no price for this grade."), field="grade")
        return
    if line.reason not in [*Rejection]:
        raise Refusal(_l("Please choose why it is refused."), field="reason")
    if line.reason == Rejection.OTHER and not line.words.strip():
        raise Refusal(_l("Please write what is wrong with it."), field="words")
    if line.fate not in ["", *Fate]:
        raise Refusal(_l("Please choose what becomes of the refused goods."), field="fate")


def write(acceptance: Acceptance, lines: Sequence[Graded]) -> None:
    """These lines count from now on: the next revision. What stood before stays to be read."""
    acceptance.revision += 1
    for position, line in enumerate(lines, start=1):
        refused = line.outcome is Outcome.REJECTED
        acceptance.all_lines.append(
            AcceptanceLine(
                revision=acceptance.revision,
                position=position,
                outcome=line.outcome,
                grade=line.grade,
                kg=line.kg,
                reason=line.reason if refused else "",
                words=line.words.strip(),
                fate=line.fate if refused else "",
                photo_id=line.photo_id,
            )
        )
    db.session.flush()
