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
from marketplace.linkage import arriving, need_words, policies, queries
from marketplace.linkage.states import (
    DONE_LABELS,
    DONE_TONES,
    FIELD_LABELS,
    NEED_LABELS,
    NEED_TONES,
    SECTION_LABELS,
)


def install(app: Flask) -> None:
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
    ],
    converters={
        "own_need": "converters:OwnNeed",
        "any_need": "converters:AnyNeed",
        "public_need": "converters:PublicNeed",
        "asked_need": "converters:AskedNeed",
        "own_watch": "converters:OwnWatch",
        "asked_stall": "converters:AskedStall",
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
            "office", _l("Requests"), "office_requests.list", "doc", order=26, shown=policies.keeps_requests
        ),
    ],
    install="area:install",
)
