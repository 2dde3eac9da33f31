"""Results of fairs: one by one, in queues, and every exhibitor of a fair with all that is counted about it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from marketplace.catalogue.models import Category, Commodity, Product, ProductPaper
from marketplace.cooperatives.models import Certificate, Cooperative
from marketplace.cooperatives.states import KIND_LABELS, PaperKind, PaperState
from marketplace.fairs.models import (
    Booth,
    BoothDay,
    BoothSale,
    BroughtProduct,
    Fair,
    FairDeal,
    FairReport,
    FairResult,
    FollowUp,
    ReportEntry,
    ReportLayout,
    ResultEvidence,
    Stand,
    StandBooth,
    Zone,
)
from marketplace.fairs.queries.gate import attendance
from marketplace.fairs.states import DealKind, FairState, ResultState, StandState
from marketplace.foundation.db import Page, db, page_of
from marketplace.foundation.money import Money
from marketplace.places.models import Address, AdminUnit
from marketplace.selection.models import Application
from marketplace.support.models import SupportBudget
from marketplace.support.states import SupportPurpose

HANDED_IN = (ResultState.SUBMITTED, ResultState.VERIFIED, ResultState.LOCKED)
LOOKED_AT = (ResultState.VERIFIED, ResultState.LOCKED)
NONE = Money(0)
NORM = Decimal(9)
"""Square metres of a standard booth: a free plot counts as its area over this."""


def visits(fair_id: int) -> int | None:
    """Counted visits of a fair, visitors' and buyers'; None while no gate counts for it."""
    fair = db.session.get_one(Fair, fair_id)
    came = attendance(fair).whole
    return came.visits + came.buyer_visits or None


# --- one result -------------------------------------------------------------------------------------


def result_of(stand_id: int) -> FairResult | None:
    return db.session.scalar(_results().where(FairResult.stand_id == stand_id))


def result_by_id(result_id: int) -> FairResult | None:
    return db.session.scalar(_results().where(FairResult.id == result_id))


def any_result(ref: str, user: Any) -> FairResult | None:
    """Any, for officers."""
    if not user.is_authenticated or not user.is_officer:
        return None
    return db.session.scalar(_results().where(FairResult.ref == ref))


def _results() -> Any:
    return select(FairResult).options(
        joinedload(FairResult.stand).joinedload(Stand.fair),
        joinedload(FairResult.stand).joinedload(Stand.application).joinedload(Application.cooperative),
        joinedload(FairResult.verified_by),
        selectinload(FairResult.evidence).joinedload(ResultEvidence.document),
        selectinload(FairResult.follow_ups),
    )


def results_by_stand(stand_ids: Sequence[int]) -> dict[int, FairResult]:
    found = db.session.scalars(
        select(FairResult)
        .where(FairResult.stand_id.in_(stand_ids))
        .options(selectinload(FairResult.follow_ups))
    )
    return {result.stand_id: result for result in found}


def follow_up_by_id(follow_up_id: int) -> FollowUp | None:
    return db.session.scalar(
        select(FollowUp)
        .where(FollowUp.id == follow_up_id)
        .options(joinedload(FollowUp.result).joinedload(FairResult.stand).joinedload(Stand.fair))
    )


def to_ask(today: dt.date, limit: int = 500) -> Sequence[int]:
    """Follow-ups whose day has come and of which nobody was asked."""
    query = select(FollowUp.id).where(FollowUp.asked_at.is_(None), FollowUp.due_on <= today)
    return db.session.scalars(query.order_by(FollowUp.due_on, FollowUp.id).limit(limit)).all()


# --- queues -----------------------------------------------------------------------------------------


def results_page(fair_id: int, states: Sequence[ResultState], after: str | None) -> Page[Any]:
    """Those in these states, by the cooperative's name in Vietnamese order: (result, cooperative)."""
    query: Any = (
        select(FairResult, Cooperative)
        .join(Stand, Stand.id == FairResult.stand_id)
        .join(Application, Application.id == Stand.application_id)
        .join(Cooperative, Cooperative.id == Application.cooperative_id)
        .where(FairResult.fair_id == fair_id, FairResult.state.in_(states))
        .options(selectinload(FairResult.evidence))
    )
    return page_of(query, Cooperative.sort_name, FairResult.id, after=after)


