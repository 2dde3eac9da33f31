"""What each source gives."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from marketplace.foundation import clock, formats
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.money import Money
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _l
from marketplace.support.events import SupportBudgetSet
from marketplace.support.models import SupportBudget
from marketplace.support.states import SupportPurpose, SupportSource


def set_budget(
    *, purpose: SupportPurpose, subject_id: int, source: SupportSource, amount: Money, by: Any
) -> SupportBudget | None:
    """What this source gives, in all. Raises Refusal for less than what is promised from it already."""
    found = next((each for each in locked(purpose, subject_id) if each.source is source), None)
    if found is None and not amount:
        return None
    if found is not None and amount < found.held:
        raise Refusal(
            _l("%(held)s of it are promised already.", held=formats.vnd(found.held, locale())),
            field=f"amount_{source}",
        )
    if found is None:
        found = SupportBudget(
            purpose=purpose, subject_id=subject_id, source=source, amount=amount, changed_at=clock.now()
        )
        db.session.add(found)
    elif found.amount == amount:
        return found
    found.amount, found.changed_by_id, found.changed_at = amount, id_of(by), clock.now()
    db.session.flush()
    announce(SupportBudgetSet(budget_id=found.id, source=source, amount=int(amount), actor_id=id_of(by)))
    return found


def locked(purpose: SupportPurpose, subject_id: int) -> Sequence[SupportBudget]:
    """The budget's rows; whoever works on the same one waits for the one before."""
    return db.session.scalars(
        select(SupportBudget)
        .where(SupportBudget.purpose == purpose, SupportBudget.subject_id == subject_id)
        .order_by(SupportBudget.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
