"""People, for the alliance's officers."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, request, url_for

from marketplace.accounts import policies, queries, services
from marketplace.accounts.again import asks_again
from marketplace.accounts.forms import DeskForm, PressForm, ReasonForm
from marketplace.accounts.models import Person
from marketplace.accounts.states import DESK_LABELS, DESK_WORDS, ROLE_LABELS, Desk
from marketplace.foundation.audit import history_of
from marketplace.foundation.db import transaction
from marketplace.foundation.errors import Refusal
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
@asks_again()
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
@asks_again()
def close(who: Person) -> Any:
    form = ReasonForm(prefix="close-")
    if form.submitted():
        with form.reporting(), transaction():
            if who.id == person().id:
                raise Refusal(_("You cannot close your own account here."))
            _done_or_proposed(
                "closing", who, form.reason.data, done=_("The account is closed and signed out everywhere.")
            )
            return redirect_to("office_people.one", who=who)
    return _page(who, closing=form)


@bp.route("/<person:who>/opening", methods=["POST"])
@allow(policies.keeps_people)
def reopen(who: Person) -> Any:
    form = PressForm()
    with form.reporting(), transaction():
        services.reactivate(person=who, by=person())
        flash(_("The account is open again."))
        return redirect_to("office_people.one", who=who)
    return _page(who, form=form)


@bp.route("/<person:who>/desks", methods=["POST"])
@allow(policies.keeps_people)
@asks_again()
def give(who: Person) -> Any:
    form = DeskForm(prefix="desk-")
    if form.submitted():
        with form.reporting(), transaction():
            desk = Desk(form.desk.data)
            _done_or_proposed(
                "desks",
                who,
                form.reason.data,
                words=DESK_LABELS[desk],
                data={"desk": desk, "last_day": form.last_day.data.isoformat() if form.last_day.data else ""},
                done=_("%(name)s works at this desk now.", name=who.name),
            )
            return redirect_to("office_people.one", who=who)
    return _page(who, giving=form)


@bp.route("/<person:who>/desks/<int:number>/end", methods=["POST"])
@allow(policies.keeps_people)
@asks_again()
def end(who: Person, number: int) -> Any:
    post = next((one for one in queries.posts_of(who) if one.id == number), None)
    if post is None or not post.living:
        abort(404)
    form = ReasonForm(prefix="end-")
    if form.submitted():
        with form.reporting(), transaction():
            _done_or_proposed(
                "desk-end",
                who,
                form.reason.data,
                words=DESK_LABELS[post.desk],
                data={"post": post.id},
                done=_("%(name)s no longer works at this desk.", name=who.name),
            )
            return redirect_to("office_people.one", who=who)
    return _page(who, ending=form, ended=number)


@bp.route("/<person:who>/second-step", methods=["POST"])
@allow(policies.keeps_people)
@asks_again()
def take_second_step(who: Person) -> Any:
    """The phone is lost: another administrator lets them in with the password alone, until they set up a new one."""
    form = ReasonForm(prefix="step-")
    if form.submitted():
        with form.reporting(), transaction():
            if who.id == person().id:
                raise Refusal(_("Somebody else has to do this for you."))
            _done_or_proposed(
                "second-step",
                who,
                form.reason.data,
                done=_("The password alone lets %(name)s in now. They are told.", name=who.name),
            )
            return redirect_to("office_people.one", who=who)
    return _page(who, step=form)


def _done_or_proposed(
    kind: str, who: Person, reason: str, *, done: str, words: Any = "", data: dict[str, Any] | None = None
) -> None:
    """In a transaction."""
    proposed = services.act_or_propose(
        kind=kind,
        subject_id=who.id,
        told=f"{who.name} · {words}" if words else who.name,
        reason=reason,
        data={"person": who.id, **(data or {})},
        by=person(),
    )
    if proposed is None:
        flash(done)
    else:
        flash(_("Proposed. Another administrator has to agree before it is done."), "wait")


def _page(who: Person, **context: Any) -> Any:
    forms = {
        "giving": DeskForm(prefix="desk-"),
        "ending": ReasonForm(prefix="end-"),
        "step": ReasonForm(prefix="step-"),
        "closing": ReasonForm(prefix="close-"),
    }
    return render(
        "accounts/office/person.html",
        who=who,
        posts=queries.posts_of(who),
        factors=queries.factors_of(who),
        history=history_of("person", who.id),
        labels=ROLE_LABELS,
        desks=DESK_LABELS,
        desk_words=DESK_WORDS,
        **{**forms, **context},
    )
