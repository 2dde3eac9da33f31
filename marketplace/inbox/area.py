"""Notices to people."""

from __future__ import annotations

from typing import Any

from flask import Flask
from sqlalchemy import Select

from marketplace.accounts.corner import corner_part
from marketplace.foundation.area import Area, Place
from marketplace.foundation.words import _l
from marketplace.inbox import policies, queries
from marketplace.inbox.states import ENTRY_LABELS, ENTRY_TONES


def _unanswered(user: Any) -> Select[Any]:
    return queries.unanswered_ids(user.organisation_ids)


def _has_entries(user: Any) -> bool:
    """Acts for somebody for whom officers write things down."""
    return bool(user.organisation_ids)


def install(app: Flask) -> None:
    app.jinja_env.filters.update(entry_label=ENTRY_LABELS.get, entry_tone=ENTRY_TONES.get)
    corner_part("notices")(queries.unread)


area = Area(
    package="marketplace.inbox",
    blueprints=["views.notices:bp", "views.links:bp", "views.choices:bp", "views.entries:bp"],
    converters={"told_entry": "converters:OwnEntry", "office_entry": "converters:AnyEntry"},
    rooms=(*Area.rooms, "entry_acts"),
    navigation=[
        Place(
            "office",
            _l("Letters"),
            "inbox.letters",
            "doc",
            order=85,
            shown=policies.keeps_letters,
            group="settings",
        ),
        Place(
            "office",
            _l("Outbox"),
            "inbox.outbox",
            "share",
            order=86,
            shown=policies.keeps_letters,
            group="settings",
        ),
        Place(
            "office",
            _l("Written down for others"),
            "entries.office",
            "doc",
            order=28,
            shown=policies.follows_entries,
            queue=queries.denied_ids,
            group="members",
        ),
        Place(
            "account",
            _l("Written down for us"),
            "entries.list",
            "doc",
            order=21,
            shown=_has_entries,
            badge=_unanswered,
            group="company",
        ),
        Place(
            "account", _l("Notices"), "inbox.notices", "chat", order=20, badge=queries.unread_ids, group="me"
        ),
        Place("account", _l("Letters to me"), "choices.choices", "doc", order=75, group="me"),
    ],
    install="area:install",
)
