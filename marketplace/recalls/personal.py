"""What recalls hold about people: who bought what is called back, who answered. The facts of the recall stay."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, select

from marketplace.accounts.holdings import Identity, by, did, holds, of
from marketplace.cooperatives.models import Cooperative
from marketplace.recalls.models import Recall, RecallHolding


def _to_them(who: Identity) -> ColumnElement[bool]:
    return and_(by(RecallHolding.person_id)(who), RecallHolding.organisation_id.is_(None))


def _to_their_company(who: Identity) -> ColumnElement[bool]:
    """It bears the organisation's name, which stays."""
    return of(RecallHolding.organisation_id, "company")(who)


def _of_their_cooperative(who: Identity) -> ColumnElement[bool]:
    theirs = select(Cooperative.id).where(of(Cooperative.organisation_id, "company")(who))
    return Recall.cooperative_id.in_(theirs)


did(Recall, "opened_by_id", "closed_by_id")
holds(Recall, _of_their_cooperative, words=("reason", "advice", "report"), mention=True)
holds(
    RecallHolding,
    _to_them,
    name=("buyer_name",),
    phone=("buyer_phone",),
    email=("buyer_email",),
    words=("words", "answered_by"),
)
holds(
    RecallHolding,
    _to_their_company,
    words=("words", "answered_by"),
    rewrite=lambda old, pen: {"buyer_name": pen.instead_of(old["buyer_name"])},
    mention=True,
)
