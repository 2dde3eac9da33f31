"""What came of a season, counted from what stands in the database. All weights in kilograms."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select, type_coerce

from marketplace.accounts.models import Organisation
from marketplace.catalogue.models import Goods, Product
from marketplace.cooperatives.models import Cooperative
from marketplace.foundation import clock
from marketplace.foundation.calendar import Week, week_of
from marketplace.foundation.db import Thousandths, db
from marketplace.fulfilment.models import (
    Acceptance,
    AcceptanceLine,
    ContractShortfall,
    Excuse,
    Load,
    Settlement,
    SettlementFact,
    SettlementLine,
    SlipDispute,
)
from marketplace.fulfilment.states import FIRM, SETTLEMENT, Outcome, SettlementState
from marketplace.linkage.models import (
    CallOff,
    CallOffAnswer,
    Contract,
    Need,
    NeedAward,
    NeedLine,
    Pool,
    PoolAllocation,
    PoolMember,
    PoolShare,
    Quote,
    QuoteVersion,
)
from marketplace.linkage.queries.call_off import price_for
from marketplace.linkage.reckoning.settlement import LineKind
from marketplace.linkage.states import AwardKind, NeedState, QuoteSide, ShareRunState
from marketplace.linkage.states.call_off import CallOffState
from marketplace.payments.models import Charge
from marketplace.payments.states import ChargeState
from marketplace.recalls.models import Recall
from marketplace.site.winter.behaviour import BY_SLUG
from marketplace.site.winter.life import Season
from marketplace.supply.models import Forecast, Stock

NOTHING = Decimal(0)
MOST_SHOWN = 10
STEPS = ("forecast", "requested", "contracted", "called", "promised", "delivered", "accepted", "paid")


@dataclass
class WeekRow:
    """Kilograms of one week by the steps of the way from field to money."""

    week: Week
    kg: dict[str, Decimal] = field(default_factory=lambda: dict.fromkeys(STEPS, NOTHING))


@dataclass(frozen=True)
class CropRow:
    """One crop: what was agreed, at which mean price of a kilogram, beside the mean of the board in the same weeks."""

    slug: str
    contracted: Decimal
    promised: Decimal
    agreed: int
    market: int

    @property
    def gap(self) -> int:
        """Per cent that the agreed price lies above the board's."""
        return round((self.agreed - self.market) * 100 / self.market) if self.market else 0


@dataclass(frozen=True)
class RuleRow:
    """One sharing rule: how many pools, members, kilograms; how even the shares are among what was offered."""

    rule: Any
    pools: int
    won: int
    members: int
    kg: int
    evenness: float
    """Jain's index of share by word: 1 when everybody got the same part of what it offered."""


@dataclass(frozen=True)
class Partner:
    name: str
    contracts: int
    called: Decimal
    promised: Decimal
    accepted: Decimal

    @property
    def rate(self) -> int:
        return round(self.accepted * 100 / self.called) if self.called else 0


@dataclass(frozen=True)
class Depots:
    """What the scales said: kilograms by grade and by reason of refusal; slips, disputes, recalls, excuses by count."""

    grades: list[tuple[str, Decimal]]
    refused: list[tuple[str, Decimal]]
    slips: int
    by_silence: int
    disputes: dict[str, int]
    recalls: int
    excuses: dict[str, int]


@dataclass(frozen=True)
class Money:
    """In đồng: what sheets came to, what was paid, what was paid late and how late, interest, penalties."""

    sheets: int
    settled: int
    paid: int
    late: int
    days_late: int
    longest: int
    interest: int
    deductions: int
    penalties: int
    missing: Decimal


