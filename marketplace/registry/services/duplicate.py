"""Two records of one body become one: nothing is lost, and what undoing needs is kept."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from marketplace.accounts import queries as accounts_queries
from marketplace.accounts import services as accounts
from marketplace.cooperatives import services as cooperatives
from marketplace.cooperatives.models import Cooperative
from marketplace.foundation import clock
from marketplace.foundation.db import Model, db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.reference import random_ref
from marketplace.foundation.text import fold
from marketplace.foundation.words import _, _l, in_language
from marketplace.registry import queries
from marketplace.registry.events import DuplicateMerged, DuplicatesKeptApart
from marketplace.registry.merging import RULES, Link, Rule, links
from marketplace.registry.models import DuplicateMerge, KeptApart, LifeSuccessor, Officer
from marketplace.registry.services.life_event import redraw, write_row
from marketplace.registry.unmerging import difference, picture

BEFORE = ("name", "short_name", "tax_code", "registration_no", "registered_on", "first_registered_on", "phone", "email",
          "legal_rep_name", "also_called")  # fmt: skip


def merge_duplicate(*, loser: Cooperative, survivor: Cooperative, reason: str, by: Any) -> DuplicateMerge:
    """The loser goes into the survivor: its rows move by their rules, or stay in its book, which is read with the
    survivor's. Raises Refusal for a record that went into another already, or when only the loser is a member."""
    take_turns(loser, survivor)
    _check(loser, survivor, reason)
    before: dict[str, Any] = {"loser": _stood(loser), "survivor": _stood(survivor)}
    stood, life = picture(loser, survivor), queries.life_numbers(loser, survivor)
    has_book = queries.has_book(loser)
    moved: dict[str, list[Any]] = {}
    _officers(loser, survivor, moved, by)
    _life(loser, survivor, moved)
    for link in links():
        if RULES.get(link.name) is Rule.MOVES or (RULES.get(link.name) is Rule.TRADE and not has_book):
            _move(link, loser, survivor, moved)
    with in_language("vi"):
        told = _(
            "The record was a duplicate of %(name)s: %(reason)s", name=survivor.name, reason=reason.strip()
        )
    cooperatives.close_duplicate(loser=loser, survivor=survivor, reason=told, by=by)
    _people(loser, survivor, has_book, moved, by)
    db.session.expire_all()
    cooperatives.take_over(loser=loser, survivor=survivor, by=by)
    redraw(cooperative=survivor)
    before["rows"] = difference(stood, picture(loser, survivor))
    before["life"] = sorted(queries.life_numbers(loser, survivor) - life)
    before["counted"] = queries.rows_pointing_at(survivor)
    merge = DuplicateMerge(
        ref=random_ref(),
        loser=loser,
        survivor=survivor,
        reason=reason.strip()[:500],
        moved=moved,
        kept=queries.rows_pointing_at(loser),
        before=before,
        by_id=id_of(by),
        at=clock.now(),
    )
    db.session.add(merge)
    db.session.flush()
    announce(
        DuplicateMerged(
            cooperative_id=survivor.id,
            loser_id=loser.id,
            merge_id=merge.id,
            name=loser.name,
            words=reason.strip(),
            actor_id=id_of(by),
        )
    )
    return merge


def keep_apart(*, one: Cooperative, other: Cooperative, reason: str, by: Any) -> KeptApart:
    """They look alike and are two: the pair is not shown again."""
    if one.id == other.id:
        raise Refusal(_l("These are the same record."))
    low, high = sorted((one.id, other.id))
    row = KeptApart(one_id=low, other_id=high, reason=reason.strip()[:500], by_id=id_of(by), at=clock.now())
    db.session.add(row)
    db.session.flush()
    announce(
        DuplicatesKeptApart(
            cooperative_id=one.id,
            other_id=other.id,
            name=other.name,
            words=reason.strip(),
            actor_id=id_of(by),
        )
    )
    return row


def _check(loser: Cooperative, survivor: Cooperative, reason: str) -> None:
    if not reason.strip():
        raise Refusal(_l("Please write why these two are one."), field="reason")
    if loser.id == survivor.id:
        raise Refusal(_l("These are the same record."))
    if loser.duplicate_of_id is not None or survivor.duplicate_of_id is not None:
        raise Refusal(_l("This record was merged a moment ago."))


