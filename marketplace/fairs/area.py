"""Fairs, from the call to the report."""

from __future__ import annotations

from flask import Flask

from marketplace.cooperatives.states import PAPER_LABELS
from marketplace.fairs import policies
from marketplace.fairs.presence import CONFLICT_LABELS, PASS_LABELS, VERDICT_LABELS
from marketplace.foundation.area import Area, Place
from marketplace.foundation.words import _l


def install(app: Flask) -> None:
    app.jinja_env.filters.update(
        pass_label=PASS_LABELS.get,
        verdict_label=VERDICT_LABELS.get,
        conflict_label=CONFLICT_LABELS.get,
        certificate_label=PAPER_LABELS.get,
    )


area = Area(
    package="marketplace.fairs",
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
)
