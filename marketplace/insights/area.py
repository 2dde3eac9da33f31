"""Reads everything; writes what the alliance aims at."""

from __future__ import annotations

from marketplace.foundation.area import Area, Place
from marketplace.foundation.words import _l
from marketplace.insights import policies

area = Area(
    package="marketplace.insights",
    blueprints=["views.target:bp", "views.trade:bp"],
    commands=["cli:invariants", "cli:targets"],
    navigation=[
        Place(
            "office",
            _l("Targets"),
            "office_targets.list",
            "star",
            order=5,
            shown=policies.reads_targets,
            group="figures",
        ),
        Place(
            "office",
            _l("Trade figures"),
            "office_figures.list",
            "chart",
            order=6,
            shown=policies.reads_figures,
            group="figures",
        ),
        Place(
            "beside_settings",
            _l("Periods"),
            "office_targets.periods",
            "calendar",
            order=70,
            shown=policies.edits_targets,
        ),
    ],
)
