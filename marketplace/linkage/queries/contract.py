"""Reading contracts: whose they are, what they say, how far they are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, and_, exists, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from marketplace.accounts.models import Organisation
from marketplace.catalogue.models import Product
from marketplace.cooperatives.models import Cooperative
from marketplace.cooperatives.states import MemberState
from marketplace.documents.content import thawed
from marketplace.foundation import clock
from marketplace.foundation.db import Page, db, page_of
from marketplace.foundation.money import Money
from marketplace.linkage import agreement
from marketplace.linkage.models.contract import (
    Contract,
    ContractRevision,
    ContractScan,
    ContractSignatory,
    ContractSignature,
    ContractVersion,
    SigningCode,
)
from marketplace.linkage.reckoning.price import PriceRule
from marketplace.linkage.states.contract import (
    LIVE,
    OPEN,
    TO_SIGN,
    UNSIGNED,
    ContractSide,
    ContractState,
    ScanState,
    VersionState,
)
from marketplace.linkage.terms import Content
from marketplace.supply.models import Claim
from marketplace.supply.states import ClaimState

TABS = {
    "open": (ContractState.AGREEING,),
    "live": LIVE,
    "ended": (
        ContractState.FULFILLED,
        ContractState.EXPIRED,
        ContractState.TERMINATED,
        ContractState.DROPPED,
    ),
}


@dataclass(frozen=True, slots=True)
class ContractRow:
    """One line of a list: `version` is how far the first text, or an open annex, is."""

    ref: str
    number: str | None
    title: str
    state: ContractState
    seller: str
    buyer: str
    from_day: dt.date | None
    until_day: dt.date | None
    agreed: Decimal
    value: Money
    annex: int | None
    version: VersionState | None
    waits: bool


def in_force_on(day: dt.date) -> Any:
    """A condition: signed by then, within its days, and not ended before that day was over."""
    tomorrow = clock.start_of_day(day + dt.timedelta(days=1))
    return and_(
        Contract.state.not_in(UNSIGNED),
        Contract.signed_on <= day,
        Contract.from_day <= day,
        Contract.until_day >= day,
        or_(Contract.ended_at.is_(None), Contract.ended_at >= tomorrow),
    )


def side_of(user: Any, contract: Contract) -> ContractSide | None:
    """On which side this person stands; None for strangers. Whoever acts for a party is no witness."""
    organisations = user.organisation_ids
    if contract.cooperative.organisation_id in organisations:
        return ContractSide.SELLER
    if contract.buyer_id in organisations:
        return ContractSide.BUYER
    return ContractSide.OFFICE if user.is_officer else None


def _shown_to(user: Any) -> Any:
    """A contract is seen by its parties and by officers once it was offered; before, by the side that began it."""
    own = [*user.organisation_ids]
    seller = Contract.cooperative_id.in_(select(Cooperative.id).where(Cooperative.organisation_id.in_(own)))
    buyer = Contract.buyer_id.in_(own)
    offered = Contract.number.is_not(None)
    shown = or_(
        seller & (offered | (Contract.begun_by == ContractSide.SELLER)),
        buyer & (offered | (Contract.begun_by == ContractSide.BUYER)),
    )
    if user.is_officer:
        shown = or_(shown, offered, Contract.begun_by == ContractSide.OFFICE)
    return shown


def _whole() -> tuple[Any, ...]:
    versions = selectinload(Contract.versions)
    return (
        joinedload(Contract.cooperative).joinedload(Cooperative.organisation),
        joinedload(Contract.buyer),
        versions.selectinload(ContractVersion.revisions),
        versions.selectinload(ContractVersion.signatures),
        versions.selectinload(ContractVersion.scans),
    )


def contract_by_ref(ref: str, user: Any) -> Contract | None:
    """With its versions, what they said, signatures and scans: a constant number of statements."""
    return db.session.scalar(select(Contract).where(Contract.ref == ref, _shown_to(user)).options(*_whole()))


def contract_by_id(contract_id: int) -> Contract:
    return db.session.scalars(select(Contract).where(Contract.id == contract_id).options(*_whole())).one()


def contract_in_force_of(source: str) -> Contract | None:
    """That of an award ("pool:7"), once both have signed."""
    return db.session.scalar(select(Contract).where(Contract.origin == source, Contract.state.in_(LIVE)))


def contract_of_award(source: str) -> Contract | None:
    """That of an award ("quote:12") which was not given up, whoever may see it."""
    return db.session.scalar(
        select(Contract).where(Contract.origin == source, Contract.state != ContractState.DROPPED)
    )


def version_by_ref(ref: str, user: Any) -> ContractVersion | None:
    return db.session.scalar(
        select(ContractVersion)
        .join(ContractVersion.contract)
        .where(ContractVersion.ref == ref, _shown_to(user))
    )


def scan_by_ref(ref: str, user: Any) -> ContractScan | None:
    return db.session.scalar(
        select(ContractScan)
        .join(ContractScan.version)
        .join(ContractVersion.contract)
        .where(ContractScan.ref == ref, _shown_to(user))
    )


# --- lists --------------------------------------------------------------------------------------------


def contracts_of_seller(
    cooperative_id: int, user: Any, *, tab: str = "live", after: str | None = None
) -> Page[ContractRow]:
    """A cooperative's contracts, the newest first."""
    return _rows(
        _listed().where(Contract.cooperative_id == cooperative_id, _shown_to(user)),
        ContractSide.SELLER,
        tab,
        after,
    )


