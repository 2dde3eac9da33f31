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
    ],
    converters={
        "disputed_slip": "converters:DisputedSlip",
        "slip_dispute": "converters:SlipDisputeByRef",
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
    ],
    install="labels:install",
)
