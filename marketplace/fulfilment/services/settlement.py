"""Settlement sheets: drawn up, confirmed by both, replaced by another, paid."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite

from marketplace.cooperatives import queries as cooperatives
from marketplace.foundation import clock, formats
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.money import Money
from marketplace.foundation.reference import random_ref
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _l
from marketplace.fulfilment import settling, traded
from marketplace.fulfilment.ending import Said
from marketplace.fulfilment.events import (
    DepositEnded,
    SettlementConfirmed,
    SettlementConfirmedBySide,
    SettlementDrawn,
    SettlementEvent,
    SettlementPaid,
    SettlementReopened,
    SettlementReplaced,
)
from marketplace.fulfilment.models import (
    DepositEnd,
    Settlement,
    SettlementBook,
    SettlementCounter,
    SettlementCredit,
    SettlementFact,
    SettlementLine,
    SettlementPart,
)
from marketplace.fulfilment.notices import settlement as notices
from marketplace.fulfilment.queries import settlement as queries
from marketplace.fulfilment.queries.shortfall import ENDED
from marketplace.fulfilment.states import (
    POOL_SHARE,
    SETTLEMENT,
    SETTLEMENT_BACK,
    TO_CONFIRM,
    DueFrom,
    SettlementState,
    settlement_lifecycle,
)
from marketplace.linkage import queries as linkage
from marketplace.linkage.models import Contract
from marketplace.linkage.queries.contract import side_of
from marketplace.linkage.reckoning.deposit import Refuser
from marketplace.linkage.reckoning.settlement import LineKind
from marketplace.linkage.states.contract import PARTIES, ContractSide
from marketplace.payments import services as payments
from marketplace.payments.models import Charge
from marketplace.payments.states import Way

LONGEST_TITLE = 80


def draw(
    *,
    contract: Contract,
    first: dt.date | None = None,
    last: dt.date | None = None,
    deductions: Sequence[tuple[str, Money]] = (),
    by: Any,
) -> Settlement:
    """A sheet of all firm slips of these days that stand in none, with what earlier sheets have to be corrected by.
    `by` is a person of either side, an officer on their behalf, or None for the clock. `deductions`: (why, đồng) that
    the other side confirms with the sheet.

    Raises Refusal when nothing is to be settled, or naming the day whose market price nobody wrote down.
    """
    side = _side(contract, by)
    book_of(contract)
    return _draw(contract, side, by, deductions, first=first, last=last)


def draw_by_clock(*, contract_id: int) -> None:
    """The same without being asked. Where a market price is missing both sides hear which; nothing to settle is no
    mistake."""
    contract = linkage.contract_by_id(contract_id)
    book_of(contract)
    told = settling.proposal(contract)
    if told.missing:
        notices.price_missing(contract, told.missing[0])
    elif told.is_due:
        _draw(contract, None, None, (), first=None, last=None)


def confirm(*, settlement: Settlement, by: Any) -> None:
    """Yes for one's side; the second yes makes it owed. Said twice by one side it is said once."""
    _turn(settlement)
    side = _party(settlement.contract, by)
    if _confirmed_at(settlement, side) is not None and settlement.state is not SettlementState.VOID:
        return
    if settlement.state not in TO_CONFIRM:
        raise Refusal(_l("Another sheet stands for this one. Please look at it again."))
    if side is ContractSide.SELLER:
        settlement.seller_confirmed_at, settlement.seller_confirmed_by_id = clock.now(), id_of(by)
    else:
        settlement.buyer_confirmed_at, settlement.buyer_confirmed_by_id = clock.now(), id_of(by)
    announce(_about(SettlementConfirmedBySide, settlement, by, side=side))
    if settlement.seller_confirmed_at is None or settlement.buyer_confirmed_at is None:
        settlement_lifecycle.advance(settlement, f"confirm_as_{side}")
        db.session.flush()
        notices.confirmed_by_one(settlement, side)
        return
    _complete(settlement, by)


