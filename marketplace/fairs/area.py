"""Fairs, from the call to the report."""

from __future__ import annotations

from flask import Flask

from marketplace.cooperatives import policies as cooperatives
from marketplace.cooperatives.states import PAPER_LABELS
from marketplace.fairs import (
    allotments,
    calling,
    eligibility,
    floor,
    policies,
    queries,
    rooms,
    services,
    shown,
    told,
)
from marketplace.fairs.clock import TERM_LABELS, TERM_STATE_LABELS, TERM_TONES
from marketplace.fairs.meeting_states import (
    MEETING_LABELS,
    MEETING_ROUND_LABELS,
    MEETING_ROUND_TONES,
    MEETING_TONES,
    RESULT_LABELS,
    UNMET_LABELS,
)
from marketplace.fairs.placing import booths_told
from marketplace.fairs.presence import CONFLICT_LABELS, PASS_LABELS, VERDICT_LABELS
from marketplace.fairs.states import (
    FAIR_KIND_LABELS,
    FAIR_STATE_LABELS,
    PHASE_LABELS,
    RUN_LABELS,
    SOURCE_LABELS,
)
from marketplace.foundation import formats
from marketplace.foundation.area import Area, Place
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _l


def install(app: Flask) -> None:
    assert calling.COUNTED, "fairs are known to selection"
    assert allotments.KIND, "fairs are known to the ledger of goods"
    eligibility.results_known_by(queries.stands_with_result)
    services.ON_COPY[:] = [lambda source, target, by: services.copy_plan(source=source, target=target, by=by)]
    app.jinja_env.globals.update(plan_mark=floor.mark, plan_mark_labels=floor.MARK_LABELS)
    app.jinja_env.globals.update(office_rooms=rooms.office_rooms, desk_rooms=rooms.desk_rooms)
    app.jinja_env.filters.update(
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
        booths_told=booths_told,
        day_span=lambda first, last: formats.day_span(first, last, locale()),
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
        meeting_round_label=MEETING_ROUND_LABELS.get,
        meeting_round_tone=MEETING_ROUND_TONES.get,
        meeting_label=MEETING_LABELS.get,
        meeting_tone=MEETING_TONES.get,
        meeting_result=RESULT_LABELS.get,
        unmet_label=UNMET_LABELS.get,
        from_until=lambda pair: formats.hours(*pair),
    )


area = Area(
    package="marketplace.fairs",
    rooms=(*Area.rooms, "supported"),
    blueprints=[
        "views.fair_public:bp",
        "views.fair_office:bp",
        "views.office_plan:bp",
        "views.plan:desk",
        "views.plan:shown",
        "views.application:bp",
        "views.entering:bp",
        "views.entering:members",
        "views.call:bp",
        "views.call:shown",
        "views.release:bp",
        "views.allocation:office",
        "views.allocation:desk",
        "views.stand:bp",
        "views.office_stand:bp",
        "views.catalogue:bp",
        "views.signs:office",
        "views.signs:desk",
        "views.office_meetings:bp",
        "views.meetings:desk",
        "views.meetings:buyer",
        "views.meetings:start",
        "views.fair_pass:desk",
        "views.fair_pass:office",
        "views.visitor:bp",
        "views.gate:app",
        "views.gate:office",
        "views.day_sheet:bp",
        "views.result:desk",
        "views.result:office",
        "views.report:bp",
    ],
    converters={
        "fair": "converters:ShownFair",
        "any_fair": "converters:AnyFair",
        "any_run": "converters:AnyRun",
        "stand": "converters:AnyStand",
        "stand_swap": "converters:OwnSwap",
        "any_meeting_round": "converters:AnyMeetingRound",
        "meeting_round": "converters:ShownMeetingRound",
        "any_meeting_guest": "converters:AnyMeetingGuest",
        "any_meeting": "converters:AnyMeeting",
        "own_meeting": "converters:OwnMeeting",
        "fair_pass": "converters:PassByRef",
        "own_fair_pass": "converters:OwnPass",
        "gate": "converters:OpenGate",
        "told_gate": "converters:ToldGate",
        "gate_conflict": "converters:ConflictByScan",
        "exhibited": "converters:ExhibitedStand",
        "any_result": "converters:AnyResult",
        "any_report": "converters:AnyReport",
        "iso_day": "converters:IsoDay",
    },
    commands=["cli:group"],
    navigation=[
        Place("public", _l("Fairs"), "fairs.list", "fair", order=25),
        Place(
            "desk_more",
            _l("Fairs"),
            "desk_fairs.list",
            "fair",
            order=45,
            shown=cooperatives.has_desk,
            group="showing",
        ),
        Place(
            "buying",
            _l("Meetings at fairs"),
            "buyer_fairs.fairs",
            "people",
            order=40,
            shown=policies.buys_at_fairs,
            group="asking",
        ),
        Place(
            "account", _l("Gate"), "gate.choose", "qr", order=20, shown=policies.works_at_gates, group="me"
        ),
        Place(
            "office",
            _l("Fairs"),
            "office_fairs.list",
            "fair",
            order=28,
            shown=policies.runs_fairs,
            badge=lambda _user: queries.count_alarmed() + queries.count_fairs_waiting(),
            group="fairs",
        ),
        Place(
            "office",
            _l("Results of fairs"),
            "fair_report.leaderboard",
            "chart",
            order=56,
            shown=policies.runs_fairs,
            group="fairs",
        ),
        Place(
            "beside_settings",
            _l("How reports are laid out"),
            "fair_report.layout",
            "doc",
            order=80,
            shown=policies.runs_fairs,
        ),
    ],
    install="area:install",
)
