"""A setting is changed from a day on, and a change taken back."""

from __future__ import annotations

import datetime as dt
from typing import Any

from marketplace import config
from marketplace.accounts import services as accounts
from marketplace.alliance import agreeing, known, queries
from marketplace.alliance.events import SettingChanged, SettingReversed
from marketplace.alliance.models import SettingChange
from marketplace.alliance.services.closed_day import take_days_back, write_days
from marketplace.config import Odd, Rule
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.words import _l, in_language

__all__ = ["change", "follow_name", "take_back", "take_days_back", "write_days", "written"]


def change(*, name: str, value: Any, from_day: dt.date, reason: str, by: Any = None) -> SettingChange:
    """From this day on; `value` None is what the installation says. The past stays as it was.

    Raises Refusal for a value that the environment would refuse too, and for a setting that is not the office's.
    """
    rule = known.rule_of(name)
    if rule is None:
        raise Refusal(_l("This setting belongs to whoever runs the installation."))
    row = _row(name, None if value is None else _written(rule, value), from_day, reason, by)
    announce(
        SettingChanged(
            change_id=row.id,
            setting=name,
            label=_label(name),
            value=row.value or "",
            from_day=from_day.isoformat(),
            words=row.reason,
            actor_id=id_of(by),
        )
    )
    _follow(row)
    return row


def take_back(*, change: SettingChange, reason: str, by: Any = None) -> SettingChange:
    """As it was before the change, from today on, or, of one that is still to come, from its own day on.

    Raises Refusal when another change has taken its place.
    """
    today = clock.today()
    queries.lock(change.name)
    if change.id in queries.taken_back(change.name):
        raise Refusal(_l("This change was taken back already."))
    if queries.follows(change, today) is not None:
        raise Refusal(_l("Another change has taken its place: take that one back, or write a new value."))
    former = queries.before(change)
    row = _row(
        change.name,
        former.value if former is not None else None,
        max(today, change.from_day),
        reason,
        by,
        reverts=change,
    )
    announce(
        SettingReversed(
            change_id=row.id,
            reverts_id=change.id,
            setting=row.name,
            label=_label(row.name),
            from_day=row.from_day.isoformat(),
            words=row.reason,
            actor_id=id_of(by),
        )
    )
    _follow(row)
    return row


def follow_name() -> None:
    """The alliance's own organisation is called as the alliance is called today."""
    accounts.call_alliance(name=config.current().alliance_name)


def _row(
    name: str,
    value: str | None,
    from_day: dt.date,
    reason: str,
    by: Any,
    *,
    reverts: SettingChange | None = None,
) -> SettingChange:
    if not reason.strip():
        raise Refusal(_l("Please say why."), field="reason")
    if from_day < clock.today():
        raise Refusal(_l("A change begins today or later: what was stays as it was."), field="from_day")
    queries.lock(name)
    agreeing.hold_against(name, value, from_day)
    row = SettingChange(
        name=name,
        value=value,
        from_day=from_day,
        reason=reason.strip()[:300],
        by_id=id_of(by),
        at=clock.now(),
        reverts_id=reverts.id if reverts is not None else None,
    )
    db.session.add(row)
    db.session.flush()
    return row


def written(name: str, value: Any) -> str:
    """As the environment would have it, and read back by the same rule. Raises Refusal."""
    return _written(config.RULES[name], value)


def _written(rule: Rule, value: Any) -> str:
    """As the environment would have it, and read back by the same rule."""
    written = rule.write(value)
    try:
        rule.read(written)
    except Odd as odd:
        raise Refusal(
            _l("This is no value of this setting. Please look at the hint."), field="value"
        ) from odd
    return written


def _label(name: str) -> str:
    with in_language("vi"):
        return str(known.label_of(name))


def _follow(row: SettingChange) -> None:
    if row.name == "alliance_name" and row.from_day == clock.today() and row.value:
        accounts.call_alliance(name=row.value)
