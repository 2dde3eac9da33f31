"""Stands, who holds which half of a booth, and who waits."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from marketplace.accounts.models import Person
from marketplace.fairs.models import (
    AllocationSeat,
    Booth,
    FairApplication,
    Stand,
    StandBooth,
    StandMove,
    StandSwap,
    WaitingEntry,
    Zone,
)
from marketplace.fairs.placing import WHOLE, Free, Half
from marketplace.fairs.states import EntryState, ListKind, StandState, SwapState
from marketplace.foundation.db import db
from marketplace.payments.models import Charge
from marketplace.selection.models import Application
from marketplace.selection.states import ApplicationState

LIVE = (StandState.OFFERED, StandState.CONFIRMED)


def taken_halves(fair_id: int) -> set[Half]:
    query = (
        select(StandBooth.booth_id, StandBooth.half)
        .join(Booth, Booth.id == StandBooth.booth_id)
        .where(Booth.fair_id == fair_id, StandBooth.active)
    )
    return {(booth_id, half) for booth_id, half in db.session.execute(query)}


def booths_of(fair_id: int) -> Sequence[Booth]:
    """All of a plan, with their zones' sectors."""
    query = (
        select(Booth)
        .where(Booth.fair_id == fair_id)
        .options(joinedload(Booth.zone).selectinload(Zone.sectors))
        .order_by(Booth.row, Booth.number)
    )
    return db.session.scalars(query).all()


def free_of(fair_id: int) -> Free:
    return Free(booths_of(fair_id), taken_halves(fair_id))


def open_halves(seat: AllocationSeat, free: Free) -> list[Half]:
    """What a run's seat comes to now: it names a booth once for each half; nothing when a half is taken or blocked
    meanwhile."""
    usable = {booth.id for booth in free.usable}
    halves: list[Half] = []
    for booth_id, count in Counter(seat.booths).items():
        still = free.halves.get(booth_id, []) if booth_id in usable else []
        wanted = list(WHOLE) if count == len(WHOLE) else still[:1]
        if not wanted or not set(wanted) <= set(still):
            return []
        halves += [(booth_id, half) for half in wanted]
    return halves


def live_stand(application_id: int) -> Stand | None:
    return db.session.scalar(
        select(Stand).where(Stand.application_id == application_id, Stand.state.in_(LIVE))
    )


def last_stand(application_id: int) -> Stand | None:
    """The live one, or the last that ended."""
    query = select(Stand).where(Stand.application_id == application_id).order_by(Stand.id.desc()).limit(1)
    return live_stand(application_id) or db.session.scalar(query)


def asked_for(application_id: int) -> FairApplication:
    return db.session.get_one(FairApplication, application_id)


def stand_of(fair_id: int, cooperative_id: int) -> Stand | None:
    """The stand of a cooperative at a fair: the live one, or the last that ended."""
    application_id = db.session.scalar(
        select(FairApplication.application_id)
        .join(Application, Application.id == FairApplication.application_id)
        .where(FairApplication.fair_id == fair_id, Application.cooperative_id == cooperative_id)
        .order_by(FairApplication.application_id.desc())
        .limit(1)
    )
    return last_stand(application_id) if application_id is not None else None


def stands_of(fair_id: int) -> Sequence[Stand]:
    """Every live stand of a fair with its booths, by state and time."""
    query = (
        select(Stand)
        .where(Stand.fair_id == fair_id, Stand.state.in_(LIVE))
        .options(
            selectinload(Stand.places).joinedload(StandBooth.booth),
            joinedload(Stand.application).joinedload(Application.cooperative),
        )
        .order_by(Stand.state.desc(), Stand.until, Stand.id)
    )
    return db.session.scalars(query).all()


def waiting(fair_id: int, kind: ListKind) -> Sequence[WaitingEntry]:
    """Who waits, in the published order."""
    query = (
        select(WaitingEntry)
        .where(
            WaitingEntry.fair_id == fair_id,
            WaitingEntry.kind == kind,
            WaitingEntry.state == EntryState.WAITING,
        )
        .options(joinedload(WaitingEntry.application).joinedload(Application.cooperative))
        .order_by(WaitingEntry.place, WaitingEntry.id)
    )
    return db.session.scalars(query).all()


def live_entry(application_id: int, kind: ListKind) -> WaitingEntry | None:
    return db.session.scalar(
        select(WaitingEntry).where(
            WaitingEntry.application_id == application_id,
            WaitingEntry.kind == kind,
            WaitingEntry.state.in_([EntryState.WAITING, EntryState.OFFERED]),
        )
    )


def live_entries(fair_id: int) -> Sequence[WaitingEntry]:
    """Whoever waits or was reached, on both lists."""
    return db.session.scalars(
        select(WaitingEntry)
        .where(
            WaitingEntry.fair_id == fair_id,
            WaitingEntry.state.in_([EntryState.WAITING, EntryState.OFFERED]),
        )
        .order_by(WaitingEntry.id)
    ).all()


def entry_of(fair_id: int, cooperative_id: int, kind: ListKind) -> WaitingEntry | None:
    """Where a cooperative waits at a fair."""
    return db.session.scalar(
        select(WaitingEntry)
        .join(Application, Application.id == WaitingEntry.application_id)
        .where(
            WaitingEntry.fair_id == fair_id,
            Application.cooperative_id == cooperative_id,
            WaitingEntry.kind == kind,
            WaitingEntry.state.in_([EntryState.WAITING, EntryState.OFFERED]),
        )
    )


