"""Reading awards: whose they are, by when they are signed, which reserve was asked what."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from marketplace.cooperatives.models import Cooperative
from marketplace.foundation.db import db
from marketplace.linkage.models import Need, NeedAward, NeedAwardLine, ReserveAsk
from marketplace.linkage.queries.contract import contract_of_award
from marketplace.linkage.states import AskState, AwardKind
from marketplace.linkage.states.contract import ContractSide, ContractState

ANSWERS = ("quote:", "pool:")
SIGN_WITHIN = dt.timedelta(days=5)
"""So long a buyer waits for the seller's name, from the award on or from the day the contract was offered last."""


def _parts() -> Any:
    need = joinedload(NeedAward.need)
    return (
        select(NeedAward)
        .where(NeedAward.kind == AwardKind.PART)
        .options(
            need.selectinload(Need.lines),
            need.joinedload(Need.goods),
            need.joinedload(Need.organisation),
            joinedload(NeedAward.cooperative),
            selectinload(NeedAward.lines).joinedload(NeedAwardLine.line),
            selectinload(NeedAward.returns),
        )
    )


def own_award(number: str, user: Any) -> NeedAward | None:
    """A part that was given to a cooperative one acts for."""
    mine = NeedAward.cooperative.has(Cooperative.organisation_id.in_([*user.organisation_ids]))
    found: NeedAward | None = db.session.scalar(_parts().where(NeedAward.id == int(number), mine))
    return found


def part_of(need: Need, number: int) -> NeedAward | None:
    """A part of this request by its number."""
    found: NeedAward | None = db.session.scalar(
        _parts().where(NeedAward.need_id == need.id, NeedAward.id == number)
    )
    return found


def comes_back(award: NeedAward) -> bool:
    """Something of it stands, and its seller has not signed a contract of it."""
    if award.kind is not AwardKind.PART or not award.standing or not award.source.startswith(ANSWERS):
        return False
    contract = contract_of_award(award.source)
    if contract is None:
        return True
    return (
        contract.state is ContractState.AGREEING
        and contract.versions[0].signed_by(ContractSide.SELLER) is None
    )


def sign_by(award: NeedAward) -> dt.datetime:
    """Until then the seller may sign; afterwards the buyer may take the award back."""
    contract = contract_of_award(award.source)
    offered = contract.versions[0].offered if contract is not None else None
    return max(award.at, offered.at if offered is not None else award.at) + SIGN_WITHIN


def reserve_of(need: Need, number: int) -> NeedAward | None:
    """A place in reserve of this request by its number."""
    return db.session.scalar(
        select(NeedAward).where(
            NeedAward.need_id == need.id, NeedAward.id == number, NeedAward.kind == AwardKind.RESERVE
        )
    )


# --- what reserves are asked --------------------------------------------------------------------------


def _asks() -> Any:
    award = joinedload(ReserveAsk.award)
    need = award.joinedload(NeedAward.need)
    return select(ReserveAsk).options(
        award.joinedload(NeedAward.cooperative),
        need.selectinload(Need.lines),
        need.joinedload(Need.goods),
        need.joinedload(Need.organisation),
    )


def ask_by_id(ask_id: int) -> ReserveAsk | None:
    found: ReserveAsk | None = db.session.scalar(_asks().where(ReserveAsk.id == ask_id))
    return found


def own_ask(number: str, user: Any) -> ReserveAsk | None:
    """What a cooperative one acts for is asked."""
    mine = Cooperative.organisation_id.in_([*user.organisation_ids])
    found: ReserveAsk | None = db.session.scalar(
        _asks().where(ReserveAsk.id == int(number), ReserveAsk.award.has(NeedAward.cooperative.has(mine)))
    )
    return found


def newest_asks(award_ids: Collection[int]) -> dict[int, ReserveAsk]:
    """Place in reserve → what was asked of it last."""
    query = select(ReserveAsk).where(ReserveAsk.award_id.in_([*award_ids])).order_by(ReserveAsk.id)
    return {ask.award_id: ask for ask in db.session.scalars(query)}


def waiting_ask_of(need_id: int, source: str) -> ReserveAsk | None:
    """What this answer is asked and has not answered."""
    query = _asks().join(ReserveAsk.award).where(NeedAward.need_id == need_id, NeedAward.source == source)
    found: ReserveAsk | None = db.session.scalar(query.where(ReserveAsk.state == AskState.ASKED))
    return found


def waiting_asks(need_id: int) -> Sequence[ReserveAsk]:
    """What nobody has answered yet of one request, the oldest first."""
    query = _asks().join(ReserveAsk.award).where(NeedAward.need_id == need_id)
    found: Sequence[ReserveAsk] = db.session.scalars(
        query.where(ReserveAsk.state == AskState.ASKED).order_by(ReserveAsk.id)
    ).all()
    return found


def late_asks(now: dt.datetime) -> Sequence[int]:
    """Not answered in time."""
    return db.session.scalars(
        select(ReserveAsk.id)
        .where(ReserveAsk.state == AskState.ASKED, ReserveAsk.answer_by <= now)
        .order_by(ReserveAsk.id)
    ).all()
