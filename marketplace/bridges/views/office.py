"""Deals that began at fairs, at the office: all of them, one, the funnel of each fair, contacts, what was signed."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, request

from marketplace import config
from marketplace.bridges import fair_contact_becomes_request as contacts
from marketplace.bridges import fair_deal_becomes_contract as papers
from marketplace.bridges import forms, policies, queries, services, telling
from marketplace.bridges.models import DealLink, DealObjection, DealPath
from marketplace.bridges.states import PATH_SIDE_LABELS, STEP_LABELS, Step
from marketplace.catalogue import queries as catalogue
from marketplace.fairs.models import Fair, FairDeal, FairLead
from marketplace.fairs.states import DEAL_KIND_LABELS
from marketplace.foundation.audit import history_of
from marketplace.foundation.audit.recorder import acting_for
from marketplace.foundation.db import transaction
from marketplace.foundation.sheets import send_sheet
from marketplace.foundation.web import allow, flash, person, private, redirect_to, render
from marketplace.foundation.words import _, _l
from marketplace.linkage import queries as linkage
from marketplace.linkage.states.contract import ContractSide

bp = Blueprint("office_deals", __name__, url_prefix="/office/deals")
bp.after_request(private)
TABS = {"": _l("Counts for the fair"), "doubted": _l("Objections"), "ended": _l("No longer counted")}
SHEETS = {"xlsx", "csv"}


@bp.route("", methods=["GET"])
@allow(policies.keeps_deals)
def list() -> Any:
    """Narrowed by the address: fair, days, how far they came, words."""
    form = forms.NarrowForm(queries.fairs_with_paths(), formdata=request.args)
    tab = request.args.get("tab", "")
    page = queries.paths(
        **form.values(),
        ended=tab == "ended",
        doubted=tab == "doubted",
        after=request.args.get("after"),
    )
    return render(
        "bridges/office/list.html",
        form=form,
        page=page,
        sums=queries.sums_by_path([row.id for row in page.rows]),
        tabs={key: str(label) for key, label in TABS.items()},
        tab=tab if tab in TABS else "",
        counts={"doubted": queries.count_doubted()},
        months=config.current().deal_months,
    )


@bp.route("/<deal_path:path>", methods=["GET"])
@allow(policies.keeps_deals)
def show(path: DealPath) -> Any:
    return _page(path)


@bp.route("/<deal_path:path>/ending", methods=["POST"])
@allow(policies.ends_path)
def end(path: DealPath) -> Any:
    form = forms.ReasonForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.end_path(path=path, reason=form.reason.data, by=person())
            flash(_("It is no longer counted for the fair."))
            return redirect_to("office_deals.show", path=path)
    return _page(path, ending=form)


@bp.route("/<deal_path:path>/links/<int:number>/removal", methods=["POST"])
@allow(policies.keeps_deals)
def remove(path: DealPath, number: int) -> Any:
    link = _link(path, number)
    form = forms.ReasonForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.remove_link(link=link, reason=form.reason.data, by=person())
            flash(_("The link is removed."))
            return redirect_to("office_deals.show", path=path)
    return _page(path, removing={link.id: form})


@bp.route("/<deal_path:path>/objections/<int:number>/<any(upheld, kept):answer>", methods=["POST"])
@allow(policies.keeps_deals)
def answer(path: DealPath, number: int, answer: str) -> Any:
    objection = _objection(path, number)
    form = forms.AnswerForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.answer_objection(
                objection=objection, upheld=answer == "upheld", words=form.words.data, by=person()
            )
            flash(_("Answered. Both sides are told."))
            return redirect_to("office_deals.show", path=path)
    return _page(path, answering={objection.id: form})


def _page(path: DealPath, **shown: Any) -> Any:
    """One deal; a refused form stands in the place of a fresh one."""
    fresh: dict[str, Any] = {
        "ending": forms.ReasonForm(formdata=None),
        "removing": {},
        "answering": {},
    }
    asked = [shown.get("ending"), *shown.get("removing", {}).values(), *shown.get("answering", {}).values()]
    return render(
        "bridges/office/show.html",
        path=path,
        stages=telling.timeline(path, ContractSide.OFFICE),
        blank=forms.ReasonForm(formdata=None),
        blank_answer=forms.AnswerForm(formdata=None),
        history=history_of("deal_path", path.id),
        sides=PATH_SIDE_LABELS,
        months=config.current().deal_months,
        **{**fresh, **shown},
        refused=next((form for form in asked if form is not None and form.refused), None),
    )


def _link(path: DealPath, number: int) -> DealLink:
    found = next((each for each in path.links if each.id == number), None)
    return found if found is not None and policies.removes_link(person(), found) else abort(404)


def _objection(path: DealPath, number: int) -> DealObjection:
    found = next((each for each in path.objections if each.id == number), None)
    return found if found is not None and policies.answers_objection(person(), found) else abort(404)


# --- each fair ----------------------------------------------------------------------------------------


@bp.route("/fairs", methods=["GET"])
@allow(policies.keeps_deals)
def fairs() -> Any:
    """Every fair from contact to payment; ?as=xlsx or csv takes it away."""
    figures = queries.figures_of_fairs(queries.fairs_with_paths())
    if request.args.get("as") in SHEETS:
        columns = [
            _("Fair"), _("First day"), _("Contacts"), _("Requests"), _("Requested, kg"), _("Quotes"),
            _("Chosen, kg"), _("Contracts signed"), _("Agreed, kg"), _("Value agreed, đ"), _("Called for, kg"),
            _("Delivered, kg"), _("Accepted, kg"), _("Value accepted, đ"), _("Paid, kg"), _("Value paid, đ"),
            _("Declared at the fair, đ"),
        ]  # fmt: skip
        told = [
            [each.fair.name, each.fair.first_day, s.contacts, s.requests, s.requested, s.quotes, s.awarded,
             s.contracts, s.agreed, s.value, s.called, s.delivered, s.accepted, s.accepted_value, s.paid,
             s.paid_value, each.declared.value]
            for each in figures
            for s in [each.sums]
        ]  # fmt: skip
        return send_sheet(_("Deals from fairs"), columns, told, request.args["as"])
    return render(
        "bridges/office/fairs.html",
        figures=figures,
        together=queries.total(each.sums for each in figures),
        declared=sum(each.declared.value for each in figures),
        months=config.current().deal_months,
    )


@bp.route("/fairs/<any_fair:fair>/<step>", methods=["GET"])
@allow(policies.keeps_deals)
def rows(fair: Fair, step: str) -> Any:
    """What a figure of a fair is added up from; ?as=xlsx or csv takes it away."""
    known = Step(step) if step in {*map(str, Step)} else abort(404)
    found = queries.rows_of(fair, known)
    if request.args.get("as") in SHEETS:
        columns = [_("Name"), _("Detail"), _("Kilograms"), _("Sum, đ")]
        told = [[row.name, row.detail, row.kg, row.value] for row in found]
        return send_sheet(f"{fair.slug}-{step}", columns, told, request.args["as"])
    return render(
        "bridges/office/rows.html",
        fair=fair,
        step=known,
        title=STEP_LABELS[known],
        rows=found,
        steps=STEP_LABELS,
        kg=sum(row.kg for row in found if row.kg is not None),
        value=sum(row.value for row in found if row.value is not None),
    )


# --- contacts -----------------------------------------------------------------------------------------


@bp.route("/contacts", methods=["GET"])
@allow(policies.keeps_deals)
def contacts_list() -> Any:
    """Contacts of all stands, or of ?fair=…; people are not named here."""
    every = {str(each.id): each for each in queries.fairs_with_paths()}
    chosen = every.get(request.args.get("fair", ""))
    return render(
        "bridges/office/contacts.html",
        page=queries.contacts_at(chosen, after=request.args.get("after")),
        fairs={"": _("All fairs"), **{key: each.name for key, each in every.items()}},
        chosen=request.args.get("fair", "") if chosen else "",
    )


@bp.route("/contacts/<deal_contact:lead>", methods=["GET", "POST"])
@allow(policies.keeps_deals)
def contact(lead: FairLead) -> Any:
    """Write the request of a buyer down who was met at a stand."""
    form = forms.WriteDownForm(
        contacts.goods_wanted(lead),
        catalogue.goods(),
        queries.buyers_like(lead),
        linkage.buying_organisations(),
    )
    if form.submitted():
        told = form.values()
        with form.reporting(), transaction(), acting_for(told["organisation"].id):
            need = contacts.write_down(lead=lead, **told, by=person())
            flash(_("A draft is begun. Write how much and when."))
            return redirect_to("office_requests.show", need=need)
    return render(
        "bridges/office/contact.html",
        lead=lead,
        form=form,
        need=contacts.request_of(lead),
        invited=queries.invitation_of(lead.id),
    )


# --- what was signed ----------------------------------------------------------------------------------


@bp.route("/signed", methods=["GET"])
@allow(policies.keeps_deals)
def signed_list() -> Any:
    return render(
        "bridges/signed_list.html",
        frame="bridges/frame/office.html",
        page=queries.signed_unlinked(after=request.args.get("after")),
        kinds=DEAL_KIND_LABELS,
        there="office_deals",
    )


@bp.route("/signed/<deal_signed:deal>", methods=["GET", "POST"])
@allow(policies.links_signed)
def signed(deal: FairDeal) -> Any:
    return link_signed(deal, "office_deals", "bridges/frame/office.html")


def link_signed(deal: FairDeal, there: str, frame: str) -> Any:
    """The same page for the alliance and for the cooperative that signed."""
    form = forms.ContractForm(papers.suggestions(deal))
    if form.submitted():
        with form.reporting(), transaction():
            contract = form.found[form.contract.data].contract
            made = papers.confirm(deal=deal, contract=contract, by=person())
            flash(_("Linked. Its value is counted as it is delivered here."))
            return redirect_to(f"{there}.show", path=made.path)
    return render(
        "bridges/signed.html",
        frame=frame,
        there=there,
        deal=deal,
        kinds=DEAL_KIND_LABELS,
        form=form,
        months=config.current().deal_months,
    )
