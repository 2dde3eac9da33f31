"""The catalogue of a fair: exhibitors with their stands and what they bring, for the page, the book and the signs.

Finding works on small rows of the whole fair; only what is shown is loaded whole.
"""

from __future__ import annotations

import base64
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup

from marketplace import config
from marketplace.catalogue import cards
from marketplace.catalogue.models import Product
from marketplace.cooperatives.models import Cooperative
from marketplace.fairs import queries
from marketplace.fairs.models import Fair, Zone
from marketplace.foundation import clock, formats
from marketplace.foundation.drawing import qr, season, stills
from marketplace.foundation.media import Photo, store
from marketplace.foundation.telex import from_telex
from marketplace.foundation.text import fold, tokens
from marketplace.foundation.text import sort_key as in_order
from marketplace.foundation.web.locale import in_language_url, locale
from marketplace.foundation.words import _, pick
from marketplace.places import queries as places

SIZE = 24
PICTURE = 800


@dataclass
class Found:
    """An exhibitor among all others: enough to find and to list it."""

    stand_id: int
    application_id: int
    cooperative_id: int
    name: str
    zone_id: int
    codes: list[str] = field(default_factory=list)
    goods: list[Any] = field(default_factory=list)

    @property
    def told(self) -> str:
        """Its stand in words: "A05, A06"."""
        return ", ".join(self.codes)


def everybody(fair: Fair) -> list[Found]:
    """Every confirmed exhibitor of a fair in the order of the plan, with what it brings; three statements."""
    by_stand: dict[int, Found] = {}
    for row in queries.exhibitor_rows(fair.id):
        found = by_stand.setdefault(
            row.stand_id,
            Found(
                row.stand_id,
                row.application_id,
                row.cooperative_id,
                pick(row.name, row.name_en),
                row.zone_id,
            ),
        )
        found.codes.append(row.code)
    asked = {found.application_id: found for found in by_stand.values()}
    for brought in queries.brought_rows(asked):
        asked[brought.application_id].goods.append(brought)
    return [*by_stand.values()]


def matching(exhibitors: Sequence[Found], words: str) -> list[Found]:
    """Those in whose name, stand or goods every word begins one; marks do not count, Telex typed raw is read."""
    found = [each for each in exhibitors if _holds(each, tokens(words))]
    meant = from_telex(words) if words and not found else None
    return [each for each in exhibitors if _holds(each, tokens(meant))] if meant else found


def goods_matching(exhibitor: Found, words: str) -> list[Any]:
    """Of its goods those that have the words; all of them when its name or stand has."""
    for said in (words, from_telex(words) or ""):
        wanted = tokens(said)
        hit = [each for each in exhibitor.goods if _in(wanted, fold(_words_of(each)))]
        if wanted and hit:
            return hit
    return exhibitor.goods


def _holds(exhibitor: Found, wanted: Sequence[str]) -> bool:
    goods = " ".join(_words_of(each) for each in exhibitor.goods)
    return _in(wanted, fold(f"{exhibitor.name} {exhibitor.told} {goods}"))


def _in(wanted: Sequence[str], folded: str) -> bool:
    words = folded.split()
    return all(any(each.startswith(word) for each in words) for word in wanted)


def _words_of(brought: Any) -> str:
    synonyms = " ".join(str(each) for each in brought.synonyms)
    return f"{brought.name_vi} {brought.name_en} {brought.commodity_vi} {brought.commodity_en} {synonyms}"


# --- one exhibitor, whole ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Good:
    """A product as the catalogue shows it; `row` is what its card shows."""

    product: Product
    row: dict[str, Any]
    papers: list[str]
    stars: int

    @property
    def months(self) -> list[tuple[int, str]]:
        """Each month with its kind: p at its best, m some, o none."""
        return [(n, season.kind_of(n, self.product.months, self.product.peak_months)) for n in range(1, 13)]


@dataclass(frozen=True)
class Exhibitor:
    """An exhibitor whole."""

    found: Found
    cooperative: Cooperative
    zone: Zone
    where: str
    goods: list[Good]

    @property
    def key(self) -> str:
        """Its place in the book."""
        return f"e{self.found.stand_id}"

    @property
    def hue(self) -> str:
        return str(self.goods[0].row["hue"]) if self.goods else self.cooperative.hue

    @property
    def stars(self) -> int:
        return max((good.stars for good in self.goods), default=0)

    @property
    def papers(self) -> list[str]:
        """Each paper of its goods once, in their order."""
        return [*dict.fromkeys(paper for good in self.goods for paper in good.papers)]