def contracts_of_buyer(
    organisation_id: int, user: Any, *, tab: str = "live", after: str | None = None
) -> Page[ContractRow]:
    return _rows(
        _listed().where(Contract.buyer_id == organisation_id, _shown_to(user)), ContractSide.BUYER, tab, after
    )


def all_contracts(user: Any, *, tab: str = "live", after: str | None = None) -> Page[ContractRow]:
    """All that the office may see."""
    return _rows(_listed().where(_shown_to(user)), ContractSide.OFFICE, tab, after)


def _listed() -> Select[Any]:
    version = ContractVersion
    listed: Any = (
        select(
            Contract.ref,
            Contract.number,
            Contract.title,
            Contract.state,
            Cooperative.short_name,
            Cooperative.name.label("seller_name"),
            Organisation.name.label("buyer_name"),
            Contract.from_day,
            Contract.until_day,
            Contract.agreed,
            Contract.value,
            version.number.label("annex"),
            version.state.label("version_state"),
            version.pen,
        )
        .join(Cooperative, Cooperative.id == Contract.cooperative_id)
        .join(Organisation, Organisation.id == Contract.buyer_id)
        .outerjoin(version, (version.contract_id == Contract.id) & version.state.in_(OPEN))
    )
    return listed


def _rows(query: Select[Any], side: ContractSide, tab: str, after: str | None) -> Page[ContractRow]:
    wanted = query.where(Contract.state.in_(TABS.get(tab, LIVE)))
    page = page_of(wanted, Contract.id, after=after, size=20, descending=True)
    return page.map(lambda row: _row(row, side))


def _row(row: Any, side: ContractSide) -> ContractRow:
    return ContractRow(
        row.ref,
        row.number,
        row.title,
        row.state,
        row.short_name or row.seller_name,
        row.buyer_name,
        row.from_day,
        row.until_day,
        row.agreed,
        row.value,
        row.annex,
        row.version_state,
        _waits(row.version_state, row.pen, side),
    )


SIGNED = {
    ContractSide.SELLER: VersionState.SIGNED_BY_SELLER,
    ContractSide.BUYER: VersionState.SIGNED_BY_BUYER,
}


def _waits(state: VersionState | None, pen: ContractSide | None, side: ContractSide) -> bool:
    """Whether this side has to do something now: write on, or sign."""
    if state is None:
        return False
    if state is VersionState.DRAFTED:
        return pen is side
    return side is not ContractSide.OFFICE and state is not SIGNED[side]


def count_waiting(organisation_ids: Collection[int]) -> int:
    """Offered texts that one of these organisations has not signed."""
    if not organisation_ids:
        return 0
    own = [*organisation_ids]
    unsigned = [
        _unsigned(ContractSide.SELLER) & Cooperative.organisation_id.in_(own),
        _unsigned(ContractSide.BUYER) & Contract.buyer_id.in_(own),
    ]
    query = (
        select(func.count())
        .select_from(ContractVersion)
        .join(ContractVersion.contract)
        .join(Contract.cooperative)
        .where(ContractVersion.state.in_(TO_SIGN), or_(*unsigned))
    )
    return int(db.session.scalar(query) or 0)


def _unsigned(side: ContractSide) -> Any:
    return ~exists().where(ContractSignature.version_id == ContractVersion.id, ContractSignature.side == side)


# --- what a contract says -----------------------------------------------------------------------------


def open_version(contract: Contract) -> ContractVersion | None:
    """The text that is being agreed: the contract itself, or an annex."""
    return next((version for version in contract.versions if version.state in OPEN), None)


def version_in_force(contract: Contract) -> ContractVersion | None:
    """The last one that both signed."""
    signed = [version for version in contract.versions if version.state is VersionState.IN_FORCE]
    return signed[-1] if signed else None


def content_in_force(contract: Contract) -> Content | None:
    """What holds now, with amounts, days and sums as such."""
    version = version_in_force(contract)
    return version.offered.told if version is not None and version.offered is not None else None


