"""10,000 events of the card company, shuffled, each sent one to three times over 8 connections to two processes.

Afterwards the ledger is the company's books to the đồng, and each event was stored and acted upon once.
"""

from __future__ import annotations

import http.client
import json
import queue
import random
import threading
import time
from collections import Counter
from typing import Any

from sqlalchemy import func, select

from bench import databases
from bench.server import serving
from marketplace.cards import calls, services, tasks
from marketplace.cards.models import CardEvent, CardSession
from marketplace.cards.states import EventState
from marketplace.foundation.db import db, transaction
from marketplace.foundation.money import Money
from marketplace.insights.invariants import breaks
from marketplace.payments import services as payments
from marketplace.payments.models import Charge, PaymentEntry
from tests import services as neighbours
from tests.lives.opening import takes_cards
from tests.stripe_like import StripeLike
from tests.stripe_like.news import signed
from tests.world import World

CONNECTIONS = 8
TRIES = 50


def run(database: str | None = None, events: int = 10_000, seed: int = 0) -> dict[str, Any]:
    return {kind: _stormed(kind, events, seed) for kind in databases.kinds(database)}


def _stormed(kind: str, wanted: int, seed: int) -> dict[str, Any]:
    rng, port = random.Random(seed), neighbours.free_port()
    with StripeLike() as company:
        cards = {
            "stripe_secret_key": company.key,
            "stripe_webhook_secret": company.webhook_secret,
            "stripe_api_base": company.url,
        }
        with databases.fresh(kind, **cards) as (_app, url, folder):
            _paid_and_more(company, wanted, rng)
            events = company.news.waiting[:]
            copies = [event for event in events for _ in range(rng.randint(1, 3))]
            rng.shuffle(copies)
            environ = databases.environment(url, folder) | {n.upper(): value for n, value in cards.items()}
            db.session.remove()
            with serving("wsgi:app", port, environ):
                seconds, answers = _sent(port, copies, company.webhook_secret)
            return {
                "events": len(events),
                "sent": len(copies),
                "answers": {str(status): count for status, count in sorted(answers.items())},
                "seconds": round(seconds, 1),
                "taken per second": round(len(copies) / seconds),
                "wrong": _wrong(company, events),
            }


def _paid_and_more(company: StripeLike, wanted: int, rng: random.Random) -> None:
    """Charges that were paid by card; every other one is paid back in part, every fifth disputed."""
    world = World.built()
    takes_cards(company, world.dong_lac, world.director)
    number = 0
    while len(company.news.waiting) < wanted:
        number += 1
        name = _page(world, number, rng.randint(50, 900) * 1_000)
        company.books.pay(name)
        page, account = company.books.things[name], company.books.owner[name]
        if number % 2:
            back = {"payment_intent": page["payment_intent"], "amount": str(rng.randint(1, 40) * 1_000)}
            company.books.make_refund(back, account)
        if number % 5 == 0:
            company.books.close_dispute(
                company.books.dispute(page["payment_intent"]), rng.choice(["won", "lost"])
            )
    del company.news.waiting[wanted:]


def _page(world: World, number: int, amount: int) -> str:
    with transaction():
        charge = payments.open_charge(
            purpose="bench",
            subject_id=number,
            amount=Money(amount),
            payee_organisation_id=world.dong_lac.organisation_id,
            method="card",
            payer_name=f"Bench {number}",
        )
        session_id = services.begin(charge=charge, back="").id
    told = calls.make_session(db.session.get_one(CardSession, session_id))
    with transaction():
        services.session_made(session=db.session.get_one(CardSession, session_id), told=told)
    return str(told["id"])


def _sent(port: int, copies: list[dict[str, Any]], secret: str) -> tuple[float, Counter[int]]:
    """Every copy until it is taken, as the company does; how long it took, and all answers."""
    waiting: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    for event in copies:
        waiting.put(json.dumps(event).encode())
    answers: Counter[int] = Counter()
    lock = threading.Lock()

    def connection() -> None:
        line, seen = http.client.HTTPConnection("127.0.0.1", port, timeout=30), Counter[int]()
        while True:
            try:
                body = waiting.get_nowait()
            except queue.Empty:
                break
            for _ in range(TRIES):
                headers = {"Stripe-Signature": signed(body, secret), "Content-Type": "application/json"}
                line.request("POST", "/webhooks/stripe", body, headers)
                answer = line.getresponse()
                answer.read()
                seen[answer.status] += 1
                if answer.status == 200:
                    break
                time.sleep(0.05)
        with lock:
            answers.update(seen)

    begun = time.perf_counter()
    lines = [threading.Thread(target=connection) for _ in range(CONNECTIONS)]
    for each in lines:
        each.start()
    for each in lines:
        each.join()
    return time.perf_counter() - begun, answers


def _wrong(company: StripeLike, events: list[dict[str, Any]]) -> list[str]:
    """After the worker's minute: the invariants, each event once and done, and the ledger beside what the events told,
    charge by charge."""
    tasks.place_what_waits()
    wrong = [
        f"{number}: {sentence} ({count})" for number, sentence, count in breaks() if count and number != "A5"
    ]
    stored = Counter(db.session.scalars(select(CardEvent.state)))
    if stored.total() != len(events) or stored[EventState.PARKED]:
        wrong.append(f"{len(events)} events, stored: {dict(stored)}")
    told: Counter[str] = Counter()
    for event in events:
        thing = event["data"]["object"]
        if event["type"] == "checkout.session.completed":
            told[thing["payment_intent"]] += thing["amount_total"]
        elif event["type"] == "refund.created":
            told[thing["payment_intent"]] -= thing["amount"]
    booked = _booked()
    if booked != told:
        wrong.append(f"{len(booked.items() ^ told.items())} charges differ from what was told")
    return wrong


def _booked() -> Counter[str]:
    rows = db.session.execute(
        select(CardSession.intent, PaymentEntry.kind, func.sum(PaymentEntry.amount))
        .join(Charge, Charge.id == CardSession.charge_id)
        .join(PaymentEntry, PaymentEntry.charge_id == Charge.id)
        .where(PaymentEntry.kind.in_(["confirmed", "refunded"]))
        .group_by(CardSession.intent, PaymentEntry.kind)
    )
    booked: Counter[str] = Counter()
    for intent, kind, amount in rows:
        booked[str(intent)] += int(amount) if kind == "confirmed" else -int(amount)
    return booked
