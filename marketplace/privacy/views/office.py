"""The office's queue of requests about personal data."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request

from marketplace.accounts import holdings
from marketplace.accounts import queries as accounts
from marketplace.accounts import services as people
from marketplace.accounts.again import asks_again
from marketplace.accounts.models import Person
from marketplace.foundation.audit import history_of
from marketplace.foundation.db import transaction
from marketplace.foundation.web import Form, allow, flash, person, redirect_to, render
from marketplace.foundation.words import _, _l
from marketplace.privacy import policies, queries, services
from marketplace.privacy.forms import AnswerForm, LongerForm, PhonedForm, PressForm
from marketplace.privacy.models import DataRequest
from marketplace.privacy.states import (
    CAME_LABELS,
    ENDED,
    OPEN,
    REQUEST_LABELS,
    REQUEST_TONES,
    RIGHT_LABELS,
    Came,
    Right,
)

bp = Blueprint("office_privacy", __name__, url_prefix="/office/privacy")
TABS = {"open": (_l("To do"), OPEN), "ended": (_l("Ended"), ENDED)}


@bp.route("", methods=["GET"])
@allow(policies.keeps_data)
def queue() -> Any:
    tab = request.args.get("tab", "open")
    tab = tab if tab in TABS else "open"
    page = queries.requests(TABS[tab][1], request.args.get("after"), newest=tab == "ended")
    return render(
        "privacy/office/queue.html",
        page=page,
        tab=tab,
        tabs=TABS,
        rights=RIGHT_LABELS,
        labels=REQUEST_LABELS,
        tones=REQUEST_TONES,
    )


@bp.route("/new", methods=["GET", "POST"])
@allow(policies.keeps_data)
def enter() -> Any:
    """For somebody who phoned, wrote or came: where the phone or e-mail has an owner, it is their account."""
    form = PhonedForm()
    if form.submitted():
        with form.reporting(), transaction():
            asked = services.ask(
                kind=Right(form.kind.data),
                came=Came.PHONE,
                person=_owner(form),
                name=form.name.data,
                phone=form.phone.data or "",
                email=form.email.data or "",
                words=form.words.data or "",
                by=person(),
            )
            flash(_("Entered. The law's clock runs from today."))
            return redirect_to("office_privacy.show", data_request=asked)
    return render("privacy/office/enter.html", form=form)


@bp.route("/<data_request:data_request>", methods=["GET"])
@allow(policies.keeps_data)
def show(data_request: DataRequest) -> Any:
    return _page(data_request)


@bp.route("/<data_request:data_request>/confirmation", methods=["POST"])
@allow(policies.can_handle)
def confirm(data_request: DataRequest) -> Any:
    form = PressForm()
    with form.reporting(), transaction():
        services.confirm(request=data_request, by=person())
        flash(_("Receipt is confirmed, and the person is told until when it is done."))
        return redirect_to("office_privacy.show", data_request=data_request)
    return _page(data_request, form=form)


@bp.route("/<data_request:data_request>/longer", methods=["POST"])
@allow(policies.can_handle)
def longer(data_request: DataRequest) -> Any:
    form = LongerForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.take_longer(request=data_request, why=form.why.data, by=person())
            flash(_("The person is told why, and until when."))
            return redirect_to("office_privacy.show", data_request=data_request)
    return _page(data_request, longer=form)


@bp.route("/<data_request:data_request>/answer", methods=["POST"])
@allow(policies.can_handle)
@asks_again()
def answer(data_request: DataRequest) -> Any:
    form = AnswerForm()
    if form.submitted():
        finishes = form.outcome.data == "finish"
        with form.reporting(), transaction():
            if finishes and data_request.kind is Right.ERASE:
                if _to_be_agreed(data_request, form.answer.data or ""):
                    flash(_("Proposed. Another officer has to agree before anything is deleted."), "wait")
                    return redirect_to("office_privacy.show", data_request=data_request)
            else:
                end = services.finish if finishes else services.refuse
                end(request=data_request, answer=form.answer.data or "", by=person())
            flash(_("Answered."))
            return redirect_to("office_privacy.show", data_request=data_request)
    return _page(data_request, answer=form)


def _to_be_agreed(asked: DataRequest, answer: str) -> bool:
    """Deleted at once, or proposed to another officer."""
    proposed = people.act_or_propose(
        kind="erasure",
        subject_id=asked.id,
        told=asked.ref,
        reason=answer or asked.ref,
        data={"answer": answer},
        by=person(),
    )
    return proposed is not None


def _owner(form: PhonedForm) -> Person | None:
    named = filter(None, (form.phone.data, form.email.data))
    return next(filter(None, map(accounts.owner_of, named)), None)


def _page(
    asked: DataRequest, form: Form | None = None, longer: Form | None = None, answer: Form | None = None
) -> Any:
    refused = {"form": form} if form is not None else {}
    erasing = asked.kind is Right.ERASE and asked.is_open and asked.known
    return render(
        "privacy/office/show.html",
        asked=asked,
        answer=answer or AnswerForm(),
        longer=longer or LongerForm(),
        first=holdings.obstacles(services.identity_of(asked)) if erasing else [],
        rights=RIGHT_LABELS,
        labels=REQUEST_LABELS,
        tones=REQUEST_TONES,
        came=CAME_LABELS,
        history=history_of("data_request", asked.id),
        **refused,
    )
