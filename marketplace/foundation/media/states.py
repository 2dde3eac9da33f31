"""The life of a photo: it waits for the worker, is then ready or refused for good; a ready one can be withheld."""

from __future__ import annotations

from enum import StrEnum

from marketplace.foundation.lifecycle import Lifecycle, move


class PhotoState(StrEnum):
    WAITING = "waiting"
    READY = "ready"
    REFUSED = "refused"
    WITHHELD = "withheld"


photo_lifecycle = Lifecycle(
    "photo",
    move("finish", PhotoState.WAITING, to=PhotoState.READY),
    move("refuse", PhotoState.WAITING, to=PhotoState.REFUSED),
    move("withhold", PhotoState.READY, to=PhotoState.WITHHELD),
    move("give_back", PhotoState.WITHHELD, to=PhotoState.READY),
)


class DocumentKind(StrEnum):
    PDF = "pdf"
    JPEG = "jpeg"
    PNG = "png"
