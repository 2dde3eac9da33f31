"""Courses of the small world, for whoever reads every page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from marketplace.foundation.db import db, transaction
from marketplace.programmes import services
from marketplace.programmes.models import Course
from marketplace.programmes.services.choosing import Wish
from marketplace.selection.reference import load_rules
from marketplace.selection.states import Decision
from tests.programmes.test_course import applied, open_course
from tests.world import World

AREAS = {"courses", "desk_courses", "office_courses", "office_choosing"}


@dataclass
class Courses:
    """One that is open, for which the cooperative has begun; another with a decision prepared."""

    begun: Course
    chosen: Course

    def values(self, endpoint: str) -> dict[str, Any]:
        """What the addresses of courses name."""
        area, _dot, page = endpoint.partition(".")
        if area not in AREAS:
            return {}
        office = area == "office_choosing" or page in {"day", "export"}
        return {"course": self.chosen if office else self.begun, "turn": 1, "kind": "xlsx"}


def courses_shown(world: World) -> Courses:
    with transaction():
        load_rules()
    chosen = open_course(world, in_days=3)
    asked = applied(chosen, world.dong_lac, world.director, "Trần Thị Mai")
    with transaction():
        services.prepare(course=chosen, wishes={asked.id: Wish(Decision.APPROVE)}, by=world.officer)
    begun = open_course(world, in_days=9)
    with transaction():
        services.begin(course=begun, cooperative=world.dong_lac, by=world.director)
    db.session.expire_all()
    return Courses(begun, chosen)
