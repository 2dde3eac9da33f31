"""Who follows a price hears once each time it crosses the line."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from marketplace.accounts import holdings
from marketplace.accounts.holdings import Identity
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Refusal
from marketplace.foundation.money import Money
from marketplace.inbox.models import Notice
from marketplace.prices import queries, services, tasks
from marketplace.prices.models import PriceAlert
from marketplace.prices.states import Level, Source, Turn
from tests.prices.written import ago, goods, market, seen, wrote
from tests.world import World


def follow(world: World, line: int = 7500, turn: Turn = Turn.ABOVE) -> PriceAlert:
    with transaction():
        return services.follow(
            person=world.household,
            goods=goods(),
            level=Level.FIELD,
            turn=turn,
            threshold=Money(line),
            by=world.household,
        )


def heard(world: World) -> list[str]:
    return list(
        db.session.scalars(
            select(Notice.sentence_vi)
            .where(Notice.person_id == world.household.id, Notice.kind.like("prices.%"))
            .order_by(Notice.id)
        )
    )


def test_told_once_for_each_crossing(world: World) -> None:
    place = market(world)
    wrote(world, place, 8000, day=ago(6))
    follow(world)
    tasks.tell_followers()
    assert heard(world) == [], "where the price is today is no news"
    wrote(world, place, 7000, day=ago(5))
    tasks.tell_followers()
    assert heard(world) == []
    first = wrote(world, place, 7500, day=ago(4))
    tasks.tell_followers()
    tasks.tell_followers()
    wrote(world, place, 7900, day=ago(3))
    tasks.tell_followers()
    assert (
        len(heard(world)) == 1
        and "7.500" in heard(world)[0]
        and first.day.strftime("%d/%m") in heard(world)[0]
    )
    wrote(world, place, 7000, day=ago(2))
    tasks.tell_followers()
    wrote(world, place, 7600, day=ago(1))
    tasks.tell_followers()
    assert len(heard(world)) == 2


def test_what_a_seller_writes_tells_nobody_and_a_correction_does(world: World) -> None:
    place = market(world)
    row = wrote(world, place, 7000)
    follow(world, 5000, Turn.BELOW)
    wrote(world, place, 4000, source=Source.COOPERATIVE, cooperative=world.dong_lac)
    tasks.tell_followers()
    assert heard(world) == []
    with transaction():
        services.correct_price(observation=row, seen=seen(place, 4900), reason="Nghe nhầm", by=world.officer)
    tasks.tell_followers()
    assert len(heard(world)) == 1 and "4.900" in heard(world)[0]


def test_the_same_line_twice_is_refused_and_who_leaves_follows_no_more(world: World) -> None:
    alert = follow(world)
    with pytest.raises(Refusal, match="đã theo dõi"):
        follow(world)
    with transaction():
        services.unfollow(alert=alert, by=world.household)
    again = follow(world)
    with transaction():
        holdings.erase(Identity("Người đã xoá", person_id=world.household.id))
    assert db.session.get_one(PriceAlert, again.id).ended_at is not None
    assert queries.alerts_of(world.household.id) == []
