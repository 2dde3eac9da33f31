"""Reading the registry."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from marketplace.accounts import signin
from marketplace.accounts.states import OrganisationKind
from marketplace.cooperatives.models import (
    BankAccount,
    Certificate,
    ColumnChoice,
    Cooperative,
    CooperativePhoto,
    DossierPaper,
    MembershipMove,
    RegistryImport,
    RegistryRow,
)
from marketplace.cooperatives.states import (
    AccountState,
    Kind,
    MemberState,
    PaperKind,
    PaperState,
    RowResult,
    Sector,
)
from marketplace.foundation import clock
from marketplace.foundation.db import Page, db, how_many, page_of
from marketplace.foundation.text import fold
from marketplace.foundation.words import in_both
from marketplace.places import queries as places
from marketplace.places.models import Address, AdminUnit


def _whole() -> tuple[Any, ...]:
    above = joinedload(Cooperative.address)
    return (
        above.joinedload(Address.unit_current).joinedload(AdminUnit.parent).joinedload(AdminUnit.parent),
        above.joinedload(Address.unit_as_written).joinedload(AdminUnit.parent).joinedload(AdminUnit.parent),
        selectinload(Cooperative.photos).joinedload(CooperativePhoto.photo),
    )


def by_slug(slug: str) -> Cooperative | None:
    return db.session.scalar(select(Cooperative).where(Cooperative.slug == slug).options(*_whole()))


def slugs_beginning(plain: str) -> set[str]:
    """The slug itself and its numbered namesakes, as far as they are taken."""
    alike = or_(Cooperative.slug == plain, Cooperative.slug.startswith(f"{plain}-", autoescape=True))
    return set(db.session.scalars(select(Cooperative.slug).where(alike)))


def shown_by_slug(slug: str, user: Any) -> Cooperative | None:
    """On the public profile: admitted ones only, the same for every visitor. A duplicate leads to what it became."""
    found = by_slug(slug)
    if found is not None and found.duplicate_of_id is not None:
        found = db.session.get(Cooperative, found.duplicate_of_id)
    return found if found is not None and found.state is MemberState.ADMITTED else None


def for_office(slug: str, user: Any) -> Cooperative | None:
    return by_slug(slug) if user.is_officer else None


def of_organisation(organisation_id: int) -> Cooperative | None:
    return db.session.scalar(select(Cooperative).where(Cooperative.organisation_id == organisation_id))


def letterhead(cooperative: Cooperative) -> dict[str, Any]:
    """Who a paper is from, as it is on the day it is written."""
    return {
        "name": cooperative.name,
        "address": in_both(lambda: places.label(cooperative.address)),
        "phone": cooperative.phone,
        "tax_code": cooperative.tax_code,
        "represented_by": cooperative.legal_rep_name,
    }


def cooperative_showing(photo_id: int) -> Cooperative | None:
    """The admitted cooperative that shows this photo."""
    return db.session.scalar(
        select(Cooperative)
        .join(Cooperative.photos)
        .where(CooperativePhoto.photo_id == photo_id, Cooperative.state == MemberState.ADMITTED)
    )


def desk_cooperative(user: Any) -> Cooperative | None:
    """The cooperative this person acts for now, or None."""
    if user is None or not user.is_authenticated:
        return None
    organisation = signin.acting_organisation(user, OrganisationKind.COOPERATIVE)
    return of_organisation(organisation.id) if organisation is not None else None


@dataclass(frozen=True)
class Wanted:
    """What a list of members is narrowed to; `units` None is anywhere, none of them is a place nobody knows."""

    text: str = ""
    units: tuple[int, ...] | None = None
    sector: Sector | None = None
    kind: Kind | None = None
    papers: tuple[PaperKind, ...] = ()


def admitted(wanted: Wanted, *, after: str | None, size: int = 24) -> Page[Cooperative]:
    """Admitted members by name, Vietnamese order; `text` matches names and places without marks."""
    query = _narrowed(select(Cooperative), wanted).options(*_whole())
    return page_of(query, Cooperative.sort_name, Cooperative.id, after=after, size=size).map(
        lambda row: row[0]
    )


def members_called(words: str, most: int = 4) -> list[Cooperative]:
    """Admitted members with this name: the very one when a name fits wholly, else all that hold the words."""
    found = [*admitted(Wanted(text=words), after=None, size=most).rows] if words.strip() else []
    whole = [each for each in found if words.casefold() in (each.name.casefold(), each.short_name.casefold())]
    return whole if len(whole) == 1 else found


def _narrowed(query: Select[Any], wanted: Wanted) -> Select[Any]:
    query = query.where(Cooperative.state == MemberState.ADMITTED)
    for word in fold(wanted.text).split()[:8]:
        query = query.where(Cooperative.folded.contains(word, autoescape=True))
    if wanted.units is not None:
        units = places.inside(wanted.units)
        there = or_(Address.unit_current_id.in_(units), Address.unit_as_written_id.in_(units))
        query = query.where(Cooperative.address_id.in_(select(Address.id).where(there)))
    if wanted.sector is not None:
        query = query.where(Cooperative.sector == wanted.sector)
    if wanted.kind is not None:
        query = query.where(Cooperative.kind == wanted.kind)
    if wanted.papers:
        held = _papers_in_force().where(Certificate.kind.in_(wanted.papers))
        query = query.where(Cooperative.id.in_(held))
    return query


def _papers_in_force() -> Select[Any]:
    """Holders of verified papers that are valid today."""
    today = clock.today()
    return select(Certificate.cooperative_id).where(
        Certificate.state == PaperState.VERIFIED,
        or_(Certificate.expires_on.is_(None), Certificate.expires_on >= today),
    )


@dataclass(frozen=True)
class District:
    """A district before July 2025 with how many members it has."""

    id: int
    name: str
    count: int


@dataclass(frozen=True)
class Counts:
    """How many members fit, and how many would with each value of one filter in the place of its own."""

    total: int
    sectors: dict[Sector, int]
    kinds: dict[Kind, int]
    papers: dict[PaperKind, int]
    districts: list[District]


def counts(wanted: Wanted, districts: int = 14) -> Counts:
    """Five statements, however many members."""
    total = _narrowed(select(func.count()).select_from(Cooperative), wanted)
    return Counts(
        total=int(db.session.scalar(total) or 0),
        sectors=_counted(Cooperative.sector, replace(wanted, sector=None)),
        kinds=_counted(Cooperative.kind, replace(wanted, kind=None)),
        papers=_counted_papers(replace(wanted, papers=())),
        districts=_counted_districts(replace(wanted, units=None), districts),
    )


def _counted(column: Any, wanted: Wanted) -> dict[Any, int]:
    rows = db.session.execute(_narrowed(select(column, func.count()), wanted).group_by(column))
    return {row[0]: row[1] for row in rows}


def _counted_papers(wanted: Wanted) -> dict[PaperKind, int]:
    members = _narrowed(select(Cooperative.id), wanted)
    holders = func.count(Certificate.cooperative_id.distinct())
    query = _papers_in_force().with_only_columns(Certificate.kind, holders)
    rows = db.session.execute(query.where(Certificate.cooperative_id.in_(members)).group_by(Certificate.kind))
    return {row[0]: row[1] for row in rows}


def _counted_districts(wanted: Wanted, most: int) -> list[District]:
    """By the commune that the paper names: the districts people still say."""
    commune, district = aliased(AdminUnit), aliased(AdminUnit)
    named: Any = (district.id, district.name)
    query = (
        select(*named, func.count())
        .select_from(Cooperative)
        .join(Cooperative.address)
        .join(commune, commune.id == Address.unit_as_written_id)
        .join(district, district.id == commune.parent_id)
        .where(district.level == 2)
        .group_by(district.id, district.name)
        .order_by(func.count().desc(), district.name, district.id)
        .limit(most)
    )
    return [District(row[0], row[1], row[2]) for row in db.session.execute(_narrowed(query, wanted))]


def count_admitted() -> int:
    query = select(func.count()).select_from(Cooperative)
    return int(db.session.scalar(query.where(Cooperative.state == MemberState.ADMITTED)) or 0)


def members(
    *, text: str = "", state: MemberState | None = None, after: str | None = None, size: int = 50
) -> Page[Cooperative]:
    """For the office: everyone in the registry; duplicates that were merged are found by the one they became."""
    query = select(Cooperative).where(Cooperative.duplicate_of_id.is_(None)).options(*_whole())
    for word in fold(text).split()[:8]:
        query = query.where(Cooperative.folded.contains(word, autoescape=True))
    if state is not None:
        query = query.where(Cooperative.state == state)
    return page_of(query, Cooperative.sort_name, Cooperative.id, after=after, size=size).map(
        lambda row: row[0]
    )


def moves_of(cooperative: Cooperative) -> Sequence[MembershipMove]:
    return db.session.scalars(
        select(MembershipMove)
        .where(MembershipMove.cooperative_id == cooperative.id)
        .order_by(MembershipMove.id.desc())
    ).all()


def dossier_of(cooperative: Cooperative) -> Sequence[DossierPaper]:
    return db.session.scalars(
        select(DossierPaper)
        .where(DossierPaper.cooperative_id == cooperative.id)
        .options(joinedload(DossierPaper.document))
        .order_by(DossierPaper.id)
    ).all()


def certificates_of(cooperative_id: int) -> Sequence[Certificate]:
    return db.session.scalars(
        select(Certificate).where(Certificate.cooperative_id == cooperative_id).order_by(Certificate.id)
    ).all()


def valid_certificates(cooperative_id: int, on: dt.date) -> Sequence[Certificate]:
    """Those that count on this day."""
    return [paper for paper in certificates_of(cooperative_id) if paper.counts_on(on)]


def by_id(cooperative_id: int) -> Cooperative | None:
    return db.session.get(Cooperative, cooperative_id)


def certificate(certificate_id: int) -> Certificate | None:
    return db.session.get(Certificate, certificate_id)


def verified_account(organisation_id: int) -> BankAccount | None:
    """Where this organisation is paid today, or None."""
    return db.session.scalar(
        select(BankAccount).where(
            BankAccount.organisation_id == organisation_id, BankAccount.state == AccountState.VERIFIED
        )
    )


def accounts_of(organisation_id: int) -> Sequence[BankAccount]:
    """Where this organisation is or was paid: accounts an officer verified, today's first."""
    known = (AccountState.VERIFIED, AccountState.REPLACED)
    return db.session.scalars(
        select(BankAccount)
        .where(
            BankAccount.organisation_id == organisation_id,
            BankAccount.state.in_(known),
            BankAccount.verified_at.is_not(None),
        )
        .order_by(BankAccount.state != AccountState.VERIFIED, BankAccount.id.desc())
    ).all()


