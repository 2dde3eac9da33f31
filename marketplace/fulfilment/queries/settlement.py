"""Reading settlement sheets, what they settle and what is still to be settled."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, String, and_, case, cast, exists, func, literal, or_, select, union
from sqlalchemy.orm import aliased, joinedload, selectinload

from marketplace.accounts.models import Organisation
from marketplace.cooperatives.models import Cooperative
from marketplace.foundation import clock
from marketplace.foundation.db import TODAY, Page, db, how_many, page_of
from marketplace.foundation.money import Money
from marketplace.fulfilment.models import (
    Acceptance,
    AcceptanceLine,
    ContractShortfall,
    InputAdvance,
    Settlement,
    SettlementBook,
    SettlementCredit,
    SettlementFact,
    SettlementLine,
    SettlementPart,
    SlipDispute,
)
from marketplace.fulfilment.states import (
    AGREED,
    CONTRACT_DEPOSIT,
    FIRM,
    LIVING,
    POOL_SHARE,
    SETTLEMENT,
    SETTLEMENT_BACK,
    TO_CONFIRM,
    Outcome,
    SettlementState,
)
from marketplace.linkage.models import AgreedPrice, CallOff, Contract, ContractVersion
from marketplace.linkage.reckoning.settlement import OF_SLIPS
from marketplace.payments import queries as payments
from marketplace.payments.models import Charge
from marketplace.payments.states import ChargeState, Posting

# --- what is to be settled ----------------------------------------------------------------------------


def _free(beside: Settlement | None) -> Any:
    """No living sheet settles the slip, but perhaps the one beside which it is asked."""
    taken = exists().where(SettlementFact.acceptance_id == Acceptance.id, SettlementFact.living)
    if beside is not None:
        taken = taken.where(SettlementFact.settlement_id != beside.id)
    return ~taken


def unsettled(
    contract_id: int,
    *,
    first: dt.date | None = None,
    last: dt.date | None = None,
    beside: Settlement | None = None,
) -> Sequence[Acceptance]:
    """Firm slips of deliveries within these days that stand in no sheet, the oldest first, with their lines."""
    query = (
        select(Acceptance)
        .where(Acceptance.contract_id == contract_id, Acceptance.state.in_(FIRM), _free(beside))
        .options(
            selectinload(Acceptance.all_lines),
            joinedload(Acceptance.call_off).joinedload(CallOff.product),
            joinedload(Acceptance.contract),
            joinedload(Acceptance.cooperative),
        )
        .order_by(Acceptance.arrived_at, Acceptance.id)
    )
    if first is not None:
        query = query.where(Acceptance.arrived_at >= clock.start_of_day(first))
    if last is not None:
        query = query.where(Acceptance.arrived_at < clock.start_of_day(last + dt.timedelta(days=1)))
    return db.session.scalars(query).all()


def to_draw() -> list[int]:
    """Ids of contracts with firm slips that stand in no sheet, with corrections of slips that do, or that are over with
    a part of their deposit left."""
    slips = select(Acceptance.contract_id).where(Acceptance.state.in_(FIRM), _free(None))
    corrected = _recounted(None).with_only_columns(Acceptance.contract_id)
    left = SettlementBook.deposit_came - SettlementBook.deposit_counted - SettlementBook.deposit_ended
    over = select(ContractShortfall.contract_id).where(
        ContractShortfall.contract_id == SettlementBook.contract_id, left > 0
    )
    return sorted(db.session.scalars(union(slips, corrected, over)))


def _recounted(beside: Settlement | None) -> Any:
    """Firm slips, the sheet that both confirmed with them, and the dispute that corrected them since."""
    fact = literal("correction:") + cast(Acceptance.id, String) + ":" + cast(Acceptance.revision, String)
    corrected = aliased(SettlementFact)
    taken = exists().where(corrected.fact == fact, corrected.living)
    if beside is not None:
        taken = taken.where(corrected.settlement_id != beside.id)
    of_revision = (SlipDispute.acceptance_id == Acceptance.id) & (SlipDispute.revision == Acceptance.revision)
    return (
        select(Acceptance, Settlement, SlipDispute)
        .join(SettlementFact, SettlementFact.acceptance_id == Acceptance.id)
        .join(Settlement, Settlement.id == SettlementFact.settlement_id)
        .join(SlipDispute, of_revision)
        .where(
            Acceptance.state.in_(FIRM),
            SettlementFact.living,
            SettlementFact.fact == literal("slip:") + cast(Acceptance.id, String),
            Settlement.state.in_(AGREED),
            SlipDispute.closed_at >= Settlement.at,
            ~taken,
        )
    )


def recounted(
    contract_id: int, *, beside: Settlement | None = None
) -> list[tuple[Acceptance, Settlement, SlipDispute]]:
    """Slips that were corrected after a sheet that both confirmed had settled them, and whose correction stands in no
    sheet: with that sheet and the dispute, the oldest first."""
    query = _recounted(beside).where(Acceptance.contract_id == contract_id)
    query = query.options(selectinload(Acceptance.all_lines)).order_by(Acceptance.arrived_at, Acceptance.id)
    return [(row[0], row[1], row[2]) for row in db.session.execute(query)]


def settled_lines(acceptance_ids: Collection[int]) -> Sequence[SettlementLine]:
    """What sheets that both confirmed say of these slips, the oldest first."""
    return db.session.scalars(
        select(SettlementLine)
        .join(SettlementLine.settlement)
        .where(SettlementLine.acceptance_id.in_([*acceptance_ids]), Settlement.state.in_(AGREED))
        .order_by(SettlementLine.settlement_id, SettlementLine.position)
    ).all()


def waits_to_be_confirmed(contract_id: int, *, beside: Settlement | None = None) -> bool:
    """Whether another sheet of this contract waits for somebody's yes."""
    query = select(Settlement.id).where(
        Settlement.contract_id == contract_id, Settlement.state.in_(TO_CONFIRM)
    )
    if beside is not None:
        query = query.where(Settlement.id != beside.id)
    return db.session.scalar(query.limit(1)) is not None


