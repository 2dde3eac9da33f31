"""What a product's page shows beside the product itself: every word ready, nothing asked in the template."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from flask import url_for

from marketplace import config
from marketplace.catalogue import cards, queries
from marketplace.catalogue.models import Product
from marketplace.catalogue.states import VAT_LABELS, ProductState, Vat
from marketplace.cooperatives.models import Certificate
from marketplace.cooperatives.titles import title_words
from marketplace.foundation import calendar, clock, formats
from marketplace.foundation.drawing import season
from marketplace.foundation.media import Picture
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _, pick
from marketplace.places import queries as places

RAW = {Vat.NOT_SUBJECT, Vat.NO_DECLARATION}


@dataclass(frozen=True)
class Step:
    """One stair of the prices; `reach` says for how much it holds."""

    reach: str
    price: str
    start: str


@dataclass(frozen=True)
class Paper:
    """A certificate in words."""

    title: str
    lines: list[str]


@dataclass(frozen=True)
class Showcase:
    """The words and pictures of one product's page."""

    photos: list[Picture]
    strip: Any
    season: str
    months: str
    in_season: bool
    stock: str
    buyable: bool
    in_stock: bool
    unit: str
    price_unit: str
    weighed: str
    steps: list[Step]
    quantity: str
    step: str
    least: str
    buying: str
    vat: str
    facts: list[tuple[str, str]]
    papers: list[Paper]
    grade: str
    seller: str
    seller_place: str
    seller_facts: list[tuple[str, str]]
    summary: str
    data: dict[str, Any]


def of(product: Product) -> Showcase:
    """The showcase of a product with all that `queries.whole()` loads."""
    today, language = clock.today(), locale()
    seller = product.cooperative
    photos = [shown.photo.picture for shown in product.photos if shown.photo.is_ready]
    papers = queries.badges(product, today)
    enough = product.available is not None and product.available >= product.min_order
    return Showcase(
        photos=photos,
        strip=season.strip(
            product.months,
            product.peak_months,
            today.month,
            label=cards.season_label(product, today),
            big=True,
        ),
        season=cards.season_words(product, today),
        months=_harvest(product),
        in_season=calendar.in_season(product.months, today),
        stock=cards.stock_words(product),
        buyable=product.state is ProductState.PUBLISHED and enough,
        in_stock=enough,
        unit=formats.unit_name(product.sale_unit, language),
        price_unit=formats.unit_name(product.price_unit, language),
        weighed=_weighed(product),
        steps=_stairs(product),
        quantity=formats.number(product.min_order, language),
        step=format(product.step.normalize(), "f"),
        least=format(product.min_order.normalize(), "f"),
        buying=_buying(product),
        vat=_vat(product),
        facts=_facts(product),
        papers=[_paper(paper) for paper in papers],
        grade=cards.grade_words(product),
        seller=pick(seller.name, seller.name_en),
        seller_place=places.label(seller.address),
        seller_facts=_seller_facts(product),
        summary=_summary(product),
        data=_data(product, photos),
    )


def _harvest(product: Product) -> str:
    language = locale()
    if not product.months:
        return ""
    if product.months == calendar.ALL_YEAR:
        return _("Sold all year round.")
    words = _("Harvest: %(months)s", months=formats.months_phrase(product.months, language))
    if product.peak_months and product.peak_months != product.months:
        words += "; " + _("best in %(months)s", months=formats.months_phrase(product.peak_months, language))
    return words + "."


def _stairs(product: Product) -> list[Step]:
    language = locale()
    tiers, steps = product.tiers, []
    for place, tier in enumerate(tiers):
        following = tiers[place + 1].from_quantity if place + 1 < len(tiers) else None
        steps.append(
            Step(
                reach=_reach(product, place, tier.from_quantity, following),
                price=formats.vnd(tier.price, language),
                start=format(tier.from_quantity.normalize(), "f"),
            )
        )
    return steps


def agreed(product: Product, prices: queries.Agreed) -> dict[str, Any]:
    """The stairs of a buyer's own price, in words; nothing where everybody's price holds."""
    steps = prices.stairs(product.id)
    if not steps:
        return {}
    language, words = locale(), []
    for place, (start, price, _price_list) in enumerate(steps):
        following = steps[place + 1][0] if place + 1 < len(steps) else None
        reach = _reach(product, place, start, following)
        words.append([reach, formats.vnd(price, language)])
    lists = list(dict.fromkeys(price_list for _start, _price, price_list in steps))
    return {
        "title": _("Your price"),
        "steps": words,
        "unit": _("one %(unit)s", unit=formats.unit_name(product.sale_unit, language)),
        "lists": [
            _(
                "Agreed on the list “%(name)s”, until %(day)s.",
                name=each.name,
                day=formats.date(each.valid_to, language),
            )
            for each in lists
        ],
    }


