"""Helping members: delegations, calls, complaints."""

from __future__ import annotations

from flask import Flask

from marketplace.foundation.area import Area, Place
from marketplace.foundation.words import _l
from marketplace.helping import policies, queries
from marketplace.helping.states import (
    COMPLAINT_LABELS,
    COMPLAINT_TONES,
    DELEGATION_LABELS,
    DELEGATION_TONES,
    MATTER_LABELS,
    MATTER_WORDS,
    TOPIC_LABELS,
)


def install(app: Flask) -> None:
    app.jinja_env.filters.update(
        delegation_label=DELEGATION_LABELS.get,
        delegation_tone=DELEGATION_TONES.get,
        help_matter=MATTER_LABELS.get,
        help_matter_words=MATTER_WORDS.get,
        help_topic=TOPIC_LABELS.get,
        alliance_complaint_label=COMPLAINT_LABELS.get,
        alliance_complaint_tone=COMPLAINT_TONES.get,
    )


area = Area(
    package="marketplace.helping",
    rooms=(*Area.rooms, "panels"),
    blueprints=[
        "views.delegation:desk",
        "views.delegation:office",
        "views.phone_call:bp",
        "views.paper:bp",
        "views.complaint:account",
        "views.complaint:office",
    ],
    converters={
        "own_delegation": "converters:OwnDelegation",
        "any_delegation": "converters:AnyDelegation",
        "phone_call": "converters:AnyCall",
        "own_complaint": "converters:OwnComplaint",
        "any_complaint": "converters:AnyComplaint",
    },
    navigation=[
        Place(
            "office",
            _l("Telephone"),
            "office_phone.list",
            "phone",
            order=24,
            shown=policies.helps,
            queue=queries.to_follow_ids,
            group="members",
        ),
        Place(
            "office",
            _l("Complaints to the alliance"),
            "office_complaints.list",
            "warn",
            order=25,
            shown=policies.keeps_complaints,
            queue=queries.complaint_to_do_ids,
            group="members",
        ),
        Place(
            "office",
            _l("Delegations"),
            "office_delegations.list",
            "people",
            order=29,
            shown=policies.helps,
            group="members",
        ),
        Place(
            "desk_more",
            _l("Who may decide for us"),
            "desk_delegations.list",
            "people",
            order=93,
            shown=policies.has_delegations,
            group="house",
        ),
        Place(
            "account",
            _l("Complain to the alliance"),
            "complaints.list",
            "warn",
            order=84,
            group="me",
        ),
    ],
    install="area:install",
)
