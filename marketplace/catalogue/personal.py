"""What the catalogue holds about people: who changed a price or a product, and for whom a price list holds."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, false, select

from marketplace.accounts.holdings import Identity, by, did, farewell, holds, keeps
from marketplace.catalogue import services
from marketplace.catalogue.models import (
    GradeSpec,
    PriceChange,
    PriceList,
    PriceListItem,
    PriceListMember,
    Product,
    ProductChange,
)
from marketplace.catalogue.states import ListState
from marketplace.foundation import clock
from marketplace.foundation.db import db


@farewell
def leave_price_lists(who: Identity, actor: Any) -> None:
    """Off every list that still holds; what was ordered keeps its price."""
    if who.person_id is None:
        return
    today = clock.today()
    members = db.session.scalars(
        select(PriceListMember).where(
            PriceListMember.person_id == who.person_id, PriceListMember.until.is_(None)
        )
    )
    for member in members.all():
        if member.price_list.state_on(today) is not ListState.OVER:
            services.remove_list_buyer(price_list=member.price_list, member=member, by=actor)


def _lists_for(who: Identity) -> ColumnElement[bool]:
    """A list may be called by its buyer's name."""
    if who.person_id is None:
        return false()
    return PriceList.id.in_(select(PriceListMember.list_id).where(PriceListMember.person_id == who.person_id))


holds(PriceListMember, by(PriceListMember.person_id))
holds(PriceList, _lists_for, words=("name",), mention=True)
did(PriceList, "by_id")
did(PriceListItem, "by_id")
did(PriceListMember, "by_id")
did(PriceChange, "by_id")
did(GradeSpec, "added_by_id")
did(ProductChange, "asked_by_id", "decided_by_id")
keeps(Product, "goods; `note` is the alliance's word to the cooperative about them")
keeps(GradeSpec, "what signs of grades mean, and where that is written")
