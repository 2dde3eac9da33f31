"""Courses of the small world, for whoever reads every page."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from marketplace.foundation import clock
from marketplace.foundation.db import db, transaction
from marketplace.foundation.money import Money
from marketplace.programmes import evaluating, queries, services
from marketplace.programmes.models import Course, Participant
from marketplace.programmes.services import Cost
from marketplace.programmes.services.choosing import Wish
from marketplace.programmes.states.cost import Funder
from marketplace.programmes.states.evaluation import Question
from marketplace.selection.reference import load_rules
from marketplace.selection.states import Decision
from tests.programmes.test_course import applied, decided, open_course
from tests.world import World

AREAS = {"courses", "desk_courses", "evaluations", "office_courses", "office_choosing", "office_evaluations"}


@dataclass
class Courses:
    """One that is open, for which the cooperative has begun; another with a decision prepared; one that is over, with
    somebody who came and has not said what they think."""

    begun: Course
    chosen: Course
    over: Course
    came: Participant

    def values(self, endpoint: str) -> dict[str, Any]:
        """What the addresses of courses name."""
        area, _dot, page = endpoint.partition(".")
        if area not in AREAS:
            return {}
        if area.endswith("evaluations"):
            key = evaluating.path_for(self.came).rsplit("/", maxsplit=1)[-1]
            return {"course": self.over, "number": self.came.id, "key": key}
        office = area == "office_choosing" or page in {"day", "export"}
        return {"course": self.chosen if office else self.begun, "turn": 1, "kind": "xlsx"}


def courses_shown(world: World) -> Courses:
    with transaction():
        load_rules()
    over = _over(world)
    chosen = open_course(world, in_days=3)
    asked = applied(chosen, world.dong_lac, world.director, "Trần Thị Mai")
    with transaction():
        services.prepare(course=chosen, wishes={asked.id: Wish(Decision.APPROVE)}, by=world.officer)
    begun = open_course(world, in_days=9)
    with transaction():
        services.begin(course=begun, cooperative=world.dong_lac, by=world.director)
    db.session.expire_all()
    return Courses(begun, chosen, over, queries.participants_of(over.id)[0])


def _over(world: World) -> Course:
    """Two people came last week; one has said what they think."""
    began = clock.now() - dt.timedelta(days=12)
    with clock.standing_at(began):
        course = open_course(world, in_days=3)
        asked = applied(course, world.dong_lac, world.director, "Trần Thị Mai", "Phạm Văn Đức")
        decided(course, {asked.id: Wish(Decision.APPROVE)}, world.officer)
    ids = [each.id for each in queries.participants_of(course.id)]
    with clock.standing_at(began + dt.timedelta(days=5)), transaction():
        services.tick(course=course, day=course.last_day, listed=ids, present=ids, by=world.officer)
        services.set_costs(
            course=course, lines=[Cost("Giảng viên", Money(6_000_000), Funder.BUDGET)], by=world.officer
        )
    with transaction():
        services.evaluate(
            participant=queries.participants_of(course.id)[1],
            marks=dict.fromkeys(Question, 4),
            words="Cô giáo giảng dễ hiểu.",
        )
    return course
