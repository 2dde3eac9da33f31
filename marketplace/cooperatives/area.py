"""The registry of cooperatives."""

from __future__ import annotations

from marketplace.cooperatives import policies
from marketplace.foundation.area import Area, Place
from marketplace.foundation.words import _l

area = Area(
    package="marketplace.cooperatives",
    blueprints=["views.apply:bp", "views.desk:bp"],
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
        Place("public", _l("Cooperatives"), "cooperatives.members", "people", order=20),
        Place(
            "desk_more",
            _l("Our cooperative"),
            "desk_profile.show",
            "people",
            order=90,
            shown=policies.has_desk,
        ),
    ],
)
