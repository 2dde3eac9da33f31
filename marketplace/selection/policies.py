"""Who may do what with calls and applications."""

from __future__ import annotations

from typing import Any

from marketplace.accounts.policies import at_desk
from marketplace.accounts.states import Desk
from marketplace.foundation.policy import named, policy
from marketplace.selection import queries
from marketplace.selection.models import Application
from marketplace.selection.states import application_lifecycle

screens = named("selection.screens", at_desk(Desk.TRADE, Desk.TRAINING))


@policy
def reviews(user: Any, *_subjects: Any) -> bool:
    """Whoever is named as a reviewer of some call."""
    return bool(user.is_authenticated and queries.reviewed_calls(user.id))


@policy
def can_change(_user: Any, application: Application) -> bool:
    """What it asks for may still be changed."""
    return queries.may_be_edited(application)


@policy
def can_take_back(_user: Any, application: Application) -> bool:
    """Handed in, before the deadline, and nobody looked at it yet."""
    return application_lifecycle.allows(application, "reopen") and queries.is_open(application.call)


@policy
def can_withdraw(_user: Any, application: Application) -> bool:
    return application_lifecycle.allows(application, "withdraw")
