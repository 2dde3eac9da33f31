"""Keeping contracts."""

from __future__ import annotations

from marketplace.deliveries import policies as deliveries
from marketplace.foundation.area import Area, Place
from marketplace.foundation.words import _l
from marketplace.fulfilment import badges, policies
from marketplace.linkage import policies as linkage

area = Area(
    package="marketplace.fulfilment",
    blueprints=[
        "views.load:desk",
        "views.arrival:buyer",
        "views.acceptance:desk",
        "views.acceptance:office",
        "views.acceptance:contract_slips",
    ],
    converters={
        "sellers_call": "converters:SellersCall",
        "own_load": "converters:OwnLoad",
        "arrival": "converters:Arrival",
        "acceptance": "converters:AcceptanceByRef",
    },
    navigation=[
        Place(
            "buying",
            _l("What arrives today"),
            "buyer_arrivals.list",
            "truck",
            order=13,
            shown=linkage.buys_by_contract,
        ),
        Place(
            "desk_more",
            _l("Loads of today"),
            "desk_loads.today",
            "truck",
            order=29,
            shown=deliveries.has_deliveries,
        ),
        Place(
            "desk_more",
            _l("Slips of acceptance"),
            "desk_acceptances.list",
            "scale",
            order=29,
            shown=deliveries.has_deliveries,
            badge=badges.to_sign,
        ),
        Place(
            "office",
            _l("Slips of acceptance"),
            "office_acceptances.list",
            "scale",
            order=40,
            shown=policies.keeps_acceptances,
            badge=badges.disputed,
        ),
    ],
    install="labels:install",
)
