"""Verbs of price lists. A price or a buyer is ended and written anew, never edited; name and days stay."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from marketplace.accounts.models import Organisation, Person
from marketplace.catalogue.events import (
    ListBuyerAdded,
    ListBuyerRemoved,
    ListPricesChanged,
    PriceListBegun,
    PriceListEnded,
)
from marketplace.catalogue.models import PriceList, PriceListItem, PriceListMember, Product
from marketplace.catalogue.services.product import Tiers, checked_tiers
from marketplace.catalogue.states import ListState
from marketplace.cooperatives.models import Cooperative
from marketplace.foundation import clock, formats
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.reference import random_ref
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _l


def begin_price_list(
    *,
    cooperative: Cooperative,
    name: str,
    valid_from: dt.date,
    valid_to: dt.date,
    like: PriceList | None = None,
    by: Any,
) -> PriceList:
    """A list for these days (both included); `like` gives it the prices and buyers of an earlier one.

    Raises Refusal for days in the wrong order or in the past: prices are never agreed backwards.
    """
    _days_make_sense(valid_from, valid_to)
    price_list = PriceList(
        ref=random_ref(),
        cooperative=cooperative,
        name=name,
        valid_from=valid_from,
        valid_to=valid_to,
        created_at=clock.now(),
        by_id=by.id,
    )
    db.session.add(price_list)
    db.session.flush()
    announce(PriceListBegun(price_list_id=price_list.id, actor_id=by.id))
    if like is not None:
        _copy(like, price_list, by)
    return price_list


def set_list_prices(*, price_list: PriceList, prices: Mapping[Product, Tiers | None], by: Any) -> int:
    """Agree on prices from this moment; None takes a product off the list. Says how many changed."""
    _still_open(price_list)
    now = clock.now()
    standing = {item.product_id: item for item in price_list.items}
    changed = 0
    for product, tiers in sorted(prices.items(), key=lambda pair: pair[0].id):
        before, wanted = standing.get(product.id), _written(tiers)
        if (before.tiers if before else None) == wanted:
            continue
        changed += 1
        if before is not None:
            before.until = now
            db.session.flush()
        if wanted is not None:
            db.session.add(
                PriceListItem(
                    list_id=price_list.id, product_id=product.id, tiers=wanted, since=now, by_id=by.id
                )
            )
    if changed:
        _renewed(price_list)
        announce(ListPricesChanged(price_list_id=price_list.id, count=changed, actor_id=by.id))
    return changed


def add_list_buyer(*, price_list: PriceList, buyer: Organisation | Person, by: Any) -> PriceListMember:
    """From now on the list holds for this buyer too."""
    _still_open(price_list)
    if buyer in [member.organisation or member.person for member in price_list.members]:
        raise Refusal(_l("This buyer is on the list already."), field="buyer")
    member = PriceListMember(list_id=price_list.id, since=clock.now(), by_id=by.id)
    if isinstance(buyer, Organisation):
        member.organisation = buyer
    else:
        member.person = buyer
    db.session.add(member)
    db.session.flush()
    _renewed(price_list)
    announce(ListBuyerAdded(price_list_id=price_list.id, member_id=member.id, actor_id=by.id))
    return member


def remove_list_buyer(*, price_list: PriceList, member: PriceListMember, by: Any = None) -> None:
    """From now on this buyer pays everybody's price; what was ordered keeps its own."""
    _still_open(price_list)
    if member.list_id != price_list.id or member.until is not None:
        raise Refusal(_l("This buyer is no longer on the list."))
    member.until = clock.now()
    _renewed(price_list)
    actor = id_of(by)
    announce(ListBuyerRemoved(price_list_id=price_list.id, member_id=member.id, actor_id=actor))


def end_price_list(*, price_list: PriceList, by: Any) -> None:
    """It holds no longer; orders already placed keep their price."""
    _still_open(price_list)
    price_list.ended_at = clock.now()
    db.session.flush()
    announce(PriceListEnded(price_list_id=price_list.id, actor_id=by.id))


def _days_make_sense(first: dt.date, last: dt.date) -> None:
    today = clock.today()
    if first < today:
        raise Refusal(
            _l("Prices hold from today on at the earliest: %(day)s.", day=formats.date(today, locale())),
            field="valid_from",
        )
    if last < first:
        raise Refusal(_l("The last day comes before the first. Please look at both."), field="valid_to")


def _still_open(price_list: PriceList) -> None:
    if price_list.state_on(clock.today()) is ListState.OVER:
        raise Refusal(_l("This list is over. Copy it with new days instead."))


def _written(tiers: Tiers | None) -> list[list[Any]] | None:
    if tiers is None:
        return None
    return [[format(start.normalize(), "f"), int(price)] for start, price in checked_tiers(tiers)]


def _copy(like: PriceList, fresh: PriceList, by: Any) -> None:
    set_list_prices(price_list=fresh, prices={item.product: item.steps for item in like.items}, by=by)
    for member in like.members:
        buyer = member.organisation or member.person
        assert buyer is not None, "a member is one of both"
        add_list_buyer(price_list=fresh, buyer=buyer, by=by)


def _renewed(price_list: PriceList) -> None:
    db.session.flush()
    db.session.expire(price_list, ["items", "members"])
