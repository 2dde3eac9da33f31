"""Who gives how much to a fair, and how much of it may support exhibitors: that part is kept by `support` alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from marketplace.fairs import queries
from marketplace.fairs.events import FairBudgetChanged
from marketplace.fairs.models import BudgetLine, Fair
from marketplace.fairs.states import BudgetSource
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.money import Money
from marketplace.foundation.words import _l
from marketplace.support import services as support
from marketplace.support.states import SupportPurpose, SupportSource

NOTHING = Money(0)


@dataclass(frozen=True)
class BudgetPart:
    """A line of the budget: the whole sum, what of it may support exhibitors, what was used beside that."""

    source: BudgetSource
    amount: Money
    note: str = ""
    support: Money = NOTHING
    used: Money | None = None


def set_budget(*, fair: Fair, parts: Sequence[BudgetPart], by: Any) -> None:
    """Who gives how much, in this order. Raises Refusal for less support than is promised from a source already, or
    for more support than the source gives in all."""
    db.session.refresh(fair, with_for_update={"of": Fair})
    fair.budget.clear()
    db.session.flush()
    fair.budget.extend(
        BudgetLine(position=position, source=part.source, amount=part.amount, note=part.note, used=part.used)
        for position, part in enumerate(parts, start=1)
    )
    db.session.flush()
    for source in BudgetSource:
        _set_support(fair, source, [part for part in parts if part.source is source], by)
    total = sum(int(part.amount) for part in parts)
    announce(FairBudgetChanged(fair_id=fair.id, total=total, actor_id=id_of(by)))


def copy_budget(*, fair: Fair, copy: Fair, by: Any) -> None:
    """The same plan for another year; nothing of it is used or promised yet."""
    given = {line.source: line.support for line in queries.budget_by_source(fair)}
    parts = []
    for line in fair.budget:
        part = min(given.pop(line.source, NOTHING), line.amount)
        parts.append(BudgetPart(line.source, line.amount, line.note, part))
    if parts:
        set_budget(fair=copy, parts=parts, by=by)


def _set_support(fair: Fair, source: BudgetSource, parts: Sequence[BudgetPart], by: Any) -> None:
    wanted = Money(sum(int(part.support) for part in parts))
    if wanted > sum(int(part.amount) for part in parts):
        raise Refusal(
            _l("No source can give more for support than it gives in all."), field=f"support_{source}"
        )
    support.set_budget(
        purpose=SupportPurpose.FAIR,
        subject_id=fair.id,
        source=SupportSource(source),
        amount=wanted,
        by=by,
    )
