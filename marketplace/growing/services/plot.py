"""Fields, and what is sown in them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from marketplace.catalogue.models import Product
from marketplace.cooperatives.models import Cooperative
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.quantity import quantity as exact
from marketplace.foundation.reference import random_ref
from marketplace.foundation.words import _l
from marketplace.growing import queries
from marketplace.growing.events import (
    PlotAdded,
    PlotChanged,
    PlotClosed,
    PlotEvent,
    SowingEvent,
    SowingForeseen,
    SowingHarvested,
    SowingLost,
    Sown,
)
from marketplace.growing.models import Plot, Sowing
from marketplace.growing.states import SQUARE_METRES, LandUnit, sowing_lifecycle

LONGEST_WINDOW = 200
"""Days; a harvest that is longer is several sowings."""


@dataclass(frozen=True, kw_only=True)
class PlotFacts:
    """What is written about a field; `area` in `area_unit`."""

    name: str
    unit_id: int
    village: str = ""
    area: Decimal
    area_unit: LandUnit = LandUnit.SAO
    household_group: str = ""
    household: str = ""
    household_shown: bool = False
    growing_area_code: str = ""
    lat: Decimal | None = None
    lon: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class SowingFacts:
    """What is sown and expected; `kg` of the whole field."""

    product: Product
    sown_on: dt.date
    first_on: dt.date
    last_on: dt.date
    kg: Decimal
    variety: str = ""
    market: str = ""


def add_plot(*, cooperative: Cooperative, facts: PlotFacts, by: Any) -> Plot:
    """A field of the cooperative. Raises Refusal for a name shown without one."""
    plot = Plot(ref=random_ref(), cooperative=cooperative, created_at=clock.now())
    _write(plot, facts)
    db.session.add(plot)
    db.session.flush()
    announce(_about(PlotAdded, plot, by))
    return plot


def change_plot(*, plot: Plot, facts: PlotFacts, by: Any) -> None:
    """From now on it is like this; lots keep the name of the group that harvested them."""
    _write(plot, facts)
    db.session.flush()
    announce(_about(PlotChanged, plot, by))


def close_plot(*, plot: Plot, by: Any) -> None:
    """No longer used. Raises Refusal while something grows there."""
    if queries.growing_in([plot.id])[plot.id]:
        raise Refusal(_l("Something still grows here: write first that it was harvested or lost."))
    plot.active = False
    db.session.flush()
    announce(_about(PlotClosed, plot, by))


def sow(*, plot: Plot, facts: SowingFacts, by: Any) -> Sowing:
    """Sown: what it should bring counts in the forecast from now on."""
    if facts.product.cooperative_id != plot.cooperative_id:
        raise Refusal(_l("This product is another cooperative's."), field="product")
    if facts.sown_on > clock.today():
        raise Refusal(_l("This day is still to come."), field="sown_on")
    _check_window(facts.sown_on, facts.first_on, facts.last_on)
    sowing = Sowing(
        ref=random_ref(),
        plot=plot,
        product=facts.product,
        sown_on=facts.sown_on,
        variety=facts.variety,
        market=facts.market,
        first_on=facts.first_on,
        last_on=facts.last_on,
        kg=exact(facts.kg),
        created_at=clock.now(),
    )
    db.session.add(sowing)
    db.session.flush()
    announce(_grown(Sown, sowing, by, kg=sowing.kg))
    return sowing


def foresee(*, sowing: Sowing, first_on: dt.date, last_on: dt.date, kg: Decimal, by: Any) -> None:
    """The harvest comes earlier, later, larger or smaller than it looked."""
    _check_window(sowing.sown_on, first_on, last_on)
    if (sowing.first_on, sowing.last_on, sowing.kg) == (first_on, last_on, exact(kg)):
        return
    sowing.first_on, sowing.last_on, sowing.kg = first_on, last_on, exact(kg)
    db.session.flush()
    announce(_grown(SowingForeseen, sowing, by, kg=sowing.kg))


def finish_sowing(*, sowing: Sowing, by: Any) -> None:
    """All of it is harvested: nothing more is expected."""
    sowing_lifecycle.advance(sowing, "finish")
    sowing.ended_on = clock.today()
    db.session.flush()
    announce(_grown(SowingHarvested, sowing, by))


def lose_sowing(*, sowing: Sowing, words: str, by: Any) -> None:
    """Flood, storm, disease: nothing more is expected, and it is said why."""
    if not words.strip():
        raise Refusal(_l("Please say what happened."), field="words")
    sowing_lifecycle.advance(sowing, "lose")
    sowing.ended_on, sowing.words = clock.today(), words
    db.session.flush()
    announce(_grown(SowingLost, sowing, by, words=words))


def _write(plot: Plot, facts: PlotFacts) -> None:
    if facts.household_shown and not facts.household:
        raise Refusal(_l("Please write the name that may be shown."), field="household")
    plot.name, plot.unit_id, plot.village = facts.name, facts.unit_id, facts.village
    plot.area = exact(facts.area * SQUARE_METRES[facts.area_unit])
    plot.area_unit = facts.area_unit
    plot.household_group, plot.household = facts.household_group, facts.household
    plot.household_shown, plot.growing_area_code = facts.household_shown, facts.growing_area_code
    plot.lat = None if facts.lat is None else float(facts.lat)
    plot.lon = None if facts.lon is None else float(facts.lon)


def _check_window(sown_on: dt.date, first: dt.date, last: dt.date) -> None:
    if first <= sown_on:
        raise Refusal(_l("The harvest begins after the day of sowing."), field="first_on")
    if last < first:
        raise Refusal(_l("The last day lies before the first."), field="last_on")
    if (last - first).days >= LONGEST_WINDOW:
        raise Refusal(
            _l("A harvest of more than %(days)s days: write it as two sowings.", days=LONGEST_WINDOW),
            field="last_on",
        )


def _about(kind: type[PlotEvent], plot: Plot, by: Any) -> PlotEvent:
    return kind(plot_id=plot.id, cooperative_id=plot.cooperative_id, name=plot.name, actor_id=id_of(by))


def _grown(kind: type[SowingEvent], sowing: Sowing, by: Any, **more: Any) -> SowingEvent:
    return kind(
        sowing_id=sowing.id,
        plot_id=sowing.plot_id,
        product_id=sowing.product_id,
        name=sowing.product.name_vi,
        actor_id=id_of(by),
        **more,
    )
