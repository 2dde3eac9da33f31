"""A contract, its versions, what each said, and who signed it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Organisation, Person
from marketplace.cooperatives.models import Cooperative
from marketplace.documents.content import thawed
from marketplace.foundation import clock
from marketplace.foundation.db import (
    Dong,
    JSONColumn,
    Model,
    OneOf,
    Thousandths,
    UtcDateTime,
    explain,
    one_of,
    schema,
)
from marketplace.foundation.media import Document
from marketplace.foundation.money import Money
from marketplace.foundation.words import _l
from marketplace.linkage.states.contract import (
    ContractSide,
    ContractState,
    ScanState,
    SigningWay,
    VersionState,
)

OF_AWARD = text("origin <> '' AND substr(origin, 1, 9) <> 'contract:' AND state <> 'dropped'")
UNSETTLED = text("state IN ('drafted', 'offered', 'signed_by_seller', 'signed_by_buyer')")


class Contract(Model):
    """A cooperative sells to a buying organisation over weeks or years.

    `number` is given at the first offer, counted by seller and year: "12/2026/HĐLK". `origin` names what it comes
    from: an award ("quote:12", "pool:7": one contract of each that was not given up), or the contract it was copied
    from ("contract:3"). `from_day`, `until_day`, `agreed` (kg, from `least` to `most` by its tolerance) and `value` (at
    the fixed price or floor of the first grade) are those of the version in force. `begun_by` is the side that wrote
    it first: until it is offered nobody else sees it.
    """

    __tablename__ = "contracts"
    __table_args__ = (
        one_of("state", ContractState),
        one_of("begun_by", ContractSide),
        CheckConstraint("(number IS NULL) = (seq IS NULL)", name="number_is_counted"),
        CheckConstraint(
            "state IN ('agreeing', 'dropped') OR (number IS NOT NULL AND signed_on IS NOT NULL "
            "AND from_day IS NOT NULL AND until_day IS NOT NULL)",
            name="in_force_is_signed",
        ),
        CheckConstraint("agreed >= 0 AND value >= 0", name="nothing_below_zero"),
        CheckConstraint("0 <= least AND least <= agreed AND agreed <= most", name="agreed_within_bounds"),
        CheckConstraint("until_day IS NULL OR until_day >= from_day", name="ends_after_it_begins"),
        CheckConstraint(
            "state NOT IN ('on_hold', 'terminated', 'dropped') OR reason <> ''", name="ended_with_reason"
        ),
        UniqueConstraint("cooperative_id", "year", "seq"),
        UniqueConstraint("cooperative_id", "number"),
        Index("ix_contracts_cooperative_id_id", "cooperative_id", "id"),
        Index("ix_contracts_buyer_id_id", "buyer_id", "id"),
        Index("ix_contracts_state_until_day", "state", "until_day"),
        Index(
            "uq_contracts_award",
            "origin",
            unique=True,
            sqlite_where=OF_AWARD,
            postgresql_where=OF_AWARD,
        ),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    cooperative_id: Mapped[int] = mapped_column(ForeignKey("cooperatives.id"))
    buyer_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    state: Mapped[ContractState] = mapped_column(OneOf(ContractState), default=ContractState.AGREEING)
    title: Mapped[str] = mapped_column(String(160))
    year: Mapped[int | None] = mapped_column(Integer)
    seq: Mapped[int | None] = mapped_column(Integer)
    number: Mapped[str | None] = mapped_column(String(40))
    origin: Mapped[str] = mapped_column(String(60), default="")
    begun_by: Mapped[ContractSide] = mapped_column(OneOf(ContractSide))
    from_day: Mapped[dt.date | None] = mapped_column(Date)
    until_day: Mapped[dt.date | None] = mapped_column(Date)
    signed_on: Mapped[dt.date | None] = mapped_column(Date)
    agreed: Mapped[Decimal] = mapped_column(Thousandths, default=Decimal(0))
    least: Mapped[Decimal] = mapped_column(Thousandths, default=Decimal(0))
    most: Mapped[Decimal] = mapped_column(Thousandths, default=Decimal(0))
    value: Mapped[Money] = mapped_column(Dong, default=Money(0))
    reason: Mapped[str] = mapped_column(String(1000), default="")
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    cooperative: Mapped[Cooperative] = relationship()
    buyer: Mapped[Organisation] = relationship()
    versions: Mapped[list[ContractVersion]] = relationship(
        order_by="ContractVersion.number", back_populates="contract"
    )

    @property
    def holder(self) -> str:
        """As the ledger of goods names it."""
        return f"contract:{self.id}"

    @property
    def last_priced_day(self) -> dt.date | None:
        """The last day whose deliveries it prices: its own last one, or that on which it was terminated. None before
        it is in force."""
        if self.until_day is None or self.state is ContractState.DROPPED:
            return None
        if self.state is not ContractState.TERMINATED or self.ended_at is None:
            return self.until_day
        return min(self.until_day, clock.to_local(self.ended_at).date())

    @property
    def of_award(self) -> bool:
        """Made of an award, not copied from another contract or written from nothing."""
        return self.origin.startswith(("quote:", "pool:"))

    def organisation_of(self, side: ContractSide) -> int:
        """The id of the seller's organisation, or of the buyer's."""
        return self.cooperative.organisation_id if side is ContractSide.SELLER else self.buyer_id

    @property
    def of_pool(self) -> bool:
        """Several cooperatives bring the goods together, each its own; the seller leads them."""
        return self.origin.startswith("pool:")


class ContractVersion(Model):
    """The contract itself (number 0) or an annex (1, 2, …), each with the whole text.

    While it is drafted `draft` is written by the side that holds the pen; each offer is a revision, and revisions never
    change. `reason` says why an annex is made.
    """

    __tablename__ = "contract_versions"
    __table_args__ = (
        one_of("state", VersionState),
        one_of("pen", ContractSide),
        CheckConstraint("number >= 0", name="counted"),
        CheckConstraint("(number = 0) = (reason = '')", name="annex_has_reason"),
        CheckConstraint("(state = 'in_force') = (in_force_at IS NOT NULL)", name="in_force_iff_signed"),
        UniqueConstraint("contract_id", "number"),
        Index(
            "uq_contract_versions_open",
            "contract_id",
            unique=True,
            sqlite_where=UNSETTLED,
            postgresql_where=UNSETTLED,
        ),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    contract_id: Mapped[int] = mapped_column(ForeignKey("contracts.id"))
    number: Mapped[int] = mapped_column(Integer)
    state: Mapped[VersionState] = mapped_column(OneOf(VersionState), default=VersionState.DRAFTED)
    pen: Mapped[ContractSide] = mapped_column(OneOf(ContractSide))
    draft: Mapped[dict[str, Any]] = mapped_column(JSONColumn)
    reason: Mapped[str] = mapped_column(String(500), default="")
    opened_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    opened_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    in_force_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    contract: Mapped[Contract] = relationship(back_populates="versions")
    revisions: Mapped[list[ContractRevision]] = relationship(order_by="ContractRevision.seq")
    signatures: Mapped[list[ContractSignature]] = relationship(order_by="ContractSignature.id")
    scans: Mapped[list[ContractScan]] = relationship(order_by="ContractScan.id", back_populates="version")

    @property
    def offered(self) -> ContractRevision | None:
        """What it said when it was last offered."""
        return self.revisions[-1] if self.revisions else None

    def signed_by(self, side: ContractSide) -> ContractSignature | None:
        return next((each for each in self.signatures if each.side is side), None)


class ContractRevision(Model):
    """What a version said each time it was offered. Append-only; `sha256` is of the whole content."""

    __tablename__ = "contract_revisions"
    __table_args__ = (
        one_of("side", ContractSide),
        CheckConstraint("seq > 0 AND length(sha256) = 64", name="has_fingerprint"),
        UniqueConstraint("version_id", "seq"),
        UniqueConstraint("id", "version_id", "sha256"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("contract_versions.id"))
    seq: Mapped[int] = mapped_column(Integer)
    content: Mapped[dict[str, Any]] = mapped_column(JSONColumn)
    sha256: Mapped[str] = mapped_column(String(64))
    side: Mapped[ContractSide] = mapped_column(OneOf(ContractSide))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)

    @property
    def told(self) -> dict[str, Any]:
        """Its sections, with amounts, days and sums as such."""
        told: dict[str, Any] = thawed(self.content)
        return told


class ContractScan(Model):
    """The signed paper, scanned: one side brings it, the other confirms that both signatures are real."""

    __tablename__ = "contract_scans"
    __table_args__ = (
        one_of("state", ScanState),
        one_of("side", ContractSide),
        CheckConstraint("(state = 'waiting') = (answered_at IS NULL)", name="answered_iff_not_waiting"),
        Index(
            "uq_contract_scans_waiting",
            "version_id",
            unique=True,
            sqlite_where=text("state = 'waiting'"),
            postgresql_where=text("state = 'waiting'"),
        ),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("contract_versions.id"))
    revision_id: Mapped[int] = mapped_column(ForeignKey("contract_revisions.id"))
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"))
    side: Mapped[ContractSide] = mapped_column(OneOf(ContractSide))
    state: Mapped[ScanState] = mapped_column(OneOf(ScanState), default=ScanState.WAITING)
    seller_name: Mapped[str] = mapped_column(String(120))
    buyer_name: Mapped[str] = mapped_column(String(120))
    signed_on: Mapped[dt.date] = mapped_column(Date)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    answered_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    reason: Mapped[str] = mapped_column(String(500), default="")
    version: Mapped[ContractVersion] = relationship(back_populates="scans")
    document: Mapped[Document] = relationship(lazy="joined")


class ContractSignature(Model):
    """Who signed, for whom, when, and the fingerprint of what they saw. Append-only.

    The database itself proves that what was signed is a revision of this version with this fingerprint.
    """

    __tablename__ = "contract_signatures"
    __table_args__ = (
        one_of("side", ContractSide),
        one_of("way", SigningWay),
        CheckConstraint("(way = 'paper') = (scan_id IS NOT NULL)", name="paper_has_scan"),
        CheckConstraint("(way = 'stamp') = (side = 'office')", name="office_only_witnesses"),
        CheckConstraint("name <> ''", name="has_name"),
        UniqueConstraint("version_id", "side"),
        ForeignKeyConstraint(
            ["revision_id", "version_id", "sha256"],
            ["contract_revisions.id", "contract_revisions.version_id", "contract_revisions.sha256"],
            name="fk_contract_signatures_revision_id",
        ),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("contract_versions.id"))
    revision_id: Mapped[int] = mapped_column(Integer)
    sha256: Mapped[str] = mapped_column(String(64))
    side: Mapped[ContractSide] = mapped_column(OneOf(ContractSide))
    way: Mapped[SigningWay] = mapped_column(OneOf(SigningWay))
    scan_id: Mapped[int | None] = mapped_column(ForeignKey("contract_scans.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    name: Mapped[str] = mapped_column(String(120))
    title: Mapped[str] = mapped_column(String(120), default="")
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)


class SigningCode(Model):
    """A one-time code that went to whoever is about to sign; only its hash is kept."""

    __tablename__ = "signing_codes"
    __table_args__ = (Index("ix_signing_codes_version_id_person_id", "version_id", "person_id"),)
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("contract_versions.id"))
    revision_id: Mapped[int] = mapped_column(ForeignKey("contract_revisions.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    code_hash: Mapped[str] = mapped_column(String(64))
    made_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)


class ContractSignatory(Model):
    """A member whom the director lets sign contracts, by a paper that says so; directors sign without one."""

    __tablename__ = "contract_signatories"
    __table_args__ = (
        CheckConstraint("paper <> ''", name="has_paper"),
        Index(
            "uq_contract_signatories_living",
            "organisation_id",
            "person_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    paper: Mapped[str] = mapped_column(String(160))
    named_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    named_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    person: Mapped[Person] = relationship(foreign_keys=[person_id])


class ContractCounter(Model):
    """The last number of a seller's contracts in a year."""

    __tablename__ = "contract_counters"
    cooperative_id: Mapped[int] = mapped_column(ForeignKey("cooperatives.id"), primary_key=True)
    year: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    last: Mapped[int] = mapped_column(Integer)


schema.append_only("contract_revisions", "contract_signatures")
explain("uq_contracts_award", _l("The other side has begun this contract already."))
explain("uq_contract_versions_open", _l("Another annex is still open: sign it or drop it first."))
explain(
    "uq_contract_signatures_version_id_side",
    _l("Your side has signed already. Please look at it again."),
)
explain("uq_contract_scans_waiting", _l("A scan waits for its answer already."))
