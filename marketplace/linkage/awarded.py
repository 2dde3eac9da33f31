"""What an award says about the contract that is made of it, section by section."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from marketplace.catalogue import grading
from marketplace.catalogue import queries as catalogue
from marketplace.catalogue.models import Goods, Product
from marketplace.foundation import clock, formats
from marketplace.foundation.money import Money, line_total
from marketplace.foundation.units import UNITS
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _
from marketplace.linkage import arriving, need_words, pool_weeks, queries
from marketplace.linkage.models import Need, NeedAward, NeedLine, Pool, Quote
from marketplace.linkage.reckoning.price import RuleKind

Sections = dict[str, dict[str, Any]]


@dataclass(frozen=True)
class Deal:
    """What was chosen: a product and its grade in the ledger, what the contract calls these goods, the price of one of
    the request's units where it is loaded, what bringing it costs besides, how many kilograms one unit is (None: nobody
    said)."""

    product: Product | None
    called: Product | Goods | None
    grade: str
    price: Money
    carriage: Money
    kg: Decimal | None


def sections(award: NeedAward) -> Sections:
    """Section → terms that are known. Quantities and the price are left out where nobody said what a unit weighs."""
    need, deal = award.need, deal_of(award)
    told = {
        "head": _head(award),
        "goods": _goods(need, deal),
        "delivery": _delivery(need),
    }
    if deal.kg:
        told["quantity"] = {"spans": spans(_amounts(award), deal.kg) if deal.product else []}
        told["price"] = _price(need, deal, deal.kg)
    return told


def deal_of(award: NeedAward) -> Deal:
    """The quote's newest offer, or the pool's answer with what its members grow."""
    answer = answer_of(award.source)
    if isinstance(answer, Pool):
        return _of_pool(award, answer)
    offer = answer.offer
    return Deal(
        offer.product, offer.product, offer.grade, offer.price, offer.carriage, _kg(award.need, offer.product)
    )


def _of_pool(award: NeedAward, pool: Pool) -> Deal:
    unit = award.need.unit
    price, kg = pool_weeks.price_of_one(pool, unit), UNITS[unit].kg
    member = queries.pool_allocation.speaking_member(pool)
    if member is None or member.product is None:
        return Deal(None, None, "", price, Money(0), kg)
    return Deal(member.product, award.need.goods, member.grade, price, Money(0), kg)


def _kg(need: Need, product: Product) -> Decimal | None:
    return UNITS[need.unit].kg or catalogue.kg_per_unit(product)


def answer_of(source: str) -> Quote | Pool:
    """What was chosen."""
    kind, _sign, number = source.partition(":")
    found = queries.pool.pool_by_id(int(number)) if kind == "pool" else queries.quote_by_id(int(number))
    assert found is not None
    return found


def origin_words(answer: Quote | Pool) -> str:
    """ "request YC-2026-00012, quote version 2"."""
    if isinstance(answer, Quote):
        return _(
            "request %(number)s, quote version %(version)s",
            number=answer.need.number,
            version=answer.offered,
        )
    return _("request %(number)s, answer of a pool", number=answer.need.number)


# --- section by section -----------------------------------------------------------------------------


def _head(award: NeedAward) -> dict[str, Any]:
    lines = [line.line for line in award.lines if line.standing]
    first = min(line.starts for line in lines)
    return {"from_day": min(clock.today(), first), "until_day": max(line.ends for line in lines)}


def _goods(need: Need, deal: Deal) -> dict[str, Any]:
    asked = [grading.name_in(need.grade), *grading.lines_of(need.grade), need.words]
    told: dict[str, Any] = {
        "standard": "; ".join(part for part in asked if part),
        "papers": need_words.papers_told(need),
    }
    if need.packing:
        told["packing"] = need.packing
    if (product := deal.product) is not None and (called := deal.called) is not None:
        told["lines"] = [
            {
                "product_id": product.id,
                "name": called.name_vi,
                "name_en": called.name_en,
                "variety": "",
                "area_ha": None,
                "grade_words": grading.name_in(need.grade) or deal.grade,
            }
        ]
    return told


def _delivery(need: Need) -> dict[str, Any]:
    told: dict[str, Any] = {"from_time": need.arrives_from, "until_time": need.arrives_until}
    place = arriving.address_told(need.place)
    return {**told, "place": place[:300]} if place else told


def _price(need: Need, deal: Deal, kg: Decimal) -> dict[str, Any]:
    """Fixed, brought to the buyer, for a kilogram; what of it is carriage stands beside it."""
    each = line_total(deal.price + deal.carriage, 1 / kg)
    grade = str(need.grade.get("sign", "")) or deal.grade
    told: dict[str, Any] = {
        "kind": RuleKind.FIXED,
        "grades": [
            {
                "grade": grade,
                "spec": dict(need.grade) or None,
                "price": each,
                "ceiling": None,
                "of_market": Decimal(100),
            }
        ],
        "costs": _("Packing, loading and transport: the seller; the price includes them."),
    }
    if deal.carriage:
        carriage = formats.vnd(line_total(deal.carriage, 1 / kg), locale())
        told["costs"] = _(
            "Packing, loading and transport: the seller; %(carriage)s of the price of a kilogram is carriage.",
            carriage=carriage,
        )
    return told


# --- the schedule -----------------------------------------------------------------------------------

Amounts = list[tuple[NeedLine, Decimal]]


def _amounts(award: NeedAward) -> Amounts:
    standing = ((each.line, each.standing) for each in award.lines if each.standing)
    return sorted(standing, key=lambda pair: pair[0].starts)


def spans(amounts: Iterable[tuple[Any, Decimal]], kg: Decimal) -> list[dict[str, Any]]:
    """Lines with the same quantity that follow one another become one stretch, in kilograms."""
    found: list[dict[str, Any]] = []
    for line, amount in amounts:
        each, quantity = "week" if line.day is None else "day", amount * kg
        last = found[-1] if found else None
        follows = last is not None and last["last"] + dt.timedelta(days=1) == line.starts
        if last is not None and follows and (last["each"], last["quantity"]) == (each, quantity):
            last["last"] = line.ends
        else:
            stretch = {"goods": 0, "first": line.starts, "last": line.ends}
            found.append({**stretch, "each": each, "quantity": quantity})
    return found
