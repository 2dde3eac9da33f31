"""What deals that began at fairs come to, step by step. Nothing is kept: each figure is added up from its rows.

Kilograms only: a request in a unit whose weight nobody said counts as a request, and adds no kilograms.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

from sqlalchemy import func, literal, select, union_all

from marketplace.accounts.models import Organisation
from marketplace.bridges.models import DealLink, DealPath
from marketplace.bridges.queries.path import pairs
from marketplace.bridges.states import FromKind, Step
from marketplace.catalogue.models import Goods
from marketplace.cooperatives.models import Cooperative
from marketplace.fairs.models import Fair, FairDeal, FairLead, Stand
from marketplace.fairs.states import DealState, FairState
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.money import Money
from marketplace.foundation.units import UNITS
from marketplace.foundation.words import _, pick
from marketplace.fulfilment.worth import accepted_worth, paid_worth
from marketplace.linkage import ladder
from marketplace.linkage.models import Contract, Need, NeedAward, Pool, Quote
from marketplace.linkage.queries.pool import SHOWN_TO_BUYERS
from marketplace.linkage.states import AwardKind, QuoteState
from marketplace.linkage.states.contract import UNSIGNED
from marketplace.selection.models import Application

NOTHING, NO_MONEY = Decimal(0), Money(0)
RUNGS = {Step.CALLED: "called", Step.DELIVERED: "delivered", Step.ACCEPTED: "accepted", Step.PAID: "paid"}


@dataclass(frozen=True, slots=True)
class Sums:
    """Numbers, kilograms and đồng of the steps, of one path or of many together."""

    contacts: int = 0
    requests: int = 0
    requested: Decimal = NOTHING
    quotes: int = 0
    awarded: Decimal = NOTHING
    contracts: int = 0
    agreed: Decimal = NOTHING
    value: Money = NO_MONEY
    called: Decimal = NOTHING
    delivered: Decimal = NOTHING
    accepted: Decimal = NOTHING
    accepted_value: Money = NO_MONEY
    paid: Decimal = NOTHING
    paid_value: Money = NO_MONEY

    def __add__(self, other: Sums) -> Sums:
        return Sums(*(getattr(self, each.name) + getattr(other, each.name) for each in fields(Sums)))


def total(sums: Iterable[Sums]) -> Sums:
    return sum(sums, Sums())


@dataclass(frozen=True, slots=True)
class StepRow:
    """One of the rows that a figure is added up from. `path` is the ref of its deal."""

    path: str
    name: str
    detail: str
    kg: Decimal | None = None
    value: Money | None = None
    contract: str = ""


@dataclass(frozen=True, slots=True)
class Counted:
    """A contract that counts for the fair of its path."""

    path_id: int
    path: str
    id: int
    ref: str
    number: str
    title: str
    seller: str
    buyer: str
    agreed: Decimal
    value: Money


# --- by path ------------------------------------------------------------------------------------------


def sums_by_path(path_ids: Collection[int]) -> dict[int, Sums]:
    """Path → its sums: a constant number of statements, however many paths."""
    told = {each: Sums() for each in path_ids}
    if not told:
        return told
    for row in _requests(told):
        told[row.path_id] += Sums(requests=1, requested=_kg(row.quantity, row.unit))
    for row in _quotes(told):
        told[row.path_id] += Sums(quotes=1)
    for row in _awards(told):
        told[row.path_id] += Sums(awarded=_kg(row.quantity - row.returned, row.unit))
    contracts = counted(told)
    kept = _kept([each.id for each in contracts])
    for each in contracts:
        mine = {name: kept[name].get(each.id, NOTHING) for name in RUNGS.values()}
        told[each.path_id] += Sums(
            contracts=1,
            agreed=each.agreed,
            value=each.value,
            **mine,
            accepted_value=kept["worth"].get(each.id, NO_MONEY),
            paid_value=kept["paid_worth"].get(each.id, NO_MONEY),
        )
    return told


def counted(path_ids: Collection[int]) -> list[Counted]:
    """Contracts on these paths that were signed in time, the oldest first: one statement."""
    on = pairs(path_ids)
    query = (
        select(
            DealPath.id,
            DealPath.ref,
            Contract.id.label("contract_id"),
            Contract.ref.label("contract_ref"),
            Contract.number,
            Contract.title,
            Cooperative.short_name,
            Cooperative.name.label("seller"),
            Organisation.name.label("buyer"),
            Contract.agreed,
            Contract.value,
        )
        .join(on, on.c.path_id == DealPath.id)
        .join(Contract, Contract.id == on.c.contract_id)
        .join(Cooperative, Cooperative.id == Contract.cooperative_id)
        .join(Organisation, Organisation.id == Contract.buyer_id)
        .where(Contract.state.not_in(UNSIGNED), Contract.signed_on <= DealPath.counts_until)
        .order_by(Contract.id)
    )
    return [
        Counted(
            row.id,
            row.ref,
            row.contract_id,
            row.contract_ref,
            row.number or "",
            row.title,
            row.short_name or row.seller,
            row.buyer,
            row.agreed,
            row.value,
        )
        for row in db.session.execute(query)
    ]


def _kept(contract_ids: Collection[int]) -> dict[str, Mapping[int, Any]]:
    """What the rungs of the contracts' ladders tell, and what was accepted and paid in đồng."""
    told: dict[str, Mapping[int, Any]] = {name: {} for name in RUNGS.values()}
    if contract_ids:
        told |= {name: ladder.TELLERS[name](contract_ids) for name in told if name in ladder.TELLERS}
    return {**told, "worth": accepted_worth(contract_ids), "paid_worth": paid_worth(contract_ids)}


