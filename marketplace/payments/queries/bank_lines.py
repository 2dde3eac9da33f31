"""Reading bank statements and the credits in them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from marketplace.accounts.models import Organisation
from marketplace.accounts.states import OrganisationKind
from marketplace.foundation.db import Page, db, page_of
from marketplace.foundation.money import Money
from marketplace.foundation.text import fold
from marketplace.foundation.words import _
from marketplace.payments import finder, matching
from marketplace.payments.models import (
    BankFeed,
    BankLine,
    BankPart,
    Charge,
    PaymentEntry,
    Statement,
    StatementRow,
)
from marketplace.payments.queries.charge import OPEN
from marketplace.payments.states import LineState, RowResult, StatementState

PAYERS = ("organisation", "person", "name")
MOST_OPEN = 400
"""Open charges of a payee among which a suggestion is looked for, the newest first."""


# --- for matching -----------------------------------------------------------------------------------


def charges_named(references: Collection[str], payee_id: int) -> dict[str, int]:
    """Reference → charge, of this payee only: another's money stays unknown here."""
    rows = db.session.execute(
        select(Charge.transfer_ref, Charge.id).where(
            Charge.transfer_ref.in_(list(references)), Charge.payee_organisation_id == payee_id
        )
    )
    return {row.transfer_ref: row.id for row in rows} if references else {}


def recognised_entries(charges: Collection[int]) -> set[int]:
    """Entries of these charges that a line of the bank is."""
    return set(
        db.session.scalars(
            select(BankPart.entry_id).where(
                BankPart.charge_id.in_(list(charges)), BankPart.entry_id.is_not(None)
            )
        )
    )


def waiting_for(charges: Collection[int]) -> dict[int, list[BankLine]]:
    """Open lines that name one of these charges, by charge."""
    found: dict[int, list[BankLine]] = {}
    rows = db.session.scalars(
        select(BankLine).where(BankLine.named_id.in_(list(charges)), BankLine.state == LineState.OPEN)
    )
    for line in rows:
        found.setdefault(line.named_id or 0, []).append(line)
    return found


def payer_of(charge: Charge) -> tuple[str, int | str]:
    """Who pays it: an organisation, a person, or a guest by name."""
    if charge.payer_organisation_id is not None:
        return "organisation", charge.payer_organisation_id
    if charge.payer_person_id is not None:
        return "person", charge.payer_person_id
    return "name", charge.payer_name


def open_of_payers(charges: Collection[Charge]) -> dict[tuple[str, int | str], list[Charge]]:
    """All that whoever pays one of these (of one payee) still owes it, by payer."""
    if not charges:
        return {}
    payers = [payer_of(charge) for charge in charges]
    organisations, people, names = ([who for kind, who in payers if kind == wanted] for wanted in PAYERS)
    rows = db.session.scalars(
        select(Charge)
        .where(
            Charge.payee_organisation_id.in_({charge.payee_organisation_id for charge in charges}),
            Charge.state.in_(OPEN),
            or_(
                Charge.payer_organisation_id.in_(organisations),
                Charge.payer_person_id.in_(people),
                Charge.payer_name.in_(names),
            ),
        )
        .options(selectinload(Charge.postings))
        .order_by(Charge.id)
        .limit(MOST_OPEN)
    )
    found: dict[tuple[str, int | str], list[Charge]] = {}
    for charge in rows:
        found.setdefault(payer_of(charge), []).append(charge)
    return found


def own_charges(ids: Iterable[int], payee_id: int) -> dict[int, Charge]:
    rows = db.session.scalars(
        select(Charge).where(Charge.id.in_(list(ids)), Charge.payee_organisation_id == payee_id)
    )
    return {charge.id: charge for charge in rows}


def own_entry(entry_id: int, payee_id: int) -> PaymentEntry | None:
    return db.session.scalar(
        select(PaymentEntry)
        .join(PaymentEntry.charge)
        .where(PaymentEntry.id == entry_id, Charge.payee_organisation_id == payee_id)
    )


def due_to_count(now: dt.datetime) -> list[int]:
    """Assigned lines whose time to be taken back is over."""
    query = select(BankLine.id).where(BankLine.state == LineState.ASSIGNED, BankLine.counts_at <= now)
    return list(db.session.scalars(query.order_by(BankLine.id)))


