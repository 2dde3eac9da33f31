"""What quotes hold about people: who told, wrote and answered, and free words of both sides."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, or_, select

from marketplace.accounts.holdings import Identity, Whose, did, holds, of
from marketplace.cooperatives.models import Cooperative
from marketplace.linkage.models import Need, Quote, QuoteVersion
from marketplace.linkage.personal.need import theirs


def _seller(column: Any) -> Whose:
    own = of(Cooperative.organisation_id, "company")
    return lambda who: column.in_(select(Cooperative.id).where(own(who)))


def _either_side(who: Identity) -> ColumnElement[bool]:
    bought = Quote.need_id.in_(select(Need.id).where(theirs(who)))
    return or_(_seller(Quote.cooperative_id)(who), bought)


def _versions(who: Identity) -> ColumnElement[bool]:
    return QuoteVersion.quote_id.in_(select(Quote.id).where(_either_side(who)))


holds(Quote, _either_side, words=("told_by", "reason"), mention=True)
holds(QuoteVersion, _versions, words=("words", "loading"), mention=True)
did(QuoteVersion, "by_id")
