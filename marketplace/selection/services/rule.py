"""Rules of eligibility and the steps of the legal order, dated: added, ended, never rewritten."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import update

from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.text import clean_line, slug
from marketplace.foundation.words import _l
from marketplace.selection.counting import COUNTED
from marketplace.selection.events import RuleAdded, RuleEnded, StepAdded, StepEnded
from marketplace.selection.models import EligibilityRule, PreferenceRule
from marketplace.selection.states import Checked


def add_rule(
    *,
    checked: Checked,
    words_vi: str,
    words_en: str,
    source: str,
    valid_from: dt.date,
    code: str = "",
    purpose: str = "",
    blocks: bool = True,
    position: int = 50,
    by: Any,
) -> EligibilityRule:
    """A rule that holds from a day on. One that is counted needs a `code` the books know."""
    if checked is Checked.COUNTED and code not in COUNTED:
        raise Refusal(_l("The books do not know how to count this. Let it be declared."), field="code")
    rule = EligibilityRule(
        code=code or slug(words_vi, 40),
        purpose=purpose,
        checked=checked,
        blocks=blocks,
        words_vi=clean_line(words_vi),
        words_en=clean_line(words_en) or clean_line(words_vi),
        source=clean_line(source),
        valid_from=valid_from,
        position=position,
    )
    db.session.add(rule)
    db.session.flush()
    announce(RuleAdded(rule_id=rule.id, rule=rule.words_vi, actor_id=id_of(by)))
    return rule


def end_rule(*, rule: EligibilityRule, last_day: dt.date, by: Any) -> None:
    """It holds until this day; calls that closed before keep what was asked of them."""
    db.session.refresh(rule, with_for_update=True)
    if last_day < rule.valid_from:
        raise Refusal(_l("The last day must not be before the first one."), field="last_day")
    rule.valid_until = last_day
    db.session.flush()
    announce(RuleEnded(rule_id=rule.id, rule=rule.words_vi, actor_id=id_of(by)))


def add_step(
    *,
    words_vi: str,
    words_en: str,
    source: str,
    ticked: bool,
    valid_from: dt.date,
    after: PreferenceRule | None,
    by: Any,
) -> PreferenceRule:
    """A step of the legal order from a day on, right after another one, or first of all.

    Those behind it move back by one: nothing changes between them. Never from a day before today: calls that closed
    keep the order by which they were decided.
    """
    if valid_from < clock.today():
        raise Refusal(
            _l("From today on at the earliest: calls that closed keep their order."), field="valid_from"
        )
    db.session.execute(
        update(PreferenceRule)
        .where(PreferenceRule.position > (after.position if after is not None else 0))
        .values(position=PreferenceRule.position + 1)
    )
    step = PreferenceRule(
        code=slug(words_vi, 40),
        ticked=ticked,
        words_vi=clean_line(words_vi),
        words_en=clean_line(words_en) or clean_line(words_vi),
        source=clean_line(source),
        valid_from=valid_from,
        position=after.position + 1 if after is not None else 1,
    )
    db.session.add(step)
    db.session.flush()
    announce(StepAdded(step_id=step.id, step=step.words_vi, actor_id=id_of(by)))
    return step


def end_step(*, step: PreferenceRule, last_day: dt.date, by: Any) -> None:
    """It counts until this day, today at the earliest."""
    db.session.refresh(step, with_for_update=True)
    if last_day < max(step.valid_from, clock.today()):
        raise Refusal(_l("Today at the earliest: calls that closed keep their order."), field="last_day")
    step.valid_until = last_day
    db.session.flush()
    announce(StepEnded(step_id=step.id, step=step.words_vi, actor_id=id_of(by)))
