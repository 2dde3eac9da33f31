"""Fairs, from the call to the report."""

from __future__ import annotations

from flask import Flask

from marketplace.fairs import floor
from marketplace.foundation.area import Area


def install(app: Flask) -> None:
    app.jinja_env.globals.update(plan_mark=floor.mark, plan_mark_labels=floor.MARK_LABELS)


area = Area(
    package="marketplace.fairs",
    blueprints=[
        "views.plan:office",
        "views.plan:desk",
        "views.plan:shown",
    ],
    converters={
        "fair": "converters:ShownFair",
        "any_fair": "converters:AnyFair",
    },
    navigation=[],
    install="area:install",
)