def _reach(product: Product, place: int, start: Any, following: Any) -> str:
    """ "Below 50 kg", "from 50 kg"."""
    if place == 0 and following is None:
        return _("any amount")
    if place == 0:
        return _("below %(amount)s", amount=formats.amount(following, product.sale_unit, locale()))
    return _("from %(amount)s", amount=formats.amount(start, product.sale_unit, locale()))


def _buying(product: Product) -> str:
    language, unit = locale(), product.sale_unit
    least = formats.amount(product.min_order, unit, language)
    if product.step == product.min_order == 1:
        return _("From %(least)s on.", least=least)
    step = formats.amount(product.step, unit, language)
    return _("From %(least)s on, in steps of %(step)s.", least=least, step=step)


def _weighed(product: Product) -> str:
    """How goods are paid whose sum the scale says: told before anybody orders."""
    if not product.weighed:
        return ""
    language = locale()
    some = max(product.min_order, Decimal(10)) if product.sale_unit != "kg" else product.min_order
    told = cards.weighed_words(product.tolerance_percent or 0)
    if product.sale_unit == "kg":
        return told
    about = _(
        "%(some)s are about %(kg)s.",
        some=formats.amount(some, product.sale_unit, language),
        kg=formats.weight(queries.priced(product, some), language),
    )
    return f"{about} {told}"


def _vat(product: Product) -> str:
    if product.vat_code in RAW:
        return _("Price includes VAT, if any.")
    return _("Price includes VAT (%(rate)s).", rate=VAT_LABELS[product.vat_code])


def _facts(product: Product) -> list[tuple[str, str]]:
    language = locale()
    weight = queries.kg_per_unit(product)
    shown = [
        (_("Grade"), cards.grade_words(product)),
        (_("Packing"), product.packing),
        (
            _("Weight of one %(unit)s", unit=formats.unit_name(product.sale_unit, language)),
            formats.weight(weight, language) if weight and product.sale_unit != "kg" else "",
        ),
        (_("Keeping"), product.keeping),
        (_("Origin"), places.said(product.origin_vi) or places.label(product.cooperative.address)),
    ]
    return [(name, value) for name, value in shown if value]


def _paper(paper: Certificate) -> Paper:
    language, lines = locale(), []
    if paper.number:
        lines.append(_("Number %(number)s", number=paper.number))
    if paper.issued_by:
        lines.append(_("Issued by %(issuer)s", issuer=paper.issued_by))
    if paper.scope:
        lines.append(paper.scope)
    if paper.expires_on is not None:
        lines.append(_("Valid until %(day)s", day=formats.date(paper.expires_on, language)))
    if paper.verified_at is not None:
        day = formats.date(paper.verified_at, language)
        lines.append(_("The alliance has seen the paper on %(day)s.", day=day))
    return Paper(cards.paper_words(paper), lines)


def _seller_facts(product: Product) -> list[tuple[str, str]]:
    """Who sells, as the law on e-commerce wants it shown."""
    seller, language = product.cooperative, locale()
    registered = seller.registration_no
    if registered and seller.registered_on is not None:
        registered = _(
            "%(number)s of %(day)s", number=registered, day=formats.date(seller.registered_on, language)
        )
    shown = [
        (
            _("Represented by"),
            " ".join(filter(None, (title_words(seller.legal_rep_title), seller.legal_rep_name))),
        ),
        (_("Registration"), ", ".join(filter(None, (registered, seller.register_office)))),
        (_("Tax code"), seller.tax_code),
    ]
    return [(name, value) for name, value in shown if value]


def _summary(product: Product) -> str:
    """One sentence for search machines and shared links."""
    language = locale()
    return _(
        "%(name)s from %(seller)s: %(price)s a %(unit)s. %(season)s.",
        name=product.name,
        seller=product.cooperative.label,
        price=formats.vnd(product.price, language),
        unit=formats.unit_name(product.price_unit, language),
        season=cards.season_words(product, clock.today()),
    )


def _data(product: Product, photos: list[Picture]) -> dict[str, Any]:
    """Product and Offer for search machines, in the words of JSON-LD."""
    base = config.current().base_url
    seller = product.cooperative
    enough = product.available is not None and product.available >= product.min_order
    told: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Product",
        "name": product.name,
        "sku": product.slug,
        "category": product.commodity.category.name,
        "description": product.story or _summary(product),
        "brand": {"@type": "Organization", "name": seller.name},
        "offers": {
            "@type": "Offer",
            "url": base + url_for("catalogue.product", product=product),
            "price": str(int(product.price)),
            "priceCurrency": "VND",
            "availability": "https://schema.org/" + ("InStock" if enough else "OutOfStock"),
            "seller": {"@type": "Organization", "name": seller.name},
        },
    }
    if photos:
        told["image"] = [base + photo.share_url for photo in photos if photo.share_url]
    return told