def waiting_account(organisation_id: int) -> BankAccount | None:
    return db.session.scalar(
        select(BankAccount)
        .where(BankAccount.organisation_id == organisation_id, BankAccount.state == AccountState.WAITING)
        .order_by(BankAccount.id.desc())
        .limit(1)
    )


def can_list(cooperative: Cooperative) -> bool:
    """May offer products: admitted, of any kind."""
    return cooperative.state is MemberState.ADMITTED


def can_contract(cooperative: Cooperative) -> bool:
    """May sign contracts: a group has no legal personality, so it may list but not contract."""
    return cooperative.state is MemberState.ADMITTED and cooperative.kind is not Kind.COOP_GROUP


# --- the office's queues ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Queues:
    """How many things wait for an officer."""

    applications: int
    certificates: int
    accounts: int


def queues() -> Queues:
    waiting, papers, accounts = how_many([[each] for each in waiting_ids()], None)
    return Queues(waiting, papers, accounts)


def waiting_ids() -> tuple[Select[Any], ...]:
    """Applications, certificates, and bank accounts."""
    applied = (MemberState.APPLIED, MemberState.UNDER_REVIEW)
    return (
        select(Cooperative.id).where(Cooperative.state.in_(applied)),
        select(Certificate.id).where(Certificate.state == PaperState.WAITING),
        waiting_account_ids(),
    )


