"""Tables of the registry."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Organisation, Person
from marketplace.cooperatives.states import (
    AccountState,
    ImportState,
    Kind,
    MemberState,
    PaperKind,
    PaperState,
    RowResult,
    Sector,
)
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
from marketplace.foundation.media import Document, Photo
from marketplace.foundation.money import Money
from marketplace.foundation.words import _l, pick
from marketplace.places.models import Address


class Cooperative(Model):
    """A cooperative, a union of cooperatives or a cooperative group, as the registry knows it."""

    __tablename__ = "cooperatives"
    __public__ = True
    __table_args__ = (
        one_of("kind", Kind),
        one_of("state", MemberState),
        one_of("sector", Sector),
        CheckConstraint("state <> 'admitted' OR admitted_on IS NOT NULL", name="admitted_has_day"),
        CheckConstraint("charter_capital IS NULL OR charter_capital >= 0", name="capital_not_negative"),
        CheckConstraint(
            "duplicate_of_id IS NULL OR (duplicate_of_id <> id AND state = 'left')", name="duplicate_has_left"
        ),
        Index("ix_cooperatives_duplicate_of_id", "duplicate_of_id"),
        Index("ix_cooperatives_state_name", "state", "sort_name", "id"),
        Index("ix_cooperatives_tax_code", "tax_code"),
        Index("ix_cooperatives_registration_no", "registration_no"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), unique=True)
    slug: Mapped[str] = mapped_column(String(120), unique=True)
    kind: Mapped[Kind] = mapped_column(OneOf(Kind))
    state: Mapped[MemberState] = mapped_column(OneOf(MemberState), default=MemberState.APPLIED)
    name: Mapped[str] = mapped_column(String(255))
    short_name: Mapped[str] = mapped_column(String(120), default="")
    name_en: Mapped[str] = mapped_column(String(255), default="")
    sort_name: Mapped[str] = mapped_column(String(400), default="")
    folded: Mapped[str] = mapped_column(String(500), default="")
    registration_no: Mapped[str] = mapped_column(String(60), default="")
    registered_on: Mapped[dt.date | None] = mapped_column(Date)
    first_registered_on: Mapped[dt.date | None] = mapped_column(Date)
    register_office: Mapped[str] = mapped_column(String(255), default="")
    tax_code: Mapped[str] = mapped_column(String(20), default="")
    tax_code_unchecked: Mapped[bool] = mapped_column(Boolean, default=False)
    sector: Mapped[Sector] = mapped_column(OneOf(Sector), default=Sector.AGRICULTURE)
    business_lines: Mapped[str] = mapped_column(Text, default="")
    address_id: Mapped[int | None] = mapped_column(ForeignKey("addresses.id"))
    phone: Mapped[str] = mapped_column(String(20), default="")
    zalo: Mapped[str] = mapped_column(String(20), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    website: Mapped[str] = mapped_column(String(255), default="")
    legal_rep_name: Mapped[str] = mapped_column(String(120), default="")
    legal_rep_title: Mapped[str] = mapped_column(String(120), default="")
    charter_capital: Mapped[Money | None] = mapped_column(Dong)
    members_official: Mapped[int | None] = mapped_column(Integer)
    members_capital: Mapped[int | None] = mapped_column(Integer)
    members_other: Mapped[int | None] = mapped_column(Integer)
    households_served: Mapped[int | None] = mapped_column(Integer)
    workers: Mapped[int | None] = mapped_column(Integer)
    area_ha: Mapped[Decimal | None] = mapped_column(Thousandths)
    is_new_model: Mapped[bool] = mapped_column(Boolean, default=False)
    story_vi: Mapped[str] = mapped_column(Text, default="")
    story_en: Mapped[str] = mapped_column(Text, default="")
    hue: Mapped[str] = mapped_column(String(12), default="leaf")
    scene: Mapped[str] = mapped_column(String(20), default="field")
    admitted_on: Mapped[dt.date | None] = mapped_column(Date)
    # The same body under another entry: that one is the member, and is found by what this one was called.
    duplicate_of_id: Mapped[int | None] = mapped_column(ForeignKey("cooperatives.id"))
    also_called: Mapped[str] = mapped_column(String(500), default="", server_default="")
    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    organisation: Mapped[Organisation] = relationship()
    address: Mapped[Address | None] = relationship()
    photos: Mapped[list[CooperativePhoto]] = relationship(
        order_by="CooperativePhoto.position", cascade="all, delete-orphan"
    )

    @property
    def title(self) -> str:
        """The name in the reader's language."""
        return pick(self.name, self.name_en)

    @property
    def called(self) -> str:
        return self.short_name or self.name

    @property
    def label(self) -> str:
        """The short name; on an English page the English one."""
        return pick(self.called, self.name_en)

    @property
    def story(self) -> str:
        return pick(self.story_vi, self.story_en)


class CooperativePhoto(Model):
    __tablename__ = "cooperative_photos"
    __public__ = True
    __table_args__ = (UniqueConstraint("cooperative_id", "photo_id"),)
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    cooperative_id: Mapped[int] = mapped_column(ForeignKey("cooperatives.id"))
    photo_id: Mapped[int] = mapped_column(ForeignKey("photos.id"))
    position: Mapped[int] = mapped_column(Integer, default=0)
    photo: Mapped[Photo] = relationship()


