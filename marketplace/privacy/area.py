"""Personal data: consents, copies, deletion, requests with the law's clock."""

from __future__ import annotations

from flask import Flask

from marketplace.foundation.area import Area, Place
from marketplace.foundation.media import queries as media
from marketplace.foundation.words import _l
from marketplace.privacy import policies, queries


def install(_app: Flask) -> None:
    media.also_needed(queries.file_names)


area = Area(
    package="marketplace.privacy",
    blueprints=["views.account:bp", "views.guest:bp", "views.office:bp"],
    rooms=(*Area.rooms, "panels"),
    converters={"data_copy": "converters:OwnCopy", "data_request": "converters:RequestForOffice"},
    navigation=[
        Place("account", _l("My data"), "privacy.mine", "shield", order=85, group="me"),
        Place(
            "office",
            _l("Personal data"),
            "office_privacy.queue",
            "shield",
            order=46,
            shown=policies.keeps_data,
            queue=queries.open_ids,
            group="settings",
        ),
    ],
    install="area:install",
)
