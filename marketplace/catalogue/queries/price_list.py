"""What a buyer pays: the price agreed with them when a list holds now, else everybody's."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import aliased, contains_eager, joinedload, selectinload

from marketplace.accounts.states import OrganisationKind
from marketplace.catalogue.models import PriceList, PriceListItem, PriceListMember, Product
from marketplace.catalogue.queries.product import priced
from marketplace.catalogue.states import ProductState
from marketplace.cooperatives.models import Cooperative
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.money import Money, line_total


class Agreement(NamedTuple):
    """One product's agreed price for a quantity, and the list that says so."""

    price: Money
    price_list: PriceList


@dataclass(frozen=True)
class Agreed:
    """The agreed prices of one buyer as they stand now, loaded once for a whole page."""

    items: Mapping[int, Sequence[PriceListItem]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.items)

    def of(self, product_id: int, quantity: Decimal) -> Agreement | None:
        """The lowest of the buyer's lists: of two that hold at once, the one that costs less counts."""
        offers = self.items.get(product_id, ())
        if not offers:
            return None
        best = min(offers, key=lambda item: (item.price_of(quantity), item.list_id))
        return Agreement(best.price_of(quantity), best.price_list)

    def stairs(self, product_id: int) -> list[tuple[Decimal, Money, PriceList]]:
        """(from quantity, price, list) at every quantity where the price, or the list that says it, changes."""
        starts = sorted({start for item in self.items.get(product_id, ()) for start, _price in item.steps})
        found: list[tuple[Decimal, Money, PriceList]] = []
        for start in starts:
            here = self.of(product_id, start)
            if here is not None and (not found or found[-1][1] != here.price):
                found.append((start, here.price, here.price_list))
        return found


NOTHING = Agreed()


def price_for(product: Product, quantity: Decimal, agreed: Agreed = NOTHING) -> Money:
    """The unit price in force now for this quantity: the buyer's own when one was agreed, else everybody's."""
    if (own := agreed.of(product.id, quantity)) is not None:
        return own.price
    fitting = [tier.price for tier in product.tiers if tier.from_quantity <= quantity]
    return fitting[-1] if fitting else product.price


def sum_for(product: Product, quantity: Decimal, agreed: Agreed = NOTHING) -> Money:
    """What this much costs now, rounded once; of weighed goods an estimate, as the scale will say."""
    return line_total(price_for(product, quantity, agreed), priced(product, quantity))


def agreed_with(*, person_id: int | None = None, organisation_ids: Collection[int] = ()) -> Agreed:
    """What holds today for a person buying for themselves and for these organisations: one statement."""
    if person_id is None and not organisation_ids:
        return NOTHING
    whose: list[ColumnElement[bool]] = [PriceListMember.organisation_id.in_([*organisation_ids])]
    if person_id is not None:
        whose.append(PriceListMember.person_id == person_id)
    today = clock.today()
    mine = select(PriceListMember.list_id).where(PriceListMember.until.is_(None), or_(*whose))
    found = db.session.scalars(
        select(PriceListItem)
        .join(PriceListItem.price_list)
        .where(
            PriceListItem.until.is_(None),
            PriceList.id.in_(mine),
            PriceList.ended_at.is_(None),
            PriceList.valid_from <= today,
            PriceList.valid_to >= today,
        )
        .options(contains_eager(PriceListItem.price_list))
        .order_by(PriceListItem.id)
    )
    items: dict[int, list[PriceListItem]] = {}
    for item in found:
        items.setdefault(item.product_id, []).append(item)
    return Agreed(items)


def agreed_for(user: Any) -> Agreed:
    """What a person may pay in any of their roles: their own lists and those of the organisations they buy for."""
    if user is None or user.id is None:
        return NOTHING
    buying = [organisation.id for organisation in user.organisations(OrganisationKind.BUYER)]
    return agreed_with(person_id=user.id, organisation_ids=buying)


def own_price_list(ref: str, user: Any) -> PriceList | None:
    """A list of a cooperative this person acts for; any other does not exist here."""
    return db.session.scalar(
        select(PriceList)
        .join(PriceList.cooperative)
        .where(PriceList.ref == ref, Cooperative.organisation_id.in_(list(user.organisation_ids)))
        .options(*_whole())
    )


def price_lists_of(cooperative_id: int, limit: int = 200) -> Sequence[PriceList]:
    """A cooperative's lists, those that hold longest first."""
    return db.session.scalars(
        select(PriceList)
        .where(PriceList.cooperative_id == cooperative_id)
        .options(*_whole())
        .order_by(PriceList.valid_to.desc(), PriceList.id.desc())
        .limit(limit)
    ).all()


def to_price(cooperative_id: int) -> Sequence[Product]:
    """The products a list can hold: all that is not retired, by name."""
    return db.session.scalars(
        select(Product)
        .where(Product.cooperative_id == cooperative_id, Product.state != ProductState.RETIRED)
        .options(selectinload(Product.tiers))
        .order_by(Product.name_vi, Product.id)
        .limit(500)
    ).all()


def beside(price_list: PriceList) -> Sequence[PriceList]:
    """Other lists that hold on some of its days for one of its buyers: there the lower price counts."""
    mine, theirs = aliased(PriceListMember), aliased(PriceListMember)
    same_buyer = or_(
        mine.organisation_id == theirs.organisation_id,
        mine.person_id == theirs.person_id,
    )
    others = (
        select(theirs.list_id)
        .join(mine, same_buyer)
        .where(mine.list_id == price_list.id, mine.until.is_(None), theirs.until.is_(None))
    )
    return db.session.scalars(
        select(PriceList)
        .where(
            PriceList.id.in_(others),
            PriceList.id != price_list.id,
            PriceList.cooperative_id == price_list.cooperative_id,
            PriceList.ended_at.is_(None),
            PriceList.valid_from <= price_list.valid_to,
            PriceList.valid_to >= max(price_list.valid_from, clock.today()),
        )
        .order_by(PriceList.id)
    ).all()


def in_force_at(price_list_id: int, product_id: int, quantity: Decimal, at: dt.datetime) -> set[Money]:
    """Every unit price this list said for a quantity at a moment: to check an order's price against."""
    day = clock.to_local(at).date()
    items = db.session.scalars(
        select(PriceListItem)
        .join(PriceListItem.price_list)
        .where(
            PriceListItem.list_id == price_list_id,
            PriceListItem.product_id == product_id,
            PriceList.valid_from <= day,
            PriceList.valid_to >= day,
            or_(PriceList.ended_at.is_(None), PriceList.ended_at >= at),
        )
    )
    return {item.price_of(quantity) for item in items if item.stood_at(at)}


def was_member_at(
    price_list_id: int, person_id: int | None, organisation_id: int | None, at: dt.datetime
) -> bool:
    """Whether a buyer was on the list at a moment; who buys for an organisation buys at its price."""
    whose = (
        PriceListMember.organisation_id == organisation_id
        if organisation_id is not None
        else PriceListMember.person_id == person_id
    )
    members = db.session.scalars(
        select(PriceListMember).where(PriceListMember.list_id == price_list_id, whose)
    )
    return any(m.since <= at and (m.until is None or at <= m.until) for m in members)


def _whole() -> tuple[Any, ...]:
    members = selectinload(PriceList.members)
    return (
        selectinload(PriceList.items).joinedload(PriceListItem.product).selectinload(Product.tiers),
        members.joinedload(PriceListMember.organisation),
        members.joinedload(PriceListMember.person),
        joinedload(PriceList.cooperative),
    )
