"""What the record of a contract holds about people: their words, under their number. The figures are facts between two
organisations and stay."""

from __future__ import annotations

from sqlalchemy import ColumnElement, or_, select

from marketplace.accounts.holdings import Identity, by, did, holds, keeps, of
from marketplace.cooperatives.models import Cooperative
from marketplace.fulfilment.models import ContractShortfall, Excuse, RecordStatement, SlotRecord
from marketplace.linkage.models import Contract


def _theirs(who: Identity) -> ColumnElement[bool]:
    """Of the buyer's company or the seller's cooperative."""
    sold = select(Cooperative.id).where(of(Cooperative.organisation_id, "company")(who))
    contracts = select(Contract.id).where(
        or_(Contract.cooperative_id.in_(sold), of(Contract.buyer_id, "company")(who))
    )
    return Excuse.contract_id.in_(contracts)


did(Excuse, "by_id", "answered_by_id")
holds(Excuse, _theirs, words=("words", "answer"), mention=True)
holds(RecordStatement, by(RecordStatement.by_id), words=("words",))
keeps(SlotRecord, "figures of deliveries under a contract: facts between two organisations")
keeps(ContractShortfall, "figures of whole contracts: facts between two organisations")