def _kg(quantity: Decimal, unit: str) -> Decimal:
    return quantity * (UNITS[unit].kg or NOTHING)


def _requests(path_ids: Collection[int]) -> Sequence[Any]:
    """Those that were published."""
    query = (
        select(
            DealPath.id.label("path_id"),
            DealPath.ref,
            Need.number,
            Need.total.label("quantity"),
            Need.unit,
            Goods.name_vi,
            Goods.name_en,
            Organisation.name.label("buyer"),
        )
        .join(Need, Need.id == DealPath.need_id)
        .join(Goods, Goods.id == Need.goods_id)
        .join(Organisation, Organisation.id == Need.organisation_id)
        .where(DealPath.id.in_([*path_ids]), Need.opened_at.is_not(None))
    )
    return db.session.execute(query.order_by(Need.id)).all()


def _quotes(path_ids: Collection[int]) -> Sequence[Any]:
    """Quotes that were not withdrawn and answers of pools, by whoever sent or leads them: one statement. `pool` says
    which; the first that came is the first."""
    told = (
        DealPath.id.label("path_id"),
        DealPath.ref,
        Need.number,
        Cooperative.short_name,
        Cooperative.name,
    )
    quotes = (
        select(*told, literal(False).label("pool"), Quote.submitted_at.label("came"))
        .join(Need, Need.id == DealPath.need_id)
        .join(Quote, Quote.need_id == Need.id)
        .join(Cooperative, Cooperative.id == Quote.cooperative_id)
        .where(DealPath.id.in_([*path_ids]), Quote.state != QuoteState.WITHDRAWN)
    )
    pools = (
        select(*told, literal(True).label("pool"), Pool.answered_at.label("came"))
        .join(Need, Need.id == DealPath.need_id)
        .join(Pool, Pool.need_id == Need.id)
        .join(Cooperative, Cooperative.id == Pool.lead_id)
        .where(DealPath.id.in_([*path_ids]), Pool.state.in_(SHOWN_TO_BUYERS))
    )
    both = union_all(quotes, pools).subquery()
    return db.session.execute(select(both).order_by(both.c.came, both.c.name)).all()


def _awards(path_ids: Collection[int]) -> Sequence[Any]:
    query = (
        select(
            DealPath.id.label("path_id"),
            DealPath.ref,
            Need.number,
            Need.unit,
            NeedAward.quantity,
            NeedAward.returned,
            Cooperative.short_name,
            Cooperative.name,
        )
        .join(Need, Need.id == DealPath.need_id)
        .join(NeedAward, (NeedAward.need_id == Need.id) & (NeedAward.kind == AwardKind.PART))
        .join(Cooperative, Cooperative.id == NeedAward.cooperative_id)
        .where(DealPath.id.in_([*path_ids]), NeedAward.returned < NeedAward.quantity)
    )
    return db.session.execute(query.order_by(NeedAward.id)).all()


# --- by fair ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Declared:
    """What exhibitors said was signed there: how many papers, worth how much, and of that what is linked to contracts
    here. Shown beside what was delivered, never added to it."""

    papers: int = 0
    value: Money = NO_MONEY
    linked: int = 0
    linked_value: Money = NO_MONEY


@dataclass(frozen=True, slots=True)
class FairFigures:
    fair: Fair
    sums: Sums
    declared: Declared


def deal_ids(fair_ids: Collection[int]) -> dict[int, int]:
    """Path → fair, of those that count."""
    query = select(DealPath.id, DealPath.fair_id).where(
        DealPath.fair_id.in_([*fair_ids]), DealPath.ended_at.is_(None)
    )
    return {row.id: row.fair_id for row in db.session.execute(query)}


