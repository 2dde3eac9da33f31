"""Who may say what about things that were written down for somebody."""

from __future__ import annotations

from typing import Any

from marketplace.accounts.policies import at_desk
from marketplace.accounts.states import Desk
from marketplace.foundation.policy import policy
from marketplace.inbox.models import Entry
from marketplace.inbox.states import EntryState

keeps_letters = at_desk(Desk.ADMINISTRATOR, open=False)
follows_entries = at_desk(*(desk for desk in Desk if desk is not Desk.LEADERSHIP))


@policy
def reads_entry(user: Any, entry: Entry) -> bool:
    """Acts for whom it was written down for."""
    return entry.organisation_id in user.organisation_ids


@policy
def answers_entry(user: Any, entry: Entry) -> bool:
    """The same, while it waits; not whoever wrote it down."""
    return entry.waits and reads_entry(user, entry) and user.id != entry.by_id


@policy
def settles_entry(user: Any, entry: Entry) -> bool:
    """An officer, what was said to be wrong."""
    return follows_entries(user) and entry.state is EntryState.DENIED
