"""The figures of a fair: each is the sum of its rows, and says where it comes from and how it was counted.

What exhibitors declare and what the alliance verified stand side by side and are never added up; memoranda never
count as contracts.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Any

from marketplace.fairs import queries
from marketplace.fairs.models import Fair, ReportEntry
from marketplace.fairs.queries import Exhibitor, Signed, SourceMoney
from marketplace.fairs.states import SOURCE_LABELS, DealKind, EntryKind
from marketplace.foundation.money import Money
from marketplace.foundation.words import _l

Amount = int | Decimal


class Unit(StrEnum):
    COUNT = "count"
    MONEY = "money"
    NUMBER = "number"


@dataclass(frozen=True)
class Row:
    """A row under a figure. `ref` names the result it belongs to."""

    name: str
    detail: str = ""
    counted: Amount | None = None
    declared: Amount | None = None
    verified: Amount | None = None
    ref: str = ""


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A figure before it is counted: `apart` ones are declared and verified, others are counted from our books.
    Ratios are not the sum of their rows (`adds`)."""

    key: str
    title: Any
    unit: Unit
    source: Any
    how: Any
    rows: Callable[[Book], list[Row]]
    apart: bool = False
    adds: bool = True
    total: Callable[[Book], Row] | None = None


@dataclass(frozen=True)
class Figure:
    """A figure of one fair. None where nothing is known: that is no 0."""

    kind: Kind
    rows: Sequence[Row]
    counted: Amount | None
    declared: Amount | None
    verified: Amount | None

    @property
    def key(self) -> str:
        return self.kind.key


@dataclass(frozen=True)
class Book:
    """All that a fair's figures are made of."""

    exhibitors: Sequence[Exhibitor]
    visits: int | None = None
    support: Money | None = None
    money: Sequence[SourceMoney] = ()
    entries: Sequence[ReportEntry] = ()

    @property
    def declared(self) -> list[Exhibitor]:
        return [each for each in self.exhibitors if each.declared]

    @property
    def verified(self) -> list[Exhibitor]:
        return [each for each in self.exhibitors if each.verified]


NOT_OURS = ("visits", "support", "budget", "budget_used")
"""Without rows these are not known; of all else that we count ourselves there is none."""


def book_of(fair: Fair) -> Book:
    money = queries.budget_by_source(fair)
    return Book(
        queries.exhibitors_with_results(fair),
        queries.visits(fair.id),
        Money(sum(int(each.paid) for each in money)) if any(each.support for each in money) else None,
        money,
        queries.report_entries(fair.id),
    )


def figures(book: Book) -> dict[str, Figure]:
    return {key: figure(book, key) for key in KINDS}


def figure(book: Book, key: str) -> Figure:
    kind = KINDS[key]
    rows = kind.rows(book)
    whole = kind.total(book) if kind.total is not None else _added(rows)
    if not rows and not kind.apart and kind.key not in NOT_OURS:
        whole = Row("", counted=0)
    return Figure(kind, rows, whole.counted, whole.declared, whole.verified)


def _added(rows: Sequence[Row]) -> Row:
    def total(values: list[Amount | None]) -> Amount | None:
        known = [value for value in values if value is not None]
        return sum(known[1:], known[0]) if known else None

    return Row(
        "",
        counted=total([row.counted for row in rows]),
        declared=total([row.declared for row in rows]),
        verified=total([row.verified for row in rows]),
    )


