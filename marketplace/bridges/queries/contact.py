"""Contacts of stands that may become requests."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import joinedload, selectinload

from marketplace.accounts.models import Membership, Organisation, Person
from marketplace.accounts.states import OrganisationKind
from marketplace.bridges.models import DealInvitation, DealLink
from marketplace.bridges.states import FromKind
from marketplace.catalogue.models import Commodity, Product
from marketplace.cooperatives.models import Cooperative
from marketplace.cooperatives.queries import desk_cooperative
from marketplace.fairs.models import Fair, FairLead, LeadInterest, Stand
from marketplace.foundation.db import Page, db, page_of
from marketplace.foundation.text import fold
from marketplace.foundation.words import pick
from marketplace.selection.models import Application

KIND_WORDS = {
    "cong", "ty", "cty", "co", "phan", "tnhh", "mtv", "mot", "thanh", "vien", "htx", "hop", "tac", "doanh", "nghiep",
    "nhan", "dntn", "sieu", "thi",
}  # fmt: skip
"""Words of a name that say what kind of firm it is: two firms are not alike because of them."""


@dataclass(frozen=True, slots=True)
class ContactRow:
    """One line of a list. `company` is empty when only a person was written down: who that is stays with the stand."""

    id: int
    fair: str
    met_on: dt.date
    name: str
    company: str
    cooperative: str
    agreed: bool
    linked: bool
    invited: bool


def contacts_of(cooperative_id: int, *, after: str | None = None) -> Page[ContactRow]:
    """Those of a cooperative's stands, the newest first; without names that were forgotten."""
    query = _listed().where(Application.cooperative_id == cooperative_id)
    return page_of(query, FairLead.id, after=after, size=20, descending=True).map(_row)


def contacts_at(fair: Fair | None, *, after: str | None = None) -> Page[ContactRow]:
    """Those of a fair, or of all."""
    query = _listed()
    if fair is not None:
        query = query.where(FairLead.fair_id == fair.id)
    return page_of(query, FairLead.id, after=after, size=20, descending=True).map(_row)


def _listed() -> Select[Any]:
    linked = exists().where(
        DealLink.from_kind == FromKind.LEAD, DealLink.from_id == FairLead.id, DealLink.removed_at.is_(None)
    )
    listed: Any = (
        select(
            FairLead.id,
            Fair.name_vi,
            Fair.name_en,
            FairLead.met_on,
            FairLead.name,
            FairLead.company,
            FairLead.consent_at,
            Cooperative.short_name,
            Cooperative.name.label("seller"),
            linked.label("linked"),
            exists().where(DealInvitation.lead_id == FairLead.id).label("invited"),
        )
        .join(Fair, Fair.id == FairLead.fair_id)
        .join(Stand, Stand.id == FairLead.stand_id)
        .join(Application, Application.id == Stand.application_id)
        .join(Cooperative, Cooperative.id == Application.cooperative_id)
    )
    return listed


def _row(row: Any) -> ContactRow:
    return ContactRow(
        row.id,
        pick(row.name_vi, row.name_en),
        row.met_on,
        row.name,
        row.company,
        row.short_name or row.seller,
        row.consent_at is not None,
        bool(row.linked),
        bool(row.invited),
    )


def _whole() -> tuple[Any, ...]:
    stand = joinedload(FairLead.stand)
    goods = selectinload(FairLead.interests).joinedload(LeadInterest.product)
    return (
        stand.joinedload(Stand.fair),
        stand.joinedload(Stand.application).joinedload(Application.cooperative),
        goods.joinedload(Product.commodity).joinedload(Commodity.goods),
    )


def contact_by_id(lead_id: int) -> FairLead | None:
    return db.session.scalar(select(FairLead).where(FairLead.id == lead_id).options(*_whole()))


def any_contact(id: str, user: Any) -> FairLead | None:
    """For officers."""
    if not user.is_authenticated or not user.is_officer:
        return None
    return contact_by_id(int(id))


def own_contact(id: str, user: Any) -> FairLead | None:
    """For the cooperative whose stand wrote it down."""
    cooperative = desk_cooperative(user)
    found = contact_by_id(int(id)) if cooperative is not None else None
    if found is None or cooperative is None:
        return None
    return found if found.stand.application.cooperative_id == cooperative.id else None


def invitation_of(lead_id: int) -> DealInvitation | None:
    return db.session.scalar(select(DealInvitation).where(DealInvitation.lead_id == lead_id))


def was_invited(lead_id: int) -> bool:
    return invitation_of(lead_id) is not None


def buyers_like(lead: FairLead) -> Sequence[Organisation]:
    """Buying organisations of somebody with this phone or e-mail, and those with a name like the company's."""
    ways = [Person.phone == lead.phone] * bool(lead.phone)
    ways += [Person.email == lead.email.lower()] * bool(lead.email)
    found: dict[int, Organisation] = {}
    buying = select(Organisation).where(Organisation.kind == OrganisationKind.BUYER)
    for way in ways:
        members = select(Membership.organisation_id).join(Person).where(way, Membership.until.is_(None))
        found |= {each.id: each for each in db.session.scalars(buying.where(Organisation.id.in_(members)))}
    if lead.company:
        for each in db.session.scalars(buying.order_by(Organisation.name)):
            if alike(each.name, lead.company):
                found.setdefault(each.id, each)
    return [*found.values()]


def alike(one: str, other: str) -> bool:
    """Two names of firms share a word that is not about their kind: "Siêu thị BigMart", "Bigmart Hải Dương"."""
    return bool(own_words(one) & own_words(other))


def own_words(name: str) -> set[str]:
    return {word for word in fold(name).split() if len(word) > 2 and word not in KIND_WORDS}
