"""What the sources give for one fair, course or journey, and who is promised how much of it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort

from marketplace.cooperatives import queries as cooperatives
from marketplace.foundation.audit import history_of
from marketplace.foundation.db import transaction
from marketplace.foundation.web import Form, allow, flash, person, redirect_to, render
from marketplace.foundation.words import _
from marketplace.support import policies, queries, services, subjects
from marketplace.support.forms.budget import ReasonForm, budget_form, grant_form, one_member
from marketplace.support.models import SupportGrant
from marketplace.support.states import Head, SupportPurpose, SupportSource

bp = Blueprint("support_budgets", __name__, url_prefix="/office/support/for")
WHERE = f"/<any({', '.join(SupportPurpose)}):purpose>/<int:subject_id>"


@bp.route(WHERE, methods=["GET"])
@allow(policies.keeps_support)
def show(purpose: str, subject_id: int) -> Any:
    return _page(SupportPurpose(purpose), subject_id)


@bp.route(f"{WHERE}/budget", methods=["POST"])
@allow(policies.keeps_support)
def budget(purpose: str, subject_id: int) -> Any:
    kind = SupportPurpose(purpose)
    if subjects.one(kind, subject_id).budget_url:
        abort(404)
    form = budget_form(queries.budgets_of(kind, subject_id))
    if form.submitted():
        with form.reporting(), transaction():
            for source, amount in form.amounts().items():
                services.set_budget(
                    purpose=kind, subject_id=subject_id, source=source, amount=amount, by=person()
                )
            flash(_("The budget is kept."))
            return redirect_to("support_budgets.show", purpose=purpose, subject_id=subject_id)
    return _page(kind, subject_id, planned=form)


@bp.route(f"{WHERE}/grants", methods=["POST"])
@allow(policies.keeps_support)
def promise(purpose: str, subject_id: int) -> Any:
    kind = SupportPurpose(purpose)
    form = grant_form(subjects.one(kind, subject_id))
    if form.submitted():
        with form.reporting(), transaction():
            cooperative = one_member(cooperatives.members_called(form.member.data), form)
            if cooperative is None:
                return _page(kind, subject_id, whom=form)
            made = services.grant(
                purpose=kind, subject_id=subject_id, cooperative=cooperative, **form.values(), by=person()
            )
            flash(_("Promised. %(who)s is told.", who=made.cooperative.label))
            return redirect_to("support_budgets.show", purpose=purpose, subject_id=subject_id)
    return _page(kind, subject_id, whom=form)


@bp.route("/grants/<support_grant:grant>", methods=["GET"])
@allow(policies.keeps_support)
def grant(grant: SupportGrant) -> Any:
    return _grant(grant, ReasonForm(formdata=None))


@bp.route("/grants/<support_grant:grant>/withdrawal", methods=["POST"])
@allow(policies.keeps_support)
def withdraw(grant: SupportGrant) -> Any:
    form = ReasonForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.withdraw(grant=grant, reason=form.reason.data, by=person())
            flash(_("The promise is withdrawn. The cooperative is told why."))
            return redirect_to("support_budgets.grant", grant=grant)
    return _grant(grant, form)


def _grant(grant: SupportGrant, form: ReasonForm) -> Any:
    return render(
        "support/office/grant.html",
        grant=grant,
        form=form,
        subject=subjects.one(grant.purpose, grant.subject_id),
        claims=[each for each in queries.claims_of(grant.id) if each.submitted_at is not None],
        history=history_of("support_grant", grant.id),
    )


def _page(purpose: SupportPurpose, subject_id: int, **forms: Form) -> Any:
    subject = subjects.one(purpose, subject_id)
    budgets = queries.budgets_of(purpose, subject_id)
    grants = queries.grants_for(purpose, subject_id)
    known = subjects.known(purpose, subject_id)
    if not (known or budgets or grants):
        abort(404)
    fresh: dict[str, Any] = {
        "planned": budget_form(budgets, formdata=None),
        "whom": grant_form(subject, formdata=None),
    }
    return render(
        "support/office/subject.html",
        subject=subject,
        budgets=budgets,
        grants=grants,
        sources=[*SupportSource],
        heads=[*Head],
        **{**fresh, **forms},
    )