def ratio(above: Amount | None, below: Amount | None, digits: int = 0) -> Decimal | None:
    """Rounded half up; None where there is nothing to divide by."""
    if above is None or not below:
        return None
    return (Decimal(above) / Decimal(below)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


# --- rows -------------------------------------------------------------------------------------------


def _per_stand(of: Callable[[Exhibitor], Amount]) -> Callable[[Book], list[Row]]:
    return lambda book: [
        Row(each.name, each.booths, counted=of(each), ref=each.result) for each in book.exhibitors
    ]


def _apart(
    declared: Callable[[Exhibitor], Amount], verified: Callable[[Exhibitor], Amount | None]
) -> Callable[[Book], list[Row]]:
    """A row for each that handed in; what is verified stays empty until somebody has looked."""

    def rows(book: Book) -> list[Row]:
        return [
            Row(
                each.name,
                each.booths,
                declared=declared(each),
                verified=verified(each) if each.verified else None,
                ref=each.result,
            )
            for each in book.declared
        ]

    return rows


def _products(wanted: Callable[[Any], bool]) -> Callable[[Book], list[Row]]:
    def rows(book: Book) -> list[Row]:
        return [
            Row(shown.name, each.name, counted=1, ref=each.result)
            for each in book.exhibitors
            for shown in each.products
            if wanted(shown)
        ]

    return rows


def _deals(kind: DealKind, *, worth: bool) -> Callable[[Book], list[Row]]:
    def rows(book: Book) -> list[Row]:
        return [
            Row(
                each.name,
                f"{signed.partner} ({signed.country})",
                declared=signed.value if worth else 1,
                verified=_seen(signed, worth) if each.verified else None,
                ref=each.result,
            )
            for each in book.declared
            for signed in each.signed
            if signed.kind is kind
        ]

    return rows


def _seen(signed: Signed, worth: bool) -> Amount:
    value = signed.verified or Money(0)
    return value if worth else int(value > 0)


def _realised(book: Book) -> list[Row]:
    """The latest follow-up in the place of what was signed; each side by itself."""
    rows = []
    for each in book.declared:
        signed = [deal for deal in each.signed if deal.kind is DealKind.CONTRACT]
        declared = [Money(sum(int(deal.value) for deal in signed))]
        declared += [later.value for later in each.later if later.value is not None]
        seen = [Money(sum(int(deal.verified or 0) for deal in signed))] if each.verified else []
        seen += [later.verified for later in each.later if later.verified is not None]
        answered = [str(later.month) for later in each.later if later.value is not None]
        detail = str(_l("after %(months)s months", months=answered[-1])) if answered else str(_l("as signed"))
        rows.append(
            Row(
                each.name, detail, declared=declared[-1], verified=seen[-1] if seen else None, ref=each.result
            )
        )
    return rows


def _per_booth(book: Book) -> list[Row]:
    return [
        Row(
            each.name,
            each.booths,
            declared=ratio(each.sales, each.standard),
            verified=ratio(each.verified_sales, each.standard) if each.verified else None,
            ref=each.result,
        )
        for each in book.declared
    ]


def _all_per_booth(book: Book) -> Row:
    """Sales of those who handed in over the booths of the same."""
    declared, seen = book.declared, book.verified
    return Row(
        "",
        declared=ratio(sum(int(e.sales) for e in declared), sum((e.standard for e in declared), Decimal(0))),
        verified=ratio(
            sum(int(e.verified_sales or 0) for e in seen), sum((e.standard for e in seen), Decimal(0))
        ),
    )


def _visits(book: Book) -> list[Row]:
    return [] if book.visits is None else [Row(str(_l("All gates")), counted=book.visits)]


def _support(book: Book) -> list[Row]:
    if book.support is None or not book.money:
        return [] if book.support is None else [Row(str(_l("All sources")), counted=book.support)]
    return [_of_source(each, each.paid) for each in book.money if each.support]


def _of_source(each: SourceMoney, sum: Money | None) -> Row:
    return Row(str(SOURCE_LABELS[each.source]), counted=sum)


def _planned(book: Book) -> list[Row]:
    return [_of_source(each, each.planned) for each in book.money if each.planned]


def _used(book: Book) -> list[Row]:
    """Support that is paid is used too; a source of which nobody has counted anything stays empty."""
    return [_of_source(each, each.used) for each in book.money]


def _entries(kind: EntryKind) -> Callable[[Book], list[Row]]:
    return lambda book: [Row(each.title, each.who, counted=1) for each in book.entries if each.kind is kind]


def _leverage(book: Book) -> Row:
    realised = _added(_realised(book)).verified
    return Row("", verified=ratio(realised, book.support, 2))


# --- the figures ------------------------------------------------------------------------------------

_STANDS, _SHEETS = (
    _l("Confirmed stands"),
    _l("Results handed in by exhibitors; verified ones by the alliance"),
)
_GOODS = _l("Products named in the applications")
_PAPERS = _l("Deals entered by exhibitors; proofs seen by the alliance")
_NOT_ADDED = _l(
    "Memoranda and contracts are never added up. A deal counts as verified once a proof was seen."
)


def _kinds() -> list[Kind]:
    count, money, number = Unit.COUNT, Unit.MONEY, Unit.NUMBER
    return [
        Kind(key="exhibitors", title=_l("Exhibitors"), unit=count, source=_STANDS,
             how=_l("Each confirmed stand counts once."), rows=_per_stand(lambda e: 1)),
        Kind(key="booths", title=_l("Standard booths"), unit=number, source=_STANDS,
             how=_l("Area over 9 m²; half a booth counts half."), rows=_per_stand(lambda e: e.standard)),
        Kind(key="metres", title=_l("Area, m²"), unit=number, source=_STANDS,
             how=_l("Area of the booths that are held."), rows=_per_stand(lambda e: e.metres)),
        Kind(key="products", title=_l("Products shown"), unit=count, source=_GOODS,
             how=_l("Each product of each exhibitor counts once."), rows=_products(lambda p: True)),
        Kind(key="ocop", title=_l("OCOP products shown"), unit=count, source=_GOODS,
             how=_l("An OCOP paper of the product was verified and in force on the first day."),
             rows=_products(lambda p: p.stars > 0)),
        Kind(key="certified", title=_l("Certified products shown"), unit=count, source=_GOODS,
             how=_l("Some paper of the product was verified and in force on the first day."),
             rows=_products(lambda p: p.certified)),
        Kind(key="visits", title=_l("Visits"), unit=count, source=_l("Gates"),
             how=_l("Entries of visitors; staff never count, and one visitor may come twice."), rows=_visits),
        Kind(key="sales", title=_l("Direct sales"), unit=money, source=_SHEETS, apart=True,
             how=_l("What the stands sold on the days of the fair."),
             rows=_apart(lambda e: e.sales, lambda e: e.verified_sales)),
        Kind(key="sales_per_booth", title=_l("Direct sales per standard booth"), unit=money, source=_SHEETS, apart=True,
             adds=False, how=_l("Sales over the standard booths of the same exhibitors, those who handed in."),
             rows=_per_booth, total=_all_per_booth),
        Kind(key="orders", title=_l("Orders at the stands"), unit=count, source=_SHEETS, apart=True,
             how=_l("Sales that were counted one by one."),
             rows=_apart(lambda e: e.orders, lambda e: e.verified_orders)),
        Kind(key="leads", title=_l("Contacts"), unit=count, apart=True,
             source=_l("Contacts written down at the stands"),
             how=_l("Nobody verifies contacts: they are as declared."), rows=_apart(lambda e: e.leads, lambda e: None)),
        Kind(key="memoranda", title=_l("Memoranda"), unit=count, source=_PAPERS, apart=True, how=_NOT_ADDED,
             rows=_deals(DealKind.MEMORANDUM, worth=False)),
        Kind(key="memoranda_value", title=_l("Value of memoranda"), unit=money, source=_PAPERS, apart=True,
             how=_NOT_ADDED, rows=_deals(DealKind.MEMORANDUM, worth=True)),
        Kind(key="contracts", title=_l("Contracts"), unit=count, source=_PAPERS, apart=True, how=_NOT_ADDED,
             rows=_deals(DealKind.CONTRACT, worth=False)),
        Kind(key="contracts_value", title=_l("Value of contracts"), unit=money, source=_PAPERS, apart=True,
             how=_NOT_ADDED, rows=_deals(DealKind.CONTRACT, worth=True)),
        Kind(key="realised", title=_l("Contracts as far as realised"), unit=money, apart=True,
             source=_l("Follow-ups after 3, 6 and 12 months"),
             how=_l("The latest answer replaces what was signed; until the first one it is the value of contracts."),
             rows=_realised),
        Kind(key="support", title=_l("Support paid"), unit=money, source=_l("Support that is booked as paid"),
             how=_l("Public money paid to exhibitors for this fair."), rows=_support),
        Kind(key="budget", title=_l("Budget, planned"), unit=money, source=_l("Budget of the fair, by source"),
             how=_l("What each source gives, support of exhibitors within it."), rows=_planned),
        Kind(key="budget_used", title=_l("Budget, used"), unit=money,
             source=_l("Budget of the fair, by source; support that is booked as paid"),
             how=_l("What was used beside support, and the support that was paid."), rows=_used),
        Kind(key="side_events", title=_l("Side events"), unit=count, source=_l("Entries of the alliance"),
             how=_l("Each event counts once."), rows=_entries(EntryKind.SIDE_EVENT)),
        Kind(key="awards", title=_l("Awards"), unit=count, source=_l("Entries of the alliance"),
             how=_l("Each award counts once."), rows=_entries(EntryKind.AWARD)),
        Kind(key="leverage", title=_l("Contracts per đồng of support"), unit=number, apart=True, adds=False,
             source=_l("Verified contracts as far as realised, and support paid"),
             how=_l("Verified value over support paid; never of declared values."),
             rows=lambda book: [], total=_leverage),
    ]  # fmt: skip


KINDS: dict[str, Kind] = {kind.key: kind for kind in _kinds()}


# --- broken down ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Group:
    """Exhibitors that share a zone, a sector, a kind or a district."""

    name: str
    exhibitors: int
    booths: Decimal
    declared: Money
    verified: Money

    @property
    def per_booth(self) -> Decimal | None:
        return ratio(self.declared, self.booths)


BREAKDOWNS: dict[str, tuple[Any, Callable[[Exhibitor], str]]] = {
    "zone": (_l("By zone"), lambda each: each.zone),
    "sector": (_l("By sector"), lambda each: each.sector),
    "kind": (_l("By kind of exhibitor"), lambda each: each.kind),
    "district": (_l("By district"), lambda each: each.district),
}


def broken_down(book: Book, by: str) -> list[Group]:
    """Most exhibitors first. Each exhibitor is in one group, so that the groups add up to the whole."""
    name = BREAKDOWNS[by][1]
    groups: dict[str, list[Exhibitor]] = {}
    for each in book.exhibitors:
        groups.setdefault(name(each), []).append(each)
    told = [_group(called, members) for called, members in groups.items()]
    return sorted(told, key=lambda group: (-group.exhibitors, group.name))


def _group(name: str, members: Sequence[Exhibitor]) -> Group:
    return Group(
        name,
        len(members),
        sum((each.standard for each in members), Decimal(0)),
        Money(sum(int(each.sales) for each in members if each.declared)),
        Money(sum(int(each.verified_sales or 0) for each in members if each.verified)),
    )


@dataclass(frozen=True)
class Goods:
    """What was sold of one product in one unit, at all stands that handed in."""

    product: str
    unit: str
    quantity: Decimal
    amount: Money


def goods_sold(book: Book) -> list[Goods]:
    added: dict[tuple[str, str], tuple[Decimal, int]] = {}
    for each in book.declared:
        for sold in each.sold:
            quantity, amount = added.get((sold.product, sold.unit), (Decimal(0), 0))
            added[sold.product, sold.unit] = (quantity + sold.quantity, amount + int(sold.amount))
    told = [Goods(*key, quantity, Money(amount)) for key, (quantity, amount) in added.items()]
    return sorted(told, key=lambda goods: (-goods.amount, goods.product))
