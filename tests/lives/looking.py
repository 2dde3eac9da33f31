"""The shop's sums beside those that the walk reckoned, and beside the card company's own books."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from marketplace.cards.models import CardDispute, CardEvent, CardRefund, CardSession
from marketplace.cards.states import EventState
from marketplace.foundation.db import db
from marketplace.orders.models import Order, OrderGroup
from marketplace.payments.models import Charge, PaymentEntry
from marketplace.payments.states import Posting
from marketplace.supply.models import Stock
from tests.lives.rules.clockwork import nothing_is_asked

if TYPE_CHECKING:
    from tests.lives.walk import Walk


def sums(walk: Walk, at_rest: bool) -> Iterator[str]:
    """What is owed and came of every order, and what is on hand of every product."""
    charges = {
        charge.subject_id: charge
        for charge in db.session.scalars(
            select(Charge).where(Charge.purpose == "order").options(selectinload(Charge.postings))
        )
    }
    by_card = _by_card(walk) if at_rest else {}
    elsewhere = walk.memory.get("given elsewhere", {})
    for number, expected in walk.reckoning.orders.items():
        charge = charges.get(number)
        owed, came = (int(charge.owed), int(charge.received)) if charge else (0, 0)
        given = elsewhere.get(number, 0)
        if not expected.owed - given <= owed <= expected.owed:
            yield f"order {number}: {expected.owed} are owed, the charge says {owed}"
        if (at_rest or not expected.by_card) and came != expected.came + by_card.get(number, 0):
            yield f"order {number}: {expected.came} + {by_card.get(number, 0)} by card came, the ledger says {came}"
    if (placed := db.session.scalar(select(func.count(Order.id)))) != len(walk.reckoning.orders):
        yield f"{len(walk.reckoning.orders)} orders were placed, there are {placed}"
    if db.session.scalar(select(func.count(OrderGroup.id))) != len(walk.reckoning.groups):
        yield "a form was taken twice or got lost"
    for number, total in db.session.execute(select(Order.id, Order.total)):
        expected = walk.reckoning.orders.get(number)
        if expected is not None and int(total) != expected.total:
            yield f"order {number} comes to {expected.total}, it says {total}"
    for product_id, on_hand in db.session.execute(select(Stock.product_id, Stock.on_hand)):
        if on_hand != walk.reckoning.on_hand[product_id]:
            yield f"product {product_id}: {walk.reckoning.on_hand[product_id]} on hand, the ledger says {on_hand}"


def _by_card(walk: Walk) -> Counter[int]:
    """Order -> what the company took for it less what it gave back, by its own books."""
    books, took = walk.company.books, Counter[int]()
    orders = {
        session.ref: order_id
        for session, order_id in db.session.execute(
            select(CardSession, Charge.subject_id).join(CardSession.charge)
        )
    }
    of_intent = {}
    for page in books.of("checkout.session"):
        if page["payment_status"] == "paid":
            order_id = orders[page["client_reference_id"]]
            took[order_id] += page["amount_total"]
            of_intent[page["payment_intent"]] = order_id
    unplaced = _unplaced()
    for refund in books.of("refund"):
        if refund["status"] == "succeeded" and refund["id"] not in unplaced:
            took[of_intent[refund["payment_intent"]]] -= refund["amount"]
    return took


def _unplaced() -> set[str]:
    """Refunds made at the company that wait for a person in the office's list."""
    parked = db.session.scalars(select(CardEvent).where(CardEvent.state == EventState.PARKED))
    return {str(event.told.get("id")) for event in parked}


def company(walk: Walk) -> Iterator[str]:
    """P4, P5, R5: page by page, refund by refund, dispute by dispute, both ways."""
    books = walk.company.books
    if not nothing_is_asked():
        yield "something is still being asked of the company"
    paid = {
        p["payment_intent"]: p["amount_total"] for p in books.of("checkout.session") if p["payment_intent"]
    }
    known = {s.intent: int(s.came or 0) for s in db.session.scalars(select(CardSession)) if s.intent}
    if paid != known:
        yield f"payments at the company {paid}, here {known}"
    open_pages = Counter(
        db.session.scalars(
            select(CardSession.charge_id).where(
                CardSession.ref.in_(
                    [p["client_reference_id"] for p in books.of("checkout.session") if p["status"] == "open"]
                )
            )
        )
    )
    if many := [charge for charge, count in open_pages.items() if count > 1]:
        yield f"more than one open page for the charges {many}"
    unplaced = _unplaced()
    given = {r["id"]: r["amount"] for r in books.of("refund") if r["status"] == "succeeded"}
    back = {r.stripe_id: int(r.amount) for r in db.session.scalars(select(CardRefund)) if r.state == "paid"}
    if {name: amount for name, amount in given.items() if name not in unplaced} != back:
        yield f"refunds at the company {given}, here {back}"
    yield from _disputes(walk)


def _disputes(walk: Walk) -> Iterator[str]:
    words = {"needs_response": "open", "won": "won", "lost": "lost"}
    there = {d["id"]: words[d["status"]] for d in walk.company.books.of("dispute")}
    here = {d.stripe_id: str(d.state) for d in db.session.scalars(select(CardDispute))}
    if there != here:
        yield f"disputes at the company {there}, here {here}"
    taken = sum(-t["amount"] for d in walk.company.books.of("dispute") for t in d["balance_transactions"])
    kinds = {Posting.DISPUTED: 1, Posting.RETURNED: -1}
    booked = sum(
        kinds[entry.kind] * int(entry.amount)
        for entry in db.session.scalars(select(PaymentEntry).where(PaymentEntry.kind.in_(list(kinds))))
    )
    if taken != booked:
        yield f"disputes took {taken} at the company, {booked} here"
