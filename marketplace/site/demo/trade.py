"""Orders of the last weeks, in every state, made by the services at the time they tell of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from decimal import Decimal
from random import Random
from typing import Any

from sqlalchemy import select

from marketplace.accounts import services as accounts
from marketplace.accounts.models import Person
from marketplace.accounts.states import OrganisationKind, Role
from marketplace.catalogue.models import Product
from marketplace.deliveries import queries as deliveries_queries
from marketplace.deliveries import services as deliveries
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.money import Money
from marketplace.foundation.quantity import quantity as exact
from marketplace.inbox import services as inbox
from marketplace.orders import queries, services
from marketplace.orders.models import Cart, Order
from marketplace.orders.proposal import Proposal, Wish
from marketplace.orders.services import checkout
from marketplace.orders.states import CancelReason, Fault, Method, RefusalReason, Remedy, Side, Weight
from marketplace.payments import deposits
from marketplace.payments import queries as payments_queries
from marketplace.payments import services as payments
from marketplace.payments.models import Charge
from marketplace.places import services as addresses
from marketplace.places.models import Address
from marketplace.site.demo import company, people, standing
from marketplace.site.demo.goods import Goods
from marketplace.site.demo.registry import Province

TERMS = "2026-01"
SUPERMARKET = "bigmart"
READ_AFTER = 72
"""Notices of sales older than this many hours have been read."""

PUMPKINS = 3
"""The last of what Đồng Lạc offers: by the piece, paid as they weigh."""


@dataclass(frozen=True)
class Sale:
    """`hours` ago `buyer` ordered these (seller, which of its products, quantity); then `what` happened."""

    hours: float
    buyer: str
    goods: tuple[tuple[str, int, int], ...]
    what: str
    method: Method = Method.TRANSFER
    note: str = ""


RECENT = [
    Sale(1.2, "household", (("dong-lac", 0, 15),), "placed", note="Giao trước 10 giờ sáng giúp em."),
    Sale(2.5, "bigmart", (("dong-lac", 0, 300), ("thang-long", 0, 120)), "placed"),
    Sale(0.8, "quan-com", (("duc-chinh", 0, 60),), "placed", Method.CASH),
    Sale(3.1, "mam-non", (("tan-minh-duc", 0, 40),), "placed"),
    Sale(5, "mam-non", (("dong-lac", 0, 120),), "countered", note="Chọn củ vừa, không cần to."),
    Sale(7, "household", (("duc-chinh", 0, 25), ("an-phu", 0, 10)), "countered"),
    Sale(20, "bigmart", (("dong-lac", 0, 500),), "accepted"),
    Sale(26, "household", (("cam-hoang", 0, 60),), "accepted", Method.CASH),
    Sale(5.6, "household", (("dong-lac", 0, 30),), "change_asked", Method.CASH),
    Sale(6.2, "quan-com", (("dong-lac", 0, 50),), "change_offered"),
    Sale(28, "quan-com", (("dong-lac", 0, 70),), "changed"),
    Sale(30, "quan-com", (("dong-lac", 2, 80),), "reported"),
    Sale(44, "chi-thu", (("tan-minh-duc", 0, 30),), "reported"),
    Sale(9, "bigmart", (("duc-chinh", 0, 350),), "accepted"),
    Sale(15, "anh-dung", (("duc-chinh", 0, 500),), "deposit_came"),
    Sale(40, "bigmart", (("duc-chinh", 0, 800),), "packed"),
    Sale(50, "mam-non", (("dong-lac", 0, 60),), "packed"),
    Sale(38, "household", (("dong-lac", 2, 20), ("thang-long", 1, 5)), "dispatched"),
    Sale(46, "anh-dung", (("duc-chinh", 0, 400),), "dispatched"),
    Sale(60.5, "ms-kim", (("hoang-nam-phat", 0, 20),), "dispatched"),
    Sale(52, "chi-thu", (("dong-lac", 0, 10),), "refused"),
    Sale(95, "quan-com", (("lac-long", 0, 60),), "refused"),
    Sale(36, "household", (("dong-lac", 0, 20),), "complained"),
    Sale(58, "mam-non", (("dong-lac", 2, 40),), "disputed"),
    Sale(64, "co-ly", (("dong-lac", 0, 25),), "complaint_settled"),
    Sale(66, "chi-thu", (("tan-minh-duc", 0, 20),), "cancelled"),
    Sale(60, "household", (("nam-tan", 0, 6),), "withdrawn"),
    Sale(130, "co-ly", (("dong-lac", 0, 20),), "withdrawn_countered"),
    Sale(75, "co-ly", (("thang-long", 1, 10),), "lapsed"),
    Sale(160, "ms-kim", (("an-thanh", 1, 2),), "lapsed"),
    Sale(22, "quan-com", (("dong-lac", PUMPKINS, 30),), "weighed"),
    Sale(18.2, "mam-non", (("dong-lac", PUMPKINS, 20),), "weighed_beyond"),
    Sale(47, "bigmart", (("dong-lac", PUMPKINS, 60),), "weighed_answered"),
    Sale(31, "quan-com", (("le-loi", 1, 12),), "weighed", Method.CASH),
    Sale(170, "bigmart", (("dong-lac", 0, 600), ("tan-minh-duc", 0, 200)), "completed"),
    Sale(180, "anh-dung", (("duc-chinh", 0, 450),), "completed"),
    Sale(200, "household", (("dong-lac", 0, 10),), "completed_less"),
]
STEADY = (
    ("dong-lac", 0, 40), ("dong-lac", 2, 50), ("duc-chinh", 0, 120), ("tan-minh-duc", 0, 45), ("thang-long", 0, 30),
    ("thang-long", 1, 15), ("quang-thanh", 1, 20), ("an-phu", 0, 25), ("long-xuyen", 0, 30), ("cam-hoang", 0, 150),
    ("doan-ket", 0, 300), ("nam-tan", 0, 12), ("nam-hung", 1, 20), ("le-loi", 1, 10), ("bac-an", 1, 8),
    ("lo-cuong", 0, 40), ("banh-dau-xanh", 0, 24), ("banh-gai", 0, 50), ("giay-da", 0, 2), ("lien-mac", 1, 20),
    ("an-thanh", 1, 3), ("minh-duc", 0, 2), ("hoang-nam-phat", 0, 40), ("thanh-nhan", 0, 6), ("hung-dao", 1, 4),
)  # fmt: skip


def trade(province: Province, goods: Goods, chance: Random) -> int:
    """Enter all sales, the oldest first; returns how many orders there are."""
    market = _Market(province, goods)
    _ask_deposits(province, "duc-chinh")
    ordinary = [sale for sale in _earlier(chance) if market.sold_then(sale)]
    sales = sorted([*RECENT, *ordinary], key=lambda sale: -sale.hours)
    old = [sale for sale in sales if sale.hours > READ_AFTER]
    count = sum(len(market.enter(sale)) for sale in old)
    market.begin_standing_orders()
    for person in db.session.scalars(select(Person)):
        inbox.mark_read(person=person)
    count += sum(len(market.enter(sale)) for sale in sales[len(old) :])
    return count + len(market.purchases())


def _ask_deposits(province: Province, key: str) -> None:
    """Whole lorries are pulled for somebody who means it."""
    with clock.standing_at(clock.now() - dt.timedelta(days=60)):
        payments.set_deposit_terms(
            payee_organisation_id=province.cooperatives[key].organisation_id,
            from_sum=Money(3_000_000),
            percent=30,
            kept=True,
            by=province.directors[key],
        )


def _earlier(chance: Random) -> list[Sale]:
    """Ordinary sales of the two months before: on each day of this one, last month has some."""
    found = []
    for hours, line in zip(_steadily(), [*STEADY, *STEADY[::2]], strict=True):
        buyer = chance.choice(list(people.BUYERS))
        method = chance.choice((Method.TRANSFER, Method.TRANSFER, Method.CASH))
        found.append(Sale(hours, buyer, (line,), "completed", method))
    return found


def _steadily() -> Iterator[int]:
    """Hours ago: each seller once in the last month, every second one once in the month before."""
    yield from (240 + 19 * number for number in range(len(STEADY)))
    yield from (720 + 56 * number for number in range(len(STEADY[::2])))


class _Market:
    """Buyers with their addresses, and what becomes of a sale."""

    def __init__(self, province: Province, goods: Goods) -> None:
        self.province, self.goods = province, goods
        self.persons: dict[str, Person | None] = {}
        self.addresses: dict[str, Address] = {}
        self.organisations: dict[str, int | None] = {}
        self.company: company.Company | None = None
        for number, (key, buyer) in enumerate(people.BUYERS.items()):
            with clock.standing_at(clock.now() - dt.timedelta(days=90)):
                self._settle_in(key, buyer, 200 + number)

    def _settle_in(self, key: str, buyer: people.Household, number: int) -> None:
        person = organisation = None
        if buyer.email:
            person = accounts.create_person(
                name=buyer.name,
                phone=people.phone(number),
                email=buyer.email,
                password=people.KEY_TO_THE_DEMONSTRATION,
            )
            people.quiet(person)
        if buyer.organisation:
            organisation = accounts.create_organisation(
                kind=OrganisationKind.BUYER, name=buyer.organisation, by=person
            )
            assert person is not None, "registered a moment ago"
            accounts.add_member(organisation=organisation, person=person, role=Role.DIRECTOR, by=person)
        unit = self.province.old_units[buyer.commune]
        if key == SUPERMARKET and organisation is not None and person is not None:
            village = self.province.old_units[people.BUYERS["household"].commune]
            self.company = company.furnish(organisation, person, unit, village)
        self.persons[key] = person
        self.organisations[key] = organisation.id if organisation else None
        self.addresses[key] = addresses.make_address(line1=buyer.line1, unit_id=unit.id, by=person)

    def enter(self, sale: Sale) -> list[Order]:
        placed_at = clock.now() - dt.timedelta(hours=sale.hours)
        with clock.standing_at(placed_at):
            orders = self._place(sale)
        for order in orders:
            WAYS[sale.what](_Story(self, order, placed_at, self.persons[sale.buyer]))
        return orders

    def _place(self, sale: Sale) -> list[Order]:
        buyer, person = people.BUYERS[sale.buyer], self.persons[sale.buyer]
        cart = Cart(token_hash=f"demo-{sale.hours}-{sale.buyer}", touched_at=clock.now())
        db.session.add(cart)
        db.session.flush()
        for key, which, quantity in sale.goods:
            services.put(cart=cart, product=self._product(key, which), quantity=exact(quantity), by=person)
        number = 200 + list(people.BUYERS).index(sale.buyer)
        depot = self.company.depot if self.company and sale.buyer == SUPERMARKET else None
        unit = self.addresses[sale.buyer].unit_current
        choices = company.choices(cart, depot, sale.method, unit.id if unit else None)
        who = services.Buyer(
            name=buyer.organisation or buyer.name,
            phone=people.phone(number),
            email=buyer.email,
            locale=buyer.locale,
            person_id=person.id if person else None,
            organisation_id=self.organisations[sale.buyer],
        )
        group = services.place(
            cart=cart,
            buyer=who,
            address=depot.address if depot else self.addresses[sale.buyer],
            depot=depot,
            choices=choices,
            note=sale.note,
            form_token=f"demo-{sale.hours}-{sale.buyer}",
            quote=checkout.digest(cart, choices, queries.agreed_with(who)),
            terms_version=TERMS,
            by=person,
        )
        db.session.delete(cart)
        return group.orders

    def purchases(self) -> list[Order]:
        """What the supermarket's store asked above its limit: one approved yesterday, one that waits."""
        assert self.company is not None, "furnished with the others"
        day = clock.today() - dt.timedelta(days=1)
        # At nine, well before the truck's last call, whenever the demonstration is loaded.
        yesterday = clock.from_local(dt.datetime.combine(day, dt.time(9)))
        with clock.standing_at(yesterday):
            request = self.company.ask(self._product("duc-chinh", 0), 450, "Hàng khuyến mại cuối tuần.")
        with clock.standing_at(yesterday + dt.timedelta(hours=2)):
            orders = self.company.approve(request)
        for order in orders:
            _Story(self, order, yesterday + dt.timedelta(hours=2), self.company.colleague).accept()
        with clock.standing_at(clock.now() - dt.timedelta(minutes=10)):
            self.company.ask(self._product("dong-lac", 0), 520, "Chuẩn bị hàng cho tuần sau.")
        return orders

    def begin_standing_orders(self) -> None:
        bigmart, household = self.persons["bigmart"], self.persons["household"]
        organisation = self.organisations["bigmart"]
        assert bigmart is not None and household is not None and organisation is not None, (
            "they have accounts"
        )
        standing.enter(
            self.province.cooperatives["dong-lac"],
            self.province.directors["dong-lac"],
            self.goods["dong-lac"],
            (bigmart, organisation, self.addresses["bigmart"]),
            (household, self.addresses["household"]),
            lambda order, placed_at: _Story(self, order, placed_at, bigmart).complete(),
        )

    def sold_then(self, sale: Sale) -> bool:
        """What it names was offered already."""
        placed_at = clock.now() - dt.timedelta(hours=sale.hours)
        return all(self._product(key, which).created_at < placed_at for key, which, _quantity in sale.goods)

    def _product(self, key: str, which: int) -> Product:
        return self.goods[key][which]


