"""What the worker found out about a photo; withholding one, giving it back, and forgetting one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress

from marketplace.foundation import clock
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


def withhold_photo(*, photo: Photo) -> None:
    """Nobody gets it any more, not even by the address of a file: its files move to where no address leads.

    They are copied before the commit and deleted after it; a file that another shown photo needs too stays.
    """
    _take(photo)
    kept, shelves, at = queries.kept_of(photo), (store.public(), store.private()), clock.now()
    names = [rendition["name"] for rendition in photo.renditions]
    _copy(names, *shelves)
    gone = set(names) - queries.names_of_twins(photo)
    photo_lifecycle.advance(photo, "withhold")
    photo.withheld, photo.withheld_at = kept, at
    photo.renditions, photo.width, photo.height, photo.colour = [], None, None, None
    db.session.flush()
    after_commit(lambda: _delete(gone, shelves[0]))


def give_photo_back(*, photo: Photo) -> None:
    """Its files answer at their old addresses again. Does nothing for a photo that nobody withheld."""
    _take(photo)
    if not photo.is_withheld:
        return
    kept, shelves = dict(photo.withheld), (store.private(), store.public())
    names = [rendition["name"] for rendition in kept["renditions"]]
    _copy(names, *shelves)
    photo_lifecycle.advance(photo, "give_back")
    photo.renditions, photo.colour = kept["renditions"], kept["colour"]
    photo.width, photo.height = kept["width"], kept["height"]
    photo.withheld, photo.withheld_at = {}, None
    db.session.flush()
    gone = set(names) - queries.private_names()
    after_commit(lambda: _delete(gone, shelves[0]))


def _take(photo: Photo) -> None:
    db.session.refresh(photo, with_for_update=True)


def _copy(names: Iterable[str], one: store.Storage, other: store.Storage) -> None:
    for name in names:
        with suppress(store.Missing):  # moved already, by a try that was cut off
            other.put(name, one.get(name))


def _delete(names: Iterable[str], storage: store.Storage) -> None:
    for name in names:
        storage.delete(name)


def remove_photo(*, photo: Photo) -> None:
    """Forget a photo that nothing shows any more; its files go with the next sweep."""
    db.session.delete(photo)


def _forget_original(photo: Photo) -> None:
    """The original may tell where a family lives: it goes as soon as it is no longer needed."""
    storage, ref = store.private(), photo.ref
    after_commit(lambda: storage.delete(ref))
