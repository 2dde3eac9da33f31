"""Prices on the board: written down, corrected by another row, taken back by a row that says why."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from marketplace import config
from marketplace.catalogue.models import Commodity, Goods
from marketplace.cooperatives.models import Cooperative
from marketplace.foundation import clock, formats
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.money import Money
from marketplace.foundation.reference import random_ref
from marketplace.foundation.words import _, _l, language
from marketplace.prices import queries
from marketplace.prices.computing import is_odd, middle
from marketplace.prices.events import PriceCorrected, PriceNoted, PriceTakenBack
from marketplace.prices.models import Observation, PricePlace
from marketplace.prices.policies import keeps_board
from marketplace.prices.services.doubt import close, doubt_far, hold
from marketplace.prices.states import Level, Source, Verdict

OLDEST = dt.date(2000, 1, 1)
LONGEST_GRADE = 20


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What somebody saw: the price of one unit of the goods (mostly a kilogram) on a day, or a span of prices.

    With `low` and `high` the price is their middle. `grade` is a sign, "" where goods were not graded.
    """

    goods: Goods
    place: PricePlace
    day: dt.date
    level: Level
    price: Money | None = None
    low: Money | None = None
    high: Money | None = None
    grade: str = ""
    commodity: Commodity | None = None

    @property
    def counted(self) -> Money | None:
        """What counts as the price."""
        if self.price is None and self.low is not None and self.high is not None:
            return middle((self.low, self.high))
        return self.price


def note_price(
    *,
    seen: Seen,
    source: Source,
    by: Any,
    source_words: str = "",
    source_url: str = "",
    cooperative: Cooperative | None = None,
    sure: bool = False,
    is_example: bool = False,
) -> Observation:
    """Write a price on the board.

    Raises Refusal for a day to come, a span upside down, a price published by nobody, the same row once more, and for
    a price far from the recent ones (settings PRICE_ODD_PERCENT, PRICE_ODD_DAYS) unless `sure`; beside the fields day,
    high, source_words, price and sure. A far one counts for others once a second pair of eyes has kept it.
    """
    _check(seen, source, source_words)
    if _stands_already(seen, source, source_words, cooperative):
        raise Refusal(
            _l("This source has a price for that day on the board already. Correct that one."), field="price"
        )
    row = _row(seen, source, source_words, source_url, cooperative, by)
    row.checked, row.is_example = _odd(seen, sure), is_example
    db.session.add(row)
    db.session.flush()
    announce(
        PriceNoted(
            observation_id=row.id,
            root_id=row.root,
            goods_id=row.goods_id,
            price=int(row.price),
            actor_id=id_of(by),
        )
    )
    doubt_far(observation=row)
    return row


def correct_price(
    *,
    observation: Observation,
    seen: Seen,
    reason: str,
    by: Any,
    source_words: str | None = None,
    source_url: str | None = None,
    sure: bool = False,
) -> Observation:
    """Another row stands in its place; the old one can still be read. `by` and source stay those of who saw it.
    An officer who corrects it has looked: theirs is not doubted by itself.

    Raises Refusal without a reason, for a mean of deals, for a row that was replaced, and as `note_price` does.
    """
    words = observation.source_words if source_words is None else source_words
    hold(observation)
    _check_correctable(observation, reason)
    _check(seen, observation.source, words)
    row = _row(
        seen,
        observation.source,
        words,
        observation.source_url if source_url is None else source_url,
        observation.cooperative,
        by,
    )
    row.checked, row.is_example = _odd(seen, sure, observation.id), observation.is_example
    _replace(observation, row, reason)
    close(observation=observation, verdict=Verdict.CORRECTED, words=reason, by=by)
    announce(
        PriceCorrected(
            observation_id=row.id,
            root_id=row.root,
            goods_id=row.goods_id,
            price=int(row.price),
            words=reason,
            actor_id=id_of(by),
        )
    )
    if not keeps_board(by):
        doubt_far(observation=row)
    return row


