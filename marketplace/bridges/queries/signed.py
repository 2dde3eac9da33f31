"""What was signed at fairs, and the contracts here that it may have become."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import joinedload, selectinload

from marketplace.bridges.models import DealLink
from marketplace.bridges.queries.contact import alike
from marketplace.bridges.states import FromKind, ToKind
from marketplace.catalogue.models import Product
from marketplace.cooperatives.models import Cooperative
from marketplace.cooperatives.queries import desk_cooperative
from marketplace.fairs.models import Fair, FairDeal, Stand
from marketplace.fairs.states import DealState
from marketplace.foundation import clock
from marketplace.foundation.db import Page, db, page_of
from marketplace.foundation.money import Money
from marketplace.foundation.words import pick
from marketplace.linkage import queries as linkage
from marketplace.linkage.models import Contract, ContractVersion
from marketplace.linkage.states.contract import ContractState
from marketplace.selection.models import Application

MOST = 60


@dataclass(frozen=True, slots=True)
class SignedRow:
    ref: str
    fair: str
    kind: Any
    partner: str
    value: Money
    signed_on: Any
    cooperative: str


def signed_unlinked(
    *, cooperative_id: int | None = None, fair: Fair | None = None, after: str | None = None
) -> Page[SignedRow]:
    """Memoranda and contracts of fairs that nobody has linked and that did not come to nothing, the newest first."""
    query = _listed()
    if cooperative_id is not None:
        query = query.where(Application.cooperative_id == cooperative_id)
    if fair is not None:
        query = query.where(FairDeal.fair_id == fair.id)
    return page_of(query, FairDeal.id, after=after, size=20, descending=True).map(_row)


def _listed() -> Select[Any]:
    linked = exists().where(
        DealLink.from_kind == FromKind.FAIR_DEAL,
        DealLink.from_id == FairDeal.id,
        DealLink.removed_at.is_(None),
    )
    listed: Any = (
        select(
            FairDeal.ref,
            Fair.name_vi,
            Fair.name_en,
            FairDeal.kind,
            FairDeal.partner,
            FairDeal.value,
            FairDeal.signed_on,
            Cooperative.short_name,
            Cooperative.name.label("seller"),
        )
        .join(Fair, Fair.id == FairDeal.fair_id)
        .join(Stand, Stand.id == FairDeal.stand_id)
        .join(Application, Application.id == Stand.application_id)
        .join(Cooperative, Cooperative.id == Application.cooperative_id)
        .where(~linked, FairDeal.state != DealState.FAILED)
    )
    return listed


def _row(row: Any) -> SignedRow:
    return SignedRow(
        row.ref,
        pick(row.name_vi, row.name_en),
        row.kind,
        row.partner,
        row.value,
        row.signed_on,
        row.short_name or row.seller,
    )


def any_signed(ref: str, user: Any) -> FairDeal | None:
    """For officers."""
    if not user.is_authenticated or not user.is_officer:
        return None
    return _by_ref(ref)


def own_signed(ref: str, user: Any) -> FairDeal | None:
    """For the cooperative that signed it."""
    cooperative = desk_cooperative(user)
    found = _by_ref(ref) if cooperative is not None else None
    if found is None or cooperative is None:
        return None
    return found if found.stand.application.cooperative_id == cooperative.id else None


def _by_ref(ref: str) -> FairDeal | None:
    stand = joinedload(FairDeal.stand)
    return db.session.scalar(
        select(FairDeal)
        .where(FairDeal.ref == ref)
        .options(
            stand.joinedload(Stand.fair),
            stand.joinedload(Stand.application).joinedload(Application.cooperative),
            joinedload(FairDeal.product).joinedload(Product.commodity),
        )
    )


@dataclass(frozen=True, slots=True)
class Candidate:
    """A contract that this may have become: with the same partner, about the same goods."""

    contract: Contract
    same_partner: bool
    same_goods: bool

    @property
    def likely(self) -> bool:
        return self.same_partner and self.same_goods

    @property
    def worth(self) -> int:
        return 2 * self.same_partner + self.same_goods


def candidates(deal: FairDeal, last_day: Any) -> list[Candidate]:
    """Contracts of the exhibitor begun since the fair and until `last_day`, to which no other paper of a fair was
    linked; the likeliest first. A constant number of statements."""
    linked = select(DealLink.to_id).where(
        DealLink.from_kind == FromKind.FAIR_DEAL,
        DealLink.to_kind == ToKind.CONTRACT,
        DealLink.removed_at.is_(None),
    )
    query = (
        select(Contract)
        .where(
            Contract.cooperative_id == deal.stand.application.cooperative_id,
            Contract.state != ContractState.DROPPED,
            Contract.number.is_not(None),
            Contract.id.not_in(linked),
            Contract.created_at >= clock.start_of_day(deal.stand.fair.first_day),
        )
        .options(
            joinedload(Contract.buyer),
            selectinload(Contract.versions).selectinload(ContractVersion.revisions),
        )
        .order_by(Contract.id.desc())
        .limit(MOST)
    )
    found = [each for each in db.session.scalars(query) if _day(each) <= last_day]
    told = [Candidate(each, alike(each.buyer.name, deal.partner), _same_goods(each, deal)) for each in found]
    return sorted(told, key=lambda each: (-each.worth, -each.contract.id))


def _day(contract: Contract) -> Any:
    return contract.signed_on or clock.to_local(contract.created_at).date()


def _same_goods(contract: Contract, deal: FairDeal) -> bool:
    if deal.product_id is None:
        return False
    version = linkage.open_version(contract) or linkage.version_in_force(contract)
    if version is None or version.offered is None:
        return False
    return deal.product_id in linkage.products_of(version.offered.told)
