"""Value chains."""

from __future__ import annotations

from typing import Any

from flask import Flask

from marketplace.accounts.states import OrganisationKind
from marketplace.buyers import queries as buyers
from marketplace.catalogue import grading
from marketplace.cooperatives import queries as cooperatives
from marketplace.foundation.area import Area, Place
from marketplace.foundation.words import _l
from marketplace.linkage import arriving, need_words, policies, pool_holding, queries
from marketplace.linkage.states import (
    DONE_LABELS,
    DONE_TONES,
    FIELD_LABELS,
    NEED_LABELS,
    NEED_TONES,
    POOL_LABELS,
    POOL_MEMBER_LABELS,
    POOL_MEMBER_TONES,
    POOL_TONES,
    RULE_LABELS,
    RULE_WORDS,
    SECTION_LABELS,
    SHARE_RUN_LABELS,
    SHARE_RUN_TONES,
)
from marketplace.selection.states import ENTERED_LABELS
from marketplace.supply.holders import HOLDERS


def install(app: Flask) -> None:
    assert pool_holding.HOLDER in HOLDERS, "claims of pools have a name"
    app.jinja_env.filters.update(
        need_label=NEED_LABELS.get,
        need_tone=lambda state: NEED_TONES.get(state, ""),
        need_section=SECTION_LABELS.get,
        need_done=DONE_LABELS.get,
        need_done_tone=lambda done: DONE_TONES.get(done, ""),
        need_when=need_words.when,
        need_hours=lambda need: need_words.hours(need.arrives_from, need.arrives_until),
        need_area=arriving.area_told,
        field_kind=FIELD_LABELS.get,
        grade_told=grading.name_in,
        pool_state=POOL_LABELS.get,
        pool_tone=lambda state: POOL_TONES.get(state, ""),
        pool_member_state=POOL_MEMBER_LABELS.get,
        pool_member_tone=lambda state: POOL_MEMBER_TONES.get(state, ""),
        pool_rule=RULE_LABELS.get,
        pool_rule_words=RULE_WORDS.get,
        share_run_state=SHARE_RUN_LABELS.get,
        share_run_tone=lambda state: SHARE_RUN_TONES.get(state, ""),
        entered_label=ENTERED_LABELS.get,
    )


def _to_do(user: Any) -> int:
    """Questions to answer and requests to decide."""
    company = buyers.company_of(user)
    if company is None:
        return 0
    return queries.count_unanswered(company.id) + queries.count_to_decide(company.id)


def _invited(user: Any) -> int:
    cooperative = cooperatives.desk_cooperative(user)
    return queries.count_invited(cooperative.id) if cooperative is not None else 0


def _asked_to_pool(user: Any) -> int:
    cooperative = cooperatives.desk_cooperative(user)
    return queries.pool.count_unanswered(cooperative.id) if cooperative is not None else 0


def _may_watch(user: Any) -> bool:
    """Whoever sells: the board is for them."""
    return bool(user.organisations(OrganisationKind.COOPERATIVE))


area = Area(
    package="marketplace.linkage",
    blueprints=[
        "views.board:bp",
        "views.board:watches",
        "views.buyer_need:bp",
        "views.desk_need:bp",
        "views.need_form:bp",
        "views.office_need:bp",
        "views.pool:lead",
        "views.pool_office:office",
        "views.pool_desk:desk",
        "views.pool_desk:buyer",
    ],
    converters={
        "own_need": "converters:OwnNeed",
        "any_need": "converters:AnyNeed",
        "public_need": "converters:PublicNeed",
        "asked_need": "converters:AskedNeed",
        "own_watch": "converters:OwnWatch",
        "asked_stall": "converters:AskedStall",
        "organised_pool": "converters:OrganisedPool",
        "own_pool_place": "converters:OwnPoolPlace",
        "answered_pool": "converters:AnsweredPool",
        "pooled_need": "converters:PooledNeed",
    },
    navigation=[
        Place("public_more", _l("Requests of buyers"), "requests.list", "doc", order=28),
        Place(
            "buying",
            _l("Requests"),
            "buyer_requests.list",
            "doc",
            order=15,
            shown=policies.asks_for_goods,
            badge=_to_do,
        ),
        Place(
            "desk_more",
            _l("Requests of buyers"),
            "desk_requests.list",
            "doc",
            order=20,
            shown=policies.sees_requests,
            badge=_invited,
        ),
        Place(
            "desk_more",
            _l("Searches I keep"),
            "need_watches.list_watches",
            "bell",
            order=22,
            shown=_may_watch,
        ),
        Place(
            "desk_more",
            _l("Pools"),
            "desk_pools.list",
            "people",
            order=21,
            shown=policies.has_pool_desk,
            badge=_asked_to_pool,
        ),
        Place(
            "office",
            _l("Pools"),
            "office_pools.list",
            "people",
            order=27,
            shown=policies.runs_pools,
            badge=lambda _user: queries.pool.count_to_lock(),
        ),
        Place(
            "office", _l("Requests"), "office_requests.list", "doc", order=26, shown=policies.keeps_requests
        ),
    ],
    install="area:install",
)
