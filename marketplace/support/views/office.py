"""Support at the alliance's office: what waits for whom, each claim, what the sources have left, the list for Excel."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, request

from marketplace.accounts import services as people
from marketplace.accounts.again import asks_again
from marketplace.cooperatives import queries as cooperatives
from marketplace.cooperatives.banks import BANKS
from marketplace.foundation import formats
from marketplace.foundation.audit import history_of
from marketplace.foundation.db import transaction
from marketplace.foundation.media.receiving import Clean
from marketplace.foundation.sheets import send_sheet
from marketplace.foundation.web import Form, allow, flash, person, redirect_to, render
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _, _l
from marketplace.support import frozen, policies, queries, services, subjects
from marketplace.support.forms.claim import (
    ToldForm,
    WordsForm,
    payment_form,
    return_form,
    told_form,
    verify_form,
)
from marketplace.support.models import SupportClaim, SupportGrant
from marketplace.support.states import (
    ACTIVITY_LABELS,
    CLAIM_KIND_LABELS,
    CLAIM_LABELS,
    ClaimKind,
    EvidenceKind,
    SupportSource,
)

bp = Blueprint("office_support", __name__, url_prefix="/office/support")
TABS = {"verify": _l("To verify"), "approve": _l("To approve"), "pay": _l("To pay")}


@bp.route("", methods=["GET"])
@allow(policies.keeps_support)
def list() -> Any:
    tab = request.args.get("tab", "verify")
    tab = tab if tab in TABS else "verify"
    page = queries.queue(tab, after=request.args.get("after"))
    budgets = queries.subjects()
    keys = {(each.grant.purpose, each.grant.subject_id) for each in page.rows}
    return render(
        "support/office/list.html",
        page=page,
        tab=tab,
        tabs_told={name: str(label) for name, label in TABS.items()},
        counts=queries.queue_counts(),
        sources=queries.by_source(),
        budgets=budgets,
        current=subjects.current(),
        names=subjects.named(keys | {each.key for each in budgets}),
    )


@bp.route("/export.<any(xlsx, csv):kind>", methods=["GET"])
@allow(policies.keeps_support)
def export(kind: str) -> Any:
    """Every claim that was handed in, with its sums."""
    claims = queries.for_export()
    names = subjects.named({(each.grant.purpose, each.grant.subject_id) for each in claims})
    columns = [
        _("Cooperative"), _("Tax code"), _("Activity"), _("Kind"), _("First day"), _("Act"), _("Claim"), _("State"),
        _("Support promised"), _("Spent"), _("Proven"), _("Supported"), _("Paid ahead"), _("Approved"), _("Paid"),
        _("To be given back"), _("Handed in"), _("Approved at"), _("Bank references"),
    ]  # fmt: skip
    rows = [_row(each, names[each.grant.purpose, each.grant.subject_id].name) for each in claims]
    return send_sheet(_("Support"), columns, rows, kind)


def _row(claim: SupportClaim, activity: str) -> Any:
    grant = claim.grant
    return [
        grant.cooperative.name, grant.cooperative.tax_code, activity, ACTIVITY_LABELS[grant.kind], grant.day,
        grant.terms["act"], CLAIM_KIND_LABELS[claim.kind], CLAIM_LABELS[claim.state], grant.total,
        sum(cost.spent for cost in claim.costs), sum(cost.accepted or 0 for cost in claim.costs), claim.supported,
        claim.advanced, claim.amount, claim.paid, claim.give_back, claim.submitted_at, claim.approved_at,
        ", ".join(each.bank_reference for each in claim.payments),
    ]  # fmt: skip


# --- a claim for a cooperative that calls --------------------------------------------------------------


@bp.route("/promises/<support_grant:grant>/claim", methods=["GET", "POST"])
@allow(policies.can_enter)
def enter(grant: SupportGrant) -> Any:
    """Written down as they say it and labelled so; kept for them to add the papers, or handed in."""
    claim = queries.live_claim(grant.id, ClaimKind.SETTLEMENT)
    if claim is not None and not queries.can_fill_in(claim):
        return redirect_to("office_support.claim", claim=claim)
    form = told_form(grant, claim)
    if form.submitted():
        with form.reporting():
            files = form.files()
            with transaction():
                _write_down(grant, form, files)
                return redirect_to("support_budgets.grant", grant=grant)
    return render(
        "support/office/enter.html",
        grant=grant,
        form=form,
        claim=claim,
        subject=subjects.one(grant.purpose, grant.subject_id),
        heads=frozen.terms_of(grant.terms).heads,
    )


def _write_down(grant: SupportGrant, form: ToldForm, files: Sequence[tuple[EvidenceKind, Clean]]) -> None:
    claim = services.begin(grant=grant, by=person())
    services.fill_in(claim=claim, costs=form.costs(), words=form.words.data or "", by=person())
    for kind, file in files:
        services.add_paper(claim=claim, kind=kind, file=file, by=person())
    if "keep" in request.form:
        flash(_("Kept. The cooperative can add the papers and hand it in."))
        return
    services.submit(claim=claim, told_by=form.told_by.data, by=person())
    flash(_("Handed in for them. Another officer verifies it."))


# --- one claim ----------------------------------------------------------------------------------------


@bp.route("/claims/<support_claim:claim>", methods=["GET"])
@allow(policies.keeps_support)
def claim(claim: SupportClaim) -> Any:
    return _page(claim)


@bp.route("/claims/<support_claim:claim>/verification", methods=["POST"])
@allow(policies.can_verify)
def verify(claim: SupportClaim) -> Any:
    form = verify_form(claim)
    if form.submitted():
        with form.reporting(), transaction():
            services.verify(claim=claim, accepted=form.accepted(claim), by=person())
            flash(_("Verified. Another officer approves it."))
            return redirect_to("office_support.claim", claim=claim)
    return _page(claim, proven=form)


@bp.route("/claims/<support_claim:claim>/changes", methods=["POST"])
@allow(policies.can_ask_changes)
def ask(claim: SupportClaim) -> Any:
    form = WordsForm(prefix="ask-")
    if form.submitted():
        with form.reporting(), transaction():
            services.ask_changes(claim=claim, words=form.words.data, by=person())
            flash(_("Sent back. The cooperative is told what is missing."))
            return redirect_to("office_support.list")
    return _page(claim, ask=form)


@bp.route("/claims/<support_claim:claim>/approval", methods=["POST"])
@allow(policies.can_approve)
def approve(claim: SupportClaim) -> Any:
    form = Form()
    with form.reporting(), transaction():
        services.approve(claim=claim, by=person())
        flash(_("Approved. The cooperative is told."))
        return redirect_to("office_support.claim", claim=claim)
    return _page(claim, form=form)


@bp.route("/claims/<support_claim:claim>/refusal", methods=["POST"])
@allow(policies.can_decline)
def decline(claim: SupportClaim) -> Any:
    form = WordsForm(prefix="no-")
    if form.submitted():
        with form.reporting(), transaction():
            services.decline(claim=claim, words=form.words.data, by=person())
            flash(_("Declined. The cooperative is told why."))
            return redirect_to("office_support.list")
    return _page(claim, no=form)


@bp.route("/claims/<support_claim:claim>/payments", methods=["POST"])
@allow(policies.can_pay)
@asks_again()
def pay(claim: SupportClaim) -> Any:
    form = payment_form(claim)
    if form.submitted():
        with form.reporting(), transaction():
            proposed = people.act_or_propose(
                kind="support-payment",
                subject_id=claim.id,
                told=f"{claim.grant.cooperative.name} · {formats.vnd(form.amount.data, locale())}",
                reason=form.bank_reference.data,
                data={
                    "source": form.source.data,
                    "amount": int(form.amount.data),
                    "bank_reference": form.bank_reference.data,
                    "day": form.day.data.isoformat(),
                },
                by=person(),
            )
            if proposed is not None:
                flash(_("Proposed. Another officer has to agree before it counts as paid."), "wait")
                return redirect_to("office_support.claim", claim=claim)
            flash(_("The payment is noted. The cooperative is told."))
            return redirect_to("office_support.claim", claim=claim)
    return _page(claim, payment=form)


@bp.route("/claims/<support_claim:claim>/returns", methods=["POST"])
@allow(policies.can_note_return)
def note_return(claim: SupportClaim) -> Any:
    form = return_form(claim)
    if form.submitted():
        with form.reporting(), transaction():
            services.note_returned(
                claim=claim,
                source=SupportSource(form.source.data),
                amount=form.amount.data,
                bank_reference=form.bank_reference.data,
                day=form.day.data,
                by=person(),
            )
            flash(_("It is noted that the money came back."))
            return redirect_to("office_support.claim", claim=claim)
    return _page(claim, back_form=form)


def _page(claim: SupportClaim, **forms: Form) -> Any:
    grant = claim.grant
    account = cooperatives.verified_account(grant.cooperative.organisation_id)
    fresh: dict[str, Any] = {
        "proven": verify_form(claim, formdata=None),
        "ask": WordsForm(formdata=None, prefix="ask-"),
        "no": WordsForm(formdata=None, prefix="no-"),
        "payment": payment_form(claim, formdata=None),
        "back_form": return_form(claim, formdata=None),
    }
    return render(
        "support/office/claim.html",
        claim=claim,
        grant=grant,
        subject=subjects.one(grant.purpose, grant.subject_id),
        expected=_expected(claim),
        evidence=frozen.evidence_of(grant.terms),
        account=account,
        bank=BANKS.get(account.bin, account.bin) if account is not None else "",
        history=history_of("support_claim", claim.id),
        **{**fresh, **forms},
    )


def _expected(claim: SupportClaim) -> Any:
    """What would be supported by the costs as they stand, until it is approved and frozen."""
    if claim.kind is ClaimKind.ADVANCE or claim.amount is not None:
        return None
    costs = {cost.head: cost.spent if cost.accepted is None else cost.accepted for cost in claim.costs}
    return frozen.settled(claim.grant.terms, costs, claim.grant.held)