def figures_of_fairs(fairs: Sequence[Fair]) -> list[FairFigures]:
    """The funnel of each: a constant number of statements, however many fairs."""
    ids = [fair.id for fair in fairs]
    on = deal_ids(ids)
    sums = {each: Sums() for each in ids}
    for path_id, mine in sums_by_path(on).items():
        sums[on[path_id]] += mine
    contacts = select(FairLead.fair_id, func.count()).where(FairLead.fair_id.in_(ids))
    for fair_id, count in db.session.execute(contacts.group_by(FairLead.fair_id)):
        sums[fair_id] += Sums(contacts=count)
    declared = _declared(ids)
    return [FairFigures(fair, sums[fair.id], declared.get(fair.id, Declared())) for fair in fairs]


def _declared(fair_ids: Collection[int]) -> dict[int, Declared]:
    linked = select(DealLink.from_id).where(
        DealLink.from_kind == FromKind.FAIR_DEAL, DealLink.removed_at.is_(None)
    )
    query = (
        select(
            FairDeal.fair_id,
            FairDeal.id.in_(linked).label("linked"),
            func.count().label("papers"),
            func.sum(FairDeal.value).label("value"),
        )
        .where(FairDeal.fair_id.in_([*fair_ids]), FairDeal.state != DealState.FAILED)
        .group_by(FairDeal.fair_id, "linked")
    )
    told: dict[int, Declared] = {}
    for row in db.session.execute(query):
        before, value = told.get(row.fair_id, Declared()), Money(int(row.value))
        told[row.fair_id] = Declared(
            before.papers + row.papers,
            before.value + value,
            before.linked + (row.papers if row.linked else 0),
            before.linked_value + (value if row.linked else NO_MONEY),
        )
    return told


def fairs_with_paths(limit: int = 60) -> Sequence[Fair]:
    """Fairs that have begun and were not called off, the latest first."""
    query = select(Fair).where(
        Fair.first_day <= clock.today(), Fair.state.not_in((FairState.DRAFT, FairState.CANCELLED))
    )
    return db.session.scalars(query.order_by(Fair.first_day.desc(), Fair.id.desc()).limit(limit)).all()


def rows_of(fair: Fair, step: Step) -> list[StepRow]:
    """What a figure of a fair is added up from."""
    if step is Step.CONTACTS:
        return _contact_rows(fair)
    on = deal_ids([fair.id])
    if not on:
        return []
    if step is Step.REQUESTS:
        return [
            StepRow(
                row.ref,
                row.number,
                f"{pick(row.name_vi, row.name_en)}, {row.buyer}",
                _kg(row.quantity, row.unit),
            )
            for row in _requests(on)
        ]
    if step is Step.QUOTES:
        return [StepRow(row.ref, row.number, _quoted_by(row)) for row in _quotes(on)]
    if step is Step.AWARDED:
        return [
            StepRow(
                row.ref, row.number, row.short_name or row.name, _kg(row.quantity - row.returned, row.unit)
            )
            for row in _awards(on)
        ]
    return _contract_rows(counted(on), step)


def _quoted_by(row: Any) -> str:
    name = row.short_name or row.name
    return _("Pool led by %(lead)s", lead=name) if row.pool else name


def _contract_rows(contracts: list[Counted], step: Step) -> list[StepRow]:
    kept = _kept([each.id for each in contracts])
    worth = {Step.ACCEPTED: "worth", Step.PAID: "paid_worth"}.get(step)
    return [
        StepRow(
            each.path,
            each.number,
            f"{each.title}, {each.seller} – {each.buyer}",
            each.agreed if step is Step.CONTRACTS else kept[RUNGS[step]].get(each.id, NOTHING),
            each.value if step is Step.CONTRACTS else (kept[worth].get(each.id, NO_MONEY) if worth else None),
            each.ref,
        )
        for each in contracts
    ]


def _contact_rows(fair: Fair) -> list[StepRow]:
    """A company, and whose stand it was: people are not named here."""
    query = (
        select(FairLead.company, FairLead.met_on, Cooperative.short_name, Cooperative.name)
        .join(Stand, Stand.id == FairLead.stand_id)
        .join(Application, Application.id == Stand.application_id)
        .join(Cooperative, Cooperative.id == Application.cooperative_id)
        .where(FairLead.fair_id == fair.id)
        .order_by(FairLead.id)
    )
    return [
        StepRow("", row.company, f"{row.short_name or row.name}, {row.met_on:%d/%m/%Y}")
        for row in db.session.execute(query)
    ]
