"""A buyer's whole trail through the house, for tests of what is left of it."""

from __future__ import annotations

import json
from decimal import Decimal

from sqlalchemy import JSON, String, Text, select
from sqlalchemy.types import TypeDecorator

from marketplace.accounts import services as accounts
from marketplace.accounts.holdings import KEPT
from marketplace.accounts.states import Role
from marketplace.foundation.db import Model, db, transaction
from marketplace.inbox.states import Side
from marketplace.orders import services as orders
from marketplace.orders.models import Order
from marketplace.orders.states import Fault, Remedy
from marketplace.places import queries as places
from marketplace.places import services as addresses
from marketplace.reputation import services as reputation
from tests.orders.agreed import charge_of, delivery_of, pay, received
from tests.world import World

NAME, PHONE, EMAIL, STREET = "Nguyễn Thị Lan", "+84912000002", "household@demo.vn", "Ngõ 12 phố Bún"
WRITTEN = ("0912 000 002", "0912.000.002", "+84912000002")


def bought_and_argued(world: World, **buyer: object) -> Order:
    """An order that came, was paid, complained of, talked and written about; every free text names its buyer."""
    order = received(world, **buyer)
    by = world.household if buyer.get("person_id") else None
    with transaction():
        orders.withdraw(order=order.group.orders[1], words=f"{NAME} đổi ý", by=by)
    with transaction():
        order.group.buyer_name, order.group.buyer_phone, order.group.buyer_email = NAME, PHONE, EMAIL
        unit = places.search_units("dong lac chi linh")[0]
        order.group.address = addresses.make_address(line1=STREET, unit_id=unit.id)
        order.group.note = f"Gọi {NAME} số {WRITTEN[0]}"
        delivery = delivery_of(order)
        delivery.contact_name, delivery.contact_phone, delivery.contact_email = NAME, PHONE, EMAIL
        charge_of(order).payer_name = NAME
    said = f"Tôi là {NAME.lower()}, {WRITTEN[1]}, {EMAIL}"
    with transaction():
        orders.say(order=order, side=Side.BUYER, words=said, once="1", by=by)
        heard = orders.say(
            order=order, side=Side.SELLER, words=f"Chào chị {NAME}", once="2", by=world.director
        )
        orders.report(order=order, message=heard, side=Side.BUYER, words=said, by=by)
    with transaction():
        trouble = orders.Trouble(line=order.lines[0], fault=Fault.DAMAGED, quantity=Decimal(1))
        complaint = orders.complain(order=order, troubles=[trouble], words=said, by=by)
    with transaction():
        orders.answer_complaint(
            complaint=complaint,
            remedy=Remedy.NONE,
            amount=complaint.worth * 0,
            words=f"Chị {NAME} đã nhận đủ",
            by=world.director,
        )
    with transaction():
        orders.accept_answer(complaint=complaint, by=by)
    with transaction():
        words = reputation.say(order=order, words=said, public=True, by=by)
    with transaction():
        reputation.answer(words=words, text=f"Cảm ơn chị {NAME}", by=world.director)
    return order


def invite(world: World) -> None:
    with transaction():
        accounts.invite(
            organisation=world.dong_lac.organisation,
            name=NAME,
            identifier=PHONE,
            role=Role.MEMBER,
            by=world.director,
        )


def traces(*known: str) -> list[str]:
    """ "table.column: text" of every text in the database that holds one of these, outside what the law keeps."""
    found = []
    for table in Model.metadata.sorted_tables:
        if table.name in KEPT and table.name != "addresses":
            continue
        for column in table.columns:
            kind = column.type.impl if isinstance(column.type, TypeDecorator) else column.type
            if not isinstance(kind, (String, Text, JSON)):
                continue
            for value in db.session.scalars(select(column).where(column.is_not(None))):
                text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
                if any(one.lower() in text.lower() for one in known):
                    found.append(f"{table.name}.{column.name}: {text[:80]}")
    return found


__all__ = ["bought_and_argued", "invite", "pay", "traces"]
