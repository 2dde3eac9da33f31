"""A person's own account."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, abort, request, session, url_for

from marketplace.accounts import notices, passwords, policies, queries, services, signin, throttle
from marketplace.accounts.devices import device_name
from marketplace.accounts.forms import ActingForm, ChangePasswordForm, InvitationForm, PressForm, ProfileForm
from marketplace.accounts.models import Invitation, Organisation
from marketplace.accounts.states import ROLE_LABELS, Role
from marketplace.foundation.audit import history_of
from marketplace.foundation.db import transaction
from marketplace.foundation.errors import Refusal
from marketplace.foundation.mail import keys
from marketplace.foundation.web import allow, flash, person, redirect_to, render, signed_in
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _, _l

bp = Blueprint("account", __name__, url_prefix="/account")
bp.add_app_template_filter(device_name)
_IN_AN_HOUR = _l("This was tried too often. Please try again in an hour.")
_TOMORROW = _l("That is enough invitations for one day. Please go on tomorrow.")


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
        _count(throttle.CONFIRM_ACCOUNT, str(who.id), otherwise=_IN_AN_HOUR)
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
    """Who acts for my organisation; a director invites and removes people."""
    organisation = signin.acting_organisation(person())
    if organisation is None:
        abort(404)
    may = policies.can_manage_members(person(), organisation)
    form = InvitationForm(role=str(Role.MEMBER))
    if form.is_submitted() and not may:
        abort(403)
    if form.submitted():
        with form.reporting():
            _count_invitation(organisation)
            with transaction():
                _invite(organisation, form)
            return redirect_to("account.people")
    invitations = queries.open_invitations(organisation.id) if may else []
    fresh, link = _fresh(invitations)
    return render(
        "accounts/people.html",
        form=form,
        organisation=organisation,
        members=queries.members_of(organisation.id),
        may=may,
        invitations=invitations,
        fresh=fresh,
        link=link,
        history=history_of("organisation", organisation.id, limit=20) if may else [],
        labels=ROLE_LABELS,
    )


def _invite(organisation: Organisation, form: InvitationForm) -> None:
    """The token stays in this browser alone, so that its page shows the link until it is answered."""
    invitation, mark = services.invite(
        organisation=organisation,
        name=form.name.data,
        identifier=form.identifier.data,
        role=Role(form.role.data),
        by=person(),
    )
    notices.invitation_letter(invitation, mark, locale=locale())
    session["invited"] = [invitation.ref, keys.cut(mark)]


def _fresh(invitations: Sequence[Invitation]) -> tuple[Invitation | None, str]:
    """The last invitation of this browser with its link, while it is open."""
    ref, token = session.get("invited", ("", ""))
    found = next((one for one in invitations if one.ref == ref), None)
    return found, url_for("invitations.show", token=token, _external=True) if found else ""


@bp.route("/people/invitations/<ref>/withdrawal", methods=["POST"])
@allow(signed_in)
def withdraw(ref: str) -> Any:
    organisation = signin.acting_organisation(person())
    invitations = queries.open_invitations(organisation.id) if organisation else []
    invitation = next((one for one in invitations if one.ref == ref), None)
    if invitation is None:
        abort(404)
    if not policies.can_manage_members(person(), organisation):
        abort(403)
    form = PressForm()
    with form.reporting(), transaction():
        services.withdraw_invitation(invitation=invitation, by=person())
        flash(_("Withdrawn: the link no longer works."))
    for problem in form.problems:
        flash(problem, "bad")
    return redirect_to("account.people")


@bp.route("/people/<int:membership_id>/removal", methods=["POST"])
@allow(signed_in)
def remove(membership_id: int) -> Any:
    organisation = signin.acting_organisation(person())
    members = queries.members_of(organisation.id) if organisation else []
    membership = next((m for m in members if m.id == membership_id), None)
    if membership is None:
        abort(404)
    if not policies.can_manage_members(person(), organisation) or membership.role is Role.OFFICER:
        abort(403)  # an officer leaves with the last desk: there another officer looks on
    form = PressForm()
    with form.reporting(), transaction():
        services.remove_member(membership=membership, by=person())
    for problem in form.problems:
        flash(problem, "bad")
    return redirect_to("account.people")


def _count_invitation(organisation: Organisation) -> None:
    _count(throttle.INVITE_ADDRESS, request.remote_addr or "unknown", otherwise=_TOMORROW)
    _count(throttle.INVITE_ORGANISATION, str(organisation.id), otherwise=_TOMORROW)


def _count(limit: throttle.Limit, key: str, *, otherwise: Any) -> None:
    try:
        with transaction():
            throttle.count(limit, key)
    except throttle.TooOften as too_often:
        raise Refusal(otherwise) from too_often
