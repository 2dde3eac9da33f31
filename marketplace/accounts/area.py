"""People and the organisations they act for."""

from __future__ import annotations

from flask import Flask

from marketplace.accounts import policies, queries, signin
from marketplace.foundation.area import Area, Place
from marketplace.foundation.media import queries as media
from marketplace.foundation.words import _l


def install(app: Flask) -> None:
    signin.install(app)
    media.also_needed(queries.trail_file_names)


area = Area(
    package="marketplace.accounts",
    blueprints=[
        "views.entrance:bp",
        "views.second:bp",
        "views.account:bp",
        "views.two_step:bp",
        "views.invitation:bp",
        "views.office:bp",
        "views.approvals:bp",
        "views.trail:bp",
    ],
    converters={
        "person": "converters:PersonByRef",
        "approval": "converters:ApprovalByRef",
        "trail_export": "converters:TrailExportByRef",
    },
    commands=["cli:accounts"],
    navigation=[
        Place(
            "office",
            _l("People"),
            "office_people.people",
            "people",
            order=30,
            shown=policies.keeps_people,
            group="members",
        ),
        Place(
            "office",
            _l("To agree to"),
            "approvals.list",
            "check",
            order=80,
            shown=policies.answers_approvals,
            badge=queries.to_agree_ids,
            group="settings",
        ),
        Place(
            "office",
            _l("Trail of everything"),
            "office_trail.list",
            "doc",
            order=86,
            shown=policies.reads_trail,
            group="settings",
        ),
        Place(
            "account",
            _l("Second step when signing in"),
            "two_step.show",
            "lock",
            order=81,
            shown=lambda user: bool(user.is_authenticated),
            group="me",
        ),
        Place("account", _l("My account"), "account.profile", "user", order=80, group="me"),
        Place(
            "account",
            _l("People in my organisation"),
            "account.people",
            "people",
            order=70,
            shown=lambda user: bool(user.memberships),
            group="company",
        ),
    ],
    install="area:install",
)
