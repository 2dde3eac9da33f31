"""Paths: one, those of a party, all of them; what stands on one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, exists, func, or_, select, union_all
from sqlalchemy.orm import joinedload, selectinload

from marketplace.accounts.models import Organisation
from marketplace.bridges.models import DealLink, DealObjection, DealPath
from marketplace.bridges.states import FromKind, PathSide, Step, ToKind
from marketplace.catalogue.models import Goods
from marketplace.cooperatives.models import Cooperative
from marketplace.cooperatives.queries import desk_cooperative
from marketplace.fairs.models import Fair
from marketplace.foundation import clock
from marketplace.foundation.db import Page, db, how_many, page_of
from marketplace.foundation.text import tokens
from marketplace.foundation.words import pick
from marketplace.linkage.models import Contract, Need, NeedAward, Pool, Quote
from marketplace.linkage.queries.pool import SHOWN_TO_BUYERS
from marketplace.linkage.states import AwardKind
from marketplace.linkage.states.contract import UNSIGNED, ContractState

# --- where a deal began -------------------------------------------------------------------------------


def need_of_contract(contract: Contract) -> Need | None:
    """The request from whose award this contract was made."""
    if not contract.of_award:
        return None
    return db.session.scalar(
        select(Need)
        .join(NeedAward, NeedAward.need_id == Need.id)
        .where(NeedAward.source == contract.origin, NeedAward.kind == AwardKind.PART)
    )


def living_path(*, need: Need | None = None, contract: Contract | None = None) -> DealPath | None:
    query = select(DealPath).where(DealPath.ended_at.is_(None))
    if need is not None:
        query = query.where(DealPath.need_id == need.id)
    else:
        assert contract is not None
        query = query.where(DealPath.contract_id == contract.id)
    return db.session.scalar(query.options(joinedload(DealPath.fair)))


def path_of_need(need: Need) -> DealPath | None:
    return living_path(need=need)


def path_of_contract(contract: Contract) -> DealPath | None:
    """That of the request behind it, or its own."""
    need = need_of_contract(contract)
    return living_path(need=need) if need is not None else living_path(contract=contract)


def standing_link(kind: FromKind, id: int, to: Need | Contract) -> DealLink | None:
    to_kind = ToKind.REQUEST if isinstance(to, Need) else ToKind.CONTRACT
    return db.session.scalar(
        select(DealLink).where(
            DealLink.from_kind == kind,
            DealLink.from_id == id,
            DealLink.to_kind == to_kind,
            DealLink.to_id == to.id,
            DealLink.removed_at.is_(None),
        )
    )


def is_linked(kind: FromKind, id: int) -> bool:
    """Whether it led to something."""
    return bool(
        db.session.scalar(
            select(
                exists().where(
                    DealLink.from_kind == kind, DealLink.from_id == id, DealLink.removed_at.is_(None)
                )
            )
        )
    )


def to_of(link: DealLink) -> Need | Contract:
    """What a link leads to."""
    if link.to_kind is ToKind.REQUEST:
        return db.session.get_one(Need, link.to_id)
    return db.session.get_one(Contract, link.to_id)


def open_objection(path: DealPath, side: PathSide) -> DealObjection | None:
    return db.session.scalar(
        select(DealObjection).where(
            DealObjection.path_id == path.id,
            DealObjection.side == side,
            DealObjection.answered_at.is_(None),
        )
    )


def open_objections(size: int, after: str | None) -> Page[DealObjection]:
    """Those that wait for an officer, the oldest first."""
    query = (
        select(DealObjection)
        .where(DealObjection.answered_at.is_(None))
        .options(joinedload(DealObjection.path).joinedload(DealPath.fair))
    )
    return page_of(query, DealObjection.id, after=after, size=size).map(lambda row: row[0])


def count_doubted() -> int:
    (count,) = how_many([[doubted_ids()]], None)
    return count


def doubted_ids() -> Select[Any]:
    """Objections that wait for an officer."""
    return select(DealObjection.id).where(DealObjection.answered_at.is_(None))


# --- one path -----------------------------------------------------------------------------------------


def _whole() -> tuple[Any, ...]:
    return (
        joinedload(DealPath.fair),
        joinedload(DealPath.need).joinedload(Need.organisation),
        joinedload(DealPath.need).joinedload(Need.goods),
        joinedload(DealPath.contract).joinedload(Contract.cooperative),
        joinedload(DealPath.contract).joinedload(Contract.buyer),
        selectinload(DealPath.links).joinedload(DealLink.by),
        selectinload(DealPath.objections),
    )


def any_path(ref: str, user: Any) -> DealPath | None:
    """For officers: one that was ended too."""
    if not user.is_authenticated or not user.is_officer:
        return None
    return db.session.scalar(select(DealPath).where(DealPath.ref == ref).options(*_whole()))


def sellers_path(ref: str, user: Any) -> DealPath | None:
    cooperative = desk_cooperative(user)
    if cooperative is None:
        return None
    return db.session.scalar(
        select(DealPath).where(DealPath.ref == ref, _sold_by(cooperative.id)).options(*_whole())
    )


def buyers_path(ref: str, user: Any) -> DealPath | None:
    if not user.is_authenticated or not user.organisation_ids:
        return None
    return db.session.scalar(
        select(DealPath).where(DealPath.ref == ref, _bought_by(user.organisation_ids)).options(*_whole())
    )


def pairs(path_ids: Collection[int] | None = None) -> Any:
    """(path_id, contract_id) of all contracts that were not given up, as a subquery: the path's own, and those made of
    the awards of its request."""
    own = select(DealPath.id.label("path_id"), Contract.id.label("contract_id")).join(
        Contract, Contract.id == DealPath.contract_id
    )
    of_awards = (
        select(DealPath.id, Contract.id)
        .join(NeedAward, (NeedAward.need_id == DealPath.need_id) & (NeedAward.kind == AwardKind.PART))
        .join(Contract, Contract.origin == NeedAward.source)
    )
    parts = [part.where(Contract.state != ContractState.DROPPED) for part in (own, of_awards)]
    if path_ids is not None:
        parts = [part.where(DealPath.id.in_([*path_ids])) for part in parts]
    return union_all(*parts).subquery("on_path")


def contracts_on(path: DealPath) -> Sequence[Contract]:
    """The oldest first, with both parties: one statement."""
    on = pairs([path.id])
    return db.session.scalars(
        select(Contract)
        .join(on, on.c.contract_id == Contract.id)
        .options(joinedload(Contract.cooperative), joinedload(Contract.buyer))
        .order_by(Contract.id)
    ).all()


# --- lists --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PathRow:
    """One line of a list: the request's number and goods, or the contract's number and title."""

    id: int
    ref: str
    fair: str
    began: dt.datetime
    number: str | None
    what: str
    buyer: str
    ended: bool
    doubted: bool


def paths(
    *,
    fair: Fair | None = None,
    cooperative_id: int | None = None,
    organisation_ids: Collection[int] | None = None,
    since: dt.date | None = None,
    until: dt.date | None = None,
    reached: Step | None = None,
    text: str = "",
    ended: bool = False,
    doubted: bool = False,
    after: str | None = None,
    size: int = 20,
) -> Page[PathRow]:
    """Narrowed to a fair, a party, days on which they began (both included), how far they came, words; the newest
    first. Two statements at most, whatever the size."""
    query = _listed().where(DealPath.ended_at.is_not(None) if ended else DealPath.ended_at.is_(None))
    if fair is not None:
        query = query.where(DealPath.fair_id == fair.id)
    if cooperative_id is not None:
        query = query.where(_sold_by(cooperative_id))
    if organisation_ids is not None:
        query = query.where(_bought_by(organisation_ids))
    if since is not None:
        query = query.where(DealPath.begun_at >= clock.start_of_day(since))
    if until is not None:
        query = query.where(DealPath.begun_at < clock.start_of_day(until + dt.timedelta(days=1)))
    if reached is not None:
        query = query.where(_reached(reached))
    if doubted:
        query = query.where(_doubted())
    for word in tokens(text)[:6]:
        query = query.where(_named(word))
    return page_of(query, DealPath.id, after=after, size=size, descending=True).map(_row)


def _listed() -> Select[Any]:
    asked, bought = Organisation.__table__.alias("asked"), Organisation.__table__.alias("bought")
    listed: Any = (
        select(
            DealPath.id,
            DealPath.ref,
            Fair.name_vi,
            Fair.name_en,
            DealPath.begun_at,
            DealPath.ended_at,
            func.coalesce(Need.number, Contract.number).label("number"),
            Goods.name_vi.label("goods_vi"),
            Goods.name_en.label("goods_en"),
            Contract.title,
            func.coalesce(asked.c.name, bought.c.name).label("buyer"),
            _doubted().label("doubted"),
        )
        .join(Fair, Fair.id == DealPath.fair_id)
        .outerjoin(Need, Need.id == DealPath.need_id)
        .outerjoin(Goods, Goods.id == Need.goods_id)
        .outerjoin(asked, asked.c.id == Need.organisation_id)
        .outerjoin(Contract, Contract.id == DealPath.contract_id)
        .outerjoin(bought, bought.c.id == Contract.buyer_id)
    )
    return listed


def _row(row: Any) -> PathRow:
    return PathRow(
        row.id,
        row.ref,
        pick(row.name_vi, row.name_en),
        row.begun_at,
        row.number,
        row.title or pick(row.goods_vi or "", row.goods_en or ""),
        row.buyer,
        row.ended_at is not None,
        bool(row.doubted),
    )


def _doubted() -> Any:
    return (
        exists()
        .where(DealObjection.path_id == DealPath.id, DealObjection.answered_at.is_(None))
        .correlate(DealPath)
    )


def _named(word: str) -> Any:
    """A word of the fair, the goods or the buyer, or a part of the number."""
    number = func.lower(func.coalesce(Need.number, Contract.number, ""))
    return or_(DealPath.folded.like(f"%{word}%"), number.like(f"%{word}%"))


def _reached(step: Step) -> Any:
    """Came at least so far; deliveries are told by the contracts' own rungs, so they narrow to signed ones."""
    if step is Step.REQUESTS:
        return DealPath.need_id.is_not(None)
    if step is Step.AWARDED:
        return exists().where(
            NeedAward.need_id == DealPath.need_id,
            NeedAward.kind == AwardKind.PART,
            NeedAward.returned < NeedAward.quantity,
        )
    on = pairs()
    return exists().where(
        on.c.path_id == DealPath.id, on.c.contract_id == Contract.id, Contract.state.not_in(UNSIGNED)
    )


