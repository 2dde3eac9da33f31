"""The faces of the market."""

from __future__ import annotations

from marketplace.alliance.policies import keeps_settings
from marketplace.cooperatives import policies
from marketplace.foundation.area import Area, Place
from marketplace.foundation.words import _l

area = Area(
    package="marketplace.site",
    rooms=(*Area.rooms, "panels"),
    blueprints=[
        "views.public:bp",
        "views.season:bp",
        "views.desk:bp",
        "views.office:bp",
        "views.machines:bp",
        "views.words:bp",
    ],
    commands=["demo.cli:demo", "winter.cli:season"],
    navigation=[
        Place("public_more", _l("Calendar"), "site.calendar", "cal", order=30),
        Place("public_more", _l("Map"), "site.map", "pin", order=40),
        Place("desk", _l("Today"), "desk.home", "home", order=10, shown=policies.has_desk),
        Place(
            "office",
            _l("Set up the alliance"),
            "office.start",
            "home",
            order=83,
            shown=keeps_settings.shows,
            group="settings",
        ),
        Place("office", _l("Overview"), "office.home", "home", order=5, shown=policies.is_officer),
    ],
)
