"""Calls, applications, reviews and decisions."""

from __future__ import annotations

from typing import Any

from flask import Flask

from marketplace.foundation.area import Area, Place
from marketplace.foundation.words import _l
from marketplace.selection import policies
from marketplace.selection.purposes import kind_of
from marketplace.selection.states import (
    APPLICATION_LABELS,
    APPLICATION_TONES,
    CHECKED_LABELS,
    DECISION_LABELS,
    ENTERED_LABELS,
    PUBLIC_LABELS,
    PUBLIC_TONES,
    REVIEW_LABELS,
)


def _subject_name(call: Any) -> str:
    return kind_of(call).name(call.subject_id)


def install(app: Flask) -> None:
    app.jinja_env.filters.update(
        application_label=APPLICATION_LABELS.get,
        application_tone=APPLICATION_TONES.get,
        public_label=PUBLIC_LABELS.get,
        public_tone=PUBLIC_TONES.get,
        decision_label=DECISION_LABELS.get,
        entered_label=ENTERED_LABELS.get,
        review_label=REVIEW_LABELS.get,
        checked_label=CHECKED_LABELS.get,
        call_name=_subject_name,
    )


area = Area(
    package="marketplace.selection",
    blueprints=["views.queue:bp", "views.application:bp", "views.review:bp", "views.rule:bp"],
    converters={
        "any_call": "converters:AnyCall",
        "office_application": "converters:OfficeApplication",
        "reviewed": "converters:ReviewedApplication",
        "eligibility_rule": "converters:RuleById",
        "preference_rule": "converters:StepById",
    },
    commands=["cli:group"],
    navigation=[
        Place(
            "office",
            _l("Applications"),
            "selection_queue.calls",
            "doc",
            order=46,
            shown=policies.screens,
            group="fairs",
        ),
    ],
    install="area:install",
)
