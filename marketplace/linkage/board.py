"""The board of requests: what its address asks for, what is found, and the words for both.

Everything a filter says is in the address, so that a search can be shared, cached and kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple
from urllib.parse import parse_qs, urlencode

from sqlalchemy import select

from marketplace.catalogue.models import Category, Goods
from marketplace.cooperatives.states import PAPER_LABELS, PaperKind
from marketplace.foundation import formats
from marketplace.foundation.db import db
from marketplace.foundation.db.search import Found
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _, pick
from marketplace.linkage import indexing, queries
from marketplace.linkage.queries import NeedRow
from marketplace.places import queries as places

ARGUMENTS = ("q", "category", "goods", "month", "place", "paper", "after")
SIZE = 24
LONGEST = 80


@dataclass(frozen=True)
class Choice:
    """One line of a filter with how many it would leave."""

    value: str
    label: str
    count: int | None
    chosen: bool
    hue: str = ""
    drawing: str = ""


class Pill(NamedTuple):
    """A filter in force; `url` is the board without it."""

    label: str
    url: str


@dataclass(frozen=True)
class Wanted:
    """What the address asks for, cleaned; the place is text as typed or a unit's id."""

    q: str = ""
    category: str = ""
    goods: str = ""
    months: tuple[int, ...] = ()
    place: str = ""
    papers: tuple[str, ...] = ()
    after: str = ""

    @classmethod
    def read(cls, args: Mapping[str, Sequence[str]]) -> Wanted:
        """From an address's arguments, each with all its values; what makes no sense is left out."""

        def one(name: str, most: int = LONGEST) -> str:
            return next(iter(args.get(name, ())), "").strip()[:most]

        months = {int(m[:3]) for m in args.get("month", ()) if m.isascii() and m.isdigit()}
        return cls(
            q=one("q", 200),
            category=one("category"),
            goods=one("goods"),
            months=tuple(sorted(m for m in months if 1 <= m <= 12)),
            place=one("place"),
            papers=tuple(sorted(set(args.get("paper", ())) & set(PaperKind))),
            after=one("after", 2000),
        )

    @classmethod
    def kept(cls, query: str) -> Wanted:
        """From a search that was kept."""
        return cls.read(parse_qs(query, max_num_fields=60))

    def pairs(self) -> list[tuple[str, str]]:
        """The arguments of the address, in one order, without the idle ones."""
        plain = (("q", self.q), ("category", self.category), ("goods", self.goods), ("place", self.place))
        found = [(name, value) for name, value in plain if value]
        found += [("month", str(month)) for month in self.months]
        found += [("paper", paper) for paper in self.papers]
        return found + [("after", self.after)] * bool(self.after)

    @property
    def query(self) -> str:
        """As it is kept: without a page."""
        return urlencode(replace(self, after="").pairs())

    def url(self, path: str) -> str:
        """The board that this asks for."""
        pairs = self.pairs()
        return f"{path}?{urlencode(pairs)}" if pairs else path


@dataclass(frozen=True)
class Board:
    """One page of the board."""

    wanted: Wanted
    rows: list[NeedRow]
    found: Found
    stalls: list[Choice]
    goods: list[Choice]
    pills: list[Pill]
    more_url: str

    @property
    def understood(self) -> str:
        """What was answered instead of the words typed, or nothing when those were answered."""
        return self.found.understood if self.found.suggestion == self.found.understood else ""

    @property
    def count_words(self) -> str:
        """ "40", or "1,000+" where counting stopped."""
        return formats.number(self.found.count, locale()) + ("+" if self.found.capped else "")


def find(wanted: Wanted, path: str) -> Board:
    """What is open to everybody and fits; a constant number of statements."""
    units = _units(wanted.place)
    found = indexing.needs.find(
        db.session,
        wanted.q,
        facets_all=_facets(wanted, [unit.id for unit in units]),
        limit=SIZE,
        after=wanted.after or None,
        facet_groups=indexing.COUNTED,
    )
    names = _names()
    return Board(
        wanted=wanted,
        rows=queries.needs_by_ids(found.ids),
        found=found,
        stalls=_stalls(wanted, found, names),
        goods=_goods(wanted, found, names),
        pills=_pills(wanted, names, units[0].name if units else wanted.place, path),
        more_url=replace(wanted, after=found.next_cursor).url(path) if found.next_cursor else "",
    )


