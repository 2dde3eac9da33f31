"""Reading photos and papers, and holding rows and files against each other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterator
from typing import Any

from sqlalchemy import select

from marketplace.foundation.db import db
from marketplace.foundation.media import store
from marketplace.foundation.media.models import Document, Photo
from marketplace.foundation.media.picture import Picture
from marketplace.foundation.media.states import PhotoState

_others: list[Callable[[], set[str]]] = []
_shown: list[Callable[[], set[str]]] = []


def also_needed(names: Callable[[], set[str]]) -> None:
    """Another room keeps private files here: `names()` says which it needs."""
    if names not in _others:
        _others.append(names)


def also_shown(names: Callable[[], set[str]]) -> None:
    """Another room keeps public files here: `names()` says which it shows."""
    if names not in _shown:
        _shown.append(names)


def pictures(photo_ids: Collection[int]) -> dict[int, Picture]:
    """The pictures of a page in one statement: {photo id: Picture}. Ids without a row are left out."""
    if not photo_ids:
        return {}
    query = select(Photo.id, Photo.renditions, Photo.width, Photo.height, Photo.colour)
    rows = db.session.execute(query.where(Photo.id.in_(photo_ids)))
    return {row.id: Picture.of(row.renditions, row.width, row.height, row.colour) for row in rows}


def photo_by_ref(ref: str) -> Photo | None:
    return db.session.scalar(select(Photo).where(Photo.ref == ref))


def document_by_ref(ref: str) -> Document | None:
    return db.session.scalar(select(Document).where(Document.ref == ref))


def waiting_photo(photo_id: int, *, lock: bool = False) -> Photo | None:
    """The photo if the worker still has to look at it; locked until the transaction ends when asked."""
    query = select(Photo).where(Photo.id == photo_id, Photo.state == PhotoState.WAITING)
    return db.session.scalar(query.with_for_update() if lock else query)


def overdue_photos(before: dt.datetime, limit: int) -> list[int]:
    """Ids of the photos that have waited since `before`, oldest first."""
    query = (
        select(Photo.id)
        .where(Photo.state == PhotoState.WAITING, Photo.created_at < before)
        .order_by(Photo.created_at, Photo.id)
        .limit(limit)
    )
    return list(db.session.scalars(query))


def kept_of(photo: Photo) -> dict[str, Any]:
    """What a ready photo needs to be shown again."""
    return {
        "renditions": [dict(rendition) for rendition in photo.renditions],
        "width": photo.width,
        "height": photo.height,
        "colour": photo.colour,
    }


def names_of_twins(photo: Photo) -> set[str]:
    """The files of other shown photos that look the same: the same bytes have the same name."""
    alike = photo.withheld or kept_of(photo)
    rows = db.session.scalars(
        select(Photo.renditions).where(
            Photo.state == PhotoState.READY,
            Photo.id != photo.id,
            Photo.width == alike["width"],
            Photo.height == alike["height"],
            Photo.colour == alike["colour"],
        )
    )
    return {rendition["name"] for renditions in rows for rendition in renditions}


def withheld_since(since: dt.datetime) -> list[Photo]:
    query = select(Photo).where(Photo.state == PhotoState.WITHHELD, Photo.withheld_at >= since)
    return list(db.session.scalars(query.order_by(Photo.withheld_at, Photo.id)))


def public_names() -> set[str]:
    """The names of all public files that a photo uses, or that others show."""
    rows = db.session.scalars(select(Photo.renditions).where(Photo.state == PhotoState.READY))
    own = {rendition["name"] for renditions in rows for rendition in renditions}
    return own.union(*(names() for names in _shown))


def private_names() -> set[str]:
    """The names of all private files that a row needs: papers, originals of photos that still wait, photos
    that are withheld, others' files."""
    papers = select(Document.ref)
    originals = select(Photo.ref).where(Photo.state == PhotoState.WAITING)
    own = set(db.session.scalars(papers.union_all(originals)))
    withheld = db.session.scalars(select(Photo.withheld).where(Photo.state == PhotoState.WITHHELD))
    own |= {rendition["name"] for kept in withheld for rendition in kept["renditions"]}
    return own.union(*(names() for names in _others))


def lost_files() -> list[str]:
    """Names that a row needs and no file has: an invariant wants none."""
    missing = [f"public/{name}" for name in public_names() if not store.public().exists(name)]
    missing += [f"private/{name}" for name in private_names() if not store.private().exists(name)]
    return sorted(missing)


def stray_files(before: dt.datetime) -> Iterator[tuple[store.Storage, str]]:
    """(storage, name) of files last written before `before` that no row needs.

    The files are listed before the rows are read, so that a file with a fresh row is never taken for a stray.
    """
    for storage, needed in ((store.public(), public_names), (store.private(), private_names)):
        old = [name for name, written in storage.names() if written < before]
        in_use = needed() if old else set()
        yield from ((storage, name) for name in old if name not in in_use)
