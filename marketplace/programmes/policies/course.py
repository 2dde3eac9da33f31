"""Who keeps courses."""

from __future__ import annotations

from marketplace.accounts.policies import at_desk
from marketplace.accounts.states import Desk
from marketplace.foundation.policy import named

keeps_courses = named("programmes.keeps_courses", at_desk(Desk.TRAINING))
