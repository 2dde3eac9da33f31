"""What somebody could not help: told in time with proof, accepted or not by the other side."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.media import receive_photo
from marketplace.foundation.reference import random_ref
from marketplace.foundation.words import _l, _n
from marketplace.fulfilment.events.shortfall import (
    ExcuseAccepted,
    ExcuseObjected,
    ExcuseTold,
    ExcuseWithdrawn,
)
from marketplace.fulfilment.models import Excuse, ExcusePhoto
from marketplace.fulfilment.notices import shortfall as notices
from marketplace.fulfilment.queries import shortfall as queries
from marketplace.fulfilment.states.shortfall import ExcuseKind, excuse_lifecycle
from marketplace.linkage import queries as linkage
from marketplace.linkage.models import Contract
from marketplace.linkage.services.contract import lock_contract
from marketplace.linkage.states.contract import PARTIES, ContractSide

MOST_PHOTOS = 4
USUAL_NOTICE = 3
"""Days, where a contract says none."""


def tell_excuse(
    *,
    contract: Contract,
    side: ContractSide,
    kind: ExcuseKind,
    first_day: dt.date,
    last_day: dt.date,
    words: str,
    photos: Sequence[tuple[Any, str]],
    by: Any,
) -> Excuse:
    """What happened from day to day, with a photo or the paper of the commune, within the contract's days of notice.

    Raises Refusal when it is told too late, without proof, or the contract's figures are written already.
    """
    lock_contract(contract)
    if side not in PARTIES or queries.shortfalls_of(contract.id):
        raise Refusal(_l("The figures of this contract are written: nothing is excused any more."))
    if kind is ExcuseKind.NOT_TAKEN and side is not ContractSide.SELLER:
        raise Refusal(_l("Only the seller can say this."), field="kind")
    if last_day < first_day:
        raise Refusal(_l("The last day is before the first."), field="last_day")
    if first_day > clock.today():
        raise Refusal(_l("Tell it once it has happened."), field="first_day")
    days = notice_days(contract)
    if first_day + dt.timedelta(days=days) < clock.today():
        told = _n(
            "By the contract it is told within %(num)s day.",
            "By the contract it is told within %(num)s days.",
            days,
        )
        raise Refusal(told, field="first_day")
    if not words.strip():
        raise Refusal(_l("Please write what happened."), field="words")
    if not photos:
        raise Refusal(
            _l("Please add a photo: of the field, the road, or the paper of the commune."), field="photos"
        )
    if len(photos) > MOST_PHOTOS:
        raise Refusal(_l("Four photos are enough."), field="photos")
    excuse = Excuse(
        ref=random_ref(),
        contract=contract,
        side=side,
        kind=kind,
        first_day=first_day,
        last_day=last_day,
        words=words.strip()[:1000],
        by_id=id_of(by),
        at=clock.now(),
    )
    db.session.add(excuse)
    db.session.flush()
    excuse.photos = [
        ExcusePhoto(position=at, photo=receive_photo(stream=stream, filename=name, by=by, field="photos"))
        for at, (stream, name) in enumerate(photos, start=1)
    ]
    db.session.flush()
    announce(ExcuseTold(**_facts(excuse, side, by), words=excuse.words))
    notices.excuse_told(excuse)
    return excuse


def accept_excuse(*, excuse: Excuse, by: Any) -> None:
    """The other side accepts it: what is missing on these days brings no penalty."""
    _lock(excuse)
    _answer(excuse, "accept", "", by)
    announce(ExcuseAccepted(**_facts(excuse, excuse.other, by)))
    notices.excuse_answered(excuse)


def object_excuse(*, excuse: Excuse, words: str, by: Any) -> None:
    """The other side does not, and says why. It may still accept it later."""
    _lock(excuse)
    if not words.strip():
        raise Refusal(_l("Please write why you do not accept it."), field="words")
    _answer(excuse, "object", words, by)
    announce(ExcuseObjected(**_facts(excuse, excuse.other, by), words=excuse.answer))
    notices.excuse_answered(excuse)


def withdraw_excuse(*, excuse: Excuse, by: Any) -> None:
    _lock(excuse)
    told = _facts(excuse, excuse.side, by)
    excuse_lifecycle.advance(excuse, "withdraw")
    excuse.answered_at = None
    db.session.flush()
    announce(ExcuseWithdrawn(**told))


def notice_days(contract: Contract) -> int:
    content = linkage.content_in_force(contract)
    told = content["risk"]["notice_days"] if content is not None else None
    return int(told or USUAL_NOTICE)


def _answer(excuse: Excuse, move: str, words: str, by: Any) -> None:
    """State and answer together: nothing is written in between."""
    who = id_of(by)
    excuse_lifecycle.advance(excuse, move)
    excuse.answer, excuse.answered_by_id, excuse.answered_at = words.strip()[:1000], who, clock.now()
    db.session.flush()


def _lock(excuse: Excuse) -> None:
    """After the contract's figures are written nothing moves here."""
    lock_contract(excuse.contract)
    db.session.refresh(excuse, with_for_update={"of": Excuse})
    if queries.shortfalls_of(excuse.contract_id):
        raise Refusal(_l("The figures of this contract are written: nothing is excused any more."))


def _facts(excuse: Excuse, side: ContractSide, by: Any) -> dict[str, Any]:
    return {
        "contract_id": excuse.contract_id,
        "excuse_id": excuse.id,
        "side": str(side),
        "actor_id": id_of(by),
    }
