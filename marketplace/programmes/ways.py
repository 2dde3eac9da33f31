"""Seats on courses and needs for capital of a member that calls."""

from __future__ import annotations

from marketplace.helping.states import Matter
from marketplace.helping.ways import way
from marketplace.programmes import policies

way(
    Matter.COURSES, "office_courses.list", icon="people", door=policies.keeps_courses, told=lambda _member: {}
)
way(
    Matter.LOANS,
    "office_loans.enter",
    icon="money",
    door=policies.keeps_capital,
    told=lambda member: {"member": member.called},
)
