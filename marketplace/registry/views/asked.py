"""What a list at the office is asked for in its address."""

from __future__ import annotations

from typing import Any

from flask import abort, request

from marketplace.cooperatives import queries as cooperatives
from marketplace.cooperatives.models import Cooperative
from marketplace.cooperatives.states import SECTOR_LABELS, Sector
from marketplace.foundation.web import person
from marketplace.foundation.web.fields import choices_of
from marketplace.foundation.words import _
from marketplace.places import queries as places
from marketplace.registry import deadlines
from marketplace.registry.models.annual_report import FIRST_YEAR, LAST_YEAR
from marketplace.registry.queries.obliged import Narrowed


def desk() -> Cooperative:
    """The cooperative this person acts for."""
    return cooperatives.desk_cooperative(person()) or abort(404)


def year(default: int) -> int:
    written = request.args.get("year", "")
    wanted = int(written[:4]) if written.isascii() and written.isdigit() else default
    return wanted if FIRST_YEAR <= wanted <= LAST_YEAR else default


def narrowed() -> Narrowed:
    """Words, sector and place; a place nobody knows finds nobody."""
    sector, place = request.args.get("sector", ""), request.args.get("place", "").strip()[:80]
    hits = places.named(place) if place else []
    return Narrowed(
        text=request.args.get("q", "")[:80],
        sector=Sector(sector) if sector in set(Sector) else None,
        units=tuple(hit.id for hit in hits) if place else None,
    )


def filters(chosen_year: int, also: list[int]) -> dict[str, Any]:
    """What the form over a list shows again."""
    years = sorted({*deadlines.years(most=10), *also, chosen_year}, reverse=True)
    return {
        "year": chosen_year,
        "years": years,
        "q": request.args.get("q", "")[:80],
        "place": request.args.get("place", "")[:80],
        "sector": request.args.get("sector", ""),
        "sectors": choices_of(SECTOR_LABELS.items(), none=_("Every sector")),
    }
