"""A cooperative's support: what it may receive, what was promised, how far each claim is."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, request

from marketplace.cooperatives import queries as cooperatives
from marketplace.cooperatives.models import Cooperative
from marketplace.foundation import clock
from marketplace.foundation.audit import history_of
from marketplace.foundation.db import transaction
from marketplace.foundation.media import send_document
from marketplace.foundation.web import Form, allow, flash, person, redirect_to, render
from marketplace.foundation.words import _
from marketplace.support import frozen, policies, queries, services, subjects
from marketplace.support.forms.claim import advance_form, costs_form, paper_form
from marketplace.support.models import ClaimPaper, SupportClaim, SupportGrant
from marketplace.support.states import ClaimKind, ClaimState, EvidenceKind

bp = Blueprint("support", __name__, url_prefix="/desk/support")


def _own() -> Cooperative:
    return cooperatives.desk_cooperative(person()) or abort(404)


@bp.route("", methods=["GET"])
@allow(policies.has_support)
def list() -> Any:
    """What the cooperative may receive this year, and what was promised."""
    own = _own()
    page = queries.grants_of(own.id, after=request.args.get("after"))
    return render(
        "support/desk/list.html",
        page=page,
        claims=queries.claims_of_grants([grant.id for grant in page.rows]),
        names=subjects.named([(grant.purpose, grant.subject_id) for grant in page.rows]),
        offers=queries.offers(own, clock.today()),
    )


@bp.route("/<own_support:grant>", methods=["GET"])
@allow(policies.acts_for_grant)
def grant(grant: SupportGrant) -> Any:
    return _page(grant)


@bp.route("/<own_support:grant>/advance", methods=["POST"])
@allow(policies.can_claim)
def advance(grant: SupportGrant) -> Any:
    """Ask for a part ahead; once more with another sum when it was sent back."""
    form = advance_form(grant)
    if form.submitted():
        with form.reporting(), transaction():
            found = queries.live_claim(grant.id, ClaimKind.ADVANCE)
            told = {"amount": form.amount.data, "words": form.words.data or "", "by": person()}
            if found is not None and found.state is ClaimState.CHANGES_REQUESTED:
                services.change_advance(claim=found, **told)
            else:
                services.ask_advance(grant=grant, **told)
            flash(_("Handed in. The alliance looks at it and writes to you."))
            return redirect_to("support.grant", grant=grant)
    return _page(grant, ahead=form)


@bp.route("/<own_support:grant>/claim", methods=["POST"])
@allow(policies.can_claim)
def begin(grant: SupportGrant) -> Any:
    form = Form()
    with form.reporting(), transaction():
        services.begin(grant=grant, by=person())
        return redirect_to("support.grant", grant=grant)
    return _page(grant, form=form)


@bp.route("/claims/<own_support_claim:claim>/costs", methods=["POST"])
@allow(policies.can_fill_in)
def costs(claim: SupportClaim) -> Any:
    form = costs_form(claim)
    if form.submitted():
        with form.reporting(), transaction():
            services.fill_in(claim=claim, costs=form.costs(), words=form.words.data or "", by=person())
            flash(_("Your costs are kept."))
            return redirect_to("support.grant", grant=claim.grant)
    return _page(claim.grant, spent=form)


@bp.route("/claims/<own_support_claim:claim>/papers", methods=["POST"])
@allow(policies.can_fill_in)
def add_paper(claim: SupportClaim) -> Any:
    form = paper_form(claim)
    if form.submitted():
        with form.reporting():
            file = form.clean()
            with transaction():
                services.add_paper(claim=claim, kind=EvidenceKind(form.kind.data), file=file, by=person())
                flash(_("The paper is kept."))
                return redirect_to("support.grant", grant=claim.grant)
    return _page(claim.grant, paper=form)


@bp.route("/papers/<support_paper:paper>", methods=["GET"])
@allow(policies.can_read_paper)
def paper(paper: ClaimPaper) -> Any:
    """For its cooperative, and for officers once the claim was handed in."""
    return send_document(paper.document)


@bp.route("/claims/<own_support_claim:claim>/papers/<support_paper:paper>/removal", methods=["POST"])
@allow(policies.can_fill_in)
def remove_paper(claim: SupportClaim, paper: ClaimPaper) -> Any:
    if paper.claim_id != claim.id:
        abort(404)
    form = Form()
    with form.reporting(), transaction():
        services.remove_paper(paper=paper, by=person())
        flash(_("The paper is taken away."))
        return redirect_to("support.grant", grant=claim.grant)
    return _page(claim.grant, form=form)


@bp.route("/claims/<own_support_claim:claim>/submission", methods=["POST"])
@allow(policies.can_fill_in)
def submit(claim: SupportClaim) -> Any:
    form = Form()
    with form.reporting(), transaction():
        services.submit(claim=claim, by=person())
        flash(_("Handed in. The alliance looks at it and writes to you."))
        return redirect_to("support.grant", grant=claim.grant)
    return _page(claim.grant, form=form)


def _page(grant: SupportGrant, **forms: Form) -> Any:
    """The promise, and what its claim still lacks; a refused form stands in the place of a fresh one."""
    claims = queries.claims_of(grant.id)
    live = {each.kind: each for each in claims if each.state is not ClaimState.DECLINED}
    settlement, ahead = live.get(ClaimKind.SETTLEMENT), live.get(ClaimKind.ADVANCE)
    filling = settlement is not None and policies.can_fill_in(person(), settlement)
    fresh: dict[str, Any] = {"ahead": advance_form(grant, ahead, formdata=None)}
    if settlement is not None and filling:
        fresh |= {
            "spent": costs_form(settlement, formdata=None),
            "paper": paper_form(settlement, formdata=None),
            "missing": queries.missing(settlement),
            "expected": frozen.settled(
                grant.terms, {cost.head: cost.spent for cost in settlement.costs}, grant.held
            ),
        }
    return render(
        "support/desk/grant.html",
        grant=grant,
        subject=subjects.one(grant.purpose, grant.subject_id),
        claims=claims,
        settlement=settlement,
        advance=ahead,
        filling=filling,
        most_ahead=queries.advance_room(grant),
        evidence=frozen.evidence_of(grant.terms),
        history=history_of("support_grant", grant.id),
        **{**fresh, **forms},
    )
