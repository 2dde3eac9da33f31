"""Fairs, from the call to the report."""

from __future__ import annotations

from flask import Flask

from marketplace.fairs import told
from marketplace.fairs.states import RUN_LABELS
from marketplace.foundation.area import Area


def install(app: Flask) -> None:
    app.jinja_env.filters.update(
        run_label=RUN_LABELS.get,
        run_tone=told.RUN_TONES.get,
        run_step=told.STEPS.get,
        seat_hindrance=told.HINDRANCES.get,
        seat_help=told.HELPS.get,
        wish_missed=told.MISSED.get,
    )


area = Area(
    package="marketplace.fairs",
    blueprints=["views.allocation:office", "views.allocation:desk"],
    converters={
        "fair": "converters:ShownFair",
        "any_fair": "converters:AnyFair",
        "any_run": "converters:AnyRun",
    },
    commands=["cli:group"],
    navigation=[],
    install="area:install",
)