def charged_sheets(contract_id: int) -> Sequence[tuple[Settlement, Charge]]:
    """Sheets that ask for money, with what they ask, the newest first."""
    rows = db.session.execute(
        select(Settlement, Charge)
        .join(Charge, and_(Charge.purpose == SETTLEMENT, Charge.subject_id == Settlement.id))
        .where(Settlement.contract_id == contract_id, Settlement.state.in_(AGREED))
        .order_by(Settlement.id.desc())
    )
    return [(row[0], row[1]) for row in rows]


def agreed_prices(contract_id: int) -> Sequence[AgreedPrice]:
    """All that both confirmed, the newest first: one statement."""
    return db.session.scalars(
        select(AgreedPrice)
        .where(
            AgreedPrice.contract_id == contract_id,
            AgreedPrice.seller_agreed_at.is_not(None),
            AgreedPrice.buyer_agreed_at.is_not(None),
        )
        .order_by(AgreedPrice.day.desc(), AgreedPrice.id.desc())
    ).all()


def taken_facts(facts: Collection[str], *, beside: Settlement | None = None) -> set[str]:
    """Which of these a living sheet settles already."""
    if not facts:
        return set()
    query = select(SettlementFact.fact).where(SettlementFact.fact.in_([*facts]), SettlementFact.living)
    if beside is not None:
        query = query.where(SettlementFact.settlement_id != beside.id)
    return {*db.session.scalars(query)}


def owed_back(contract_id: int, *, beside: Settlement | None = None) -> Sequence[Settlement]:
    """Confirmed sheets that left the seller owing, and no later sheet has taken it off. A closing sheet sees to its
    own: no later one comes."""
    taken = exists().where(
        SettlementFact.fact == "settlement:" + func.cast(Settlement.id, SettlementFact.fact.type),
        SettlementFact.living,
    )
    if beside is not None:
        taken = taken.where(SettlementFact.settlement_id != beside.id)
    return db.session.scalars(
        select(Settlement)
        .where(
            Settlement.contract_id == contract_id,
            Settlement.state.in_(AGREED),
            Settlement.owed_back > 0,
            ~Settlement.closing,
            ~taken,
        )
        .order_by(Settlement.id)
    ).all()