def _sold_by(cooperative_id: int) -> Any:
    """The cooperative has a quote, a pool that it leads, an award or a contract on the path."""
    on = pairs()
    contracted = select(on.c.path_id).join(Contract, Contract.id == on.c.contract_id)
    quoted = select(Quote.need_id).where(Quote.cooperative_id == cooperative_id)
    led = select(Pool.need_id).where(Pool.lead_id == cooperative_id, Pool.state.in_(SHOWN_TO_BUYERS))
    awarded = select(NeedAward.need_id).where(NeedAward.cooperative_id == cooperative_id)
    return or_(
        DealPath.need_id.in_(quoted),
        DealPath.need_id.in_(led),
        DealPath.need_id.in_(awarded),
        DealPath.id.in_(contracted.where(Contract.cooperative_id == cooperative_id)),
    )


def _bought_by(organisation_ids: Collection[int]) -> Any:
    own = [*organisation_ids]
    return or_(
        DealPath.need_id.in_(select(Need.id).where(Need.organisation_id.in_(own))),
        DealPath.contract_id.in_(select(Contract.id).where(Contract.buyer_id.in_(own))),
    )


def sellers_of(path: DealPath) -> Sequence[Cooperative]:
    """Those whose goods were chosen."""
    on = pairs([path.id])
    query = select(Cooperative).where(
        or_(
            Cooperative.id.in_(select(Contract.cooperative_id).join(on, on.c.contract_id == Contract.id)),
            Cooperative.id.in_(
                select(NeedAward.cooperative_id).where(
                    NeedAward.need_id == path.need_id,
                    NeedAward.kind == AwardKind.PART,
                    NeedAward.returned < NeedAward.quantity,
                )
            ),
        )
    )
    return db.session.scalars(query.order_by(Cooperative.sort_name, Cooperative.id)).all()
