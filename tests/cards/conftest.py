"""A shop with a card company beside it, and a sum that a buyer owes by card."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from marketplace.cards import errands, queries
from marketplace.cards.models import CardSession
from marketplace.config import Settings
from marketplace.foundation.db import db, transaction
from marketplace.payments.models import Charge
from tests.client import ReadingClient
from tests.payments.conftest import owed
from tests.stripe_like import StripeLike
from tests.world import World


@pytest.fixture
def company() -> Iterator[StripeLike]:
    with StripeLike() as company:
        yield company


@pytest.fixture
def settings(settings: Settings, company: StripeLike) -> Settings:
    return replace(
        settings,
        stripe_secret_key=company.key,
        stripe_webhook_secret=company.webhook_secret,
        stripe_api_base=company.url,
    )


Send = Callable[[bytes, dict[str, str]], int]


@pytest.fixture
def send(client: ReadingClient) -> Send:
    """News, as the company posts it."""
    return lambda body, headers: client.post("/webhooks/stripe", data=body, headers=headers).status_code


@pytest.fixture
def account(world: World, company: StripeLike, send: Send) -> str:
    """Đồng Lạc's account at the company, ready to take cards."""
    errands.open_account(cooperative=world.dong_lac, by=world.director)
    known = queries.account_of(world.dong_lac.organisation_id)
    assert known is not None and known.stripe_id is not None
    company.books.finish_account(known.stripe_id)
    assert company.news.deliver(send) == [200]
    return known.stripe_id


@pytest.fixture
def charge(world: World, account: str) -> Charge:
    return owed(world, method="card")


def page_of(charge: Charge) -> CardSession:
    """The charge's newest card page, as it stands now."""
    db.session.rollback()
    found = queries.last_session(charge.id)
    assert found is not None
    return found


def press(client: ReadingClient, charge: Charge) -> Any:
    return client.post(f"/pay/{charge.ref}/card", data={"back": "/orders/x"})


def opened(client: ReadingClient, charge: Charge) -> str:
    """The buyer presses: the name of the company's page that opens."""
    answer = press(client, charge)
    assert answer.status_code == 303, answer.get_data(as_text=True)
    found = re.search(r"/c/pay/(\w+)$", answer.location)
    assert found is not None, answer.location
    return found[1]


def fresh(charge: Charge) -> Charge:
    db.session.rollback()
    db.session.expire_all()
    return charge


def due_now() -> None:
    """The clock has moved on: everything that is asked about again is due."""
    with transaction():
        for table in ("card_sessions", "card_refunds"):
            db.session.execute(
                db.text(f"UPDATE {table} SET look_at = '2020-01-01 00:00:00+00:00' WHERE look_at IS NOT NULL")
                if db.engine.dialect.name == "postgresql"
                else db.text(
                    f"UPDATE {table} SET look_at = '2020-01-01 00:00:00.000000' WHERE look_at IS NOT NULL"
                )
            )
