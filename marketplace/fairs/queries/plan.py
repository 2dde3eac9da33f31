"""Halls, zones and booths of a fair, and who holds them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import case, func, or_, select
from sqlalchemy.orm import selectinload

from marketplace.catalogue.models import Commodity, Product
from marketplace.cooperatives.models import Cooperative
from marketplace.fairs.models import (
    AllocationSeat,
    Booth,
    BroughtProduct,
    Fair,
    Hall,
    Stand,
    StandBooth,
    Wish,
    Zone,
    ZoneSector,
)
from marketplace.fairs.states import FairState, StandState
from marketplace.foundation.db import db
from marketplace.foundation.db.paging import Page, page_of
from marketplace.foundation.text import fold
from marketplace.foundation.words import pick
from marketplace.selection.models import Application

NAMED = (FairState.PUBLISHED, FairState.REPORTED, FairState.ARCHIVED)


@dataclass(frozen=True)
class Holder:
    """Who has a half of a booth now; `state` is that of their stand."""

    half: int
    state: StandState
    stand_id: int
    application_id: int
    cooperative_id: int
    name: str
    slug: str


@dataclass
class Exhibitor:
    """Somebody with a confirmed stand: where, and with what."""

    name: str
    slug: str
    booths: list[str] = field(default_factory=list)
    zones: list[int] = field(default_factory=list)
    halls: list[int] = field(default_factory=list)
    products: list[str] = field(default_factory=list)
    drawing: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """Where it comes in the list."""
        return fold(self.name), self.slug

    def answers(self, wanted: str) -> bool:
        """Whether their name, a booth or a product holds these folded words."""
        told = fold(" ".join([self.name, *self.booths, *self.products]))
        return all(word in told for word in wanted.split())


@dataclass(frozen=True)
class ZoneFigures:
    booths: int = 0
    kw: int = 0
    taps: int = 0


def halls_of(fair_id: int) -> Sequence[Hall]:
    return db.session.scalars(select(Hall).where(Hall.fair_id == fair_id).order_by(Hall.position)).all()


def hall_of(fair_id: int, ref: str) -> Hall | None:
    return db.session.scalar(select(Hall).where(Hall.fair_id == fair_id, Hall.ref == ref))


def zones_of(fair_id: int) -> Sequence[Zone]:
    """In their order, with the sectors they are for."""
    query = select(Zone).where(Zone.fair_id == fair_id).order_by(Zone.position)
    return db.session.scalars(query.options(selectinload(Zone.sectors).joinedload(ZoneSector.category))).all()


def zone_of(fair_id: int, zone_id: int) -> Zone | None:
    return db.session.scalar(select(Zone).where(Zone.fair_id == fair_id, Zone.id == zone_id))


def zone_figures(fair_id: int) -> dict[int, ZoneFigures]:
    """Zone id → how many booths it has, and what they draw from its mains."""
    taps = func.sum(case((Booth.water, 1), else_=0))
    query = select(Booth.zone_id, func.count(), func.sum(Booth.kw), taps)
    rows = db.session.execute(query.where(Booth.fair_id == fair_id).group_by(Booth.zone_id))
    return {zone: ZoneFigures(count, kw or 0, water or 0) for zone, count, kw, water in rows}


def booths_in(hall_id: int) -> Sequence[Booth]:
    query = select(Booth).where(Booth.hall_id == hall_id).order_by(Booth.row, Booth.number, Booth.id)
    return db.session.scalars(query).all()


def booths_by_hall(fair_id: int) -> dict[int, list[Booth]]:
    """All booths of a fair, by their hall's id."""
    found: dict[int, list[Booth]] = {}
    query = select(Booth).where(Booth.fair_id == fair_id).order_by(Booth.row, Booth.number, Booth.id)
    for booth in db.session.scalars(query):
        found.setdefault(booth.hall_id, []).append(booth)
    return found


def booth_named(fair_id: int, code: str) -> Booth | None:
    return db.session.scalar(select(Booth).where(Booth.fair_id == fair_id, Booth.code == code))


def booths_by_ids(booth_ids: Collection[int]) -> Sequence[Booth]:
    """In the order of their numbers."""
    query = select(Booth).where(Booth.id.in_(booth_ids)).order_by(Booth.row, Booth.number)
    return db.session.scalars(query.options(selectinload(Booth.zone))).all() if booth_ids else []


def fair_named(slug: str) -> Fair | None:
    """For programs that were told its name: the worker that prints."""
    return db.session.scalar(select(Fair).where(Fair.slug == slug))


def booth_page(
    fair_id: int, after: str | None, *, words: str = "", free: bool = False, size: int = 100
) -> Page[Booth]:
    """A page of the table twin, by row and number; `words` is the beginning of a number, `free` leaves out what is
    held, offered or not given out."""
    query = select(Booth).where(Booth.fair_id == fair_id)
    if free:
        having = select(StandBooth.booth_id).where(StandBooth.booth_id == Booth.id, StandBooth.active)
        query = query.where(~Booth.blocked, ~having.exists())
    if words:
        query = query.where(func.upper(Booth.code).startswith(words.upper(), autoescape=True))
    query = query.options(selectinload(Booth.hall), selectinload(Booth.zone))
    return page_of(query, Booth.row, Booth.number, Booth.id, after=after, size=size).map(lambda row: row[0])