class _Story:
    """One order after it was placed: each step some hours later than the last."""

    def __init__(self, market: _Market, order: Order, placed_at: dt.datetime, buyer: Person | None) -> None:
        self.order, self.placed_at, self.buyer = order, placed_at, buyer
        keys = {cooperative.id: key for key, cooperative in market.province.cooperatives.items()}
        self.director = market.province.directors[keys[order.cooperative_id]]

    def _at(self, hours: float) -> AbstractContextManager[Any]:
        return clock.standing_at(self.placed_at + dt.timedelta(hours=hours))

    def stay(self) -> None:
        """Nobody answered yet."""

    def counter(self) -> None:
        with self._at(0.5):
            line = self.order.lines[0]
            fewer = max(line.step, line.asked * 3 // 4 // line.step * line.step)
            services.counter(
                order=self.order,
                quantities={line.id: fewer},
                words="Lứa này chưa nhổ hết, tuần sau có thêm.",
                by=self.director,
            )

    def accept(self) -> None:
        with self._at(1.5):
            services.accept(order=self.order, by=self.director)

    def report(self) -> None:
        self.accept()
        with self._at(3):
            payments.report_paid(charge=self._charge(), by=self.buyer)

    def pay_deposit(self) -> None:
        """Where one is asked, it comes first."""
        self.accept()
        deposit = deposits.deposit_of(self._charge())
        if deposit is None:
            return
        with self._at(2):
            payments.report_paid(charge=deposit.charge, by=self.buyer)
        with self._at(2.5):
            payments.confirm(charge=deposit.charge, amount=deposit.charge.to_pay, by=self.director)

    def pay(self) -> None:
        """Transfers come before packing; cash comes at the door."""
        self.pay_deposit()
        if self.order.method is Method.TRANSFER:
            with self._at(3):
                payments.report_paid(charge=self._charge(), by=self.buyer)
            with self._at(5):
                self._money_came()

    def pack(self) -> None:
        self.pay()
        self.weigh(Decimal("1.02"))
        with self._at(18):
            delivery = self._delivery()
            deliveries.pack(delivery=delivery, lots=labels(delivery), by=self.director)

    def weigh(self, share: Decimal) -> None:
        """What the scale shows, as a share of what was expected; goods that are not weighed do not care."""
        lines = [line for line in self._delivery().lines if line.to_weigh and line.scale_kg is None]
        if not lines:
            return
        weights = {
            line.id: deliveries.Weight(
                kg=(line.accepted * (line.kg_per_unit or 1) * share).quantize(Decimal("0.1")),
                count=line.accepted,
            )
            for line in lines
        }
        with self._at(17.5):
            deliveries.weigh(delivery=self._delivery(), weights=weights, by=self.director)

    def weigh_within(self) -> None:
        self.pay()
        self.weigh(Decimal("0.97"))

    def weigh_beyond(self) -> None:
        """The pumpkins are larger than usual: the buyer is asked."""
        self.pay()
        self.weigh(Decimal("1.12"))

    def weigh_answered(self) -> None:
        """Larger, and the buyer takes all of it."""
        self.weigh_beyond()
        weighing = self.order.open_weighing
        assert weighing is not None, "asked a moment ago"
        with self._at(18):
            choices = {row.line_id: Weight.WEIGHED for row in weighing.lines}
            services.answer_weighing(weighing=weighing, choices=choices, by=self.buyer)

    def dispatch(self) -> None:
        self.pack()
        with self._at(20):
            deliveries.dispatch(
                delivery=self._delivery(), vehicle="34C-000.00", carrier=self._carrier(), by=self.director
            )

    def _carrier(self) -> deliveries.Carrier | None:
        """Far goods go with a carrier whose name and numbers are invented."""
        if self.order.group.locale != "en":
            return None
        number = f"NS-{self.order.number_seq:04d}"
        return deliveries.Carrier(
            name="Nhà xe Nông Sản (minh hoạ)", number=number, link=f"https://nhaxe.example.vn/{number}"
        )

    def complete(self) -> None:
        self.dispatch()
        with self._at(26):
            deliveries.receive(delivery=self._delivery(), by=self.buyer)
            if self.order.method is Method.CASH:
                self._money_came()

    def complete_with_less(self) -> None:
        """A little was spoilt on the way; the buyer writes down what came."""
        self.dispatch()
        with self._at(26):
            delivery = self._delivery()
            line = delivery.lines[0]
            came = (line.dispatched or Decimal(0)) - 1
            deliveries.receive(delivery=delivery, quantities={line.id: came}, by=self.buyer)

    def ask_for_change(self) -> None:
        """The buyer would like more, and later in the day."""
        self.accept()
        with self._at(2):
            self._propose(Side.BUYER, times=2, words="Nhà có giỗ, cho em thêm gấp đôi.")

    def offer_change(self) -> None:
        """The harvest is smaller than it looked; the price comes down with it."""
        self.accept()
        with self._at(2):
            self._propose(Side.SELLER, off=1_000, words="Củ lứa này hơi nhỏ, hợp tác xã xin bớt giá.")

    def change(self) -> None:
        self.offer_change()
        with self._at(3):
            change = self.order.open_change
            assert change is not None, "proposed a moment ago"
            services.accept_change(change=change, by=self.buyer)

    def _propose(self, side: Side, words: str, times: int = 1, off: int = 0) -> None:
        wishes = [
            Wish(line=line, quantity=line.quantity * times, unit_price=Money(int(line.unit_price) - off))
            for line in self.order.lines
        ]
        by = self.buyer if side is Side.BUYER else self.director
        services.propose(order=self.order, side=side, proposal=Proposal(wishes=wishes), words=words, by=by)

    def cancel(self) -> None:
        self.pay()
        with self._at(9):
            services.cancel(
                order=self.order,
                side=Side.BUYER,
                reason=CancelReason.NOT_NEEDED,
                words="Quán nghỉ mấy hôm, xin lỗi hợp tác xã.",
                by=self.buyer,
            )

    def complain(self) -> None:
        """Part of it was damaged on the way; the cooperative has not answered yet."""
        self.complete()
        with self._at(28):
            line = self.order.lines[0]
            trouble = services.Trouble(line=line, fault=Fault.DAMAGED, quantity=Decimal(5))
            services.complain(
                order=self.order,
                troubles=[trouble],
                words="Năm cân dưới đáy sọt bị dập, không dùng được.",
                by=self.buyer,
            )

    def settle_complaint(self) -> None:
        self.complain()
        complaint = self.order.complaints[0]
        with self._at(30):
            services.answer_complaint(
                complaint=complaint,
                remedy=Remedy.REFUND,
                amount=complaint.worth,
                words="Hợp tác xã xin lỗi cô, xin hoàn lại đủ.",
                by=self.director,
            )
        with self._at(31):
            services.accept_answer(complaint=complaint, by=self.buyer)

    def quarrel(self) -> None:
        """The offer was too small; both sides have told the alliance their view."""
        self.complain()
        complaint = self.order.complaints[0]
        with self._at(29):
            services.answer_complaint(
                complaint=complaint,
                remedy=Remedy.REFUND,
                amount=Money(int(complaint.worth) // 5),
                words="Hàng lên xe còn tốt, hợp tác xã xin chia một phần.",
                by=self.director,
            )
        with self._at(30):
            dispute = services.raise_dispute(
                order=self.order,
                side=Side.BUYER,
                words="Một phần năm thì ít quá, trường phải mua bù chỗ khác.",
                complaint=complaint,
                by=self.buyer,
            )
        with self._at(33):
            services.answer_dispute(
                dispute=dispute, words="Xe chạy đúng giờ, lúc giao không ai nói gì.", by=self.director
            )

    def refuse(self) -> None:
        with self._at(2):
            services.refuse(
                order=self.order,
                reason=RefusalReason.WEATHER,
                words="Mưa hai hôm nay không nhổ được, xin hẹn tuần sau.",
                by=self.director,
            )

    def withdraw(self) -> None:
        with self._at(1):
            services.withdraw(order=self.order, words="Nhà có việc nên chưa cần nữa.", by=self.buyer)

    def withdraw_countered(self) -> None:
        self.counter()
        with self._at(4):
            services.withdraw(order=self.order, words="Thiếu nhiều quá, để lần khác.", by=self.buyer)

    def lapse(self) -> None:
        with clock.standing_at(self.order.answer_by + dt.timedelta(minutes=1)):
            services.lapse(order=self.order)

    def _charge(self) -> Charge:
        charge = payments_queries.charge_for("order", self.order.id)
        assert charge is not None, "an accepted order is charged"
        return charge

    def _money_came(self) -> None:
        charge = self._charge()
        payments.confirm(charge=charge, amount=charge.to_pay, by=self.director)

    def _delivery(self) -> deliveries.Delivery:
        return deliveries_queries.deliveries_of("order", self.order.id)[0]


FIELDS = ("đồng Mạc Động, thửa 12", "đồng Cửa Chùa, thửa 5", "bãi ven sông, lô 3", "đồng Cao, thửa 21")
GROWERS = ("Tổ sản xuất số 1", "Tổ sản xuất số 2", "Đội 3 của hợp tác xã")


def labels(delivery: deliveries.Delivery) -> dict[int, deliveries.LotFacts]:
    """Harvested the day before it was packed, each product always from its own field."""
    return {
        line.id: deliveries.LotFacts(
            harvested_on=clock.today() - dt.timedelta(days=1),
            kg=deliveries.kg_to_pack(line),
            plot=FIELDS[line.product_id % len(FIELDS)],
            grower=GROWERS[line.product_id % len(GROWERS)],
        )
        for line in delivery.lines
    }


WAYS: dict[str, Callable[[_Story], None]] = {
    "placed": _Story.stay,
    "countered": _Story.counter,
    "accepted": _Story.accept,
    "reported": _Story.report,
    "deposit_came": _Story.pay_deposit,
    "packed": _Story.pack,
    "weighed": _Story.weigh_within,
    "weighed_beyond": _Story.weigh_beyond,
    "weighed_answered": _Story.weigh_answered,
    "dispatched": _Story.dispatch,
    "completed": _Story.complete,
    "completed_less": _Story.complete_with_less,
    "change_asked": _Story.ask_for_change,
    "change_offered": _Story.offer_change,
    "changed": _Story.change,
    "cancelled": _Story.cancel,
    "complained": _Story.complain,
    "complaint_settled": _Story.settle_complaint,
    "disputed": _Story.quarrel,
    "refused": _Story.refuse,
    "withdrawn": _Story.withdraw,
    "withdrawn_countered": _Story.withdraw_countered,
    "lapsed": _Story.lapse,
}