def owing_page(fair_id: int, after: str | None) -> Page[Any]:
    """Exhibitors that have not handed in: (stand, cooperative)."""
    query: Any = (
        select(Stand, Cooperative)
        .join(Application, Application.id == Stand.application_id)
        .join(Cooperative, Cooperative.id == Application.cooperative_id)
        .outerjoin(FairResult, FairResult.stand_id == Stand.id)
        .where(Stand.fair_id == fair_id, Stand.state == StandState.CONFIRMED)
        .where(FairResult.id.is_(None) | FairResult.state.not_in(HANDED_IN))
    )
    return page_of(query, Cooperative.sort_name, Stand.id, after=after)


def result_counts(fair_id: int) -> dict[str, int]:
    """How many results stand in each state; "owing" are exhibitors without one that was handed in."""
    rows = db.session.execute(
        select(FairResult.state, func.count())
        .select_from(Stand)
        .outerjoin(FairResult, FairResult.stand_id == Stand.id)
        .where(Stand.fair_id == fair_id, Stand.state == StandState.CONFIRMED)
        .group_by(FairResult.state)
    )
    counts = {str(state) if state is not None else "none": int(count) for state, count in rows}
    counts["owing"] = sum(count for state, count in counts.items() if state not in HANDED_IN)
    return counts


def owes_report(cooperative_id: int, today: dt.date) -> list[Fair]:
    """Fairs that are over, at which this cooperative stood, and whose results it has not handed in."""
    return [
        *db.session.scalars(
            select(Fair)
            .join(Stand, Stand.fair_id == Fair.id)
            .join(Application, Application.id == Stand.application_id)
            .outerjoin(FairResult, FairResult.stand_id == Stand.id)
            .where(
                Application.cooperative_id == cooperative_id,
                Stand.state == StandState.CONFIRMED,
                Fair.last_day < today,
                Fair.state.not_in((FairState.DRAFT, FairState.CANCELLED)),
                FairResult.id.is_(None) | FairResult.state.not_in(HANDED_IN),
            )
            .order_by(Fair.last_day, Fair.id)
            .distinct()
        )
    ]


# --- all about a fair's exhibitors ------------------------------------------------------------------


@dataclass(frozen=True)
class Shown:
    """A product that stood at the fair."""

    name: str
    stars: int
    certified: bool


@dataclass(frozen=True)
class Sold:
    """What a stand sold of one product, by its day sheets."""

    product: str
    unit: str
    quantity: Decimal
    amount: Money


@dataclass(frozen=True)
class Signed:
    """One memorandum or contract of a handed-in result; `verified` None while nobody has looked."""

    kind: DealKind
    partner: str
    country: str
    value: Money
    verified: Money | None


@dataclass(frozen=True)
class Later:
    """One follow-up: what had been realised `month` months after the fair."""

    month: int
    value: Money | None
    verified: Money | None


@dataclass
class Exhibitor:
    """Everything that is counted about one stand. `zone` and `sector` are of its first booth and first product."""

    stand_id: int
    stand: str
    name: str
    kind: str
    district: str
    booths: str = ""
    metres: Decimal = Decimal(0)
    zone: str = ""
    sector: str = ""
    result: str = ""
    stage: ResultState | None = None
    sales: Money = NONE
    orders: int = 0
    leads: int = 0
    verified_sales: Money | None = None
    verified_orders: int | None = None
    products: tuple[Shown, ...] = ()
    sold: tuple[Sold, ...] = ()
    signed: tuple[Signed, ...] = ()
    later: tuple[Later, ...] = ()

    @property
    def standard(self) -> Decimal:
        """Its area in standard booths, to a hundredth: what is added up is what is shown."""
        return (self.metres / NORM).quantize(Decimal("0.01"), ROUND_HALF_UP)

    @property
    def declared(self) -> bool:
        return self.stage in HANDED_IN

    @property
    def verified(self) -> bool:
        return self.stage in LOOKED_AT


def exhibitors_with_results(fair: Fair) -> list[Exhibitor]:
    """All confirmed stands of a fair by name: six statements, however many they are."""
    found = {row.stand_id: row for row in _stands(fair)}
    _add_booths(fair.id, found)
    _add_products(fair, found)
    _add_results(fair.id, found)
    _add_deals(fair.id, found)
    _add_sales(fair.id, found)
    return [*found.values()]


