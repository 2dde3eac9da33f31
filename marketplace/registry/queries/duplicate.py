"""Records that may be one body, those that became one, and what hangs on each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from marketplace.cooperatives.models import Cooperative
from marketplace.foundation.db import Model, db, how_many
from marketplace.foundation.text import fold
from marketplace.places.models import Address
from marketplace.registry.happenings import Whose
from marketplace.registry.merging import RULES, Link, Rule, links
from marketplace.registry.models import DuplicateMerge, KeptApart
from marketplace.registry.queries.listing import with_places

TAX_CODE, NAME_AND_PLACE, PHONE = "tax_code", "name", "phone"
_COMMON = {
    "hop",
    "tac",
    "xa",
    "htx",
    "dich",
    "vu",
    "nong",
    "nghiep",
    "dvnn",
    "san",
    "xuat",
    "kinh",
    "doanh",
    "tong",
}
"""Words that stand in most names and tell nobody apart."""


def whose(cooperative: Cooperative) -> Whose:
    """The record with those that went into it."""
    rows = db.session.execute(
        select(Cooperative.id, Cooperative.organisation_id).where(
            (Cooperative.id == cooperative.id) | (Cooperative.duplicate_of_id == cooperative.id)
        )
    ).all()
    return Whose([row[0] for row in rows], [row[1] for row in rows])


@dataclass(frozen=True)
class Pair:
    """Two records and why they may be one: by tax code, name and place, phone."""

    one: Cooperative
    other: Cooperative
    grounds: tuple[str, ...]


def pairs(most: int = 100) -> list[Pair]:
    """The surest first; three statements, however many records there are."""
    columns: Any = (
        Cooperative.id, Cooperative.name, Cooperative.tax_code, Cooperative.phone, Address.unit_current_id,
        Address.unit_as_written_id,
    )  # fmt: skip
    query = select(*columns).outerjoin(Address, Address.id == Cooperative.address_id)
    rows = db.session.execute(
        query.where(Cooperative.duplicate_of_id.is_(None)).order_by(Cooperative.id)
    ).all()
    groups: dict[tuple[str, Any], list[int]] = defaultdict(list)
    for row in rows:
        for key in _keys(row):
            groups[key].append(row.id)
    found: dict[tuple[int, int], list[str]] = defaultdict(list)
    for (ground, _value), ids in groups.items():
        for place, one in enumerate(ids[:12]):
            for other in ids[place + 1 : 12]:
                found[one, other].append(ground)
    apart = set(db.session.execute(select(KeptApart.one_id, KeptApart.other_id)).tuples())
    surest = sorted((each for each in found.items() if each[0] not in apart), key=_sureness)[:most]
    wanted = {number for pair, _grounds in surest for number in pair}
    records = {each.id: each for each in db.session.scalars(_shown(wanted))}
    return [Pair(records[one], records[other], tuple(dict.fromkeys(why))) for (one, other), why in surest]


def _keys(row: Any) -> list[tuple[str, Any]]:
    words = frozenset(fold(row.name).split()) - _COMMON
    place = row.unit_current_id or row.unit_as_written_id
    keys: list[tuple[str, Any]] = [(TAX_CODE, row.tax_code)] if row.tax_code else []
    keys += [(NAME_AND_PLACE, (words, place))] if words and place else []
    return keys + ([(PHONE, row.phone)] if row.phone else [])


def _sureness(found: tuple[tuple[int, int], list[str]]) -> Any:
    pair, grounds = found
    return (-len(set(grounds)), TAX_CODE not in grounds, pair)


def _shown(ids: Any) -> Any:
    return select(Cooperative).where(Cooperative.id.in_(ids)).options(*with_places())


def number_in(link: Link, cooperative: Cooperative) -> int:
    """By which number this column calls the record."""
    return cooperative.id if link.to == "cooperatives" else cooperative.organisation_id


def rows_pointing_at(cooperative: Cooperative) -> dict[str, int]:
    """table.column → how many rows of it point at this record; only those with any. One statement."""
    known = [*links()]
    counts = how_many([[_pointing(link, cooperative)] for link in known], None)
    return {link.name: count for link, count in zip(known, counts, strict=True) if count}


def _pointing(link: Link, cooperative: Cooperative) -> Select[Any]:
    column = Model.metadata.tables[link.table].c[link.column]
    return select(column).where(column == number_in(link, cooperative))


def has_book(cooperative: Cooperative) -> bool:
    """Whether it traded, borrowed a stand or was promised money: numbers, papers or ledgers that stay as they are."""
    return any(RULES.get(name) is Rule.BOOK for name in rows_pointing_at(cooperative))


@dataclass(frozen=True)
class MovePlan:
    """What a merge would do: table → rows that move, and that stay in the closed record."""

    moves: dict[str, int]
    stays: dict[str, int]
    has_book: bool


def move_plan(loser: Cooperative) -> MovePlan:
    counted = rows_pointing_at(loser)
    book = any(RULES.get(name) is Rule.BOOK for name in counted)
    plan = MovePlan({}, {}, book)
    for name, count in counted.items():
        rule = RULES.get(name, Rule.STAYS)
        goes = rule in (Rule.MOVES, Rule.OWN) or (rule is Rule.TRADE and not book)
        side, table = plan.moves if goes else plan.stays, name.partition(".")[0]
        side[table] = side.get(table, 0) + count
    return plan


def merges(most: int = 50) -> Sequence[DuplicateMerge]:
    """The latest first."""
    query = select(DuplicateMerge).options(
        joinedload(DuplicateMerge.loser), joinedload(DuplicateMerge.survivor), joinedload(DuplicateMerge.by)
    )
    return db.session.scalars(query.order_by(DuplicateMerge.id.desc()).limit(most)).all()


def merge_of(loser: Cooperative) -> DuplicateMerge | None:
    return db.session.scalar(select(DuplicateMerge).where(DuplicateMerge.loser_id == loser.id))
