"""Sharing out what was weighed: so many kg for this grade, so many refused, and nothing left over."""

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
from marketplace.fulfilment.states import Outcome


@dataclass(frozen=True, slots=True)
class Graded:
    """Kilograms that count for `grade`, or that were refused with a reason."""

    outcome: Outcome
    grade: str
    kg: Decimal
    reason: str = ""
    words: str = ""
    photo_id: int | None = None


def check(lines: Sequence[Graded], net: Decimal, grades: Collection[str]) -> None:
    """Raises Refusal when a grade is unknown, a reason is missing, or the lines are not what was weighed."""
    for line in lines:
        if line.outcome is Outcome.ACCEPTED and line.grade not in grades:
            raise Refusal(_l("The contract has no such grade."), field="lines")
        if line.outcome is Outcome.REJECTED and not line.reason:
            raise Refusal(_l("Please say why it is refused."), field="lines")
    total = sum((line.kg for line in lines), Decimal(0))
    if total != net:
        told = {"total": formats.weight(total, locale()), "net": formats.weight(net, locale())}
        raise Refusal(_l("The grades make %(total)s, the scale says %(net)s.", **told), field="lines")


def write(acceptance: Acceptance, lines: Sequence[Graded]) -> None:
    """As the next revision of the slip; the first is 1."""
    acceptance.revision += 1
    db.session.add_all(
        AcceptanceLine(
            acceptance_id=acceptance.id,
            revision=acceptance.revision,
            position=position,
            outcome=line.outcome,
            grade=line.grade,
            kg=line.kg,
            reason=line.reason,
            words=line.words,
            photo_id=line.photo_id,
        )
        for position, line in enumerate(lines, start=1)
    )
    db.session.flush()
    db.session.expire(acceptance, ["all_lines"])
