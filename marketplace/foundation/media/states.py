"""The life of a photo: it waits for the worker, and is then ready or refused for good."""

from __future__ import annotations

from enum import StrEnum

from marketplace.foundation.lifecycle import Lifecycle, move


class PhotoState(StrEnum):
    WAITING = "waiting"
    READY = "ready"
    REFUSED = "refused"


photo_lifecycle = Lifecycle(
    "photo",
    move("finish", PhotoState.WAITING, to=PhotoState.READY),
    move("refuse", PhotoState.WAITING, to=PhotoState.REFUSED),
)


class DocumentKind(StrEnum):
    PDF = "pdf"
    JPEG = "jpeg"
    PNG = "png"
