"""Credits of a bank: entered once, matched by rule, or by a person of the payee."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import or_, select

from marketplace.foundation import clock, formats
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.money import Money
from marketplace.foundation.reference import random_ref
from marketplace.foundation.text import clean_line
from marketplace.foundation.words import _, _l, language
from marketplace.payments import finder, matching
from marketplace.payments.events import (
    BankLineAssigned,
    BankLineCounted,
    BankLineDismissed,
    BankLineRecognised,
    BankLineReopened,
)
from marketplace.payments.models import BankBook, BankLine, BankPart, Charge, PaymentEntry, Statement
from marketplace.payments.movements import Movement
from marketplace.payments.queries import bank_lines as queries
from marketplace.payments.services.money import write_down
from marketplace.payments.services.standing import take_turns
from marketplace.payments.states import LineReason, LineState, Way, line_lifecycle

TIME_TO_UNDO = dt.timedelta(minutes=10)


# --- entering ---------------------------------------------------------------------------------------


def book_of(*, organisation_id: int, bin: str, number: str) -> BankBook:
    """The book of a payee's account; the first to need it opens it."""
    query = select(BankBook).where(
        BankBook.organisation_id == organisation_id, BankBook.bin == bin, BankBook.number == number
    )
    book = db.session.scalar(query)
    if book is None:
        book = BankBook(organisation_id=organisation_id, bin=bin, number=number, columns={})
        db.session.add(book)
        db.session.flush()
    return book


def likeness_of(movement: Movement) -> str:
    """The same credit by another way looks like this: same day, same sum, same reference or else the same text."""
    references = finder.references_in(movement.text)
    said = references[0] if len(references) == 1 else finder.squeezed(movement.text)
    told = f"{movement.came_on.isoformat()}|{int(movement.amount)}|{said}"
    return hashlib.sha256(told.encode()).hexdigest()[:40]


def enter(
    *,
    book: BankBook,
    movements: Sequence[Movement],
    statement: Statement | None = None,
    earlier: Mapping[str, int] | None = None,
) -> list[tuple[BankLine, bool]]:
    """The line of each movement, and whether it is new. What came before, in a file or by notice, is found again.

    The bank's own number decides. Without one, the second of two alike in one file is the second of two alike in the
    book: `earlier` counts those without a number that stood further up in the same file.
    """
    db.session.refresh(book, with_for_update=True)
    likenesses = [likeness_of(movement) for movement in movements]
    known = _Known(book, movements, likenesses)
    seen: Counter[str] = Counter(earlier or {})
    entered = []
    for movement, likeness in zip(movements, likenesses, strict=True):
        key = _bank_key(movement)
        if not key:
            seen[likeness] += 1
        line = known.find(movement, key, likeness, seen[likeness])
        entered.append(
            (line, False) if line else (known.add(movement, key, likeness, seen[likeness], statement), True)
        )
    return entered


def _bank_key(movement: Movement) -> str:
    number = "".join(movement.bank_ref.split()).upper()
    return f"r:{number}" if number else ""


class _Known:
    """What the book holds that these movements may be."""

    def __init__(self, book: BankBook, movements: Sequence[Movement], likenesses: Sequence[str]) -> None:
        self.book = book
        keys = {key for movement in movements if (key := _bank_key(movement))}
        keys |= {_second_key(movement) for movement in movements if movement.bank_ref}
        lines = db.session.scalars(
            select(BankLine)
            .where(
                BankLine.book_id == book.id,
                or_(BankLine.key.in_(keys), BankLine.likeness.in_(set(likenesses))),
            )
            .order_by(BankLine.id)
        )
        self.by_key: dict[str, BankLine] = {}
        self.alike: dict[str, list[BankLine]] = {}
        for line in lines:
            self._keep(line)

    def _keep(self, line: BankLine) -> None:
        self.by_key[line.key] = line
        self.alike.setdefault(line.likeness, []).append(line)

    def find(self, movement: Movement, key: str, likeness: str, nth: int) -> BankLine | None:
        alike = self.alike.get(likeness, [])
        if not key:
            return alike[nth - 1] if len(alike) >= nth else None
        line = self.by_key.get(key)
        if line is not None:
            return line if line.amount == movement.amount else self.by_key.get(_second_key(movement))
        nameless = next((line for line in alike if not line.bank_ref), None)
        if nameless is not None:
            nameless.bank_ref, nameless.key = movement.bank_ref, key
            self.by_key[key] = nameless
        return nameless

    def add(
        self, movement: Movement, key: str, likeness: str, nth: int, statement: Statement | None
    ) -> BankLine:
        reused = key in self.by_key
        line = BankLine(
            ref=random_ref(),
            book_id=self.book.id,
            organisation_id=self.book.organisation_id,
            statement_id=statement.id if statement else None,
            key=_second_key(movement) if reused else key or f"h:{likeness}:{nth}",
            likeness=likeness,
            came_on=movement.came_on,
            amount=movement.amount,
            text=movement.text,
            bank_ref=movement.bank_ref,
            counter_account=movement.counter_account,
            state=LineState.OPEN,
            reason=LineReason.REUSED if reused else LineReason.NONE,
            at=clock.now(),
        )
        db.session.add(line)
        self._keep(line)
        return line


