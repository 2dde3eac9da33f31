"""What slips of acceptance hold about people: who opened and signed them. The facts of the goods stay: they are
evidence between two organisations."""

from __future__ import annotations

from sqlalchemy import ColumnElement, or_, select

from marketplace.accounts.holdings import Identity, by, did, holds, keeps, of
from marketplace.cooperatives.models import Cooperative
from marketplace.fulfilment.models import Acceptance, AcceptanceLine, AcceptanceSending
from marketplace.linkage.models import Contract


def _theirs(who: Identity) -> ColumnElement[bool]:
    """Of the buyer's company or the cooperative that brought the goods."""
    sold = select(Cooperative.id).where(of(Cooperative.organisation_id, "company")(who))
    bought = select(Contract.id).where(of(Contract.buyer_id, "company")(who))
    return or_(Acceptance.cooperative_id.in_(sold), Acceptance.contract_id.in_(bought))


did(Acceptance, "opened_by_id", "buyer_signed_by_id", "seller_signed_by_id")
holds(Acceptance, by(Acceptance.buyer_signed_by_id), name=("buyer_name",))
holds(Acceptance, by(Acceptance.seller_signed_by_id), name=("seller_name",))
holds(Acceptance, _theirs, name=("depot_name",), mention=True)
holds(Acceptance, _theirs, words=("words",), mention=True)
keeps(AcceptanceLine, "lines of signed slips of acceptance: evidence between two organisations")
keeps(AcceptanceSending, "the number under which a phone sent a slip, so that it is signed once")
