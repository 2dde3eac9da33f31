"""What the allocation of a fair is computed from, read out of the books at one moment."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from marketplace.catalogue.models import Category, Product
from marketplace.cooperatives.models import Cooperative
from marketplace.fairs.allocating import Area, Asked, Problem, Rules, Unit, Wanted
from marketplace.fairs.models import (
    AllocationRun,
    AllocationSeat,
    Booth,
    BroughtProduct,
    Fair,
    FairApplication,
    Stand,
    StandBooth,
    Zone,
)
from marketplace.fairs.queries.allocation import call_of_fair, rules_of
from marketplace.fairs.queries.application import asked_by
from marketplace.fairs.queries.budget import support_planned
from marketplace.fairs.states import Outcome, RunState, StandState
from marketplace.fairs.supported import activity_of
from marketplace.foundation.db import db
from marketplace.foundation.money import Money
from marketplace.places.models import Address, AdminUnit
from marketplace.selection import queries as selection
from marketplace.selection.models import Application
from marketplace.selection.states import ApplicationState, Decision
from marketplace.support import queries as support
from marketplace.support.models import SupportBudget
from marketplace.support.states import GrantState, SupportPurpose

IN_RUN = (ApplicationState.ELIGIBLE, ApplicationState.APPROVED, ApplicationState.WAITLISTED)
HELD = (StandState.OFFERED, StandState.CONFIRMED)
LAST_BAND = 9
"""Whom nobody has put into a band stands in the last one."""
CONTENT, DISAPPOINTED = 3, 5
"""A wish up to the third takes credit away; one beyond the fifth, or none, gives some."""
DISTRICT = 2


def gather(fair: Fair) -> Problem:
    """Nothing in it says when somebody applied."""
    call = call_of_fair(fair.id)
    applications = taking_part(fair)
    return Problem(
        fair=fair.slug,
        seed=(call.seed if call is not None else None) or "",
        units=_units(fair),
        zones=_zones(fair),
        asked=_asked(fair, applications),
        rules=_within_budget(rules_of(fair.id), fair.id),
    )


def _within_budget(rules: Rules, fair_id: int) -> Rules:
    """No more support than the fair's sources give, and less where the rules say so."""
    limits = [int(limit) for limit in (rules.budget, support_planned(fair_id)) if limit is not None]
    return replace(rules, budget=min(limits, default=None))


def taking_part(fair: Fair) -> Sequence[FairApplication]:
    """Eligible ones, except those that are to be turned down; of the decided ones, those whose stand did not end."""
    ended = (
        select(Stand.application_id)
        .where(Stand.fair_id == fair.id, Stand.state.not_in(HELD))
        .where(Stand.application_id.not_in(select(Stand.application_id).where(Stand.state.in_(HELD))))
    )
    return db.session.scalars(
        select(FairApplication)
        .join(FairApplication.application)
        .where(
            FairApplication.fair_id == fair.id,
            Application.state.in_(IN_RUN),
            Application.pending.is_distinct_from(Decision.REJECT),
            FairApplication.application_id.not_in(ended),
        )
        .options(
            joinedload(FairApplication.application)
            .joinedload(Application.cooperative)
            .joinedload(Cooperative.address)
            .joinedload(Address.unit_as_written)
            .joinedload(AdminUnit.parent),
            selectinload(FairApplication.products)
            .joinedload(BroughtProduct.product)
            .joinedload(Product.commodity),
            selectinload(FairApplication.wishes),
            selectinload(FairApplication.neighbours),
        )
        .order_by(FairApplication.application_id)
    ).all()


def district(cooperative: Cooperative) -> AdminUnit | None:
    """The district of its address as it was written; the commune where that is unknown."""
    address = cooperative.address
    unit = (address.unit_as_written or address.unit_current) if address is not None else None
    if unit is not None and unit.parent is not None and unit.parent.level == DISTRICT:
        return unit.parent
    return unit


def sector_of(asked: FairApplication) -> int:
    """The stall of the market of its first product."""
    return asked.products[0].product.commodity.category_id if asked.products else 0


