"""Value chains."""

from __future__ import annotations

from marketplace.foundation.area import Area, Place
from marketplace.foundation.words import _l
from marketplace.linkage import badges, policies

area = Area(
    package="marketplace.linkage",
    blueprints=[
        "views.board:bp",
        "views.board:watches",
        "views.buyer_need:bp",
        "views.desk_need:bp",
        "views.need_form:bp",
        "views.office_need:bp",
        "views.desk_quote:bp",
        "views.buyer_quote:bp",
        "views.office_quote:bp",
        "views.contract:bp",
        "views.signing:bp",
        "views.contract_lists:desk",
        "views.contract_lists:buyer",
        "views.contract_lists:office",
        "views.law:bp",
    ],
    converters={
        "own_need": "converters:OwnNeed",
        "any_need": "converters:AnyNeed",
        "public_need": "converters:PublicNeed",
        "asked_need": "converters:AskedNeed",
        "own_watch": "converters:OwnWatch",
        "asked_stall": "converters:AskedStall",
        "own_quote": "converters:OwnQuote",
        "buyers_quote": "converters:BuyersQuote",
        "any_quote": "converters:AnyQuote",
        "contract": "converters:ContractByRef",
        "contract_version": "converters:VersionByRef",
        "contract_scan": "converters:ScanByRef",
        "contract_price": "converters:PriceByRef",
    },
    navigation=[
        Place("public", _l("Requests"), "requests.list", "doc", order=28),
        Place(
            "buying",
            _l("Contracts"),
            "buyer_contracts.list",
            "doc",
            order=14,
            shown=policies.buys_by_contract,
            badge=badges.to_sign,
        ),
        Place(
            "buying",
            _l("Requests"),
            "buyer_requests.list",
            "doc",
            order=15,
            shown=policies.asks_for_goods,
            badge=badges.to_do,
        ),
        Place(
            "desk_more",
            _l("Requests of buyers"),
            "desk_requests.list",
            "doc",
            order=20,
            shown=policies.sees_requests,
            badge=badges.invited,
        ),
        Place(
            "desk_more",
            _l("My quotes"),
            "desk_quotes.list",
            "money",
            order=21,
            shown=policies.sees_requests,
            badge=badges.to_answer,
        ),
        Place(
            "desk_more",
            _l("Searches I keep"),
            "need_watches.list_watches",
            "bell",
            order=22,
            shown=badges.may_watch,
        ),
        Place(
            "desk_more",
            _l("Contracts"),
            "desk_contracts.list",
            "doc",
            order=30,
            shown=policies.sells_by_contract,
            badge=badges.to_sign,
        ),
        Place(
            "office", _l("Requests"), "office_requests.list", "doc", order=26, shown=policies.keeps_requests
        ),
        Place(
            "office",
            _l("Contracts"),
            "office_contracts.list",
            "doc",
            order=39,
            shown=policies.keeps_contracts,
        ),
    ],
    install="labels:install",
)
