"""Who may decide for a cooperative, who gives that, who keeps calls and complaints."""

from __future__ import annotations

from typing import Any

from marketplace.accounts.policies import at_desk
from marketplace.accounts.states import Desk
from marketplace.cooperatives import policies as cooperatives
from marketplace.cooperatives.models import Cooperative
from marketplace.foundation.policy import named, policy
from marketplace.helping import queries
from marketplace.helping.models import AllianceComplaint, Delegation
from marketplace.helping.states import LIVING, DelegationState, Matter, complaint_lifecycle

helps = named("helping.helps", at_desk(*(desk for desk in Desk if desk is not Desk.LEADERSHIP)))
keeps_complaints = named(
    "helping.enters_complaints", at_desk(Desk.ADMINISTRATOR, Desk.REGISTRY, Desk.TRADE, open=False)
)


@policy
def may_act_for(user: Any, cooperative: Cooperative, matter: Matter) -> bool:
    """Decide for the cooperative: who acts for it; an officer only by a delegation that counts today."""
    if cooperative.organisation_id in user.organisation_ids:
        return True
    return bool(helps(user)) and queries.standing(cooperative.id, matter, user.id) is not None


@policy
def has_delegations(user: Any, *_subjects: Any) -> bool:
    return bool(cooperatives.has_desk(user))


@policy
def gives_delegations(user: Any, cooperative: Cooperative) -> bool:
    """Its director."""
    return bool(cooperatives.directs(user, cooperative))


@policy
def reads_delegation(user: Any, delegation: Delegation) -> bool:
    """Both sides."""
    return bool(user.is_officer) or bool(cooperatives.acts_for(user, delegation.cooperative))


@policy
def answers_delegation(user: Any, delegation: Delegation) -> bool:
    """The director, what was brought in on paper."""
    return delegation.state is DelegationState.WAITING and gives_delegations(user, delegation.cooperative)


@policy
def confirms_delegation(user: Any, delegation: Delegation) -> bool:
    """The same; tapped twice on a bad line it is confirmed once."""
    return delegation.state in LIVING and gives_delegations(user, delegation.cooperative)


@policy
def withdraws_delegation(user: Any, delegation: Delegation) -> bool:
    """The director, at any time."""
    return delegation.state in LIVING and gives_delegations(user, delegation.cooperative)


@policy
def returns_delegation(user: Any, delegation: Delegation) -> bool:
    """An officer gives it back, or takes back what was brought in by mistake."""
    return delegation.state in LIVING and bool(helps(user))


@policy
def handles_complaint(user: Any, complaint: AllianceComplaint) -> bool:
    """At the desks that keep them; never one's own, nor one against an organisation of one's own."""
    return bool(keeps_complaints(user)) and not queries.concerns(complaint, user)


@policy
def reads_complaint(user: Any, complaint: AllianceComplaint) -> bool:
    """The same desks, and the leaders."""
    return keeps_complaints.reads(user) and not queries.concerns(complaint, user)


@policy
def complained(user: Any, complaint: AllianceComplaint) -> bool:
    return complaint.person_id is not None and complaint.person_id == user.id


@policy
def may_withdraw(user: Any, complaint: AllianceComplaint) -> bool:
    return complained(user, complaint) and complaint_lifecycle.allows(complaint, "withdraw")


@policy
def may_appeal(user: Any, complaint: AllianceComplaint) -> bool:
    """Once, while the answer is not closed; for whoever has no account an officer writes it down."""
    told = complaint.person_id is None and handles_complaint(user, complaint)
    return (
        (told or complained(user, complaint))
        and complaint.appealed_at is None
        and complaint_lifecycle.allows(complaint, "reopen")
    )
