"""What buyers who compare offers read of a cooperative's contracts: facts with their causes."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from marketplace.fulfilment.queries import shortfall as queries
from marketplace.fulfilment.states.shortfall import MISSING_LABELS
from marketplace.linkage.queries import track


@track.keeper
def of_contracts(cooperative_ids: Collection[int]) -> Mapping[int, track.Kept]:
    return {
        seller: track.Kept(
            calls=told.slots,
            called=told.called,
            accepted=told.kept,
            causes=[(MISSING_LABELS[cause], kg) for cause, kg in told.causes.items()],
        )
        for seller, told in queries.kept_by_sellers(cooperative_ids).items()
    }
