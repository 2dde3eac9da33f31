"""Fairs, from the call to the report."""

from __future__ import annotations

from flask import Flask

from marketplace.fairs.placing import booths_told
from marketplace.foundation import formats
from marketplace.foundation.web.locale import locale
from marketplace.fairs import policies, queries, shown
from marketplace.fairs.clock import TERM_LABELS, TERM_STATE_LABELS, TERM_TONES
from marketplace.fairs.states import FAIR_KIND_LABELS, FAIR_STATE_LABELS, PHASE_LABELS, SOURCE_LABELS
from marketplace.cooperatives import policies as cooperatives_policies
from marketplace.fairs import calling
from marketplace.cooperatives.states import PAPER_LABELS
from marketplace.fairs import policies
from marketplace.fairs.presence import CONFLICT_LABELS, PASS_LABELS, VERDICT_LABELS
from marketplace.foundation.area import Area, Place
from marketplace.foundation.words import _l


def install(app: Flask) -> None:
    app.jinja_env.filters.update(
        booths_told=booths_told,
        day_span=lambda first, last: formats.day_span(first, last, locale()),
        fair_kind=FAIR_KIND_LABELS.get,
        fair_state=FAIR_STATE_LABELS.get,
        fair_phase=PHASE_LABELS.get,
        fair_tone=lambda phase: shown.PHASE_TONES.get(phase, ""),
        fair_days=shown.days_words,
        fair_place=shown.place_words,
        fair_told=lambda listed: shown.words_of(listed.fair, listed.call, listed.phase),
        budget_source=SOURCE_LABELS.get,
        term_label=TERM_LABELS.get,
        term_state=TERM_STATE_LABELS.get,
        term_tone=TERM_TONES.get,
    )

from marketplace.fairs import floor
from marketplace.fairs import told
from marketplace.fairs.states import RUN_LABELS
from marketplace.foundation.area import Area
    from marketplace.fairs.forms.application import booths_in_words

    app.jinja_env.filters.update(booths_told=booths_in_words)
    assert calling.COUNTED, "fairs are known to selection"



def install(app: Flask) -> None:
    app.jinja_env.globals.update(plan_mark=floor.mark, plan_mark_labels=floor.MARK_LABELS)



def install(app: Flask) -> None:
    app.jinja_env.filters.update(
        run_label=RUN_LABELS.get,
        run_tone=told.RUN_TONES.get,
        run_step=told.STEPS.get,
        seat_hindrance=told.HINDRANCES.get,
        seat_help=told.HELPS.get,
        wish_missed=told.MISSED.get,
        pass_label=PASS_LABELS.get,
        verdict_label=VERDICT_LABELS.get,
        conflict_label=CONFLICT_LABELS.get,
        certificate_label=PAPER_LABELS.get,
    )


area = Area(
    package="marketplace.fairs",
    blueprints=["views.fair_public:bp", "views.fair_office:bp", "views.stand:bp", "views.office_stand:bp"],
    blueprints=[
        "views.plan:office",
        "views.plan:desk",
        "views.plan:shown",
    blueprints=[
        "views.application:bp",
        "views.entering:bp",
        "views.call:bp",
        "views.call:shown",
        "views.release:bp",
    ],
    converters={
        "fair": "converters:ShownFair",
        "any_fair": "converters:AnyFair",
        "stand": "converters:AnyStand",
        "stand_swap": "converters:OwnSwap",
    },
    navigation=[
        Place("public", _l("Fairs"), "fairs.list", "fair", order=25),
        Place(
            "office",
            _l("Fairs"),
            "office_fairs.list",
            "fair",
            order=28,
            shown=policies.runs_fairs,
            badge=lambda _user: queries.count_alarmed(),
        ),
    ],
    navigation=[],
        Place(
            "desk_more",
            _l("Fairs"),
            "desk_fairs.list",
            "fair",
            order=45,
            shown=cooperatives_policies.has_desk,
        ),
    ],
    blueprints=["views.allocation:office", "views.allocation:desk"],
    converters={
        "fair": "converters:ShownFair",
        "any_fair": "converters:AnyFair",
        "any_run": "converters:AnyRun",
    },
    commands=["cli:group"],
    navigation=[],
    install="area:install",
    rooms=(*Area.rooms, "supported"),
    blueprints=[
        "views.fair_pass:desk",
        "views.fair_pass:office",
        "views.visitor:bp",
        "views.gate:app",
        "views.gate:office",
    ],
    converters={
        "fair": "converters:ShownFair",
        "any_fair": "converters:AnyFair",
        "fair_pass": "converters:PassByRef",
        "own_fair_pass": "converters:OwnPass",
        "gate": "converters:OpenGate",
        "told_gate": "converters:ToldGate",
        "gate_conflict": "converters:ConflictByScan",
    },
    navigation=[
        Place(
            "account",
            _l("Gate"),
            "gate.choose",
            "qr",
            order=20,
            shown=policies.works_at_gates,
        )
    ],
    install="area:install",
from marketplace.cooperatives import policies as cooperatives_policies
from marketplace.fairs import policies
from marketplace.foundation.area import Area, Place
from marketplace.foundation.words import _l

area = Area(
    package="marketplace.fairs",
    blueprints=[
        "views.day_sheet:bp",
        "views.result:desk",
        "views.result:office",
        "views.report:bp",
    ],
    converters={
        "fair": "converters:ShownFair",
        "any_fair": "converters:AnyFair",
        "exhibited": "converters:ExhibitedStand",
        "any_result": "converters:AnyResult",
        "any_report": "converters:AnyReport",
        "iso_day": "converters:IsoDay",
    },
    navigation=[
        Place(
            "desk_more",
            _l("Fairs: days and results"),
            "day_sheet.list",
            "fair",
            order=60,
            shown=cooperatives_policies.has_desk,
        ),
        Place(
            "office",
            _l("Results of fairs"),
            "fair_report.leaderboard",
            "chart",
            order=56,
            shown=policies.runs_fairs,
        ),
    ],
)
