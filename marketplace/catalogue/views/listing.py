"""The faceted list: what the address asks for, what is found, and the words for both.

Everything a filter says is in the address, so that a list can be shared, bookmarked and cached.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple
from urllib.parse import urlencode

from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from marketplace.catalogue import indexing
from marketplace.catalogue.models import Category, Commodity
from marketplace.cooperatives.states import PAPER_LABELS, PaperKind
from marketplace.foundation import formats, parsing
from marketplace.foundation.db import db, public
from marketplace.foundation.db.search import Found
from marketplace.foundation.units import UNITS
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _, _l
from marketplace.places import queries as places

ARGUMENTS = (
    "q", "category", "commodity", "place", "certificate", "month", "unit",
    "stock", "price_min", "price_max", "sort", "after",
)  # fmt: skip
SIZE = 24
SORTS = {
    "best": _l("In season first"),
    "price_up": _l("Cheapest first"),
    "price_down": _l("Dearest first"),
    "new": _l("Newest first"),
}
LONGEST = 80


@dataclass(slots=True, unsafe_hash=True)
class Choice:
    """One line of a facet; of a stall, `url` puts it on or takes it off. Never changed once made."""

    value: str
    label: str
    count: int | None
    chosen: bool
    url: str = ""
    hue: str = ""
    drawing: str = ""


class Pill(NamedTuple):
    """A filter in force; `url` is the list without it."""

    label: str
    url: str


@dataclass(frozen=True)
class Filters:
    """What the address asks for, cleaned; the place is text as typed or a unit's id."""

    q: str = ""
    c: str = ""
    k: str = ""
    place: str = ""
    cert: tuple[str, ...] = ()
    m: tuple[int, ...] = ()
    u: str = ""
    stock: bool = False
    low: int | None = None
    high: int | None = None
    sort: str = "best"
    after: str = ""

    @classmethod
    def read(cls, args: MultiDict[str, str]) -> Filters:
        """From a request's arguments; what makes no sense is left out."""
        months = {
            int(m) for m in args.getlist("month") if m.isascii() and m.isdigit() and 1 <= int(m[:3]) <= 12
        }
        return cls(
            q=args.get("q", "").strip()[:200],
            c=args.get("category", "").strip()[:LONGEST],
            k=args.get("commodity", "").strip()[:LONGEST],
            place=args.get("place", "").strip()[:LONGEST],
            cert=tuple(sorted(set(args.getlist("certificate")) & set(PaperKind))),
            m=tuple(sorted(months)),
            u=args.get("unit", "") if args.get("unit", "") in UNITS else "",
            stock=args.get("stock") == "1",
            low=_money(args.get("price_min", "")),
            high=_money(args.get("price_max", "")),
            sort=args.get("sort", "") if args.get("sort", "") in SORTS else "best",
            after=args.get("after", "")[:2000],
        )

    def pairs(self) -> list[tuple[str, str]]:
        """The arguments of the address, in one order, without the idle ones."""
        found: list[tuple[str, str]] = [
            (name, value)
            for name, value in (
                ("q", self.q),
                ("category", self.c),
                ("commodity", self.k),
                ("place", self.place),
            )
            if value
        ]
        found += [("certificate", paper) for paper in self.cert]
        found += [("month", str(month)) for month in self.m]
        found += [("unit", self.u)] * bool(self.u) + [("stock", "1")] * self.stock
        found += [("price_min", str(self.low))] * (self.low is not None)
        found += [("price_max", str(self.high))] * (self.high is not None)
        found += [("sort", self.sort)] * (self.sort != "best") + [("after", self.after)] * bool(self.after)
        return found

    def url(self, path: str, **changed: Any) -> str:
        """The list with these changes, from its first page unless `after` is given."""
        pairs = replace(self, **{"after": "", **changed}).pairs()
        return f"{path}?{urlencode(pairs)}" if pairs else path

    @property
    def narrowed(self) -> bool:
        return bool(replace(self, sort="best", after="").pairs())


