"""The registry of cooperatives."""

from __future__ import annotations

from marketplace.cooperatives import policies, queries
from marketplace.foundation.area import Area, Place
from marketplace.foundation.words import _l

area = Area(
    package="marketplace.cooperatives",
    blueprints=["views.apply:bp", "views.desk:bp", "views.office:bp", "views.importing:bp"],
    converters={
        "cooperative": "converters:CooperativeBySlug",
        "member": "converters:MemberBySlug",
        "certificate": "converters:CertificateById",
        "bank_account": "converters:AccountById",
        "registry_import": "converters:ImportByRef",
        "registry_row": "converters:RowById",
    },
    commands=["cli:registry"],
    navigation=[
        Place(
            "office",
            _l("Members"),
            "office_members.members",
            "people",
            order=20,
            shown=policies.keeps_registry,
            queue=queries.waiting_ids,
            group="members",
        ),
        Place(
            "office",
            _l("Registry file"),
            "registry_imports.imports",
            "doc",
            order=25,
            shown=policies.keeps_registry,
            group="members",
        ),
        Place(
            "office",
            _l("Bank accounts to verify"),
            "office_members.accounts",
            "money",
            order=40,
            shown=policies.checks_accounts,
            queue=queries.waiting_account_ids,
            group="dues",
        ),
        Place("public", _l("Cooperatives"), "cooperatives.members", "people", order=20),
        Place(
            "desk_more",
            _l("Our cooperative"),
            "desk_profile.show",
            "people",
            order=90,
            shown=policies.has_desk,
            group="house",
        ),
    ],
)
