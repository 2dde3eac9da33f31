"""Silence is a yes: of the buyer after the goods left, of the seller after the buyer signed; and only then."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import select

from marketplace.deliveries.states import DeliveryState, ReceivedHow
from marketplace.deliveries.tasks import take_silence_as_receipt
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.fulfilment.models import Acceptance
from marketplace.fulfilment.states import AcceptanceState
from marketplace.fulfilment.tasks.acceptance import take_buyers_silence, take_sellers_silence
from tests.buyers.company import Company
from tests.fulfilment.world import (
    KG,
    accepted,
    agreed,
    arrived,
    fresh,
    good,
    kept,
    loaded,
    opened,
    refused,
    sent,
    signed,
)
from tests.world import World


def the_slip() -> Acceptance | None:
    fresh()
    return db.session.scalar(select(Acceptance))


def later(hours: int) -> Any:
    return clock.standing_at(clock.now() + dt.timedelta(hours=hours))


def test_a_buyer_who_writes_nothing_has_accepted(world: World, company: Company) -> None:
    """24 hours by the contract; the house's own rule of silence does not touch goods of a contract."""
    contract = kept(world, company)
    delivery = sent(loaded(world, accepted(world, company, contract), 1500), world.director)
    with later(23):
        take_buyers_silence()
        assert the_slip() is None
    with later(25):
        take_silence_as_receipt()
        fresh()
        assert delivery.state is DeliveryState.DISPATCHED
        take_buyers_silence()
        take_buyers_silence()
        slip = the_slip()
        assert slip is not None
        assert (slip.state, slip.by_silence, slip.buyer_signed_at) == (AcceptanceState.AGREED, True, None)
        assert [(line.grade, line.kg) for line in slip.lines] == [("1", KG(1500))]
        assert (delivery.state, delivery.received_how) == (DeliveryState.RECEIVED, ReceivedHow.SILENCE)
        with pytest.raises(Refusal):
            signed(slip, company.huy, [good(1)], gross=1)


def test_goods_that_arrived_late_are_weighed_in_time(world: World, company: Company) -> None:
    """The hours run from the arrival when somebody wrote that down."""
    contract = kept(world, company)
    delivery = sent(loaded(world, accepted(world, company, contract)), world.director)
    with later(20):
        slip = opened(delivery, company.huy)
    with later(30):
        take_buyers_silence()
        fresh()
        assert slip.state is AcceptanceState.OPEN
        signed(slip, company.huy, [good(2000)])
    with later(300):
        take_buyers_silence()
        fresh()
        assert slip.state is AcceptanceState.SIGNED, "who wrote is not silent"


def test_a_seller_who_does_not_object_has_agreed(world: World, company: Company) -> None:
    contract = kept(world, company)
    slip = signed(arrived(world, company, contract), company.huy, [good(1900), refused(100)])
    with later(23):
        take_sellers_silence()
        fresh()
        assert slip.state is AcceptanceState.SIGNED
    with later(25):
        take_sellers_silence()
        take_sellers_silence()
        fresh()
        assert (slip.state, slip.by_silence, slip.accepted) == (AcceptanceState.AGREED, True, KG(1900))
        with pytest.raises(Refusal):
            agreed(slip, world.director)