@dataclass(frozen=True)
class Listing:
    """The list as its page shows it."""

    filters: Filters
    found: Found
    categories: list[Choice]
    commodities: list[Choice]
    papers: list[Choice]
    units: list[Choice]
    pills: list[Pill]
    title: str
    hue: str
    drawing: str
    more_url: str = ""
    suggestion: Pill | None = None
    place_found: bool = True
    places: list[Pill] = field(default_factory=list)

    @property
    def ids(self) -> list[int]:
        return self.found.ids

    @property
    def understood(self) -> str:
        """What was answered instead of the words typed, or nothing when those were answered."""
        found = self.found
        return found.understood if found.suggestion and found.suggestion == found.understood else ""

    @property
    def active(self) -> list[tuple[str, str]]:
        return [(pill.label, pill.url) for pill in self.pills]

    @property
    def count_words(self) -> str:
        """ "40", or "1,000+" where counting stopped."""
        return formats.number(self.found.count, locale()) + ("+" if self.found.capped else "")


def find(filters: Filters, path: str) -> Listing:
    """Ask the search; a constant number of statements."""
    hits = _places(filters.place)
    wanted = _facets(filters, [hit.id for hit in hits])
    found = indexing.products.find(
        db.session,
        filters.q,
        facets_all=wanted,
        price_min=filters.low,
        price_max=filters.high,
        order=filters.sort,
        limit=SIZE,
        after=filters.after or None,
        facet_groups=indexing.COUNTED,
    )
    names = public.kept(("stalls", locale()), _Names.read)
    stall = names.stalls.get(filters.c) or names.stall_of(filters.k)
    return Listing(
        filters=filters,
        found=found,
        categories=_stalls(filters, found, names, path),
        commodities=_kinds(filters, found, names),
        papers=_papers(filters, found),
        units=_units(filters, found),
        pills=_pills(filters, names, [hit.name for hit in hits], path),
        title=_title(filters, names),
        hue=stall.hue if stall else "leaf",
        drawing=stall.drawing if stall else "stall",
        more_url=filters.url(path, after=found.next_cursor) if found.next_cursor else "",
        suggestion=_suggestion(filters, found, path),
        place_found=bool(hits) or not filters.place,
        places=[Pill(hit.path, filters.url(path, place=str(hit.id))) for hit in hits[1:]],
    )


def _facets(filters: Filters, units: Sequence[int]) -> list[list[str]]:
    wanted = [
        [f"c:{filters.c}"] if filters.c else [],
        [f"k:{filters.k}"] if filters.k else [],
        [f"cert:{paper}" for paper in filters.cert],
        [f"m:{month}" for month in filters.m],
        [f"u:{filters.u}"] if filters.u else [],
        ["s:1"] if filters.stock else [],
        [f"p:{unit}" for unit in units] if units else ["p:0"] if filters.place else [],
    ]
    return [group for group in wanted if group]


def _places(text: str) -> list[places.UnitHit]:
    """The units a place may mean: one chosen by its id, or all of the best name."""
    if not text:
        return []
    if text.isascii() and text.isdigit():
        unit = places.unit(int(text[:9]))
        return [places.hit_of(unit)] if unit else []
    return places.search_units(text, limit=6, level=None)


# --- words -------------------------------------------------------------------------------------------


class _Name(NamedTuple):
    slug: str
    label: str
    hue: str
    drawing: str
    stall: str


_NAMES = {
    language: select(
        Category.slug,
        stall,
        Category.hue,
        Category.drawing,
        Commodity.slug,
        kind,
        Commodity.hue,
        Commodity.drawing,
    )
    .join(Commodity, Commodity.category_id == Category.id, isouter=True)
    .order_by(Category.position, Commodity.position)
    for language, stall, kind in (
        ("vi", Category.name_vi, Commodity.name_vi),
        ("en", Category.name_en, Commodity.name_en),
    )
}


@dataclass(frozen=True)
class _Names:
    """Categories and commodities in the reader's language, by slug, in their order."""

    stalls: dict[str, _Name]
    kinds: dict[str, _Name]

    @classmethod
    def read(cls) -> _Names:
        stalls: dict[str, _Name] = {}
        kinds: dict[str, _Name] = {}
        for slug, label, hue, drawing, kind, *of_kind in (
            db.session.connection().execute(_NAMES[locale()]).all()
        ):
            stalls.setdefault(slug, _Name(slug, label, hue, drawing, slug))
            if kind:
                kinds[kind] = _Name(kind, of_kind[0], of_kind[1], of_kind[2], slug)
        return cls(stalls, kinds)

    def stall_of(self, kind: str) -> _Name | None:
        known = self.kinds.get(kind)
        return self.stalls.get(known.stall) if known else None


