"""Who keeps the log of advice and legal help: every desk of the office gives it."""

from __future__ import annotations

from marketplace.accounts.policies import at_desk
from marketplace.accounts.states import Desk
from marketplace.foundation.policy import named

gives_advice = named(
    "programmes.gives_advice", at_desk(*(desk for desk in Desk if desk is not Desk.LEADERSHIP))
)
