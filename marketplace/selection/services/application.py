"""An application as its cooperative moves it: begun, filled in, handed in, taken back, withdrawn, completed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from marketplace.cooperatives.models import Cooperative
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce
from marketplace.foundation.reference import random_ref
from marketplace.foundation.text import clean_line, clean_text
from marketplace.foundation.words import _l
from marketplace.selection import notices, queries
from marketplace.selection.events import (
    ApplicationReopened,
    ApplicationStarted,
    ApplicationSubmitted,
    ApplicationWithdrawn,
    InfoAnswered,
)
from marketplace.selection.models import Application, Call, EligibilityAnswer, PreferenceAnswer
from marketplace.selection.purposes import kind_of
from marketplace.selection.queries.eligibility import Standing
from marketplace.selection.services.turn import about, take_turn
from marketplace.selection.states import ApplicationState, Checked, Entered, application_lifecycle


def start(
    *, call: Call, cooperative: Cooperative, entered: Entered = Entered.ONLINE, told_by: str = "", by: Any
) -> Application:
    """A draft, kept from the first step on. `told_by` says who phoned or signed the paper."""
    if not queries.is_open(call):
        raise Refusal(_l("Applications are not open at present."))
    told_by = clean_line(told_by)
    if entered is not Entered.ONLINE and not told_by:
        raise Refusal(_l("Please say who told you, or who signed the paper."), field="told_by")
    application = Application(
        ref=random_ref(),
        call=call,
        cooperative=cooperative,
        state=ApplicationState.DRAFT,
        entered=entered,
        entered_by_id=by.id,
        told_by=told_by,
        made_at=clock.now(),
    )
    db.session.add(application)
    db.session.flush()
    announce(about(ApplicationStarted, application, by, entered=str(entered)))
    return application


def declare(
    *, application: Application, met: Mapping[int, bool], numbers: Mapping[int, int], by: Any
) -> None:
    """What the applicant declares: rule → met, step of the legal order → how many."""
    take_turn(application)
    may_change(application)
    declared = {rule.id for rule in queries.rules_for(application.call) if rule.checked is Checked.DECLARED}
    answers = queries.answers_of(application.id)
    for rule_id in declared & met.keys():
        _answer(application, answers, rule_id, met[rule_id], "")
    asked = {rule.id: rule.ticked for rule in queries.preference_rules(application.call)}
    known = {each.rule_id: each for each in queries.preference_answers(application.id)}
    for rule_id in sorted(asked.keys() & numbers.keys()):
        amount = max(0, int(bool(numbers[rule_id])) if asked[rule_id] else numbers[rule_id])
        if rule_id in known:
            known[rule_id].amount = amount
        else:
            db.session.add(PreferenceAnswer(application_id=application.id, rule_id=rule_id, amount=amount))
    db.session.flush()


def submit(*, application: Application, by: Any) -> None:
    """Handed in, by the server's clock. Raises Refusal with what is missing."""
    take_turn(application)
    if application.state is ApplicationState.DRAFT and not queries.is_open(application.call):
        raise Refusal(_l("The deadline is over: nothing can be handed in any more."))
    kind_of(application.call).complete(application)
    standings = queries.standings(application)
    _meets_the_rules(standings)
    _write_down(application, standings)
    application.submitted_at = clock.now()
    application_lifecycle.advance(application, "submit")
    db.session.flush()
    announce(about(ApplicationSubmitted, application, by))
    notices.handed_in(application)


def reopen(*, application: Application, by: Any) -> None:
    """Back to a draft, until the deadline and before somebody looked at it."""
    take_turn(application)
    if not queries.is_open(application.call):
        raise Refusal(_l("The deadline is over. You can still withdraw the application."))
    application_lifecycle.advance(application, "reopen")
    db.session.flush()
    announce(about(ApplicationReopened, application, by))


def withdraw(*, application: Application, reason: str, by: Any) -> None:
    """Any time, with a reason; who holds a place by it gives it up in the same moment."""
    take_turn(application)
    reason = clean_line(reason)
    if not reason:
        raise Refusal(_l("Please say in a few words why."), field="reason")
    was = application_lifecycle.advance(application, "withdraw")
    application.pending, application.pending_reason = None, ""
    application.reason = reason
    db.session.flush()
    announce(about(ApplicationWithdrawn, application, by, was=str(was), reason=reason))
    if by is not None and not by.is_officer and was is not ApplicationState.DRAFT:
        notices.withdrawn(application)


def answer(*, application: Application, words: str, by: Any) -> None:
    """What was asked for is there: it goes back to the alliance."""
    take_turn(application)
    info = queries.open_info(application.id)
    words = clean_text(words)
    if not words:
        raise Refusal(_l("Please write a few words about what you completed."), field="words")
    kind_of(application.call).complete(application)
    _write_down(application, queries.standings(application))
    application_lifecycle.advance(application, "resubmit")
    if info is not None:
        info.answer, info.answered_at = words, clock.now()
        announce(about(InfoAnswered, application, by, info_id=info.id, words=words))
    db.session.flush()
    notices.answered(application)


def may_change(application: Application) -> None:
    """Raises Refusal when what it asks for stands."""
    if not queries.may_be_edited(application):
        raise Refusal(_l("This application can no longer be changed."))


# --- how it is done ---------------------------------------------------------------------------------


def _meets_the_rules(standings: Sequence[Standing]) -> None:
    missing = [each for each in standings if each.blocks]
    if not missing:
        return
    told = [f"{each.rule.words} {each.note}".strip() for each in missing]
    raise Refusal(
        _l(
            "It cannot be handed in yet: %(rules)s If there is a good reason, please call the alliance.",
            rules=" ".join(told),
        )
    )


def _write_down(application: Application, standings: Sequence[Standing]) -> None:
    """How every rule stands at this moment, by the books as they are now."""
    answers = queries.answers_of(application.id)
    for standing in standings:
        if standing.met is not None:
            _answer(application, answers, standing.rule.id, standing.met, standing.note)
    db.session.flush()


def _answer(
    application: Application, answers: dict[int, EligibilityAnswer], rule_id: int, met: bool, note: str
) -> None:
    if (known := answers.get(rule_id)) is not None:
        known.met, known.note = met, note[:400]
        return
    answers[rule_id] = EligibilityAnswer(
        application_id=application.id, rule_id=rule_id, met=met, note=note[:400]
    )
    db.session.add(answers[rule_id])