def disagree(
    *,
    settlement: Settlement,
    words: str,
    deductions: Sequence[tuple[str, Money]] | None = None,
    refuser: Refuser | None = None,
    let_go: Money | None = None,
    by: Any,
) -> Settlement:
    """No, with a reason: the sheet is void and a new one stands for it, drawn up from what is known now. Without
    `deductions` those of the old sheet stay. `refuser`: who did not keep the contract, where the deposit ends by it and
    this side sees it otherwise. `let_go`: how much of inputs that no goods came for is not paid back; None as the old
    sheet says. An officer may do it on a side's behalf."""
    if not words.strip():
        raise Refusal(_l("Please write the reason: the other side will read it."), field="words")
    _turn(settlement)
    side = _side(settlement.contract, by)
    if settlement.state not in TO_CONFIRM:
        raise Refusal(_l("This sheet cannot be changed any more. Please look at it again."))
    kept = _deductions(settlement) if deductions is None else deductions
    made = _draw(
        settlement.contract,
        side,
        by,
        kept,
        first=settlement.from_day,
        last=settlement.until_day,
        instead_of=settlement,
        words=words.strip(),
        said=_said(settlement, refuser, side),
        let_go=settlement.of(LineKind.INPUTS_LET_GO) if let_go is None else let_go,
    )
    if let_go and made.of(LineKind.INPUTS_LET_GO) != let_go:
        raise Refusal(_l("No more can be let go than is asked back of it."), field="let_go")
    notices.disagreed(settlement, made, side, words)
    return made


def mark_paid(*, settlement: Settlement, by: Any = None) -> None:
    """All of it came, or nothing was to be paid. Twice changes nothing."""
    db.session.refresh(settlement, with_for_update={"of": Settlement})
    if settlement.state is not SettlementState.CONFIRMED:
        return
    settlement.paid_at = clock.now()
    settlement_lifecycle.advance(settlement, "pay")
    db.session.flush()
    announce(_about(SettlementPaid, settlement, by))
    notices.paid(settlement)


def mark_open(*, settlement: Settlement, by: Any = None) -> None:
    """Money that had come was paid back."""
    db.session.refresh(settlement, with_for_update={"of": Settlement})
    if settlement.state is not SettlementState.PAID:
        return
    settlement.paid_at = None
    settlement_lifecycle.advance(settlement, "reopen")
    db.session.flush()
    announce(_about(SettlementReopened, settlement, by))


def move_due_day(*, settlement: Settlement, day: dt.date) -> None:
    """The seller gave more time; no interest runs until then."""
    if settlement.state is SettlementState.CONFIRMED:
        settlement.due_on = day
        db.session.flush()


def drop_disputed(*, acceptance_id: int, by: Any = None) -> None:
    """A slip that is disputed leaves the sheet that nobody or one side has confirmed; the rest is drawn up anew, unless
    a price is missing by now: then nothing stands until somebody draws it up."""
    sheet = queries.open_sheet_of(acceptance_id)
    if sheet is None:
        return
    _turn(sheet)
    if sheet.state not in TO_CONFIRM:
        return
    _draw(
        sheet.contract,
        None,
        by,
        _deductions(sheet),
        first=sheet.from_day,
        last=sheet.until_day,
        instead_of=sheet,
        words=str(_l("One of its slips is disputed.")),
        said=_said(sheet, None, None),
        let_go=sheet.of(LineKind.INPUTS_LET_GO),
        may_be_empty=True,
    )


def close(*, contract_id: int, by: Any = None) -> None:
    """The contract is over and its record is written: what is left to be settled, and what becomes of the deposit, is
    proposed to both on one last sheet. Does nothing as long as something else is open, or twice."""
    contract = linkage.contract_by_id(contract_id)
    if contract.state not in ENDED:
        return
    book_of(contract)
    told = settling.proposal(contract)
    if told.closing and told.is_due:
        _draw(contract, None, by, (), first=None, last=None)


# --- drawing up ---------------------------------------------------------------------------------------


def book_of(contract: Contract) -> SettlementBook:
    """The contract's book, with its turn: whoever comes next waits."""
    insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    nothing = {
        name: Money(0)
        for name in ("deposit_came", "deposit_counted", "deposit_ended", "inputs_given", "inputs_counted")
    }
    db.session.execute(
        insert(SettlementBook).values(contract_id=contract.id, **nothing).on_conflict_do_nothing()
    )
    book = db.session.get_one(SettlementBook, contract.id)
    db.session.refresh(book, with_for_update=True)
    return book


def _turn(settlement: Settlement) -> None:
    book_of(settlement.contract)
    db.session.refresh(settlement)


