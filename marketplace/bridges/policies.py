"""Who sees deal paths, says where a deal began, and objects."""

from __future__ import annotations

from typing import Any

from marketplace.accounts.policies import at_desk
from marketplace.accounts.states import Desk
from marketplace.bridges import queries
from marketplace.bridges.models import DealLink, DealObjection, DealPath
from marketplace.bridges.states import PathSide
from marketplace.buyers import policies as buyers
from marketplace.cooperatives import policies as cooperatives
from marketplace.fairs.models import FairDeal, FairLead
from marketplace.foundation.policy import policy
from marketplace.linkage import policies as linkage
from marketplace.linkage.models import Need
from marketplace.programmes import policies as programmes
from marketplace.programmes.models import Loan
from marketplace.programmes.states.loan import LoanState

keeps_deals = at_desk(Desk.TRADE)
ENDED = (LoanState.TURNED_DOWN, LoanState.REFUSED, LoanState.WITHDRAWN, LoanState.CLOSED)


@policy
def sells_by_deals(user: Any, *_subjects: Any) -> bool:
    """Has a cooperative's desk; whose deal or contact it is, the address says."""
    return bool(cooperatives.has_desk(user))


@policy
def buys_by_deals(user: Any, *_subjects: Any) -> bool:
    """Acts for a buying organisation."""
    return bool(buyers.buys_for_company(user))


@policy
def says_where_it_began(user: Any, need: Need) -> bool:
    """Whoever keeps the request, while nobody has said it."""
    return linkage.keeps_need(user, need) and queries.path_of_need(need) is None


@policy
def invites_contact(user: Any, lead: FairLead) -> bool:
    """The stand's cooperative, to people who agreed to be written to."""
    return cooperatives.has_desk(user) and lead.consent_at is not None


@policy
def links_signed(user: Any, _deal: FairDeal) -> bool:
    """An officer, or the cooperative that signed; whose it is, the address says."""
    return keeps_deals(user) or cooperatives.has_desk(user)


@policy
def objects_as_seller(user: Any, path: DealPath) -> bool:
    """The cooperative on the path, once at a time."""
    return cooperatives.has_desk(user) and _may_object(path, PathSide.SELLER)


@policy
def objects_as_buyer(user: Any, path: DealPath) -> bool:
    """The buyer, once at a time."""
    return buyers.buys_for_company(user) and _may_object(path, PathSide.BUYER)


@policy
def ends_path(user: Any, path: DealPath) -> bool:
    """An officer, with a reason."""
    return keeps_deals(user) and path.ended_at is None


@policy
def removes_link(user: Any, link: DealLink) -> bool:
    """An officer, with a reason."""
    return keeps_deals(user) and link.removed_at is None


@policy
def answers_objection(user: Any, objection: DealObjection) -> bool:
    """An officer, once."""
    return keeps_deals(user) and objection.answered_at is None


def _may_object(path: DealPath, side: PathSide) -> bool:
    return path.ended_at is None and queries.open_objection(path, side) is None


@policy
def gives_evidence(user: Any, loan: Loan) -> bool:
    """Its director, as long as the loan is asked for, looked at, granted or owed."""
    return loan.state not in ENDED and bool(cooperatives.directs(user, loan.cooperative))


@policy
def withdraws_evidence(user: Any, loan: Loan) -> bool:
    """Its director, at any time."""
    return bool(cooperatives.directs(user, loan.cooperative)) and queries.evidence.living(loan.id) is not None


@policy
def reads_evidence(user: Any, loan: Loan) -> bool:
    """The finance desk, which hands it to the fund, and only while the cooperative agrees."""
    given = queries.evidence.living(loan.id)
    return given is not None and given.counts and programmes.keeps_capital.reads(user)
