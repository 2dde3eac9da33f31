"""Flask-Login over server-side sessions: the cookie holds a token, the database its hash."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable
from typing import Any

from flask import Flask, current_app, redirect, request, session, url_for
from flask_login import LoginManager, current_user, login_user, logout_user

from marketplace.accounts import notices, policies, queries, services
from marketplace.accounts.models import Nobody, Person
from marketplace.accounts.states import DESK_LABELS, Desk, OrganisationKind
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.db.session import in_transaction

KEPT = ("cart", "orders", "buyer")
ALWAYS_OPEN = {"accounts", "account", "second_step", "two_step"}
HALFWAY, HALFWAY_LASTS = "halfway", 600
_after: list[Callable[[Any], None]] = []


def after_sign_in(act: Callable[[Any], None]) -> Callable[[Any], None]:
    """Run in the transaction of a sign-in, before the guest's session is renewed: the cart is kept so."""
    if act not in _after:
        _after.append(act)
    return act


def install(app: Flask) -> None:
    manager = LoginManager()
    manager.anonymous_user = Nobody
    manager.session_protection = None
    # In templates the visitor is looked up when a page asks: public pages never do.
    manager.init_app(app, add_context_processor=False)
    app.jinja_env.globals.update(current_user=current_user, desks_here=desks_here)
    manager.user_loader(_load)
    app.before_request(_second_step_first)


def _second_step_first() -> Any:
    """An officer of whom a second step is demanded by now sets it up before any other work."""
    view = current_app.view_functions.get(request.endpoint or "")
    if getattr(view, "__door__", None) is None or request.blueprint in ALWAYS_OPEN:
        return None
    return redirect(url_for("two_step.show"), 303) if policies.factor_is_missing(current_user) else None


def desks_here() -> str:
    """At which desks of the office the shown page is kept, in words; empty where a predicate says it alone."""
    door = getattr(current_app.view_functions[request.endpoint or ""], "__door__", None)
    desks = door.desks if isinstance(door, policies.AtDesk) else ()
    return ", ".join(str(DESK_LABELS[desk]) for desk in Desk if desk in desks)


def _load(token: str) -> Person | None:
    found = queries.signed_in(token)
    if found is None:
        return None
    person = found.person
    person.sign_in_token = token
    person.proved_at = found.proved_at
    if (
        not request.path.startswith(("/me", "/media"))
        and clock.now() - found.last_seen_at > services.SEEN_EVERY
    ):
        _note_seen(token)
    return person


def _note_seen(token: str) -> None:
    """Outside of any transaction of the view; the person is loaded again afterwards."""
    if not db.session().info.get("writing"):
        in_transaction(lambda: services.note_seen(token=token))


def enter(person: Person, onwards: str) -> str:
    """Their password was right: signed in, or asked for the second step first. Where to go. In a transaction."""
    if not queries.has_factor(person):
        begin(person)
        return onwards
    until = int(clock.now().timestamp()) + HALFWAY_LASTS
    session[HALFWAY] = [person.ref, until, _mark(person), onwards]
    return url_for("second_step.show")


def halfway() -> tuple[Person, str] | None:
    """Who gave the right password on this device some minutes ago, and where they go once the second step is done."""
    ref, until, mark, onwards = session.get(HALFWAY, ("", 0, "", ""))
    if until < clock.now().timestamp():
        return None
    person = queries.person_by_ref(ref)
    if person is None or not person.active or not hmac.compare_digest(mark, _mark(person)):
        return None
    return person, onwards


def forget_halfway() -> None:
    session.pop(HALFWAY, None)


def _mark(person: Person) -> str:
    """Changes with the password: who was halfway with an old one begins again."""
    return hashlib.sha256(f"{person.password_hash}".encode()).hexdigest()[:16]


def begin(person: Person, *, proved: bool = False) -> None:
    """Sign the person in on this device: a fresh session, what a guest carried is kept. In a transaction.

    Whoever was signed in here before is no more. `proved`: more than a password was shown.
    """
    for act in _after:
        act(person)
    if current_user.is_authenticated:
        services.sign_out(token=current_user.sign_in_token)
    token = services.sign_in(person=person, agent=request.user_agent.string)
    kept = {name: session[name] for name in KEPT if name in session and name != "cart"}
    session.clear()
    session.update(kept)
    session.permanent = True
    person.sign_in_token = token
    if proved:
        services.note_proof(token=token)
    login_user(person, force=True)


def welcome(person: Person) -> None:
    """Sign in who registered a moment ago; a letter asks whether the e-mail is theirs. In a transaction."""
    notices.address_letter(person)
    begin(person)


def end() -> None:
    logout_user()
    session.clear()


def acting_organisation(person: Any, kind: OrganisationKind | None = None) -> Any:
    """The organisation this person acts for now: the chosen one, or the first of that kind."""
    own = [m.organisation for m in person.memberships if kind is None or m.organisation.kind is kind]
    chosen = session.get("acting_for")
    return next((o for o in own if o.ref == chosen), own[0] if own else None)
