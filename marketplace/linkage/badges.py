"""Small numbers beside places: what waits for whom."""

from __future__ import annotations

from typing import Any

from marketplace.accounts.states import OrganisationKind
from marketplace.buyers import queries as buyers
from marketplace.cooperatives import queries as cooperatives
from marketplace.linkage import queries


def to_do(user: Any) -> int:
    """Questions to answer and requests to decide."""
    company = buyers.company_of(user)
    if company is None:
        return 0
    return queries.count_unanswered(company.id) + queries.count_to_decide(company.id)


def invited(user: Any) -> int:
    cooperative = cooperatives.desk_cooperative(user)
    return queries.count_invited(cooperative.id) if cooperative is not None else 0


def to_answer(user: Any) -> int:
    """Quotes for which a buyer asks other numbers."""
    cooperative = cooperatives.desk_cooperative(user)
    return queries.count_to_answer(cooperative.id) if cooperative is not None else 0


def asked_to_pool(user: Any) -> int:
    cooperative = cooperatives.desk_cooperative(user)
    return queries.pool.count_unanswered(cooperative.id) if cooperative is not None else 0


def to_sign(user: Any) -> int:
    """Contracts that wait for this side's name."""
    return queries.count_waiting(user.organisation_ids)


def calls_to_answer(user: Any) -> int:
    cooperative = cooperatives.desk_cooperative(user)
    return queries.call_off.count_called(cooperative.id) if cooperative is not None else 0


def may_watch(user: Any) -> bool:
    """Whoever sells: the board is for them."""
    return bool(user.organisations(OrganisationKind.COOPERATIVE))
