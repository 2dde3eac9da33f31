"""Which cart belongs to this browser: a member's by the person, a guest's by a token in the session."""

from __future__ import annotations

import hashlib
import secrets
from typing import Any

from flask import session
from flask_login import current_user

from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.orders import queries
from marketplace.orders.models import Cart

REMEMBERED = 30


def token_hash() -> str | None:
    token = session.get("cart")
    return hashlib.sha256(token.encode()).hexdigest() if token else None


def cart() -> Cart | None:
    """The cart of whoever asks, or None."""
    if current_user.is_authenticated:
        return queries.cart_of(current_user)
    return queries.cart_by_token(token_hash())


def cart_to_fill() -> Cart:
    """The cart of whoever asks, begun now when there is none; inside a transaction."""
    if (found := cart()) is not None:
        return found
    fresh = Cart(touched_at=clock.now())
    if current_user.is_authenticated:
        fresh.person_id = current_user.id
    else:
        session["cart"] = secrets.token_urlsafe(24)
        session.permanent = True
        fresh.token_hash = token_hash()
    db.session.add(fresh)
    db.session.flush()
    return fresh


def remember_group(ref: str) -> None:
    """This browser may find its orders again."""
    session["orders"] = [ref, *[r for r in session.get("orders", []) if r != ref]][:REMEMBERED]
    session.permanent = True


def remembered_groups() -> list[str]:
    return list(session.get("orders", []))


def count(person: Any) -> int:
    """For the corner of every page."""
    return queries.count_in_cart(person.id if person is not None else None, token_hash())