@dataclass
class Figures:
    """Everything that the report shows."""

    weeks: list[WeekRow]
    crops: list[CropRow]
    rules: list[RuleRow]
    depots: Depots
    money: Money
    causes: list[tuple[str, int, Decimal]]
    needs: dict[str, int]
    quotes: dict[str, int]
    contracts: dict[str, int]
    calls: dict[str, int]
    sellers: list[Partner]
    buyers: list[Partner]
    value: int
    prices: dict[str, list[tuple[Week, int]]]
    aside: int

    def total(self, step: str) -> Decimal:
        return sum((row.kg[step] for row in self.weeks), NOTHING)

    def rate(self, step: str, of: str) -> int:
        whole = self.total(of)
        return round(self.total(step) * 100 / whole) if whole else 0


def gather(season: Season) -> Figures:
    return Figures(
        weeks=_weeks(season),
        crops=_crops(season),
        rules=_rules(),
        depots=_depots(),
        money=_money(),
        causes=_causes(),
        needs=_states(select(Need.state, func.count()).group_by(Need.state)) | _kinds(),
        quotes=_states(select(Quote.state, func.count()).group_by(Quote.state)) | _counters(),
        contracts=_states(select(Contract.state, func.count()).group_by(Contract.state)),
        calls=_states(select(CallOff.state, func.count()).group_by(CallOff.state)),
        sellers=_partners(Contract.cooperative_id, _cooperatives),
        buyers=_partners(Contract.buyer_id, _organisations),
        value=int(db.session.scalar(select(func.sum(Contract.value)).where(_concluded())) or 0),
        prices=_prices(season),
        aside=sum(season.aside.values()),
    )


def _states(query: Any) -> dict[str, int]:
    return {str(state.value): int(count) for state, count in sorted(db.session.execute(query).all())}


def _concluded() -> Any:
    return Contract.signed_on.is_not(None)


# --- by week ------------------------------------------------------------------------------------------


def _weeks(season: Season) -> list[WeekRow]:
    rows = {str(week): WeekRow(week) for week in season.weeks}
    for step, found in (
        ("forecast", _forecast()),
        ("requested", _requested()),
        ("contracted", _by_slot(CallOff.planned, CallOff.state.in_([*CallOffState]))),
        ("called", _by_slot(CallOff.called, CallOff.state.not_in([CallOffState.PLANNED]))),
        ("promised", _by_slot(CallOff.accepted, CallOff.state == CallOffState.ACCEPTED)),
        ("delivered", _delivered()),
        ("accepted", _accepted()),
        ("paid", _paid()),
    ):
        for week, kg in found.items():
            if week in rows:
                rows[week].kg[step] += kg
    return [*rows.values()]


def _kg_of(slug: str) -> Decimal:
    return Decimal(BY_SLUG[slug].kg)


def _forecast() -> dict[str, Decimal]:
    """By the newest version of each week."""
    query = (
        select(Stock.week, Goods.slug, func.sum(Forecast.likely))
        .join(Forecast, (Forecast.stock_id == Stock.id) & (Forecast.version == Stock.version))
        .join(Product, Product.id == Stock.product_id)
        .join(Product.commodity)
        .join(Goods)
        .where(Stock.week != "")
        .group_by(Stock.week, Goods.slug)
    )
    return _summed((week, kg * _kg_of(slug)) for week, slug, kg in db.session.execute(query))


def _requested() -> dict[str, Decimal]:
    query = (
        select(NeedLine.starts, Goods.slug, NeedLine.quantity)
        .join(Need, Need.id == NeedLine.need_id)
        .join(Need.goods)
        .where(Need.opened_at.is_not(None))
    )
    return _summed(
        (str(week_of(starts)), kg * _kg_of(slug)) for starts, slug, kg in db.session.execute(query)
    )


def _by_slot(column: Any, *where: Any) -> dict[str, Decimal]:
    query = select(CallOff.week, func.sum(column)).where(*where).group_by(CallOff.week)
    return {week: Decimal(kg) for week, kg in db.session.execute(query)}


