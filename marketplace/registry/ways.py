"""Yearly reports of a member that calls."""

from __future__ import annotations

from marketplace.helping.states import Matter
from marketplace.helping.ways import way
from marketplace.registry import policies

way(
    Matter.REPORTS,
    "office_reports.list",
    icon="doc",
    door=policies.keeps_members,
    told=lambda member: {"q": member.name},
)