def content_shown(version: ContractVersion, user: Any) -> Content:
    """What this person may read of a version: the draft for whoever holds the pen, else what was offered last; of an
    annex that was not offered yet, what holds without it."""
    writing = version.state is VersionState.DRAFTED and side_of(user, version.contract) is version.pen
    if not writing and version.offered is not None:
        return version.offered.told
    if not writing and (in_force := content_in_force(version.contract)) is not None:
        return in_force
    told: Content = thawed(version.draft)
    return told


def price_rule_of(contract: Contract) -> PriceRule | None:
    """The price rule in force, for whoever computes a call-off's price."""
    content = content_in_force(contract)
    return agreement.price_rule(content) if content is not None else None


def schedule_of(contract: Contract) -> list[agreement.ScheduleLine]:
    """The deliveries agreed in the version in force."""
    content = content_in_force(contract)
    return agreement.schedule(content) if content is not None else []


def products_of(content: Content) -> list[int]:
    """Product ids of the contract's goods, in the order of its list."""
    return [int(line["product_id"]) for line in content["goods"]["lines"]]


def wants_witness(version: ContractVersion) -> bool:
    return version.offered is not None and bool(version.offered.told["parties"]["witness"])


def revisions_of(contract: Contract) -> list[tuple[ContractVersion, ContractRevision]]:
    """Every text that was offered, the oldest first."""
    return [(version, revision) for version in contract.versions for revision in version.revisions]


# --- signing ------------------------------------------------------------------------------------------


def is_signatory(person_id: int | None, organisation_id: int) -> bool:
    """Whether this member may sign for the organisation by a paper of its director."""
    return bool(
        db.session.scalar(
            select(
                exists().where(
                    ContractSignatory.person_id == person_id,
                    ContractSignatory.organisation_id == organisation_id,
                    ContractSignatory.ended_at.is_(None),
                )
            )
        )
    )


def signatories_of(organisation_id: int) -> Sequence[ContractSignatory]:
    return db.session.scalars(
        select(ContractSignatory)
        .where(ContractSignatory.organisation_id == organisation_id, ContractSignatory.ended_at.is_(None))
        .options(joinedload(ContractSignatory.person))
        .order_by(ContractSignatory.id)
    ).all()


def living_code(version_id: int, person_id: int) -> SigningCode | None:
    """The last code that was sent and is neither used nor too old."""
    return db.session.scalar(
        select(SigningCode)
        .where(
            SigningCode.version_id == version_id,
            SigningCode.person_id == person_id,
            SigningCode.used_at.is_(None),
            SigningCode.expires_at > clock.now(),
        )
        .order_by(SigningCode.id.desc())
        .limit(1)
    )


def waiting_scan(version: ContractVersion) -> ContractScan | None:
    return next((scan for scan in version.scans if scan.state is ScanState.WAITING), None)


def past_their_date(today: dt.date) -> list[int]:
    """Ids of contracts in force whose last day is over."""
    query = select(Contract.id).where(Contract.state.in_(LIVE), Contract.until_day < today)
    return list(db.session.scalars(query.order_by(Contract.id)))


def contracts_by_ids(ids: Collection[int]) -> Sequence[Contract]:
    """With their buyers, for names: one statement."""
    return db.session.scalars(
        select(Contract).where(Contract.id.in_([*ids])).options(joinedload(Contract.buyer))
    ).all()


def live_contracts_of_product(product_id: int) -> Sequence[Contract]:
    """Contracts in force of the cooperative that sells this product, the oldest first."""
    return db.session.scalars(
        select(Contract)
        .join(Product, Product.cooperative_id == Contract.cooperative_id)
        .where(Product.id == product_id, Contract.state.in_(LIVE))
        .options(*_whole())
        .order_by(Contract.signed_on, Contract.id)
    ).all()


def claims_held(contract: Contract) -> Sequence[Claim]:
    """What the ledger of goods holds for a contract, with its weeks: one statement."""
    return db.session.scalars(
        select(Claim)
        .join(Claim.stock)
        .where(Claim.holder == contract.holder, Claim.state == ClaimState.HELD)
        .options(contains_eager(Claim.stock))
        .order_by(Claim.id)
    ).all()


# --- choosing partners --------------------------------------------------------------------------------


def selling_cooperatives() -> list[tuple[int, str]]:
    """(id, name) of all admitted members, by name."""
    rows = db.session.execute(
        select(Cooperative.id, Cooperative.name)
        .where(Cooperative.state == MemberState.ADMITTED)
        .order_by(Cooperative.sort_name, Cooperative.id)
    )
    return [(row.id, row.name) for row in rows]