def take_back(*, observation: Observation, reason: str, by: Any) -> Observation:
    """Nothing stands in its place. Raises Refusal without a reason, for a mean of deals, for a row that was
    replaced."""
    hold(observation)
    _check_correctable(observation, reason)
    copied = (
        "goods_id", "commodity_id", "place_id", "day", "grade", "level", "price", "low", "high", "source",
        "source_words", "source_url", "cooperative_id", "is_example",
    )  # fmt: skip
    row = Observation(
        ref=random_ref(),
        by_id=id_of(by),
        noted_at=clock.now(),
        void=True,
        **{name: getattr(observation, name) for name in copied},
    )
    _replace(observation, row, reason)
    close(observation=observation, verdict=Verdict.TAKEN_BACK, words=reason, by=by)
    announce(
        PriceTakenBack(
            observation_id=row.id,
            root_id=row.root,
            goods_id=row.goods_id,
            words=reason,
            actor_id=id_of(by),
        )
    )
    return row


def _check(seen: Seen, source: Source, source_words: str) -> None:
    if seen.day > clock.today():
        raise Refusal(_l("This day is still to come."), field="day")
    if seen.day < OLDEST:
        raise Refusal(_l("This day is too long ago."), field="day")
    if (seen.low is None) != (seen.high is None):
        raise Refusal(_l("Write both the lowest and the highest price, or neither."), field="high")
    if seen.counted is None:
        raise Refusal(_l("Write the price, or the lowest and the highest one."), field="price")
    if seen.low is not None and seen.high is not None and not seen.low <= seen.counted <= seen.high:
        raise Refusal(_l("The price must lie between the lowest and the highest one."), field="high")
    if len(seen.grade) > LONGEST_GRADE:
        raise Refusal(_l("Please shorten this to %(n)s characters.", n=LONGEST_GRADE), field="grade")
    if source is Source.PUBLISHED and not source_words:
        raise Refusal(_l("Say where this was published."), field="source_words")


def _stands_already(seen: Seen, source: Source, words: str, cooperative: Cooperative | None) -> bool:
    return (
        queries.same_again(
            goods_id=seen.goods.id,
            place_id=seen.place.id,
            day=seen.day,
            grade=seen.grade,
            level=seen.level,
            source=source,
            source_words=words,
            cooperative_id=cooperative.id if cooperative is not None else None,
        )
        is not None
    )


def _odd(seen: Seen, sure: bool, but: int | None = None) -> bool:
    """Whether the price is far from what is usual. Raises Refusal when nobody said that it is right."""
    usual = queries.usual_price(seen.goods.id, seen.level, seen.grade, seen.day, but)
    price = seen.counted
    assert price is not None, "a price was checked before"
    if usual is None or not is_odd(price, usual, config.current().price_odd_percent):
        return False
    if not sure:
        raise Refusal(
            _(
                "The price of these days is about %(usual)s, this one is %(price)s. Is it right? Then tick here.",
                usual=formats.vnd(usual, language()),
                price=formats.vnd(price, language()),
            ),
            field="sure",
        )
    return True


def _row(
    seen: Seen, source: Source, words: str, url: str, cooperative: Cooperative | None, by: Any
) -> Observation:
    return Observation(
        ref=random_ref(),
        goods=seen.goods,
        commodity=seen.commodity,
        place=seen.place,
        day=seen.day,
        grade=seen.grade,
        level=seen.level,
        price=seen.counted,
        low=seen.low,
        high=seen.high,
        source=source,
        source_words=words,
        source_url=url,
        cooperative=cooperative,
        by_id=id_of(by),
        noted_at=clock.now(),
        void=False,
        reason="",
    )


def _check_correctable(observation: Observation, reason: str) -> None:
    if observation.source is Source.SETTLED:
        raise Refusal(_l("A mean of deals is never corrected: it would tell of one of them."))
    if not reason.strip():
        raise Refusal(_l("Please say why."), field="reason")
    if observation.void or queries.replaced_by(observation.id) is not None:
        raise Refusal(_l("Somebody corrected this price a moment ago. Please look at it again."))


def _replace(observation: Observation, row: Observation, reason: str) -> None:
    row.replaces_id, row.root_id, row.reason = observation.id, observation.root, reason.strip()
    db.session.add(row)
    db.session.flush()
