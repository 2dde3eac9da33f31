"""Reading reports and take-downs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased, joinedload

from marketplace.catalogue.models import ProductPhoto
from marketplace.foundation.db import Page, db, how_many, page_of
from marketplace.foundation.media import Photo, PhotoState
from marketplace.moderation.models import PageReport, Takedown
from marketplace.moderation.states import LIVING, TakedownState


def open_reports_of(kind: str, subject_id: int, *, lock: bool = False) -> Sequence[PageReport]:
    """What nobody has answered yet about one thing, oldest first."""
    query = select(PageReport).where(
        PageReport.kind == kind, PageReport.subject_id == subject_id, PageReport.outcome.is_(None)
    )
    return db.session.scalars((query.with_for_update() if lock else query).order_by(PageReport.id)).all()


def reports_of(kind: str, subject_id: int, limit: int = 50) -> Sequence[PageReport]:
    """All reports about one thing, newest first."""
    return db.session.scalars(
        select(PageReport)
        .where(PageReport.kind == kind, PageReport.subject_id == subject_id)
        .order_by(PageReport.id.desc())
        .limit(limit)
    ).all()


def open_reports(after: str | None = None, size: int = 30) -> Page[PageReport]:
    query = select(PageReport).where(PageReport.outcome.is_(None))
    return page_of(query, PageReport.id, after=after, size=size).map(lambda row: row[0])


def reported_things(size: int, after: str | None) -> Page[Any]:
    """Things that somebody reported and nobody answered, the longest waiting first: the first report, and how many
    there are of it."""
    other = aliased(PageReport)
    same = (
        other.kind == PageReport.kind, other.subject_id == PageReport.subject_id, other.outcome.is_(None),
    )  # fmt: skip
    reports = select(func.count()).select_from(other).where(*same).scalar_subquery()
    earlier = select(other.id).where(*same, other.id < PageReport.id)
    query: Any = select(PageReport, reports.label("reports")).where(
        PageReport.outcome.is_(None), ~earlier.exists()
    )
    return page_of(query, PageReport.id, after=after, size=size)


def appeals_for(person_id: int, size: int, after: str | None) -> Page[Takedown]:
    """Appeals against what somebody else took down, the longest waiting first."""
    query = (
        select(Takedown)
        .where(Takedown.state == TakedownState.APPEALED, Takedown.by_id != person_id)
        .options(*_whole())
    )
    return page_of(query, Takedown.appealed_at, Takedown.id, after=after, size=size).map(lambda row: row[0])


def takedowns_in(states: Sequence[TakedownState], after: str | None = None, size: int = 30) -> Page[Takedown]:
    query = select(Takedown).where(Takedown.state.in_(list(states))).options(*_whole())
    return page_of(query, Takedown.id, after=after, size=size, descending=True).map(lambda row: row[0])


def takedowns_of(organisation_id: int, after: str | None = None, size: int = 30) -> Page[Takedown]:
    query = select(Takedown).where(Takedown.organisation_id == organisation_id).options(*_whole())
    return page_of(query, Takedown.id, after=after, size=size, descending=True).map(lambda row: row[0])


def _whole() -> tuple[Any, ...]:
    return joinedload(Takedown.organisation), joinedload(Takedown.by)


def takedown_for_office(ref: str, user: Any) -> Takedown | None:
    found = select(Takedown).where(Takedown.ref == ref).options(*_whole())
    return db.session.scalar(found) if user.is_officer else None


def own_takedown(ref: str, user: Any) -> Takedown | None:
    """Of an organisation this person acts for; any other does not exist here."""
    return db.session.scalar(
        select(Takedown)
        .where(Takedown.ref == ref, Takedown.organisation_id.in_(list(user.organisation_ids)))
        .options(*_whole())
    )


def living_takedown(kind: str, subject_id: int) -> Takedown | None:
    return db.session.scalar(
        select(Takedown).where(
            Takedown.kind == kind, Takedown.subject_id == subject_id, Takedown.state.in_(LIVING)
        )
    )


def is_gone(path: str) -> bool:
    """Whether the page that stood at this path is taken down."""
    found = select(Takedown.id).where(Takedown.url == path, Takedown.hides, Takedown.state.in_(LIVING))
    return db.session.scalar(found.limit(1)) is not None


def shown_though_down(limit: int = 100) -> list[int]:
    """Take-downs of photos, and of products with photos, whose files everybody can still get."""
    themselves = select(Takedown.id).join(Photo, Photo.id == Takedown.subject_id)
    themselves = themselves.where(Takedown.kind.in_(("product_photo", "cooperative_photo")))
    with_goods = select(Takedown.id).join(ProductPhoto, ProductPhoto.product_id == Takedown.subject_id)
    with_goods = with_goods.join(Photo, Photo.id == ProductPhoto.photo_id).where(Takedown.kind == "product")
    shown = Takedown.state.in_(LIVING), Photo.state == PhotoState.READY
    queries = (themselves, with_goods)
    found = {id for query in queries for id in db.session.scalars(query.where(*shown).limit(limit))}
    return sorted(found)[:limit]


def waiting_ids() -> tuple[Select[Any], Select[Any]]:
    """Reports that nobody has answered, and appeals."""
    return (
        select(PageReport.id).where(PageReport.outcome.is_(None)),
        select(Takedown.id).where(Takedown.state == TakedownState.APPEALED),
    )


def count_waiting() -> tuple[int, int]:
    reports, appeals = how_many([[each] for each in waiting_ids()], None)
    return reports, appeals


def to_appeal_ids(organisation_id: int) -> Select[Any]:
    """Take-downs of an organisation that stand and were not appealed."""
    standing = Takedown.state == TakedownState.STANDING
    return select(Takedown.id).where(Takedown.organisation_id == organisation_id, standing)
