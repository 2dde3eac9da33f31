"""Complaints to the alliance: whoever complains writes and reads them in their account, the office answers."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Any

from flask import Blueprint, request

from marketplace.accounts import queries as accounts
from marketplace.accounts.models import Person
from marketplace.accounts.states import Desk, OrganisationKind
from marketplace.cooperatives import queries as cooperatives
from marketplace.cooperatives.models import Cooperative
from marketplace.foundation.audit import history_of
from marketplace.foundation.db import transaction
from marketplace.foundation.web import Form, allow, flash, person, private, redirect_to, render, signed_in
from marketplace.foundation.words import _, _l
from marketplace.helping import policies, queries, services
from marketplace.helping.forms import (
    AnswerForm,
    AppealForm,
    AssignForm,
    ComplaintForm,
    OwnComplaintForm,
    PressForm,
    ToldComplaintForm,
    one_member,
)
from marketplace.helping.models import AllianceComplaint
from marketplace.helping.states import ENDED, TO_DO, ComplaintState, Topic

account = Blueprint("complaints", f"{__name__}.account", url_prefix="/account/complaints")
office = Blueprint("office_complaints", f"{__name__}.office", url_prefix="/office/complaints")
account.after_request(private)
office.after_request(private)
TABS = {
    "todo": (_l("To do"), TO_DO),
    "answered": (_l("Answered"), (ComplaintState.ANSWERED,)),
    "ended": (_l("Ended"), ENDED),
}


@account.route("", methods=["GET"])
@allow(signed_in)
def list() -> Any:
    return render(
        "helping/complaint/list.html", page=queries.complaints_of(person().id, request.args.get("after"))
    )


@account.route("/new", methods=["GET", "POST"])
@allow(signed_in)
def new() -> Any:
    form = OwnComplaintForm(_organisations(), data={"once": secrets.token_hex(12)})
    if form.submitted():
        against = _against(form)
        if not form.against.errors:
            with form.reporting(), transaction():
                made = services.complain(
                    topic=Topic(form.topic.data),
                    words=form.words.data,
                    person=person(),
                    organisation=form.organisations.get(form.organisation.data),
                    against=against.organisation if against is not None else None,
                    about=form.about.data or "",
                    once=(form.once.data or "")[:32],
                    by=person(),
                )
                flash(_("We have your complaint. Only the officers who look into it read it."))
                return redirect_to("complaints.show", own_complaint=made)
    return render("helping/complaint/new.html", form=form)


@account.route("/<own_complaint:own_complaint>", methods=["GET"])
@allow(policies.complained)
def show(own_complaint: AllianceComplaint) -> Any:
    return _page(own_complaint, AppealForm(formdata=None))


@account.route("/<own_complaint:own_complaint>/appeal", methods=["POST"])
@allow(policies.may_appeal)
def appeal(own_complaint: AllianceComplaint) -> Any:
    form = AppealForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.appeal(complaint=own_complaint, words=form.words.data, by=person())
            flash(_("It is opened once more."))
            return redirect_to("complaints.show", own_complaint=own_complaint)
    return _page(own_complaint, form)


@account.route("/<own_complaint:own_complaint>/withdrawal", methods=["POST"])
@allow(policies.may_withdraw)
def withdraw(own_complaint: AllianceComplaint) -> Any:
    form = PressForm()
    with form.reporting(), transaction():
        services.withdraw(complaint=own_complaint, by=person())
        flash(_("Taken back. Nothing more is done."))
        return redirect_to("complaints.show", own_complaint=own_complaint)
    return _page(own_complaint, form)


def _page(complaint: AllianceComplaint, form: Form) -> Any:
    return render(
        "helping/complaint/show.html",
        complaint=complaint,
        form=form if "words" in form else AppealForm(formdata=None),
        refused=form,
    )


def _organisations() -> Any:
    return [
        m.organisation for m in person().memberships if m.organisation.kind is not OrganisationKind.ALLIANCE
    ]


def _against(form: ComplaintForm) -> Cooperative | None:
    written = form.against.data or ""
    return one_member(cooperatives.members_called(written), written, form.against)


@office.route("", methods=["GET"], endpoint="list")
@allow(policies.keeps_complaints)
def queue() -> Any:
    tab = request.args.get("tab", "todo")
    tab = tab if tab in TABS else "todo"
    return render(
        "helping/complaint/office_list.html",
        page=queries.complaints(TABS[tab][1], request.args.get("after"), newest=tab != "todo"),
        tab=tab,
        tabs=TABS,
    )


@office.route("/years", methods=["GET"])
@allow(policies.keeps_complaints)
def years() -> Any:
    return render("helping/complaint/years.html", years=queries.complaints_by_year())


@office.route("/new", methods=["GET", "POST"])
@allow(policies.keeps_complaints)
def enter() -> Any:
    """For somebody who phoned, wrote or came. ?about=…&url=… comes from the page of an order."""
    told = {"about": request.args.get("about", "")[:60], "about_url": request.args.get("url", "")[:255]}
    form = ToldComplaintForm(data={**told, "once": secrets.token_hex(12)})
    if form.submitted():
        against = _against(form)
        if not form.against.errors:
            with form.reporting(), transaction():
                made = services.complain(
                    topic=Topic(form.topic.data),
                    words=form.words.data,
                    name=form.name.data,
                    phone=form.phone.data or "",
                    email=form.email.data or "",
                    against=against.organisation if against is not None else None,
                    about=form.about.data or "",
                    about_url=form.about_url.data or "",
                    by=person(),
                )
                flash(_("Entered. The clock runs from today."))
                return redirect_to("office_complaints.show", any_complaint=made)
    return render("helping/complaint/enter.html", form=form)


@office.route("/<any_complaint:any_complaint>", methods=["GET"], endpoint="show")
@allow(policies.keeps_complaints)
def office_show(any_complaint: AllianceComplaint) -> Any:
    return _office_page(any_complaint)


@office.route("/<any_complaint:any_complaint>/confirmation", methods=["POST"])
@allow(policies.handles_complaint)
def confirm(any_complaint: AllianceComplaint) -> Any:
    form = PressForm()
    with form.reporting(), transaction():
        services.confirm(complaint=any_complaint, by=person())
        flash(_("Receipt is confirmed, and they are told until when it is answered."))
        return redirect_to("office_complaints.show", any_complaint=any_complaint)
    return _office_page(any_complaint, refused=form)


@office.route("/<any_complaint:any_complaint>/assignment", methods=["POST"])
@allow(policies.handles_complaint)
def assign(any_complaint: AllianceComplaint) -> Any:
    form = AssignForm(_keepers())
    if form.submitted():
        with form.reporting(), transaction():
            services.assign(
                complaint=any_complaint,
                officer=form.officers[form.officer.data],
                seen=form.seen.data,
                by=person(),
            )
            flash(_("Handed over."))
            return redirect_to("office_complaints.show", any_complaint=any_complaint)
    return _office_page(any_complaint, assigning=form, refused=form)


@office.route("/<any_complaint:any_complaint>/answer", methods=["POST"])
@allow(policies.handles_complaint)
def answer(any_complaint: AllianceComplaint) -> Any:
    form = AnswerForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.answer(complaint=any_complaint, words=form.answer.data, by=person())
            flash(_("Answered."))
            return redirect_to("office_complaints.show", any_complaint=any_complaint)
    return _office_page(any_complaint, answering=form, refused=form)


@office.route("/<any_complaint:any_complaint>/appeal", methods=["POST"], endpoint="appeal")
@allow(policies.handles_complaint)
def told_appeal(any_complaint: AllianceComplaint) -> Any:
    """Whoever has no account tells it to an officer."""
    form = AppealForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.appeal(complaint=any_complaint, words=form.words.data, by=person())
            flash(_("It is opened once more."))
            return redirect_to("office_complaints.show", any_complaint=any_complaint)
    return _office_page(any_complaint, appealing=form, refused=form)


@office.route("/<any_complaint:any_complaint>/closing", methods=["POST"])
@allow(policies.handles_complaint)
def close(any_complaint: AllianceComplaint) -> Any:
    form = PressForm()
    with form.reporting(), transaction():
        services.close(complaint=any_complaint, by=person())
        flash(_("Closed."))
        return redirect_to("office_complaints.show", any_complaint=any_complaint)
    return _office_page(any_complaint, refused=form)


def _keepers() -> Sequence[Person]:
    """Who may look into complaints."""
    return accounts.officers_at(Desk.ADMINISTRATOR, Desk.REGISTRY, Desk.TRADE)


def _office_page(
    complaint: AllianceComplaint,
    *,
    answering: Form | None = None,
    appealing: Form | None = None,
    assigning: AssignForm | None = None,
    refused: Form | None = None,
) -> Any:
    assigned = complaint.assigned_to.ref if complaint.assigned_to is not None else ""
    return render(
        "helping/complaint/office_show.html",
        complaint=complaint,
        answering=answering or AnswerForm(formdata=None),
        appealing=appealing or AppealForm(formdata=None),
        assigning=assigning
        or AssignForm(_keepers(), formdata=None, data={"officer": assigned, "seen": assigned}),
        refused=refused or PressForm(formdata=None),
        history=history_of("alliance_complaint", complaint.id),
    )
