"""Reads everything; writes what the alliance aims at, and its reports."""

from __future__ import annotations

from flask import Flask

from marketplace.foundation.area import Area, Place
from marketplace.foundation.words import _l
from marketplace.insights import policies, queries, written


def install(app: Flask) -> None:
    app.jinja_env.filters.update(
        report_cell=written.cell, report_value=written.value, report_shown=written.shown
    )


area = Area(
    package="marketplace.insights",
    blueprints=["views.target:bp", "views.trade:bp", "views.report:bp"],
    converters={"period_report": "converters:AnyReport"},
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
        Place(
            "office",
            _l("Reports of the alliance"),
            "office_period_reports.list",
            "doc",
            order=7,
            shown=policies.reads_reports,
            queue=queries.draft_ids,
            group="figures",
        ),
    ],
    install="area:install",
)
