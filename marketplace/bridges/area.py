"""Sibling meets sibling."""

from __future__ import annotations

from marketplace.bridges import policies, queries
from marketplace.foundation.area import Area, Place
from marketplace.foundation.words import _l

area = Area(
    package="marketplace.bridges",
    blueprints=[
        "views.office:bp",
        "views.desk:bp",
        "views.buyer:bp",
        "views.invitation:bp",
        "views.evidence:desk",
        "views.evidence:office",
    ],
    converters={
        "deal_path": "converters:AnyPath",
        "sellers_deal": "converters:SellersPath",
        "buyers_deal": "converters:BuyersPath",
        "deal_contact": "converters:AnyContact",
        "own_deal_contact": "converters:OwnContact",
        "deal_signed": "converters:AnySigned",
        "own_deal_signed": "converters:OwnSigned",
    },
    rooms=(*Area.rooms, "panels"),
    navigation=[
        Place(
            "office",
            _l("Deals from fairs"),
            "office_deals.list",
            "chart",
            order=57,
            shown=policies.keeps_deals,
            queue=queries.doubted_ids,
            group="fairs",
        ),
        Place(
            "desk_more",
            _l("Deals from fairs"),
            "desk_deals.list",
            "fair",
            order=46,
            shown=policies.sells_by_deals,
            group="showing",
        ),
        Place(
            "buying",
            _l("Deals from fairs"),
            "buyer_deals.list",
            "fair",
            order=41,
            shown=policies.buys_by_deals,
            group="asking",
        ),
    ],
)
