"""Cards: pages that open, are paid, close; news in disorder, doubled, late or lost; money back; disputes."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from marketplace.accounts.models import Organisation
from marketplace.cards import errands, queries, services
from marketplace.cards.models import CardSession
from marketplace.cards.states import SessionState
from marketplace.foundation.db import db
from marketplace.foundation.money import Money
from marketplace.payments.models import Charge
from marketplace.payments.states import ChargeState, Way
from tests.lives.rules.money import OPEN, charge_id, payee
from tests.lives.walk import Act, Walk, rule
from tests.stripe_like.books import ASKS_BANK, DECLINED, FINE, REFUND_FAILS, REFUND_WAITS

CARDS = (FINE, FINE, FINE, FINE, DECLINED, ASKS_BANK, REFUND_WAITS, REFUND_FAILS)
TROUBLES = ("500", "cut", "cut")
BY_CARD = Charge.method == Way.CARD


@rule(9)
def open_the_card_page(walk: Walk) -> Act | None:
    """The company answers, or does not, or answers and is not heard."""
    number = charge_id(walk, BY_CARD, Charge.state.in_(OPEN))
    if number is None:
        return None
    if walk.rng.random() < 0.15:
        walk.company.will(walk.rng.choice(TROUBLES))

    def do() -> str:
        return errands.open_card_page(charge=db.session.get_one(Charge, number), back="", by=None)

    return Act(do, alone=True)


@rule(7)
def pay_there(walk: Walk) -> Act | None:
    """On the company's page; the shop does not know yet."""
    pages = [page for page in walk.company.books.of("checkout.session") if page["status"] == "open"]
    if not pages:
        return None
    page, card = walk.rng.choice(pages), walk.rng.choice(CARDS)
    return Act(lambda: walk.company.books.pay(page["id"], card, confirmed=True), alone=True)


@rule(3)
def let_a_page_close(walk: Walk) -> Act | None:
    pages = [page for page in walk.company.books.of("checkout.session") if page["status"] == "open"]
    if not pages:
        return None
    page = walk.rng.choice(pages)
    return Act(
        lambda: walk.company.books.expire(page["id"], walk.company.books.owner[page["id"]]), alone=True
    )


@rule(9)
def news_comes(walk: Walk) -> Act | None:
    """Some of what waits, in any order, once to three times; what the shop can ask for itself may be lost."""
    waiting = walk.company.news.waiting
    if not waiting:
        return None
    walk.rng.shuffle(waiting)
    now = [waiting.pop() for _ in range(walk.rng.randint(1, len(waiting)))]
    kept = [event for event in now if not (_can_be_asked_for(event) and walk.rng.random() < 0.1)]
    copies = [event for event in kept for _ in range(walk.rng.choice([1, 1, 2, 3]))]
    walk.rng.shuffle(copies)

    def do() -> None:
        statuses = [tell(walk, event) for event in copies]
        assert set(statuses) <= {200}, statuses

    def then(_: None) -> None:
        """The company sends again what was not taken."""
        known = {event["id"] for event in walk.company.news.waiting}
        waiting.extend(e for e in kept if not _was_taken(e) and e["id"] not in known)

    return Act(do, then, alone=True)


def _can_be_asked_for(event: dict[str, Any]) -> bool:
    thing = event["data"]["object"]
    ours = event["type"].startswith("refund.") and thing.get("metadata", {}).get("key")
    return bool(ours) or event["type"].startswith("checkout.session.")


def _was_taken(event: dict[str, Any]) -> bool:
    return queries.event_known(event["id"])


def tell(walk: Walk, event: dict[str, Any]) -> int:
    client = walk.app.test_client()

    def send(body: bytes, headers: dict[str, str]) -> int:
        return client.post("/webhooks/stripe", data=body, headers=headers).status_code

    return walk.company.news.post(event, send)


@rule(2)
def let_some_go_back(walk: Walk) -> Act | None:
    """The payee, in the shop: less is owed, and the worker sends it."""
    number = charge_id(walk, BY_CARD, Charge.state == ChargeState.SETTLED)
    if number is None:
        return None
    part = walk.rng.choice([0.1, 0.3, 0.6])

    def do() -> tuple[int, int]:
        charge = db.session.get_one(Charge, number)
        amount = int(int(charge.owed) * part)
        services.give_back(charge=charge, amount=Money(amount), why="bớt", by=payee(walk, charge))
        return charge.subject_id, amount

    def then(given: tuple[int, int]) -> None:
        walk.reckoning.order(given[0]).off += given[1]

    return Act(do, then)


@rule(1)
def give_back_at_the_company(walk: Walk) -> Act | None:
    """At the company's own desk; the shop hears of it later."""
    session = _paid_session(walk)
    if session is None:
        return None
    amount = walk.rng.randint(1_000, 40_000)
    books = walk.company.books

    def do() -> None:
        books.make_refund({"payment_intent": session.intent, "amount": str(amount)}, session.account)
        charge = db.session.get_one(Charge, session.charge_id)
        elsewhere = walk.memory.setdefault("given elsewhere", {})
        elsewhere[charge.subject_id] = elsewhere.get(charge.subject_id, 0) + amount

    return Act(do, alone=True)


def _paid_session(walk: Walk) -> CardSession | None:
    number = walk.pick(select(CardSession.id).where(CardSession.state == SessionState.PAID))
    if number is None:
        return None
    session = db.session.get_one(CardSession, number)
    db.session.expunge(session)
    return session


@rule(3)
def a_refund_ends(walk: Walk) -> Act | None:
    """One that waited comes through or not; one that was said to be done returns."""
    refunds = [r for r in walk.company.books.of("refund") if r["status"] in {"pending", "succeeded"}]
    refunds = [r for r in refunds if r["status"] == "pending" or walk.rng.random() < 0.05]
    if not refunds:
        return None
    refund = walk.rng.choice(refunds)
    ends = "failed" if refund["status"] == "succeeded" else walk.rng.choice(["succeeded", "failed"])
    if not refund["metadata"].get("key"):
        ends = "succeeded"
    return Act(lambda: walk.company.books.end_refund(refund["id"], ends), alone=True)


@rule(1)
def a_card_holder_disputes(walk: Walk) -> Act | None:
    session = _paid_session(walk)
    disputed = {d["payment_intent"] for d in walk.company.books.of("dispute")}
    if session is None or session.intent in disputed:
        return None
    return Act(lambda: walk.company.books.dispute(str(session.intent)), alone=True)


@rule(2)
def a_dispute_ends(walk: Walk) -> Act | None:
    running = [d for d in walk.company.books.of("dispute") if d["status"] == "needs_response"]
    if not running:
        return None
    dispute, ends = walk.rng.choice(running), walk.rng.choice(["won", "lost"])
    return Act(lambda: walk.company.books.close_dispute(dispute["id"], ends), alone=True)


@rule(1)
def the_alliance_hands_on(walk: Walk) -> Act | None:
    """Where it collects: all that it holds for one cooperative."""
    if not walk.collected:
        return None
    world = walk.world
    number = walk.rng.choice([world.dong_lac, world.kinh_mon]).organisation_id

    def do() -> None:
        total = sum(left for _charge, left in queries.held_by_charge(number))
        services.hand_on(
            organisation=db.session.get_one(Organisation, number),
            amount=Money(max(total, 0)),
            note="CK",
            by=walk.world.officer,
        )

    return Act(do)
