"""Value chains."""

from __future__ import annotations

from typing import Any

from flask import Flask

from marketplace.foundation.area import Area, Place
from marketplace.foundation.words import _l
from marketplace.linkage import policies, queries, shown
from marketplace.linkage.ladder import RUNG_LABELS
from marketplace.linkage.states.contract import (
    CONTRACT_LABELS,
    CONTRACT_TONES,
    SIDE_LABELS,
    VERSION_LABELS,
    VERSION_TONES,
    WAY_LABELS,
)


def install(app: Flask) -> None:
    app.jinja_env.filters.update(
        contract_state=CONTRACT_LABELS.get,
        contract_tone=CONTRACT_TONES.get,
        version_state=VERSION_LABELS.get,
        version_tone=VERSION_TONES.get,
        contract_side=SIDE_LABELS.get,
        signing_way=WAY_LABELS.get,
        ladder_rung=RUNG_LABELS.get,
        term_value=shown.term_value,
        term_row=shown.row_words,
        week_told=shown.week_told,
        both=shown.both,
        both_values=shown.both_values,
    )


def _to_sign(user: Any) -> int:
    return queries.count_waiting(user.organisation_ids)


area = Area(
    package="marketplace.linkage",
    blueprints=[
        "views.contract:bp",
        "views.signing:bp",
        "views.contract_lists:desk",
        "views.contract_lists:buyer",
        "views.contract_lists:office",
        "views.law:bp",
    ],
    converters={
        "contract": "converters:ContractByRef",
        "contract_version": "converters:VersionByRef",
        "contract_scan": "converters:ScanByRef",
        "contract_price": "converters:PriceByRef",
    },
    navigation=[
        Place(
            "desk_more",
            _l("Contracts"),
            "desk_contracts.list",
            "doc",
            order=30,
            shown=policies.sells_by_contract,
            badge=_to_sign,
        ),
        Place(
            "buying",
            _l("Contracts"),
            "buyer_contracts.list",
            "doc",
            order=14,
            shown=policies.buys_by_contract,
            badge=_to_sign,
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
    install="area:install",
)
