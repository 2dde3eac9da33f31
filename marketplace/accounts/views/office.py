"""People, for the alliance's officers."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request, url_for

from marketplace.accounts import policies, queries, services
from marketplace.accounts.forms import PressForm
from marketplace.accounts.models import Person
from marketplace.accounts.states import ROLE_LABELS
from marketplace.foundation.audit import history_of
from marketplace.foundation.db import transaction
from marketplace.foundation.mail import keys
from marketplace.foundation.web import allow, flash, person, redirect_to, render
from marketplace.foundation.words import _

bp = Blueprint("office_people", __name__, url_prefix="/office/people")


@bp.route("", methods=["GET"])
@allow(policies.keeps_people)
def people() -> Any:
    text = request.args.get("q", "")[:80]
    page = queries.find_people(text, request.args.get("after"))
    return render("accounts/office/people.html", page=page, q=text, labels=ROLE_LABELS)


@bp.route("/<person:who>", methods=["GET"])
@allow(policies.keeps_people)
def one(who: Person) -> Any:
    return _page(who)


@bp.route("/<person:who>/reset", methods=["POST"])
@allow(policies.keeps_people)
def reset(who: Person) -> Any:
    """A link to choose a new password, shown once, to read out or send to somebody without e-mail."""
    form = PressForm()
    link = ""
    with form.reporting(), transaction():
        token = keys.cut(services.request_reset(person=who, by=person()))
        link = url_for("accounts.reset", token=token, _external=True)
    return _page(who, form=form, link=link)


@bp.route("/<person:who>/phone", methods=["POST"])
@allow(policies.keeps_people)
def phone(who: Person) -> Any:
    """The officer phoned the number: it is theirs."""
    form = PressForm()
    with form.reporting(), transaction():
        services.confirm_phone(person=who, by=person())
        flash(_("The phone number is confirmed."))
        return redirect_to("office_people.one", who=who)
    return _page(who, form=form)


@bp.route("/<person:who>/closing", methods=["POST"])
@allow(policies.keeps_people)
def close(who: Person) -> Any:
    form = PressForm()
    with form.reporting(), transaction():
        if who.active:
            services.deactivate(person=who, by=person())
            flash(_("The account is closed and signed out everywhere."))
        else:
            services.reactivate(person=who, by=person())
            flash(_("The account is open again."))
        return redirect_to("office_people.one", who=who)
    return _page(who, form=form)


def _page(who: Person, **context: Any) -> Any:
    history = history_of("person", who.id)
    return render("accounts/office/person.html", who=who, history=history, labels=ROLE_LABELS, **context)