def _accepted() -> dict[str, Decimal]:
    """At the depots, by the week of the call."""
    query = (
        select(CallOff.week, func.sum(AcceptanceLine.kg))
        .join(Acceptance, Acceptance.call_off_id == CallOff.id)
        .join(
            AcceptanceLine,
            (AcceptanceLine.acceptance_id == Acceptance.id)
            & (AcceptanceLine.revision == Acceptance.revision),
        )
        .where(AcceptanceLine.outcome == Outcome.ACCEPTED, Acceptance.state.in_(FIRM))
        .group_by(CallOff.week)
    )
    return {week: Decimal(kg) for week, kg in db.session.execute(query)}


def _delivered() -> dict[str, Decimal]:
    query = (
        select(CallOff.week, func.sum(Load.sent))
        .join(Load, Load.call_off_id == CallOff.id)
        .where(Load.sent.is_not(None))
        .group_by(CallOff.week)
    )
    return {week: Decimal(kg or 0) for week, kg in db.session.execute(query)}


def _paid() -> dict[str, Decimal]:
    """Kilograms of slips whose sheet is paid, by the week of the call."""
    settled = (
        select(SettlementFact.acceptance_id)
        .join(Settlement, Settlement.id == SettlementFact.settlement_id)
        .where(Settlement.state == SettlementState.PAID, SettlementFact.acceptance_id.is_not(None))
    )
    query = (
        select(CallOff.week, func.sum(AcceptanceLine.kg))
        .join(Acceptance, Acceptance.call_off_id == CallOff.id)
        .join(
            AcceptanceLine,
            (AcceptanceLine.acceptance_id == Acceptance.id)
            & (AcceptanceLine.revision == Acceptance.revision),
        )
        .where(AcceptanceLine.outcome == Outcome.ACCEPTED, Acceptance.id.in_(settled))
        .group_by(CallOff.week)
    )
    return {week: Decimal(kg) for week, kg in db.session.execute(query)}


def _summed(pairs: Iterable[tuple[str, Decimal]]) -> dict[str, Decimal]:
    found: dict[str, Decimal] = defaultdict(lambda: NOTHING)
    for week, kg in pairs:
        found[week] += kg
    return found


# --- by crop ------------------------------------------------------------------------------------------


def _crops(season: Season) -> list[CropRow]:
    told: dict[str, list[tuple[Decimal, int, int]]] = defaultdict(list)
    kept: dict[str, Decimal] = defaultdict(lambda: NOTHING)
    query = (
        select(CallOff, Goods.slug)
        .join(Product, Product.id == CallOff.product_id)
        .join(Product.commodity)
        .join(Goods)
        .order_by(CallOff.id)
    )
    for slot, slug in db.session.execute(query):
        price = price_for(slot.contract, slot.starts)
        if price and (slug, slot.week) in season.market:
            told[slug].append((slot.planned, int(price), season.price(slug, slot.week)))
        kept[slug] += slot.accepted if slot.state is CallOffState.ACCEPTED else NOTHING
    return [_crop(slug, rows, kept[slug]) for slug, rows in sorted(told.items())]


def _crop(slug: str, rows: Sequence[tuple[Decimal, int, int]], kept: Decimal) -> CropRow:
    kg = sum((each[0] for each in rows), NOTHING)
    return CropRow(
        slug=slug,
        contracted=kg,
        promised=kept,
        agreed=round(sum(each[0] * each[1] for each in rows) / kg),
        market=round(sum(each[0] * each[2] for each in rows) / kg),
    )


def _prices(season: Season) -> dict[str, list[tuple[Week, int]]]:
    return {
        crop.slug: [(week, season.price(crop.slug, str(week))) for week in season.weeks]
        for crop in season.grown()
    }


# --- pools --------------------------------------------------------------------------------------------


def _rules() -> list[RuleRow]:
    pools: dict[Any, list[Pool]] = defaultdict(list)
    for pool in db.session.scalars(select(Pool).order_by(Pool.id)):
        pools[pool.rule].append(pool)
    return [_rule(rule, found) for rule, found in sorted(pools.items())]


