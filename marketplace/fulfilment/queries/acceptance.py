"""Reading slips of acceptance: one, lists for each side, what counts for a contract."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from marketplace.accounts.models import Organisation
from marketplace.cooperatives.models import Cooperative
from marketplace.deliveries.models import Delivery, DeliveryLine, DeliveryLot
from marketplace.foundation.db import Page, db, page_of
from marketplace.fulfilment.models import Acceptance, AcceptanceLine, AcceptanceSending
from marketplace.fulfilment.states import FIRM, AcceptanceState, Outcome
from marketplace.linkage.models import CallOff, Contract


def whole() -> Select[Any]:
    contract = joinedload(Acceptance.contract)
    delivery = joinedload(Acceptance.delivery)
    return select(Acceptance).options(
        contract.joinedload(Contract.cooperative).joinedload(Cooperative.organisation),
        contract.joinedload(Contract.buyer),
        joinedload(Acceptance.cooperative).joinedload(Cooperative.organisation),
        joinedload(Acceptance.call_off).joinedload(CallOff.product),
        delivery.selectinload(Delivery.lines).selectinload(DeliveryLine.lots).joinedload(DeliveryLot.lot),
        delivery.joinedload(Delivery.cooperative).joinedload(Cooperative.organisation),
        selectinload(Acceptance.all_lines).joinedload(AcceptanceLine.photo),
    )


def shown_to(user: Any) -> Any:
    """Its buyer, who brought the goods, the lead that answers for them, officers."""
    if user.is_officer:
        return Acceptance.id.is_not(None)
    own = [*user.organisation_ids]
    sellers = select(Cooperative.id).where(Cooperative.organisation_id.in_(own))
    theirs = select(Contract.id).where(or_(Contract.buyer_id.in_(own), Contract.cooperative_id.in_(sellers)))
    return or_(Acceptance.cooperative_id.in_(sellers), Acceptance.contract_id.in_(theirs))


def by_ref(ref: str, user: Any) -> Acceptance | None:
    found: Acceptance | None = db.session.scalar(whole().where(Acceptance.ref == ref, shown_to(user)))
    return found


def by_id(acceptance_id: int) -> Acceptance | None:
    found: Acceptance | None = db.session.scalar(whole().where(Acceptance.id == acceptance_id))
    return found


def of_delivery(delivery_id: int) -> Acceptance | None:
    found: Acceptance | None = db.session.scalar(whole().where(Acceptance.delivery_id == delivery_id))
    return found


def was_sent(client: str, acceptance_id: int) -> bool:
    """Whether a phone sent this slip under that number already."""
    found = db.session.get(AcceptanceSending, client) if client else None
    return found is not None and found.acceptance_id == acceptance_id


@dataclass(frozen=True, slots=True)
class SlipRow:
    """One line of a list of slips; `pooled`: others' slips of its contract may bear the same number."""

    ref: str
    number: str
    state: AcceptanceState
    delivery_ref: str
    seller: str
    buyer: str
    goods: str
    arrived_at: dt.datetime
    object_by: dt.datetime | None
    accepted: Decimal
    rejected: Decimal
    by_silence: bool
    pooled: bool


WAITING = (AcceptanceState.OPEN, AcceptanceState.SIGNED, AcceptanceState.DISPUTED)
TABS = {"waiting": WAITING, "done": FIRM}


def slips_of_seller(cooperative_id: int, *, tab: str, after: str | None = None) -> Page[SlipRow]:
    """What a cooperative brought, or its pool for it, the newest first."""
    led = select(Contract.id).where(Contract.cooperative_id == cooperative_id)
    theirs = or_(Acceptance.cooperative_id == cooperative_id, Acceptance.contract_id.in_(led))
    return _rows(_listed().where(theirs, Acceptance.state.in_(TABS.get(tab, WAITING))), after)


def slips_of_contract(contract_id: int, after: str | None = None) -> Page[SlipRow]:
    return _rows(_listed().where(Acceptance.contract_id == contract_id), after)


def slips_of_office(*, tab: str, after: str | None = None) -> Page[SlipRow]:
    return _rows(_listed().where(Acceptance.state.in_(TABS.get(tab, WAITING))), after)


