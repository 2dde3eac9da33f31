"""Where others ask about pools: what one is called where the ledger says who holds a claim, and who answers by one."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from marketplace.foundation.db import db
from marketplace.foundation.words import _l
from marketplace.linkage import answering
from marketplace.linkage.models import Need, Pool
from marketplace.linkage.states import WAITING
from marketplace.supply.holders import Holder, holder

HOLDER = "pool"


@holder(HOLDER)
def pools(numbers: Collection[int]) -> dict[int, Holder]:
    """Name and pages of each; its buyer is told when something will be missing."""
    query = (
        select(Pool)
        .where(Pool.id.in_([*numbers]))
        .options(joinedload(Pool.lead), joinedload(Pool.need).joinedload(Need.goods))
    )
    return {pool.id: _holder(pool) for pool in db.session.scalars(query)}


def _holder(pool: Pool) -> Holder:
    return Holder(
        name=_l("Pool for %(goods)s, led by %(lead)s", goods=pool.need.goods.name, lead=pool.lead.called),
        desk_path=f"/desk/pools/{pool.ref}",
        office_path=f"/office/pools/{pool.ref}",
        organisations=(pool.need.organisation_id,) if pool.price is not None else (),
        told_path=f"/buyer/pools/{pool.ref}",
    )


@answering.known_by
def leads_that_answered(need_id: int) -> list[int]:
    """The cooperatives that have answered a request for a pool."""
    query = select(Pool.lead_id).where(Pool.need_id == need_id, Pool.state.in_(WAITING))
    return [*db.session.scalars(query)]
