"""Where the link of an invitation leads. Opening it does nothing: it is accepted or declined by a button."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request, session

from marketplace.accounts import policies, queries, services, signin
from marketplace.accounts.forms import PressForm
from marketplace.accounts.states import ROLE_LABELS
from marketplace.accounts.views.entrance import entrance_token, keep_quiet
from marketplace.foundation.db import transaction
from marketplace.foundation.web import allow, flash, person, public, redirect_to, render, signed_in
from marketplace.foundation.words import _

bp = Blueprint("invitations", __name__, url_prefix="/join")
bp.context_processor(entrance_token)
bp.after_request(keep_quiet)


@bp.route("/<string(minlength=20,maxlength=80):token>", methods=["GET"])
@public
def show(token: str) -> Any:
    return _page(token, PressForm())


@bp.route("/<string(minlength=20,maxlength=80):token>/acceptance", methods=["POST"])
@allow(signed_in)
def accept(token: str) -> Any:
    """Other devices are signed out, for other rights begin with another sign-in; this one begins again at once."""
    who, form = person(), PressForm()
    with form.reporting(), transaction():
        organisation = services.accept_invitation(token=token, by=who).organisation
        signin.begin(who, proved=who.proved_at is not None)
        session["acting_for"] = organisation.ref
        flash(_("Welcome: you now act for %(name)s.", name=organisation.name))
        return redirect_to("account.people")
    return _page(token, form)


@bp.route("/<string(minlength=20,maxlength=80):token>/refusal", methods=["POST"])
@public
def decline(token: str) -> Any:
    form = PressForm()
    with form.reporting(), transaction():
        services.decline_invitation(token=token, by=person())
        return redirect_to("invitations.declined")
    return _page(token, form)


@bp.route("/declined", methods=["GET"])
@public
def declined() -> Any:
    return render("accounts/invitation/declined.html")


def _page(token: str, form: PressForm) -> Any:
    """The invitation, or one sentence for all that do not work: nobody learns why."""
    invitation = queries.open_invitation(token)
    if invitation is None:
        return render("accounts/invitation/over.html", status=410)
    who = person()
    return render(
        "accounts/invitation/show.html",
        form=form,
        invitation=invitation,
        token=token,
        here=f"{request.script_root}/join/{token}",
        belongs=who is not None and policies.belongs(who, invitation.organisation),
        labels=ROLE_LABELS,
    )
