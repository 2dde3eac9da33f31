"""Flask-Login over server-side sessions: the cookie holds a token, the database its hash."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Flask, current_app, request, session
from flask_login import LoginManager, current_user, login_user, logout_user

from marketplace.accounts import notices, policies, queries, services
from marketplace.accounts.models import Nobody, Person
from marketplace.accounts.states import DESK_LABELS, Desk, OrganisationKind
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.db.session import in_transaction

KEPT = ("cart", "orders", "buyer")
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


def begin(person: Person) -> None:
    """Sign the person in on this device: a fresh session, what a guest carried is kept. In a transaction.

    Whoever was signed in here before is no more.
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