def sectors() -> Sequence[Category]:
    return db.session.scalars(select(Category).order_by(Category.position)).all()


def named_groups(told: dict[str, list[dict[str, Any]]]) -> dict[str, list[tuple[str, dict[str, Any]]]]:
    """How groups fared (see allocating.fared), each with its name; two statements."""
    names = {
        "sector": {each.id: each.name for each in sectors()},
        "place": {
            unit.id: unit.name
            for unit in db.session.scalars(
                select(AdminUnit).where(AdminUnit.id.in_([group["id"] for group in told.get("place", ())]))
            )
        },
    }
    return {
        kind: [(names[kind].get(group["id"], ""), group) for group in groups] for kind, groups in told.items()
    }


def preferences(applications: Sequence[FairApplication]) -> dict[int, tuple[int, ...]]:
    """What art. 18.3 of the Cooperative Law prefers, in its order, the greater before."""
    return selection.preferences([each.application_id for each in applications])


def support_sums(fair: Fair, applications: Sequence[FairApplication]) -> dict[int, int]:
    """What each would be granted under the norms of the fair's first day, in đồng; nothing for who asked for none."""
    wanted = [each for each in applications if each.support_asked]
    estimates = support.estimates(
        kind=activity_of(fair),
        day=fair.first_day,
        booths={each.application.cooperative_id: Decimal(each.halves) / 2 for each in wanted},
    )
    sums = {each.application_id: int(estimates[each.application.cooperative_id].total) for each in wanted}
    return {each.application_id: sums.get(each.application_id, 0) for each in applications}


@dataclass(frozen=True)
class SupportAhead:
    """What a release would ask of the support budget: who of the chosen asked for some and has no promise yet, what
    the norms would give them, and what the sources still have."""

    lines: Sequence[SupportBudget]
    asking: int
    expected: Money
    promised: Money

    @property
    def planned(self) -> Money:
        return Money(sum(int(line.amount) for line in self.lines))

    @property
    def left(self) -> Money:
        """Below nothing when the sources do not reach."""
        return Money(int(self.planned) - int(self.promised) - int(self.expected))


def support_ahead(fair: Fair, application_ids: Collection[int]) -> SupportAhead:
    lines = support.budgets_of(SupportPurpose.FAIR, fair.id)
    promised = {
        grant.cooperative_id
        for grant in support.grants_for(SupportPurpose.FAIR, fair.id)
        if grant.state is GrantState.GRANTED
    }
    asking = [
        each
        for each in asked_by(application_ids).values()
        if each.support_asked and each.application.cooperative_id not in promised
    ]
    return SupportAhead(
        lines,
        len(asking),
        Money(sum(support_sums(fair, asking).values())),
        Money(sum(int(line.held) for line in lines)),
    )


def newcomers(fair: Fair, cooperatives: Collection[int]) -> set[int]:
    """Those who never confirmed a stand at an earlier fair."""
    old = select(Application.cooperative_id).join(Stand, Stand.application_id == Application.id)
    old = old.join(Fair, Fair.id == Stand.fair_id).where(
        Stand.state == StandState.CONFIRMED, Fair.first_day < fair.first_day
    )
    return set(cooperatives) - set(db.session.scalars(old))


def credits_of(fair: Fair, cooperatives: Collection[int]) -> dict[int, float]:
    """History: one more for each earlier fair that disappointed, one less for one that gave a wish near the top, never
    below nothing; half of it is gone after a year."""
    rows = db.session.execute(
        select(Application.cooperative_id, Fair.first_day, AllocationSeat.outcome, AllocationSeat.wish)
        .join(AllocationSeat.application)
        .join(AllocationSeat.run)
        .join(AllocationRun.fair)
        .where(
            AllocationRun.state == RunState.CHOSEN,
            Fair.first_day < fair.first_day,
            Application.cooperative_id.in_(list(cooperatives)),
        )
        .order_by(Fair.first_day, Fair.id)
    )
    credit: dict[int, float] = defaultdict(float)
    since: dict[int, dt.date] = {}
    for cooperative, day, outcome, wish in rows:
        if cooperative in since:
            credit[cooperative] *= 0.5 ** ((day - since[cooperative]).days / 365)
        since[cooperative] = day
        credit[cooperative] = max(0.0, credit[cooperative] + _lesson(outcome, wish))
    return {
        id: round(sum_ * 0.5 ** ((fair.first_day - since[id]).days / 365), 2) for id, sum_ in credit.items()
    }


