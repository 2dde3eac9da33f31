"""Taking photos and papers from the people who send them.

The file is written before the row is committed: what a person was told is kept must be kept. A file whose
row never came goes with the daily sweep.
"""

from __future__ import annotations

import hashlib
import io
import re
import unicodedata
from dataclasses import dataclass
from typing import Any, Protocol

from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.events import id_of
from marketplace.foundation.media import decode, store
from marketplace.foundation.media.mark import Mark
from marketplace.foundation.media.models import Document, Photo
from marketplace.foundation.media.refusals import DocumentRefused, PhotoRefused
from marketplace.foundation.media.states import DocumentKind
from marketplace.foundation.media.tasks import process_photo
from marketplace.foundation.reference import random_ref

MAX_DOCUMENT_BYTES = 10 * 1024 * 1024
ENDINGS = {DocumentKind.PDF: "pdf", DocumentKind.JPEG: "jpg", DocumentKind.PNG: "png"}


class Upload(Protocol):
    """An open file or what a form's file field holds."""

    def read(self, size: int = -1, /) -> bytes: ...


def receive_photo(*, stream: Upload, by: Any, filename: str | None = "", field: str | None = None) -> Photo:
    """Take a photo: look at its header now, keep the original privately, let the worker do the rest.

    `by` is the person, or None for a guest. `field` names the form's field that a refusal belongs to.
    Returns the waiting photo, with its id. Raises PhotoRefused.
    """
    data = stream.read(decode.MAX_BYTES + 1)
    try:
        decode.check(data)
    except PhotoRefused as refusal:
        raise PhotoRefused(refusal.code, field=field) from refusal
    photo = Photo(
        ref=random_ref(),
        sha256=hashlib.sha256(data).hexdigest(),
        filename=clean_filename(filename or ""),
        uploaded_by_id=id_of(by),
        created_at=clock.now(),
    )
    store.private().put(photo.ref, data)
    db.session.add(photo)
    db.session.flush()
    process_photo.later(photo.id)
    return photo


@dataclass(frozen=True)
class Clean:
    """A file that can be passed on to somebody else."""

    stream: Upload
    filename: str


def without_traces(*, stream: Upload, filename: str | None, field: str | None = None) -> Clean:
    """A photo without its place, time and device, as a JPEG; a PDF as it came.

    A picture is drawn anew by a process of its own, which takes a moment: call it before a transaction. Raises
    DocumentRefused or PhotoRefused.
    """
    data, name = stream.read(decode.MAX_BYTES + 1), filename or ""
    if data.startswith(b"%PDF-"):
        return Clean(io.BytesIO(data), name)
    try:
        return Clean(io.BytesIO(decode.bare_copy(data)), name)
    except PhotoRefused as refusal:
        if refusal.code in {"not_a_picture", "other_type", "svg", "empty"}:
            raise DocumentRefused(
                "empty" if refusal.code == "empty" else "other_type", field=field
            ) from refusal
        raise PhotoRefused(refusal.code, field=field) from refusal


def keep_mark(*, stream: Upload, field: str | None = None) -> Mark:
    """A sign, drawn anew by a process of its own and kept where everybody can see it; that takes a moment: call it
    before a transaction. What is never used goes with the daily sweep. Raises PhotoRefused."""
    data = stream.read(decode.MAX_BYTES + 1)
    try:
        made = decode.mark(data)
    except PhotoRefused as refusal:
        raise PhotoRefused(refusal.code, field=field) from refusal
    seen, on_white = made.renditions
    names = [store.content_name(each.data, each.format) for each in (seen, on_white)]
    for name, each in zip(names, (seen, on_white), strict=True):
        store.public().put(name, each.data)
    return Mark(names[0], names[1], seen.width, seen.height)


def receive_document(*, stream: Upload, filename: str | None, by: Any, field: str | None = None) -> Document:
    """Keep a paper (PDF, JPEG or PNG to 10 MB) as it came, privately.

    Returns the document, with its id. Raises DocumentRefused.
    """
    data = stream.read(MAX_DOCUMENT_BYTES + 1)
    kind = _kind_of_paper(data, field)
    document = Document(
        ref=random_ref(),
        sha256=hashlib.sha256(data).hexdigest(),
        kind=kind,
        filename=_with_ending(clean_filename(filename or ""), ENDINGS[kind]),
        size_bytes=len(data),
        uploaded_by_id=id_of(by),
        created_at=clock.now(),
    )
    store.private().put(document.ref, data)
    db.session.add(document)
    db.session.flush()
    return document


def clean_filename(name: str) -> str:
    """The last part of a path, without anything invisible or meant for a shell; at most 120 signs."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    kept = "".join(sign for sign in last if sign.isprintable() and sign not in '<>:"|?*;%')
    return kept.strip(" .")[-120:].strip(" .")


def _kind_of_paper(data: bytes, field: str | None) -> DocumentKind:
    if not data:
        raise DocumentRefused("empty", field=field)
    if len(data) > MAX_DOCUMENT_BYTES:
        raise DocumentRefused("too_big", field=field)
    if data.startswith(b"%PDF-"):
        if b"%%EOF" not in data[-4096:]:
            raise DocumentRefused("truncated", field=field)
        return DocumentKind.PDF
    if data.startswith(b"\xff\xd8\xff"):
        return DocumentKind.JPEG
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return DocumentKind.PNG
    raise DocumentRefused("other_type", field=field)


def _with_ending(name: str, ending: str) -> str:
    stem = name.rpartition(".")[0] or name or "giay-to"
    return f"{stem[:110]}.{ending}"