@dataclass(frozen=True, slots=True)
class LatePayment:
    """A sum that came for a sheet after its day."""

    number: str
    ref: str
    fact: str
    amount: Money
    due_on: dt.date
    paid_on: dt.date


def late_payments(contract_id: int) -> list[LatePayment]:
    """What came too late for the contract's sheets; of what came too much only what was owed."""
    rows = db.session.execute(
        select(Settlement, Charge)
        .join(Charge, and_(Charge.purpose == SETTLEMENT, Charge.subject_id == Settlement.id))
        .where(
            Settlement.contract_id == contract_id, Settlement.state.in_(AGREED), Charge.due_on.is_not(None)
        )
        .options(selectinload(Charge.postings))
        .order_by(Settlement.id)
    ).all()
    found = []
    for sheet, charge in rows:
        left, due_on = int(charge.amount), charge.due_on
        assert due_on is not None, "asked for with a day"
        for entry in charge.postings:
            if entry.kind is not Posting.CONFIRMED or left <= 0:
                continue
            amount, left = min(int(entry.amount), left), left - int(entry.amount)
            paid_on = clock.to_local(entry.at).date()
            if paid_on > due_on:
                fact = f"payment:{entry.id}"
                found.append(LatePayment(sheet.number, sheet.ref, fact, Money(amount), due_on, paid_on))
    return found


def book_of(contract_id: int) -> SettlementBook | None:
    return db.session.get(SettlementBook, contract_id)


# --- sheets -------------------------------------------------------------------------------------------


def _whole() -> tuple[Any, ...]:
    return (
        joinedload(Settlement.contract).joinedload(Contract.cooperative).joinedload(Cooperative.organisation),
        joinedload(Settlement.contract).joinedload(Contract.buyer),
        selectinload(Settlement.lines),
        selectinload(Settlement.parts).joinedload(SettlementPart.cooperative),
        joinedload(Settlement.deposit_end),
        selectinload(Settlement.credits).joinedload(SettlementCredit.against),
    )


def settlement_by_id(settlement_id: int) -> Settlement:
    return db.session.scalars(
        select(Settlement).where(Settlement.id == settlement_id).options(*_whole())
    ).one()


def _parties(user: Any) -> Any:
    own = [*user.organisation_ids]
    seller = Contract.cooperative_id.in_(select(Cooperative.id).where(Cooperative.organisation_id.in_(own)))
    return or_(seller, Contract.buyer_id.in_(own))


def settlement_by_ref(ref: str, user: Any) -> Settlement | None:
    """For the parties and officers; with its lines: a constant number of statements."""
    query = select(Settlement).join(Settlement.contract).where(Settlement.ref == ref).options(*_whole())
    if not user.is_officer:
        query = query.where(_parties(user))
    return db.session.scalar(query)


def part_by_ref(ref: str, user: Any) -> SettlementPart | None:
    """A member's own part of a sheet, found by the sheet."""
    return db.session.scalar(
        select(SettlementPart)
        .join(SettlementPart.settlement)
        .join(SettlementPart.cooperative)
        .where(Settlement.ref == ref, Cooperative.organisation_id.in_([*user.organisation_ids]))
        .options(joinedload(SettlementPart.settlement).joinedload(Settlement.contract))
    )


def corrected_by(settlement: Settlement) -> Sequence[Settlement]:
    """Later sheets that stand and correct slips of this one, the oldest first."""
    ours, theirs = aliased(SettlementFact), aliased(SettlementFact)
    of_ours = select(ours.acceptance_id).where(
        ours.settlement_id == settlement.id, ours.living, ours.fact.startswith("slip:")
    )
    return db.session.scalars(
        select(Settlement)
        .join(theirs, theirs.settlement_id == Settlement.id)
        .where(theirs.acceptance_id.in_(of_ours), theirs.fact.startswith("correction:"), theirs.living)
        .distinct()
        .order_by(Settlement.id)
    ).all()


def replaced_by(settlement: Settlement) -> Settlement | None:
    return db.session.scalar(select(Settlement).where(Settlement.replaces_id == settlement.id))


