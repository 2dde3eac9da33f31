"""Deliveries and ways to hand over in URLs."""

from __future__ import annotations

from marketplace.cooperatives import queries as cooperatives
from marketplace.deliveries import queries
from marketplace.foundation.web.converters import subject

DeliveryByRef = subject(lambda text, user: queries.delivery_by_ref(text))
OwnDelivery = subject(lambda text, user: queries.own_delivery(text, user.organisation_ids))
OwnOption = subject(lambda text, user: queries.own_option(text, user.organisation_ids))
OwnPoint = subject(lambda text, user: queries.own_point(text, user.organisation_ids))
OthersPoint = subject(lambda text, user: queries.others_point(text))
OwnShare = subject(lambda text, user: queries.own_share(text, user.organisation_ids))
OwnRound = subject(lambda text, user: queries.own_round(text, user.organisation_ids))
OthersRound = subject(
    lambda text, user: (
        queries.others_round(text, seller.id)
        if (seller := cooperatives.desk_cooperative(user)) is not None
        else None
    )
)
LoadByDelivery = subject(lambda text, user: queries.live_load(text))
