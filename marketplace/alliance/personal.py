"""What the settings hold about people: which officer changed one."""

from __future__ import annotations

from marketplace.accounts.holdings import did
from marketplace.alliance.models import SettingChange

did(SettingChange, "by_id")
