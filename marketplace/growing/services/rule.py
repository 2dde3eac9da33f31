"""Rules about substances are added and ended, never changed: what was warned of stays explicable."""

from __future__ import annotations

import datetime as dt
from typing import Any

from marketplace.catalogue.models import Goods
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.reference import random_ref
from marketplace.foundation.words import _l
from marketplace.growing.events import SubstanceRuleAdded, SubstanceRuleEnded
from marketplace.growing.models import SubstanceRule
from marketplace.growing.states import Certainty


def add_rule(
    *,
    substance: str = "",
    goods: Goods | None = None,
    market: str = "",
    forbidden: bool = False,
    interval_days: int | None = None,
    valid_from: dt.date,
    valid_until: dt.date | None = None,
    source: str,
    certainty: Certainty = Certainty.LOW,
    by: Any,
) -> SubstanceRule:
    """Forbid a substance, or let harvest wait after it. Raises Refusal unless it says exactly one of both."""
    if forbidden and not substance:
        raise Refusal(_l("Please write which substance is forbidden."), field="substance")
    if forbidden == (interval_days is not None):
        raise Refusal(
            _l("Either it is forbidden, or harvest waits some days: please fill in one of them."),
            field="interval_days",
        )
    if valid_until is not None and valid_until < valid_from:
        raise Refusal(_l("The last day lies before the first."), field="valid_until")
    rule = SubstanceRule(
        ref=random_ref(),
        substance=substance,
        goods=goods,
        market=market,
        forbidden=forbidden,
        interval_days=interval_days,
        valid_from=valid_from,
        valid_until=valid_until,
        source=source,
        certainty=certainty,
        added_by_id=id_of(by),
        added_at=clock.now(),
    )
    db.session.add(rule)
    db.session.flush()
    announce(SubstanceRuleAdded(rule_id=rule.id, actor_id=id_of(by)))
    return rule


def end_rule(*, rule: SubstanceRule, last_day: dt.date, by: Any) -> None:
    """It counts up to this day."""
    if last_day < rule.valid_from:
        raise Refusal(_l("The last day lies before the first."), field="last_day")
    rule.valid_until = last_day
    db.session.flush()
    announce(SubstanceRuleEnded(rule_id=rule.id, until=last_day.isoformat(), actor_id=id_of(by)))
