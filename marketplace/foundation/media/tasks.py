"""What the worker does for photos."""

from __future__ import annotations

import datetime as dt

from marketplace.foundation import clock
from marketplace.foundation.db import transaction
from marketplace.foundation.jobs import job
from marketplace.foundation.media import decode, queries, services, store
from marketplace.foundation.media.refusals import PhotoRefused

PATIENCE = dt.timedelta(minutes=2)
STRAY_AFTER = dt.timedelta(days=1)
WITHHELD_AGAIN = dt.timedelta(days=2)


@job(patient=True)
def process_photo(photo_id: int) -> None:
    """Develop a waiting photo and show it, or refuse it.

    Files carry the hash of their content, so doing it twice (or half, and then again) leaves the same files.
    """
    with transaction():
        photo = queries.waiting_photo(photo_id)
        ref = photo.ref if photo else None
    if ref is None:
        return
    try:
        developed = decode.develop(_original(ref))
    except PhotoRefused as refusal:
        with transaction():
            services.refuse_photo(photo_id=photo_id, code=refusal.code)
        return
    names = [store.content_name(r.data, r.format) for r in developed.renditions]
    for name, rendition in zip(names, developed.renditions, strict=True):
        store.public().put(name, rendition.data)
    with transaction():
        services.finish_photo(photo_id=photo_id, developed=developed, names=names)


def _original(ref: str) -> bytes:
    try:
        return store.private().get(ref)
    except store.Missing as gone:
        raise PhotoRefused("truncated") from gone


@job(every_minutes=1)
def find_waiting_photos() -> None:
    """Wake up for photos whose first wake-up was lost."""
    for photo_id in queries.overdue_photos(clock.now() - PATIENCE, limit=20):
        process_photo.now(photo_id)


@job(every_minutes=60)
def clear_withheld() -> None:
    """Delete the public files of withheld photos once more: the first time may have been cut off."""
    storage = store.public()
    for photo in queries.withheld_since(clock.now() - WITHHELD_AGAIN):
        names = {rendition["name"] for rendition in photo.withheld["renditions"]}
        for name in names - queries.names_of_twins(photo):
            storage.delete(name)


@job(every_minutes=60 * 24)
def sweep_files() -> None:
    """Delete files that no row needs: of removed photos, of requests that were never committed."""
    for storage, name in queries.stray_files(clock.now() - STRAY_AFTER):
        storage.delete(name)
