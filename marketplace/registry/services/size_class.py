"""The rules of size: added from a day on, taken back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.money import Money
from marketplace.foundation.reference import random_ref
from marketplace.foundation.words import _l
from marketplace.registry.events import SizeRulesAdded, SizeRulesTakenBack
from marketplace.registry.models import SizeRow, SizeRules
from marketplace.registry.states.size_class import Branch, Size


@dataclass(frozen=True)
class Row:
    branch: Branch
    size: Size
    members: int | None = None
    revenue: Money | None = None
    capital: Money | None = None


@dataclass(frozen=True)
class Terms:
    code: str
    name_vi: str
    name_en: str
    valid_from: dt.date
    source: str
    rows: Sequence[Row]


def add(*, terms: Terms, by: Any = None) -> SizeRules:
    """In force from their first day on, until newer ones are. Raises Refusal for rules that say two things."""
    keys = [(row.branch, row.size) for row in terms.rows]
    branches = {row.branch for row in terms.rows}
    if not keys or len(set(keys)) < len(keys) or (Branch.ANY in branches and len(branches) > 1):
        raise Refusal(_l("Each branch needs one row for each size, and no more."), field="file")
    rules = SizeRules(
        ref=random_ref(),
        code=terms.code,
        name_vi=terms.name_vi,
        name_en=terms.name_en,
        valid_from=terms.valid_from,
        source=terms.source,
        added_by_id=id_of(by),
        added_at=clock.now(),
        taken_back_reason="",
        rows=[
            SizeRow(
                branch=row.branch,
                size=row.size,
                members=row.members,
                revenue=row.revenue,
                capital=row.capital,
            )
            for row in terms.rows
        ],
    )
    db.session.add(rules)
    db.session.flush()
    announce(
        SizeRulesAdded(
            rules_id=rules.id, code=rules.code, since=f"{rules.valid_from:%d/%m/%Y}", actor_id=id_of(by)
        )
    )
    return rules


def take_back(*, rules: SizeRules, reason: str, by: Any) -> None:
    """They count no more: sizes are told by the rules before them again."""
    if not reason.strip():
        raise Refusal(_l("Please say why."), field="reason")
    db.session.refresh(rules, with_for_update={"of": SizeRules})
    if rules.taken_back_at is not None:
        raise Refusal(_l("These rules were taken back already."))
    rules.taken_back_at, rules.taken_back_by_id = clock.now(), id_of(by)
    rules.taken_back_reason = reason.strip()[:500]
    db.session.flush()
    announce(
        SizeRulesTakenBack(
            rules_id=rules.id, code=rules.code, words=rules.taken_back_reason, actor_id=id_of(by)
        )
    )
