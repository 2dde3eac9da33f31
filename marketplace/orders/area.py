"""Buying."""

from __future__ import annotations

from marketplace.buyers import policies as buyers
from marketplace.foundation.area import Area, Place
from marketplace.foundation.words import _l
from marketplace.orders import badges, policies, queries

area = Area(
    package="marketplace.orders",
    rooms=(*Area.rooms, "dealings"),
    blueprints=[
        "views.cart:bp",
        "views.list_buyers:bp",
        "views.checkout:bp",
        "views.orders:bp",
        "views.repeat:bp",
        "views.sheet:bp",
        "views.standing:bp",
        "views.desk_standing:bp",
        "views.desk:bp",
        "views.invoice:bp",
        "views.office:bp",
        "views.thread:bp",
        "views.change:buyer",
        "views.change:seller",
        "views.method:bp",
        "views.weighing:buyer",
        "views.weighing:seller",
        "views.cancellation:buyer",
        "views.cancellation:seller",
        "views.complaint:buyer",
        "views.complaint:seller",
        "views.dispute:buyer",
        "views.dispute:seller",
        "views.mediation:bp",
        "views.purchase_request:bp",
    ],
    converters={
        "order": "converters:OrderByRef",
        "order_group": "converters:GroupByRef",
        "seller_order": "converters:SellerOrder",
        "buyer_seat": "converters:BuyerSeat",
        "seller_seat": "converters:SellerSeat",
        "dispute": "converters:DisputeForOffice",
        "purchase_request": "converters:PurchaseForCompany",
        "standing": "converters:BuyersStanding",
        "seller_standing": "converters:SellersStanding",
    },
    navigation=[
        Place(
            "desk",
            _l("Orders"),
            "desk_orders.orders",
            "box",
            order=20,
            shown=policies.has_orders,
            badge=badges.waiting,
        ),
        Place(
            "desk_more", _l("E-invoices"), "desk_invoices.sales", "doc", order=65, shown=policies.has_orders
        ),
        Place("office", _l("Orders"), "office_orders.orders", "box", order=40, shown=policies.is_officer),
        Place(
            "office",
            _l("Reported messages"),
            "thread.reports",
            "chat",
            order=45,
            shown=policies.is_officer,
            badge=badges.reported,
        ),
        Place(
            "office",
            _l("Disputes"),
            "mediation.queue",
            "scale",
            order=41,
            shown=policies.is_officer,
            badge=badges.to_mediate,
        ),
        Place("buying", _l("My orders"), "orders.mine", "box", order=10),
        Place(
            "buying",
            _l("Purchases to approve"),
            "purchases.list",
            "check",
            order=15,
            shown=buyers.buys_for_company,
            badge=queries.count_to_approve,
        ),
        Place("buying", _l("Standing orders"), "standing.mine", "clock", order=11),
        Place("buying", _l("Order sheet"), "sheet.sheet", "doc", order=12),
    ],
    install="badges:install",
)
