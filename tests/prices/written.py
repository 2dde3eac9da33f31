"""Prices on the board, for tests of what is done with them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from marketplace.accounts import services as accounts
from marketplace.accounts.models import Organisation
from marketplace.accounts.states import OrganisationKind
from marketplace.catalogue.models import Goods
from marketplace.cooperatives import services as cooperatives
from marketplace.cooperatives.models import Cooperative
from marketplace.cooperatives.states import Kind
from marketplace.foundation import clock
from marketplace.foundation.db import db, transaction
from marketplace.foundation.money import Money
from marketplace.places import queries as places
from marketplace.places import services as addresses
from marketplace.prices import services
from marketplace.prices.models import Observation, PricePlace, SettledDeal
from marketplace.prices.services import Seen
from marketplace.prices.states import Level, Source
from tests.world import World


def goods(slug: str = "ca-rot") -> Goods:
    return db.session.scalars(select(Goods).where(Goods.slug == slug)).one()


def market(world: World, name: str = "Chợ Phú Yên", name_en: str = "Phú Yên market") -> PricePlace:
    with transaction():
        return services.add_market(name_vi=name, name_en=name_en, by=world.officer)


def ago(days: int) -> dt.date:
    return clock.today() - dt.timedelta(days=days)


def seen(place: PricePlace, price: int | None = 7000, **told: Any) -> Seen:
    begun = {"goods": goods(), "place": place, "day": ago(0), "level": Level.FIELD}
    return Seen(price=None if price is None else Money(price), **{**begun, **told})


def wrote(world: World, place: PricePlace, price: int = 7000, **told: Any) -> Observation:
    """An officer's price, in a transaction of its own."""
    more = {
        name: told.pop(name) for name in ("source", "source_words", "sure", "cooperative") if name in told
    }
    with transaction():
        return services.note_price(
            seen=seen(place, price, **told), **{"source": Source.OFFICER, "by": world.officer, **more}
        )


def traders(world: World, count: int = 3) -> tuple[list[Cooperative], list[Organisation]]:
    """Cooperatives that sell and organisations that buy."""
    unit = places.search_units("dong lac chi linh")[0]
    with transaction():
        sellers = [
            cooperatives.enter(
                kind=Kind.COOPERATIVE,
                name=f"HTX Nông nghiệp số {number}",
                short_name=f"HTX số {number}",
                address=addresses.make_address(line1="Thôn", unit_id=unit.id, by=world.officer),
                by=world.officer,
                phone=f"+8491300000{number}",
            )
            for number in range(count)
        ]
        buyers = [
            accounts.create_organisation(
                kind=OrganisationKind.BUYER, name=f"Siêu thị số {number}", by=world.officer
            )
            for number in range(count)
        ]
    return sellers, buyers


def deal(
    seller: Cooperative, buyer: Organisation, price: int, kg: int, day: dt.date, **told: Any
) -> SettledDeal:
    """In the caller's transaction."""
    about = told.pop("about", f"test:{seller.id}:{buyer.id}:{price}:{kg}:{day}")
    return services.note_settled(
        about=about,
        goods_id=goods().id,
        day=day,
        level=told.pop("level", Level.WHOLESALE),
        price_per_kg=Money(price),
        quantity=Decimal(kg),
        cooperative_id=seller.id,
        buyer_id=buyer.id,
        by=None,
        **told,
    )
