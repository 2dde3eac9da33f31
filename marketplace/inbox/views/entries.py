"""What officers wrote down for somebody: who it is about says right or wrong, officers put right what was wrong."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request

from marketplace.foundation.db import transaction
from marketplace.foundation.web import Form, allow, flash, person, private, redirect_to, render, signed_in
from marketplace.foundation.words import _
from marketplace.inbox import policies, queries, services
from marketplace.inbox.forms import PressForm, WrongForm
from marketplace.inbox.models import Entry
from marketplace.inbox.states import ENTRY_LABELS, EntryState

bp = Blueprint("entries", __name__)
bp.after_request(private)
OFFICE_TABS = (EntryState.DENIED, EntryState.UNCONFIRMED, EntryState.CONFIRMED, EntryState.SETTLED)


@bp.route("/entries", methods=["GET"])
@allow(signed_in)
def list() -> Any:
    """All that was written down for those this person acts for."""
    page = queries.entries_for(person().organisation_ids, request.args.get("after"))
    return render("inbox/entry/list.html", page=page)


@bp.route("/entries/<told_entry:told>", methods=["GET"])
@allow(policies.reads_entry)
def show(told: Entry) -> Any:
    return _show(told, WrongForm(formdata=None))


@bp.route("/entries/<told_entry:told>/confirmation", methods=["POST"])
@allow(policies.reads_entry)
def confirm(told: Entry) -> Any:
    """Tapped twice on a bad line it is right once, and nobody is scolded."""
    form = PressForm()
    if form.submitted():
        if told.state is EntryState.CONFIRMED:
            return redirect_to("entries.show", told=told)
        with form.reporting(), transaction():
            services.confirm_entry(entry=told, by=person())
            flash(_("Thank you: it is right."))
            return redirect_to("entries.show", told=told)
    return _show(told, form)


@bp.route("/entries/<told_entry:told>/denial", methods=["POST"])
@allow(policies.reads_entry)
def deny(told: Entry) -> Any:
    form = WrongForm()
    if form.submitted():
        if told.state is EntryState.DENIED:
            return redirect_to("entries.show", told=told)
        with form.reporting(), transaction():
            services.deny_entry(entry=told, words=form.words.data, by=person())
            flash(_("Thank you. The alliance was told and puts it right."))
            return redirect_to("entries.show", told=told)
    return _show(told, form)


def _show(entry: Entry, form: Form) -> Any:
    return render(
        "inbox/entry/show.html",
        entry=entry,
        form=form if "words" in form else WrongForm(formdata=None),
        refused=form,
    )


@bp.route("/office/entries", methods=["GET"])
@allow(policies.follows_entries)
def office() -> Any:
    """What is said to be wrong first; ?state=… shows the others."""
    state = _state()
    return render(
        "inbox/entry/office.html",
        page=queries.entries_for_office(state, request.args.get("after")),
        state=str(state),
        states={str(each): str(ENTRY_LABELS[each]).capitalize() for each in OFFICE_TABS},
        counts={str(EntryState.DENIED): queries.count_denied()},
        form=PressForm(formdata=None),
    )


@bp.route("/office/entries/<office_entry:told>/settlement", methods=["POST"])
@allow(policies.settles_entry)
def settle(told: Entry) -> Any:
    form = PressForm()
    with form.reporting(), transaction():
        services.settle_entry(entry=told, by=person())
        flash(_("Noted: it was put right."))
    return redirect_to("entries.office")


def _state() -> EntryState:
    asked = request.args.get("state", "")
    return EntryState(asked) if asked in OFFICE_TABS else EntryState.DENIED
