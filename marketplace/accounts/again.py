"""Weighty acts ask again: `@asks_again()` under a door wants a second step that is not older than some minutes.

The page that asks sends what was sent to the same address once more, so nothing that was typed is lost.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from flask import redirect, request

from marketplace import config
from marketplace.accounts import passwords, queries, services, throttle
from marketplace.accounts.forms import AgainForm
from marketplace.accounts.models import Person
from marketplace.foundation import clock
from marketplace.foundation.db import transaction
from marketplace.foundation.errors import Refusal
from marketplace.foundation.web import person, render
from marketplace.foundation.words import _l

V = TypeVar("V", bound=Callable[..., Any])
OURS = {"csrf_token", "again"}


def asks_again(*, everybody: bool = False) -> Callable[[V], V]:
    """Officers who have a second step show it again; `everybody` does, with the password where there is no other."""

    def guard(view: V) -> V:
        @wraps(view)
        def asked(**values: Any) -> Any:
            who = person()
            if not _needed(who, everybody=everybody):
                return view(**values)
            form = AgainForm(prefix="again-")
            if "again" in request.form:
                with form.reporting():
                    _take(who, form)
                if not form.refused and request.form["again"] == "GET":
                    return redirect(_here(), 303)
                if not form.refused:
                    return view(**values)
            return _page(who, form)

        return cast(V, asked)

    return guard


def _needed(who: Person, *, everybody: bool) -> bool:
    fresh = dt.timedelta(minutes=config.current().proof_minutes)
    if who.proved_at is not None and clock.now() - who.proved_at < fresh:
        return False
    return everybody or (who.is_officer and queries.has_factor(who))


def _take(who: Person, form: AgainForm) -> None:
    """Raises Refusal when it is not right, or was tried too often."""
    try:
        with transaction():
            throttle.count(throttle.SECOND_ACCOUNT, who.ref)
    except throttle.TooOften as often:
        raise Refusal(_l("This was tried too often. Please try again in a quarter of an hour.")) from often
    with transaction():
        if form.credential.data:
            services.take_passkey(answer=form.credential.data, person=who)
        elif queries.has_factor(who):
            services.take_code(person=who, code=form.code.data or "")
        elif not passwords.fits(form.password.data or "", who.password_hash):
            raise Refusal(_l("This is not your password now."), field="password")
        services.note_proof(token=who.sign_in_token)
        throttle.forgive(throttle.SECOND_ACCOUNT, who.ref)
    who.proved_at = clock.now()


def _page(who: Person, form: AgainForm) -> Any:
    came = "GET" if request.method == "GET" else "POST"
    sent = [
        (name, value)
        for name, value in request.form.items(multi=True)
        if name not in OURS and not name.startswith("again-")
    ]
    return render(
        "accounts/again.html",
        status=200 if came == "GET" else 403,
        form=form,
        came=request.form.get("again", came),
        sent=sent,
        factors=queries.factors_of(who),
        here=_here(),
    )


def _here() -> str:
    return request.script_root + request.full_path.rstrip("?")