def _draw(
    contract: Contract,
    side: ContractSide | None,
    by: Any,
    deductions: Sequence[tuple[str, Money]],
    *,
    first: dt.date | None,
    last: dt.date | None,
    instead_of: Settlement | None = None,
    words: str = "",
    said: Said | None = None,
    let_go: Money = settling.NOTHING,
    may_be_empty: bool = False,
) -> Settlement:
    if any(amount <= 0 or not why.strip() for why, amount in deductions):
        raise Refusal(_l("Write what is taken off, and how much."), field="amount")
    told = settling.proposal(
        contract,
        first=first,
        last=last,
        deductions=deductions,
        instead_of=instead_of,
        said=said,
        let_go=let_go,
    )
    if told.missing and not may_be_empty:
        raise Refusal(missing_words(told.missing[0]))
    if told.says_nothing and not may_be_empty:
        raise Refusal(_l("There is nothing to settle: no slip is agreed that does not stand in a sheet yet."))
    if instead_of is not None:
        _void(instead_of, words, by)
    if instead_of is not None and (told.missing or told.says_nothing):
        return instead_of
    made = _write(contract, told, side, by, instead_of)
    announce(_about(SettlementDrawn, made, by))
    notices.drawn(made)
    return made


def missing_words(missing: settling.Missing) -> Any:
    return _l(
        "Grade %(grade)s, delivered on %(day)s: the market price of %(market_day)s is missing or not confirmed. "
        "Compute it on the page of the contract first.",
        grade=missing.grade or "–",
        day=formats.date(missing.day, locale()),
        market_day=formats.date(missing.market_day, locale()),
    )


def _write(
    contract: Contract,
    told: settling.Proposal,
    side: ContractSide | None,
    by: Any,
    instead_of: Settlement | None,
) -> Settlement:
    made = Settlement(
        ref=random_ref(),
        number=_next_number(contract.cooperative_id),
        contract=contract,
        cooperative_id=contract.cooperative_id,
        replaces_id=instead_of.id if instead_of is not None else None,
        closing=told.closing,
        goods=told.goods,
        corrected=told.corrected,
        total=told.total,
        owed_back=told.owed_back,
        inputs_left=told.inputs_left,
        deposit_left=told.deposit_left,
        from_day=told.from_day,
        until_day=told.until_day,
        accepted_on=told.accepted_on,
        drawn_by=str(side) if side is not None else "",
        by_id=id_of(by),
        at=clock.now(),
        lines=[_line(position, line) for position, line in enumerate(told.lines, start=1)],
        facts=[SettlementFact(fact=fact, acceptance_id=slip_id) for fact, slip_id in told.facts],
        parts=[
            SettlementPart(
                cooperative_id=part.cooperative_id,
                kg=part.kg,
                goods=part.goods,
                corrected=part.corrected,
                amount=part.amount,
            )
            for part in told.parts
        ],
        deposit_end=_end(told),
    )
    db.session.add(made)
    book = db.session.get_one(SettlementBook, contract.id)
    book.inputs_counted = book.inputs_counted - told.of(LineKind.INPUTS)
    book.deposit_counted = book.deposit_counted - told.of(LineKind.DEPOSIT)
    if made.deposit_end is not None:
        book.deposit_ended = book.deposit_ended + made.deposit_end.kept + made.deposit_end.returned
    db.session.flush()
    return made


def _end(told: settling.Proposal) -> DepositEnd | None:
    if told.end is None:
        return None
    becomes = told.end.outcome
    return DepositEnd(
        refuser=told.end.refuser,
        kept=becomes.kept,
        returned=becomes.returned,
        added=becomes.added,
        said_by=told.end.said_by,
        words=told.end.words,
        inputs=told.end.inputs,
    )


def _line(position: int, line: settling.Planned) -> SettlementLine:
    return SettlementLine(
        position=position,
        kind=line.kind,
        amount=line.amount,
        fact=line.fact,
        acceptance_id=line.slip.id if line.slip is not None else None,
        slip=line.slip.number if line.slip is not None else "",
        day=line.day,
        grade=line.grade,
        quantity=line.quantity,
        price=line.price,
        words=line.words,
        inputs=line.inputs,
    )


def _next_number(cooperative_id: int) -> str:
    """The next of this year, inside this transaction: whoever counts too waits."""
    year = clock.today().year
    insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    statement = (
        insert(SettlementCounter)
        .values(cooperative_id=cooperative_id, year=year, last=1)
        .on_conflict_do_update(
            index_elements=["cooperative_id", "year"], set_={"last": SettlementCounter.last + 1}
        )
        .returning(SettlementCounter.last)
    )
    return f"QT-{year}-{db.session.execute(statement).scalar_one():06d}"


