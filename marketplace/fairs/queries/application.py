"""What cooperatives ask of fairs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, func, or_, select, type_coerce
from sqlalchemy.orm import joinedload, selectinload

from marketplace.catalogue import queries as catalogue
from marketplace.catalogue.models import Product
from marketplace.catalogue.states import ProductState
from marketplace.cooperatives import queries as cooperatives
from marketplace.cooperatives.models import Certificate
from marketplace.cooperatives.states import PaperState
from marketplace.fairs.models import (
    AllocationRun,
    AllocationSeat,
    Booth,
    BroughtProduct,
    Fair,
    FairApplication,
    NeighbourWish,
    Stand,
    Wish,
    Zone,
)
from marketplace.fairs.states import FairState, Outcome, RunState, StandState
from marketplace.foundation import clock
from marketplace.foundation.db import Page, UtcDateTime, db, page_of
from marketplace.foundation.money import Money
from marketplace.selection.models import Application, Call
from marketplace.selection.states import ApplicationState, Decision, Purpose


@dataclass(frozen=True)
class Chance:
    """A fair with its call, and what this cooperative has there already."""

    fair: Fair
    call: Call
    application: Application | None


def asked_of(application_id: int) -> FairApplication | None:
    """Whole: products, wishes, neighbours."""
    return db.session.scalar(
        select(FairApplication)
        .where(FairApplication.application_id == application_id)
        .options(
            joinedload(FairApplication.fair),
            selectinload(FairApplication.products).joinedload(BroughtProduct.product),
            selectinload(FairApplication.wishes).joinedload(Wish.booth),
            selectinload(FairApplication.wishes).joinedload(Wish.zone),
            selectinload(FairApplication.neighbours).joinedload(NeighbourWish.cooperative),
        )
    )


def chances(cooperative_id: int) -> list[Chance]:
    """Fairs to come with a call, and those this cooperative applied for, the next first."""
    own = select(Application.call_id).where(
        Application.cooperative_id == cooperative_id, Application.state != ApplicationState.WITHDRAWN
    )
    rows = db.session.execute(
        select(Fair, Call, Application)
        .join(Call, (Call.subject_id == Fair.id) & (Call.purpose == Purpose.FAIR))
        .outerjoin(
            Application,
            (Application.call_id == Call.id)
            & (Application.cooperative_id == cooperative_id)
            & (Application.state != ApplicationState.WITHDRAWN),
        )
        .where(
            Fair.state.not_in([FairState.DRAFT]),
            or_(
                Call.id.in_(own),
                (Call.closes_at > clock.now()) & Fair.state.in_([FairState.ANNOUNCED, FairState.PUBLISHED]),
            ),
        )
        .order_by(Fair.first_day.desc(), Fair.id.desc())
        .limit(60)
    )
    return [Chance(row[0], row[1], row[2]) for row in rows]


def products_to_bring(cooperative_id: int) -> list[Product]:
    """What the cooperative shows in the catalogue."""
    return [
        product
        for product in catalogue.all_of_cooperative(cooperative_id)
        if product.state is ProductState.PUBLISHED
    ]


def papers_ending(cooperative_id: int, last_day: dt.date) -> list[Certificate]:
    """Papers that count today and no longer on the fair's last day."""
    today = clock.today()
    return [
        paper
        for paper in cooperatives.certificates_of(cooperative_id)
        if paper.state is PaperState.VERIFIED
        and paper.expires_on is not None
        and today <= paper.expires_on < last_day
    ]


def zones_to_wish(fair_id: int) -> Sequence[Zone]:
    return db.session.scalars(select(Zone).where(Zone.fair_id == fair_id).order_by(Zone.position)).all()


def booth_called(fair_id: int, code: str) -> Booth | None:
    """One that may be wished for."""
    return db.session.scalar(
        select(Booth).where(
            Booth.fair_id == fair_id, Booth.code == code.strip().upper(), Booth.blocked.is_(False)
        )
    )


