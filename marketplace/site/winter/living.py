"""Twenty weeks, one after the other: what everybody does on which day, and what the clock does at night."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from marketplace.foundation.calendar import Week
from marketplace.foundation.db import db
from marketplace.foundation.reference import drawn_from
from marketplace.foundation.words import in_language
from marketplace.fulfilment import tasks as fulfilment
from marketplace.insights.invariants import breaks
from marketplace.linkage import tasks as linkage
from marketplace.site.winter import (
    agreeing,
    answering,
    asking,
    calling,
    fields,
    founding,
    gathering,
    keeping,
    settling,
)
from marketplace.site.winter.behaviour import Behaviour, Scale
from marketplace.site.winter.life import Season
from marketplace.supply import tasks as supply

AFTER = 6
Tell = Callable[[str], None]


def live(*, seed: int, scale: Scale, behaviour: Behaviour | None = None, tell: Tell) -> Season:
    """A whole season in an empty database, through the services that people use."""
    season = Season(seed=seed, scale=scale, behaviour=behaviour or Behaviour())
    with drawn_from(season.chance("references")), in_language("vi"):
        founding.found(season)
        fields.prices_of(season)
        fields.sow(season)
        said: dict[tuple[int, str, str], int] = {}
        for number, week in enumerate(season.weeks, start=1):
            _week(season, week, said)
            tell(f"week {number}/{len(season.weeks)}: {sum(season.done.values())} acts")
        _after(season)
    return season


def broken(season: Season) -> list[str]:
    """The numbered invariants that do not hold, as the last evening sees them."""
    with season.at(season.weeks[-1].end + AFTER * 7 * DAY, 9):
        return [
            f"{number}: {sentence} ({count})" for number, sentence, count in breaks(thorough=True) if count
        ]


def _week(season: Season, week: Week, said: dict[tuple[int, str, str], int]) -> None:
    for number, (market, hour) in enumerate(MARKET_DAYS):
        day = week.start + number * DAY
        _fields_and_depots(season, day)
        with season.at(day, hour):
            market(season, week, said)
        with season.at(day, 18):
            keeping.sign(season)
            keeping.go_on_disputing(season)
            settling.pay(season)
        with season.at(day, 23):
            _clock()


def _fields_and_depots(season: Season, day: dt.date) -> None:
    with season.at(day, 3):
        keeping.load(season, day)
    with season.at(day, 7):
        keeping.take_in(season)


Said = dict[tuple[int, str, str], int]


def _monday(season: Season, week: Week, said: Said) -> None:
    fields.weather(season, week)
    fields.note_prices(season, week)
    fields.look_ahead(season, week, said)
    fields.lose_what_is_flooded(season, week)
    fulfilment.settlement.draw_sheets()
    agreeing.agree(season)
    gathering.keep_sharing(season)
    asking.ask(season, week)


def _tuesday(season: Season, week: Week, _said: Said) -> None:
    asking.take_back(season)
    answering.quote(season, week)
    gathering.form(season, week)
    gathering.drop_out(season)
    calling.change(season, week)
    settling.confirm(season)


def _wednesday(season: Season, week: Week, _said: Said) -> None:
    keeping.excuse(season, week)
    answering.bargain(season)
    gathering.answer(season, week)


def _thursday(season: Season, week: Week, _said: Said) -> None:
    calling.call(season, week + 1)


def _friday(season: Season, _week: Week, _said: Said) -> None:
    calling.take_back(season)
    calling.answer(season)
    settling.confirm(season)


def _saturday(season: Season, week: Week, _said: Said) -> None:
    answering.choose(season, week)
    gathering.keep_sharing(season)


def _sunday(season: Season, _week: Week, _said: Said) -> None:
    keeping.recall(season)
    fulfilment.shortfall.write_records()


MARKET_DAYS = (
    (_monday, 8),
    (_tuesday, 9),
    (_wednesday, 15),
    (_thursday, 9),
    (_friday, 8),
    (_saturday, 10),
    (_sunday, 9),
)
DAY = dt.timedelta(days=1)


def _clock() -> None:
    """What the worker's clock would have done by now, in its order. Papers are not pressed and letters not sent."""
    for task in (
        supply.free_expired_holds,
        linkage.close_requests,
        linkage.close_late_calls,
        fulfilment.acceptance.take_buyers_silence,
        fulfilment.acceptance.take_sellers_silence,
        fulfilment.dispute.end_silent_disputes,
        linkage.close_contracts,
        linkage.plan_what_is_missing,
        supply.close_past_shortfalls,
    ):
        task()
        db.session.remove()


def _after(season: Season) -> None:
    """The weeks after: slips, sheets and money come to rest."""
    first = season.weeks[-1].end + DAY
    for number in range(AFTER * 7):
        day = first + number * DAY
        with season.at(day, 8):
            fulfilment.settlement.draw_sheets()
            fulfilment.shortfall.write_records()
            keeping.go_on_disputing(season)
            settling.confirm(season)
            settling.pay(season)
        with season.at(day, 23):
            _clock()
