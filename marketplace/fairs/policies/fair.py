"""Who runs fairs."""

from __future__ import annotations

from marketplace.accounts.policies import at_desk
from marketplace.accounts.states import Desk

runs_fairs = at_desk(Desk.TRADE)
