"""A street of buyers, kills, and what must be true afterwards."""

from __future__ import annotations

import threading
import time
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from flask import Flask
from sqlalchemy import func, select, text

from marketplace.cards import tasks as cards
from marketplace.cards.models import CardSession
from marketplace.deliveries import queries as deliveries
from marketplace.foundation.db import db, transaction
from marketplace.foundation.mail import deliver_waiting
from marketplace.insights.invariants import breaks
from marketplace.orders.models import Order, OrderGroup, OrderLine
from marketplace.payments.models import Charge, PaymentEntry
from marketplace.places import queries as places
from marketplace.supply import services as supply
from marketplace.supply.models import Claim, Stock
from tests.lives.killing import RealShop, Street, keep_buying, kill_in_the_middle
from tests.lives.opening import takes_cards
from tests.stripe_like import StripeLike
from tests.world import PASSWORD, World

STOCK = 100_000


@dataclass
class Outcome:
    kills: int
    at: dict[str, int]
    purchases: int
    troubles: list[str]


def prepared(company: StripeLike) -> dict[str, str]:
    """The small world with goods for everybody and a card account; how its checkout form is filled."""
    world = World.built()
    stock = db.session.scalars(select(Stock).where(Stock.product_id == world.carrots.id)).one()
    with transaction():
        supply.add_harvest(stock=stock, quantity=Decimal(STOCK), by=world.director)
    takes_cards(company, world.dong_lac, world.director)
    point, part = deliveries.points_of(world.dong_lac.id)[0], f"c{world.dong_lac.id}-"
    unit = places.search_units("Sao Đỏ")[0]
    return {
        "name": "Phạm Thị Mai", "phone": "0912345678", "place": "Sao Đỏ", "place_unit": str(unit.id),
        "street": "Số 5", "agree": "y", f"{part}method": "card", f"{part}option": point.ref,
    }  # fmt: skip


def play(
    app: Flask, company: StripeLike, shop: RealShop, *, kills: int, seed: int = 0, buyers: int = 4
) -> Outcome:
    """Kill the shop while people buy, let everybody finish, then look at everything."""
    street = Street(shop, company, prepared(company))
    before = db.session.scalar(select(func.sum(Stock.on_hand)))
    db.session.remove()
    shop.start()
    people = [
        threading.Thread(target=keep_buying, args=(street, seed + number, PASSWORD))
        for number in range(buyers)
    ]
    for each in people:
        each.start()
    try:
        hits = kill_in_the_middle(street, kills, seed)
        street.over.set()
        for each in people:
            each.join()
        _all_news_came(company)
    finally:
        street.over.set()
        shop.stop()
    _come_to_rest()
    return Outcome(
        kills=len(hits),
        at=dict(Counter(what for hit in hits for what in sorted(hit))),
        purchases=len(street.groups),
        troubles=[*street.troubles, *_wrong(street, before)],
    )


def _all_news_came(company: StripeLike) -> None:
    until = time.monotonic() + 60
    while company.news.pending and time.monotonic() < until:
        time.sleep(0.1)


def _come_to_rest() -> None:
    """What the worker does within minutes: everything that was asked is asked about again."""
    for _ in range(4):
        with transaction():
            db.session.execute(text("UPDATE card_sessions SET look_at = asked_at WHERE look_at IS NOT NULL"))
        while db.session.scalar(
            select(func.count(CardSession.id)).where(CardSession.look_at <= CardSession.asked_at)
        ):
            cards.look_after_pages()
    cards.send_refunds()
    deliver_waiting()
    db.session.remove()


def _wrong(street: Street, before: Any) -> list[str]:
    wrong = [
        f"{number}: {sentence} ({count})" for number, sentence, count in breaks() if count and number != "A5"
    ]
    if several := [groups for groups in street.groups.values() if len(groups) > 1]:
        wrong.append(f"one form made several groups: {several}")
    if (made := db.session.scalar(select(func.count(OrderGroup.id)))) != len(street.groups):
        wrong.append(f"{len(street.groups)} forms were answered, {made} groups made")
    charged = {c.subject_id: c for c in db.session.scalars(select(Charge).where(Charge.purpose == "order"))}
    orders = set(db.session.scalars(select(Order.id)))
    if charged.keys() != orders:
        wrong.append(f"orders without their charge: {sorted(orders - charged.keys())}")
    wrong += _paid_once(street.company, charged)
    wrong += _stock(before)
    return wrong


def _paid_once(company: StripeLike, charged: dict[int, Charge]) -> list[str]:
    wrong = []
    pages = company.books.of("checkout.session")
    asked = Counter(page["client_reference_id"] for page in pages)
    if twice := [ref for ref, count in asked.items() if count > 1]:
        wrong.append(f"card pages opened twice: {twice}")
    of = {s.ref: s.charge_id for s in db.session.scalars(select(CardSession))}
    paid = Counter(of.get(page["client_reference_id"]) for page in pages if page["payment_status"] == "paid")
    if odd := {charge.id: paid[charge.id] for charge in charged.values() if paid[charge.id] != 1}:
        wrong.append(f"charges not paid exactly once at the company: {odd}")
    took = sum(page["amount_total"] for page in pages if page["payment_status"] == "paid")
    booked = db.session.scalar(select(func.sum(PaymentEntry.amount)).where(PaymentEntry.kind == "confirmed"))
    if took != int(booked or 0):
        wrong.append(f"the company took {took}, the ledger says {booked}")
    return wrong


def _stock(before: Any) -> list[str]:
    """Nothing left the yard: all that was there is there, and what is set aside is somebody's."""
    wrong = []
    if (now := db.session.scalar(select(func.sum(Stock.on_hand)))) != before:
        wrong.append(f"{before} were on hand, {now} are")
    aside = db.session.scalar(select(func.sum(Stock.reserved)))
    ordered = db.session.scalar(select(func.sum(OrderLine.asked)))
    in_carts = db.session.scalar(
        select(func.coalesce(func.sum(Claim.quantity), 0)).where(Claim.kind == "cart", Claim.state == "held")
    )
    if aside != (ordered or 0) + in_carts:
        wrong.append(f"{aside} are set aside for {ordered} ordered and {in_carts} in carts")
    return wrong