def _second_key(movement: Movement) -> str:
    """The bank's number with the sum: for a number that the bank gave twice."""
    return f"{_bank_key(movement)}:{int(movement.amount)}"


# --- by rule ----------------------------------------------------------------------------------------


def match(*, lines: Sequence[BankLine]) -> None:
    """Count what is clear among new lines of one payee, and say of the others why they wait.

    The turns of all charges that are named are taken at once; each line is weighed on what the one before left.
    """
    if not lines:
        return
    payee = lines[0].organisation_id
    references = {line.ref: finder.references_in(line.text) for line in lines}
    with db.session.no_autoflush:  # new lines go to the database once, as they turn out
        ids = queries.charges_named({ref for found in references.values() for ref in found}, payee)
        charges = take_turns(ids.values())
        recognised = queries.recognised_entries(charges)
        waiting = queries.waiting_for(charges)
        over = _paid_too_much(lines, references, ids, charges)
    for line in lines:
        named = [charges[ids[ref]] for ref in references[line.ref] if ref in ids]
        one = named[0] if len(named) == 1 else None
        verdict = matching.judge(
            line,
            references=references[line.ref],
            charges=named,
            recognised=recognised,
            waiting=waiting.get(one.id, []) if one else [],
            same_payer=over.get(queries.payer_of(one), []) if one else [],
        )
        line.named_id, line.reason = one.id if one else None, verdict.reason
        if one is not None and verdict.clear:
            recognised |= _settle(line, one, verdict.entry)
        elif one is not None:
            _tell_the_others(verdict.reason, waiting.setdefault(one.id, []))
            waiting[one.id].append(line)
    db.session.flush()


def _paid_too_much(
    lines: Sequence[BankLine],
    references: Mapping[str, Sequence[str]],
    ids: Mapping[str, int],
    charges: Mapping[int, Charge],
) -> dict[tuple[str, int | str], list[Charge]]:
    """What else the payers owe whose transfers are more than the charge they name: it may be for several."""
    named = [
        charge
        for line in lines
        for ref in references[line.ref]
        if ref in ids and line.amount > (charge := charges[ids[ref]]).to_pay > 0
    ]
    return queries.open_of_payers(named)


def _settle(line: BankLine, charge: Charge, by_hand: PaymentEntry | None) -> set[int]:
    """Count the line for its charge; where a person wrote this money down before, it is only recognised: that entry is
    answered. Nothing is sent to the database here: many lines go together."""
    entry = by_hand or write_down(
        charge=charge, amount=line.amount, by=None, way=Way.TRANSFER, provider_ref=f"line:{line.ref}"
    )
    db.session.add(BankPart(line=line, charge_id=charge.id, amount=line.amount, entry=entry))
    line_lifecycle.advance(line, "count")
    return {by_hand.id} if by_hand else set()


def _tell_the_others(reason: LineReason, waiting: Iterable[BankLine]) -> None:
    """The last of several parts says it for the earlier ones too."""
    if reason is LineReason.PARTS:
        for other in waiting:
            other.reason = LineReason.PARTS


