"""Doors. Every endpoint has one, or the app does not start.

`@public` lets everyone in. `@allow(predicate)` asks `predicate(user, *subjects)`, the subjects being what the
URL named. Unsafe requests must come from our own pages: by Fetch Metadata or Origin everywhere, and with a token
too where a person is signed in and the endpoint is not public (public pages are the same for everyone, so they
hold no token).
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import Flask, Response, abort, current_app, redirect, request, session, url_for
from flask_login import current_user
from markupsafe import Markup

from marketplace.foundation.policy import POLICIES, Predicate

V = TypeVar("V", bound=Callable[..., Any])
SAFE = {"GET", "HEAD", "OPTIONS"}


def public(view: V) -> V:
    """Open to everyone; the same page for every visitor unless the view says otherwise."""
    view.__door__ = None  # type: ignore[attr-defined]
    return view


def allow(predicate: Predicate, *, reads: Predicate | None = None, foreign: str = "") -> Callable[[V], V]:
    """`@allow(policies.can_award)`: the same named predicate that the button asks.

    `reads`: who may look at the page, where that are more than may send its form. A predicate may bring its own
    (`predicate.reads`), as those of the office's desks do.

    `foreign="webhook"` marks an endpoint that programs call with their own proof; it needs no token.
    """

    def guard(view: V) -> V:
        view.__door__ = predicate  # type: ignore[attr-defined]
        view.__reads__ = reads or getattr(predicate, "reads", predicate)  # type: ignore[attr-defined]
        view.__foreign__ = foreign  # type: ignore[attr-defined]
        return view

    return guard


def signed_in(user: Any, *_subjects: Any) -> bool:
    """Anyone with an account."""
    return bool(user.is_authenticated)


def can(name: str, *subjects: Any) -> bool:
    """For templates: `can("orders.can_answer", order)`."""
    return POLICIES[name](current_user, *subjects)


def sends() -> bool:
    """For templates: whether the visitor may send the forms of this page, or only read it."""
    return _passes(current_app.view_functions[request.endpoint or ""], "__door__")


def _passes(view: Any, which: str) -> bool:
    door: Predicate | None = vars(view).get(which)
    return door is None or bool(door(current_user, *(request.view_args or {}).values()))


def person() -> Any:
    """The signed-in person, for a service's `by=`."""
    return current_user._get_current_object() if current_user.is_authenticated else None


class UnguardedEndpoint(SystemExit):
    """Somebody forgot a door."""


def install(app: Flask) -> None:
    app.before_request(_guard)
    app.jinja_env.globals.update(can=can, csrf_input=csrf_input, sends=sends)


def refuse_unguarded(app: Flask) -> None:
    """Called last: the app refuses to start with an endpoint that has no door."""
    bare = sorted(e for e, view in app.view_functions.items() if not hasattr(view, "__door__"))
    if bare:
        raise UnguardedEndpoint(f"no @allow or @public on: {', '.join(bare)}")


def _guard() -> Response | None:
    if request.endpoint is None:
        return None
    view = current_app.view_functions[request.endpoint]
    door: Predicate | None = vars(view)["__door__"]
    if request.method not in SAFE and not getattr(view, "__foreign__", ""):
        _refuse_strangers_forms(token_needed=door is not None and current_user.is_authenticated)
    if door is None or _passes(view, "__reads__" if request.method in SAFE else "__door__"):
        return None
    if current_user.is_authenticated:
        abort(403)
    return _ask_to_sign_in()  # type: ignore[return-value]


def _ask_to_sign_in() -> Any:
    came_for = request.script_root + request.full_path.rstrip("?") if request.method in SAFE else ""
    return redirect(url_for("accounts.sign_in", next=came_for or None), 303)


# --- forms of other sites -------------------------------------------------------------------------


def _refuse_strangers_forms(*, token_needed: bool) -> None:
    site = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin")
    if site is not None and site not in {"same-origin", "none"}:
        abort(403)
    if origin is not None and (origin == "null" or urlsplit(origin).netloc != request.host):
        abort(403)
    if token_needed or (site is None and origin is None):
        sent = request.headers.get("X-CSRF-Token") or request.form.get("csrf_token", "")
        if not _token_fits(sent):
            abort(403)


def csrf_token() -> str:
    """The session's token under a fresh mask, so that a compressed page never shows it twice alike."""
    if "csrf" not in session:
        session["csrf"] = secrets.token_hex(16)
    secret, mask = bytes.fromhex(session["csrf"]), secrets.token_bytes(16)
    return mask.hex() + _mixed(secret, mask).hex()


def _token_fits(sent: str) -> bool:
    try:
        mask, hidden = bytes.fromhex(sent[:32]), bytes.fromhex(sent[32:])
    except ValueError:
        return False
    secret = bytes.fromhex(session.get("csrf", ""))
    return len(secret) == 16 and hmac.compare_digest(_mixed(hidden, mask), secret)


def _mixed(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=False))


def csrf_input() -> Markup:
    """The hidden token on pages of signed-in people; nothing for guests."""
    if not current_user.is_authenticated:
        return Markup("")
    return Markup('<input type="hidden" name="csrf_token" value="{}">').format(csrf_token())
