"""Signing in and out, registering, forgetting the password."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, jsonify, make_response, redirect, request, url_for
from flask_login import current_user

from marketplace.accounts import corner, notices, services, signin, throttle
from marketplace.accounts.forms import ForgotForm, NewPasswordForm, PressForm, RegisterForm, SignInForm
from marketplace.accounts.models import Person
from marketplace.accounts.states import OrganisationKind
from marketplace.accounts.throttle import Limit, TooOften
from marketplace.foundation.db import transaction
from marketplace.foundation.errors import Refusal
from marketplace.foundation.parsing import ParseError, parse_phone
from marketplace.foundation.text import given_name
from marketplace.foundation.web import allow, flash, person, public, redirect_to, render, signed_in
from marketplace.foundation.web.access import csrf_token
from marketplace.foundation.web.locale import locale
from marketplace.foundation.web.pages import safe_next
from marketplace.foundation.words import _, _l

bp = Blueprint("accounts", __name__)
TERMS_VERSION = "2026-11"


@bp.context_processor
def entrance_token() -> dict[str, Any]:
    """These pages are never shared, so they carry a token for browsers that do not say where a form comes from."""
    return {"entrance_token": csrf_token}


@bp.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> Any:
    form = SignInForm()
    if request.method == "GET":
        form.next.data = request.args.get("next", "")
    if form.submitted():
        account = _account(form.identifier.data)
        here = f"{account} {address()}"
        if refused := too_often(
            (throttle.SIGN_IN_ACCOUNT, here),
            (throttle.SIGN_IN_EVERYWHERE, account),
            (throttle.SIGN_IN_ADDRESS, address()),
        ):
            return refused
        who = services.check_credentials(identifier=form.identifier.data, password=form.password.data)
        with form.reporting(), transaction():
            if who is None:
                raise Refusal(_l("The phone number, e-mail or password is not right. Please try again."))
            services.renew_hash(person=who, password=form.password.data)
            throttle.forgive(throttle.SIGN_IN_ACCOUNT, here)
            return redirect(signin.enter(who, safe_next(form.next.data, url_for("accounts.start"))), 303)
    return render("accounts/sign_in.html", form=form)


@bp.route("/start", methods=["GET"])
@allow(signed_in)
def start() -> Any:
    """The right first page for who signed in."""
    if current_user.is_officer:
        return redirect(request.script_root + "/office", 303)
    if any(m.organisation.kind == "cooperative" for m in current_user.memberships):
        return redirect(request.script_root + "/desk", 303)
    return redirect(request.script_root + "/", 303)


@bp.route("/sign-out", methods=["GET", "POST"])
@public
def sign_out() -> Any:
    if request.method == "POST" and current_user.is_authenticated:
        with transaction():
            services.sign_out(token=current_user.sign_in_token)
        signin.end()
        flash(_("You are signed out."))
        return redirect_to("accounts.sign_in")
    if not current_user.is_authenticated:
        return redirect_to("accounts.sign_in")
    return render("accounts/sign_out.html", form=PressForm())


@bp.route("/register", methods=["GET", "POST"])
@public
def register() -> Any:
    form = RegisterForm()
    if request.method == "GET":
        form.next.data = request.args.get("next", "")
    if form.submitted():
        identifiers = {"phone": form.phone.data, "email": form.email.data}
        if refused := too_often(*throttle.registration(address(), *identifiers.values())):
            return refused
        known = services.already_here(password=form.password.data, **identifiers)
        with form.reporting(), transaction():
            if known is not None:
                return _back_again(known, form)
            signin.welcome(who := _register(form))
            services.agree_to(person=who, ticked=form.data)
            return redirect(safe_next(form.next.data, url_for("accounts.registered")), 303)
    return render("accounts/register.html", form=form, invited="/join/" in (form.next.data or ""))


def _back_again(known: Person, form: RegisterForm) -> Any:
    """Whoever typed the password of an account may be told that it is there."""
    onwards = signin.enter(known, safe_next(form.next.data, url_for("account.profile")))
    flash(_("You have an account already. Nothing was changed in it."))
    return redirect(onwards, 303)


def _register(form: RegisterForm) -> Person:
    return services.register_buyer(
        name=form.name.data,
        phone=form.phone.data,
        email=form.email.data,
        password=form.password.data,
        organisation_name=form.organisation_name.data if form.kind.data == "organisation" else "",
        tax_code=form.tax_code.data or "",
        locale=locale(),
        terms_version=TERMS_VERSION,
    )


@bp.route("/registered", methods=["GET"])
@public
def registered() -> Any:
    return render("accounts/registered.html")


@bp.route("/forgot", methods=["GET", "POST"])
@public
def forgot() -> Any:
    form = ForgotForm()
    if form.submitted():
        if refused := too_often(
            (throttle.RESET_ACCOUNT, _account(form.identifier.data)), (throttle.RESET_ADDRESS, address())
        ):
            return refused
        notices.write_resets.now(form.identifier.data)
        return redirect_to("accounts.forgot_sent")
    return render("accounts/forgot.html", form=form)


@bp.route("/forgot/sent", methods=["GET"])
@public
def forgot_sent() -> Any:
    return render("accounts/forgot_sent.html")


@bp.route("/reset/<string(minlength=20,maxlength=80):token>", methods=["GET", "POST"])
@public
def reset(token: str) -> Any:
    form = NewPasswordForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.use_reset(token=token, password=form.password.data)
            flash(_("Your new password is saved. Please sign in with it."))
            return redirect_to("accounts.sign_in")
    return render("accounts/reset.html", form=form)


@bp.after_request
def keep_quiet(response: Response) -> Response:
    """Pages with keys in their address tell no other site where they are.

    Not `no-referrer`: a browser then calls the origin of its forms "null", and the door takes them for a stranger's.
    """
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["Cache-Control"] = "no-store"
    return response


@bp.route("/me", methods=["GET"])
@public
def me() -> Response:
    """The person's corner of the public pages, as JSON."""
    who = person()
    told = {name: part(who) for name, part in corner.PARTS.items()}
    if who is not None:
        told["name"] = given_name(who.name)
        told["initials"] = "".join(word[0] for word in who.name.split()[-2:]).upper()
        told["home"] = url_for("accounts.start")
        told["office"] = who.is_officer
        told["desk_url"] = (
            request.script_root + "/desk" if who.organisations(OrganisationKind.COOPERATIVE) else None
        )
    return jsonify(told)


def _account(identifier: str) -> str:
    """One name for an account, however its phone or e-mail is written."""
    try:
        return parse_phone(identifier)
    except ParseError:
        return identifier.strip().lower()


def address() -> str:
    return request.remote_addr or "unknown"


def too_often(*counts: tuple[Limit, str]) -> Response | None:
    """Count the try under each key before it is made; the page that says "later", or None."""
    try:
        for limit, key in counts:
            with transaction():
                throttle.count(limit, key)
    except TooOften as often:
        page = make_response(render("accounts/too_often.html", minutes=-(-often.seconds // 60)), 429)
        page.headers["Retry-After"] = str(often.seconds)
        return page
    return None
