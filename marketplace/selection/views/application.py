"""One application at the office: screened, waived, put into a band, decided in private."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint

from marketplace.foundation.audit import history_of
from marketplace.foundation.db import transaction
from marketplace.foundation.web import Form, allow, flash, person, redirect_to, render
from marketplace.foundation.words import _
from marketplace.inbox import queries as inbox
from marketplace.selection import policies, queries, services
from marketplace.selection.forms.application import (
    AskForm,
    DecisionForm,
    PressForm,
    PriorityForm,
    ReasonForm,
)
from marketplace.selection.models import Application, EligibilityRule
from marketplace.selection.purposes import kind_of
from marketplace.selection.states import Decision, application_lifecycle

bp = Blueprint("selection_application", __name__, url_prefix="/office/selection/applications")


@bp.route("/<office_application:application>", methods=["GET"])
@allow(policies.screens)
def show(application: Application) -> Any:
    return _page(application)


@bp.route("/<office_application:application>/screening", methods=["POST"])
@allow(policies.screens)
def screen(application: Application) -> Any:
    def do(_form: PressForm) -> None:
        services.begin_screening(application=application, by=person())

    return _done(application, PressForm(), "press", _("You are screening it."), do)


@bp.route("/<office_application:application>/pass", methods=["POST"])
@allow(policies.screens)
def pass_on(application: Application) -> Any:
    def do(_form: PressForm) -> None:
        services.pass_screening(application=application, by=person())

    return _done(application, PressForm(), "press", _("Passed: reviewers see it now."), do)


@bp.route("/<office_application:application>/more", methods=["POST"])
@allow(policies.screens)
def more(application: Application) -> Any:
    def ask(form: AskForm) -> None:
        services.ask_more(application=application, words=form.words.data, due_at=form.due_at, by=person())

    return _done(application, AskForm(prefix="more-"), "ask", _("Asked. A letter is on its way."), ask)


@bp.route("/<office_application:application>/fail", methods=["POST"])
@allow(policies.screens)
def fail(application: Application) -> Any:
    def do(form: ReasonForm) -> None:
        services.fail(application=application, reason=form.reason.data, by=person())

    return _done(application, ReasonForm(prefix="fail-"), "fail", _("Noted: not eligible."), do)


@bp.route("/<office_application:application>/again", methods=["POST"])
@allow(policies.screens)
def again(application: Application) -> Any:
    def do(form: ReasonForm) -> None:
        services.rescreen(application=application, reason=form.reason.data, by=person())

    return _done(application, ReasonForm(prefix="again-"), "again", _("It is screened once more."), do)


@bp.route("/<office_application:application>/withdrawal", methods=["POST"])
@allow(policies.screens)
def withdraw(application: Application) -> Any:
    """Told by phone or letter."""

    def do(form: ReasonForm) -> None:
        services.withdraw(application=application, reason=form.reason.data, by=person())

    return _done(application, ReasonForm(prefix="withdraw-"), "withdraw", _("Withdrawn."), do)


@bp.route("/<office_application:application>/waivers/<eligibility_rule:rule>", methods=["POST"])
@allow(policies.screens)
def waive(application: Application, rule: EligibilityRule) -> Any:
    def do(form: ReasonForm) -> None:
        services.waive(application=application, rule=rule, reason=form.reason.data, by=person())

    return _done(
        application,
        ReasonForm(prefix="waive-"),
        "waive",
        _("The rule does not stand in its way any more."),
        do,
    )


@bp.route("/<office_application:application>/priority", methods=["POST"])
@allow(policies.screens)
def priority(application: Application) -> Any:
    def do(form: PriorityForm) -> None:
        services.change_priority(
            application=application, band=form.band.data, reason=form.reason.data, by=person()
        )

    return _done(application, PriorityForm(prefix="band-"), "priority", _("The band is changed."), do)


@bp.route("/<office_application:application>/decision", methods=["POST"])
@allow(policies.screens)
def decide(application: Application) -> Any:
    """Prepared in private."""

    def do(form: DecisionForm) -> None:
        if not form.decision.data:
            services.take_back_decision(application=application, by=person())
            return
        services.prepare_decision(
            application=application,
            decision=Decision(form.decision.data),
            reason=form.reason.data or "",
            by=person(),
        )

    return _done(
        application,
        DecisionForm(prefix="decision-"),
        "decision",
        _("Prepared. Nobody outside sees it yet."),
        do,
    )


# --- how it is done ---------------------------------------------------------------------------------


def _done(application: Application, form: Any, name: str, words: str, act: Callable[[Any], None]) -> Any:
    if form.submitted():
        with form.reporting(), transaction():
            act(form)
            flash(words)
            return redirect_to("selection_application.show", application=application)
    return _page(application, **{name: form})


def _page(application: Application, **forms: Form) -> Any:
    kind = kind_of(application.call)
    merits = queries.merit(application.call_id)
    moves = {each.name for each in application_lifecycle if application.state in each.origins}
    shown: dict[str, Form] = {
        "press": PressForm(),
        "ask": AskForm(prefix="more-"),
        "fail": ReasonForm(prefix="fail-"),
        "again": ReasonForm(prefix="again-"),
        "withdraw": ReasonForm(prefix="withdraw-"),
        "waive": ReasonForm(prefix="waive-"),
        "priority": PriorityForm(prefix="band-"),
        "decision": DecisionForm(
            prefix="decision-",
            data={"decision": application.pending or "", "reason": application.pending_reason},
        ),
        **forms,
    }
    return render(
        "selection/office/application.html",
        application=application,
        moves=moves,
        screening=bool(moves & {"screen", "ask", "pass", "fail", "rescreen"}),
        deciding=bool(moves & {"approve", "waitlist", "reject"}),
        entry=inbox.newest_about(kind.entry, application.id) if kind.entry else None,
        standings=queries.standings(application),
        preferences=queries.preference_answers(application.id),
        infos=queries.infos_of(application.id),
        merit=merits.get(application.id),
        reviews=queries.reviews_of(application.id),
        changes=queries.priority_changes(application.id),
        history=history_of("application", application.id, limit=40),
        panel=kind.template,
        told=kind.fill(application),
        **shown,
    )
