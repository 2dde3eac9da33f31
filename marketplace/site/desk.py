"""What a cooperative finds on its desk this morning, every word ready for the page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select

from marketplace.catalogue.models import Commodity, Product
from marketplace.cooperatives.models import Cooperative
from marketplace.deliveries import queries as deliveries
from marketplace.deliveries.models import Delivery
from marketplace.deliveries.states import DELIVERY_LABELS, DeliveryState, Mode
from marketplace.foundation import clock, formats
from marketplace.foundation.db import db
from marketplace.foundation.money import Money
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _, _n
from marketplace.fulfilment import coming
from marketplace.fulfilment import queries as fulfilment
from marketplace.inbox import queries as inbox
from marketplace.inbox.models import Entry
from marketplace.linkage import queries as linkage
from marketplace.orders import queries as orders
from marketplace.orders.models import Order
from marketplace.orders.states import METHOD_LABELS
from marketplace.payments import queries as payments
from marketplace.payments.models import Charge, PaymentEntry
from marketplace.payments.states import Posting
from marketplace.places import queries as places

SHOWN = 3
"""Of each kind: all of it stands on its own page."""
TONES = {DeliveryState.PLANNED: "wait", DeliveryState.PACKED: "ok", DeliveryState.DISPATCHED: "w"}


@dataclass(frozen=True)
class Picture:
    hue: str
    drawing: str


@dataclass(frozen=True)
class Ask:
    """An order that waits for an answer."""

    order: Order
    picture: Picture
    goods: str
    terms: str
    left: str
    urgent: bool


@dataclass(frozen=True)
class Waiting:
    """Something else that waits for an answer, and the list where it stands."""

    words: str
    endpoint: str
    count: int


@dataclass(frozen=True)
class Leaving:
    """A delivery to pack or on its way."""

    delivery: Delivery
    day: str
    weekday: str
    late: bool
    goods: str
    where: str
    label: Any
    tone: str


@dataclass(frozen=True)
class Bar:
    """A day's money: height in units of the drawing, figure in million đồng."""

    day: str
    x: int
    height: int
    figure: str
    today: bool


@dataclass(frozen=True)
class WeekMoney:
    """Money of this week, told and drawn."""

    total: Money
    count: int
    owed: Money
    bars: list[Bar]
    told: str


@dataclass(frozen=True)
class Expected:
    """Money on its way: how much, by which day, from whom, and the page that says why. `note` says what it waits for;
    without one it is owed. `about` where no sheet says the sum yet."""

    amount: Money
    about: bool
    due_on: dt.date
    weekday: str
    late: bool
    who: str
    note: str
    page: str
    values: dict[str, Any]

    @property
    def day(self) -> str:
        return f"{self.due_on.day:02d}/{self.due_on.month:02d}"


@dataclass(frozen=True)
class Desk:
    asks: list[Ask]
    ask_count: int
    entries: Sequence[Entry]
    entry_count: int
    waiting: list[Waiting]
    leaving: list[Leaving]
    leaving_count: int
    money: WeekMoney
    expected: Sequence[Expected]

    @property
    def to_answer(self) -> int:
        return self.ask_count + sum(each.count for each in self.waiting)


def of(cooperative: Cooperative) -> Desk:
    """The desk of a cooperative; a constant number of statements."""
    waiting = orders.to_answer(cooperative.id, SHOWN)
    going = deliveries.leaving(cooperative.id)
    pictures = _pictures({line.product_id for order in waiting for line in order.lines})
    return Desk(
        asks=[_ask(order, pictures) for order in waiting],
        ask_count=orders.count_to_answer(cooperative.id),
        entries=inbox.unanswered(cooperative.organisation_id),
        entry_count=inbox.count_unanswered([cooperative.organisation_id]),
        waiting=_waiting(cooperative),
        leaving=[_leaving(delivery) for delivery in going[:SHOWN]],
        leaving_count=len(going),
        money=_money(payments.this_week(cooperative.organisation_id)),
        expected=_expected(cooperative),
    )


def _waiting(cooperative: Cooperative) -> list[Waiting]:
    """What contracts ask of it."""
    calls = linkage.call_off.count_called(cooperative.id)
    slips = fulfilment.acceptance.count_to_sign(cooperative.id)
    sheets = fulfilment.settlement.count_to_confirm([cooperative.organisation_id])
    told = [
        Waiting(
            _n("%(num)s call of a buyer waits", "%(num)s calls of buyers wait", calls),
            "desk_calls.list",
            calls,
        ),
        Waiting(
            _n("%(num)s slip waits for your signature", "%(num)s slips wait for your signature", slips),
            "desk_acceptances.list",
            slips,
        ),
        Waiting(
            _n("%(num)s sheet waits for your yes", "%(num)s sheets wait for your yes", sheets),
            "desk_settlements.list",
            sheets,
        ),
    ]
    return [each for each in told if each.count]


def _pictures(ids: Collection[int]) -> dict[int, Picture]:
    if not ids:
        return {}
    rows = db.session.execute(
        select(Product.id, Commodity.hue, Commodity.drawing)
        .join(Product.commodity)
        .where(Product.id.in_(list(ids)))
    )
    return {row[0]: Picture(row[1], row[2]) for row in rows}


