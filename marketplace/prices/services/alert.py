"""Following a price: a line is drawn, and whoever drew it hears each time the price crosses it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select

from marketplace.catalogue.models import Goods
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.money import Money
from marketplace.foundation.words import _l
from marketplace.prices import queries
from marketplace.prices.events import PriceCrossed, PriceFollowed, PriceUnfollowed
from marketplace.prices.models import Observation, PriceAlert, PricePlace
from marketplace.prices.queries import Reference
from marketplace.prices.states import Level, Turn

MOST = 20
BACK_DAYS = 14
"""A price older than this is none to tell of."""


def follow(
    *,
    person: Any,
    goods: Goods,
    level: Level,
    turn: Turn,
    threshold: Money,
    place: PricePlace | None = None,
    by: Any,
) -> PriceAlert:
    """From now on. On which side the price lies today is no news. Raises Refusal for the same line, or the 21st."""
    followed = queries.alerts_of(person.id)
    if len(followed) >= MOST:
        raise Refusal(_l("You follow %(n)s prices: let one go first.", n=MOST))
    if any(
        (each.goods_id, each.level, each.turn, each.threshold) == (goods.id, level, turn, threshold)
        for each in followed
    ):
        raise Refusal(_l("You follow this price already."), field="threshold")
    alert = PriceAlert(
        person_id=person.id,
        goods=goods,
        place=place,
        level=level,
        turn=turn,
        threshold=threshold,
        since=clock.now(),
        beyond=False,
        seen_id=_newest(goods.id, level),
    )
    db.session.add(alert)
    db.session.flush()
    now = _price(alert)
    alert.beyond = now is not None and _is_beyond(alert, now.price)
    announce(PriceFollowed(alert_id=alert.id, actor_id=id_of(by)))
    return alert


def unfollow(*, alert: PriceAlert, by: Any) -> None:
    """No more of it. What was told stays told."""
    alert.ended_at = clock.now()
    db.session.flush()
    announce(PriceUnfollowed(alert_id=alert.id, actor_id=id_of(by)))


def look_at(*, alert: PriceAlert) -> bool:
    """Look at the board for a follower; tell them when the price went over their line since they last looked.

    Returns whether they were told. Only prices count that no seller writes (as for contracts).
    """
    alert.seen_id = _newest(alert.goods_id, alert.level)
    now = _price(alert)
    if now is None:
        return False
    was, alert.beyond = alert.beyond, _is_beyond(alert, now.price)
    if was or not alert.beyond:
        return False
    alert.told_at = clock.now()
    announce(
        PriceCrossed(
            alert_id=alert.id,
            observation_id=now.observation_ids[-1],
            price=int(now.price),
            day=now.day.isoformat(),
        )
    )
    return True


def _newest(goods_id: int, level: Level) -> int:
    newest = db.session.scalar(
        select(func.max(Observation.id)).where(Observation.goods_id == goods_id, Observation.level == level)
    )
    return newest or 0


def _price(alert: PriceAlert) -> Reference | None:
    return queries.reference(
        alert.goods_id, alert.place_id, day=clock.today(), level=alert.level, back_days=BACK_DAYS
    )


def _is_beyond(alert: PriceAlert, price: Money) -> bool:
    return price >= alert.threshold if alert.turn is Turn.ABOVE else price <= alert.threshold
