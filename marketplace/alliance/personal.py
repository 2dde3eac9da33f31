"""What the settings hold about people: which officer changed one, or wrote down closed days."""

from __future__ import annotations

from marketplace.accounts.holdings import did
from marketplace.alliance.models import OfficeDays, SettingChange

did(SettingChange, "by_id")
did(OfficeDays, "by_id", "withdrawn_by_id")
