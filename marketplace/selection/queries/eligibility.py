"""Rules of eligibility and the legal order of preference, and how an application stands by them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import or_, select

from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.selection.counting import COUNTED
from marketplace.selection.models import (
    Application,
    Call,
    EligibilityAnswer,
    EligibilityRule,
    PreferenceAnswer,
    PreferenceRule,
    Waiver,
)
from marketplace.selection.purposes import kind_of
from marketplace.selection.states import ApplicationState, Checked


@dataclass(frozen=True)
class Standing:
    """One rule and how an application meets it; `met` None: not answered yet."""

    rule: EligibilityRule
    met: bool | None
    note: str
    waiver: Waiver | None

    @property
    def blocks(self) -> bool:
        return self.rule.blocks and not self.met and self.waiver is None


def deciding_day(call: Call) -> dt.date:
    """Rules of the day on which the call closes hold for all its applicants alike."""
    return clock.to_local(call.closes_at).date()


def _on(rule: Any, day: dt.date) -> Any:
    return (rule.valid_from <= day) & or_(rule.valid_until.is_(None), rule.valid_until >= day)


def rules_for(call: Call) -> Sequence[EligibilityRule]:
    """Those that hold for this call."""
    rule = EligibilityRule
    return db.session.scalars(
        select(rule)
        .where(_on(rule, deciding_day(call)), rule.purpose.in_(["", str(call.purpose)]))
        .order_by(rule.position, rule.id)
    ).all()


def rule(rule_id: int) -> EligibilityRule | None:
    return db.session.get(EligibilityRule, rule_id)


def all_rules() -> Sequence[EligibilityRule]:
    rule = EligibilityRule
    return db.session.scalars(select(rule).order_by(rule.position, rule.valid_from.desc(), rule.id)).all()


def answers_of(application_id: int) -> dict[int, EligibilityAnswer]:
    rows = db.session.scalars(
        select(EligibilityAnswer).where(EligibilityAnswer.application_id == application_id)
    )
    return {row.rule_id: row for row in rows}


def waivers_of(application_id: int) -> dict[int, Waiver]:
    rows = db.session.scalars(select(Waiver).where(Waiver.application_id == application_id))
    return {row.rule_id: row for row in rows}


def standings(application: Application) -> list[Standing]:
    """Every rule of the call. While it may be changed the books are asked; after that what was written down holds."""
    answers, waivers = answers_of(application.id), waivers_of(application.id)
    asked_now = application.state in (ApplicationState.DRAFT, ApplicationState.MORE_INFO)
    return [
        Standing(rule, *_met(application, rule, answers, asked_now), waivers.get(rule.id))
        for rule in rules_for(application.call)
    ]


def _met(
    application: Application, rule: EligibilityRule, answers: dict[int, EligibilityAnswer], asked_now: bool
) -> tuple[bool | None, str]:
    if rule.checked is Checked.COUNTED and (asked_now or rule.id not in answers):
        count = COUNTED.get(rule.code)
        if count is None:  # a rule whose books are gone is a matter for people
            return None, ""
        last_day = kind_of(application.call).last_day(application.call.subject_id)
        return count(application.cooperative, last_day)
    answer = answers.get(rule.id)
    return (answer.met, answer.note) if answer is not None else (None, "")


def missing(application: Application) -> list[Standing]:
    """What keeps it from being handed in."""
    return [each for each in standings(application) if each.blocks]


# --- the legal order --------------------------------------------------------------------------------


def preference_rules(call: Call) -> Sequence[PreferenceRule]:
    """In the legal order."""
    rule = PreferenceRule
    return db.session.scalars(
        select(rule).where(_on(rule, deciding_day(call))).order_by(rule.position, rule.id)
    ).all()


def all_preference_rules() -> Sequence[PreferenceRule]:
    rule = PreferenceRule
    return db.session.scalars(select(rule).order_by(rule.position, rule.valid_from.desc(), rule.id)).all()


def preference_rule(rule_id: int) -> PreferenceRule | None:
    return db.session.get(PreferenceRule, rule_id)


def preference_answers(application_id: int) -> Sequence[PreferenceAnswer]:
    return db.session.scalars(
        select(PreferenceAnswer)
        .join(PreferenceAnswer.rule)
        .where(PreferenceAnswer.application_id == application_id)
        .order_by(PreferenceRule.position, PreferenceRule.id)
    ).all()


def preferences(application_ids: Collection[int]) -> dict[int, tuple[int, ...]]:
    """Application → what it declared, step by step in the legal order: the greater tuple stands before.

    Every tuple of one call is equally long; what was not declared is 0. Two statements for each call.
    """
    ids = sorted(set(application_ids))
    if not ids:
        return {}
    told: dict[int, dict[int, int]] = {}
    for row in db.session.scalars(select(PreferenceAnswer).where(PreferenceAnswer.application_id.in_(ids))):
        told.setdefault(row.application_id, {})[row.rule_id] = row.amount
    rows = db.session.execute(
        select(Application.id, Call).join(Application.call).where(Application.id.in_(ids))
    ).all()
    calls = {row[1].id: row[1] for row in rows}
    orders = {id: [rule.id for rule in preference_rules(call)] for id, call in calls.items()}
    return {
        row[0]: tuple(told.get(row[0], {}).get(rule_id, 0) for rule_id in orders[row[1].id]) for row in rows
    }
