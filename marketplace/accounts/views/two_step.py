"""A person's own second step: an app, codes on paper, passkeys."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, jsonify

from marketplace.accounts import passkeys, policies, queries, services, throttle
from marketplace.accounts.again import asks_again
from marketplace.accounts.forms import CodeForm, NewPasskeyForm, PressForm
from marketplace.accounts.models import Passkey
from marketplace.accounts.views.entrance import keep_quiet, too_often
from marketplace.foundation.db import transaction
from marketplace.foundation.drawing import qr
from marketplace.foundation.web import allow, flash, person, redirect_to, render, signed_in
from marketplace.foundation.words import _

bp = Blueprint("two_step", __name__, url_prefix="/account/two-step")
bp.after_request(keep_quiet)


@bp.route("", methods=["GET"])
@allow(signed_in)
def show() -> Any:
    who = person()
    return render(
        "accounts/two_step/show.html",
        factors=queries.factors_of(who),
        demanded=policies.factor_demanded_from(who),
        fresh=NewPasskeyForm(),
    )


@bp.route("/app/key", methods=["POST"])
@allow(signed_in)
@asks_again(everybody=True)
def begin() -> Any:
    """A fresh key for an app."""
    form = PressForm()
    with form.reporting(), transaction():
        services.begin_app(person=person())
        return redirect_to("two_step.app")
    for problem in form.problems:
        flash(problem, "bad")
    return redirect_to("two_step.show")


@bp.route("/app", methods=["GET", "POST"])
@allow(signed_in)
@asks_again(everybody=True)
def app() -> Any:
    """The QR code, the key to type, and the first code that proves that the app has it."""
    who = person()
    form = CodeForm()
    key = queries.app_key(who)
    if key is None or key.confirmed_at is not None:
        return redirect_to("two_step.show")
    if form.submitted():
        if refused := too_often((throttle.SECOND_ACCOUNT, who.ref)):
            return refused
        with form.reporting(), transaction():
            codes = services.confirm_app(person=who, code=form.code.data, keep=who.sign_in_token)
            throttle.forgive(throttle.SECOND_ACCOUNT, who.ref)
            flash(_("From now on you are asked for a code when you sign in."))
            return _codes(codes)
    told, typed = services.app_address(key, who)
    drawn = qr.svg(told, _("QR code for your app"))
    return render("accounts/two_step/app.html", form=form, drawn=drawn, typed=typed)


@bp.route("/app/removal", methods=["POST"])
@allow(signed_in)
@asks_again(everybody=True)
def remove_app() -> Any:
    form = PressForm()
    with form.reporting(), transaction():
        services.turn_off_app(person=person())
        flash(_("The app is no longer asked for."))
    return redirect_to("two_step.show")


@bp.route("/codes", methods=["POST"])
@allow(signed_in)
@asks_again(everybody=True)
def codes() -> Any:
    """Ten new ones; those before no longer work."""
    who = person()
    if not queries.has_factor(who):
        abort(404)
    with transaction():
        fresh = services.new_codes(person=who)
    return _codes(fresh)


def _codes(fresh: list[str]) -> Any:
    """Shown once: the page answers the form itself, for nothing keeps them."""
    return render("accounts/two_step/codes.html", codes=fresh) if fresh else redirect_to("two_step.show")


@bp.route("/passkeys/question", methods=["POST"])
@allow(signed_in)
@asks_again(everybody=True)
def question() -> Any:
    """What the browser is told to make."""
    who = person()
    with transaction():
        riddle = services.ask_riddle(person=who)
    return jsonify(passkeys.asked_to_make(who, list(queries.passkeys_of(who)), riddle))


@bp.route("/passkeys/new", methods=["GET", "POST"])
@allow(signed_in)
@asks_again(everybody=True)
def new() -> Any:
    who = person()
    form = NewPasskeyForm()
    if form.submitted():
        with form.reporting(), transaction():
            fresh = services.add_passkey(
                person=who,
                answer=form.credential.data or "",
                name=form.name.data,
                keep=who.sign_in_token,
            )
            flash(_("The passkey is registered. You can sign in with it from now on."))
            return _codes(fresh)
    return render("accounts/two_step/passkey.html", form=form)


@bp.route("/passkeys/<ref>/name", methods=["POST"])
@allow(signed_in)
def rename(ref: str) -> Any:
    form = NewPasskeyForm()
    passkey = _own(ref)
    if form.submitted():
        with transaction():
            services.name_passkey(passkey=passkey, name=form.name.data)
        flash(_("The new name is saved."))
    for problems in form.errors.values():
        flash(problems[0], "bad")
    return redirect_to("two_step.show")


@bp.route("/passkeys/<ref>/removal", methods=["POST"])
@allow(signed_in)
@asks_again(everybody=True)
def remove(ref: str) -> Any:
    passkey = _own(ref)
    with transaction():
        services.remove_passkey(passkey=passkey, person=person())
    flash(_("The passkey is removed: it opens nothing here any more."))
    return redirect_to("two_step.show")


def _own(ref: str) -> Passkey:
    return queries.own_passkey(ref, person()) or abort(404)