def _void(settlement: Settlement, words: str, by: Any) -> None:
    """It does not stand any more: what it settled and counted off is free again."""
    settlement.words = words[:500]
    settlement_lifecycle.advance(settlement, "replace")
    for fact in settlement.facts:
        fact.living = False
    book = db.session.get_one(SettlementBook, settlement.contract_id)
    book.inputs_counted = book.inputs_counted + settlement.of(LineKind.INPUTS)
    book.deposit_counted = book.deposit_counted + settlement.of(LineKind.DEPOSIT)
    if settlement.deposit_end is not None:
        ended = settlement.deposit_end.kept + settlement.deposit_end.returned
        book.deposit_ended = book.deposit_ended - ended
    db.session.flush()
    announce(_about(SettlementReplaced, settlement, by, words=words))


def _deductions(settlement: Settlement) -> list[tuple[str, Money]]:
    """What was agreed to be taken off, without what an earlier sheet left owed."""
    return [
        (line.words["vi"], -line.amount)
        for line in settlement.lines
        if line.kind is LineKind.DEDUCTION and not line.fact
    ]


def _said(settlement: Settlement, refuser: Refuser | None, side: ContractSide | None) -> Said | None:
    """Who refused, as this side says now, or as one side said of the sheet before; nobody where the record tells it."""
    if refuser is not None and side is not None:
        return Said(refuser, str(side))
    end = settlement.deposit_end
    return Said(end.refuser, end.said_by) if end is not None and end.said_by else None


# --- confirmed by both --------------------------------------------------------------------------------


def _complete(settlement: Settlement, by: Any) -> None:
    """It is owed from now on, in the same transaction; with nothing to pay it is paid at once."""
    settlement.due_on, settlement.due_from = due_day(settlement, clock.today())
    settlement.confirmed_at = clock.now()
    settlement_lifecycle.advance(settlement, "complete")
    db.session.flush()
    announce(_about(SettlementConfirmed, settlement, by, due_on=settlement.due_on.isoformat()))
    if settlement.total > 0:
        _ask_for_money(settlement, by)
    if settlement.closing:
        _take_off_earlier(settlement, by)
        _end_deposit(settlement, by)
    _hand_on(settlement, by)
    traded.tell(settlement=settlement, by=by)
    notices.confirmed(settlement)
    if not settlement.total:
        mark_paid(settlement=settlement, by=by)
    close(contract_id=settlement.contract_id, by=None)


def _take_off_earlier(settlement: Settlement, by: Any) -> None:
    """No later sheet will take off what the seller owes: less is owed for earlier ones, and what was paid for them is
    due back. What is left after that the seller pays to the buyer."""
    left = settlement.owed_back
    for sheet, charge in queries.charged_sheets(settlement.contract_id) if left else []:
        amount = min(left, charge.owed)
        if not amount:
            continue
        reason = str(_l("settlement sheet %(number)s", number=settlement.number))
        payments.adjust(charge=charge, amount=charge.amount - amount, reason=reason, by=by)
        settlement.credits.append(SettlementCredit(against=sheet, amount=amount))
        left = left - amount
        db.session.flush()
    if left:
        contract = settlement.contract
        payments.open_charge(
            purpose=SETTLEMENT_BACK,
            subject_id=settlement.id,
            title=title_of(settlement),
            amount=left,
            payee_organisation_id=contract.buyer_id,
            payer_name=contract.cooperative.name,
            payer_organisation_id=contract.cooperative.organisation_id,
            method=way_to(contract.buyer_id),
            due_on=settlement.due_on,
            by=by,
        )


def _end_deposit(settlement: Settlement, by: Any) -> None:
    """What both confirmed becomes of it: what goes back is no longer asked, so that it is due back; what is kept stays
    paid."""
    end, charge = settlement.deposit_end, queries.deposit_of(settlement.contract_id)
    if end is None or charge is None:
        return
    book = db.session.get_one(SettlementBook, settlement.contract_id)
    book.deposit_came = book.deposit_came - end.returned
    book.deposit_ended = book.deposit_ended - end.returned
    db.session.flush()
    reason = str(_l("settlement sheet %(number)s", number=settlement.number))
    payments.adjust(charge=charge, amount=book.deposit_came, reason=reason, by=by)
    told = {"kept": int(end.kept), "returned": int(end.returned), "added": int(end.added)}
    announce(_about(DepositEnded, settlement, by, **told))
    notices.deposit_ended(settlement, back_day(settlement))


