"""A cooperative applies: who it is first, its papers afterwards at its desk, where everything is kept."""

from __future__ import annotations

from typing import Any

from flask import request
from flask_login import current_user

from marketplace.accounts import queries as people
from marketplace.accounts import services as accounts
from marketplace.accounts import signin, throttle
from marketplace.accounts.models import Person
from marketplace.cooperatives import services
from marketplace.cooperatives.forms import ApplyAsGuestForm, ApplyForm
from marketplace.cooperatives.models import Cooperative
from marketplace.cooperatives.states import Kind
from marketplace.cooperatives.views.public import bp
from marketplace.foundation import clock
from marketplace.foundation.db import transaction
from marketplace.foundation.errors import Refusal
from marketplace.foundation.web import flash, person, public, redirect_to, render
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _, _l
from marketplace.inbox.letters import letter
from marketplace.inbox.services import tell
from marketplace.places.services import make_address

TERMS_VERSION = "2026-11"


@bp.route("/register/cooperative", methods=["GET", "POST"])
@public
def apply() -> Any:
    form = ApplyForm() if current_user.is_authenticated else ApplyAsGuestForm()
    if form.submitted():
        with form.reporting():
            _count_try()
            with transaction():
                who = person() or _new_person(form)
                if who is None:
                    return redirect_to("cooperatives.received")
                _enter(form, who)
                if not current_user.is_authenticated:
                    signin.begin(who)
                flash(_("Your application is kept. Add the papers here whenever you have them."))
            return redirect_to("desk_profile.papers")
    return render("cooperatives/apply/form.html", form=form)


@bp.route("/register/cooperative/received", methods=["GET"])
@public
def received() -> Any:
    """For somebody whose phone or e-mail has an account: its owner got a letter, this page tells nothing."""
    return render("cooperatives/apply/received.html")


def _count_try() -> None:
    try:
        with transaction():
            throttle.count(throttle.REGISTER_ADDRESS, request.remote_addr or "")
    except throttle.TooOften as too_often:
        raise Refusal(_l("Too many tries from here. Please try again in an hour.")) from too_often


def _new_person(form: ApplyAsGuestForm) -> Person | None:
    accounts.check_password(form.password.data, form.person_name.data, form.phone.data or "")
    for identifier in filter(None, (form.phone.data, form.email.data)):
        if (known := people.person_by_identifier(identifier)) is not None:
            _tell_owner(known, form.name.data)
            return None
    who = accounts.create_person(
        name=form.person_name.data,
        phone=form.phone.data,
        email=form.email.data,
        password=form.password.data,
        locale=locale(),
    )
    accounts.consent(person=who, purpose="account", text_version=TERMS_VERSION)
    return who


letter(
    "cooperatives.apply_again",
    subject=_l("You already have an account"),
    sentence=_l(
        "Somebody applied for %(name_of)s with your phone or e-mail. If it was you, sign in and apply again."
    ),
    sample=lambda: {"name_of": "HTX Dịch vụ nông nghiệp Đồng Lạc"},
)


def _tell_owner(owner: Person, name: str) -> None:
    day = clock.today()
    tell(
        person_id=owner.id,
        kind="cooperatives.apply_again",
        url="/register/cooperative",
        key=f"cooperatives.apply_again:{owner.id}:{day}",
        name_of=name,
    )


def _enter(form: ApplyForm, who: Person) -> Cooperative:
    tax_code, fits = services.check_tax_code(form.tax_code.data or "")
    return services.apply(
        person=who,
        kind=Kind(form.kind.data),
        name=form.name.data,
        address=make_address(unit_id=form.place.unit_id, by=who),
        tax_code=tax_code,
        tax_code_unchecked=not fits,
        phone=who.phone or "",
        email=who.email or "",
    )