class MembershipMove(Model):
    """Why and by whom a cooperative's state changed. Append-only."""

    __tablename__ = "membership_moves"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    cooperative_id: Mapped[int] = mapped_column(ForeignKey("cooperatives.id"), index=True)
    move: Mapped[str] = mapped_column(String(20))
    origin: Mapped[str] = mapped_column(String(20))
    to: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(String(500), default="")
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)


class DossierPaper(Model):
    """A document of the dossier: registration, charter, minutes."""

    __tablename__ = "dossier_papers"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    cooperative_id: Mapped[int] = mapped_column(ForeignKey("cooperatives.id"), index=True)
    title: Mapped[str] = mapped_column(String(160))
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"))
    added_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    document: Mapped[Document] = relationship()


class Certificate(Model):
    """A paper about quality; it counts only while verified and not expired."""

    __tablename__ = "certificates"
    __public__ = True
    __table_args__ = (
        one_of("kind", PaperKind),
        one_of("state", PaperState),
        CheckConstraint("stars IS NULL OR stars BETWEEN 1 AND 5", name="stars_range"),
        CheckConstraint("state <> 'verified' OR verified_at IS NOT NULL", name="verified_has_time"),
        CheckConstraint(
            "expires_on IS NULL OR issued_on IS NULL OR expires_on > issued_on", name="dates_in_order"
        ),
        Index("ix_certificates_cooperative_id", "cooperative_id"),
        Index("ix_certificates_state_expires_on", "state", "expires_on"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    cooperative_id: Mapped[int] = mapped_column(ForeignKey("cooperatives.id"))
    kind: Mapped[PaperKind] = mapped_column(OneOf(PaperKind))
    number: Mapped[str] = mapped_column(String(80), default="")
    scope: Mapped[str] = mapped_column(String(255), default="")
    area_ha: Mapped[Decimal | None] = mapped_column(Thousandths)
    stars: Mapped[int | None] = mapped_column(SmallInteger)
    issued_by: Mapped[str] = mapped_column(String(255), default="")
    issued_on: Mapped[dt.date | None] = mapped_column(Date)
    expires_on: Mapped[dt.date | None] = mapped_column(Date)
    document_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id"))
    state: Mapped[PaperState] = mapped_column(OneOf(PaperState), default=PaperState.WAITING)
    verified_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    verified_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    reason: Mapped[str] = mapped_column(String(255), default="")
    added_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    cooperative: Mapped[Cooperative] = relationship()
    document: Mapped[Document | None] = relationship()
    verified_by: Mapped[Person | None] = relationship()

    def counts_on(self, day: dt.date) -> bool:
        """Verified and valid on this day (the last day included)."""
        return self.state is PaperState.VERIFIED and (self.expires_on is None or self.expires_on >= day)


class BankAccount(Model):
    """Where a cooperative is paid. The old one stays in use until an officer verified the new one."""

    __tablename__ = "bank_accounts"
    __table_args__ = (
        one_of("state", AccountState),
        Index(
            "uq_bank_accounts_verified",
            "organisation_id",
            unique=True,
            sqlite_where=text("state = 'verified'"),
            postgresql_where=text("state = 'verified'"),
        ),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    bin: Mapped[str] = mapped_column(String(6))
    number: Mapped[str] = mapped_column(String(30))
    holder: Mapped[str] = mapped_column(String(120))
    state: Mapped[AccountState] = mapped_column(OneOf(AccountState), default=AccountState.WAITING)
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    asked_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    verified_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    verified_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    organisation: Mapped[Organisation] = relationship()


class RegistryImport(Model):
    """One file of the registry on its way in; its rows tell what became of each."""

    __tablename__ = "registry_imports"
    __table_args__ = (one_of("state", ImportState),)
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    filename: Mapped[str] = mapped_column(String(160))
    header: Mapped[list[Any]] = mapped_column(JSONColumn)
    mapping: Mapped[dict[str, Any]] = mapped_column(JSONColumn, default=dict)
    state: Mapped[ImportState] = mapped_column(OneOf(ImportState), default=ImportState.UPLOADED)
    total: Mapped[int] = mapped_column(Integer)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    finished_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)


class RegistryRow(Model):
    """One line of the file as written, and its result."""

    __tablename__ = "registry_rows"
    __table_args__ = (
        one_of("result", RowResult),
        UniqueConstraint("import_id", "line"),
        Index("ix_registry_rows_import_id_result", "import_id", "result", "line"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("registry_imports.id"))
    line: Mapped[int] = mapped_column(Integer)
    cells: Mapped[list[Any]] = mapped_column(JSONColumn)
    result: Mapped[RowResult] = mapped_column(OneOf(RowResult), default=RowResult.WAITING)
    reason: Mapped[str] = mapped_column(String(500), default="")
    cooperative_id: Mapped[int | None] = mapped_column(ForeignKey("cooperatives.id"))


class ColumnChoice(Model):
    """Which column of a file means what, remembered from the last import."""

    __tablename__ = "registry_columns"
    header: Mapped[str] = mapped_column(String(160), primary_key=True)
    field: Mapped[str] = mapped_column(String(40))


schema.append_only("membership_moves")
explain("uq_cooperatives_slug", _l("This name is taken; please write it a little differently."), "name")
explain("uq_bank_accounts_verified", _l("Another account was verified meanwhile. Please look again."))