def _stalls(filters: Filters, found: Found, names: _Names, path: str) -> list[Choice]:
    """Every stall, with the list that has it and all other filters; the one in force leads out of it."""
    counts = found.facets.get("c", {})
    out = filters.url(path, c="", k="")
    into = f"{out}{'&' if '?' in out else '?'}category="
    return [
        Choice(
            slug,
            name.label,
            counts.get(slug),
            slug == filters.c,
            out if slug == filters.c else into + slug,
            name.hue,
            name.drawing,
        )
        for slug, name in names.stalls.items()
    ]


def _kinds(filters: Filters, found: Found, names: _Names) -> list[Choice]:
    """What there is of the chosen stall, or of what was found, the commonest first."""
    counts = found.facets.get("k", {})
    slugs: Iterable[str] = [slug for slug in counts if slug in names.kinds]
    if filters.c:
        slugs = [slug for slug in slugs if names.kinds[slug].stall == filters.c]
    return [
        Choice(
            slug,
            names.kinds[slug].label,
            counts[slug],
            slug == filters.k,
            hue=names.kinds[slug].hue,
            drawing=names.kinds[slug].drawing,
        )
        for slug in list(slugs)[:12]
    ]


def _papers(filters: Filters, found: Found) -> list[Choice]:
    counts = found.facets.get("cert", {})
    shown = [paper for paper in PaperKind if counts.get(paper) or paper in filters.cert]
    return [Choice(str(p), str(PAPER_LABELS[p]), counts.get(p), p in filters.cert) for p in shown]


def _units(filters: Filters, found: Found) -> list[Choice]:
    counts = found.facets.get("u", {})
    shown = [unit for unit in UNITS if counts.get(unit) or unit == filters.u]
    return [
        Choice(unit, formats.unit_name(unit, locale()), counts.get(unit), unit == filters.u) for unit in shown
    ]


def _pills(filters: Filters, names: _Names, units: list[str], path: str) -> list[Pill]:
    named = [
        (f"“{filters.q}”" if filters.q else "", {"q": ""}),
        (_label(names.stalls, filters.c), {"c": ""}),
        (_label(names.kinds, filters.k), {"k": ""}),
        (units[0] if units else filters.place, {"place": ""}),
        *_many_pills(filters),
        *_sale_pills(filters),
    ]
    return [Pill(label, filters.url(path, **without)) for label, without in named if label]


def _label(names: dict[str, _Name], slug: str) -> str:
    return names[slug].label if slug in names else ""


def _many_pills(filters: Filters) -> list[tuple[str, dict[str, Any]]]:
    """One for each certificate and each month."""
    papers = [
        (str(PAPER_LABELS[PaperKind(paper)]), {"cert": tuple(p for p in filters.cert if p != paper)})
        for paper in filters.cert
    ]
    months = [
        (formats.month_name(month, locale()).capitalize(), {"m": tuple(m for m in filters.m if m != month)})
        for month in filters.m
    ]
    return [*papers, *months]


def _sale_pills(filters: Filters) -> list[tuple[str, dict[str, Any]]]:
    language = locale()
    unit = formats.unit_name(filters.u, language) if filters.u else ""
    return [
        (_("Sold by the %(unit)s", unit=unit) if unit else "", {"u": ""}),
        (_("In stock") if filters.stock else "", {"stock": False}),
        (_bound(_("From %(price)s"), filters.low), {"low": None}),
        (_bound(_("Up to %(price)s"), filters.high), {"high": None}),
    ]


def _bound(words: str, price: int | None) -> str:
    return words % {"price": formats.vnd(price, locale())} if price is not None else ""


def _title(filters: Filters, names: _Names) -> str:
    if filters.k in names.kinds:
        return names.kinds[filters.k].label
    if filters.c in names.stalls:
        return names.stalls[filters.c].label
    if filters.q:
        return _("Results for “%(q)s”", q=filters.q)
    return _("All produce of our cooperatives")


def _suggestion(filters: Filters, found: Found, path: str) -> Pill | None:
    """ "Did you mean": None when there is nothing to say, or it is what was typed."""
    if not found.suggestion or found.suggestion == filters.q:
        return None
    return Pill(found.suggestion, filters.url(path, q=found.suggestion))


def _money(text: str) -> int | None:
    if not text.strip():
        return None
    try:
        return int(parsing.parse_money(text))
    except parsing.ParseError:
        return None
