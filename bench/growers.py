"""Many cooperatives with goods on sale and what each expects, and a buyer's requests for them."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from decimal import Decimal

from marketplace.catalogue import queries as catalogue
from marketplace.catalogue import services as products
from marketplace.catalogue.models import Commodity, Goods, Product
from marketplace.cooperatives import services as cooperatives
from marketplace.cooperatives.states import Kind, PaperKind
from marketplace.foundation import clock
from marketplace.foundation.calendar import week_of
from marketplace.foundation.db import transaction
from marketplace.foundation.money import Money
from marketplace.linkage import schedule, services
from marketplace.linkage.models import Need
from marketplace.places import queries as places
from marketplace.places import services as addresses
from marketplace.supply import services as supply
from tests.buyers.company import Company
from tests.world import World

VILLAGES = ("dong lac chi linh", "thang long kinh mon", "sao do chi linh", "gia loc", "thanh ha")
WEEKS_AHEAD = range(2, 8)


def goods_on_offer(count: int) -> list[Goods]:
    """Carrots first, then others by their slugs; each has a commodity to grow."""
    known = [each for each in catalogue.goods() if catalogue.commodities_of(each.id)]
    return sorted(known, key=lambda each: (each.slug != "ca-rot", each.slug))[:count]


def growers(numbers: range, world: World, goods: Sequence[Goods], *, expecting: bool = True) -> list[Product]:
    """One cooperative for each number with one product, goods in turn; two in three have VietGAP."""
    kinds = [catalogue.commodities_of(each.id)[0] for each in goods]
    units = [unit.id for village in VILLAGES for unit in places.search_units(village)[:1]]
    made: list[Product] = []
    for number in numbers:
        with transaction():
            product = _grower(number, kinds[number % len(kinds)], units[number % len(units)], world)
            if expecting:
                _expect(product, random.Random(number))
        made.append(product)
    return made


def requests(count: int, company: Company, goods: Sequence[Goods], *, each: int = 2000) -> list[Need]:
    """Open requests of ten days, three weeks and more from now, goods in turn."""
    made = []
    for number in range(count):
        first = clock.today() + dt.timedelta(days=21 + number % 14)
        with transaction():
            need = services.draft_need(
                organisation=company.bigmart, goods=goods[number % len(goods)], by=company.hanh
            )
            portions = schedule.daily(first, first + dt.timedelta(days=9), Decimal(each))
            services.set_amounts(need=need, portions=portions, by=company.hanh)
            services.set_delivery(
                need=need, depot=company.store, arrives_from=None, arrives_until=None, by=company.hanh
            )
            services.set_papers(need=need, kinds=[PaperKind.VIETGAP], by=company.hanh)
            until = clock.now() + dt.timedelta(days=7)
            services.set_deadlines(need=need, quotes_until=until, questions_until=None, by=company.hanh)
            services.open_need(need=need, by=company.hanh)
        made.append(need)
    return made


def _grower(number: int, kind: Commodity, unit_id: int, world: World) -> Product:
    by = world.officer
    seller = cooperatives.enter(
        kind=Kind.COOPERATIVE,
        name=f"HTX Nông sản số {number}",
        short_name=f"HTX số {number}",
        address=addresses.make_address(line1=f"Xóm {number}", unit_id=unit_id, by=by),
        phone=f"+8491{number:07d}",
        legal_rep_name="Nguyễn Văn Hùng",
        by=by,
    )
    cooperatives.advance(cooperative=seller, step="admit", reason="", by=by)
    papers = []
    if number % 3:
        papers.append(
            cooperatives.add_certificate(
                cooperative=seller,
                kind=PaperKind.VIETGAP,
                number=f"VG-{number}",
                issued_on=clock.today(),
                by=by,
            )
        )
        cooperatives.verify_certificate(certificate=papers[0], by=by)
    product = products.draft_product(
        cooperative=seller,
        commodity=kind,
        name_vi=f"{kind.name_vi} {number}",
        name_en=kind.name_en,
        sale_unit="kg",
        tiers=[(Decimal(0), Money(12_000))],
        certificates=papers,
        story_vi="Thu buổi sáng, giao trong ngày.",
        by=by,
    )
    products.submit_for_review(product=product, by=by)
    products.publish(product=product, by=by)
    return product


def _expect(product: Product, chance: random.Random) -> None:
    for ahead in WEEKS_AHEAD:
        week = str(week_of(clock.today() + dt.timedelta(weeks=ahead)))
        likely = Decimal(chance.randrange(25, 200) * 100)
        supply.forecast(product=product, week=week, grade="", likely=likely, by=None)
