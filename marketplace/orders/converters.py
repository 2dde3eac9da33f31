"""Orders in URLs: the buyer's by its reference, the seller's by its own number."""

from __future__ import annotations

from marketplace.foundation.web.converters import subject
from marketplace.orders import queries

OrderByRef = subject(lambda text, user: queries.order_by_ref(text))
GroupByRef = subject(lambda text, user: queries.group_by_ref(text))
SellerOrder = subject(
    lambda text, user: queries.order_for_seller(text, user.organisation_ids), attribute="number"
)
BuyerSeat = subject(queries.buyer_seat, attribute="key")
SellerSeat = subject(queries.seller_seat, attribute="key")
PurchaseForCompany = subject(queries.request_for)
BuyersStanding = subject(queries.standing_of_buyer)
SellersStanding = subject(queries.standing_of_seller)
DisputeForOffice = subject(queries.dispute_for_office)
