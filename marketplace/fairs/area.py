"""Fairs, from the call to the report."""

from __future__ import annotations

from flask import Flask

from marketplace.fairs import policies
from marketplace.fairs.meeting_states import (
    MEETING_LABELS,
    MEETING_ROUND_LABELS,
    MEETING_ROUND_TONES,
    MEETING_TONES,
    RESULT_LABELS,
    UNMET_LABELS,
)
from marketplace.foundation import formats
from marketplace.foundation.area import Area, Place
from marketplace.foundation.words import _l


def install(app: Flask) -> None:
    app.jinja_env.filters.update(
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
    blueprints=[
        "views.catalogue:bp",
        "views.signs:office",
        "views.signs:desk",
        "views.office_meetings:bp",
        "views.meetings:desk",
        "views.meetings:buyer",
        "views.meetings:start",
    ],
    converters={
        "fair": "converters:ShownFair",
        "any_fair": "converters:AnyFair",
        "any_meeting_round": "converters:AnyMeetingRound",
        "meeting_round": "converters:ShownMeetingRound",
        "any_meeting_guest": "converters:AnyMeetingGuest",
        "any_meeting": "converters:AnyMeeting",
        "own_meeting": "converters:OwnMeeting",
    },
    navigation=[
        Place(
            "buying",
            _l("Meetings at fairs"),
            "buyer_fairs.fairs",
            "people",
            order=40,
            shown=policies.buys_at_fairs,
        ),
    ],
    install="area:install",
)