@cache
def waiting_account_ids() -> Select[Any]:
    return select(BankAccount.id).where(BankAccount.state == AccountState.WAITING)


def names(ids: Collection[int]) -> dict[int, str]:
    """Cooperative → how it is called, for who needs nothing else of them."""
    query = select(Cooperative.id, Cooperative.short_name, Cooperative.name).where(Cooperative.id.in_([*ids]))
    return {id: short_name or name for id, short_name, name in db.session.execute(query)} if ids else {}


def waiting_certificates(size: int = 100, after: str | None = None) -> Page[Certificate]:
    query = (
        select(Certificate)
        .where(Certificate.state == PaperState.WAITING)
        .options(
            joinedload(Certificate.cooperative).load_only(
                Cooperative.slug, Cooperative.name, Cooperative.short_name, Cooperative.organisation_id
            )
        )
    )
    return page_of(query, Certificate.id, after=after, size=size).map(lambda row: row[0])


def waiting_accounts(size: int = 100, after: str | None = None) -> Page[tuple[BankAccount, Cooperative]]:
    query: Any = (
        select(BankAccount, Cooperative)
        .join(Cooperative, Cooperative.organisation_id == BankAccount.organisation_id)
        .where(BankAccount.state == AccountState.WAITING)
    )
    return page_of(query, BankAccount.id, after=after, size=size).map(lambda row: (row[0], row[1]))


