"""Whoever holds a quote hears early that it soon lapses or that its week falls short: one letter a day."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
import time_machine
from sqlalchemy import select

from marketplace.foundation import clock
from marketplace.foundation.db import db, transaction
from marketplace.inbox.models import Notice
from marketplace.linkage import services
from marketplace.linkage.tasks import warn_of_quotes
from marketplace.supply import queries as ledger
from marketplace.supply import services as supply
from marketplace.supply.states import ShortCause
from tests.buyers.company import Company
from tests.linkage.asked import opened, renewed
from tests.linkage.quoted import again, expecting, quoted, weeks_of
from tests.world import World


@pytest.fixture
def company(world: World) -> Company:
    return Company.built()


def letters(kind: str) -> list[Notice]:
    db.session.expire_all()
    return [*db.session.scalars(select(Notice).where(Notice.kind == kind).order_by(Notice.id))]


def test_a_quote_that_soon_lapses_is_told_once_to_both(world: World, company: Company) -> None:
    need = opened(company)
    expecting(need, world.carrots, by=world.director)
    quote = quoted(need, world.dong_lac, world.carrots, world.director)
    warn_of_quotes()
    assert not letters("quotes.soon_lapsing") and not letters("quotes.at_risk")
    with time_machine.travel(clock.now() + dt.timedelta(days=13), tick=True):
        with transaction():
            services.close_need(need=renewed(need))
        warn_of_quotes()
        warn_of_quotes()
        (seller,) = letters("quotes.soon_lapsing")
        buyers = letters("quotes.at_risk")
        assert seller.person_id == world.director.id and seller.url == f"/desk/quotes/{quote.ref}"
        assert {each.url for each in buyers} == {f"/buyer/requests/{need.ref}/quotes"}
        assert len({each.person_id for each in buyers}) == len(buyers)
        assert "hết hạn" in seller.sentence_vi and str(need.number) in buyers[0].sentence_vi


def test_a_week_that_falls_short_is_told_again_only_when_more_is_missing(
    world: World, company: Company
) -> None:
    need = opened(company)
    expecting(need, world.carrots, by=world.director)
    quote = quoted(need, world.dong_lac, world.carrots, world.director)
    week = weeks_of(need)[0]
    held = next(c.quantity for c in ledger.claims_of(quote.holder) if c.stock.week == week)
    for days, (missing, count) in enumerate(((1000, 1), (500, 1), (2000, 2), (0, 2))):
        with time_machine.travel(clock.now() + dt.timedelta(days=days), tick=True):
            with transaction():
                supply.forecast(
                    product=world.carrots, week=week, likely=held - Decimal(missing), by=world.director
                )
            warn_of_quotes()
        assert len({each.subject_vi + each.sentence_vi for each in letters("quotes.at_risk")}) == count, (
            missing
        )
    assert again(quote).short_told == 0


def test_of_a_sealed_quote_its_buyer_hears_nothing(world: World, company: Company) -> None:
    need = opened(company, sealed=True)
    expecting(need, world.carrots, by=world.director)
    quote = quoted(
        need, world.dong_lac, world.carrots, world.director, valid_until=clock.now() + dt.timedelta(days=8)
    )
    week = weeks_of(need)[0]
    with transaction():
        supply.forecast(product=world.carrots, week=week, likely=Decimal(100), by=world.director)
    with time_machine.travel(clock.now() + dt.timedelta(days=6, hours=12), tick=True):
        warn_of_quotes()
    assert letters("quotes.soon_lapsing") and not letters("quotes.at_risk")
    assert again(quote).short_told == 0


def test_the_buyer_of_a_quote_is_told_when_its_seller_warns(world: World, company: Company) -> None:
    need = opened(company)
    expecting(need, world.carrots, by=world.director)
    quote = quoted(need, world.dong_lac, world.carrots, world.director)
    week = weeks_of(need)[0]
    with transaction():
        supply.forecast(product=world.carrots, week=week, likely=Decimal(100), by=world.director)
    stock = ledger.week_stock(world.carrots.id, week)
    assert stock is not None
    with transaction():
        shortfall = ledger.live_shortfall(stock.id)
        assert shortfall is not None
        supply.tell_buyers(shortfall=shortfall, cause=ShortCause.WEATHER, words="Mưa", by=world.director)
    assert {each.url for each in letters("supply.missing")} == {f"/buyer/quotes/{quote.ref}"}
