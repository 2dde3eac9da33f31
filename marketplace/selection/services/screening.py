"""Screening: whether an application is complete and within the rules."""

from __future__ import annotations

import datetime as dt
from typing import Any

from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce
from marketplace.foundation.text import clean_line, clean_text
from marketplace.foundation.words import _l
from marketplace.selection import notices, queries
from marketplace.selection.events import (
    ApplicationFailed,
    ApplicationPassed,
    ApplicationRescreened,
    InfoAsked,
    RuleWaived,
    ScreeningBegun,
)
from marketplace.selection.models import Application, EligibilityRule, InfoRequest, Waiver
from marketplace.selection.services.turn import about, take_turn
from marketplace.selection.states import ApplicationState, application_lifecycle


def begin_screening(*, application: Application, by: Any) -> None:
    take_turn(application)
    application_lifecycle.advance(application, "screen")
    db.session.flush()
    announce(about(ScreeningBegun, application, by))


def ask_more(
    *, application: Application, words: str, due_at: dt.datetime | None = None, by: Any
) -> InfoRequest:
    """A letter to the applicant says what is missing, and until when."""
    take_turn(application)
    words = clean_text(words)
    if not words:
        raise Refusal(_l("Please write what is missing."), field="words")
    if due_at is not None and due_at <= clock.now():
        raise Refusal(_l("This day is over. Please choose a later one."), field="due_on")
    application_lifecycle.advance(application, "ask")
    info = InfoRequest(
        application_id=application.id, words=words, due_at=due_at, asked_by_id=by.id, asked_at=clock.now()
    )
    db.session.add(info)
    db.session.flush()
    announce(about(InfoAsked, application, by, info_id=info.id, words=words))
    notices.more_wanted(application, info)
    return info


def pass_screening(*, application: Application, by: Any) -> None:
    """Complete and within the rules. Raises Refusal while a rule that blocks is neither met nor waived."""
    take_turn(application)
    if application.state is not ApplicationState.SCREENING:
        application.reason = ""
    if blocking := queries.missing(application):
        raise Refusal(
            _l(
                "Not met and not waived: %(rules)s",
                rules=" ".join(str(each.rule.words) for each in blocking),
            )
        )
    application_lifecycle.advance(application, "pass")
    _no_longer_prepared(application)
    announce(about(ApplicationPassed, application, by))


def fail(*, application: Application, reason: str, by: Any) -> None:
    """Not within the rules. The applicant reads it only when decisions are released."""
    take_turn(application)
    application_lifecycle.advance(application, "fail")
    application.reason = _needed(reason)
    _no_longer_prepared(application)
    announce(about(ApplicationFailed, application, by, reason=application.reason))


def rescreen(*, application: Application, reason: str, by: Any) -> None:
    """Back to the screening."""
    take_turn(application)
    reason = _needed(reason)
    application_lifecycle.advance(application, "rescreen")
    application.reason = ""
    _no_longer_prepared(application)
    announce(about(ApplicationRescreened, application, by, reason=reason))


def waive(*, application: Application, rule: EligibilityRule, reason: str, by: Any) -> Waiver:
    """A rule that is not met does not stand in the way of this application. For good."""
    take_turn(application)
    waiver = Waiver(
        application_id=application.id, rule_id=rule.id, reason=_needed(reason), by_id=by.id, at=clock.now()
    )
    db.session.add(waiver)
    db.session.flush()
    announce(about(RuleWaived, application, by, rule=rule.words_vi, reason=waiver.reason))
    return waiver


def _needed(reason: str) -> str:
    reason = clean_line(reason)
    if not reason:
        raise Refusal(_l("Please give the reason."), field="reason")
    return reason


def _no_longer_prepared(application: Application) -> None:
    """What was prepared rested on how it stood before."""
    application.pending, application.pending_reason = None, ""
    db.session.flush()
