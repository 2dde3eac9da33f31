"""Notices to people."""

from __future__ import annotations

from flask import Flask

from marketplace.accounts.corner import corner_part
from marketplace.accounts.policies import is_officer
from marketplace.foundation.area import Area, Place
from marketplace.foundation.words import _l
from marketplace.inbox import queries


def install(app: Flask) -> None:
    corner_part("notices")(queries.unread)


area = Area(
    package="marketplace.inbox",
    blueprints=["views.notices:bp", "views.links:bp", "views.choices:bp"],
    navigation=[
        Place("office", _l("Letters"), "inbox.letters", "doc", order=85, shown=is_officer, group="settings"),
        Place("office", _l("Outbox"), "inbox.outbox", "share", order=86, shown=is_officer, group="settings"),
        Place("account", _l("Notices"), "inbox.notices", "chat", order=20, badge=queries.unread, group="me"),
        Place("account", _l("Letters to me"), "choices.choices", "doc", order=75, group="me"),
    ],
    install="area:install",
)
