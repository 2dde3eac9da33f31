"""Keeping contracts."""

from __future__ import annotations

from marketplace.foundation.area import Area, Place
from marketplace.foundation.words import _l
from marketplace.fulfilment import badges, policies
from marketplace.linkage import policies as linkage

area = Area(
    package="marketplace.fulfilment",
    blueprints=[
        "views.dispute:bp",
        "views.dispute:raising",
        "views.dispute:office",
        "views.settlement:bp",
        "views.settlement_lists:desk",
        "views.settlement_lists:buyer",
        "views.settlement_lists:office",
    ],
    converters={
        "disputed_slip": "converters:DisputedSlip",
        "slip_dispute": "converters:SlipDisputeByRef",
        "settlement": "converters:SettlementByRef",
        "own_part": "converters:OwnPart",
        "input_advance": "converters:AdvanceByRef",
    },
    navigation=[
        Place(
            "desk_more",
            _l("Disputes about slips"),
            "slip_objections.of_seller",
            "warn",
            order=31,
            shown=linkage.sells_by_contract,
        ),
        Place(
            "buying",
            _l("Disputes about slips"),
            "slip_objections.of_buyer",
            "warn",
            order=16,
            shown=linkage.buys_by_contract,
        ),
        Place(
            "office",
            _l("Disputes about slips"),
            "office_slip_disputes.queue",
            "warn",
            order=41,
            shown=policies.mediates_slips,
            badge=badges.to_mediate,
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