# --- the queue --------------------------------------------------------------------------------------


def own_line(ref: str, organisation_ids: Collection[int]) -> BankLine | None:
    return db.session.scalar(
        select(BankLine)
        .where(BankLine.ref == ref, BankLine.organisation_id.in_(list(organisation_ids)))
        .options(selectinload(BankLine.parts).joinedload(BankPart.charge), joinedload(BankLine.book))
    )


def lines_of(
    organisation_id: int, state: LineState, after: str | None = None, size: int = 20
) -> Page[BankLine]:
    """The credits of a payee in this state, newest first."""
    query = (
        select(BankLine)
        .where(BankLine.organisation_id == organisation_id, BankLine.state == state)
        .options(joinedload(BankLine.named), selectinload(BankLine.parts).joinedload(BankPart.charge))
    )
    return page_of(query, BankLine.id, after=after, size=size, descending=True).map(lambda row: row[0])


def line_counts(organisation_id: int) -> dict[LineState, int]:
    rows = db.session.execute(
        select(BankLine.state, func.count())
        .where(BankLine.organisation_id == organisation_id)
        .group_by(BankLine.state)
    )
    found = {row[0]: row[1] for row in rows}
    return {state: found.get(state, 0) for state in LineState}


@dataclass(frozen=True)
class Suggestion:
    """A charge that a line may be for, why, and the sum that is proposed for it."""

    charge: Charge
    words: str
    amount: Money
    entry: PaymentEntry | None = None
    weight: int = 0


def suggestions(line: BankLine, limit: int = 6) -> list[Suggestion]:
    """What the line may be for, the likeliest first, each with its reason. `entry` is the same money by hand."""
    named_ids = set(charges_named(set(finder.references_in(line.text)), line.organisation_id).values())
    charges = _possible(line, named_ids)
    recognised = recognised_entries([charge.id for charge in charges])
    named = [charge for charge in charges if charge.id in named_ids]
    combined = _combined(line, named[0]) if len(named) == 1 else []
    together_ids = named_ids | {charge.id for charge in combined}
    charges += [charge for charge in combined if charge not in charges]
    found = []
    for charge in charges:
        entry = matching.by_hand(charge, line, recognised)
        weight, words = _likely(line, charge, named_ids, together_ids, entry)
        if weight:
            found.append(Suggestion(charge, words, Money(0), entry, weight))
    found.sort(key=lambda one: (-one.weight, -one.charge.id))
    return _with_sums(line, found[:limit], together_ids)


def _combined(line: BankLine, charge: Charge) -> list[Charge]:
    """The charge with others of its payer that make exactly the sum."""
    others = open_of_payers([charge]).get(payer_of(charge), [])
    return matching.together(int(line.amount), charge, others)


def _possible(line: BankLine, named_ids: Collection[int]) -> list[Charge]:
    """Charges of the payee that the text names, and the newest open ones."""
    newest = (
        select(Charge.id)
        .where(Charge.payee_organisation_id == line.organisation_id, Charge.state.in_(OPEN))
        .order_by(Charge.id.desc())
        .limit(MOST_OPEN)
    )
    ids = set(db.session.scalars(newest)) | set(named_ids)
    rows = db.session.scalars(
        select(Charge).where(Charge.id.in_(ids)).options(selectinload(Charge.postings)).order_by(Charge.id)
    )
    return list(rows)


def _likely(
    line: BankLine,
    charge: Charge,
    named_ids: Collection[int],
    together_ids: Collection[int],
    entry: PaymentEntry | None,
) -> tuple[int, str]:
    """How likely, and the sentence that says why; 0 is not worth showing."""
    right_sum = charge.to_pay == line.amount
    if charge.id in named_ids:
        return 100 + 10 * right_sum, _("The text names its reference.")
    if charge.id in together_ids:
        return 90, _("The same buyer owes this too, and together it is exactly the sum.")
    if finder.nearly_in(line.text, charge.transfer_ref):
        return 70 + 10 * right_sum, _(
            "The text holds nearly this reference: one sign is wrong, or the end is cut off."
        )
    by_name = fold(charge.payer_name) in fold(line.text) and len(charge.payer_name) > 4
    if by_name:
        return 50 + 10 * right_sum, _("The text holds the buyer's name.")
    if right_sum:
        return 30, _("Exactly this sum is still to come.")
    return 0, ""