def fee_for(fair: Fair, halves: int) -> Money:
    """The fair's fee for a booth of 9 m², times the booths; half a đồng is rounded up."""
    return Money((int(fair.booth_fee) * halves + 1) // 2)


def stands_of_ended_fairs(cooperative_id: int, today: dt.date) -> Sequence[Stand]:
    """Confirmed stands of this cooperative at fairs that are over."""
    return db.session.scalars(
        select(Stand)
        .join(Stand.application)
        .join(Stand.fair)
        .where(
            Application.cooperative_id == cooperative_id,
            Stand.state == StandState.CONFIRMED,
            Fair.last_day < today,
            Fair.state != FairState.CANCELLED,
        )
        .options(joinedload(Stand.fair))
        .order_by(Fair.last_day.desc())
    ).all()


# --- what a run says --------------------------------------------------------------------------------


def chosen_seats(fair_id: int) -> dict[int, AllocationSeat]:
    """Application → its seat in the run that was chosen."""
    rows = db.session.scalars(
        select(AllocationSeat)
        .join(AllocationRun, AllocationRun.id == AllocationSeat.run_id)
        .where(AllocationRun.fair_id == fair_id, AllocationRun.state == RunState.CHOSEN)
        .order_by(AllocationSeat.place)
    )
    return {row.application_id: row for row in rows}


def list_places(fair_id: int) -> dict[int, int]:
    """Application → its place on the waiting list, counted from one in the published order of the chosen run."""
    rows = db.session.scalars(
        select(AllocationSeat.application_id)
        .join(AllocationRun, AllocationRun.id == AllocationSeat.run_id)
        .join(Application, Application.id == AllocationSeat.application_id)
        .where(
            AllocationRun.fair_id == fair_id,
            AllocationRun.state == RunState.CHOSEN,
            AllocationSeat.outcome == Outcome.WAITING,
            or_(
                Application.state == ApplicationState.WAITLISTED,
                Application.pending == Decision.WAITLIST,
            ),
        )
        .order_by(AllocationSeat.place)
    )
    return {application_id: place for place, application_id in enumerate(rows, start=1)}


def booth_codes(booth_ids: Collection[int]) -> dict[int, str]:
    rows = db.session.execute(select(Booth.id, Booth.code).where(Booth.id.in_(list(booth_ids))))
    return {row[0]: row[1] for row in rows}


def asked_by(application_ids: Collection[int]) -> dict[int, FairApplication]:
    """Application → what it asks for, without its lists."""
    rows = db.session.scalars(
        select(FairApplication).where(FairApplication.application_id.in_(list(application_ids)))
    )
    return {row.application_id: row for row in rows}


WAITING = (
    ApplicationState.SUBMITTED,
    ApplicationState.SCREENING,
    ApplicationState.ELIGIBLE,
    ApplicationState.INELIGIBLE,
)
"""Handed in, and not decided: what a release tells, and what is asked of the applicant, waits for somebody else."""


def applications_waiting(size: int, after: str | None) -> Page[Any]:
    """Fairs still to come with applications that nobody has decided, the nearest first: Fair, Call, applications,
    since."""
    asked = _undecided().subquery()
    query: Any = (
        select(Fair, Call, asked.c.applications, type_coerce(asked.c.since, UtcDateTime).label("since"))
        .join(asked, asked.c.fair_id == Fair.id)
        .join(Call, and_(Call.purpose == Purpose.FAIR, Call.subject_id == Fair.id))
    )
    return page_of(query, Fair.first_day, Fair.id, after=after, size=size)


def count_fairs_waiting() -> int:
    """For the navigation: lines of `applications_waiting`."""
    return int(db.session.scalar(select(func.count()).select_from(_undecided().subquery())) or 0)


def _undecided() -> Any:
    return (
        select(
            FairApplication.fair_id,
            func.count().label("applications"),
            func.min(Application.submitted_at).label("since"),
        )
        .join(FairApplication.application)
        .join(FairApplication.fair)
        .where(
            Application.state.in_(WAITING),
            Application.pending.is_(None),
            Fair.state.in_((FairState.ANNOUNCED, FairState.PUBLISHED)),
            Fair.last_day >= clock.today(),
        )
        .group_by(FairApplication.fair_id)
    )
