"""What the fields bring: sowings, weather, forecasts that are said again, prices on the board."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import partial

from sqlalchemy import select

from marketplace.catalogue.models import Goods
from marketplace.foundation.calendar import Week
from marketplace.foundation.db import db
from marketplace.foundation.money import Money
from marketplace.growing import services as growing
from marketplace.growing.models import Plot, Sowing
from marketplace.growing.services import PlotFacts, SowingFacts
from marketplace.growing.states import LandUnit
from marketplace.prices import services as prices
from marketplace.prices.services import Seen
from marketplace.prices.states import Level, Source
from marketplace.site.winter.behaviour import BY_SLUG, Crop
from marketplace.site.winter.life import Grower, Season, rounded
from marketplace.supply import services as supply
from marketplace.supply.services import Expected

WEEK = dt.timedelta(weeks=1)


def sow(season: Season) -> None:
    """Every field was sown so long before its first harvest week; what it would bring with fair weather."""
    for grower in season.growers:
        for slug in grower.products:
            _foresee_harvest(season, grower, slug)
            _sow(season, grower, slug)


def _foresee_harvest(season: Season, grower: Grower, slug: str) -> None:
    chance = season.chance("fields")
    for week in season.weeks:
        full = grower.usual[slug] * BY_SLUG[slug].months.get(week.start.month, 0) / 100
        season.harvest[grower.id, slug, str(week)] = rounded(full * chance.uniform(0.85, 1.15), 10)


def _sow(season: Season, grower: Grower, slug: str) -> None:
    crop, weeks = BY_SLUG[slug], _bearing(season, grower, slug)
    if not weeks:
        return
    first, last = weeks[0].start, weeks[-1].end
    sown_on = min(first - dt.timedelta(days=crop.sown_days), season.begins - WEEK)
    kg = sum(season.harvest[grower.id, slug, str(week)] for week in weeks)

    def act() -> None:
        director = season.person(grower.director)
        plot = growing.add_plot(
            cooperative=season.cooperative(grower),
            facts=PlotFacts(
                name=field_of(slug),
                unit_id=grower.unit,
                area=Decimal(max(kg // crop.kg_of_sao, 1)),
                area_unit=LandUnit.SAO,
            ),
            by=director,
        )
        facts = SowingFacts(
            product=season.product(grower, slug),
            sown_on=sown_on,
            first_on=first,
            last_on=last,
            kg=Decimal(kg),
            variety=crop.variety,
        )
        growing.sow(plot=plot, facts=facts, by=director)

    with season.at(sown_on, 10):
        season.do("sowing", act)


def field_of(slug: str) -> str:
    """What the field of a crop is called."""
    return f"Cánh đồng {BY_SLUG[slug].name_vi.lower()}"


def _bearing(season: Season, grower: Grower, slug: str) -> list[Week]:
    return [week for week in season.weeks if season.harvest[grower.id, slug, str(week)] > 0]


# --- weather ------------------------------------------------------------------------------------------


def weather(season: Season, week: Week) -> None:
    """Rain takes something of this week and the two that follow, a flood most of two."""
    chance = season.chance("weather")
    for district in sorted({each.district for each in season.growers}):
        if season.happens("storm", "weather"):
            _strike(season, district, week, "storm", season.behaviour.storm_takes, 2)
        elif season.happens("rain", "weather"):
            takes = season.behaviour.rain_takes * chance.uniform(0.5, 2)
            _strike(season, district, week, "rain", takes, 3)


def _strike(season: Season, district: int, week: Week, kind: str, takes: float, weeks: int) -> None:
    season.done[kind] += 1
    for ahead in range(weeks):
        season.weather[district, str(week + ahead)] = kind
    for grower in season.growers:
        if grower.district == district:
            for slug in grower.products:
                for ahead in range(weeks):
                    at = (grower.id, slug, str(week + ahead))
                    if at in season.harvest:
                        season.harvest[at] = rounded(season.harvest[at] * (100 - takes) / 100, 10)


# --- forecasts ----------------------------------------------------------------------------------------


def look_ahead(season: Season, week: Week, said: dict[tuple[int, str, str], int]) -> None:
    """Each cooperative says what the next weeks bring, and says it again where it looks different by now. The nearer a
    week, the better it is known; `said` is what was said last."""
    for grower in season.growers:
        for slug in grower.products:
            _say(season, week, grower, slug, said)


def _say(season: Season, now: Week, grower: Grower, slug: str, said: dict[tuple[int, str, str], int]) -> None:
    crop, wanted = BY_SLUG[slug], dict[str, int]()
    for ahead in range(season.behaviour.weeks_ahead):
        at = (grower.id, slug, str(now + ahead))
        if at not in season.harvest or (at not in said and not season.harvest[at]):
            continue
        kg = _guess(season, season.harvest[at], ahead)
        before = said.get(at)
        if before is None or abs(kg - before) * 100 >= season.behaviour.said_again_from * max(before, 1):
            wanted[at[2]] = max(kg, season.gone[at])
    if not wanted:
        return
    kind = season.weather.get((grower.district, str(now)), "")
    note = {"rain": "Mưa rét kéo dài", "storm": "Ngập lụt"}.get(kind, "")

    def act() -> bool:
        supply.forecast_weeks(
            product=season.product(grower, slug),
            weeks=[_expected(crop, week, kg) for week, kg in sorted(wanted.items())],
            note=note,
            by=season.person(grower.director),
        )
        return True

    if season.do("forecast", act):
        said.update({(grower.id, slug, week): kg for week, kg in wanted.items()})
        season.done["forecast weeks"] += len(wanted)


def _guess(season: Season, kg: int, ahead: int) -> int:
    """What somebody takes it for so many weeks before."""
    width = season.behaviour.misjudged * ahead / max(season.behaviour.weeks_ahead - 1, 1)
    return rounded(kg * (1 + season.chance("guesses").uniform(-width, width) / 100), 10)


def _expected(crop: Crop, week: str, kg: int) -> Expected:
    units = (Decimal(kg) / Decimal(crop.kg)).quantize(Decimal(1))
    low, high = units * 85 / 100, units * 115 / 100
    return Expected(week=week, likely=units, low=low, high=high)


def lose_what_is_flooded(season: Season, week: Week) -> None:
    """Where a flood took nearly all, the diary of the field says that it is lost."""
    for grower in season.growers:
        if season.weather.get((grower.district, str(week))) != "storm":
            continue
        for slug, product in sorted(grower.products.items()):
            if not any(season.left(grower, slug, str(week + ahead)) for ahead in range(season.scale.weeks)):
                season.do("sowing lost", partial(_lost, season, product, grower))


def _lost(season: Season, product: int, grower: Grower) -> None:
    query = select(Sowing).join(Plot).where(Sowing.product_id == product, Sowing.ended_on.is_(None))
    for sowing in db.session.scalars(query):
        growing.lose_sowing(sowing=sowing, words="Ngập lụt", by=season.person(grower.director))


# --- prices -------------------------------------------------------------------------------------------


def prices_of(season: Season) -> None:
    """The market's way through the season, known to nobody before its week."""
    chance = season.chance("prices")
    for slug, crop in sorted(BY_SLUG.items()):
        low, high = crop.price
        price = float(low + high) / 2
        for week in [*season.weeks, season.weeks[-1] + 1]:
            step = chance.uniform(-season.behaviour.price_moves, season.behaviour.price_moves)
            if season.happens("price_jumps", "prices"):
                step += chance.choice((1, 1, -1)) * season.behaviour.price_jump
            price = min(max(price * (1 + step / 100), low * 0.7), high * 1.6)
            season.market[slug, str(week)] = rounded(price, 50)


def note_prices(season: Season, week: Week) -> None:
    """An officer writes on the board what was paid at the fields."""

    def act() -> None:
        place = prices.place_for_unit(unit_id=season.growers[0].unit, by=season.person(season.officer))
        for crop in season.grown():
            goods = db.session.scalars(select(Goods).where(Goods.slug == crop.slug)).one()
            seen = Seen(
                goods=goods,
                place=place,
                day=week.start,
                level=Level.FIELD,
                price=Money(int(season.price(crop.slug, str(week)) * Decimal(crop.kg))),
            )
            prices.note_price(
                seen=seen, source=Source.OFFICER, by=season.person(season.officer), sure=True, is_example=True
            )

    season.do("prices of a week", act)
