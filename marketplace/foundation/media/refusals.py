"""Why a photo or a paper is not taken, in words that say what to do instead."""

from __future__ import annotations

from typing import Any

from marketplace.foundation.errors import Refusal
from marketplace.foundation.words import _l

PHOTO_REASONS: dict[str, Any] = {
    "empty": _l("This file is empty. Please choose the photo again."),
    "too_big": _l("This photo is larger than 20 MB. Please choose a smaller one."),
    "too_many_pixels": _l(
        "This photo has too many pixels. JPEG may have up to 108 megapixels, other kinds up to 25. "
        "Please take it again at a smaller size."
    ),
    "not_a_picture": _l("This file is not a photo. Please choose a photo: JPEG, PNG, WebP, AVIF or HEIC."),
    "truncated": _l("This photo did not arrive whole. Please choose it again."),
    "damaged": _l("This photo is damaged and cannot be opened. Please choose another one."),
    "svg": _l("SVG drawings cannot be used. Please choose a photo: JPEG, PNG, WebP, AVIF or HEIC."),
    "other_type": _l(
        "This kind of file cannot be used as a photo. Please choose JPEG, PNG, WebP, AVIF or HEIC."
    ),
    "timeout": _l("This photo took too long to open. Please take it again at a smaller size."),
}

DOCUMENT_REASONS: dict[str, Any] = {
    "empty": _l("This file is empty. Please choose the document again."),
    "too_big": _l("This file is larger than 10 MB. Please choose a smaller one."),
    "other_type": _l("A document must be a PDF file, or a photo of it as JPEG or PNG."),
    "truncated": _l("This file did not arrive whole. Please choose it again."),
}


class PhotoRefused(Refusal):
    """A photo we do not take; `code` is a key of PHOTO_REASONS."""

    def __init__(self, code: str, *, field: str | None = None) -> None:
        super().__init__(PHOTO_REASONS[code], field=field)
        self.code = code


class DocumentRefused(Refusal):
    """A paper we do not take; `code` is a key of DOCUMENT_REASONS."""

    def __init__(self, code: str, *, field: str | None = None) -> None:
        super().__init__(DOCUMENT_REASONS[code], field=field)
        self.code = code
