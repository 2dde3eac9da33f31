"""BigMart buys: its member up to her limit, above it only once its director approved; at its own prices while their
lists hold; into its store, while that is open."""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import fields
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from marketplace.accounts.models import Person
from marketplace.buyers import services as buyers
from marketplace.catalogue import services as catalogue
from marketplace.catalogue.models import PriceList, Product
from marketplace.deliveries import services as deliveries
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.money import Money
from marketplace.orders import purchase, queries, services
from marketplace.orders.models import Cart, PurchaseRequest
from marketplace.orders.services import checkout
from marketplace.orders.states import PurchaseState
from tests.buyers.company import Company
from tests.lives.reckoning import AgreedList, Tiers, fee_for, goods
from tests.lives.rules.buying import WAYS, expect
from tests.lives.walk import Act, Walk, rule
from tests.orders.buying import new_cart

Wanted = dict[int, Decimal]
SENT, ASKED = "sent", "asked"


def company(walk: Walk) -> Company:
    """Its people and its store as they stand now."""
    known = walk.memory["company"]
    return Company(**{each.name: db.session.get_one(*known[each.name]) for each in fields(Company)})


def one_of_them(walk: Walk) -> str:
    return walk.rng.choice(["huy", "hanh", "hanh"])


def too_much(walk: Walk, who: str, total: int) -> bool:
    """Only the member has a limit."""
    return who == "hanh" and total > walk.reckoning.limit


@rule(7)
def buy_for_the_company(walk: Walk) -> Act:
    """Some products, of one cooperative or both; sometimes for an hour when the store is shut."""
    chosen = walk.rng.sample([product.id for product in walk.products()], walk.rng.randint(1, 3))
    wanted = {number: Decimal(walk.rng.randint(2, 40)) for number in chosen}
    who, token, shut = one_of_them(walk), secrets.token_hex(16), walk.rng.random() < 0.1
    way, method = walk.rng.randint(0, 20), walk.rng.choice(WAYS)

    def do() -> tuple[str, int]:
        form = _filled_in(company(walk), who, wanted, shut, way, method)
        return _send(form, token)

    def then(sent: tuple[str, int]) -> None:
        assert not (shut and sent[0] == SENT), "goods come while the store is shut"
        above = too_much(walk, who, _comes_to(walk, wanted))
        assert (sent[0] == ASKED) is above, f"above the limit: {above}, and it was {sent[0]}"
        walk.memory.setdefault("company's forms", {})[token] = sent
        if sent[0] == SENT:
            expect(walk, sent[1], company=True)

    return Act(do, then)


@rule(1)
def press_again_for_the_company(walk: Walk) -> Act | None:
    """The same form is the same purchase, however often and whatever became of it."""
    forms = walk.memory.get("company's forms", {})
    if not forms:
        return None
    token = walk.rng.choice(list(forms))
    wanted = {walk.products()[0].id: Decimal(2)}

    def do() -> tuple[str, int]:
        form = _filled_in(company(walk), "huy", wanted, False, 0, WAYS[0])
        if forms[token][0] == ASKED:
            return ASKED, services.ask_approval(**form, form_token=token).id
        return SENT, services.place(**form, form_token=token).id

    def then(sent: tuple[str, int]) -> None:
        assert sent == forms[token], "one form, two purchases"

    return Act(do, then)


def _send(form: dict[str, Any], token: str) -> tuple[str, int]:
    try:
        return SENT, services.place(**form, form_token=token).id
    except services.NeedsApproval:
        return ASKED, services.ask_approval(**form, form_token=token).id


def _filled_in(
    company: Company, who: str, wanted: Wanted, shut: bool, way: int, method: Any
) -> dict[str, Any]:
    person: Person = getattr(company, who)
    cart = new_cart()
    for number, quantity in wanted.items():
        services.put(cart=cart, product=db.session.get_one(Product, number), quantity=quantity, by=person)
    buyer = services.Buyer(
        name=company.bigmart.name,
        phone=person.phone or "",
        person_id=person.id,
        organisation_id=company.bigmart.id,
    )
    agreed = queries.agreed_with(buyer)
    chosen = _choices(cart, company, shut, way, method)
    return {
        "cart": cart,
        "buyer": buyer,
        "address": company.store.address,
        "depot": company.store,
        "choices": chosen,
        "note": "",
        "quote": checkout.digest(cart, chosen, agreed),
        "terms_version": "test",
        "by": person,
    }


def _choices(cart: Cart, company: Company, shut: bool, way: int, method: Any) -> dict[int, checkout.Choice]:
    """By truck, in one of its windows: those in which the store is open, or the last of the evening."""
    agreed = queries.agreed_with(services.Buyer(name="", phone="", organisation_id=company.bigmart.id))
    chosen = {}
    for cooperative, items in checkout.by_cooperative(cart):
        option = deliveries.options_for(
            cooperative_id=cooperative.id,
            unit_id=company.store.address.unit_as_written_id,
            kg=checkout.weight(items),
            amount=checkout.goods_total(items, agreed),
            depot=None if shut else company.store,
        ).options[0]
        window = option.windows[-1] if shut else option.windows[way % len(option.windows)]
        chosen[cooperative.id] = checkout.Choice(
            option=option.snapshot(window), fee=option.fee, method=method
        )
    return chosen


