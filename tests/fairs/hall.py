"""A fair with a plan, a call and applications, made row by row for tests that begin in the middle.

Tests of how these rows come to be go through the services; the others stand on these.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from sqlalchemy import select

from marketplace.catalogue.models import Category
from marketplace.cooperatives import services as cooperatives
from marketplace.cooperatives.models import Cooperative
from marketplace.cooperatives.states import Kind, MemberState
from marketplace.fairs.models import (
    Booth,
    BroughtProduct,
    Fair,
    FairApplication,
    Hall,
    Stand,
    StandBooth,
    Wish,
    Zone,
    ZoneSector,
)
from marketplace.fairs.states import FairKind, FairState, StandState, WishKind
from marketplace.foundation import clock
from marketplace.foundation.db import db, transaction
from marketplace.foundation.reference import random_ref
from marketplace.selection.models import Application, Call
from marketplace.selection.states import ApplicationState, Entered, Purpose
from tests.world import World

_numbers = count(1)


@dataclass
class Fairground:
    """Rows of six booths, A01–A06, B01–B06, …, each row a zone of its own; a call that closed an hour ago."""

    fair: Fair
    hall: Hall
    call: Call
    zones: list[Zone] = field(default_factory=list)
    booths: list[Booth] = field(default_factory=list)

    def booth(self, code: str) -> Booth:
        return next(each for each in self.booths if each.code == code)


def fairground(
    world: World,
    *,
    booths: int = 12,
    state: FairState = FairState.ANNOUNCED,
    in_days: int = 40,
    call_is_open: bool = False,
    **more: Any,
) -> Fairground:
    """A fair of four days that begins `in_days` from today."""
    today, now, n = clock.today(), clock.now(), next(_numbers)
    with transaction():
        fair = Fair(
            slug=f"hoi-cho-{n}",
            series=f"hoi-cho-{n}",
            kind=FairKind.FAIR,
            state=state,
            name_vi=f"Hội chợ Nông sản Xứ Đông {n}",
            name_en=f"Fair of Eastern Produce {n}",
            organisers="Liên minh HTX tỉnh Hải Dương",
            venue="Quảng trường Xứ Đông",
            first_day=today + dt.timedelta(days=in_days),
            last_day=today + dt.timedelta(days=in_days + 3),
            opens=dt.time(8),
            closes=dt.time(21),
            made_at=now,
            **more,
        )
        db.session.add(fair)
        db.session.flush()
        call = Call(
            ref=random_ref(),
            purpose=Purpose.FAIR,
            subject_id=fair.id,
            opens_at=now - dt.timedelta(days=20),
            closes_at=now + dt.timedelta(days=9) if call_is_open else now - dt.timedelta(hours=1),
            made_at=now,
        )
        hall = Hall(ref=random_ref(), fair_id=fair.id, position=1, name="Nhà A", width=120, depth=80)
        db.session.add_all([call, hall])
        db.session.flush()
        ground = Fairground(fair, hall, call)
        for at in range(booths):
            row, place = divmod(at, 6)
            letter = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[row]
            if place == 0:
                ground.zones.append(_zone(fair, row, letter))
            ground.booths.append(_booth(ground, row, place, letter))
        db.session.flush()
    return ground


def _zone(fair: Fair, row: int, letter: str) -> Zone:
    zone = Zone(
        fair_id=fair.id, position=row + 1, code=letter, name_vi=f"Khu {letter}", name_en=f"Zone {letter}"
    )
    db.session.add(zone)
    db.session.flush()
    return zone


def _booth(ground: Fairground, row: int, place: int, letter: str) -> Booth:
    booth = Booth(
        fair_id=ground.fair.id,
        hall_id=ground.hall.id,
        zone_id=ground.zones[-1].id,
        code=f"{letter}{place + 1:02d}",
        row=letter,
        number=place + 1,
        x=6 + place * 6,
        y=6 + row * 12,
        corner=place in {0, 5},
        kw=2,
    )
    db.session.add(booth)
    return booth


def sector(zone: Zone, slug: str) -> None:
    """Only goods of this stall of the market may stand in the zone."""
    category = db.session.scalars(select(Category).where(Category.slug == slug)).one()
    with transaction():
        db.session.add(ZoneSector(zone_id=zone.id, category_id=category.id))


def newcomer(name: str = "") -> Cooperative:
    """One more admitted cooperative, without people."""
    n = next(_numbers)
    with transaction():
        return cooperatives.enter(
            kind=Kind.COOPERATIVE,
            name=name or f"HTX Thử nghiệm {n}",
            short_name=name or f"HTX Thử nghiệm {n}",
            state=MemberState.ADMITTED,
        )


def applied(
    ground: Fairground,
    cooperative: Cooperative,
    *,
    state: ApplicationState = ApplicationState.APPROVED,
    halves: int = 2,
    least: int | None = None,
    wishes: tuple[Booth | Zone, ...] = (),
    products: tuple[Any, ...] = (),
    by: Any,
) -> FairApplication:
    """An application as it stands after its way through the alliance."""
    now = clock.now()
    with transaction():
        application = Application(
            ref=random_ref(),
            call_id=ground.call.id,
            cooperative_id=cooperative.id,
            state=state,
            entered=Entered.ONLINE,
            entered_by_id=by.id,
            made_at=now,
            submitted_at=now,
            decided_at=now if state in DECIDED else None,
            band=1,
        )
        db.session.add(application)
        db.session.flush()
        asked = FairApplication(
            application_id=application.id, fair_id=ground.fair.id, halves=halves, least=least or halves
        )
        db.session.add(asked)
        db.session.flush()
        for rank, wish in enumerate(wishes, start=1):
            db.session.add(_wish(asked, rank, wish))
        for position, product in enumerate(products, start=1):
            db.session.add(
                BroughtProduct(application_id=application.id, product_id=product.id, position=position)
            )
        db.session.flush()
    return asked


DECIDED = (ApplicationState.APPROVED, ApplicationState.WAITLISTED, ApplicationState.REJECTED)


def _wish(asked: FairApplication, rank: int, wished: Booth | Zone) -> Wish:
    if isinstance(wished, Booth):
        return Wish(application_id=asked.application_id, rank=rank, kind=WishKind.BOOTH, booth_id=wished.id)
    return Wish(application_id=asked.application_id, rank=rank, kind=WishKind.ZONE, zone_id=wished.id)


def standing(ground: Fairground, asked: FairApplication, *booths: Booth) -> Stand:
    """A confirmed stand on these booths."""
    now = clock.now()
    with transaction():
        stand = Stand(
            ref=random_ref(),
            fair_id=ground.fair.id,
            application_id=asked.application_id,
            state=StandState.CONFIRMED,
            halves=asked.halves,
            offered_at=now,
            until=now + dt.timedelta(days=3),
            confirmed_at=now,
        )
        db.session.add(stand)
        db.session.flush()
        for booth in booths:
            for half in (1, 2):
                db.session.add(StandBooth(stand_id=stand.id, booth_id=booth.id, half=half, since=now))
        db.session.flush()
    return stand
