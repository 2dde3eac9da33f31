"""A standing order that is paid by card: each of its orders asks its buyer once it was accepted."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import select

from marketplace.foundation import clock
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Refusal
from marketplace.foundation.money import Money
from marketplace.inbox.models import Notice
from marketplace.orders import services
from marketplace.orders.models import Order, StandingOrder, StandingRun
from marketplace.orders.states import Method, SkipReason
from marketplace.payments.states import Way
from tests.cards.conftest import opened
from tests.client import ReadingClient
from tests.letters import letters_to
from tests.orders.agreed import charge_of, holds
from tests.orders.standing import START, days_pass, outcome, standing_order, supermarket
from tests.stripe_like import StripeLike
from tests.world import World

EACH_TIME = 40 * 16_000 + 60_000


@pytest.fixture
def running(world: World, account: str) -> StandingOrder:
    organisation, buyer = supermarket(world)
    with clock.standing_at(START):
        return standing_order(world, buyer, organisation, method=Method.CARD)


def cards_up_to(app: Flask, most: int) -> None:
    app.extensions["settings"] = replace(app.extensions["settings"], card_most=Money(most))


def test_each_order_asks_for_the_card_once_it_is_accepted(
    world: World, running: StandingOrder, client: ReadingClient, company: StripeLike
) -> None:
    days_pass(START, 1)
    order = db.session.scalars(select(Order)).one()
    assert order.method is Method.CARD
    with transaction():
        services.accept(order=order, by=world.director)
    charge = charge_of(order)
    assert charge.method is Way.CARD
    letter = letters_to("bigmart@demo.vn", order.number)[-1]
    assert f"Trả bằng thẻ: http://localhost/pay/{charge.ref}/card" in letter.text
    assert company.books.things[opened(client, charge)]["amount_total"] == EACH_TIME
    holds()


def test_a_sum_that_no_card_pays_is_said_beside_the_choice(world: World, account: str, app: Flask) -> None:
    cards_up_to(app, EACH_TIME - 1)
    organisation, buyer = supermarket(world)
    with clock.standing_at(START), pytest.raises(Refusal, match="Mỗi lần thẻ trả được") as refused:
        standing_order(world, buyer, organisation, method=Method.CARD)
    assert refused.value.field == "method"


def test_a_date_that_no_card_pays_any_more_falls_out_and_both_are_told(
    world: World, running: StandingOrder, app: Flask
) -> None:
    cards_up_to(app, EACH_TIME - 1)
    days_pass(START, 1)
    assert db.session.scalars(select(Order)).all() == [] and outcome(running) != {}
    run = db.session.scalars(select(StandingRun)).one()
    assert run.reason is SkipReason.REFUSED and "Mỗi lần thẻ trả được" in run.words
    told = db.session.scalars(select(Notice.sentence_vi).where(Notice.kind == "standing.skipped")).all()
    assert any("thẻ" in sentence for sentence in told)
    holds()


def test_the_choice_stands_in_the_form_with_what_it_means(
    world: World, account: str, client: ReadingClient
) -> None:
    client.sign_in("household@demo.vn")
    page = client.get(f"/standing-orders/new?line={world.carrots.slug}:40").get_data(as_text=True)
    assert 'name="method" value="card"' in page and "đường dẫn tới trang thẻ" in page


def test_without_cards_there_is_no_such_choice(world: World, client: ReadingClient) -> None:
    client.sign_in("household@demo.vn")
    page = client.get(f"/standing-orders/new?line={world.carrots.slug}:40").get_data(as_text=True)
    assert 'value="card"' not in page and "trang thẻ" not in page
