"""Binding documents behind a pressed page: PDFs as they were sent in, pictures as pages.

A paper that is locked, damaged or no longer kept leaves a page that says so: a pack never lacks a paper in silence.
Scripts, forms and notes of foreign PDFs stay behind; a picture comes without what the camera wrote beside it.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

from marketplace.foundation.media import decode, store
from marketplace.foundation.media.refusals import PhotoRefused
from marketplace.foundation.media.states import DocumentKind
from marketplace.foundation.papers import press
from marketplace.foundation.papers.kinds import Bound
from marketplace.foundation.papers.services import PaperRefused
from marketplace.foundation.papers.states import Failure
from marketplace.foundation.web.pages import text_of

if TYPE_CHECKING:
    from pypdf import PageObject, PdfWriter

MOST_BYTES = 40 * 1024 * 1024
MOST_PAGES = 200
PICTURE, LEAF = "papers/picture.html", "papers/leaf.html"
ACTIVE = ("/Annots", "/AA")


class _Unreadable(Exception):
    """This document cannot be bound in."""


def bind(cover: bytes, behind: Sequence[Bound]) -> bytes:
    """The cover and, in their order, the documents. Raises PaperRefused (too_big), NoPress."""
    from pypdf import PdfWriter  # only the worker that binds pays for its memory

    book, size = PdfWriter(), len(cover)
    _append(book, cover, "")
    for each in behind:
        content = _content(each)
        size += len(content)
        if size > MOST_BYTES:
            raise PaperRefused(Failure.TOO_BIG)
        try:
            _append(book, content, each.title)
        except _Unreadable:
            _append(book, _leaf(each), each.title)
        if len(book.pages) > MOST_PAGES:
            raise PaperRefused(Failure.TOO_BIG)
    return _written(book)


def _append(book: PdfWriter, content: bytes, title: str) -> None:
    pages = _pages(content)
    first = len(book.pages)
    for page in pages:
        book.add_page(page)
    if title:
        book.add_outline_item(title=title, page_number=first)


def _pages(content: bytes) -> Sequence[PageObject]:
    """The pages without what acts by itself. Raises _Unreadable."""
    from pypdf import PdfReader

    try:
        reader = PdfReader(io.BytesIO(content), strict=False)
        if reader.is_encrypted:
            raise _Unreadable
        pages = reader.pages[: MOST_PAGES + 1]
        for page in pages:
            for key in ACTIVE:
                page.pop(key, None)
            page.get_contents()
    except _Unreadable:
        raise
    except Exception as broken:  # whatever a foreign file makes the reader stumble over
        raise _Unreadable from broken
    if not pages:
        raise _Unreadable
    return pages


def _content(bound: Bound) -> bytes:
    """The document as PDF; a leaf in its place when it is gone or no picture."""
    try:
        kept = store.private().get(bound.name)
    except store.Missing:
        return _leaf(bound)
    if bound.kind is DocumentKind.PDF:
        return kept
    try:
        drawn = base64.b64encode(decode.bare_copy(kept)).decode()
    except PhotoRefused:
        return _leaf(bound)
    return press.pdf(text_of(PICTURE, title=bound.title, number=bound.number, drawn=drawn))


def _leaf(bound: Bound) -> bytes:
    return press.pdf(text_of(LEAF, title=bound.title, number=bound.number))


def _written(book: PdfWriter) -> bytes:
    written = io.BytesIO()
    book.write(written)
    if written.tell() > MOST_BYTES:
        raise PaperRefused(Failure.TOO_BIG)
    return written.getvalue()
