"""The list of members with its facets: what the address asks for, what there is, and the words for both."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict

from marketplace.cooperatives import queries
from marketplace.cooperatives.models import Cooperative
from marketplace.cooperatives.states import KIND_LABELS, PAPER_LABELS, SECTOR_LABELS, Kind, PaperKind, Sector
from marketplace.foundation.db import Page
from marketplace.places import queries as places

ARGUMENTS = ("q", "place", "sector", "kind", "certificate", "after")
LONGEST = 80


@dataclass(frozen=True)
class Choice:
    """One line of a facet; a place is a link, `url` puts it on or takes it off."""

    value: str
    label: str
    count: int
    chosen: bool
    url: str = ""


@dataclass(frozen=True)
class Filters:
    """What the address asks for, cleaned; the place is text as typed or a unit's id."""

    q: str = ""
    place: str = ""
    sector: str = ""
    kind: str = ""
    papers: tuple[str, ...] = ()
    after: str = ""

    @classmethod
    def read(cls, args: MultiDict[str, str]) -> Filters:
        """From a request's arguments; what makes no sense is left out."""
        sector, kind = args.get("sector", ""), args.get("kind", "")
        return cls(
            q=args.get("q", "").strip()[:LONGEST],
            place=args.get("place", "").strip()[:LONGEST],
            sector=sector if sector in set(Sector) else "",
            kind=kind if kind in set(Kind) else "",
            papers=tuple(sorted(set(args.getlist("certificate")) & set(PaperKind))),
            after=args.get("after", "")[:500],
        )

    def url(self, path: str, **changed: Any) -> str:
        """The list with these changes, from its first page unless `after` is given."""
        new = replace(self, **{"after": "", **changed})
        pairs = [("q", new.q), ("place", new.place), ("sector", new.sector), ("kind", new.kind)]
        pairs += [("certificate", paper) for paper in new.papers] + [("after", new.after)]
        told = urlencode([pair for pair in pairs if pair[1]])
        return f"{path}?{told}" if told else path

    @property
    def narrowed(self) -> bool:
        return replace(self, after="") != Filters()


@dataclass(frozen=True)
class Listing:
    """The list as its page shows it."""

    filters: Filters
    page: Page[Cooperative]
    total: int
    place_words: str
    districts: list[Choice]
    sectors: list[Choice]
    kinds: list[Choice]
    papers: list[Choice]
    active: list[tuple[str, str]]
    more_url: str
    place_found: bool
    places: list[tuple[str, str]]


def find(filters: Filters, path: str) -> Listing:
    """A constant number of statements."""
    hits = places.named(filters.place) if filters.place else []
    wanted = queries.Wanted(
        text=filters.q,
        units=tuple(hit.id for hit in hits) if filters.place else None,
        sector=Sector(filters.sector) if filters.sector else None,
        kind=Kind(filters.kind) if filters.kind else None,
        papers=tuple(PaperKind(paper) for paper in filters.papers),
    )
    page, counts = queries.admitted(wanted, after=filters.after or None), queries.counts(wanted)
    return Listing(
        filters=filters,
        page=page,
        total=counts.total,
        place_words=hits[0].name if filters.place.isdigit() and hits else filters.place,
        districts=[_district(one, filters, path) for one in counts.districts],
        sectors=_choices(SECTOR_LABELS, counts.sectors, [filters.sector]),
        kinds=_choices(KIND_LABELS, counts.kinds, [filters.kind]),
        papers=_choices(PAPER_LABELS, counts.papers, filters.papers),
        active=_active(filters, hits, path),
        more_url=filters.url(path, after=page.next) if page.next else "",
        place_found=bool(hits) or not filters.place,
        places=[(hit.path, filters.url(path, place=str(hit.id))) for hit in hits] if len(hits) > 1 else [],
    )


def _district(district: queries.District, filters: Filters, path: str) -> Choice:
    value = str(district.id)
    chosen = value == filters.place
    return Choice(
        value, district.name, district.count, chosen, filters.url(path, place="" if chosen else value)
    )


def _choices(labels: Mapping[Any, Any], counts: Mapping[Any, int], chosen: Iterable[str]) -> list[Choice]:
    """What there is of it, and what is chosen even if there is nothing."""
    return [
        Choice(str(value), str(label), counts.get(value, 0), str(value) in chosen)
        for value, label in labels.items()
        if counts.get(value) or str(value) in chosen
    ]


def _active(filters: Filters, hits: list[places.UnitHit], path: str) -> list[tuple[str, str]]:
    """(words of a filter in force, the list without it)."""
    told: list[tuple[str, dict[str, Any]]] = [
        (f"“{filters.q}”" if filters.q else "", {"q": ""}),
        (hits[0].name if hits else filters.place, {"place": ""}),
        (str(SECTOR_LABELS[Sector(filters.sector)]) if filters.sector else "", {"sector": ""}),
        (str(KIND_LABELS[Kind(filters.kind)]) if filters.kind else "", {"kind": ""}),
    ]
    for paper in filters.papers:
        rest = tuple(other for other in filters.papers if other != paper)
        told.append((str(PAPER_LABELS[PaperKind(paper)]), {"papers": rest}))
    return [(words, filters.url(path, **without)) for words, without in told if words]
