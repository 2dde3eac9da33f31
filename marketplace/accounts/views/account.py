"""A person's own account."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, session

from marketplace.accounts import notices, passwords, policies, queries, services, signin, throttle
from marketplace.accounts.devices import device_name
from marketplace.accounts.forms import ActingForm, ChangePasswordForm, MemberForm, PressForm, ProfileForm
from marketplace.accounts.models import Organisation
from marketplace.accounts.states import ROLE_LABELS, Role
from marketplace.foundation.db import transaction
from marketplace.foundation.errors import Refusal
from marketplace.foundation.parsing import ParseError, parse_phone
from marketplace.foundation.web import allow, flash, person, redirect_to, render, signed_in
from marketplace.foundation.words import _, _l

bp = Blueprint("account", __name__, url_prefix="/account")
bp.add_app_template_filter(device_name)


@bp.route("", methods=["GET", "POST"])
@allow(signed_in)
def profile() -> Any:
    who = person()
    form = ProfileForm(obj=who)
    if form.submitted():
        with form.reporting(), transaction():
            if services.change_profile(person=who, by=who, **form.data):
                notices.address_letter(who)
            flash(_("Your account is saved."))
            return redirect_to("account.profile")
    return render("accounts/account.html", form=form, who=who, labels=ROLE_LABELS)


@bp.route("/email", methods=["POST"])
@allow(signed_in)
def email_letter() -> Any:
    """The letter that confirms the e-mail, once more."""
    who = person()
    form = PressForm()
    with form.reporting():
        _count(throttle.CONFIRM_ACCOUNT, str(who.id))
        with transaction():
            notices.address_letter(who)
        flash(_("A letter is on its way. Open the link in it."))
    for problem in form.problems:
        flash(problem, "bad")
    return redirect_to("account.profile")


@bp.route("/email/<string(maxlength=600):key>", methods=["GET", "POST"])
@allow(signed_in)
def email(key: str) -> Any:
    """Where the link of that letter leads. Only who is signed in to the account can press: whoever wrote a
    stranger's address into an account does not get it confirmed by the stranger."""
    form = PressForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.confirm_email(person=person(), key=key)
            flash(_("Thank you, your e-mail address is confirmed."))
            return redirect_to("account.profile")
    return render("accounts/email.html", form=form, who=person(), key=key)


@bp.route("/password", methods=["GET", "POST"])
@allow(signed_in)
def password() -> Any:
    who = person()
    form = ChangePasswordForm()
    if form.submitted():
        with form.reporting(), transaction():
            if not passwords.fits(form.current.data, who.password_hash):
                raise Refusal(_l("This is not your password now."), field="current")
            services.set_password(person=who, password=form.password.data, keep=who.sign_in_token, by=who)
            flash(_("Your new password is saved; other devices were signed out."))
            return redirect_to("account.profile")
    return render("accounts/password.html", form=form)


@bp.route("/devices", methods=["GET", "POST"])
@allow(signed_in)
def devices() -> Any:
    """Where this account is signed in; one press ends them all."""
    who = person()
    form = PressForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.end_all_sign_ins(person=who)
        signin.end()
        flash(_("You are signed out everywhere."))
        return redirect_to("accounts.sign_in")
    here = queries.hash_of(who.sign_in_token)
    return render("accounts/devices.html", form=form, devices=queries.devices_of(who), here=here)


@bp.route("/acting", methods=["GET", "POST"])
@allow(signed_in)
def acting() -> Any:
    """Choose for whom one acts, when there are several."""
    who = person()
    form = ActingForm()
    form.organisation.choices = [(m.organisation.ref, m.organisation.name) for m in who.memberships]
    if form.submitted():
        session["acting_for"] = form.organisation.data
        return redirect_to("accounts.start")
    return render("accounts/acting.html", form=form)


@bp.route("/people", methods=["GET", "POST"])
@allow(signed_in)
def people() -> Any:
    """Who acts for my organisation; a director adds and removes people."""
    organisation = signin.acting_organisation(person())
    if organisation is None:
        abort(404)
    may = policies.can_manage_members(person(), organisation)
    form = MemberForm(role=str(Role.MEMBER))
    if form.is_submitted() and not may:
        abort(403)
    if form.submitted():
        with form.reporting(), transaction():
            _add(organisation, form)
            flash(_("Added."))
            return redirect_to("account.people")
    members = queries.members_of(organisation.id)
    return render(
        "accounts/people.html",
        form=form,
        organisation=organisation,
        members=members,
        may=may,
        labels=ROLE_LABELS,
    )


@bp.route("/people/<int:membership_id>/removal", methods=["POST"])
@allow(signed_in)
def remove(membership_id: int) -> Any:
    organisation = signin.acting_organisation(person())
    members = queries.members_of(organisation.id) if organisation else []
    membership = next((m for m in members if m.id == membership_id), None)
    if membership is None:
        abort(404)
    if not policies.can_manage_members(person(), organisation):
        abort(403)
    form = PressForm()
    with form.reporting(), transaction():
        services.remove_member(membership=membership, by=person())
    for problem in form.problems:
        flash(problem, "bad")
    return redirect_to("account.people")


def _count(limit: throttle.Limit, key: str) -> None:
    try:
        with transaction():
            throttle.count(limit, key)
    except throttle.TooOften as too_often:
        raise Refusal(_l("This was tried too often. Please try again in an hour.")) from too_often


def _add(organisation: Organisation, form: MemberForm) -> None:
    """A known person joins; an unknown one gets an account and chooses a password by a link."""
    identifier = form.identifier.data
    known = queries.owner_of(identifier)
    if known is None:
        if not form.name.data:
            raise Refusal(
                _l("Nobody has this phone or e-mail yet: please write the full name too."), field="name"
            )
        known = _new_person(identifier, form.name.data)
    services.add_member(organisation=organisation, person=known, role=Role(form.role.data), by=person())


def _new_person(identifier: str, name: str) -> Any:
    if "@" in identifier:
        return services.create_person(name=name, email=identifier, confirmed=False, by=person())
    try:
        phone = parse_phone(identifier)
    except ParseError as error:
        raise Refusal(
            _l("This phone number is not complete. Write for example 0912 345 678."), field="identifier"
        ) from error
    return services.create_person(name=name, phone=phone, confirmed=False, by=person())
