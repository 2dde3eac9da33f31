"""What two administrators agree to: settings that say how much money."""

from __future__ import annotations

import datetime as dt
from typing import Any

from marketplace import config
from marketplace.accounts.approvable import approvable
from marketplace.accounts.models import Approval
from marketplace.accounts.states import Desk
from marketplace.alliance import services
from marketplace.alliance.models import SettingChange
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.words import _l


@approvable(
    "money-settings",
    label=_l("Change a setting about money"),
    desks=[Desk.ADMINISTRATOR],
    page=lambda approval: f"/office/settings/{approval.data['name']}",
)
def change(approval: Approval, by: Any) -> None:
    """From its day on, or from today on where that has passed meanwhile; or a change is taken back."""
    told = approval.data
    if told["reverts"] is not None:
        reverted = db.session.get_one(SettingChange, told["reverts"])
        services.take_back(change=reverted, reason=approval.reason, by=by)
        return
    written = told["value"]
    services.change(
        name=told["name"],
        value=None if written is None else config.RULES[told["name"]].read(written),
        from_day=max(clock.today(), dt.date.fromisoformat(told["from_day"])),
        reason=approval.reason,
        by=by,
    )
