"""What other pages show of deals that began at a fair: the fair's own, a request's, a contract's."""

from __future__ import annotations

from typing import Any

from flask import url_for

from marketplace.bridges import policies, queries
from marketplace.bridges.models import DealPath
from marketplace.fairs.asides import aside as fair_aside
from marketplace.fairs.models import Fair
from marketplace.linkage.asides import aside as linkage_aside
from marketplace.linkage.models import Contract, Need
from marketplace.programmes.asides import aside as loan_aside
from marketplace.programmes.models import Loan


@fair_aside("report", "bridges/of_fair.html")
@fair_aside("results", "bridges/of_fair.html")
def of_fair(fair: Fair, _user: Any) -> dict[str, Any]:
    """What came of the fair on this site, counted now."""
    return {"figures": queries.figures_of_fairs([fair])[0]}


@linkage_aside("contract", "bridges/origin.html")
def of_contract(contract: Contract, user: Any) -> dict[str, Any] | None:
    path = queries.path_of_contract(contract)
    return _origin(path, user) if path is not None else None


@linkage_aside("need", "bridges/origin.html")
def of_need(need: Need, user: Any) -> dict[str, Any] | None:
    """Where it began; or the question, to its buyer."""
    path = queries.path_of_need(need)
    if path is not None:
        return _origin(path, user)
    if need.organisation_id in user.organisation_ids and policies.says_where_it_began(user, need):
        return {"ask": url_for("buyer_deals.say", need=need)}
    return None


def _origin(path: DealPath, user: Any) -> dict[str, Any]:
    """The link to the path on the side of whoever reads."""
    ways = (
        ("desk_deals.show", queries.sellers_path),
        ("buyer_deals.show", queries.buyers_path),
        ("office_deals.show", queries.any_path),
    )
    page = next((name for name, load in ways if load(path.ref, user) is not None), None)
    return {"fair": path.fair, "url": url_for(page, path=path) if page else ""}


@loan_aside("bridges/evidence/aside.html")
def of_loan(loan: Loan, user: Any) -> dict[str, Any] | None:
    """To its director: what may be read, and the way to change that. To the office: the figures while it may."""
    own = loan.cooperative.organisation_id in user.organisation_ids
    if own and not (policies.gives_evidence(user, loan) or policies.withdraws_evidence(user, loan)):
        return None
    given = queries.evidence.living(loan.id)
    if given is not None and not given.counts:
        given = None
    page = "desk_evidence.show" if own else "office_evidence.show"
    readable = own or policies.reads_evidence(user, loan)
    return {"own": own, "given": given, "url": url_for(page, loan=loan) if readable else ""}
