"""Reading disputes about slips: whose they are, whether one may be raised, what waits."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, or_, select, true
from sqlalchemy.orm import joinedload, selectinload

from marketplace.accounts.models import Organisation
from marketplace.cooperatives.models import Cooperative
from marketplace.deliveries.models import Delivery
from marketplace.foundation import clock
from marketplace.foundation.db import Page, db, page_of
from marketplace.fulfilment.correcting import Shift
from marketplace.fulfilment.models import (
    Acceptance,
    Settlement,
    SettlementFact,
    SlipDispute,
    SlipDisputePhoto,
    SlipDisputeShift,
    SlipDisputeStep,
)
from marketplace.fulfilment.states.acceptance import AcceptanceState
from marketplace.fulfilment.states.dispute import OPEN_SLIP_DISPUTES, SlipDisputeState, Turn
from marketplace.fulfilment.states.settlement import AGREED
from marketplace.linkage.models import CallOff, Contract
from marketplace.linkage.queries.contract import side_of
from marketplace.linkage.states.contract import ContractSide


@dataclass(frozen=True, slots=True)
class DisputeRow:
    """One line of a list; `seller` brought the goods, and is told beside the number where it is one of several."""

    ref: str
    slip: str
    number: str | None
    seller: str
    buyer: str
    side: ContractSide
    state: SlipDisputeState
    turn: Turn
    due_by: dt.datetime | None
    may_be_decided: bool
    pooled: bool


def side_in(user: Any, acceptance: Acceptance) -> ContractSide | None:
    """On which side of a slip somebody stands: who brought the goods of a pool stands with the seller."""
    if acceptance.delivery.cooperative.organisation_id in user.organisation_ids:
        return ContractSide.SELLER
    return side_of(user, acceptance.contract)


def sheet_of(acceptance_id: int) -> Settlement | None:
    """The settlement sheet that both sides confirmed with this slip in it; others are drawn up anew."""
    return db.session.scalar(
        select(Settlement)
        .join(SettlementFact, SettlementFact.settlement_id == Settlement.id)
        .where(
            SettlementFact.acceptance_id == acceptance_id,
            SettlementFact.fact.startswith("slip:"),
            SettlementFact.living,
            Settlement.state.in_(AGREED),
        )
    )


def correcting_sheets(acceptance_id: int) -> Sequence[Settlement]:
    """Sheets that stand and correct what an earlier one counted of this slip, the oldest first."""
    return db.session.scalars(
        select(Settlement)
        .join(SettlementFact, SettlementFact.settlement_id == Settlement.id)
        .where(
            SettlementFact.acceptance_id == acceptance_id,
            SettlementFact.fact.startswith("correction:"),
            SettlementFact.living,
        )
        .order_by(Settlement.id)
    ).all()


def may_be_raised(acceptance: Acceptance, side: ContractSide) -> bool:
    """The seller against what the buyer signed; the buyer against what silence or its own signature accepted, when a
    defect was hidden. Until `object_by`."""
    if acceptance.object_by is None or acceptance.object_by <= clock.now():
        return False
    if side is ContractSide.SELLER:
        return acceptance.state is AcceptanceState.SIGNED
    signed = acceptance.state in (AcceptanceState.SIGNED, AcceptanceState.AGREED)
    return side is ContractSide.BUYER and signed


def shifts_of(step: SlipDisputeStep) -> list[Shift]:
    return [Shift(each.line_id, each.kg, each.outcome, each.grade, each.reason) for each in step.shifts]


def _whole() -> Select[Any]:
    steps = selectinload(SlipDispute.steps)
    contract = joinedload(SlipDispute.contract)
    slip = joinedload(SlipDispute.acceptance)
    return select(SlipDispute).options(
        steps.joinedload(SlipDisputeStep.by),
        steps.selectinload(SlipDisputeStep.shifts).joinedload(SlipDisputeShift.line),
        steps.selectinload(SlipDisputeStep.photos).joinedload(SlipDisputePhoto.photo),
        contract.joinedload(Contract.cooperative),
        contract.joinedload(Contract.buyer),
        slip.selectinload(Acceptance.all_lines),
        slip.joinedload(Acceptance.call_off).joinedload(CallOff.product),
        slip.joinedload(Acceptance.delivery).joinedload(Delivery.cooperative),
    )


def _of_seller(organisation_ids: Collection[int]) -> Any:
    """Of whoever brought the goods, and of whoever answers for the whole contract."""
    sold = select(Cooperative.id).where(Cooperative.organisation_id.in_([*organisation_ids]))
    return or_(
        SlipDispute.acceptance_id.in_(select(Acceptance.id).where(Acceptance.cooperative_id.in_(sold))),
        SlipDispute.contract_id.in_(select(Contract.id).where(Contract.cooperative_id.in_(sold))),
    )


def _of_buyer(organisation_ids: Collection[int]) -> Any:
    bought = select(Contract.id).where(Contract.buyer_id.in_([*organisation_ids]))
    return SlipDispute.contract_id.in_(bought)


def _shown_to(user: Any) -> Any:
    """Both sides and officers."""
    own = user.organisation_ids
    return true() if user.is_officer else or_(_of_seller(own), _of_buyer(own))


def by_ref(ref: str, user: Any) -> SlipDispute | None:
    found: SlipDispute | None = db.session.scalar(_whole().where(SlipDispute.ref == ref, _shown_to(user)))
    return found


def by_id(dispute_id: int) -> SlipDispute:
    found: SlipDispute = db.session.scalars(_whole().where(SlipDispute.id == dispute_id)).one()
    return found


def loaded(dispute_id: int) -> SlipDispute | None:
    """For a letter's link."""
    found: SlipDispute | None = db.session.scalar(_whole().where(SlipDispute.id == dispute_id))
    return found


