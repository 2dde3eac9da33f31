"""A person's own data: what they agreed to, a copy of everything, requests, and the way out."""

from __future__ import annotations

import io
from typing import Any

from flask import Blueprint, Response, abort, send_file

from marketplace import config
from marketplace.accounts import holdings, passwords
from marketplace.accounts import queries as accounts
from marketplace.accounts import services as accounts_services
from marketplace.accounts.states import (
    CONSENT_TEXTS,
    NEEDED,
    OFFERED,
    PURPOSE_LABELS,
    Purpose,
    asked,
)
from marketplace.foundation import clock
from marketplace.foundation.db import transaction
from marketplace.foundation.errors import Refusal
from marketplace.foundation.media import store
from marketplace.foundation.web import Form, allow, flash, person, redirect_to, render, signed_in
from marketplace.foundation.words import _, _l
from marketplace.privacy import queries, services
from marketplace.privacy.forms import AskForm, DeletionForm, PressForm
from marketplace.privacy.models import DataCopy
from marketplace.privacy.states import REQUEST_LABELS, REQUEST_TONES, RIGHT_LABELS, Came, CopyState, Right
from marketplace.privacy.tasks import write_copy

bp = Blueprint("privacy", __name__, url_prefix="/account/privacy")


@bp.after_request
def _private(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response


@bp.route("", methods=["GET"])
@allow(signed_in)
def mine() -> Any:
    return _page()


@bp.route("/consents/<any(news, support, words):purpose>", methods=["POST"])
@allow(signed_in)
def agree(purpose: str) -> Any:
    """Agree to what is not needed, or take it back: one press, either way."""
    form = PressForm()
    with form.reporting(), transaction():
        known = accounts.living_consent(Purpose(purpose), person_id=person().id)
        if known is None:
            accounts_services.give_consent(person=person(), purpose=Purpose(purpose), by=person())
            flash(_("Thank you. You can take that back here at any time."))
        else:
            accounts_services.withdraw_consent(consent=known, by=person())
            flash(_("Taken back. It counts from now."))
        return redirect_to("privacy.mine")
    return _page(form)


@bp.route("/copies", methods=["POST"])
@allow(signed_in)
def copy() -> Any:
    form = PressForm()
    with form.reporting(), transaction():
        wanted = services.want_copy(person=person(), by=person())
        write_copy.later(wanted.id)
        flash(_("Your copy is being made. It lies here in a moment."))
        return redirect_to("privacy.mine")
    return _page(form)


@bp.route("/copies/<data_copy:copy>", methods=["GET"])
@allow(signed_in)
def file(copy: DataCopy) -> Any:
    if copy.state is not CopyState.READY or copy.good_until <= clock.now():
        abort(404)
    return send_file(
        io.BytesIO(store.private().get(copy.name)),
        mimetype="application/json",
        as_attachment=True,
        download_name=f"du-lieu-cua-toi-{copy.day}.json",
    )


@bp.route("/request", methods=["GET", "POST"])
@allow(signed_in)
def ask() -> Any:
    form = AskForm(but=(Right.ERASE,))
    if form.submitted():
        with form.reporting(), transaction():
            services.ask(
                kind=Right(form.kind.data),
                came=Came.ACCOUNT,
                person=person(),
                words=form.words.data or "",
                by=person(),
            )
            flash(_("We have your request, and answer within the days that the law sets."))
            return redirect_to("privacy.mine")
    return render("privacy/ask.html", form=form)


@bp.route("/requests/<int:request_id>/withdrawal", methods=["POST"])
@allow(signed_in)
def withdraw(request_id: int) -> Any:
    found = next((one for one in queries.requests_of(person()) if one.id == request_id), None)
    if found is None:
        abort(404)
    form = PressForm()
    with form.reporting(), transaction():
        services.withdraw(request=found, by=person())
        flash(
            _("Your account stays. We are glad.")
            if found.kind is Right.ERASE
            else _("Taken back. Nothing more is done.")
        )
        return redirect_to("privacy.mine")
    return _page(form)


@bp.route("/deletion", methods=["GET", "POST"])
@allow(signed_in)
def delete() -> Any:
    who = person()
    form = DeletionForm()
    if form.submitted():
        with form.reporting(), transaction():
            if not passwords.fits(form.password.data, who.password_hash):
                raise Refusal(_l("This is not your password."), field="password")
            services.ask(kind=Right.ERASE, came=Came.ACCOUNT, person=who, by=who)
            flash(_("Your account will be deleted. Until that day you can take it back here."))
            return redirect_to("privacy.mine")
    return render(
        "privacy/delete.html",
        form=form,
        first=holdings.obstacles(holdings.Identity("", person_id=who.id)),
        days=config.current().erase_grace_days,
    )


def _page(form: Form | None = None) -> Any:
    who = person()
    given = accounts.consents_of(who)
    living = {one.purpose: one for one in given if one.withdrawn_at is None}
    return render(
        "privacy/mine.html",
        **({"form": form} if form is not None else {}),
        offered=[(p, PURPOSE_LABELS[p], asked(p), living.get(p)) for p in _offered(living)],
        given=[(one, PURPOSE_LABELS[Purpose(one.purpose)], _text(one)) for one in given],
        needed=NEEDED,
        copies=queries.copies_of(who),
        ready=CopyState.READY,
        failed=CopyState.FAILED,
        requests=queries.requests_of(who),
        deletion=queries.open_deletion(who),
        rights=RIGHT_LABELS,
        labels=REQUEST_LABELS,
        tones=REQUEST_TONES,
        days=config.current().data_copy_days,
    )


def _offered(living: Any) -> list[Purpose]:
    """Words are agreed to where they are written; here that is taken back."""
    return [*OFFERED, *([Purpose.WORDS] if Purpose.WORDS in living else [])]


def _text(consent: Any) -> str:
    """The very words that were agreed to; nothing where they are older than our list."""
    known = CONSENT_TEXTS[Purpose(consent.purpose)]
    return str(known[consent.text_version]) if consent.text_version in known else ""