def _comes_to(walk: Walk, wanted: Wanted) -> int:
    parts: dict[int, list[Any]] = {}
    for product in walk.products():
        if product.id in wanted:
            line = walk.reckoning.line(product.id, wanted[product.id], clock.today(), company=True)
            parts.setdefault(product.cooperative_id, []).append(line)
    return sum(goods(lines) + fee_for(lines) for lines in parts.values())


# --- who may say yes ------------------------------------------------------------------------------------


def _request(walk: Walk) -> int | None:
    found: int | None = walk.pick(
        select(PurchaseRequest.id).where(PurchaseRequest.state == PurchaseState.ASKED)
    )
    return found


@rule(5)
def approve(walk: Walk) -> Act | None:
    """By the director, at today's prices; she who asked cannot."""
    if (number := _request(walk)) is None:
        return None
    who = walk.rng.choice(["huy", "huy", "huy", "hanh"])

    def do() -> int:
        request = queries.request_by_id(number)
        quote = purchase.today(request).quote if request.is_open else ""
        return services.approve(request=request, quote=quote, by=getattr(company(walk), who)).id

    def then(group_id: int) -> None:
        assert who == "huy", "a purchase was approved by who asked for it"
        expect(walk, group_id, company=True)

    return Act(do, then)


@rule(1)
def do_not_approve(walk: Walk) -> Act | None:
    if (number := _request(walk)) is None:
        return None

    def do() -> None:
        request = queries.request_by_id(number)
        services.decline(request=request, words="Kho còn đầy", by=company(walk).huy)

    return Act(do)


@rule(1)
def ask_no_more(walk: Walk) -> Act | None:
    if (number := _request(walk)) is None:
        return None
    return Act(lambda: services.take_back(request=queries.request_by_id(number), by=company(walk).hanh))


@rule(1)
def another_limit(walk: Walk) -> Act:
    limit = walk.rng.choice([300_000, 700_000, 1_500_000])

    def do() -> None:
        them = company(walk)
        buyers.set_limit(organisation=them.bigmart, person=None, amount=Money(limit), by=them.huy)

    def then(_: None) -> None:
        walk.reckoning.limit = limit

    return Act(do, then)


# --- its own prices -------------------------------------------------------------------------------------


@rule(1)
def agree_on_a_list(walk: Walk) -> Act:
    """For some days, today or soon; it may cost less than another list, or more."""
    first, days = walk.rng.choice([0, 0, 1, 2]), walk.rng.randint(1, 9)
    tiers = _cheaper(walk)

    def do() -> tuple[int, dt.date]:
        world, today = walk.world, clock.today()
        made = catalogue.begin_price_list(
            cooperative=world.dong_lac,
            name="Siêu thị",
            valid_from=today + dt.timedelta(days=first),
            valid_to=today + dt.timedelta(days=first + days),
            by=world.director,
        )
        _set(walk, made, tiers)
        catalogue.add_list_buyer(price_list=made, buyer=company(walk).bigmart, by=world.director)
        return made.id, made.valid_from

    def then(made: tuple[int, dt.date]) -> None:
        number, begins = made
        walk.reckoning.lists[number] = AgreedList(begins, begins + dt.timedelta(days=days), tiers)

    return Act(do, then)


@rule(1)
def other_prices_on_a_list(walk: Walk) -> Act | None:
    if not walk.reckoning.lists:
        return None
    number, tiers = walk.rng.choice(list(walk.reckoning.lists)), _cheaper(walk)

    def do() -> None:
        _set(walk, db.session.get_one(PriceList, number), tiers)

    return Act(do, lambda _: walk.reckoning.lists[number].tiers.update(tiers))


@rule(1)
def end_a_list(walk: Walk) -> Act | None:
    if len(walk.reckoning.lists) < 2:
        return None
    number = walk.rng.choice(list(walk.reckoning.lists))

    def do() -> None:
        catalogue.end_price_list(price_list=db.session.get_one(PriceList, number), by=walk.world.director)

    def then(_: None) -> None:
        walk.reckoning.lists[number].ended = True

    return Act(do, then)


def _cheaper(walk: Walk) -> dict[int, Tiers]:
    """Some products of Đồng Lạc, below everybody's price, and less still from twenty on."""
    sold = [product.id for product in walk.products(walk.world.dong_lac.id)]
    chosen = walk.rng.sample(sold, walk.rng.randint(1, 3))
    off = walk.rng.randrange(250, 3_000, 250)
    return {
        each: [
            (Decimal(0), walk.reckoning.prices[each][-1][1] - off),
            (Decimal(20), walk.reckoning.prices[each][-1][1] - off - 500),
        ]
        for each in chosen
    }


def _set(walk: Walk, price_list: PriceList, tiers: dict[int, Tiers]) -> None:
    catalogue.set_list_prices(
        price_list=price_list,
        prices={
            db.session.get_one(Product, each): [(start, Money(price)) for start, price in steps]
            for each, steps in tiers.items()
        },
        by=walk.world.director,
    )
