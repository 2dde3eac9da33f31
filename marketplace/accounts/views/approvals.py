"""What waits for a second officer, and what became of it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request

from marketplace.accounts import policies, queries, services
from marketplace.accounts.again import asks_again
from marketplace.accounts.approvable import KINDS
from marketplace.accounts.forms import PressForm, ReasonForm
from marketplace.accounts.models import Approval
from marketplace.accounts.states import APPROVAL_LABELS, APPROVAL_TONES
from marketplace.foundation.audit import history_of
from marketplace.foundation.db import transaction
from marketplace.foundation.web import Form, allow, flash, person, redirect_to, render
from marketplace.foundation.words import _

bp = Blueprint("approvals", __name__, url_prefix="/office/approvals")


@bp.route("", methods=["GET"])
@allow(policies.answers_approvals)
def list() -> Any:
    return render(
        "accounts/approvals/list.html",
        waiting=queries.open_approvals(),
        page=queries.ended_approvals(request.args.get("after")),
        kinds=KINDS,
        labels=APPROVAL_LABELS,
        tones=APPROVAL_TONES,
    )


@bp.route("/<approval:approval>", methods=["GET"])
@allow(policies.answers_approvals)
def show(approval: Approval) -> Any:
    return _page(approval)


@bp.route("/<approval:approval>/agreement", methods=["POST"])
@allow(policies.can_agree)
@asks_again()
def agree(approval: Approval) -> Any:
    form = PressForm()
    with form.reporting(), transaction():
        services.agree(approval=approval, by=person())
        flash(_("Agreed, and done."))
        return redirect_to("approvals.list")
    return _page(approval, form=form)


@bp.route("/<approval:approval>/refusal", methods=["POST"])
@allow(policies.can_agree)
def decline(approval: Approval) -> Any:
    form = ReasonForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.decline(approval=approval, words=form.reason.data, by=person())
            flash(_("Not agreed. Whoever proposed it is told why."))
            return redirect_to("approvals.list")
    return _page(approval, no=form)


@bp.route("/<approval:approval>/withdrawal", methods=["POST"])
@allow(policies.can_take_back)
def take_back(approval: Approval) -> Any:
    form = PressForm()
    with form.reporting(), transaction():
        services.take_back(approval=approval, by=person())
        flash(_("Taken back: nothing happens."))
        return redirect_to("approvals.list")
    return _page(approval, form=form)


def _page(approval: Approval, form: Form | None = None, no: Form | None = None) -> Any:
    return render(
        "accounts/approvals/show.html",
        one=approval,
        kind=KINDS[approval.kind],
        form=form or PressForm(),
        no=no or ReasonForm(),
        history=history_of("approval", approval.id),
        labels=APPROVAL_LABELS,
        tones=APPROVAL_TONES,
    )