def _stands(fair: Fair) -> list[Exhibitor]:
    rows = db.session.execute(
        select(Stand.id, Stand.ref, Cooperative.name, Cooperative.kind, _district())
        .join(Application, Application.id == Stand.application_id)
        .join(Cooperative, Cooperative.id == Application.cooperative_id)
        .outerjoin(Address, Address.id == Cooperative.address_id)
        .outerjoin(COMMUNE, COMMUNE.id == Address.unit_as_written_id)
        .outerjoin(ABOVE, ABOVE.id == COMMUNE.parent_id)
        .where(Stand.fair_id == fair.id, Stand.state == StandState.CONFIRMED)
        .order_by(Cooperative.sort_name, Stand.id)
    )
    return [Exhibitor(row[0], row[1], row[2], str(KIND_LABELS[row[3]]), row[4] or "") for row in rows]


COMMUNE, ABOVE = aliased(AdminUnit), aliased(AdminUnit)


def _district() -> Any:
    """The district people still name, where the paper names a commune of one; else the commune itself."""
    return case((ABOVE.level == 2, ABOVE.name), else_=COMMUNE.name)


def _add_booths(fair_id: int, found: dict[int, Exhibitor]) -> None:
    rows = db.session.execute(
        select(StandBooth.stand_id, Booth.code, Booth.w, Booth.h, Zone.name_vi)
        .join(Stand, Stand.id == StandBooth.stand_id)
        .join(Booth, Booth.id == StandBooth.booth_id)
        .join(Zone, Zone.id == Booth.zone_id)
        .where(Stand.fair_id == fair_id, Stand.state == StandState.CONFIRMED, StandBooth.active)
        .order_by(StandBooth.stand_id, Booth.code, StandBooth.half)
    )
    codes: dict[int, list[str]] = defaultdict(list)
    for stand_id, code, w, h, zone in rows:
        whose = found[stand_id]
        whose.metres += Decimal(w * h) / 8  # a row is half a booth, and a grid square a quarter of a m²
        whose.zone = whose.zone or zone
        if code not in codes[stand_id]:
            codes[stand_id].append(code)
    for stand_id, mine in codes.items():
        found[stand_id].booths = ", ".join(mine)


def _add_products(fair: Fair, found: dict[int, Exhibitor]) -> None:
    """`stars` of an OCOP paper and whether any paper was in force on the fair's first day."""
    in_force = (Certificate.state == PaperState.VERIFIED) & (
        Certificate.expires_on.is_(None) | (Certificate.expires_on >= fair.first_day)
    )
    rows = db.session.execute(
        select(
            Stand.id,
            Product.name_vi,
            Category.name_vi,
            func.coalesce(
                func.max(case((Certificate.kind == PaperKind.OCOP, Certificate.stars), else_=0)), 0
            ),
            func.count(Certificate.id),
        )
        .select_from(Stand)
        .join(BroughtProduct, BroughtProduct.application_id == Stand.application_id)
        .join(Product, Product.id == BroughtProduct.product_id)
        .join(Commodity, Commodity.id == Product.commodity_id)
        .join(Category, Category.id == Commodity.category_id)
        .outerjoin(ProductPaper, ProductPaper.product_id == Product.id)
        .outerjoin(Certificate, (Certificate.id == ProductPaper.certificate_id) & in_force)
        .where(Stand.fair_id == fair.id, Stand.state == StandState.CONFIRMED)
        .group_by(Stand.id, BroughtProduct.position, Product.id, Product.name_vi, Category.name_vi)
        .order_by(Stand.id, BroughtProduct.position)
    )
    for stand_id, name, sector, stars, papers in rows:
        whose = found[stand_id]
        whose.sector = whose.sector or sector
        whose.products = (*whose.products, Shown(name, int(stars or 0), papers > 0))


