"""A cooperative applies: who it is first, its papers afterwards at its desk, where everything is kept."""

from __future__ import annotations

from typing import Any

from flask import request
from flask_login import current_user

from marketplace.accounts import services as accounts
from marketplace.accounts import signin, throttle
from marketplace.accounts.models import Person
from marketplace.cooperatives import services
from marketplace.cooperatives.forms import ApplyAsGuestForm, ApplyForm
from marketplace.cooperatives.models import Cooperative
from marketplace.cooperatives.states import Kind
from marketplace.cooperatives.views.public import bp
from marketplace.foundation.db import transaction
from marketplace.foundation.errors import Refusal
from marketplace.foundation.web import flash, person, public, redirect_to, render
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _, _l
from marketplace.places.services import make_address

TERMS_VERSION = "2026-11"


@bp.route("/register/cooperative", methods=["GET", "POST"])
@public
def apply() -> Any:
    form = ApplyForm() if current_user.is_authenticated else ApplyAsGuestForm()
    if form.submitted():
        with form.reporting():
            _count_try(form)
            known = person() or _already_here(form)
            with transaction():
                who = known or _new_person(form)
                _enter(form, who)
                if known is None:
                    accounts.agree_to(person=who, ticked=form.data)
                signin.begin(who) if known else signin.welcome(who)
                flash(_("Your application is kept. Add the papers here whenever you have them."))
            return redirect_to("desk_profile.papers")
    return render("cooperatives/apply/form.html", form=form)


def _count_try(form: ApplyForm) -> None:
    said = (form.phone.data, form.email.data) if isinstance(form, ApplyAsGuestForm) else ()
    try:
        for limit, key in throttle.registration(request.remote_addr or "unknown", *said):
            with transaction():
                throttle.count(limit, key)
    except throttle.TooOften as too_often:
        raise Refusal(_l("Too many tries from here. Please try again in an hour.")) from too_often


def _already_here(form: ApplyAsGuestForm) -> Person | None:
    return accounts.already_here(phone=form.phone.data, email=form.email.data, password=form.password.data)


def _new_person(form: ApplyAsGuestForm) -> Person:
    return accounts.open_account(
        name=form.person_name.data,
        phone=form.phone.data,
        email=form.email.data,
        password=form.password.data,
        locale=locale(),
        terms_version=TERMS_VERSION,
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