def chosen_without_stand(fair_id: int) -> Sequence[FairApplication]:
    """Chosen applicants who hold no booth: they declined, were late, or nothing fitted."""
    held = select(Stand.application_id).where(Stand.fair_id == fair_id, Stand.state.in_(LIVE))
    query = (
        select(FairApplication)
        .join(Application, Application.id == FairApplication.application_id)
        .where(
            FairApplication.fair_id == fair_id,
            Application.state == ApplicationState.APPROVED,
            Application.id.not_in(held),
        )
        .options(joinedload(FairApplication.application).joinedload(Application.cooperative))
        .order_by(Application.id)
    )
    return db.session.scalars(query).all()


def charges_of(stand_ids: Sequence[int]) -> dict[int, Charge]:
    """What is owed for stands that have a fee."""
    query = select(Charge).where(Charge.purpose == "stand", Charge.subject_id.in_(stand_ids))
    return {charge.subject_id: charge for charge in db.session.scalars(query)}


def ahead_of(entry: WaitingEntry) -> int:
    """How many wait before this one."""
    query = (
        select(func.count())
        .select_from(WaitingEntry)
        .where(
            WaitingEntry.fair_id == entry.fair_id,
            WaitingEntry.kind == entry.kind,
            WaitingEntry.state == EntryState.WAITING,
            WaitingEntry.place < entry.place,
        )
    )
    return int(db.session.scalar(query) or 0)


def last_place(fair_id: int, kind: ListKind) -> int:
    query = select(func.max(WaitingEntry.place)).where(
        WaitingEntry.fair_id == fair_id, WaitingEntry.kind == kind
    )
    return int(db.session.scalar(query) or 0)


def overdue_offers(now: dt.datetime) -> list[int]:
    """Stands whose time to answer is over, oldest first."""
    query = (
        select(Stand.id).where(Stand.state == StandState.OFFERED, Stand.until <= now).order_by(Stand.until)
    )
    return list(db.session.scalars(query))


def overdue_relocations(now: dt.datetime) -> list[int]:
    query = select(WaitingEntry.id).where(
        WaitingEntry.kind == ListKind.RELOCATION,
        WaitingEntry.state == EntryState.OFFERED,
        WaitingEntry.until <= now,
    )
    return list(db.session.scalars(query))


def held_for(entry: WaitingEntry) -> Sequence[StandBooth]:
    query = select(StandBooth).where(StandBooth.entry_id == entry.id, StandBooth.active)
    return db.session.scalars(query.order_by(StandBooth.id)).all()


def swaps_of(stand: Stand) -> Sequence[StandSwap]:
    """Open ones, asked by this stand or of it."""
    query = select(StandSwap).where(
        (StandSwap.mine_id == stand.id) | (StandSwap.yours_id == stand.id),
        StandSwap.state == SwapState.ASKED,
    )
    return db.session.scalars(query.order_by(StandSwap.id)).all()


def others_of(stand: Stand) -> Sequence[Stand]:
    """Confirmed stands of the same size, with whom this one could exchange."""
    return [
        other
        for other in stands_of(stand.fair_id)
        if other.id != stand.id and other.state is StandState.CONFIRMED and other.halves == stand.halves
    ]


def stand_by_ref(ref: str, _user: Any = None) -> Stand | None:
    return db.session.scalar(select(Stand).where(Stand.ref == ref))


def swap_by_ref(ref: str, user: Any) -> StandSwap | None:
    """An exchange that a side of it may see."""
    swap = db.session.scalar(select(StandSwap).where(StandSwap.ref == ref))
    if swap is None:
        return None
    sides = {each.application.cooperative.organisation_id for each in (swap.mine, swap.yours)}
    return swap if sides & set(user.organisation_ids) else None


def stand_by_id(id: int) -> Stand:
    return db.session.get_one(Stand, id)


def entry_by_id(id: int) -> WaitingEntry:
    return db.session.get_one(WaitingEntry, id)


def swap_by_id(id: int) -> StandSwap:
    return db.session.get_one(StandSwap, id)


def count_moves(stand_id: int) -> int:
    return int(db.session.scalar(select(func.count()).where(StandMove.stand_id == stand_id)) or 0)


def acts_for_alliance(person_id: int) -> bool:
    return db.session.get_one(Person, person_id).is_officer


def newly_waiting(call_id: int, batch_id: int) -> Sequence[FairApplication]:
    """Whom this release put on the waiting list."""
    query = (
        select(FairApplication)
        .join(Application, Application.id == FairApplication.application_id)
        .where(
            Application.call_id == call_id,
            Application.batch_id == batch_id,
            Application.state == ApplicationState.WAITLISTED,
        )
    )
    return db.session.scalars(query).all()


def person_by_id(id: int | None) -> Person | None:
    return db.session.get(Person, id) if id is not None else None


def stands_on(booth_id: int) -> Sequence[Stand]:
    """Whoever holds this booth, or a half of it."""
    held = select(StandBooth.stand_id).where(StandBooth.booth_id == booth_id, StandBooth.active)
    return db.session.scalars(select(Stand).where(Stand.id.in_(held)).order_by(Stand.id)).all()
