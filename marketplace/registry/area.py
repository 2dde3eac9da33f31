"""The lifetime of members."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from flask import Flask

from marketplace.cooperatives import queries as cooperatives
from marketplace.cooperatives.states import SECTOR_LABELS
from marketplace.foundation import clock
from marketplace.foundation.area import Area, Place
from marketplace.foundation.spoken import dong_in_words
from marketplace.foundation.words import _l
from marketplace.registry import policies, queries
from marketplace.registry.states import (
    BRANCH_LABELS,
    CASE_LABELS,
    CASE_TONES,
    EXCLUSION_LABELS,
    GRADE_LABELS,
    GRADE_TONES,
    LIFE_LABELS,
    REPORT_LABELS,
    REPORT_TONES,
    SIZE_LABELS,
    STANDING_LABELS,
    STANDING_TONES,
)
from marketplace.registry.states.due import DUE_LABELS, DUE_TONES
from marketplace.registry.states.officer import EDUCATION_LABELS, OFFICE_LABELS
from marketplace.registry.states.partner import HELP_LABELS, PARTNER_LABELS
from marketplace.registry.states.recognition import RECOGNITION_LABELS


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
        life_label=LIFE_LABELS.get,
        standing_label=STANDING_LABELS.get,
        life_tone=lambda standing: STANDING_TONES.get(standing, ""),
        office_label=OFFICE_LABELS.get,
        education_label=EDUCATION_LABELS.get,
        sector_label=SECTOR_LABELS.get,
        due_label=DUE_LABELS.get,
        due_tone=lambda state: DUE_TONES.get(state, ""),
        honour_label=RECOGNITION_LABELS.get,
        partner_label=PARTNER_LABELS.get,
        help_label=HELP_LABELS.get,
        dong_words=lambda amount: dong_in_words(int(amount)),
        groupby_year=_by_year,
    )


def _by_year(rows: Iterable[Any]) -> list[tuple[int, list[Any]]]:
    """Lines of a history under their years, as they come."""
    years = groupby(rows, key=lambda each: clock.to_local(each.at).year)
    return [(year, list(those)) for year, those in years]


def _owed(user: Any) -> int:
    """Years whose dues this person's cooperative has not paid."""
    cooperative = cooperatives.desk_cooperative(user)
    return queries.owing(cooperative.id) if cooperative is not None else 0


area = Area(
    package="marketplace.registry",
    rooms=(*Area.rooms, "panels", "known"),
    blueprints=[
        "views.annual_report:desk",
        "views.annual_report:office",
        "views.classification:desk",
        "views.classification:office",
        "views.scheme:bp",
        "views.life_event:bp",
        "views.history:office",
        "views.history:desk",
        "views.due:office",
        "views.due:desk",
        "views.partner:bp",
        "views.listing:bp",
        "views.duplicate:bp",
        "views.life_sheet:bp",
    ],
    converters={
        "own_annual_report": "converters.annual_report:OwnReport",
        "any_annual_report": "converters.annual_report:AnyReport",
        "any_case": "converters.classification:AnyCase",
        "any_decision": "converters.classification:AnyDecision",
        "any_scheme": "converters.classification:AnyScheme",
        "any_size_rules": "converters.classification:AnySizeRules",
        "life_event": "converters.life_event:LifeEventByRef",
        "officer": "converters.life_event:OfficerByRef",
        "alliance_membership": "converters.life_event:MembershipById",
        "recognition": "converters.life_event:RecognitionByRef",
        "due": "converters.due:DueByRef",
        "due_norm": "converters.due:DueNormById",
        "any_merge": "converters.duplicate:MergeByRef",
        "partner": "converters.due:PartnerByRef",
        "partner_help": "converters.due:HelpByRef",
    },
    commands=["cli:group"],
    navigation=[
        Place(
            "office",
            _l("Yearly reports"),
            "office_reports.list",
            "doc",
            order=26,
            shown=policies.keeps_members,
            queue=queries.annual_report.waiting_ids,
            group="members",
        ),
        Place(
            "office",
            _l("Grades and sizes"),
            "office_classification.list",
            "star",
            order=27,
            shown=policies.keeps_members,
            queue=queries.classification.scored_ids,
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
        Place(
            "office",
            _l("Registry as of a day"),
            "office_registry.list",
            "search",
            order=22,
            shown=policies.keeps_members,
            group="members",
        ),
        Place(
            "office",
            _l("Duplicates"),
            "office_duplicates.list",
            "copy",
            order=27,
            shown=policies.keeps_members,
            group="members",
        ),
        Place(
            "office",
            _l("Membership dues"),
            "office_dues.list",
            "money",
            order=30,
            shown=policies.keeps_dues,
            group="members",
        ),
        Place(
            "office",
            _l("Partners"),
            "office_partners.list",
            "people",
            order=34,
            shown=policies.keeps_members,
            group="members",
        ),
        Place(
            "desk_more",
            _l("Membership dues"),
            "desk_dues.show",
            "money",
            order=92,
            shown=policies.has_desk,
            badge=_owed,
            group="house",
        ),
        Place(
            "desk_more",
            _l("Our history"),
            "desk_history.show",
            "clock",
            order=94,
            shown=policies.has_desk,
            group="house",
        ),
        Place(
            "beside_settings",
            _l("How much is owed"),
            "office_dues.norms",
            "money",
            order=50,
            shown=policies.keeps_dues,
        ),
        Place(
            "beside_settings",
            _l("Rules of grades and sizes"),
            "office_grading.list",
            "doc",
            order=60,
            shown=policies.keeps_members,
        ),
    ],
    install="area:install",
)