def take_turns(loser: Cooperative, survivor: Cooperative) -> None:
    """Whoever decides about either of the two next waits until this is done."""
    ids = sorted((loser.id, survivor.id))
    query = select(Cooperative).where(Cooperative.id.in_(ids)).order_by(Cooperative.id)
    db.session.scalars(query.with_for_update(of=Cooperative).execution_options(populate_existing=True)).all()


def _stood(one: Cooperative) -> dict[str, Any]:
    told = {name: getattr(one, name) for name in BEFORE}
    plain = {name: value if value is None else str(value) for name, value in told.items()}
    return {**plain, "state": str(one.state)}


def _move(link: Link, loser: Cooperative, survivor: Cooperative, moved: dict[str, list[Any]]) -> None:
    """Each row by itself: the one whose like the survivor has already stays where it is."""
    table = Model.metadata.tables[link.table]
    column, keys = table.c[link.column], list(table.primary_key.columns)
    old, new = queries.number_in(link, loser), queries.number_in(link, survivor)
    for row in db.session.execute(select(*keys).where(column == old).order_by(*keys)).all():
        this = [key == value for key, value in zip(keys, row, strict=True)]
        try:
            with db.session.begin_nested():
                db.session.execute(update(table).where(*this).values({link.column: new}))
        except IntegrityError:
            continue
        moved.setdefault(link.name, []).append(
            [int(value) if isinstance(value, int) else str(value) for value in row]
        )


def _officers(loser: Cooperative, survivor: Cooperative, moved: dict[str, list[Any]], by: Any) -> None:
    """Whoever the survivor does not know comes over; nobody of them speaks for it unless nobody did."""
    known = {fold(each.name) for each in queries.officers_of(survivor.id)}
    speaks = queries.representing(survivor.id) is not None
    coming = [each for each in queries.officers_of(loser.id) if fold(each.name) not in known]
    named = next((each for each in coming if each.represents and each.left_on is None), None)
    for each in coming:
        if each.represents and each.left_on is None and speaks:
            each.represents = False
            db.session.flush()
        db.session.execute(update(Officer).where(Officer.id == each.id).values(cooperative_id=survivor.id))
        moved.setdefault("coop_officers.cooperative_id", []).append([each.id])
    db.session.expire_all()
    if named is not None:
        cooperatives.change(cooperative=loser, legal_rep_name="", legal_rep_title="", by=by)
        if not speaks:
            name, title = named.name, named.title
            cooperatives.change(cooperative=survivor, legal_rep_name=name, legal_rep_title=title, by=by)


def _life(loser: Cooperative, survivor: Cooperative, moved: dict[str, list[Any]]) -> None:
    """What the loser's life tells and the survivor's does not is written into the survivor's, where it fits."""
    known = {each.kind for each in queries.life_of(survivor.id)}
    for row in reversed(queries.life_of(loser.id)):
        if row.kind in known:
            continue
        others = [each.cooperative for each in row.successors if each.cooperative_id != survivor.id]
        try:
            with db.session.begin_nested():
                copied = write_row(
                    survivor, row.kind, row.day, row.source, row.note, [], row.successor_name, by=row.by
                )
                db.session.add_all(
                    LifeSuccessor(event_id=copied.id, cooperative_id=each.id) for each in others
                )
                db.session.flush()
                redraw(cooperative=survivor)
        except Refusal:
            continue
        moved.setdefault("life_events.copied", []).append([row.id, copied.id])


def _people(
    loser: Cooperative, survivor: Cooperative, has_book: bool, moved: dict[str, list[Any]], by: Any
) -> None:
    """Who acts for the loser acts for the survivor too; where a book stays, they finish what is open in it."""
    there = {each.person_id for each in accounts_queries.members_of(survivor.organisation_id)}
    for each in accounts_queries.members_of(loser.organisation_id):
        if not has_book:
            each.until = clock.now()
        if each.person_id not in there:
            accounts.add_member(organisation=survivor.organisation, person=each.person, role=each.role, by=by)
        moved.setdefault("memberships.organisation_id", []).append([each.id])
    db.session.flush()
