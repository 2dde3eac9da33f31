"""Money that buyers owe and pay to cooperatives."""

from __future__ import annotations

from typing import Any

from marketplace.cooperatives import queries as cooperatives
from marketplace.foundation.area import Area, Place
from marketplace.foundation.words import _l
from marketplace.payments import policies, queries


def _to_confirm(user: Any) -> int:
    """How many buyers say that they paid."""
    cooperative = cooperatives.desk_cooperative(user)
    return queries.count_to_confirm(cooperative.organisation_id) if cooperative is not None else 0


area = Area(
    package="marketplace.payments",
    blueprints=["views.pay:bp", "views.desk:bp"],
    converters={"charge_by_ref": "converters:ChargeByRef", "own_charge": "converters:OwnCharge"},
    navigation=[
        Place(
            "desk",
            _l("Money"),
            "payments.money",
            "money",
            order=50,
            shown=policies.has_money,
            badge=_to_confirm,
        )
    ],
    install="showing:install",
)
