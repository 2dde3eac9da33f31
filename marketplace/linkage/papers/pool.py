"""The minutes of a pool: who is in, by which rule, who brings how much in which week, and why."""

from __future__ import annotations

from marketplace.foundation.papers import Sheet, paper
from marketplace.foundation.web.pages import text_of
from marketplace.linkage import queries
from marketplace.linkage.pool_words import minutes_of

MINUTES = "linkage.pool"
TEMPLATE = "linkage/pool/minutes.html"


@paper(MINUTES)
def minutes(pool: str) -> Sheet | None:
    found = queries.pool.pool_by_ref(pool)
    return Sheet(text_of(TEMPLATE, pressed=True, **minutes_of(found))) if found is not None else None