def _add_results(fair_id: int, found: dict[int, Exhibitor]) -> None:
    results = db.session.scalars(
        select(FairResult).where(FairResult.fair_id == fair_id).options(selectinload(FairResult.follow_ups))
    )
    for result in results:
        whose = found.get(result.stand_id)
        if whose is None:
            continue
        whose.result, whose.sales, whose.orders, whose.leads = (
            result.ref,
            result.sales,
            result.orders,
            result.leads,
        )
        whose.stage = result.state
        whose.verified_sales, whose.verified_orders = result.verified_sales, result.verified_orders
        whose.later = tuple(Later(each.month, each.value, each.verified) for each in result.follow_ups)


def _add_deals(fair_id: int, found: dict[int, Exhibitor]) -> None:
    deals = db.session.scalars(
        select(FairDeal)
        .where(FairDeal.fair_id == fair_id, FairDeal.counted)
        .order_by(FairDeal.stand_id, FairDeal.id)
    )
    for deal in deals:
        if deal.stand_id in found:
            whose = found[deal.stand_id]
            told = Signed(deal.kind, deal.partner, deal.country, deal.value, deal.verified)
            whose.signed = (*whose.signed, told)


def _add_sales(fair_id: int, found: dict[int, Exhibitor]) -> None:
    rows = db.session.execute(
        select(
            BoothDay.stand_id,
            Product.name_vi,
            BoothSale.unit,
            func.sum(BoothSale.quantity),
            func.sum(BoothSale.amount),
        )
        .join(BoothSale, BoothSale.booth_day_id == BoothDay.id)
        .join(Product, Product.id == BoothSale.product_id)
        .join(Stand, Stand.id == BoothDay.stand_id)
        .where(Stand.fair_id == fair_id)
        .group_by(BoothDay.stand_id, Product.id, Product.name_vi, BoothSale.unit)
        .order_by(BoothDay.stand_id, Product.name_vi)
    )
    for stand_id, product, unit, quantity, amount in rows:
        if stand_id in found:
            whose = found[stand_id]
            whose.sold = (*whose.sold, Sold(product, unit, Decimal(quantity), Money(int(amount))))


# --- where they came from, and how fairs compare ----------------------------------------------------


@dataclass(frozen=True)
class Origin:
    """A district with how many exhibitors came from it."""

    district: str
    count: int


def origins(fair_id: int) -> list[Origin]:
    """Most exhibitors first; those whose place nobody wrote down are under the empty name."""
    name = func.coalesce(_district(), "")
    rows = db.session.execute(
        select(name, func.count())
        .select_from(Stand)
        .join(Application, Application.id == Stand.application_id)
        .join(Cooperative, Cooperative.id == Application.cooperative_id)
        .outerjoin(Address, Address.id == Cooperative.address_id)
        .outerjoin(COMMUNE, COMMUNE.id == Address.unit_as_written_id)
        .outerjoin(ABOVE, ABOVE.id == COMMUNE.parent_id)
        .where(Stand.fair_id == fair_id, Stand.state == StandState.CONFIRMED)
        .group_by(name)
        .order_by(func.count().desc(), name)
    )
    return [Origin(row[0], int(row[1])) for row in rows]


@dataclass(frozen=True)
class Standing:
    """One fair on the leaderboard. `change` is its verified sales against the fair before it in its series, in %."""

    fair: Fair
    exhibitors: int
    handed_in: int
    sales: Money
    verified_sales: Money
    memoranda_value: Money
    contracts_value: Money
    verified_contracts_value: Money
    support: Money
    change: int | None = None

    @property
    def leverage(self) -> Decimal | None:
        """Verified contracts as signed over the support paid; None while none was paid."""
        if not self.support:
            return None
        whole = Decimal(int(self.verified_contracts_value)) / int(self.support)
        return whole.quantize(Decimal("0.01"), ROUND_HALF_UP)


def leaderboard(today: dt.date, limit: int = 60) -> list[Standing]:
    """Fairs that have begun, those with most verified sales first: two statements."""
    standings = [_standing(row) for row in db.session.execute(_compared(today).limit(limit))]
    last: dict[str, Standing] = {}
    told: list[Standing] = []
    for each in sorted(standings, key=lambda one: (one.fair.first_day, one.fair.id)):
        told.append(_against(each, last.get(each.fair.series)))
        last[each.fair.series] = each
    return sorted(told, key=lambda one: (-one.verified_sales, -one.sales, one.fair.id))


