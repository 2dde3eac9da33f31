"""Officers look at what visitors found wrong, take things down, and decide about appeals."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, request
from flask_login import current_user

from marketplace.foundation.audit import history_of
from marketplace.foundation.db import transaction
from marketplace.foundation.web import Form, allow, flash, person, redirect_to, render
from marketplace.foundation.words import _, _l
from marketplace.moderation import matters, policies, queries, services
from marketplace.moderation.forms import DecideForm, PressForm, TakeDownForm
from marketplace.moderation.models import Takedown
from marketplace.moderation.states import (
    OUTCOME_LABELS,
    REASON_LABELS,
    TAKEDOWN_LABELS,
    TAKEDOWN_TONES,
    ReportReason,
    TakedownState,
)
from marketplace.moderation.views.withheld import withheld_photo

bp = Blueprint("office_moderation", __name__, url_prefix="/office/moderation")
T = TakedownState
TABS = {
    "reports": (_l("Reported by visitors"), ()),
    "appeals": (_l("Appeals"), (T.APPEALED,)),
    "down": (_l("Taken down"), (T.STANDING, T.UPHELD)),
    "back": (_l("Shown again"), (T.RESTORED, T.MENDED)),
}


@bp.route("", methods=["GET"])
@allow(policies.moderates)
def queue() -> Any:
    tab = request.args.get("tab", "reports")
    tab = tab if tab in TABS else "reports"
    after = request.args.get("after")
    return render(
        "moderation/office/queue.html",
        page=queries.open_reports(after) if tab == "reports" else queries.takedowns_in(TABS[tab][1], after),
        tab=tab,
        tabs=TABS,
        counts=dict(zip(("reports", "appeals"), queries.count_waiting(), strict=True)),
        kinds=matters.KINDS,
        reasons=REASON_LABELS,
        labels=TAKEDOWN_LABELS,
        tones=TAKEDOWN_TONES,
    )


@bp.route(f"/things/<any({', '.join(matters.KINDS)}):kind>/<int(max=2147483647):number>", methods=["GET"])
@allow(policies.moderates)
def thing(kind: str, number: int) -> Any:
    return _page(kind, number)


@bp.route(
    f"/things/<any({', '.join(matters.KINDS)}):kind>/<int(max=2147483647):number>/keeping", methods=["POST"]
)
@allow(policies.moderates)
def keep(kind: str, number: int) -> Any:
    form = PressForm()
    with form.reporting(), transaction():
        services.keep(kind=kind, subject_id=number, by=person())
        flash(_("Written down: it stays. Whoever left an e-mail is told."))
        return redirect_to("office_moderation.queue")
    return _page(kind, number, form)


@bp.route(
    f"/things/<any({', '.join(matters.KINDS)}):kind>/<int(max=2147483647):number>/taking-down",
    methods=["POST"],
)
@allow(policies.moderates)
def take_down(kind: str, number: int) -> Any:
    form = TakeDownForm()
    if form.submitted():
        with form.reporting(), transaction():
            matter = matters.find(kind, number)
            if matter is None:
                abort(409)
            made = services.take_down(
                matter=matter, reason=ReportReason(form.reason.data), words=form.words.data, by=person()
            )
            flash(_("Taken down. The owner is told why and can appeal."))
            return redirect_to("office_moderation.show", takedown=made)
    return _page(kind, number, form)


@bp.route("/takedowns/<office_takedown:takedown>", methods=["GET"])
@allow(policies.moderates)
def show(takedown: Takedown) -> Any:
    return _case(takedown)


@bp.route("/takedowns/<office_takedown:takedown>/photo", methods=["GET"])
@allow(policies.moderates)
def photo(takedown: Takedown) -> Any:
    return withheld_photo(takedown)


@bp.route("/takedowns/<office_takedown:takedown>/<any(upholding, restoring):step>", methods=["POST"])
@allow(lambda user, takedown, step: policies.moderates(user))
def decide(takedown: Takedown, step: str) -> Any:
    upholds = step == "upholding"
    may = policies.can_decide if upholds else policies.can_restore
    if not may(current_user, takedown):
        abort(409)
    form = DecideForm()
    if form.submitted():
        with form.reporting(), transaction():
            verb = services.uphold if upholds else services.restore
            verb(takedown=takedown, words=form.words.data, by=person())
            flash(_("It stays taken down.") if upholds else _("It is shown again, as it was."))
            return redirect_to("office_moderation.show", takedown=takedown)
    return _case(takedown, form)


def _page(kind: str, number: int, form: Form | None = None) -> Any:
    matter = matters.find(kind, number)
    standing = queries.living_takedown(kind, number)
    reports = queries.reports_of(kind, number)
    if matter is None and standing is None and not reports:
        abort(404)
    return render(
        "moderation/office/thing.html",
        kind=kind,
        number=number,
        matter=matter,
        standing=standing,
        reports=reports,
        waiting=any(report.outcome is None for report in reports),
        label=matter.label if matter else (standing.label if standing else reports[0].label),
        kinds=matters.KINDS,
        reasons=REASON_LABELS,
        outcomes=OUTCOME_LABELS,
        form=form if isinstance(form, TakeDownForm) else TakeDownForm(formdata=None),
        pressed=form if isinstance(form, PressForm) else PressForm(formdata=None),
    )


def _case(takedown: Takedown, form: DecideForm | None = None) -> Any:
    form = form or DecideForm(formdata=None)
    if takedown.ours:
        form.words.label.text = _("Why it is given back")
    return render(
        "moderation/office/takedown.html",
        takedown=takedown,
        photo=matters.photo_of(takedown.kind, takedown.subject_id),
        kinds=matters.KINDS,
        reasons=REASON_LABELS,
        labels=TAKEDOWN_LABELS,
        tones=TAKEDOWN_TONES,
        form=form,
        history=history_of("takedown", takedown.id),
    )
