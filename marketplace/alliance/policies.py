"""Who changes the settings: the administrator's desk; every officer may read them."""

from __future__ import annotations

from marketplace.accounts.policies import at_desk
from marketplace.accounts.states import Desk
from marketplace.foundation.policy import named

keeps_settings = named("alliance.keeps_settings", at_desk(Desk.ADMINISTRATOR))