def codes_elsewhere(hall: Hall) -> set[str]:
    """Numbers that the fair's other halls have."""
    query = select(Booth.code).where(Booth.fair_id == hall.fair_id, Booth.hall_id != hall.id)
    return set(db.session.scalars(query))


# --- who holds them -----------------------------------------------------------------------------------


def holders(fair_id: int) -> dict[int, list[Holder]]:
    """Booth id → who has its halves now, by offer or confirmed."""
    query = (
        select(
            StandBooth.booth_id,
            StandBooth.half,
            Stand.state,
            Stand.id,
            Application.id,
            Cooperative.id,
            Cooperative.short_name,
            Cooperative.name,
            Cooperative.slug,
        )
        .join(Stand, StandBooth.stand_id == Stand.id)
        .join(Application, Stand.application_id == Application.id)
        .join(Cooperative, Application.cooperative_id == Cooperative.id)
        .where(Stand.fair_id == fair_id, StandBooth.active)
        .order_by(StandBooth.booth_id, StandBooth.half)
    )
    found: dict[int, list[Holder]] = {}
    for booth, half, state, stand, application, cooperative, short, name, slug in db.session.execute(query):
        holder = Holder(half, StandState(state), stand, application, cooperative, short or name, slug)
        found.setdefault(booth, []).append(holder)
    return found


def names_are_public(fair: Fair) -> bool:
    """Who exhibits is known from the day it is published; of a cancelled fair nobody is named."""
    return fair.state in NAMED and not fair.cancelled_reason


def exhibitors(fair_id: int) -> list[Exhibitor]:
    """Everybody with a confirmed stand, by name, with booths and goods: three statements."""
    confirmed: dict[int, Exhibitor] = {}
    query = select(Booth.id, Booth.code, Booth.zone_id, Booth.hall_id).where(Booth.fair_id == fair_id)
    places = {id: (code, zone, hall) for id, code, zone, hall in db.session.execute(query)}
    for booth, having in holders(fair_id).items():
        for holder in having:
            if holder.state is StandState.CONFIRMED:
                known = confirmed.setdefault(holder.application_id, Exhibitor(holder.name, holder.slug))
                _stands(known, *places[booth])
    for application, vi, en, drawing in _brought(fair_id):
        if application in confirmed:
            confirmed[application].products.append(pick(vi, en))
            confirmed[application].drawing = confirmed[application].drawing or drawing
    for each in confirmed.values():
        each.booths.sort()
    return sorted(confirmed.values(), key=lambda each: each.key)


def _stands(known: Exhibitor, code: str, zone_id: int, hall_id: int) -> None:
    """Each once: two halves of a booth are one, and so are two booths of a zone."""
    if code not in known.booths:
        known.booths.append(code)
    if zone_id not in known.zones:
        known.zones.append(zone_id)
    if hall_id not in known.halls:
        known.halls.append(hall_id)


def _brought(fair_id: int) -> Iterable[tuple[int, str, str, str]]:
    query = (
        select(BroughtProduct.application_id, Product.name_vi, Product.name_en, Commodity.drawing)
        .join(Product, BroughtProduct.product_id == Product.id)
        .join(Commodity, Product.commodity_id == Commodity.id)
        .join(Stand, Stand.application_id == BroughtProduct.application_id)
        .where(Stand.fair_id == fair_id, Stand.state == StandState.CONFIRMED)
        .order_by(BroughtProduct.application_id, BroughtProduct.position)
    )
    return db.session.execute(query).tuples()


def held(booth_ids: Collection[int]) -> set[int]:
    """Which of these booths somebody has now."""
    query = select(StandBooth.booth_id).where(StandBooth.active, StandBooth.booth_id.in_(booth_ids))
    return set(db.session.scalars(query)) if booth_ids else set()


def held_once(booth_ids: Collection[int]) -> set[int]:
    """Which of these booths anybody has or had."""
    query = select(StandBooth.booth_id).where(StandBooth.booth_id.in_(booth_ids))
    return set(db.session.scalars(query)) if booth_ids else set()


def wished(booth_ids: Collection[int]) -> set[int]:
    """Which of these booths an application wishes for."""
    query = select(Wish.booth_id).where(Wish.booth_id.in_(booth_ids))
    return {id for id in db.session.scalars(query) if id is not None} if booth_ids else set()


def zone_is_used(zone_id: int) -> bool:
    """Whether booths, wishes or a computed allocation speak of this zone."""
    query = select(
        or_(
            select(Booth.id).where(Booth.zone_id == zone_id).exists(),
            select(Wish.rank).where(Wish.zone_id == zone_id).exists(),
            select(AllocationSeat.run_id).where(AllocationSeat.zone_id == zone_id).exists(),
        )
    )
    return bool(db.session.scalar(query))


def fairs_with_plan(but: int) -> Sequence[Fair]:
    """Other fairs that have a plan to copy, the newest first."""
    drawn = select(Hall.id).where(Hall.fair_id == Fair.id).exists()
    query = select(Fair).where(drawn, Fair.id != but).order_by(Fair.first_day.desc(), Fair.id).limit(50)
    return db.session.scalars(query).all()
