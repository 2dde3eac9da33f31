"""The lifetime of members."""

from __future__ import annotations

from flask import Flask

from marketplace.foundation.area import Area, Place
from marketplace.foundation.words import _l
from marketplace.registry import policies, queries
from marketplace.registry.states import (
    BRANCH_LABELS,
    CASE_LABELS,
    CASE_TONES,
    EXCLUSION_LABELS,
    GRADE_LABELS,
    GRADE_TONES,
    REPORT_LABELS,
    REPORT_TONES,
    SIZE_LABELS,
)


def install(app: Flask) -> None:
    app.jinja_env.filters.update(
        report_label=REPORT_LABELS.get,
        report_tone=REPORT_TONES.get,
        grade_label=GRADE_LABELS.get,
        grade_tone=GRADE_TONES.get,
        case_label=CASE_LABELS.get,
        case_tone=CASE_TONES.get,
        exclusion_label=EXCLUSION_LABELS.get,
        size_label=SIZE_LABELS.get,
        branch_label=BRANCH_LABELS.get,
    )


area = Area(
    package="marketplace.registry",
    rooms=(*Area.rooms, "panels", "known"),
    blueprints=[
        "views.annual_report:desk",
        "views.annual_report:office",
        "views.classification:desk",
        "views.classification:office",
        "views.scheme:bp",
    ],
    converters={
        "own_annual_report": "converters.annual_report:OwnReport",
        "any_annual_report": "converters.annual_report:AnyReport",
        "any_case": "converters.classification:AnyCase",
        "any_decision": "converters.classification:AnyDecision",
        "any_scheme": "converters.classification:AnyScheme",
        "any_size_rules": "converters.classification:AnySizeRules",
    },
    commands=["cli:group"],
    navigation=[
        Place(
            "office",
            _l("Yearly reports"),
            "office_reports.list",
            "doc",
            order=26,
            shown=policies.is_officer,
            badge=lambda user: queries.annual_report.count_waiting(),
            group="members",
        ),
        Place(
            "office",
            _l("Grades and sizes"),
            "office_classification.list",
            "star",
            order=27,
            shown=policies.is_officer,
            badge=lambda user: queries.classification.count_scored(),
            group="members",
            holds="/office/grading-rules",
        ),
        Place(
            "desk_more",
            _l("Yearly report"),
            "desk_reports.list",
            "doc",
            order=91,
            shown=policies.reports,
            badge=lambda user: queries.annual_report.count_open(user.organisation_ids),
            group="house",
        ),
        Place(
            "desk_more",
            _l("Our grade"),
            "desk_classification.list",
            "star",
            order=92,
            shown=policies.reports,
            group="house",
        ),
    ],
    install="area:install",
)