def back_day(settlement: Settlement) -> dt.date:
    """By when a deposit is given back: the contract's days of payment, counted from the day on which both confirmed."""
    confirmed = clock.to_local(settlement.confirmed_at).date() if settlement.confirmed_at else clock.today()
    return confirmed + dt.timedelta(days=_days_to_pay(settlement.contract))


def due_day(settlement: Settlement, confirmed_on: dt.date) -> tuple[dt.date, DueFrom]:
    """The contract's days after the last acceptance; the day of confirmation when that is later."""
    if settlement.accepted_on is not None:
        by_slip = paid_by_terms(settlement.contract, settlement.accepted_on)
        if by_slip >= confirmed_on:
            return by_slip, DueFrom.ACCEPTANCE
    return confirmed_on, DueFrom.CONFIRMATION


def _days_to_pay(contract: Contract) -> int:
    content = linkage.content_in_force(contract)
    return int((content["payment"]["days"] if content is not None else None) or 0)


def paid_by_terms(contract: Contract, accepted_on: dt.date) -> dt.date:
    """The contract's days after an acceptance."""
    return accepted_on + dt.timedelta(days=_days_to_pay(contract))


def _ask_for_money(settlement: Settlement, by: Any) -> Charge:
    contract = settlement.contract
    return payments.open_charge(
        purpose=SETTLEMENT,
        subject_id=settlement.id,
        title=title_of(settlement),
        amount=settlement.total,
        payee_organisation_id=contract.cooperative.organisation_id,
        payer_name=contract.buyer.name,
        payer_organisation_id=contract.buyer_id,
        method=way_to(contract.cooperative.organisation_id),
        due_on=settlement.due_on,
        by=by,
    )


def _hand_on(settlement: Settlement, by: Any) -> None:
    """What the lead of a pool hands on to each other member, or gets back of one; its own part stays with it."""
    lead = settlement.contract.cooperative
    for part in settlement.parts:
        if part.cooperative_id == lead.id or not part.amount:
            continue
        payer, payee = (lead, part.cooperative) if part.amount > 0 else (part.cooperative, lead)
        payments.open_charge(
            purpose=POOL_SHARE,
            subject_id=part.id,
            title=title_of(settlement),
            amount=Money(abs(part.amount)),
            payee_organisation_id=payee.organisation_id,
            payer_name=payer.name,
            payer_organisation_id=payer.organisation_id,
            method=way_to(payee.organisation_id),
            due_on=settlement.due_on,
            by=by,
        )
        notices.part(part)


def way_to(organisation_id: int) -> Way:
    """By transfer where the payee has a verified account, else in cash."""
    return Way.TRANSFER if cooperatives.verified_account(organisation_id) is not None else Way.CASH


def title_of(settlement: Settlement) -> str:
    """As it stands on pages and papers of money."""
    return f"Quyết toán {settlement.number}, hợp đồng {settlement.contract.number}"[:LONGEST_TITLE]


# --- who ----------------------------------------------------------------------------------------------


def _side(contract: Contract, by: Any) -> ContractSide | None:
    """Nobody at all is the clock."""
    if by is None:
        return None
    side = side_of(by, contract)
    if side is None:
        raise Refusal(_l("You act for neither the seller nor the buyer."))
    return side


def _party(contract: Contract, by: Any) -> ContractSide:
    side = _side(contract, by)
    if side not in PARTIES:
        raise Refusal(_l("Only the seller and the buyer confirm a sheet."))
    return side


def _confirmed_at(settlement: Settlement, side: ContractSide) -> dt.datetime | None:
    if side is ContractSide.SELLER:
        return settlement.seller_confirmed_at
    return settlement.buyer_confirmed_at


def _about(kind: type[SettlementEvent], settlement: Settlement, by: Any, **more: Any) -> SettlementEvent:
    return kind(
        settlement_id=settlement.id,
        contract_id=settlement.contract_id,
        number=settlement.number,
        total=int(settlement.total),
        actor_id=id_of(by),
        **more,
    )
