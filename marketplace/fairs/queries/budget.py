"""The money of a fair by source: planned, meant for support, promised, paid, used."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from marketplace.cooperatives.models import Cooperative
from marketplace.fairs.models import Fair, FairApplication, Stand
from marketplace.fairs.states import BudgetSource, FairState, StandState
from marketplace.foundation.db import db
from marketplace.foundation.money import Money
from marketplace.selection.models import Application
from marketplace.support import queries as support
from marketplace.support.models import SupportClaim, SupportGrant
from marketplace.support.states import ClaimState, GrantState, SupportPurpose

NOTHING = Money(0)
WAITS = (ClaimState.SUBMITTED, ClaimState.CHANGES_REQUESTED, ClaimState.VERIFIED)


@dataclass(frozen=True)
class SourceMoney:
    """Of one source. `support` is what of `planned` may support exhibitors; `promised`, `approved` and `paid` each lie
    within the one before. `beside` is what was used for all else, None while nobody has counted."""

    source: BudgetSource
    planned: Money = NOTHING
    support: Money = NOTHING
    promised: Money = NOTHING
    approved: Money = NOTHING
    paid: Money = NOTHING
    beside: Money | None = None

    @property
    def left(self) -> Money:
        return self.support - self.promised

    @property
    def used(self) -> Money | None:
        """In all; None while nothing is known."""
        if self.beside is None:
            return self.paid or None
        return self.beside + self.paid


def budget_by_source(fair: Fair) -> list[SourceMoney]:
    """Every source that gives something: one statement beside the fair's own lines."""
    backed = {str(each.source): each for each in support.budgets_of(SupportPurpose.FAIR, fair.id)}
    told = []
    for source in BudgetSource:
        lines = [line for line in fair.budget if line.source is source]
        row = backed.get(str(source))
        counted = [line.used for line in lines if line.used is not None]
        if not lines and row is None:
            continue
        told.append(
            SourceMoney(
                source,
                planned=Money(sum(int(line.amount) for line in lines)),
                support=row.amount if row is not None else NOTHING,
                promised=row.held if row is not None else NOTHING,
                approved=row.approved if row is not None else NOTHING,
                paid=row.paid if row is not None else NOTHING,
                beside=Money(sum(map(int, counted))) if counted else None,
            )
        )
    return told


def support_planned(fair_id: int) -> Money | None:
    """What may be promised at this fair in all; None while nobody has said."""
    rows = support.budgets_of(SupportPurpose.FAIR, fair_id)
    return Money(sum(int(row.amount) for row in rows)) if rows else None


def claims_waiting(fair_id: int) -> int:
    """Claims for this fair that were handed in and are not decided."""
    query = (
        select(func.count())
        .select_from(SupportClaim)
        .join(SupportGrant, SupportGrant.id == SupportClaim.grant_id)
        .where(
            SupportGrant.purpose == SupportPurpose.FAIR,
            SupportGrant.subject_id == fair_id,
            SupportClaim.state.in_(WAITS),
        )
    )
    return int(db.session.scalar(query) or 0)


def _standing(fair_id: int) -> list[int]:
    """Cooperatives that hold a confirmed stand; nobody does at a fair that was called off."""
    query = (
        select(Application.cooperative_id)
        .join(Stand, Stand.application_id == Application.id)
        .join(Fair, Fair.id == Stand.fair_id)
        .where(
            Stand.fair_id == fair_id,
            Stand.state == StandState.CONFIRMED,
            Fair.state != FairState.CANCELLED,
        )
    )
    return list(db.session.scalars(query))


def promises_without_stand(fair_id: int) -> Sequence[SupportGrant]:
    """Promises that outlived their stand because something of them was paid or approved: an officer decides."""
    standing = set(_standing(fair_id))
    grants = support.grants_for(SupportPurpose.FAIR, fair_id)
    return [
        each for each in grants if each.state is GrantState.GRANTED and each.cooperative_id not in standing
    ]


def stands_without_promise(fair_id: int) -> Sequence[Stand]:
    """Confirmed stands of those who asked for support and were promised none: no norm, or no money left."""
    promised = select(SupportGrant.cooperative_id).where(
        SupportGrant.purpose == SupportPurpose.FAIR,
        SupportGrant.subject_id == fair_id,
        SupportGrant.state == GrantState.GRANTED,
    )
    query = (
        select(Stand)
        .join(Fair, Fair.id == Stand.fair_id)
        .join(Application, Application.id == Stand.application_id)
        .join(FairApplication, FairApplication.application_id == Application.id)
        .join(Cooperative, Cooperative.id == Application.cooperative_id)
        .where(
            Stand.fair_id == fair_id,
            Stand.state == StandState.CONFIRMED,
            Fair.state != FairState.CANCELLED,
            FairApplication.support_asked,
            Application.cooperative_id.not_in(promised),
        )
        .order_by(Cooperative.sort_name, Stand.id)
    )
    return db.session.scalars(query).all()


def promised_to(fair_id: int, cooperative_id: int) -> SupportGrant | None:
    """What this exhibitor is promised for this fair."""
    return support.live_grant(SupportPurpose.FAIR, fair_id, cooperative_id)
