"""Requests, quotes, pools, contracts and what belongs to them in URLs."""

from __future__ import annotations

from typing import Any

from marketplace.foundation.calendar import Week
from marketplace.foundation.web.converters import subject
from marketplace.linkage import queries

OwnNeed = subject(queries.own_need)
AnyNeed = subject(queries.office_need)
PublicNeed = subject(queries.public_need)
AskedNeed = subject(queries.seller_need)
"""For the cooperatives that may quote."""
OwnWatch = subject(queries.own_watch)
AskedStall = subject(queries.stall_for_office, attribute="slug")
OwnQuote = subject(queries.own_quote)
BuyersQuote = subject(queries.buyers_quote)
AnyQuote = subject(queries.office_quote)
OrganisedPool = subject(queries.pool.organised_pool)
"""For officers, and for those whose cooperative leads it."""
OwnPoolPlace = subject(queries.pool.own_place)
AnsweredPool = subject(queries.pool.answer_to_buyer)
PooledNeed = subject(queries.pool.pooled_need)
AwardToContract = subject(queries.award_to_contract, attribute="id", regex="[0-9]{1,9}")
OwnAward = subject(queries.own_award, attribute="id", regex="[0-9]{1,9}")
OwnAsk = subject(queries.own_ask, attribute="id", regex="[0-9]{1,9}")
ContractByRef = subject(queries.contract_by_ref)
VersionByRef = subject(queries.version_by_ref)
ScanByRef = subject(queries.scan_by_ref)
PriceByRef = subject(queries.price_by_ref)
CallOffByRef = subject(queries.call_off.by_ref)


def _week(written: str, _user: Any) -> Week | None:
    try:
        return Week.parse(written)
    except ValueError:
        return None


NamedWeek = subject(_week, regex="[0-9]{4}-W[0-9]{2}")
