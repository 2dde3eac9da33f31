"""A fair that runs, with stands that sell: for tests of day sheets, results and reports."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from marketplace.fairs import consent, queries, services
from marketplace.fairs.models import Fair, FairDeal, FairResult, Stand
from marketplace.fairs.services import GoodsSold
from marketplace.fairs.states import DealKind, FairState
from marketplace.foundation import clock
from marketplace.foundation.db import db, transaction
from marketplace.foundation.money import Money
from tests.fairs.hall import Fairground, applied, fairground, standing
from tests.world import World


@dataclass
class Showing:
    """Đồng Lạc stands on A01 and A02 with carrots, Thăng Long on B01 with onions; today is the first of four days."""

    ground: Fairground
    carrots: Stand
    onions: Stand

    @property
    def fair(self) -> Fair:
        return self.ground.fair


def showing(world: World, *, in_days: int = 0, **more: Any) -> Showing:
    ground = fairground(world, in_days=in_days, state=FairState.PUBLISHED, **more)
    first = applied(ground, world.dong_lac, halves=4, products=(world.carrots,), by=world.director)
    second = applied(ground, world.kinh_mon, products=(world.onions,), by=world.rival)
    return Showing(
        ground,
        standing(ground, first, ground.booth("A01"), ground.booth("A02")),
        standing(ground, second, ground.booth("B01")),
    )


def number() -> str:
    return str(uuid.uuid4())


def sold(
    world: World, stand: Stand, cash: int, *, kg: int = 0, day: dt.date | None = None, by: Any = None
) -> None:
    """A day's sheet, with carrots when they are told."""
    goods = [GoodsSold(product=world.carrots, quantity=Decimal(kg), amount=Money(kg * 1000))] if kg else []
    with transaction():
        services.write_day(
            stand=stand,
            day=day or clock.today(),
            client=number(),
            cash=Money(cash),
            orders=3,
            sold=goods,
            by=by or world.director,
        )


def met(world: World, stand: Stand, client: str = "", **more: Any) -> Any:
    told = {"name": "Nguyễn Thị Lan", "phone": "+84912345678", "consent_text": consent.CURRENT, **more}
    with transaction():
        return services.take_lead(
            stand=stand, client=client or number(), met_on=clock.today(), by=world.director, **told
        )


def signed(world: World, stand: Stand, kind: DealKind, value: int, client: str = "", **more: Any) -> FairDeal:
    told = {"partner": "Công ty Hansalim", "country": "KR", "signed_on": clock.today(), **more}
    with transaction():
        return services.sign_deal(
            stand=stand, client=client or number(), kind=kind, value=Money(value), by=world.director, **told
        )


def handed_in(stand: Stand, *, sales: int | None = None, by: Any) -> FairResult:
    """What the day sheets say, or another sum."""
    with transaction():
        result = services.begin_result(stand=stand, by=by)
        services.keep_result(
            result=result,
            sales=result.sales if sales is None else Money(sales),
            orders=result.orders,
            difficulties="Thiếu điện buổi tối",
            by=by,
        )
        services.submit_result(result=result, by=by)
    return result


def verified(
    result: FairResult, *, sales: int | None = None, by: Any, deals: dict[int, Money] | None = None
) -> None:
    """As declared, or with another sum of sales."""
    if deals is None:
        deals = {deal.id: deal.value for deal in queries.deals_of(result.stand_id)}
    with transaction():
        services.verify_result(
            result=result,
            sales=result.sales if sales is None else Money(sales),
            orders=result.orders,
            deals=deals,
            note="Đã xem tận gian",
            by=by,
        )


@contextmanager
def after(fair: Fair, days: int = 1) -> Iterator[None]:
    """So many days after its last one, at noon."""
    noon = dt.datetime.combine(fair.last_day + dt.timedelta(days=days), dt.time(12))
    with clock.standing_at(clock.from_local(noon)):
        yield
    db.session.expire_all()
