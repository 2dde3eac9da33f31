"""A stand's fee by card: the alliance's own account at the card company takes it, and owes it to nobody."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from flask import Flask

from marketplace.cards import queries as cards
from marketplace.cards import tasks
from marketplace.fairs import services
from marketplace.fairs.models import Stand
from marketplace.fairs.services.fee import charge_of
from marketplace.foundation.db import db, transaction
from marketplace.foundation.money import Money
from marketplace.payments.models import Charge
from marketplace.payments.states import ChargeState, RefundState, Way
from tests.cards.conftest import Send, fresh
from tests.client import ReadingClient
from tests.fairs.hall import fairground
from tests.fairs.test_supporting import confirmed, unbroken
from tests.stripe_like import StripeLike
from tests.world import World

FEE = Money(500_000)


@pytest.fixture
def stand(world: World, client: ReadingClient) -> Stand:
    stand = confirmed(world, fairground(world, booth_fee=FEE))
    client.sign_in("donglac@demo.vn")
    return stand


def asked(stand: Stand) -> Charge:
    charge = charge_of(stand)
    assert charge is not None
    return fresh(charge)


def page(client: ReadingClient, stand: Stand) -> str:
    return client.get(f"/desk/fairs/{stand.fair.slug}/stand").get_data(as_text=True)


def by(client: ReadingClient, stand: Stand, way: str) -> str:
    """Press for another way; where it leads."""
    answer = client.send(f"/desk/fairs/{stand.fair.slug}/stand/fee/{way}")
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return str(answer.location)


def opened(client: ReadingClient, stand: Stand) -> str:
    """From the stand to the company's page; its name."""
    there = by(client, stand, "card")
    assert "Trả bằng thẻ" in client.get(there).get_data(as_text=True)
    answer = client.send(there.split("?")[0], data={"back": f"/desk/fairs/{stand.fair.slug}/stand"})
    found = re.search(r"/c/pay/(\w+)$", answer.location)
    assert found is not None
    return found[1]


def test_it_is_paid_on_the_companys_page_into_the_alliances_own_account(
    client: ReadingClient, company: StripeLike, send: Send, stand: Stand
) -> None:
    assert "Chuyển sang trả bằng thẻ" in page(client, stand)
    name = opened(client, stand)
    assert company.books.things[name]["amount_total"] == FEE
    company.books.pay(name)
    assert set(company.news.deliver(send)) == {200}
    charge = asked(stand)
    assert (charge.state, charge.method, charge.collected) == (ChargeState.SETTLED, Way.CARD, False)
    assert "Đã trả phí" in page(client, stand)
    assert unbroken()


def test_what_the_alliance_collects_for_others_is_another_matter(
    client: ReadingClient, company: StripeLike, send: Send, stand: Stand, app: Flask
) -> None:
    """Where it collects for cooperatives, its own fee is still nobody's: nothing is to be handed on."""
    app.extensions["settings"] = replace(app.extensions["settings"], cards_collected=True)
    company.books.pay(opened(client, stand))
    assert set(company.news.deliver(send)) == {200}
    charge = asked(stand)
    assert charge.state is ChargeState.SETTLED and not charge.collected
    assert cards.settlements() == [] and cards.held_by_charge(charge.payee_organisation_id) == []
    assert unbroken()


def test_back_to_the_office_closes_the_page_first(
    client: ReadingClient, company: StripeLike, stand: Stand
) -> None:
    name = opened(client, stand)
    assert "Chuyển sang trả tiền mặt" in page(client, stand)
    by(client, stand, "cod")
    assert company.books.things[name]["status"] == "expired"
    assert asked(stand).method is Way.CASH


def test_paid_there_meanwhile_is_said_and_the_way_stays(
    client: ReadingClient, company: StripeLike, stand: Stand
) -> None:
    company.books.pay(opened(client, stand))
    answer = client.send(f"/desk/fairs/{stand.fair.slug}/stand/fee/cod")
    assert answer.status_code == 422
    assert (asked(stand).state, asked(stand).method) == (ChargeState.SETTLED, Way.CARD)


def test_a_stand_that_is_given_up_pays_the_card_back(
    client: ReadingClient, company: StripeLike, send: Send, stand: Stand, world: World
) -> None:
    company.books.pay(opened(client, stand))
    company.news.deliver(send)
    with transaction():
        services.release(stand=db.session.merge(stand), words="Mưa bão", by=world.director)
    tasks.send_refunds()
    assert [refund.state for refund in asked(stand).refunds] == [RefundState.PAID]
    assert [refund["amount"] for refund in company.books.of("refund")] == [FEE]
    assert unbroken()


def test_the_officer_does_not_confirm_by_hand_what_the_company_tells(
    client: ReadingClient, company: StripeLike, stand: Stand, world: World
) -> None:
    by(client, stand, "card")
    client.sign_in(world.officer.email)
    office = client.get(f"/office/fairs/{stand.fair.slug}/stands").get_data(as_text=True)
    assert "trả bằng thẻ" in office and f"/{stand.ref}/payment" not in office
    assert client.send(f"/office/fairs/{stand.fair.slug}/stands/{stand.ref}/payment").status_code == 409


def test_without_cards_nobody_is_offered_one(client: ReadingClient, stand: Stand, app: Flask) -> None:
    app.extensions["settings"] = replace(app.extensions["settings"], stripe_secret_key="")
    assert "bằng thẻ" not in page(client, stand)
    assert client.send(f"/desk/fairs/{stand.fair.slug}/stand/fee/card").status_code == 422
