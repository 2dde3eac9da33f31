"""What the frames of the pages show of orders: counts, and the cart kept at sign-in."""

from __future__ import annotations

from typing import Any

from flask import Flask

from marketplace.accounts.corner import corner_part
from marketplace.accounts.signin import after_sign_in
from marketplace.cooperatives import queries as cooperatives
from marketplace.orders import after, axis, carrying, queries, services, thread, weighed


def to_answer(user: Any) -> int:
    """How many orders wait for this person's cooperative."""
    cooperative = cooperatives.desk_cooperative(user)
    if cooperative is None:
        return 0
    return queries.count_to_answer(cooperative.id) + queries.count_waiting_for_seller(cooperative.id)


def waiting(user: Any) -> int:
    """Orders to answer, and messages to read."""
    cooperative = cooperatives.desk_cooperative(user)
    if cooperative is None:
        return 0
    return to_answer(user) + thread.unread_of_seller([cooperative.organisation_id])


def unread(person: Any) -> int:
    """Messages that this person has not read, bought or sold."""
    return thread.unread_of(person) if person is not None else 0


def install(app: Flask) -> None:
    app.jinja_env.filters.update(
        order_steps=axis.steps, order_words=axis.words, **after.FILTERS, **weighed.FILTERS
    )
    corner_part("cart")(carrying.count)
    corner_part("messages")(unread)
    after_sign_in(_keep_cart)


def _keep_cart(person: Any) -> None:
    services.adopt(token_hash=carrying.token_hash(), person=person)