def advance_by_ref(ref: str, user: Any) -> InputAdvance | None:
    query = select(InputAdvance).join(InputAdvance.contract).where(InputAdvance.ref == ref)
    return db.session.scalar(query if user.is_officer else query.where(_parties(user)))


def advance_by_id(advance_id: int) -> InputAdvance:
    return db.session.get_one(InputAdvance, advance_id)


def advances_of(contract_id: int) -> Sequence[InputAdvance]:
    """The newest first."""
    return db.session.scalars(
        select(InputAdvance)
        .where(InputAdvance.contract_id == contract_id)
        .order_by(InputAdvance.id.desc())
        .limit(100)
    ).all()


def open_sheet_of(acceptance_id: int) -> Settlement | None:
    """The sheet that counts this slip, or corrects it, and was not confirmed by both."""
    return db.session.scalar(
        select(Settlement)
        .join(SettlementFact, SettlementFact.settlement_id == Settlement.id)
        .where(
            SettlementFact.acceptance_id == acceptance_id,
            SettlementFact.living,
            Settlement.state.in_(TO_CONFIRM),
        )
        .options(*_whole())
    )


def paid_by(contract_ids: Collection[int]) -> dict[int, Decimal]:
    """Contract → kilograms of slips that are paid: of each no more than the slip says by now, and a slip that is
    disputed counts as little as it does among those accepted."""
    sheets = (
        select(
            Settlement.contract_id,
            SettlementLine.acceptance_id,
            func.sum(SettlementLine.quantity).label("kg"),
        )
        .join(Settlement.lines)
        .where(
            Settlement.contract_id.in_([*contract_ids]),
            Settlement.state == SettlementState.PAID,
            SettlementLine.kind.in_(OF_SLIPS),
        )
        .group_by(Settlement.contract_id, SettlementLine.acceptance_id)
        .subquery()
    )
    good = (
        select(Acceptance.id, func.sum(AcceptanceLine.kg).label("kg"))
        .join(
            AcceptanceLine,
            (AcceptanceLine.acceptance_id == Acceptance.id)
            & (AcceptanceLine.revision == Acceptance.revision),
        )
        .where(
            Acceptance.contract_id.in_([*contract_ids]),
            Acceptance.state.in_(FIRM),
            AcceptanceLine.outcome == Outcome.ACCEPTED,
        )
        .group_by(Acceptance.id)
        .subquery()
    )
    least = case((sheets.c.kg < good.c.kg, sheets.c.kg), else_=good.c.kg)
    rows = db.session.execute(
        select(sheets.c.contract_id, func.sum(least))
        .join(good, good.c.id == sheets.c.acceptance_id)
        .group_by(sheets.c.contract_id)
    ).all()
    return {row[0]: Decimal(row[1] or 0) for row in rows}


def paid_of(contract_id: int) -> Sequence[tuple[Settlement, Decimal]]:
    """A contract's sheets that are paid, the oldest first, each with its kilograms: one statement."""
    query = (
        select(Settlement, func.sum(SettlementLine.quantity))
        .join(Settlement.lines)
        .where(
            Settlement.contract_id == contract_id,
            Settlement.state == SettlementState.PAID,
            SettlementLine.kind.in_(OF_SLIPS),
        )
        .group_by(Settlement.id)
        .order_by(Settlement.id)
    )
    return [(sheet, Decimal(kg or 0)) for sheet, kg in db.session.execute(query)]


# --- what a seller waits for --------------------------------------------------------------------------


def _with_terms(contract: Any) -> Any:
    """With its buyer and all that says when it pays."""
    return (
        contract.joinedload(Contract.buyer),
        contract.selectinload(Contract.versions).selectinload(ContractVersion.revisions),
    )


def to_confirm_of(cooperative_id: int) -> Sequence[Settlement]:
    """Sheets of its contracts that both have not confirmed yet and that bring money."""
    return db.session.scalars(
        select(Settlement)
        .where(
            Settlement.cooperative_id == cooperative_id,
            Settlement.state.in_(TO_CONFIRM),
            Settlement.total > 0,
        )
        .options(*_with_terms(joinedload(Settlement.contract)))
        .order_by(Settlement.id)
    ).all()