# --- by a person ------------------------------------------------------------------------------------


def assign(*, line: BankLine, parts: Mapping[int, Money], by: Any) -> BankLine:
    """A person says what the money is for: charge id → sum, all of the line. It counts after some minutes, until when
    it can be taken back. Raises Refusal."""
    _take_turn(line, by)
    wanted = {charge_id: amount for charge_id, amount in parts.items() if amount > 0}
    known = queries.own_charges(wanted, line.organisation_id)
    if not wanted or len(known) < len(wanted):
        raise Refusal(_l("Please say what the money is for."))
    left = int(line.amount) - sum(int(amount) for amount in wanted.values())
    if left:
        raise Refusal(_what_is_left(left))
    line_lifecycle.advance(line, "assign")
    line.counts_at = clock.now() + TIME_TO_UNDO
    for charge_id, amount in wanted.items():
        line.parts.append(BankPart(charge_id=charge_id, amount=amount, by_id=by.id))
    db.session.flush()
    announce(BankLineAssigned(line_id=line.id, amount=int(line.amount), actor_id=by.id))
    return line


def _what_is_left(left: int) -> str:
    amount = formats.vnd(Money(abs(left)), language())
    if left > 0:
        return _("%(sum)s of it are not placed yet: the parts must make the whole payment.", sum=amount)
    return _("The parts are %(sum)s more than the payment.", sum=amount)


def recognise(*, line: BankLine, entry: PaymentEntry, by: Any) -> BankLine:
    """A person says: this is the money that was written down by hand. Nothing is counted again."""
    _take_turn(line, by)
    charge = take_turns([entry.charge_id])[entry.charge_id]
    found = matching.by_hand(charge, line, queries.recognised_entries({charge.id: charge}))
    if charge.payee_organisation_id != line.organisation_id or found is None:
        raise Refusal(_l("This was not written down by hand with this sum."))
    line.parts.append(BankPart(charge_id=charge.id, amount=line.amount, entry_id=found.id, by_id=by.id))
    line_lifecycle.advance(line, "count")
    db.session.flush()
    announce(BankLineRecognised(line_id=line.id, amount=int(line.amount), actor_id=by.id))
    return line


def dismiss(*, line: BankLine, words: str, by: Any) -> BankLine:
    """It is no payment for our sales: rent, a loan, a gift. The reason stays beside it."""
    _take_turn(line, by)
    said = clean_line(words)
    if not said:
        raise Refusal(_l("Please say in a few words what this money is."), field="words")
    line_lifecycle.advance(line, "dismiss")
    line.words = said[:255]
    db.session.flush()
    announce(BankLineDismissed(line_id=line.id, amount=int(line.amount), words=line.words, actor_id=by.id))
    return line


def reopen(*, line: BankLine, by: Any) -> BankLine:
    """Take back what was said, before it counts."""
    _take_turn(line, by)
    line_lifecycle.advance(line, "reopen")
    line.counts_at, line.words = None, ""
    line.parts.clear()
    db.session.flush()
    announce(BankLineReopened(line_id=line.id, amount=int(line.amount), actor_id=by.id))
    return line


def count(*, line: BankLine, by: Any) -> BankLine:
    """What was assigned goes to the ledger, each part on its charge; too much or late money is due back there."""
    _take_turn(line, by)
    line_lifecycle.advance(line, "count")
    line.counts_at = None
    charges = take_turns([part.charge_id for part in line.parts])
    for part in line.parts:
        entry = write_down(
            charge=charges[part.charge_id],
            amount=part.amount,
            by=None,
            way=Way.TRANSFER,
            provider_ref=f"line:{line.ref}:{part.id}",
        )
        part.entry = entry
    db.session.flush()
    announce(BankLineCounted(line_id=line.id, amount=int(line.amount), actor_id=id_of(by)))
    return line


def _take_turn(line: BankLine, by: Any) -> None:
    """Two people, or a person and the clock, never decide on one line at a time."""
    if by is not None and line.organisation_id not in by.organisation_ids:
        raise Refusal(_l("Only the payee can say what money is for."))
    db.session.refresh(line, with_for_update={"of": BankLine})
    db.session.expire(line, ["parts"])