def newest_ids(wanted: Wanted, most: int = 60) -> list[int]:
    """The newest that fit, for whoever keeps the search."""
    return indexing.needs.find(
        db.session,
        wanted.q,
        facets_all=_facets(wanted, [unit.id for unit in _units(wanted.place)]),
        order="new",
        limit=most,
        count_cap=0,
    ).ids


def in_words(wanted: Wanted) -> str:
    """A search as its keeper reads it."""
    units = _units(wanted.place)
    pills = _pills(wanted, _names(), units[0].name if units else wanted.place, "")
    return ", ".join(pill.label for pill in pills) or _("All requests")


def _facets(wanted: Wanted, units: Sequence[int]) -> list[list[str]]:
    groups = [
        [f"c:{wanted.category}"] if wanted.category else [],
        [f"g:{wanted.goods}"] if wanted.goods else [],
        [f"m:{month}" for month in wanted.months],
        [f"p:{unit}" for unit in units] if units else ["p:0"] if wanted.place else [],
    ]
    groups += [[f"paper:{paper}"] for paper in wanted.papers]
    return [group for group in groups if group]


def _units(text: str) -> list[places.UnitHit]:
    """The units a place may mean: one chosen by its id, or all of the best name."""
    if not text:
        return []
    if text.isascii() and text.isdigit():
        unit = places.unit(int(text[:9]))
        return [places.hit_of(unit)] if unit else []
    return places.search_units(text, limit=6, level=None)


@dataclass(frozen=True)
class _Name:
    slug: str
    label: str
    stall: str
    hue: str
    drawing: str


@dataclass(frozen=True)
class _Names:
    stalls: dict[str, _Name]
    goods: dict[str, _Name]


def _names() -> _Names:
    """Stalls and goods in the reader's language, by slug, in their order."""
    stalls: dict[str, _Name] = {}
    goods: dict[str, _Name] = {}
    query = (
        select(Category, Goods)
        .join(Goods, Goods.category_id == Category.id)
        .order_by(Category.position, Goods.position)
    )
    for category, each in db.session.execute(query):
        look = (category.slug, category.hue, category.drawing)
        stalls.setdefault(category.slug, _Name(category.slug, category.name, *look))
        goods[each.slug] = _Name(each.slug, pick(each.name_vi, each.name_en), *look)
    return _Names(stalls, goods)


def _stalls(wanted: Wanted, found: Found, names: _Names) -> list[Choice]:
    counts = found.facets.get("c", {})
    return [
        Choice(slug, name.label, counts.get(slug, 0), slug == wanted.category, name.hue, name.drawing)
        for slug, name in names.stalls.items()
        if counts.get(slug) or slug == wanted.category
    ]


def _goods(wanted: Wanted, found: Found, names: _Names) -> list[Choice]:
    counts = found.facets.get("g", {})
    slugs = [slug for slug in names.goods if counts.get(slug) or slug == wanted.goods]
    return [
        Choice(slug, names.goods[slug].label, counts.get(slug, 0), slug == wanted.goods)
        for slug in slugs[:16]
    ]


def _pills(wanted: Wanted, names: _Names, place: str, path: str) -> list[Pill]:
    first = replace(wanted, after="")
    stall, goods = names.stalls.get(wanted.category), names.goods.get(wanted.goods)
    pills = [
        (f"“{wanted.q}”" if wanted.q else "", replace(first, q="").url(path)),
        (stall.label if stall else "", replace(first, category="").url(path)),
        (goods.label if goods else "", replace(first, goods="").url(path)),
        (place, replace(first, place="").url(path)),
    ]
    for month in wanted.months:
        rest = tuple(each for each in wanted.months if each != month)
        pills.append(
            (formats.month_name(month, locale()).capitalize(), replace(first, months=rest).url(path))
        )
    for paper in wanted.papers:
        left = tuple(each for each in wanted.papers if each != paper)
        pills.append((str(PAPER_LABELS[PaperKind(paper)]), replace(first, papers=left).url(path)))
    return [Pill(label, url) for label, url in pills if label]
