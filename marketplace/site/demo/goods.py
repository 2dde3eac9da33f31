"""Putting the demonstration's products on sale, with their prices, papers and stock."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from random import Random

from sqlalchemy import select

from marketplace.catalogue import services as catalogue
from marketplace.catalogue.models import Commodity, Product
from marketplace.cooperatives.models import Certificate
from marketplace.foundation import calendar, clock
from marketplace.foundation.db import db
from marketplace.foundation.money import Money
from marketplace.site.demo.lore import GRADES_EN, LORE, Lore
from marketplace.site.demo.offers import COLD, OFFERS, UNSOLD
from marketplace.site.demo.registry import Province, paper_of
from marketplace.site.demo.sellers import REAL
from marketplace.supply import services as supply

FRESH = {"cu-qua", "rau-la", "qua-ngot", "gia-vi"}
MODES = ("plain", "crate", "basket", "field")
STARRED = {seller.key for seller in REAL} | {"hoang-hoa-tham"}
Goods = dict[str, list[Product]]


def put_on_sale(province: Province, chance: Random) -> Goods:
    """All offers; returns the products of each seller, in the order of the data."""
    kinds = {kind.slug: kind for kind in db.session.scalars(select(Commodity))}
    goods: Goods = {}
    number = 0
    for slug, offers in OFFERS.items():
        for place, (key, name_vi, name_en, price, stock) in enumerate(offers):
            days = 150 - number % 130
            with clock.standing_at(clock.now() - dt.timedelta(days=days, hours=number % 9)):
                product = _draft(province, kinds[slug], key, name_vi, name_en, price, place, "cold" in stock)
                catalogue.submit_for_review(product=product, by=province.directors[key])
                catalogue.publish(product=product, by=province.officer)
                _stock(province, product, key, stock, chance)
            goods.setdefault(key, []).append(product)
            number += 1
    return goods


def leave_some_unsold(province: Province, goods: Goods) -> None:
    """Products that wait for the office, were sent back, pause or are retired; and a change that waits."""
    kinds = {kind.slug: kind for kind in db.session.scalars(select(Commodity))}
    for slug, key, name_vi, name_en, price, state in UNSOLD:
        with clock.standing_at(clock.now() - dt.timedelta(days=3)):
            product = _draft(province, kinds[slug], key, name_vi, name_en, price, 0, cold=False)
            if state != "draft":
                _bring_to(province, product, key, state)
    asking = province.directors["duc-chinh"]
    catalogue.edit(product=goods["duc-chinh"][1], grade="Cỡ L, hàng chọn", by=asking)


def _bring_to(province: Province, product: Product, key: str, state: str) -> None:
    director, officer = province.directors[key], province.officer
    catalogue.submit_for_review(product=product, by=director)
    if state == "declined":
        note = "Xin ghi rõ hạn dùng và số lượng bánh trong một hộp."
        catalogue.decline(product=product, note=note, by=officer)
    if state in {"paused", "retired"}:
        catalogue.publish(product=product, by=officer)
        supply.open_stock(product_id=product.id, unit=product.sale_unit, quantity=Decimal(0), by=director)
        (catalogue.pause if state == "paused" else catalogue.retire)(product=product, by=director)


def _draft(
    province: Province,
    kind: Commodity,
    key: str,
    name_vi: str,
    name_en: str,
    price: int,
    place: int,
    cold: bool,
) -> Product:
    lore = LORE[kind.slug]
    grade = lore.grades[place % len(lore.grades)]
    told_vi, told_en = lore.told[place % len(lore.told)]
    address = province.cooperatives[key].address
    grown = address.unit_as_written.full_name if address and address.unit_as_written else ""
    return catalogue.draft_product(
        cooperative=province.cooperatives[key],
        commodity=kind,
        name_vi=name_vi,
        name_en=name_en,
        sale_unit=lore.weighed[0] if lore.weighed else kind.unit,
        tolerance=lore.weighed[1] if lore.weighed else None,
        tiers=tiers(price, lore),
        kg_per_unit=Decimal(lore.kg) if lore.kg else None,
        certificates=_papers(province, kind, key, lore),
        story_vi=f"{told_vi} {COLD[0]}" if cold else told_vi,
        story_en=f"{told_en} {COLD[1]}" if cold else told_en,
        grade=grade,
        grade_en=GRADES_EN.get(grade, ""),
        packing_vi=lore.packing[0],
        packing_en=lore.packing[1],
        keeping_vi=lore.keeping[0],
        keeping_en=lore.keeping[1],
        origin_vi=grown,
        min_order=Decimal(lore.least),
        step=Decimal(lore.step),
        vat_code=lore.vat,
        picture=MODES[place % len(MODES)] if kind.category.slug in FRESH else "plain",
        by=province.directors[key],
    )


def tiers(price: int, lore: Lore) -> list[tuple[Decimal, Money]]:
    """The price of one unit and what larger buyers pay, in round đồng."""
    grain = 100 if price < 10_000 else 500
    found = [(Decimal(0), Money(price))]
    for start, share in lore.bulk:
        lower = round(price * share / grain) * grain
        if lower < found[-1][1]:
            found.append((Decimal(start), Money(lower)))
    return found


def _papers(province: Province, kind: Commodity, key: str, lore: Lore) -> list[Certificate]:
    """OCOP stars only where they are known; otherwise VietGAP for fields, food safety for kitchens."""
    wanted = lore.paper
    if wanted.startswith("ocop") and key not in STARRED:
        wanted = "food_safety" if lore.vat != "KCT" else "vietgap"
    found = paper_of(province, key, wanted, kind.name_vi)
    return [found] if found is not None else []


def _stock(province: Province, product: Product, key: str, stock: str, chance: Random) -> None:
    """Cold-stored, dried and frozen goods are there all year; the rest only in its months."""
    director = province.directors[key]
    plenty = Decimal(stock.removeprefix("cold "))
    stores = stock.startswith("cold") or LORE[product.commodity.slug].stores
    if not stores and not calendar.in_season(product.months, clock.today()):
        plenty = Decimal(0)
    first = (plenty * chance.choice((6, 7, 8)) / 10).quantize(Decimal(1))
    opened = supply.open_stock(product_id=product.id, unit=product.sale_unit, quantity=first, by=director)
    if plenty > first:
        with clock.standing_at(clock.now() + dt.timedelta(days=12)):
            supply.add_harvest(stock=opened, quantity=plenty - first, by=director)