def _lesson(outcome: Outcome, wish: int | None) -> int:
    if outcome is Outcome.WAITING or (wish is not None and wish > DISAPPOINTED):
        return 1
    return -1 if wish is not None and wish <= CONTENT else 0


def _units(fair: Fair) -> tuple[Unit, ...]:
    booths = db.session.scalars(select(Booth).where(Booth.fair_id == fair.id).order_by(Booth.id))
    return tuple(
        Unit(
            id=booth.id,
            code=booth.code,
            zone=booth.zone_id,
            hall=booth.hall_id,
            row=f"{booth.hall_id}/{booth.row}",
            position=booth.number,
            x=booth.x,
            y=booth.y,
            w=booth.w,
            h=booth.h,
            corner=booth.corner,
            kw=booth.kw,
            water=booth.water,
            cold=booth.cold,
            cooking=booth.cooking,
            accessible=booth.accessible,
            blocked=booth.blocked,
        )
        for booth in booths
    )


def _zones(fair: Fair) -> tuple[Area, ...]:
    zones = db.session.scalars(
        select(Zone).where(Zone.fair_id == fair.id).options(selectinload(Zone.sectors)).order_by(Zone.id)
    )
    return tuple(
        Area(
            id=zone.id,
            code=zone.code,
            sectors=tuple(sorted(each.category_id for each in zone.sectors)),
            kw=zone.kw,
            taps=zone.taps,
        )
        for zone in zones
    )


def _asked(fair: Fair, applications: Sequence[FairApplication]) -> tuple[Asked, ...]:
    cooperatives = [each.application.cooperative_id for each in applications]
    preferred, supports = preferences(applications), support_sums(fair, applications)
    new, credits, held = newcomers(fair, cooperatives), credits_of(fair, cooperatives), held_at(fair)
    found = []
    for each in applications:
        cooperative = each.application.cooperative
        place = district(cooperative)
        found.append(
            Asked(
                id=each.application_id,
                ticket=cooperative.slug,
                cooperative=cooperative.id,
                halves=each.halves,
                least=each.least,
                sector=sector_of(each),
                products=tuple(sorted({brought.product.commodity_id for brought in each.products})),
                kw=each.kw,
                water=each.water,
                cold=each.cold,
                cooking=each.cooking,
                accessible=each.accessible,
                wishes=tuple(
                    Wanted(wish.kind.value, wish.booth_id or wish.zone_id or 0) for wish in each.wishes
                ),
                wanted=tuple(sorted(one.cooperative_id for one in each.neighbours if one.wanted)),
                unwanted=tuple(sorted(one.cooperative_id for one in each.neighbours if not one.wanted)),
                place=place.id if place is not None else 0,
                newcomer=cooperative.id in new,
                support=supports.get(each.application_id, 0),
                band=each.application.band if each.application.band is not None else LAST_BAND,
                preference=preferred.get(each.application_id, ()),
                credit=credits.get(cooperative.id, 0.0),
                held=held.get(each.application_id, ()),
            )
        )
    return tuple(found)


def held_at(fair: Fair) -> dict[int, tuple[int, ...]]:
    """Booths of live stands, once for each half."""
    rows = db.session.execute(
        select(Stand.application_id, StandBooth.booth_id)
        .join(StandBooth.stand)
        .where(Stand.fair_id == fair.id, Stand.state.in_(HELD), StandBooth.active)
        .order_by(StandBooth.booth_id)
    )
    held: dict[int, list[int]] = defaultdict(list)
    for application_id, booth_id in rows:
        held[application_id].append(booth_id)
    return {id: tuple(booths) for id, booths in held.items()}
