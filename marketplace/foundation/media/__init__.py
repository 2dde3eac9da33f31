"""Photos and papers: taken safely, developed by the worker, kept locally or in S3, served without risk.

A form's view receives a photo with `receive_photo(stream=…, filename=…, by=person())` inside its
transaction and keeps the photo's id; the page shows `photo.picture` (or `pictures(ids)` for a list).
"""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask

from marketplace.config import OddSetting
from marketplace.foundation.media import store
from marketplace.foundation.media.models import Document, Photo
from marketplace.foundation.media.picture import Picture
from marketplace.foundation.media.queries import document_by_ref, photo_by_ref, pictures
from marketplace.foundation.media.receiving import keep_mark, receive_document, receive_photo, without_traces
from marketplace.foundation.media.refusals import DocumentRefused, PhotoRefused
from marketplace.foundation.media.services import give_photo_back, remove_photo, withhold_photo
from marketplace.foundation.media.serving import MediaDoor, send_document, send_withheld
from marketplace.foundation.media.states import PhotoState
from marketplace.foundation.media.tasks import process_photo

__all__ = [
    "Document",
    "DocumentRefused",
    "Photo",
    "PhotoRefused",
    "PhotoState",
    "Picture",
    "document_by_ref",
    "give_photo_back",
    "install",
    "keep_mark",
    "photo_by_ref",
    "pictures",
    "process_photo",
    "receive_document",
    "receive_photo",
    "remove_photo",
    "send_document",
    "send_withheld",
    "withhold_photo",
    "without_traces",
]


@dataclass(frozen=True)
class Shelves:
    """The two storages of an app."""

    public: store.Storage
    private: store.Storage


def install(app: Flask) -> None:
    """Open the storage that the settings name and put the picture door before Flask."""
    settings = app.extensions["settings"]
    try:
        public, private = (
            store.open_storage(settings.storage_url, settings.s3_endpoint_url, area)
            for area in ("public", "private")
        )
    except ValueError as odd:
        raise OddSetting("STORAGE_URL", f"is {settings.storage_url!r}; {odd}") from odd
    app.extensions["media"] = Shelves(public, private)
    app.wsgi_app = MediaDoor(app.wsgi_app, public, https=settings.https)  # type: ignore[method-assign]
