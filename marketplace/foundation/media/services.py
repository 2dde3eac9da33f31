"""What the worker found out about a photo, and forgetting one."""

from __future__ import annotations

from collections.abc import Sequence

from marketplace.foundation.db import after_commit, db
from marketplace.foundation.media import queries, store
from marketplace.foundation.media.decode import Developed
from marketplace.foundation.media.models import Photo
from marketplace.foundation.media.states import photo_lifecycle


def finish_photo(*, photo_id: int, developed: Developed, names: Sequence[str]) -> None:
    """The public files stand under `names`: show them. Does nothing when somebody else was first."""
    photo = queries.waiting_photo(photo_id, lock=True)
    if photo is None:
        return
    photo_lifecycle.advance(photo, "finish")
    photo.width, photo.height, photo.colour = developed.width, developed.height, developed.colour
    photo.renditions = [
        {"name": name, "format": r.format, "use": r.use, "width": r.width, "height": r.height}
        for name, r in zip(names, developed.renditions, strict=True)
    ]
    _forget_original(photo)


def refuse_photo(*, photo_id: int, code: str) -> None:
    """The photo could not be developed; `code` is a key of PHOTO_REASONS."""
    photo = queries.waiting_photo(photo_id, lock=True)
    if photo is None:
        return
    photo_lifecycle.advance(photo, "refuse")
    photo.refusal = code
    _forget_original(photo)


def remove_photo(*, photo: Photo) -> None:
    """Forget a photo that nothing shows any more; its files go with the next sweep."""
    db.session.delete(photo)


def _forget_original(photo: Photo) -> None:
    """The original may tell where a family lives: it goes as soon as it is no longer needed."""
    storage, ref = store.private(), photo.ref
    after_commit(lambda: storage.delete(ref))