def parts_to_confirm(cooperative_id: int) -> Sequence[SettlementPart]:
    """The same of pools that others lead: its own parts."""
    contract = joinedload(SettlementPart.settlement).joinedload(Settlement.contract)
    return db.session.scalars(
        select(SettlementPart)
        .join(SettlementPart.settlement)
        .where(
            SettlementPart.cooperative_id == cooperative_id,
            SettlementPart.amount > 0,
            Settlement.cooperative_id != cooperative_id,
            Settlement.state.in_(TO_CONFIRM),
        )
        .options(*_with_terms(contract))
        .order_by(SettlementPart.id)
    ).all()


def in_no_sheet(cooperative_id: int) -> Sequence[tuple[Contract, dt.datetime]]:
    """Its contracts with firm slips that stand in no sheet, and since when the newest of them counts."""
    newest = (
        select(Acceptance.contract_id, func.max(Acceptance.firm_since).label("since"))
        .where(Acceptance.state.in_(FIRM), _free(None))
        .group_by(Acceptance.contract_id)
        .subquery()
    )
    query = (
        select(Contract, newest.c.since)
        .join(newest, newest.c.contract_id == Contract.id)
        .where(Contract.cooperative_id == cooperative_id, newest.c.since.is_not(None))
        .options(
            joinedload(Contract.buyer),
            selectinload(Contract.versions).selectinload(ContractVersion.revisions),
        )
        .order_by(Contract.id)
    )
    return [(contract, since) for contract, since in db.session.execute(query)]


def goods_settled(contract_ids: Collection[int]) -> dict[int, Money]:
    """Contract → the value of the goods in its sheets that stand."""
    rows = db.session.execute(
        select(Settlement.contract_id, func.sum(Settlement.goods))
        .where(Settlement.contract_id.in_([*contract_ids]), Settlement.state.in_(LIVING))
        .group_by(Settlement.contract_id)
    )
    return {contract_id: Money(int(goods)) for contract_id, goods in rows}


# --- lists --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One line of a list; `waits` for this reader's yes."""

    ref: str
    number: str
    state: SettlementState
    contract_ref: str
    contract_number: str | None
    seller: str
    buyer: str
    from_day: dt.date | None
    until_day: dt.date | None
    goods: Money
    total: Money
    owed_back: Money
    due_on: dt.date | None
    late_days: int


def _listed() -> Select[Any]:
    listed: Any = (
        select(
            Settlement.ref,
            Settlement.number,
            Settlement.state,
            Contract.ref.label("contract_ref"),
            Contract.number.label("contract_number"),
            Cooperative.short_name,
            Cooperative.name.label("seller_name"),
            Organisation.name.label("buyer_name"),
            Settlement.from_day,
            Settlement.until_day,
            Settlement.goods,
            Settlement.total,
            Settlement.owed_back,
            Settlement.due_on,
        )
        .join(Contract, Contract.id == Settlement.contract_id)
        .join(Cooperative, Cooperative.id == Contract.cooperative_id)
        .join(Organisation, Organisation.id == Contract.buyer_id)
    )
    return listed


def _row(row: Any) -> SheetRow:
    late = row.state is SettlementState.CONFIRMED and row.due_on is not None
    return SheetRow(
        row.ref,
        row.number,
        row.state,
        row.contract_ref,
        row.contract_number,
        row.short_name or row.seller_name,
        row.buyer_name,
        row.from_day,
        row.until_day,
        row.goods,
        row.total,
        row.owed_back,
        row.due_on,
        max((clock.today() - row.due_on).days, 0) if late else 0,
    )


def sheets_of(contract_id: int, after: str | None = None) -> Page[SheetRow]:
    """Of a contract, the newest first; void ones too."""
    query = _listed().where(Settlement.contract_id == contract_id)
    return page_of(query, Settlement.id, after=after, size=20, descending=True).map(_row)


TABS = {"open": TO_CONFIRM, "to_pay": (SettlementState.CONFIRMED,), "paid": (SettlementState.PAID,)}


