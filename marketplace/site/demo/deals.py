"""What last year's fair brought: a contact at a stand became a contract, another one a request that was decided."""

from __future__ import annotations

from sqlalchemy import select

from marketplace.bridges import services
from marketplace.bridges.happening import of_lead
from marketplace.bridges.states import How
from marketplace.fairs.models import FairLead
from marketplace.foundation.db import db
from marketplace.linkage.models import Contract, Need
from marketplace.linkage.states import NeedState
from marketplace.linkage.states.contract import ContractState
from marketplace.site.demo.registry import Province


def deals(province: Province) -> int:
    """Returns how many deals are linked to the fair."""
    leads = db.session.scalars(select(FairLead).order_by(FairLead.id)).all()
    contract = db.session.scalars(
        select(Contract).where(Contract.state == ContractState.ACTIVE).order_by(Contract.id)
    ).first()
    need = db.session.scalars(select(Need).where(Need.state == NeedState.AWARDED).order_by(Need.id)).first()
    linked = [(lead, to) for lead, to in zip(leads, (contract, need), strict=False) if to is not None]
    for lead, to in linked:
        services.link(happened=of_lead(lead), to=to, how=How.CONFIRMED, by=province.officer)
    return len(linked)
