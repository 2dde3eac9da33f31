"""Membership in the alliance: it follows what was decided, and earlier spells are entered by hand."""

from __future__ import annotations

import datetime as dt
from typing import Any

from marketplace.cooperatives.models import Cooperative
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.words import _, _l, in_language
from marketplace.registry import queries
from marketplace.registry.events import MembershipCorrected, MembershipRecorded
from marketplace.registry.models import AllianceMembership


def join(*, cooperative: Cooperative, by: Any = None) -> None:
    """It was admitted: a member from today on, unless it is one."""
    if queries.open_membership(cooperative.id) is None:
        row = AllianceMembership(
            cooperative=cooperative, joined_on=clock.today(), by_id=id_of(by), at=clock.now()
        )
        db.session.add(row)
        db.session.flush()


def leave(*, cooperative: Cooperative, reason: str) -> None:
    """It left, or was turned down without having been one."""
    row = queries.open_membership(cooperative.id)
    if row is not None:
        row.left_on, row.reason = max(clock.today(), row.joined_on), reason.strip()[:500]
        db.session.flush()


def unjoin(*, cooperative: Cooperative, day: dt.date) -> None:
    """It was admitted on this day by mistake: a spell without a day, so that it never was a member by it."""
    row = queries.open_membership(cooperative.id)
    if row is not None and row.joined_on == day:
        with in_language("vi"):  # the registry is written in Vietnamese, whoever writes it
            row.left_on, row.reason = row.joined_on, _("Admitted by mistake, taken back")
        db.session.flush()


def record_membership(
    *,
    cooperative: Cooperative,
    joined_on: dt.date,
    left_on: dt.date,
    joined_by_decision: str = "",
    left_by_decision: str = "",
    reason: str = "",
    by: Any = None,
) -> AllianceMembership:
    """A spell of earlier years, that ended."""
    row = AllianceMembership(cooperative=cooperative, joined_on=joined_on, at=clock.now(), by_id=id_of(by))
    with db.session.no_autoflush:
        _write(row, joined_on, left_on, joined_by_decision, left_by_decision, reason)
    db.session.add(row)
    db.session.flush()
    announce(MembershipRecorded(**_told(row, joined_on), actor_id=id_of(by)))
    return row


def correct_membership(
    *,
    membership: AllianceMembership,
    joined_on: dt.date,
    left_on: dt.date | None,
    joined_by_decision: str = "",
    left_by_decision: str = "",
    reason: str = "",
    by: Any = None,
) -> None:
    """Put its days and decisions right. Whether it is a member today is decided elsewhere: admitting, leaving."""
    if (left_on is None) != (membership.left_on is None):
        raise Refusal(
            _l("Whether it is a member today is decided on its page: admit it, or record that it left."),
            field="left_on",
        )
    _write(membership, joined_on, left_on, joined_by_decision, left_by_decision, reason)
    db.session.flush()
    announce(MembershipCorrected(**_told(membership, joined_on), actor_id=id_of(by)))


def _write(
    row: AllianceMembership,
    joined_on: dt.date,
    left_on: dt.date | None,
    joined_by_decision: str,
    left_by_decision: str,
    reason: str,
) -> None:
    today = clock.today()
    if joined_on > today or (left_on is not None and left_on > today):
        raise Refusal(_l("This day is still to come."), field="joined_on" if joined_on > today else "left_on")
    if left_on is not None and left_on < joined_on:
        raise Refusal(_l("The last day comes before the first one."), field="left_on")
    for other in queries.memberships_of(row.cooperative.id):
        if other is row:
            continue
        if (left_on is None or other.joined_on < left_on) and (
            other.left_on is None or joined_on < other.left_on
        ):
            raise Refusal(_l("It was a member then already by another row."), field="joined_on")
    row.joined_on, row.left_on, row.reason = joined_on, left_on, reason.strip()[:500]
    row.joined_by_decision, row.left_by_decision = joined_by_decision[:120], left_by_decision[:120]


def _told(row: AllianceMembership, day: dt.date) -> dict[str, Any]:
    return {"cooperative_id": row.cooperative.id, "membership_id": row.id, "day": day.isoformat()}
