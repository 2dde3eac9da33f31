"""What a course costs, and who pays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete

from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.money import Money
from marketplace.foundation.text import clean_line
from marketplace.foundation.words import _l
from marketplace.programmes.events import CourseCostsSet
from marketplace.programmes.models import Course, CourseCost
from marketplace.programmes.services.course import take_turn
from marketplace.programmes.states import CourseState
from marketplace.programmes.states.cost import Funder


@dataclass(frozen=True)
class Cost:
    what: str
    amount: Money
    funder: Funder
    named: str = ""


def set_costs(*, course: Course, lines: Sequence[Cost], by: Any) -> Money:
    """All lines at once, instead of those before; returns their sum. Refusal for a course that was called off."""
    take_turn(course)
    if course.state is CourseState.CANCELLED:
        raise Refusal(_l("It was called off: it stays as it was."))
    now = clock.now()
    db.session.execute(delete(CourseCost).where(CourseCost.course_id == course.id))
    db.session.add_all(
        CourseCost(
            course_id=course.id,
            what=clean_line(each.what)[:200],
            amount=each.amount,
            funder=each.funder,
            named=clean_line(each.named)[:120],
            by_id=id_of(by),
            at=now,
        )
        for each in lines
    )
    db.session.flush()
    total = Money(sum(int(each.amount) for each in lines))
    announce(CourseCostsSet(course_id=course.id, total=int(total), actor_id=id_of(by)))
    return total
