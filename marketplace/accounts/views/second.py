"""The second step of signing in, and signing in with a passkey alone."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, jsonify, redirect, request, url_for

from marketplace.accounts import passkeys, queries, services, signin, throttle
from marketplace.accounts.forms import CodeForm, PasskeyForm
from marketplace.accounts.views.entrance import address, entrance_token, keep_quiet, too_often
from marketplace.foundation.db import transaction
from marketplace.foundation.web import flash, public, redirect_to, render
from marketplace.foundation.web.pages import safe_next
from marketplace.foundation.words import _

bp = Blueprint("second_step", __name__, url_prefix="/sign-in")
bp.context_processor(entrance_token)
bp.after_request(keep_quiet)


@bp.route("/second-step", methods=["GET", "POST"])
@public
def show() -> Any:
    found = signin.halfway()
    if found is None:
        return redirect_to("accounts.sign_in")
    who, onwards = found
    form = CodeForm()
    if form.submitted():
        if refused := too_often((throttle.SECOND_ACCOUNT, who.ref), (throttle.SECOND_ADDRESS, address())):
            return refused
        with form.reporting(), transaction():
            services.take_code(person=who, code=form.code.data)
            throttle.forgive(throttle.SECOND_ACCOUNT, who.ref)
            signin.begin(who, proved=True)
            return redirect(onwards, 303)
    return render(
        "accounts/second_step.html", form=form, factors=queries.factors_of(who), passkey=PasskeyForm()
    )


@bp.route("/passkey/question", methods=["POST"])
@public
def question() -> Any:
    """What the browser asks a passkey: one of whoever is halfway in, or any that it has for this site."""
    if refused := too_often((throttle.RIDDLE_ADDRESS, address())):
        return refused
    found = signin.halfway()
    held = list(queries.passkeys_of(found[0])) if found else []
    with transaction():
        riddle = services.ask_riddle()
    return jsonify(passkeys.asked_to_prove(held, riddle))


@bp.route("/passkey", methods=["POST"])
@public
def passkey() -> Any:
    """A passkey stands for password and second step: its device asked for finger, face or code itself."""
    found = signin.halfway()
    onwards = found[1] if found else safe_next(request.form.get("next"), url_for("accounts.start"))
    form = PasskeyForm()
    if refused := too_often((throttle.SECOND_ADDRESS, address())):
        return refused
    with form.reporting(), transaction():
        who = services.take_passkey(answer=form.credential.data or "", person=found[0] if found else None)
        signin.begin(who, proved=True)
        return redirect(onwards, 303)
    for problem in form.problems:
        flash(problem, "bad")
    return redirect_to("second_step.show" if found else "accounts.sign_in")


@bp.route("/second-step/back", methods=["POST"])
@public
def back() -> Any:
    """Somebody else wants to sign in here."""
    signin.forget_halfway()
    flash(_("Please sign in."))
    return redirect_to("accounts.sign_in")
