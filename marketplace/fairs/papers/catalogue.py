"""The catalogue as a book: cover, contents, two exhibitors on a page, an index of products."""

from __future__ import annotations

from typing import Any

from marketplace.fairs import catalogue, queries
from marketplace.foundation.papers import Sheet, paper
from marketplace.foundation.web.pages import text_of

TEMPLATE = "fairs/catalogue/book.html"


def _open_to_all(_user: Any, **_values: Any) -> bool:
    """Whoever reads the page may have the book."""
    return True


@paper("fairs.catalogue", guests=_open_to_all)
def book(fair: str) -> Sheet | None:
    found = queries.shown_fair(fair)
    if found is None or found.state not in queries.KNOWN:
        return None
    return Sheet(text_of(TEMPLATE, book=catalogue.book(found), told=catalogue))
