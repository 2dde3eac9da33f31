"""Records that may be one body, those that became one, and what hangs on each."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import Any, NamedTuple

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from marketplace import config
from marketplace.cooperatives import queries as cooperatives
from marketplace.cooperatives.models import Cooperative
from marketplace.foundation import clock
from marketplace.foundation.db import Model, db, how_many
from marketplace.foundation.text import fold
from marketplace.foundation.words import _, _n
from marketplace.places.models import Address
from marketplace.registry.happenings import Whose
from marketplace.registry.merging import RULES, Link, Rule, label_of, links
from marketplace.registry.models import DuplicateMerge, DuplicateUndoing, KeptApart, LifeEvent
from marketplace.registry.queries.listing import with_places
from marketplace.registry.states.duplicate import Ground
from marketplace.registry.unmerging import DRAWN, OWN_BUSINESS, stands

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
    grounds: tuple[Ground, ...]


def pairs(most: int = 100) -> list[Pair]:
    """The surest first; three statements, however many records there are."""
    surest = _surest(most)
    wanted = {number for pair, _grounds in surest for number in pair}
    records = {each.id: each for each in db.session.scalars(_shown(wanted))}
    return [Pair(records[one], records[other], grounds) for (one, other), grounds in surest]


class NamedPair(NamedTuple):
    """Two records by their numbers and names."""

    ids: tuple[int, int]
    names: tuple[str, str]
    grounds: tuple[Ground, ...]


def named_pairs(most: int) -> list[NamedPair]:
    """As `pairs`, for who only has to name them."""
    surest = _surest(most)
    wanted = {number for pair, _grounds in surest for number in pair}
    names = cooperatives.names(wanted)
    return [NamedPair(pair, (names[pair[0]], names[pair[1]]), grounds) for pair, grounds in surest]


def _surest(most: int) -> list[tuple[tuple[int, int], tuple[Ground, ...]]]:
    c, a = Cooperative.__table__.c, Address.__table__.c  # plain rows: there are thousands
    query = select(c.id, c.name, c.tax_code, c.phone, a.unit_current_id, a.unit_as_written_id)
    query = query.outerjoin(Address.__table__, a.id == c.address_id).where(c.duplicate_of_id.is_(None))
    found = _alike(tuple(map(tuple, db.session.execute(query.order_by(c.id)).all())))
    apart = {(row[0], row[1]) for row in db.session.execute(select(KeptApart.one_id, KeptApart.other_id))}
    surest = sorted((each for each in found.items() if each[0] not in apart), key=_sureness)[:most]
    return [(pair, tuple(dict.fromkeys(why))) for pair, why in surest]


@lru_cache(maxsize=2)
def _alike(rows: tuple[tuple[Any, ...], ...]) -> dict[tuple[int, int], list[Ground]]:
    """(one, other) → why they may be one. Compared once, until a record says something else."""
    alike: dict[Ground, dict[Any, list[int]]] = {ground: defaultdict(list) for ground in Ground}
    codes, names, phones = (
        alike[ground] for ground in (Ground.TAX_CODE, Ground.NAME_AND_PLACE, Ground.PHONE)
    )
    for number, name, tax_code, phone, unit_now, unit_then in rows:
        if tax_code:
            codes[tax_code].append(number)
        if phone:
            phones[phone].append(number)
        if (place := unit_now or unit_then) and (words := _telling(name)):
            names[words, place].append(number)
    found: dict[tuple[int, int], list[Ground]] = defaultdict(list)
    for ground, groups in alike.items():
        for ids in groups.values():
            if len(ids) > 1:
                for pair in combinations(ids[:12], 2):
                    found[pair].append(ground)
    return found


@lru_cache(maxsize=20_000)
def _telling(name: str) -> frozenset[str]:
    """The words of a name by which it is known; every name is folded once in a process."""
    return frozenset(fold(name).split()) - _COMMON


def _sureness(found: tuple[tuple[int, int], list[Ground]]) -> Any:
    pair, grounds = found
    return (-len(set(grounds)), Ground.TAX_CODE not in grounds, pair)


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
    """The latest first, undone ones too."""
    query = select(DuplicateMerge).options(*_merge_told())
    return db.session.scalars(query.order_by(DuplicateMerge.id.desc()).limit(most)).all()


def merge_of(loser: Cooperative) -> DuplicateMerge | None:
    """The one that stands."""
    undone = select(DuplicateUndoing.merge_id)
    query = select(DuplicateMerge).where(
        DuplicateMerge.loser_id == loser.id, DuplicateMerge.id.not_in(undone)
    )
    return db.session.scalar(query.order_by(DuplicateMerge.id.desc()).limit(1))


def merge_by_ref(ref: str, user: Any) -> DuplicateMerge | None:
    """For officers."""
    if not user.is_officer:
        return None
    return db.session.scalar(select(DuplicateMerge).where(DuplicateMerge.ref == ref).options(*_merge_told()))


def _merge_told() -> tuple[Any, ...]:
    return (
        joinedload(DuplicateMerge.loser),
        joinedload(DuplicateMerge.survivor),
        joinedload(DuplicateMerge.by),
        joinedload(DuplicateMerge.undoing).joinedload(DuplicateUndoing.by),
    )


def undo_until(merge: DuplicateMerge) -> dt.datetime:
    return merge.at + dt.timedelta(days=config.current().merge_undo_days)


def hindrances(merge: DuplicateMerge) -> list[str]:
    """Why these two cannot be told apart any more, sentence by sentence; none: it can be undone."""
    loser, survivor = merge.loser, merge.survivor
    if merge.undoing is not None or loser.duplicate_of_id is None:
        return [_("This was undone already.")]
    if "rows" not in merge.before:
        return [_("When these two became one, what undoing needs was not kept yet.")]
    if clock.now() > undo_until(merge):
        days = config.current().merge_undo_days
        return [_n("That was possible for %(num)s day.", "That was possible for %(num)s days.", days)]
    if loser.duplicate_of_id != survivor.id or survivor.duplicate_of_id is not None:
        return [_("%(name)s went into another record since. Undo that first.", name=survivor.called)]
    later = select(DuplicateMerge.id).where(
        DuplicateMerge.survivor_id == survivor.id,
        DuplicateMerge.id > merge.id,
        DuplicateMerge.id.not_in(select(DuplicateUndoing.merge_id)),
    )
    if db.session.scalar(later.limit(1)) is not None:
        return [_("Another record went into %(name)s since. Undo that first.", name=survivor.called)]
    return [*_came_since(merge), *_changed_since(merge)]


def _came_since(merge: DuplicateMerge) -> list[str]:
    """New rows of the survivor that may belong to either. Trade is told apart by its book, unless goods went over."""
    goods_went = any(
        RULES.get(name) is Rule.TRADE and name.partition(".")[0] != "certificates" for name in merge.moved
    )
    counted = rows_pointing_at(merge.survivor)
    found = []
    for name, count in counted.items():
        table, rule = name.partition(".")[0], RULES.get(name, Rule.STAYS)
        new = count - merge.before["counted"].get(name, 0)
        told_apart = table in DRAWN | OWN_BUSINESS or (rule in (Rule.BOOK, Rule.TRADE) and not goods_went)
        if new > 0 and not told_apart:
            label = label_of(table) or _("Other entries")
            found.append(_("%(what)s: %(count)s new", what=label, count=new))
    if not found:
        return []
    told = "; ".join(dict.fromkeys(found))
    return [_("Since then something came of which nobody can tell whose it is: %(what)s.", what=told)]


def _changed_since(merge: DuplicateMerge) -> list[str]:
    """Rows that merging wrote and somebody changed afterwards."""
    found = set()
    for name, key, columns in merge.before["rows"]["changed"]:
        now = stands(Model.metadata.tables[name], key, [*columns])
        if now != {each: told[1] for each, told in columns.items()}:
            found.add(
                str(label_of(name) or _("Other entries"))
                if name != "cooperatives"
                else _("the record itself")
            )
    if not found:
        return []
    return [_("Since then this was changed: %(what)s.", what="; ".join(sorted(found)))]


def life_numbers(*both: Cooperative) -> set[int]:
    """All rows of their lives, replaced ones too."""
    query = select(LifeEvent.id).where(LifeEvent.cooperative_id.in_([each.id for each in both]))
    return set(db.session.scalars(query))


def life_rows(numbers: Collection[int]) -> Sequence[LifeEvent]:
    return db.session.scalars(select(LifeEvent).where(LifeEvent.id.in_(list(numbers)))).all()
