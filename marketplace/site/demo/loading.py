"""Filling an empty database with the demonstration province: all of it or nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection
from random import Random

from sqlalchemy import delete, func, select

from marketplace import config
from marketplace.accounts import services as accounts
from marketplace.accounts.models import Organisation, Person
from marketplace.accounts.states import Role
from marketplace.catalogue.grades import load_grades
from marketplace.catalogue.reference import load_commodities
from marketplace.cooperatives.models import Cooperative
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.mail import Letter
from marketplace.foundation.words import in_language
from marketplace.insights.reference import load_periods
from marketplace.insights.services import open_period
from marketplace.places.loading import load_units
from marketplace.registry.reference import load_schemes
from marketplace.selection.reference import load_rules
from marketplace.site.demo import (
    bank,
    contracts,
    courses,
    deals,
    fairs,
    growing,
    kept,
    lives,
    matches,
    news,
    norms,
    papers,
    people,
    pools,
    prices,
    quotes,
    requests,
    road,
    shared,
    weeks,
    words,
    years,
)
from marketplace.site.demo.goods import Goods, leave_some_unsold, put_on_sale
from marketplace.site.demo.pictures import draw_product
from marketplace.site.demo.registry import Province, enter_cooperatives, papers_to_look_at, share_points
from marketplace.site.demo.trade import trade

SEED = 1959
BEGAN = dt.timedelta(days=640)


def has_cooperatives() -> bool:
    return bool(db.session.scalar(select(func.count()).select_from(Cooperative)))


def in_use() -> bool:
    """Somebody has an account or a cooperative is entered: not a place for invented people."""
    return has_cooperatives() or bool(db.session.scalar(select(func.count()).select_from(Person)))


def load(
    *, tell: Callable[[str], None], provinces: Collection[str] | None = None, pictures: int | None = None
) -> None:
    """Enter everything, in the caller's transaction.

    `provinces` narrows the administrative units, `pictures` how many products get a drawn picture (None: all).
    """
    chance = Random(SEED)  # noqa: S311  the same province every time, nothing secret
    with in_language("vi"):
        tell(f"units: {load_units(provinces)}")
        tell(f"commodities: {load_commodities()}")
        tell(f"grades, as examples: {load_grades()}")
        tell(f"rules of eligibility: {load_rules()}")
        tell(f"rules of grades and sizes: {load_schemes()}")
        tell(f"periods with targets: {load_periods()}")
        open_period(first_year=2025, last_year=2030)
        province = Province(officer=_officer())
        province.find_units()
        enter_cooperatives(province, chance)
        share_points(province)
        tell(f"cooperatives: {len(province.cooperatives)}")
        goods = put_on_sale(province, chance)
        leave_some_unsold(province, goods)
        papers_to_look_at(province)
        tell(f"products: {sum(map(len, goods.values()))}")
        tell(f"norms of support, as examples: {norms.examples(province.officer)}")
        going_on = fairs.before(province, goods)
        tell(f"orders: {trade(province, goods, chance)}")
        tell(f"on the alliance's truck: {road.round_of_three(province)}")
        tell(f"invoices noted: {road.invoices(province)}")
        tell(f"papers for the supermarket: {papers.for_the_supermarket(province, goods)}")
        tell(f"words of buyers: {words.words(province)}")
        words.data_request(province)
        tell(f"contracts: {contracts.contracts(province, goods)}")
        tell(f"prices of the board: {prices.write_prices(province, chance)}")
        tell(f"plots: {growing.fields(province, goods)}")
        tell(f"fairs: {fairs.now(going_on)}")
        tell(f"courses and study tours: {courses.courses(province)}")
        tell(f"weeks ahead: {weeks.look_ahead(province, goods, going_on.coming, chance)}")
        tell(f"requests of buyers: {requests.requests(province)}")
        tell(f"pools: {pools.pools(province)}")
        tell(f"quotes: {quotes.quotes(province)}")
        tell(f"matches: {matches.matches()}")
        tell(f"deals from fairs: {deals.deals(province)}")
        rows = bank.statement(province.cooperatives["dong-lac"], province.directors["dong-lac"])
        tell(f"rows of a bank statement: {rows}")
        tell(f"loads of a contract: {kept.kept(province)}")
        tell(f"kilograms of a pool's contract: {shared.shared(province)}")
        tell(f"lives told: {lives.lives(province)}")
        tell(f"yearly reports: {years.years(province)}")
        tell(f"articles: {news.news(province, going_on.coming)}")
    # Some letters always come, to guests too: those of the past arrived long ago.
    db.session.execute(delete(Letter))
    for person in db.session.scalars(select(Person)):
        person.letters = True
    tell(f"pictures to draw: {_order_pictures(goods, pictures)}")


def _officer() -> Person:
    with clock.standing_at(clock.now() - BEGAN):
        name, email = people.OFFICER
        officer = accounts.create_officer(
            name=name,
            phone=people.phone(300),
            email=email,
            password=people.KEY_TO_THE_DEMONSTRATION,
            alliance_name=config.current().alliance_name,
        )
        people.quiet(officer)
        name, email = people.GATE
        gate = accounts.create_person(
            name=name,
            phone=people.phone(301),
            email=email,
            password=people.KEY_TO_THE_DEMONSTRATION,
            by=officer,
        )
        alliance = accounts.alliance(name=config.current().alliance_name)
        accounts.add_member(organisation=alliance, person=gate, role=Role.VOLUNTEER, by=officer)
        _at_desks(alliance, officer)
    return officer


def _at_desks(alliance: Organisation, officer: Person) -> None:
    for number, (name, email, desk) in enumerate(people.AT_DESKS, start=390):
        clerk = accounts.create_person(
            name=name,
            phone=people.phone(number),
            email=email,
            password=people.KEY_TO_THE_DEMONSTRATION,
            by=officer,
        )
        people.quiet(clerk)
        accounts.add_member(organisation=alliance, person=clerk, role=Role.OFFICER, desks=[desk], by=officer)


def _order_pictures(goods: Goods, most: int | None) -> int:
    """What is in stock is drawn first: it is what visitors see first."""
    products = [product for offered in goods.values() for product in offered]
    products.sort(key=lambda product: not product.available)
    for product in products[:most]:
        draw_product.later(product.id)
    return len(products[:most])
