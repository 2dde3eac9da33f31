"""Lives of a hundred and more steps, the same in every run; the long ones: python -m bench lives."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask

from marketplace.catalogue.queries import NOTHING
from marketplace.config import Settings
from marketplace.foundation.money import Money
from marketplace.orders import queries as orders
from marketplace.orders.models import Cart, OrderGroup, StandingOrder
from marketplace.orders.services import checkout, standing_run, weighing
from marketplace.payments import ledger
from marketplace.payments.models import Charge, PaymentEntry
from marketplace.supply.services import ledger as volumes
from tests.lives.walk import Broken, Walk
from tests.stripe_like import StripeLike

pytestmark = pytest.mark.long

STEPS = 150
Plant = Callable[[pytest.MonkeyPatch], None]


@pytest.fixture
def company() -> Iterator[StripeLike]:
    with StripeLike() as company:
        yield company


@pytest.fixture
def settings(settings: Settings, company: StripeLike, request: pytest.FixtureRequest) -> Settings:
    return replace(
        settings,
        stripe_secret_key=company.key,
        stripe_webhook_secret=company.webhook_secret,
        stripe_api_base=company.url,
        cards_collected=getattr(request, "param", False),
    )


@pytest.mark.parametrize(("seed", "settings"), [(1, False), (2, True)], indirect=["settings"])
def test_whatever_happens_the_books_are_right(
    app: Flask, company: StripeLike, settings: Settings, seed: int
) -> None:
    with Walk(app, company, seed, collected=settings.cards_collected).begun() as walk:
        walk.walk(STEPS)
    assert walk.steps == STEPS
    assert sum(walk.done.values()) > STEPS / 2, walk.refused


# A walk that cannot find a mistake proves nothing: each of these is planted, and found.


def refunds_are_booked_twice(planted: pytest.MonkeyPatch) -> None:
    once = ledger.give_back

    def twice(charge: Charge, *facts: Any) -> PaymentEntry:
        once(charge, *facts)
        return once(charge, *facts[:3], None, "")

    planted.setattr(ledger, "give_back", twice)


def a_little_more_is_written_down_than_came(planted: pytest.MonkeyPatch) -> None:
    """Every sum of the shop still fits every other: only who reckons for themselves can know."""
    right = ledger.receive
    planted.setattr(
        ledger, "receive", lambda charge, amount, *facts: right(charge, amount + Money(1_000), *facts)
    )


def what_is_let_go_stays_set_aside(planted: pytest.MonkeyPatch) -> None:
    planted.setattr(volumes, "give_back", lambda stock, amount: None)


def a_form_that_was_sent_is_forgotten(planted: pytest.MonkeyPatch) -> None:
    """A crash after the commit, the same form again: a second order, were it not for the constraint."""
    planted.setattr(orders, "group_by_token", lambda token: None)


def a_gram_in_fifty_is_forgotten(planted: pytest.MonkeyPatch) -> None:
    """Order and delivery agree with each other, and nobody pays for more than was on the scale: it is only wrong."""
    right = weighing._settle
    planted.setattr(
        weighing,
        "_settle",
        lambda line, sent, kg: right(line, sent, (kg * Decimal("0.98")).quantize(Decimal("0.001"))),
    )


def one_day_is_ordered_twice(planted: pytest.MonkeyPatch) -> None:
    """A second cart under another token: no constraint can know, and each of the two is an order in good order."""
    right, fill = standing_run._place, standing_run._fill

    def twice(cart: Cart, standing: StandingOrder, date: Any, token: str, **more: Any) -> OrderGroup:
        group = right(cart, standing, date, token, **more)
        if fill(cart, date) is not None and cart.items:
            right(cart, standing, date, f"again-{token}", **more)
        return group

    planted.setattr(standing_run, "_place", twice)


def the_companys_list_is_forgotten(planted: pytest.MonkeyPatch) -> None:
    """It pays what everybody pays: a price that was in force, too."""
    planted.setattr(orders, "agreed_with", lambda buyer: NOTHING)


def nobody_looks_at_the_limit(planted: pytest.MonkeyPatch) -> None:
    planted.setattr(checkout, "limit_passed", lambda buyer, total: None)


PLANTED = [
    (refunds_are_booked_twice, "R3"),
    (a_little_more_is_written_down_than_came, "the ledger says"),
    (what_is_let_go_stays_set_aside, "S3"),
    (a_form_that_was_sent_is_forgotten, "the form was not known again"),
    (a_gram_in_fifty_is_forgotten, "invariants broken: none; sums: .*the charge says"),
    (one_day_is_ordered_twice, "invariants broken: none; sums: .*were placed"),
    (the_companys_list_is_forgotten, "it says|it was asked"),
    (nobody_looks_at_the_limit, "above the limit: True"),
]


@pytest.mark.parametrize(("plant", "found"), PLANTED, ids=lambda given: getattr(given, "__name__", ""))
def test_a_planted_mistake_is_found(
    app: Flask, company: StripeLike, monkeypatch: pytest.MonkeyPatch, plant: Plant, found: str
) -> None:
    with Walk(app, company, seed=3, look_every=5, crashing=0.3).begun() as walk:
        plant(monkeypatch)
        with pytest.raises(Broken, match=found):
            walk.walk(STEPS * 2)