def sheets_between(
    organisation_ids: Collection[int], tab: str = "open", after: str | None = None
) -> Page[SheetRow]:
    """Of all contracts that these organisations sell or buy by."""
    own = [*organisation_ids]
    query = _listed().where(
        or_(Cooperative.organisation_id.in_(own), Contract.buyer_id.in_(own)),
        Settlement.state.in_(TABS.get(tab, TO_CONFIRM)),
    )
    return page_of(query, Settlement.id, after=after, size=20, descending=True).map(_row)


def all_sheets(tab: str = "late", after: str | None = None) -> Page[SheetRow]:
    """For officers: late ones first of all, or by state."""
    query = _listed()
    if tab == "late":
        query = query.where(Settlement.state == SettlementState.CONFIRMED, Settlement.due_on < clock.today())
    else:
        query = query.where(Settlement.state.in_(TABS.get(tab, TO_CONFIRM)))
    return page_of(query, Settlement.id, after=after, size=20, descending=True).map(_row)


def _parts(shown: Any, after: str | None) -> Page[SettlementPart]:
    """Parts of members of sheets that stand, the newest first; what a lead keeps for itself is none."""
    query = (
        select(SettlementPart)
        .join(SettlementPart.settlement)
        .where(
            shown, Settlement.state.in_(LIVING), SettlementPart.cooperative_id != Settlement.cooperative_id
        )
        .options(
            joinedload(SettlementPart.settlement)
            .joinedload(Settlement.contract)
            .joinedload(Contract.cooperative),
            joinedload(SettlementPart.cooperative),
        )
    )
    return page_of(query, SettlementPart.id, after=after, size=20, descending=True).map(lambda row: row[0])


def parts_for(cooperative_ids: Collection[int], after: str | None = None) -> Page[SettlementPart]:
    """A member's own."""
    return _parts(SettlementPart.cooperative_id.in_([*cooperative_ids]), after)


def parts_late(after: str | None = None) -> Page[SettlementPart]:
    """What leads have not handed on in time."""
    return _parts(SettlementPart.id.in_(select(Charge.subject_id).where(_share_late())), after)


def _share_late() -> Any:
    open_ = Charge.state.in_((ChargeState.EXPECTED, ChargeState.REPORTED))
    return and_(Charge.purpose == POOL_SHARE, open_, Charge.due_on < TODAY)


def part_late_ids() -> Select[Any]:
    """What leads of pools have not handed on in time."""
    return select(Charge.id).where(_share_late())


def count_parts_waiting(cooperative_id: int) -> int:
    """A member's parts of which the lead says that it handed them on, or should have."""
    handed = and_(Charge.purpose == POOL_SHARE, Charge.state == ChargeState.REPORTED)
    query = (
        select(func.count(Charge.id))
        .join(SettlementPart, SettlementPart.id == Charge.subject_id)
        .where(SettlementPart.cooperative_id == cooperative_id, or_(handed, _share_late()))
    )
    return int(db.session.scalar(query) or 0)


def count_to_confirm(organisation_ids: Collection[int]) -> int:
    """Sheets that wait for the yes of one of these."""
    if not organisation_ids:
        return 0
    own = [*organisation_ids]
    query = (
        select(func.count())
        .select_from(Settlement)
        .join(Settlement.contract)
        .join(Contract.cooperative)
        .where(
            Settlement.state.in_(TO_CONFIRM),
            or_(
                Cooperative.organisation_id.in_(own) & Settlement.seller_confirmed_at.is_(None),
                Contract.buyer_id.in_(own) & Settlement.buyer_confirmed_at.is_(None),
            ),
        )
    )
    return int(db.session.scalar(query) or 0)


def late_ids() -> Select[Any]:
    return select(Settlement.id).where(
        Settlement.state == SettlementState.CONFIRMED, Settlement.due_on < TODAY
    )


def count_late() -> tuple[int, int]:
    """Sheets, and parts of pools' sheets that were not handed on."""
    sheets, parts = how_many([[late_ids()], [part_late_ids()]], None)
    return sheets, parts


