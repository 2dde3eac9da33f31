"""Who may do what with people, and at which desk of the office."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from marketplace import config
from marketplace.accounts import queries
from marketplace.accounts.approvable import KINDS
from marketplace.accounts.models import Approval, Organisation
from marketplace.accounts.states import ApprovalState, Desk, Role
from marketplace.foundation import clock
from marketplace.foundation.policy import named, policy


@policy
def is_officer(user: Any, *_subjects: Any) -> bool:
    """An officer of the alliance: reads what the office knows, at whatever desk."""
    return bool(user.is_officer)


@dataclass(frozen=True)
class AtDesk:
    """Works at one of these desks: may change what lies there. A door made of it lets readers in to look.

    `open`: every officer may look. Otherwise, as for people's own data, those of the desk and the leaders do.
    """

    desks: frozenset[Desk]
    open: bool

    def __call__(self, user: Any, *_subjects: Any) -> bool:
        return bool(user.at_desk(*self.desks))

    @property
    def __name__(self) -> str:
        """As `flask routes-guarded` tells it, like the name of a function."""
        return f"at_desk({', '.join(sorted(self.desks))})"

    def shows(self, user: Any) -> bool:
        """Whether its entries stand in somebody's menu: theirs who work there, and the leaders'."""
        return bool(user.at_desk(*self.desks, Desk.LEADERSHIP))

    def reads(self, user: Any, *_subjects: Any) -> bool:
        """Whether somebody may look at its pages."""
        return is_officer(user) if self.open else self.shows(user)


def at_desk(*desks: Desk, open: bool = True) -> AtDesk:
    """`keeps_registry = at_desk(Desk.REGISTRY)` in an area's policies: for doors, buttons, menus."""
    return AtDesk(frozenset(desks), open)


keeps_people = at_desk(Desk.ADMINISTRATOR, open=False)
reads_trail = at_desk(Desk.ADMINISTRATOR, open=False)
takes_trail = named("accounts.takes_trail", reads_trail)
answers_approvals = at_desk(*(desk for desk in Desk if desk is not Desk.LEADERSHIP))


def factor_demanded_from(user: Any) -> dt.date | None:
    """From which day on an officer needs a second step to work here; None where it is only offered."""
    return config.current().second_factor_from if user.is_officer else None


def factor_is_missing(user: Any) -> bool:
    """It is demanded by now, and there is none."""
    day = factor_demanded_from(user)
    return day is not None and day <= clock.today() and not queries.has_factor(user)


@policy
def belongs(user: Any, organisation: Organisation) -> bool:
    """Acts for the organisation."""
    return organisation.id in user.organisation_ids


@policy
def can_manage_members(user: Any, organisation: Organisation) -> bool:
    """Its director, or an administrator of the alliance."""
    return keeps_people(user) or user.role_in(organisation.id) is Role.DIRECTOR


@policy
def can_agree(user: Any, approval: Approval) -> bool:
    """Another officer at the desk whose act it is, while it waits."""
    desks = KINDS[approval.kind].desks
    return _waits(approval) and approval.proposed_by_id != user.id and user.at_desk(*desks)


@policy
def can_take_back(user: Any, approval: Approval) -> bool:
    """Whoever proposed it, while it waits."""
    return _waits(approval) and approval.proposed_by_id == user.id


def _waits(approval: Approval) -> bool:
    return approval.state is ApprovalState.OPEN
