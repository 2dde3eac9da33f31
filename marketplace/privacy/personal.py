"""What this room holds about people: their requests stay as evidence, under the pseudonym; their copies go."""

from __future__ import annotations

from sqlalchemy import ColumnElement, false

from marketplace.accounts.holdings import Identity, by, did, holds
from marketplace.privacy.models import DataCopy, DataRequest


def _asked(who: Identity) -> ColumnElement[bool]:
    if who.person_id is not None:
        return DataRequest.person_id == who.person_id
    return DataRequest.checkout_id == who.checkout_id if who.checkout_id is not None else false()


holds(
    DataRequest,
    _asked,
    name=("name",),
    phone=("phone",),
    email=("email",),
    words=("words", "answer", "longer_why"),
)
did(DataRequest, "entered_by_id", "handled_by_id")
holds(DataCopy, by(DataCopy.person_id), drop=True, secret=("name",))
