"""Twenty weeks, one after the other: what everybody does on which day, and what the clock does at night."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from marketplace.foundation.calendar import Week
from marketplace.foundation.db import db
from marketplace.foundation.reference import drawn_from
from marketplace.foundation.words import in_language
from marketplace.insights.invariants import breaks
from marketplace.linkage import tasks as linkage
from marketplace.site.winter import agreeing, answering, asking, calling, fields, founding, gathering
from marketplace.site.winter.behaviour import Behaviour, Scale
from marketplace.site.winter.life import Season
from marketplace.supply import tasks as supply

AFTER = 3
MON, TUE, WED, THU, FRI, SAT, SUN = range(7)
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
    monday = week.start
    with season.at(monday, 6):
        fields.weather(season, week)
        fields.note_prices(season, week)
        fields.look_ahead(season, week, said)
        fields.lose_what_is_flooded(season, week)
    with season.at(monday, 14):
        agreeing.agree(season)
        gathering.keep_sharing(season)
        asking.ask(season, week)
    with season.at(monday + TUE * DAY, 9):
        asking.take_back(season)
        answering.quote(season, week)
        gathering.form(season, week)
        gathering.drop_out(season)
        calling.change(season, week)
    with season.at(monday + WED * DAY, 15):
        answering.bargain(season)
        gathering.answer(season, week)
    with season.at(monday + THU * DAY, 9):
        calling.call(season, week + 1)
    with season.at(monday + THU * DAY, 17):
        calling.take_back(season)
        calling.answer(season)
    with season.at(monday + SAT * DAY, 10):
        _clock()
        answering.choose(season, week)
        gathering.keep_sharing(season)
    with season.at(monday + SUN * DAY, 22):
        _clock()


DAY = dt.timedelta(days=1)


def _clock() -> None:
    """What the worker's clock would have done by now, in its order. Papers are not pressed and letters not sent."""
    for task in (
        supply.free_expired_holds,
        linkage.close_requests,
        linkage.close_late_calls,
        linkage.close_contracts,
        linkage.plan_what_is_missing,
        supply.close_past_shortfalls,
    ):
        task()
        db.session.remove()


def _after(season: Season) -> None:
    """Three weeks later everything is at rest."""
    for weeks in range(1, AFTER + 1):
        with season.at(season.weeks[-1].end + weeks * 7 * DAY, 8):
            _clock()
