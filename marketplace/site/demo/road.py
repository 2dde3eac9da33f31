"""The alliance's truck of tomorrow with goods of three cooperatives, and invoices of what Đồng Lạc sold."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from sqlalchemy import select

from marketplace.accounts import queries as accounts
from marketplace.deliveries import services as deliveries
from marketplace.deliveries.models import Delivery
from marketplace.deliveries.states import DeliveryState, Mode
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.orders import services
from marketplace.orders.models import Order, OrderLine
from marketplace.orders.proposal import Proposal, Wish
from marketplace.orders.services.invoice import InvoiceFacts
from marketplace.orders.states import InvoiceKind, OrderState, Side
from marketplace.site.demo import people
from marketplace.site.demo.registry import Province

SENDERS = ("duc-chinh", "cam-hoang", "dong-lac")
MORNING = {"opens": "07:00", "closes": "11:00"}
SERIES = "C26TDL"


def round_of_three(province: Province) -> int:
    """One delivery of each, all on tomorrow morning; returns how many."""
    day = clock.today() + dt.timedelta(days=1)
    alliance = accounts.alliance()
    assert alliance is not None, "the officer came first"
    round = deliveries.plan_round(
        runner=alliance,
        day=day,
        leaves_at=dt.time(6),
        vehicle="Xe Liên minh 34C-000.01",
        driver_name="Phạm Văn Tài (minh hoạ)",
        driver_phone=people.phone(320),
        open_to_others=True,
        by=province.officer,
    )
    for key in SENDERS:
        delivery = _waiting(province, key)
        if delivery is not None:
            _agree_on(day, delivery, province, key)
            deliveries.put_on(round=round, delivery=delivery, by=province.officer)
    return len(round.loads)


def _waiting(province: Province, key: str) -> Delivery | None:
    """The first of a cooperative that is still here and that no change is proposed for."""
    waiting = db.session.scalars(
        select(Delivery)
        .join(Order, Order.id == Delivery.source_id)
        .where(
            Delivery.cooperative_id == province.cooperatives[key].id,
            Delivery.state.in_([DeliveryState.PLANNED, DeliveryState.PACKED]),
            Delivery.mode == Mode.OWN,
            Order.state == OrderState.ACCEPTED,
        )
        .order_by(Delivery.state, Delivery.id)
    )
    return next(
        (each for each in waiting if db.session.get_one(Order, each.source_id).open_change is None), None
    )


def _agree_on(day: dt.date, delivery: Delivery, province: Province, key: str) -> None:
    """The cooperative asks whether tomorrow suits, and it does; then the goods are packed."""
    order, director = db.session.get_one(Order, delivery.source_id), province.directors[key]
    if delivery.due_on != day:
        way = {**order.delivery, "window": {"day": day.isoformat(), **MORNING}}
        change = services.propose(
            order=order,
            side=Side.SELLER,
            proposal=Proposal(
                wishes=[_same(line) for line in order.lines], delivery=way, fee=order.delivery_fee
            ),
            words="Mai có xe Liên minh đi gom, xin giao sáng mai.",
            by=director,
        )
        services.accept_change(change=change, by=None)
    if delivery.state is DeliveryState.PLANNED:
        deliveries.pack(delivery=delivery, by=director)


def _same(line: OrderLine) -> Wish:
    return Wish(line=line, quantity=line.quantity, unit_price=line.unit_price)


def invoices(province: Province) -> int:
    """The oldest sales have their e-invoices, one of them replaced; the newer ones wait."""
    seller, director = province.cooperatives["dong-lac"], province.directors["dong-lac"]
    sold = db.session.scalars(
        select(Order)
        .where(Order.cooperative_id == seller.id, Order.state == OrderState.COMPLETED)
        .order_by(Order.id)
        .limit(3)
    ).all()
    for number, order in enumerate(sold, start=1):
        assert order.closed_at is not None, "a completed order has its time"
        facts = InvoiceFacts(
            form_sign="1",
            series=SERIES,
            number=str(number),
            issued_on=clock.to_local(order.closed_at).date(),
            authority_code=f"M1-26-MINHHOA-{number:05d}",
        )
        services.record_invoice(order=order, facts=facts, by=director)
        if number == 1:
            services.record_invoice(
                order=order,
                facts=replace(facts, number=str(len(sold) + 1)),
                kind=InvoiceKind.REPLACES,
                reason="Sai địa chỉ người mua",
                by=director,
            )
    return len(sold)
