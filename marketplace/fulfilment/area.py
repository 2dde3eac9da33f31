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
        "views.settlement:bp",
        "views.settlement_lists:desk",
        "views.settlement_lists:buyer",
        "views.settlement_lists:office",
    ],
    converters={
        "sellers_call": "converters:SellersCall",
        "own_load": "converters:OwnLoad",
        "arrival": "converters:Arrival",
        "acceptance": "converters:AcceptanceByRef",
        "settlement": "converters:SettlementByRef",
        "own_part": "converters:OwnPart",
        "input_advance": "converters:AdvanceByRef",
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
        Place(
            "buying",
            _l("Settlement sheets"),
            "buyer_settlements.list",
            "money",
            order=14,
            shown=policies.buys_by_settlement,
            badge=badges.sheets_to_confirm,
        ),
        Place(
            "desk_more",
            _l("Settlement sheets"),
            "desk_settlements.list",
            "money",
            order=30,
            shown=policies.has_settlements,
            badge=badges.sheets_to_confirm,
        ),
        Place(
            "office",
            _l("Settlement sheets"),
            "office_settlements.list",
            "money",
            order=40,
            shown=policies.keeps_settlements,
            badge=badges.sheets_late,
        ),
    ],
    install="labels:install",
)