def whole(fair: Fair, exhibitors: Sequence[Found]) -> list[Exhibitor]:
    """With products, photos, papers and places; a constant number of statements."""
    zones = {zone.id: zone for zone in queries.shown_zones(fair.id)}
    sellers = queries.exhibitors_by_id({each.cooperative_id for each in exhibitors})
    ids = [brought.product_id for each in exhibitors for brought in each.goods]
    goods = {product.id: _good(product, fair.first_day) for product in cards.loaded(ids)}
    return [
        Exhibitor(
            each,
            sellers[each.cooperative_id],
            zones[each.zone_id],
            places.short_label(sellers[each.cooperative_id].address),
            [goods[brought.product_id] for brought in each.goods if brought.product_id in goods],
        )
        for each in exhibitors
    ]


def _good(product: Product, day: dt.date) -> Good:
    """Papers count that are valid on the fair's first day."""
    good = sorted(
        (each.certificate for each in product.papers if each.certificate.counts_on(day)),
        key=lambda paper: (-(paper.stars or 0), paper.kind, paper.id),
    )
    return Good(
        product,
        cards.row(product, clock.today()),
        [*dict.fromkeys(cards.paper_words(paper) for paper in good)],
        max((paper.stars or 0 for paper in good), default=0),
    )


# --- for paper --------------------------------------------------------------------------------------


def picture(photo: Photo | None, drawing: str, mode: str, hue: str) -> Markup:
    """The address of a picture that carries itself: the photo, or the drawing of the goods."""
    if photo is not None and photo.is_ready:
        name = photo.picture.url(PICTURE).rsplit("/", 1)[-1]
        try:
            return _data("image/webp", store.public().get(name))
        except (store.Missing, store.StorageAway):
            pass  # the drawing stands in: a book is not kept waiting for one file
    drawn = stills.still(drawing, mode if mode in stills.MODES else "plain", hue, 960, 720)
    return _data("image/svg+xml", drawn.encode())


def picture_of(exhibitor: Exhibitor) -> Markup:
    """Of its first product."""
    if not exhibitor.goods:
        return picture(None, "basket", "plain", exhibitor.hue)
    row = exhibitor.goods[0].row
    return picture(row["photo"], row["drawing"], row["mode"], row["hue"])


def page_address(cooperative: Cooperative) -> str:
    """The public page of an exhibitor, whole, in the reader's language."""
    return f"{config.current().base_url}{in_language_url(f'/cooperatives/{cooperative.slug}', locale())}"


def catalogue_address(fair: Fair, words: str = "") -> str:
    path = f"/fairs/{fair.slug}/catalogue"
    return f"{config.current().base_url}{in_language_url(path, locale())}{f'?q={words}' if words else ''}"


def code_of(exhibitor: Exhibitor) -> Markup:
    """The QR code to its products."""
    return qr.svg(page_address(exhibitor.cooperative), _("Page of %(name)s", name=exhibitor.found.name))


def _data(kind: str, content: bytes) -> Markup:
    return Markup("data:{};base64,{}").format(kind, base64.b64encode(content).decode())


@dataclass(frozen=True)
class IndexLine:
    """A line of the index: goods, whose, at which stand, where in the book."""

    name: str
    exhibitor: Exhibitor


@dataclass(frozen=True)
class Book:
    """Everything in the printed catalogue."""

    fair: Fair
    by_zone: list[tuple[Zone, list[Exhibitor]]]
    index: list[IndexLine]
    day: dt.date

    @property
    def exhibitors(self) -> list[Exhibitor]:
        return [each for _zone, found in self.by_zone for each in found]

    @property
    def drawings(self) -> list[tuple[str, str]]:
        """(drawing, hue) for the cover, each drawing once."""
        found: dict[str, str] = {}
        for each in self.exhibitors:
            for good in each.goods:
                found.setdefault(good.row["drawing"], good.row["hue"])
        return [*found.items()][:8]


def book(fair: Fair) -> Book:
    """The whole catalogue, zone by zone, with an index of products in the order of the alphabet."""
    shown = whole(fair, everybody(fair))
    zones: dict[int, tuple[Zone, list[Exhibitor]]] = {}
    for each in shown:
        zones.setdefault(each.zone.id, (each.zone, []))[1].append(each)
    lines = [IndexLine(good.row["name"], each) for each in shown for good in each.goods]
    lines.sort(key=lambda line: (in_order(line.name), line.exhibitor.found.told))
    return Book(fair, [*zones.values()], lines, clock.today())


def season_of(good: Good) -> str:
    """Its months in words."""
    return formats.months_phrase(good.product.months, locale()) if good.product.months else ""
