"""A stand's days: its sheets, contacts and deals."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from marketplace.catalogue.models import Product
from marketplace.catalogue.queries import all_of_cooperative
from marketplace.cooperatives import queries as cooperatives
from marketplace.fairs.models import (
    BoothDay,
    BoothSale,
    BroughtProduct,
    Fair,
    FairDeal,
    FairLead,
    LeadInterest,
    Stand,
)
from marketplace.fairs.states import FairState, StandState
from marketplace.foundation.db import db
from marketplace.foundation.money import Money
from marketplace.selection.models import Application

UNSEEN = (FairState.DRAFT, FairState.CANCELLED)


def exhibited_stand(slug: str, user: Any) -> Stand | None:
    """The stand that this person's cooperative has at a fair."""
    cooperative = cooperatives.desk_cooperative(user)
    if cooperative is None:
        return None
    return db.session.scalars(
        _stands()
        .where(Fair.slug == slug, Application.cooperative_id == cooperative.id)
        .order_by(Stand.id)
        .limit(1)
    ).first()


def stands_at(cooperative_id: int) -> Sequence[Stand]:
    """Where a cooperative exhibits or exhibited, the latest first."""
    query = _stands().where(Application.cooperative_id == cooperative_id)
    return db.session.scalars(query.order_by(Fair.first_day.desc(), Stand.id).limit(60)).all()


def _stands() -> Any:
    return (
        select(Stand)
        .join(Stand.fair)
        .join(Stand.application)
        .where(Stand.state == StandState.CONFIRMED, Fair.state.not_in(UNSEEN))
        .options(joinedload(Stand.fair), joinedload(Stand.application).joinedload(Application.cooperative))
    )


def booth_day(stand_id: int, day: dt.date) -> BoothDay | None:
    return db.session.scalar(
        select(BoothDay)
        .where(BoothDay.stand_id == stand_id, BoothDay.day == day)
        .options(selectinload(BoothDay.sales).joinedload(BoothSale.product), joinedload(BoothDay.entered_by))
    )


def days_of(stand_id: int) -> Sequence[BoothDay]:
    return db.session.scalars(
        select(BoothDay).where(BoothDay.stand_id == stand_id).order_by(BoothDay.day)
    ).all()


@dataclass(frozen=True)
class SheetTotals:
    """What the day sheets of a stand add up to."""

    cash: Money
    orders: int
    days: int


def sheet_totals(stand_id: int) -> SheetTotals:
    query = select(func.coalesce(func.sum(BoothDay.cash), 0), func.coalesce(func.sum(BoothDay.orders), 0))
    row = db.session.execute(query.add_columns(func.count()).where(BoothDay.stand_id == stand_id)).one()
    return SheetTotals(Money(int(row[0])), int(row[1]), int(row[2]))


def goods_of(stand: Stand) -> list[Product]:
    """What the stand may have sold: what it said it would bring, or else all its cooperative offers."""
    brought = db.session.scalars(
        select(Product)
        .join(BroughtProduct, BroughtProduct.product_id == Product.id)
        .where(BroughtProduct.application_id == stand.application_id)
        .order_by(BroughtProduct.position)
    ).all()
    return [*brought] or [*all_of_cooperative(stand.application.cooperative_id)]


def leads_of(stand_id: int, day: dt.date | None = None) -> Sequence[FairLead]:
    query = select(FairLead).where(FairLead.stand_id == stand_id)
    if day is not None:
        query = query.where(FairLead.met_on == day)
    return db.session.scalars(
        query.options(selectinload(FairLead.interests).joinedload(LeadInterest.product)).order_by(
            FairLead.id.desc()
        )
    ).all()


def lead_by_client(stand_id: int, client: str) -> FairLead | None:
    return db.session.scalar(select(FairLead).where(FairLead.stand_id == stand_id, FairLead.client == client))


def lead_of(stand_id: int, lead_id: int) -> FairLead | None:
    return db.session.scalar(select(FairLead).where(FairLead.stand_id == stand_id, FairLead.id == lead_id))


def count_leads(stand_id: int) -> int:
    query = select(func.count()).select_from(FairLead).where(FairLead.stand_id == stand_id)
    return int(db.session.scalar(query) or 0)


def deals_of(stand_id: int) -> Sequence[FairDeal]:
    return db.session.scalars(
        select(FairDeal)
        .where(FairDeal.stand_id == stand_id)
        .options(joinedload(FairDeal.product), joinedload(FairDeal.file))
        .order_by(FairDeal.signed_on, FairDeal.id)
    ).all()


def deal_by_client(stand_id: int, client: str) -> FairDeal | None:
    return db.session.scalar(select(FairDeal).where(FairDeal.stand_id == stand_id, FairDeal.client == client))


def deal_of(stand_id: int, ref: str) -> FairDeal | None:
    return db.session.scalar(select(FairDeal).where(FairDeal.stand_id == stand_id, FairDeal.ref == ref))
