"""The search index of the board: requests that are open to everybody, the nearest deadline first."""

from __future__ import annotations

import datetime as dt

from marketplace.catalogue.indexing import SYNONYMS
from marketplace.foundation.db import db, schema
from marketplace.foundation.db.search import TOP_SCORE, Entry, Index
from marketplace.linkage.models import Need
from marketplace.linkage.states import Audience, NeedState
from marketplace.places import queries as places

COUNTED = ("c", "g")
BEGINNING = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
needs = Index("needs", synonyms=SYNONYMS, counted=COUNTED)


@schema.extra
def tables(dialect: str) -> list[str]:
    return needs.ddl(dialect)


def renew(need: Need) -> None:
    """Put the request into the index as it is now, or take it out when it takes no quotes of everybody."""
    if need.state is NeedState.OPEN and need.audience is Audience.OPEN and not need.hidden:
        needs.put(db.session, entry(need))
    else:
        needs.remove(db.session, need.id)


def entry(need: Need) -> Entry:
    goods, commodity = need.goods, need.commodity
    words = [need.number or "", need.organisation.name, goods.category.name_vi, goods.category.name_en]
    words += [need.grade.get(name, "") for name in ("sign", "name_vi", "name_en")]
    words += [*need.place.get("address", {}).values(), *need.place.get("area", {}).values()]
    if commodity is not None:
        words += [commodity.name_vi, commodity.name_en, *commodity.synonyms]
    return Entry(
        id=need.id,
        title=f"{goods.name_vi} {goods.name_en}",
        body=" ".join(words),
        score=_score(need.quotes_until),
        facets=_facets(need),
    )


def _facets(need: Need) -> set[str]:
    found = {f"c:{need.goods.category.slug}", f"g:{need.goods.slug}"}
    found |= {f"m:{day.month}" for line in need.lines for day in (line.starts, line.ends)}
    found |= {f"paper:{kind}" for kind in need.wanted_papers}
    if need.unit_id is not None:
        found |= {f"p:{each}" for each in places.family([need.unit_id])}
    return found


def _score(until: dt.datetime | None) -> int:
    """Hours from the beginning of 2026, turned round: whatever ends first is best."""
    hours = int(((until or BEGINNING) - BEGINNING).total_seconds() // 3600)
    return TOP_SCORE - min(max(hours, 0), TOP_SCORE)