def _compared(today: dt.date) -> Any:
    declared, looked_at = FairResult.state.in_(HANDED_IN), FairResult.state.in_(LOOKED_AT)

    def total(column: Any, when: Any) -> Any:
        return func.coalesce(func.sum(case((when, column), else_=0)), 0)

    sums = (
        select(
            Stand.fair_id.label("fair_id"),
            func.count().label("exhibitors"),
            total(1, declared).label("handed_in"),
            total(FairResult.sales, declared).label("sales"),
            total(FairResult.verified_sales, looked_at).label("verified_sales"),
            total(FairResult.memoranda_value, declared).label("memoranda_value"),
            total(FairResult.contracts_value, declared).label("contracts_value"),
            total(FairResult.verified_contracts_value, looked_at).label("verified_contracts_value"),
        )
        .select_from(Stand)
        .outerjoin(FairResult, FairResult.stand_id == Stand.id)
        .where(Stand.state == StandState.CONFIRMED)
        .group_by(Stand.fair_id)
        .subquery()
    )
    paid = (
        select(SupportBudget.subject_id, func.sum(SupportBudget.paid).label("support"))
        .where(SupportBudget.purpose == SupportPurpose.FAIR)
        .group_by(SupportBudget.subject_id)
        .subquery()
    )
    return (
        select(
            Fair,
            *[column for column in sums.c if column.name != "fair_id"],
            func.coalesce(paid.c.support, 0).label("support"),
        )
        .join(sums, sums.c.fair_id == Fair.id)
        .outerjoin(paid, paid.c.subject_id == Fair.id)
        .where(Fair.first_day <= today, Fair.state.not_in((FairState.DRAFT, FairState.CANCELLED)))
        .order_by(Fair.first_day.desc(), Fair.id.desc())
    )


def _standing(row: Any) -> Standing:
    sums = {name: Money(int(row._mapping[name])) for name in SUMS}
    return Standing(fair=row[0], exhibitors=int(row.exhibitors), handed_in=int(row.handed_in), **sums)


SUMS = (
    "sales",
    "verified_sales",
    "memoranda_value",
    "contracts_value",
    "verified_contracts_value",
    "support",
)


def _against(each: Standing, before: Standing | None) -> Standing:
    if before is None or not before.verified_sales or not each.verified_sales:
        return each
    change = round(100 * (int(each.verified_sales) - int(before.verified_sales)) / int(before.verified_sales))
    return Standing(**{**vars(each), "change": change})


# --- reports ----------------------------------------------------------------------------------------


def reports_of(fair_id: int) -> Sequence[FairReport]:
    """The latest first."""
    query = select(FairReport).where(FairReport.fair_id == fair_id)
    return db.session.scalars(query.order_by(FairReport.sequence.desc())).all()


def report_by_ref(ref: str) -> FairReport | None:
    query = select(FairReport).where(FairReport.ref == ref).options(joinedload(FairReport.fair))
    return db.session.scalar(query)


def any_report(ref: str, user: Any) -> FairReport | None:
    """Any, for officers."""
    if not user.is_authenticated or not user.is_officer:
        return None
    return report_by_ref(ref)


def layout_in_force() -> ReportLayout | None:
    return db.session.scalar(select(ReportLayout).order_by(ReportLayout.id.desc()).limit(1))


def stands_with_result(stand_ids: Collection[int]) -> list[int]:
    """Those of these stands whose result is handed in."""
    handed_in = (ResultState.SUBMITTED, ResultState.VERIFIED, ResultState.LOCKED)
    query = select(FairResult.stand_id).where(
        FairResult.stand_id.in_(stand_ids), FairResult.state.in_(handed_in)
    )
    return list(db.session.scalars(query))


def report_entries(fair_id: int) -> Sequence[ReportEntry]:
    """Side events and awards, by day."""
    query = select(ReportEntry).where(ReportEntry.fair_id == fair_id)
    return db.session.scalars(query.order_by(ReportEntry.kind, ReportEntry.day, ReportEntry.id)).all()


def report_entry(fair_id: int, entry_id: int) -> ReportEntry | None:
    return db.session.scalar(
        select(ReportEntry).where(ReportEntry.fair_id == fair_id, ReportEntry.id == entry_id)
    )
