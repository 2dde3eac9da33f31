"""Support by norms."""

from __future__ import annotations

from typing import Any

from flask import Flask

from marketplace.cooperatives import queries as cooperatives
from marketplace.foundation import formats
from marketplace.foundation.area import Area, Place
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _l
from marketplace.support import frozen, policies, queries
from marketplace.support.states import (
    ACTIVITY_LABELS,
    BENEFICIARY_LABELS,
    CLAIM_KIND_LABELS,
    CLAIM_LABELS,
    CLAIM_TONES,
    EVIDENCE_LABELS,
    GRANT_LABELS,
    HEAD_LABELS,
    PAYMENT_LABELS,
    PER_LABELS,
    SOURCE_LABELS,
)


def install(app: Flask) -> None:
    app.jinja_env.filters.update(
        support_activity=ACTIVITY_LABELS.get,
        support_for=BENEFICIARY_LABELS.get,
        support_head=HEAD_LABELS.get,
        support_per=PER_LABELS.get,
        support_paper=EVIDENCE_LABELS.get,
        support_source=SOURCE_LABELS.get,
        support_grant_label=GRANT_LABELS.get,
        support_claim_kind=CLAIM_KIND_LABELS.get,
        support_claim_label=CLAIM_LABELS.get,
        support_claim_tone=CLAIM_TONES.get,
        support_payment=PAYMENT_LABELS.get,
        support_cut=frozen.told,
        per_cent=lambda rate: formats.percent(rate, locale()),
    )


def _sent_back(user: Any) -> int:
    """Claims this person's cooperative has to complete."""
    cooperative = cooperatives.desk_cooperative(user)
    return queries.count_for_desk(cooperative.id) if cooperative is not None else 0


area = Area(
    package="marketplace.support",
    blueprints=["views.desk:bp", "views.office:bp", "views.norm:bp", "views.budget:bp"],
    converters={
        "support_norm": "converters:NormByRef",
        "own_support": "converters:OwnGrant",
        "support_grant": "converters:GrantByRef",
        "own_support_claim": "converters:OwnClaim",
        "support_claim": "converters:ClaimByRef",
        "support_paper": "converters:PaperByRef",
    },
    navigation=[
        Place(
            "desk_more",
            _l("Support"),
            "support.list",
            "money",
            order=60,
            shown=policies.has_support,
            badge=_sent_back,
            group="showing",
        ),
        Place(
            "office",
            _l("Support"),
            "office_support.list",
            "money",
            order=48,
            shown=policies.keeps_support,
            queue=queries.waiting_ids,
            group="members",
        ),
        Place(
            "beside_settings",
            _l("Norms of support"),
            "support_norms.list",
            "money",
            order=40,
            shown=policies.keeps_support,
        ),
    ],
    install="area:install",
)