def _with_sums(
    line: BankLine, found: Sequence[Suggestion], together_ids: Collection[int]
) -> list[Suggestion]:
    """Propose how the sum is split: what each named charge still needs, the rest on the first; or all on the first."""
    left, placed = int(line.amount), []
    for place, one in enumerate(found):
        wanted = place == 0 or one.charge.id in together_ids
        amount = min(left, int(one.charge.to_pay)) if wanted else 0
        left -= amount
        placed.append(replace(one, amount=Money(amount)))
    if placed and left:
        placed[0] = replace(placed[0], amount=Money(int(placed[0].amount) + left))
    return placed


def charges_like(text: str, organisation_id: int, limit: int = 8) -> list[Charge]:
    """Charges of a payee by what a person looks for: number of the order, reference, name of the buyer."""
    words = " ".join(text.split())[:60]
    if not words:
        return []
    like = f"%{words.replace('!', '!!').replace('%', '!%').replace('_', '!_')}%"
    rows = db.session.scalars(
        select(Charge)
        .where(
            Charge.payee_organisation_id == organisation_id,
            or_(
                Charge.title.ilike(like, escape="!"),
                Charge.transfer_ref.ilike(like, escape="!"),
                Charge.payer_name.ilike(like, escape="!"),
            ),
        )
        .options(selectinload(Charge.postings))
        .order_by(Charge.id.desc())
        .limit(limit)
    )
    return list(rows)


# --- statements -------------------------------------------------------------------------------------


def own_statement(ref: str, organisation_ids: Collection[int]) -> Statement | None:
    return db.session.scalar(
        select(Statement)
        .where(Statement.ref == ref, Statement.organisation_id.in_(list(organisation_ids)))
        .options(joinedload(Statement.book))
    )


def statements_of(organisation_id: int, limit: int = 20) -> Sequence[Statement]:
    return db.session.scalars(
        select(Statement)
        .where(Statement.organisation_id == organisation_id)
        .options(joinedload(Statement.book))
        .order_by(Statement.id.desc())
        .limit(limit)
    ).all()


def results(run: Statement) -> dict[RowResult, tuple[int, Money]]:
    """How many rows came out how, and what credits they hold."""
    rows = db.session.execute(
        select(StatementRow.result, func.count(), func.sum(StatementRow.amount))
        .where(StatementRow.statement_id == run.id)
        .group_by(StatementRow.result)
    )
    found = {row[0]: (row[1], Money(int(row[2] or 0))) for row in rows}
    return {result: found.get(result, (0, Money(0))) for result in RowResult}


def rows_of(
    run: Statement, result: RowResult | None, after: str | None = None, size: int = 30
) -> Page[StatementRow]:
    query = (
        select(StatementRow)
        .where(StatementRow.statement_id == run.id)
        .options(joinedload(StatementRow.bank_line).joinedload(BankLine.named))
    )
    if result is not None:
        query = query.where(StatementRow.result == result)
    return page_of(query, StatementRow.line, after=after, size=size).map(lambda row: row[0])


def unfinished_statements() -> list[int]:
    query = select(Statement.id).where(Statement.state == StatementState.RUNNING)
    return list(db.session.scalars(query))


def waiting_of(run: Statement) -> int:
    """How many payments that came by this statement need a person."""
    query = select(func.count()).select_from(BankLine)
    query = query.where(BankLine.statement_id == run.id, BankLine.state == LineState.OPEN)
    return db.session.scalar(query) or 0


# --- notices of a bank ------------------------------------------------------------------------------


def feed_of(organisation_id: int) -> BankFeed | None:
    return db.session.scalar(select(BankFeed).where(BankFeed.organisation_id == organisation_id))


def feed_by_key(key: str) -> BankFeed | None:
    return db.session.scalar(select(BankFeed).where(BankFeed.key == key))


def open_lines_of_alliance(size: int, after: str | None) -> Page[BankLine]:
    """Credits on the alliance's own accounts that wait for a person, the oldest first."""
    query = (
        select(BankLine)
        .join(Organisation, Organisation.id == BankLine.organisation_id)
        .where(Organisation.kind == OrganisationKind.ALLIANCE, BankLine.state == LineState.OPEN)
    )
    return page_of(query, BankLine.at, BankLine.id, after=after, size=size).map(lambda row: row[0])
