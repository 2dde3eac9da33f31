"""Fairs, from the call to the report."""

from __future__ import annotations

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