def _rule(rule: Any, pools: Sequence[Pool]) -> RuleRow:
    kg, parts, members = 0, list[float](), set[int]()
    for pool in pools:
        for member, got, offered in db.session.execute(_shares(pool.id)):
            kg += int(got)
            members.add(member)
            if offered:
                parts.append(int(got) / int(offered))
    squares = sum(each * each for each in parts)
    evenness = sum(parts) ** 2 / (len(parts) * squares) if squares else 0.0
    won = sum(pool.won is not None for pool in pools)
    return RuleRow(rule, len(pools), won, len(members), kg, round(evenness, 2))


def _shares(pool_id: int) -> Any:
    return (
        select(PoolMember.id, func.sum(PoolShare.kg), func.sum(PoolShare.most))
        .join(PoolShare, PoolShare.member_id == PoolMember.id)
        .join(PoolAllocation, PoolAllocation.id == PoolShare.allocation_id)
        .where(PoolAllocation.pool_id == pool_id, PoolAllocation.state == ShareRunState.IN_FORCE)
        .group_by(PoolMember.id)
        .order_by(PoolMember.id)
    )


# --- requests, quotes, answers ------------------------------------------------------------------------


def _kinds() -> dict[str, int]:
    asked = [*db.session.scalars(select(Need).where(Need.opened_at.is_not(None)))]
    awards = Counter(db.session.scalars(select(NeedAward.kind)))
    return {
        "published": len(asked),
        "invited": sum(bool(each.invitations) for each in asked),
        "sealed": sum(each.sealed for each in asked),
        "full": sum(each.state is NeedState.AWARDED and not each.left for each in asked),
        "parts": awards[AwardKind.PART],
        "reserves": awards[AwardKind.RESERVE],
    }


def _counters() -> dict[str, int]:
    query = select(QuoteVersion.side, func.count()).group_by(QuoteVersion.side)
    sides = {side: int(count) for side, count in db.session.execute(query)}
    return {"sent": sides.get(QuoteSide.SELLER, 0), "counters": sides.get(QuoteSide.BUYER, 0)}


def _causes() -> list[tuple[str, int, Decimal]]:
    """(cause or "no_answer", how often, kilograms that were called and not promised)."""
    query = (
        select(
            CallOffAnswer.cause,
            CallOffAnswer.answered,
            func.count(),
            type_coerce(func.sum(CallOffAnswer.called - CallOffAnswer.accepted), Thousandths),
        )
        .where(CallOffAnswer.accepted < CallOffAnswer.called, CallOffAnswer.kept == 0)
        .group_by(CallOffAnswer.cause, CallOffAnswer.answered)
    )
    told = [
        (cause if answered else "no_answer", int(count), Decimal(kg))
        for cause, answered, count, kg in db.session.execute(query)
    ]
    return sorted(told, key=lambda each: (-each[2], each[0]))


# --- depots and money ---------------------------------------------------------------------------------


def _depots() -> Depots:
    lines = (
        select(
            AcceptanceLine.outcome, AcceptanceLine.grade, AcceptanceLine.reason, func.sum(AcceptanceLine.kg)
        )
        .join(Acceptance, Acceptance.id == AcceptanceLine.acceptance_id)
        .where(AcceptanceLine.revision == Acceptance.revision, Acceptance.state.in_(FIRM))
        .group_by(AcceptanceLine.outcome, AcceptanceLine.grade, AcceptanceLine.reason)
    )
    rows = db.session.execute(lines).all()
    good = [(grade, Decimal(kg)) for outcome, grade, _reason, kg in rows if outcome is Outcome.ACCEPTED]
    bad = [(reason, Decimal(kg)) for outcome, _grade, reason, kg in rows if outcome is Outcome.REJECTED]
    return Depots(
        grades=sorted(good),
        refused=sorted(bad, key=lambda row: (-row[1], row[0])),
        slips=_count(Acceptance.id),
        by_silence=_count(Acceptance.id, Acceptance.by_silence),
        disputes=_states(select(SlipDispute.state, func.count()).group_by(SlipDispute.state)),
        recalls=_count(Recall.id),
        excuses=_states(select(Excuse.state, func.count()).group_by(Excuse.state)),
    )


