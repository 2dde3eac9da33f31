"""What courses cost."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import func, select

from marketplace.foundation.db import db
from marketplace.foundation.money import Money
from marketplace.programmes.models import Course, CourseCost
from marketplace.programmes.states import CourseState
from marketplace.programmes.states.cost import Funder


def of_course(course_id: int) -> Sequence[CourseCost]:
    query = select(CourseCost).where(CourseCost.course_id == course_id).order_by(CourseCost.id)
    return db.session.scalars(query).all()


def by_funder(first: dt.date, last: dt.date) -> dict[Funder, Money]:
    """What courses that began within these days cost, by who pays; what was called off is not among them."""
    rows = db.session.execute(
        select(CourseCost.funder, func.sum(CourseCost.amount))
        .join(Course, Course.id == CourseCost.course_id)
        .where(
            Course.first_day.between(first, last),
            Course.state.in_([CourseState.ANNOUNCED, CourseState.CLOSED]),
        )
        .group_by(CourseCost.funder)
    )
    told = {funder: Money(int(amount)) for funder, amount in rows}
    return {funder: told[funder] for funder in Funder if funder in told}
