"""Product cards: rows made for the page, every string ready, so that a list of 24 costs little.

A card's markup is kept by (product, version, stock, locale, day), since the words on it change only with these.
"""

from __future__ import annotations

import datetime as dt
from collections import OrderedDict
from collections.abc import Sequence
from typing import Any

from flask import current_app
from markupsafe import Markup
from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import load_only, selectinload

from marketplace.catalogue import queries
from marketplace.catalogue.models import Commodity, Product, ProductPaper, ProductPhoto
from marketplace.cooperatives.models import Certificate, Cooperative
from marketplace.cooperatives.states import PAPER_LABELS, PaperKind
from marketplace.foundation import calendar, clock, formats
from marketplace.foundation.db import db
from marketplace.foundation.drawing import season
from marketplace.foundation.media import Photo
from marketplace.foundation.media.states import PhotoState
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _, pick
from marketplace.places import queries as places
from marketplace.places.models import Address, AdminUnit

KEPT = 6000
_kept: OrderedDict[tuple[Any, ...], Markup] = OrderedDict()

_STAMPS = (
    select(
        Product.id,
        Product.version,
        Product.available,
        Product.state,
        Cooperative.state,
        Cooperative.name,
        # A photo just developed changes the card.
        select(func.count())
        .select_from(ProductPhoto)
        .join(ProductPhoto.photo)
        .where(ProductPhoto.product_id == Product.id, Photo.state == PhotoState.READY)
        .scalar_subquery(),
    )
    .join(Product.cooperative)
    .where(Product.id.in_(bindparam("ids", expanding=True)))
)
"""All that a card shows and that may change between two readings of it."""


def cards(ids: Sequence[int]) -> list[Markup]:
    """The markup of these products' cards, in this order; a constant number of statements."""
    if not ids:
        return []
    here = (current_app.instance_path, locale(), clock.today())
    stamps = db.session.connection().execute(_STAMPS, {"ids": ids}).all()
    keys = {stamp[0]: (*here, *stamp) for stamp in stamps}
    missing = [i for i in ids if i in keys and keys[i] not in _kept]
    if missing:
        for product in loaded(missing):
            _keep(keys[product.id], _drawn(product, here[-1]))
    return [_kept[keys[i]] for i in ids if i in keys and keys[i] in _kept]


def _keep(key: tuple[Any, ...], card: Markup) -> None:
    _kept[key] = card
    while len(_kept) > KEPT:
        _kept.popitem(last=False)


def loaded(ids: Sequence[int]) -> Sequence[Product]:
    """Products with all that `row` reads of them; a constant number of statements."""
    unit = load_only(AdminUnit.id, AdminUnit.name, AdminUnit.parent_id)
    address = selectinload(Product.cooperative).selectinload(Cooperative.address)
    return db.session.scalars(
        select(Product)
        .where(Product.id.in_(ids))
        .options(
            selectinload(Product.commodity).load_only(Commodity.hue, Commodity.drawing),
            address.selectinload(Address.unit_current)
            .options(unit)
            .selectinload(AdminUnit.parent)
            .options(unit),
            address.selectinload(Address.unit_as_written).options(unit),
            selectinload(Product.photos).selectinload(ProductPhoto.photo),
            selectinload(Product.papers).selectinload(ProductPaper.certificate),
        )
    ).all()


def _drawn(product: Product, day: dt.date) -> Markup:
    template = current_app.jinja_env.get_template("catalogue/card.html")
    return Markup(template.render(card=row(product, day)))  # noqa: S704 - rendered with autoescape


def row(product: Product, day: dt.date) -> dict[str, Any]:
    """All that a card shows, as strings ready for the page."""
    language = locale()
    prefix = "/en" if language == "en" else ""
    commodity, seller = product.commodity, product.cooperative
    return {
        "url": f"{prefix}/products/{product.slug}",
        "slug": product.slug,
        "name": product.name,
        "by": f"{seller.label}, {_town(seller.address)}".rstrip(", "),
        "hue": commodity.hue,
        "drawing": commodity.drawing,
        "mode": product.picture,
        "photo": picture_of(product),
        "strip": Markup(strip_of(product, day)),  # noqa: S704 - drawn by us, its label escaped
        "season": season_words(product, day),
        "tag": _tag(product, day),
        "price": formats.vnd(product.price, language),
        "unit": formats.unit_name(product.price_unit, language),
        "stock": stock_words(product),
        "buyable": product.state == "published" and (product.available or 0) >= product.min_order,
        "quantity": format(product.min_order.normalize(), "f"),
    }


def picture_of(product: Product) -> Photo | None:
    return next((p.photo for p in product.photos if p.photo.state == "ready"), None)


def season_label(product: Product, day: dt.date) -> str:
    """The strip in words, for those who do not see it."""
    months = formats.months_phrase(product.months, locale())
    if not product.months:
        return _("No months given")
    return _("Harvest: %(months)s. This month is month %(now)s.", months=months, now=day.month)


def strip_of(product: Product, day: dt.date) -> str:
    return season.strip(product.months, product.peak_months, day.month, label=season_label(product, day))


def season_words(product: Product, day: dt.date) -> str:
    """ "In full season until April", "Back in September"."""
    if product.months in (0, calendar.ALL_YEAR):
        return _("All year round")
    if calendar.in_season(product.months, day):
        end = calendar.season_end(product.months, day.month)
        if end == day.month:
            return _("Last month of the season")
        return _("In season until %(month)s", month=_month(end))
    start = calendar.next_start(product.months, day.month)
    return _("Back in %(month)s", month=_month(start))


def _month(month: int | None) -> str:
    return formats.month_name(month or 1, locale())


def stock_words(product: Product) -> str:
    if product.state != "published":
        return _("Paused by the seller")
    if product.available is None:
        return _("Ask the seller how much there is")
    if product.available <= 0:
        return _("Sold out for now")
    return _("%(amount)s left", amount=formats.amount(product.available, product.sale_unit, locale()))


def weighed_words(tolerance: int) -> str:
    """What is agreed before anybody orders weighed goods."""
    return _(
        "The price is per kilogram and the goods are weighed when they are packed. Up to %(percent)s more or less the"
        " scale counts; beyond that you are asked first.",
        percent=formats.percent(tolerance, locale()),
    )


def _tag(product: Product, day: dt.date) -> str:
    """The one certificate worth a place on the card."""
    good = [p.certificate for p in product.papers if p.certificate.counts_on(day)]
    good.sort(key=lambda paper: (paper.kind is not PaperKind.OCOP, paper.kind))
    return paper_words(good[0]) if good else ""


def grade_words(product: Product) -> str:
    """The grade in the reader's language; a usual Vietnamese one needs no translation by its seller."""
    return pick(product.grade, queries.grade_en(product))


def paper_words(paper: Certificate) -> str:
    label = str(PAPER_LABELS[paper.kind])
    return _("%(label)s %(stars)s stars", label=label, stars=paper.stars) if paper.stars else label


def _town(address: Address | None) -> str:
    return places.short_label(address).split(",")[0]
