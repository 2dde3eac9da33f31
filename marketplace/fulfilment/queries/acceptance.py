"""Reading slips of acceptance: one, lists for each side, what counts for a contract."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from marketplace.cooperatives.models import Cooperative
from marketplace.deliveries.models import Delivery
from marketplace.foundation.db import db
from marketplace.fulfilment.models import Acceptance, AcceptanceLine
from marketplace.fulfilment.states import FIRM, AcceptanceState, Outcome
from marketplace.linkage.models import CallOff, Contract


def whole() -> Select[Any]:
    contract = joinedload(Acceptance.contract)
    delivery = joinedload(Acceptance.delivery)
    return select(Acceptance).options(
        contract.joinedload(Contract.cooperative).joinedload(Cooperative.organisation),
        contract.joinedload(Contract.buyer),
        joinedload(Acceptance.call_off).joinedload(CallOff.product),
        delivery.selectinload(Delivery.lines),
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


def unanswered(now: dt.datetime) -> list[int]:
    """Ids of slips that the buyer signed and the seller has let its time pass for."""
    query = select(Acceptance.id).where(
        Acceptance.state == AcceptanceState.SIGNED, Acceptance.object_by <= now
    )
    return [*db.session.scalars(query.order_by(Acceptance.id).limit(200))]