def applications(size: int, after: str | None) -> Page[Any]:
    """Who asks to join, the longest waiting first: id, slug, name, state, created_at."""
    query: Any = select(
        Cooperative.id, Cooperative.slug, Cooperative.name, Cooperative.state, Cooperative.created_at
    ).where(
        Cooperative.state.in_([MemberState.APPLIED, MemberState.UNDER_REVIEW]),
        Cooperative.duplicate_of_id.is_(None),
    )
    return page_of(query, Cooperative.created_at, Cooperative.id, after=after, size=size)


def running_out(first: dt.date, last: dt.date, size: int, after: str | None) -> Page[Any]:
    """Papers of members whose last day lies here and that no later one of their kind follows: id, kind, number,
    expires_on, name, slug."""
    later = aliased(Certificate)
    followed = select(later.id).where(
        later.cooperative_id == Certificate.cooperative_id,
        later.kind == Certificate.kind,
        later.state != PaperState.REJECTED,
        later.scope == Certificate.scope,
        later.expires_on > Certificate.expires_on,
    )
    query: Any = (
        select(
            Certificate.id,
            Certificate.kind,
            Certificate.number,
            Certificate.expires_on,
            Cooperative.name,
            Cooperative.slug,
        )
        .join(Certificate.cooperative)
        .where(
            Certificate.state == PaperState.VERIFIED,
            Certificate.expires_on.between(first, last),
            Cooperative.state == MemberState.ADMITTED,
            ~followed.exists(),
        )
    )
    return page_of(query, Certificate.expires_on, Certificate.id, after=after, size=size)


def expiring(on: dt.date) -> Sequence[Certificate]:
    """Verified papers that expire on exactly this day."""
    return db.session.scalars(
        select(Certificate)
        .where(Certificate.state == PaperState.VERIFIED, Certificate.expires_on == on)
        .options(joinedload(Certificate.cooperative))
    ).all()


# --- import -----------------------------------------------------------------------------------------


def import_by_ref(ref: str, user: Any) -> RegistryImport | None:
    if not user.is_officer:
        return None
    return db.session.scalar(select(RegistryImport).where(RegistryImport.ref == ref))


def imports(limit: int = 20) -> Sequence[RegistryImport]:
    return db.session.scalars(select(RegistryImport).order_by(RegistryImport.id.desc()).limit(limit)).all()


def results(run: RegistryImport) -> dict[RowResult, int]:
    """How many rows came out how."""
    rows = db.session.execute(
        select(RegistryRow.result, func.count())
        .where(RegistryRow.import_id == run.id)
        .group_by(RegistryRow.result)
    )
    found = {row[0]: row[1] for row in rows}
    return {result: found.get(result, 0) for result in RowResult}


def rows_of(
    run: RegistryImport, result: RowResult | None, after: str | None = None, size: int = 50
) -> Page[RegistryRow]:
    query = select(RegistryRow).where(RegistryRow.import_id == run.id)
    if result is not None:
        query = query.where(RegistryRow.result == result)
    return page_of(query, RegistryRow.line, after=after, size=size).map(lambda row: row[0])


def spoken_of(
    codes: Collection[str], numbers: Collection[str], names: Collection[str]
) -> Sequence[Cooperative]:
    """Whoever the registry holds under one of these tax codes, registration numbers or names."""
    return db.session.scalars(
        select(Cooperative)
        .where(
            or_(
                Cooperative.tax_code.in_(list(codes)),
                Cooperative.registration_no.in_(list(numbers)),
                Cooperative.name.in_(list(names)),
            )
        )
        .options(joinedload(Cooperative.address))
        .order_by(Cooperative.id)
    ).all()


def lines_of(import_id: int, cooperative_ids: Collection[int]) -> dict[int, int]:
    """Cooperative id → the line of this file that became it."""
    rows = db.session.execute(
        select(RegistryRow.cooperative_id, RegistryRow.line)
        .where(RegistryRow.import_id == import_id, RegistryRow.cooperative_id.in_(list(cooperative_ids)))
        .order_by(RegistryRow.line.desc())
    )
    return {row[0] or 0: row[1] for row in rows}


def remembered_columns(headers: Collection[str]) -> dict[str, str]:
    rows = db.session.scalars(select(ColumnChoice).where(ColumnChoice.header.in_(list(headers))))
    return {row.header: row.field for row in rows}