def _ask(order: Order, pictures: dict[int, Picture]) -> Ask:
    language = locale()
    first = order.lines[0].product_id if order.lines else 0
    return Ask(
        order=order,
        picture=pictures.get(first, Picture("leaf", "crate")),
        goods=goods_in_words([(line.quantity, line.unit, line.name) for line in order.lines]),
        terms=f"{formats.vnd(order.total, language)} · {METHOD_LABELS[order.method]}",
        left=formats.left(order.answer_by, locale=language),
        urgent=order.answer_by - clock.now() < dt.timedelta(hours=4),
    )


def goods_in_words(lines: Sequence[tuple[Decimal, str, str]]) -> str:
    """ "40 kg Cà rốt, 20 kg Hành củ", two lines at most and how many more there are."""
    language = locale()
    told = [f"{formats.amount(quantity, unit, language)} {name}" for quantity, unit, name in lines[:2]]
    more = len(lines) - len(told)
    return ", ".join(told) + (" " + _("and %(n)s more", n=more) if more else "")


def _leaving(delivery: Delivery) -> Leaving:
    today = clock.today()
    place = places.short_label(delivery.address)
    where = (
        _("%(buyer)s picks it up", buyer=delivery.contact_name)
        if delivery.mode is Mode.PICKUP
        else ", ".join(part for part in (delivery.contact_name, place) if part)
    )
    return Leaving(
        delivery=delivery,
        day=f"{delivery.due_on.day:02d}/{delivery.due_on.month:02d}",
        weekday=_when(delivery.due_on, today),
        late=delivery.due_on < today and delivery.state is not DeliveryState.DISPATCHED,
        goods=goods_in_words([(line.accepted, line.unit, line.name) for line in delivery.lines]),
        where=where,
        label=DELIVERY_LABELS[delivery.state],
        tone=TONES.get(delivery.state, "w"),
    )


def _when(day: dt.date, today: dt.date) -> str:
    if day == today:
        return _("today")
    if day == today + dt.timedelta(days=1):
        return _("tomorrow")
    return formats.weekday_date(day, locale()).rsplit(" ", 1 if locale() == "vi" else 3)[0]


def _money(week: payments.Week) -> WeekMoney:
    language, today = locale(), clock.today().weekday()
    most = max([int(day) for day in week.days] + [1])
    bars = []
    for number, (label, day) in enumerate(zip(_days(), week.days, strict=True)):
        height = max(4, round(72 * int(day) / most)) if day else 0
        bars.append(Bar(label, 8 + number * 45, height, _millions(day) if day else "", number == today))
    told = "; ".join(f"{bar.day} {bar.figure}" for bar in bars if bar.figure)
    return WeekMoney(
        total=week.total,
        count=week.count,
        owed=week.owed,
        bars=bars,
        told=_("Money of each day, in million đồng: %(days)s", days=told)
        if told
        else _("No money yet this week, as of %(day)s", day=formats.date(clock.today(), language)),
    )


def _expected(cooperative: Cooperative) -> list[Expected]:
    """What is owed by a day, what a sheet will ask, what was accepted and stands in no sheet: the earliest first."""
    owed = payments.coming(cooperative.organisation_id, SHOWN)
    told = [_owed(charge) for charge in owed if charge.to_pay]
    told += [_coming(each) for each in coming.of_seller(cooperative.id)]
    return sorted(told, key=lambda each: each.due_on)[:SHOWN]


def _owed(charge: Charge) -> Expected:
    today, day = clock.today(), charge.due_on
    assert day is not None, "asked for with a day"
    return Expected(
        charge.to_pay,
        False,
        day,
        _when(day, today),
        day < today,
        charge.payer_name,
        "",
        "payments.charge",
        {"charge": charge},
    )


def _coming(each: coming.Coming) -> Expected:
    contract = each.contract
    told: dict[str, Any] = {
        "amount": each.amount,
        "about": each.sheet is None,
        "due_on": each.day,
        "weekday": _when(each.day, clock.today()),
        "late": False,
        "who": contract.buyer.name,
    }
    if each.sheet is None:
        note = _("accepted, not on a sheet yet")
        return Expected(**told, note=note, page="settlements.list", values={"contract": contract})
    note = _("sheet %(number)s is to be confirmed", number=each.sheet.number)
    if each.part:
        return Expected(**told, note=note, page="desk_settlements.part", values={"part": each.sheet.ref})
    values = {"contract": contract, "settlement": each.sheet}
    return Expected(**told, note=note, page="settlements.show", values=values)


def _days() -> list[str]:
    return [_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun")]


def _millions(amount: Money) -> str:
    """ "18,2" million."""
    return formats.number((Decimal(int(amount)) / 1_000_000).quantize(Decimal("0.1")), locale())


# --- the office --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Week:
    """What happened since Monday: orders placed, money confirmed by cooperatives."""

    orders: int
    money: Money


def this_week() -> Week:
    """Two figures of the whole market since Monday."""
    today = clock.today()
    since = clock.start_of_day(today - dt.timedelta(days=today.weekday()))
    placed = db.session.scalar(select(func.count()).select_from(Order).where(Order.placed_at >= since))
    came = db.session.scalar(
        select(func.sum(PaymentEntry.amount)).where(
            PaymentEntry.kind == Posting.CONFIRMED, PaymentEntry.at >= since
        )
    )
    return Week(orders=int(placed or 0), money=Money(int(came or 0)))