@dataclass(frozen=True, slots=True)
class Standing:
    """A contract's money, in đồng: value of goods in sheets that stand, what sheets ask, what of it came, what is open
    and late; `kg` are settled and paid."""

    goods: Money
    asked: Money
    paid: Money
    unpaid: Money
    late: Money
    kg_settled: Decimal
    kg_paid: Decimal
    waiting: int


def standing_of(contract_id: int) -> Standing:
    """Three statements, however many sheets."""
    sheets = db.session.execute(
        select(
            Settlement.state,
            func.sum(Settlement.goods + Settlement.corrected),
            func.sum(Settlement.total),
            func.count(),
        )
        .where(Settlement.contract_id == contract_id, Settlement.state.in_(LIVING))
        .group_by(Settlement.state)
    ).all()
    charges = db.session.scalars(
        select(Charge)
        .join(Settlement, and_(Charge.purpose == SETTLEMENT, Charge.subject_id == Settlement.id))
        .where(Settlement.contract_id == contract_id)
        .options(selectinload(Charge.postings))
    ).all()
    kg: dict[SettlementState, Decimal] = {
        row[0]: row[1] or Decimal(0)
        for row in db.session.execute(
            select(Settlement.state, func.sum(SettlementLine.quantity))
            .join(Settlement.lines)
            .where(
                Settlement.contract_id == contract_id,
                Settlement.state.in_(AGREED),
                SettlementLine.kind.in_(OF_SLIPS),
            )
            .group_by(Settlement.state)
        ).all()
    }
    today = clock.today()
    return Standing(
        goods=Money(int(sum(row[1] for row in sheets))),
        asked=Money(sum(int(each.owed) for each in charges)),
        paid=Money(sum(int(each.received) for each in charges)),
        unpaid=Money(sum(int(each.open_amount) for each in charges)),
        late=Money(sum(int(each.open_amount) for each in charges if each.due_on and each.due_on < today)),
        kg_settled=sum(kg.values(), Decimal(0)),
        kg_paid=kg.get(SettlementState.PAID, Decimal(0)),
        waiting=sum(row[3] for row in sheets if row[0] in TO_CONFIRM),
    )


def charge_of(settlement: Settlement) -> Charge | None:
    return payments.charge_for(SETTLEMENT, settlement.id)


def back_of(settlement: Settlement) -> Charge | None:
    """What the seller pays to the buyer by a closing sheet."""
    return payments.charge_for(SETTLEMENT_BACK, settlement.id) if settlement.closing else None


def deposit_of(contract_id: int) -> Charge | None:
    return payments.charge_for(CONTRACT_DEPOSIT, contract_id)


def shares_of(parts: Sequence[SettlementPart]) -> dict[int, Charge]:
    """Part → what the lead owes its member."""
    ids = [part.id for part in parts]
    if not ids:
        return {}
    charges = db.session.scalars(
        select(Charge)
        .where(Charge.purpose == POOL_SHARE, Charge.subject_id.in_(ids))
        .options(selectinload(Charge.postings), selectinload(Charge.refunds))
    )
    return {charge.subject_id: charge for charge in charges}


def lines_of_part(part: SettlementPart) -> Sequence[SettlementLine]:
    """The lines of goods that this member brought, and corrections of them."""
    return db.session.scalars(
        select(SettlementLine)
        .join(Acceptance, Acceptance.id == SettlementLine.acceptance_id)
        .where(
            SettlementLine.settlement_id == part.settlement_id,
            Acceptance.cooperative_id == part.cooperative_id,
        )
        .order_by(SettlementLine.position)
    ).all()


def slips_in(lines: Sequence[SettlementLine]) -> dict[int, Acceptance]:
    """Slip id → the slip, with its delivery, contract and seller: the way from a line to what it adds up."""
    ids = {line.acceptance_id for line in lines if line.acceptance_id is not None}
    query = (
        select(Acceptance)
        .where(Acceptance.id.in_(ids))
        .options(
            joinedload(Acceptance.delivery),
            joinedload(Acceptance.contract),
            joinedload(Acceptance.cooperative),
        )
    )
    return {slip.id: slip for slip in db.session.scalars(query)}