def count_to_sign(cooperative_id: int) -> int:
    """Slips that wait for the seller's word."""
    led = select(Contract.id).where(Contract.cooperative_id == cooperative_id)
    query = select(func.count(Acceptance.id)).where(
        Acceptance.state == AcceptanceState.SIGNED,
        or_(Acceptance.cooperative_id == cooperative_id, Acceptance.contract_id.in_(led)),
    )
    return int(db.session.scalar(query) or 0)


def _kg(outcome: Outcome) -> Any:
    return (
        select(func.sum(AcceptanceLine.kg))
        .where(
            AcceptanceLine.acceptance_id == Acceptance.id,
            AcceptanceLine.revision == Acceptance.revision,
            AcceptanceLine.outcome == outcome,
        )
        .correlate(Acceptance)
        .scalar_subquery()
    )


def _listed() -> Select[Any]:
    listed: Any = (
        select(
            Acceptance,
            Cooperative,
            Contract,
            Organisation.name,
            _kg(Outcome.ACCEPTED),
            _kg(Outcome.REJECTED),
        )
        .join(Acceptance.delivery)
        .join(Cooperative, Cooperative.id == Acceptance.cooperative_id)
        .join(Contract, Contract.id == Acceptance.contract_id)
        .join(Organisation, Organisation.id == Contract.buyer_id)
        .options(contains_eager(Acceptance.delivery).selectinload(Delivery.lines))
    )
    return listed


def _rows(query: Select[Any], after: str | None) -> Page[SlipRow]:
    page = page_of(query, Acceptance.id, after=after, size=20, descending=True)
    return page.map(_row)


def _row(row: Any) -> SlipRow:
    slip, seller, contract, buyer, accepted, rejected, *_key = row
    return SlipRow(
        slip.ref,
        slip.number,
        slip.state,
        slip.delivery.ref,
        seller.called,
        buyer,
        slip.delivery.goods,
        slip.arrived_at,
        slip.object_by,
        Decimal(accepted or 0),
        Decimal(rejected or 0),
        slip.by_silence,
        contract.of_pool,
    )


def accepted_by(contract_ids: Collection[int]) -> dict[int, Decimal]:
    """Contract id → kg accepted for good, by both sides, by silence or by a decision."""
    rows = db.session.execute(
        select(Acceptance.contract_id, func.sum(AcceptanceLine.kg))
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
        .group_by(Acceptance.contract_id)
    )
    return {contract_id: Decimal(kg) for contract_id, kg in rows}


def accepted_of(contract_id: int) -> Sequence[tuple[Acceptance, Decimal]]:
    """A contract's slips that count, the oldest first, each with what it accepted: a constant number of statements."""
    query = _firm(contract_id).where(AcceptanceLine.outcome == Outcome.ACCEPTED)
    return [(slip, Decimal(kg)) for slip, kg in db.session.execute(query)]


def graded_of(
    contract_id: int, outcome: Outcome, grade: str, reason: str
) -> Sequence[tuple[Acceptance, Decimal]]:
    """The same, of what counts as one grade, or was refused for one reason."""
    query = _firm(contract_id).where(
        AcceptanceLine.outcome == outcome, AcceptanceLine.grade == grade, AcceptanceLine.reason == reason
    )
    return [(slip, Decimal(kg)) for slip, kg in db.session.execute(query)]


def _firm(contract_id: int) -> Select[Any]:
    firm: Any = (
        select(Acceptance, func.sum(AcceptanceLine.kg))
        .join(
            AcceptanceLine,
            (AcceptanceLine.acceptance_id == Acceptance.id)
            & (AcceptanceLine.revision == Acceptance.revision),
        )
        .where(Acceptance.contract_id == contract_id, Acceptance.state.in_(FIRM))
        .options(selectinload(Acceptance.delivery).selectinload(Delivery.cooperative))
        .group_by(Acceptance.id)
        .order_by(Acceptance.arrived_at, Acceptance.id)
    )
    return firm


def unanswered(now: dt.datetime) -> list[int]:
    """Ids of slips that the buyer signed and the seller has let its time pass for."""
    query = select(Acceptance.id).where(
        Acceptance.state == AcceptanceState.SIGNED, Acceptance.object_by <= now
    )
    return [*db.session.scalars(query.order_by(Acceptance.id).limit(200))]
