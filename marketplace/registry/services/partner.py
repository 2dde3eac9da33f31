"""Partners, and what they gave."""

from __future__ import annotations

import datetime as dt
from typing import Any

from marketplace.cooperatives.models import Cooperative
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.money import Money
from marketplace.foundation.reference import random_ref
from marketplace.foundation.words import _l
from marketplace.registry.events import HelpEntered, HelpWithdrawn, PartnerEntered
from marketplace.registry.models import Partner, PartnerHelp
from marketplace.registry.states.partner import HelpKind, PartnerKind


def add_partner(
    *,
    name: str,
    kind: PartnerKind,
    country: str = "",
    since: dt.date | None = None,
    matters: str = "",
    by: Any = None,
) -> Partner:
    partner = Partner(
        ref=random_ref(),
        name=name.strip()[:255],
        kind=kind,
        country=country.strip()[:80],
        since=since,
        matters=matters.strip()[:500],
        by_id=id_of(by),
        at=clock.now(),
    )
    db.session.add(partner)
    db.session.flush()
    announce(PartnerEntered(partner_id=partner.id, words=partner.name, actor_id=id_of(by)))
    return partner


def note_help(
    *,
    partner: Partner,
    kind: HelpKind,
    day: dt.date,
    activity: str,
    cooperative: Cooperative | None = None,
    amount: Money | None = None,
    source: str = "",
    by: Any = None,
) -> PartnerHelp:
    """What it gave: money, or something else with its worth if that is known."""
    if day > clock.today():
        raise Refusal(_l("This day is still to come."), field="day")
    if kind is HelpKind.MONEY and amount is None:
        raise Refusal(_l("Please write how much it was."), field="amount")
    row = PartnerHelp(
        ref=random_ref(),
        partner=partner,
        cooperative=cooperative,
        kind=kind,
        day=day,
        activity=activity.strip()[:255],
        amount=amount,
        source=source.strip()[:255],
        by_id=id_of(by),
        at=clock.now(),
    )
    db.session.add(row)
    db.session.flush()
    announce(HelpEntered(**_told(row), actor_id=id_of(by)))
    return row


def withdraw_help(*, help: PartnerHelp, reason: str, by: Any = None) -> None:
    """It was entered by mistake."""
    if not reason.strip():
        raise Refusal(_l("Please say what was wrong."), field="reason")
    if help.withdrawn_at is not None:
        raise Refusal(_l("This has ended already."))
    help.withdrawn_at, help.withdrawn_reason = clock.now(), reason.strip()[:500]
    db.session.flush()
    announce(HelpWithdrawn(**_told(help), words=reason.strip(), actor_id=id_of(by)))


def _told(row: PartnerHelp) -> dict[str, Any]:
    return {
        "partner_id": row.partner_id,
        "help_id": row.id,
        "cooperative_id": row.cooperative_id,
        "activity": row.activity,
    }