def slip_by_ref(ref: str, user: Any) -> Acceptance | None:
    """A slip that somebody of either side may object to."""
    own = [*user.organisation_ids]
    sold = select(Cooperative.id).where(Cooperative.organisation_id.in_(own))
    mine = or_(
        Acceptance.cooperative_id.in_(sold),
        Acceptance.contract_id.in_(
            select(Contract.id).where(or_(Contract.buyer_id.in_(own), Contract.cooperative_id.in_(sold)))
        ),
    )
    return db.session.scalar(
        select(Acceptance)
        .where(Acceptance.ref == ref, mine)
        .options(
            selectinload(Acceptance.all_lines),
            joinedload(Acceptance.contract).joinedload(Contract.cooperative),
            joinedload(Acceptance.contract).joinedload(Contract.buyer),
            joinedload(Acceptance.call_off).joinedload(CallOff.product),
            joinedload(Acceptance.delivery).joinedload(Delivery.cooperative),
        )
    )


def disputes_of(acceptance_id: int) -> Sequence[SlipDispute]:
    """All of a slip, the newest first."""
    query = _whole().where(SlipDispute.acceptance_id == acceptance_id).order_by(SlipDispute.id.desc())
    return db.session.scalars(query).all()


def open_of(acceptance_id: int) -> SlipDispute | None:
    found: SlipDispute | None = db.session.scalar(
        select(SlipDispute).where(
            SlipDispute.acceptance_id == acceptance_id, SlipDispute.state.in_(OPEN_SLIP_DISPUTES)
        )
    )
    return found


def own(user: Any, side: ContractSide, *, ended: bool = False, after: str | None = None) -> Page[DisputeRow]:
    """Those of somebody's cooperative or company, the newest first."""
    whose = _of_seller if side is ContractSide.SELLER else _of_buyer
    return _listed(whose(user.organisation_ids), ended, after)


def for_office(*, ended: bool = False, after: str | None = None) -> Page[DisputeRow]:
    return _listed(true(), ended, after)


def _listed(shown: Any, ended: bool, after: str | None) -> Page[DisputeRow]:
    """Small rows, one statement."""
    query: Any = (
        select(
            SlipDispute.ref,
            Acceptance.number.label("slip"),
            Contract,
            Cooperative.short_name,
            Cooperative.name.label("seller_name"),
            Organisation.name.label("buyer_name"),
            SlipDispute.side,
            SlipDispute.state,
            SlipDispute.turn,
            SlipDispute.due_by,
            SlipDispute.seller_consented_at,
            SlipDispute.buyer_consented_at,
        )
        .join(SlipDispute.acceptance)
        .join(Contract, Contract.id == SlipDispute.contract_id)
        .join(Cooperative, Cooperative.id == Acceptance.cooperative_id)
        .join(Organisation, Organisation.id == Contract.buyer_id)
        .where(shown)
    )
    among = SlipDispute.state.in_(OPEN_SLIP_DISPUTES)
    page = page_of(
        query.where(~among if ended else among), SlipDispute.id, after=after, size=30, descending=True
    )
    return page.map(_row)


def _row(row: Any) -> DisputeRow:
    return DisputeRow(
        row.ref,
        row.slip,
        row.Contract.number,
        row.short_name or row.seller_name,
        row.buyer_name,
        row.side,
        row.state,
        row.turn,
        row.due_by,
        row.seller_consented_at is not None and row.buyer_consented_at is not None,
        row.Contract.of_pool,
    )


def for_alliance_ids() -> Select[Any]:
    """Those that wait for an officer's word."""
    return select(SlipDispute.id).where(
        SlipDispute.state.in_(OPEN_SLIP_DISPUTES), SlipDispute.turn == Turn.ALLIANCE
    )


def overdue(now: dt.datetime, limit: int = 200) -> list[int]:
    """Ids of disputes in which somebody let the time pass."""
    query = (
        select(SlipDispute.id)
        .where(
            SlipDispute.state.in_(OPEN_SLIP_DISPUTES),
            SlipDispute.turn != Turn.ALLIANCE,
            SlipDispute.due_by <= now,
        )
        .order_by(SlipDispute.due_by)
        .limit(limit)
    )
    return list(db.session.scalars(query))