def _money() -> Money:
    living = Settlement.state.in_([SettlementState.CONFIRMED, SettlementState.PAID])
    charges = [*db.session.scalars(select(Charge).where(Charge.purpose == SETTLEMENT).order_by(Charge.id))]
    days = [_days_late(each) for each in charges]
    late = [(each, count) for each, count in zip(charges, days, strict=True) if count > 0]
    penalty = select(func.sum(ContractShortfall.penalty), func.sum(ContractShortfall.missing))
    charged, missing = db.session.execute(penalty.where(ContractShortfall.side == "seller")).one()
    return Money(
        sheets=_count(Settlement.id, living),
        settled=int(db.session.scalar(select(func.sum(Settlement.total)).where(living)) or 0),
        paid=sum(int(each.amount) for each in charges if each.state is ChargeState.SETTLED),
        late=len(late),
        days_late=round(sum(count for _each, count in late) / len(late)) if late else 0,
        longest=max((count for _each, count in late), default=0),
        interest=_lines(LineKind.INTEREST),
        deductions=_lines(LineKind.DEDUCTION),
        penalties=int(charged or 0),
        missing=Decimal(missing or 0),
    )


def _days_late(charge: Charge) -> int:
    if charge.settled_at is None or charge.due_on is None:
        return 0
    return max((clock.to_local(charge.settled_at).date() - charge.due_on).days, 0)


def _lines(kind: LineKind) -> int:
    query = (
        select(func.sum(SettlementLine.amount))
        .join(SettlementLine.settlement)
        .where(SettlementLine.kind == kind, Settlement.state != SettlementState.VOID)
    )
    return abs(int(db.session.scalar(query) or 0))


def _count(column: Any, *where: Any) -> int:
    return int(db.session.scalar(select(func.count(column)).where(*where)) or 0)


# --- partners -----------------------------------------------------------------------------------------


def _partners(column: Any, names: Any) -> list[Partner]:
    query = (
        select(
            column,
            func.count(Contract.id.distinct()),
            func.sum(CallOff.called),
            func.sum(CallOff.accepted).filter(CallOff.state == CallOffState.ACCEPTED),
            func.sum(_taken_in()),
        )
        .join(CallOff, CallOff.contract_id == Contract.id)
        .where(_concluded())
        .group_by(column)
    )
    rows = [
        (number, int(count), Decimal(called or 0), Decimal(promised or 0), Decimal(taken or 0))
        for number, count, called, promised, taken in db.session.execute(query)
    ]
    rows.sort(key=lambda row: (-row[4], -row[3], row[0]))
    told = names([row[0] for row in rows[:MOST_SHOWN]])
    return [
        Partner(told[number], count, called, promised, taken)
        for number, count, called, promised, taken in rows[:MOST_SHOWN]
    ]


def _taken_in() -> Any:
    """What the depots accepted of a call."""
    return type_coerce(
        select(func.coalesce(func.sum(AcceptanceLine.kg), 0))
        .join(Acceptance, Acceptance.id == AcceptanceLine.acceptance_id)
        .where(
            Acceptance.call_off_id == CallOff.id,
            AcceptanceLine.revision == Acceptance.revision,
            AcceptanceLine.outcome == Outcome.ACCEPTED,
            Acceptance.state.in_(FIRM),
        )
        .correlate(CallOff)
        .scalar_subquery(),
        Thousandths,
    )


def _cooperatives(ids: Sequence[int]) -> dict[int, str]:
    query = select(Cooperative).where(Cooperative.id.in_(ids))
    return {each.id: each.called for each in db.session.scalars(query)}


def _organisations(ids: Sequence[int]) -> dict[int, str]:
    query = select(Organisation).where(Organisation.id.in_(ids))
    return {each.id: each.name for each in db.session.scalars(query)}
