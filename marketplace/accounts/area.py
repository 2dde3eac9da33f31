"""People and the organisations they act for."""

from __future__ import annotations

from marketplace.accounts import policies
from marketplace.foundation.area import Area, Place
from marketplace.foundation.words import _l

area = Area(
    package="marketplace.accounts",
    blueprints=["views.entrance:bp", "views.account:bp", "views.invitation:bp", "views.office:bp"],
    converters={"person": "converters:PersonByRef"},
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
    install="signin:install",
)
