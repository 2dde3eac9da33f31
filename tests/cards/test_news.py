"""What the company tells: signed, in time, once, in any order."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from sqlalchemy import func, select

from marketplace.cards import tasks
from marketplace.cards.models import CardDispute, CardEvent
from marketplace.cards.states import DisputeState, EventState
from marketplace.foundation.db import db
from marketplace.foundation.money import Money
from marketplace.inbox.models import Notice
from marketplace.payments.models import Charge
from marketplace.payments.states import ChargeState, Posting
from tests.cards.conftest import Send, due_now, fresh, opened
from tests.client import ReadingClient
from tests.payments.test_money import holds, kinds
from tests.stripe_like import StripeLike
from tests.stripe_like.news import signed
from tests.world import World

EVENT = {
    "id": "evt_1",
    "object": "event",
    "type": "payout.paid",
    "created": 1,
    "data": {"object": {"id": "po_1"}},
}
BODY = json.dumps(EVENT).encode()


def post(client: ReadingClient, body: bytes, header: str | None) -> int:
    headers = {} if header is None else {"Stripe-Signature": header}
    return client.post("/webhooks/stripe", data=body, headers=headers).status_code


def events() -> int:
    db.session.rollback()
    return int(db.session.scalar(select(func.count(CardEvent.id))) or 0)


@pytest.mark.parametrize(
    ("age", "status"),
    [(0, 200), (290, 200), (-290, 200), (310, 400), (-310, 400), (86_400, 400), (-86_400, 400)],
)
def test_the_age_is_judged_on_both_sides_of_the_clock(client: ReadingClient, age: int, status: int) -> None:
    assert post(client, BODY, signed(BODY, "whsec_test", int(time.time()) - age)) == status
    assert events() == (status == 200)


NOW = str(int(time.time()))


UNSIGNED = (
    None, "", "t=", "v1=00", f"t={NOW}", f"t={NOW},v1=", f"t={NOW},v1=00ff", f"t={NOW},v0=00ff", "t=x,v1=y", "t,v1",
    "=,=,=", f"t={NOW},v1=é", "t=" + "9" * 5000 + ",v1=0", f"t=-{NOW},v1=0", ",,,,", "t=1e9,v1=0", "t=١٢٣,v1=0",
    signed(BODY, "whsec_other"), signed(b"{}", "whsec_test"), signed(BODY, "whsec_test").replace("v1", "v2"),
    signed(BODY, "whsec_test", int(NOW)).replace(f"t={NOW}", f"t={int(NOW) + 1}"),
)  # fmt: skip


def test_what_is_not_signed_is_refused(client: ReadingClient) -> None:
    for header in UNSIGNED:
        encoded = None if header is None else header.encode("utf-8").decode("latin-1")
        assert post(client, BODY, encoded) == 400, header
    assert events() == 0


NO_EVENTS = (
    b"", b"{}", b"[]", b"null", b"1", b'"x"', b"{", b"\xff\xfe", b"[" * 100_000, b'{"id": 5}',
    b'{"id": "e", "type": "t"}', b'{"id": "e", "type": "t", "data": []}',
    b'{"id": "", "type": "t", "data": {"object": {}}}', b'{"id": "e", "type": "t", "data": {"object": null}}',
    b'{"id": "e", "type": null, "data": {"object": {}}}',
)  # fmt: skip


def test_what_is_signed_and_no_event_is_refused(client: ReadingClient) -> None:
    for body in NO_EVENTS:
        assert post(client, body, signed(body, "whsec_test")) == 400, body[:50]
    assert events() == 0


THINGS: tuple[dict[str, Any], ...] = (
    {}, {"id": None}, {"id": []}, {"id": "cs_1"}, {"id": "x" * 5000}, {"id": "a\u0000b"}, {"id": 7, "metadata": 3},
    {"id": "cs", "payment_status": "paid"}, {"id": "re", "payment_intent": {}},
    {"id": "dp", "balance_transactions": 4},
)  # fmt: skip


@pytest.mark.parametrize(
    "kind",
    [
        "checkout.session.completed", "refund.updated", "charge.dispute.created", "account.updated",
        "account.application.deauthorized", "x" * 3000, "something.new",
    ],
)  # fmt: skip
def test_what_fits_nothing_is_parked_for_a_person(client: ReadingClient, kind: str) -> None:
    for number, thing in enumerate(THINGS):
        told = {
            "id": f"evt_{number}",
            "type": kind,
            "created": "soon",
            "account": 5,
            "data": {"object": thing},
        }
        body = json.dumps(told).encode()
        assert post(client, body, signed(body, "whsec_test")) == 200, thing
    assert set(db.session.scalars(select(CardEvent.state))) == {EventState.PARKED}
    assert events() == len(THINGS)


def test_without_keys_there_is_no_such_address(client: ReadingClient, app: Any) -> None:
    from dataclasses import replace

    app.extensions["settings"] = replace(app.extensions["settings"], stripe_webhook_secret="")
    assert post(client, BODY, signed(BODY, "")) == 404


def test_the_same_news_many_times_counts_once(
    client: ReadingClient, company: StripeLike, charge: Charge, send: Send
) -> None:
    company.books.pay(opened(client, charge))
    assert set(company.news.deliver(send, copies=3, shuffled=1)) == {200}
    assert fresh(charge).received == Money(900_000)
    assert kinds(charge).count(Posting.CONFIRMED) == 1
    holds()


def test_expired_that_arrives_late_does_not_undo_a_payment(
    client: ReadingClient, company: StripeLike, charge: Charge, account: str, send: Send
) -> None:
    name = opened(client, charge)
    company.news.tell(
        "checkout.session.expired", {**company.books.things[name], "status": "expired"}, account
    )
    company.news.deliver(send)
    company.books.pay(name)
    assert set(company.news.deliver(send)) == {200}
    assert fresh(charge).state is ChargeState.SETTLED
    company.news.tell("checkout.session.expired", {**company.books.things[name], "status": "expired",
                                                   "payment_status": "unpaid"}, account)  # fmt: skip
    assert company.news.deliver(send) == [200]
    assert fresh(charge).state is ChargeState.SETTLED
    holds()


@pytest.mark.parametrize("seed", range(6))
def test_any_order_ends_the_same(
    client: ReadingClient, company: StripeLike, charge: Charge, account: str, send: Send, seed: int
) -> None:
    """Paid, partly given back at the company's desk, disputed and lost: whatever is told first."""
    name = opened(client, charge)
    company.books.pay(name)
    intent = company.books.things[name]["payment_intent"]
    company.books.make_refund({"payment_intent": intent, "amount": "100000"}, account)
    company.books.close_dispute(company.books.dispute(intent), "lost")
    assert set(company.news.deliver(send, copies=2, shuffled=seed)) == {200}
    assert (fresh(charge).amount, charge.received, charge.state) == (
        Money(800_000),
        Money(800_000),
        ChargeState.SETTLED,
    )
    assert [d.state for d in db.session.scalars(select(CardDispute))] == [DisputeState.LOST]
    assert kinds(charge).count(Posting.DISPUTED) == 1
    assert not db.session.scalars(select(CardEvent).where(CardEvent.state == EventState.PARKED)).all()
    holds()


def test_what_came_before_the_payment_was_known_is_placed_within_a_minute(
    client: ReadingClient, company: StripeLike, charge: Charge, account: str, send: Send
) -> None:
    """The news of the payment got lost, and the shop asked for itself: what it had been told before still counts."""
    name = opened(client, charge)
    company.books.pay(name)
    company.news.waiting.clear()
    intent = company.books.things[name]["payment_intent"]
    company.books.make_refund({"payment_intent": intent, "amount": "100000"}, account)
    company.news.deliver(send)
    parked = select(CardEvent).where(CardEvent.state == EventState.PARKED)
    assert len(db.session.scalars(parked).all()) == 1
    tasks.place_what_waits()
    assert len(db.session.scalars(parked).all()) == 1, "the payment is not known yet"
    due_now()
    tasks.look_after_pages()
    tasks.place_what_waits()
    assert not db.session.scalars(parked).all()
    assert (fresh(charge).amount, charge.received) == (Money(800_000), Money(800_000))
    holds()


def test_a_dispute_is_told_to_the_payee_and_the_office_and_won_money_returns(
    client: ReadingClient, company: StripeLike, charge: Charge, send: Send, world: World
) -> None:
    name = opened(client, charge)
    company.books.pay(name)
    dispute = company.books.dispute(company.books.things[name]["payment_intent"])
    company.news.deliver(send)
    told = set(db.session.scalars(select(Notice.person_id).where(Notice.kind == "cards.dispute")))
    assert told == {world.director.id, world.officer.id}
    company.books.close_dispute(dispute, "won")
    company.news.deliver(send)
    rows = [k for k in kinds(fresh(charge)) if k in (Posting.DISPUTED, Posting.RETURNED)]
    assert rows == [Posting.DISPUTED, Posting.RETURNED]
    holds()


def test_another_account_cannot_pay_this_charge(
    client: ReadingClient, company: StripeLike, charge: Charge, send: Send
) -> None:
    """A cooperative's own Stripe desk can make events about its own things only."""
    name = opened(client, charge)
    forged = {
        **company.books.things[name],
        "payment_status": "paid",
        "payment_intent": "pi_x",
        "status": "complete",
    }
    company.news.tell("checkout.session.completed", forged, "acct_other")
    assert company.news.deliver(send) == [200]
    assert fresh(charge).received == 0
    assert (
        db.session.scalars(select(CardEvent.state).order_by(CardEvent.id.desc())).first() is EventState.PARKED
    )


@pytest.mark.parametrize(
    "change", [{"currency": "usd"}, {"amount_total": "900000"}, {"amount_total": 0}, {"payment_intent": None}]
)
def test_a_payment_that_reads_oddly_is_parked_and_nothing_is_half_done(
    client: ReadingClient,
    company: StripeLike,
    charge: Charge,
    account: str,
    send: Send,
    change: dict[str, Any],
) -> None:
    name = opened(client, charge)
    paid = {
        **company.books.things[name],
        "payment_status": "paid",
        "status": "complete",
        "payment_intent": "pi_1",
        **change,
    }
    company.news.tell("checkout.session.completed", paid, account)
    assert company.news.deliver(send) == [200]
    assert fresh(charge).received == 0
    assert (
        db.session.scalars(select(CardEvent.state).order_by(CardEvent.id.desc())).first() is EventState.PARKED
    )
    holds()


def test_an_account_s_old_news_changes_nothing(
    company: StripeLike, account: str, send: Send, world: World
) -> None:
    from marketplace.cards import queries

    company.books.restrict_account(account, "external_account")
    company.books.finish_account(account)
    old, new = company.news.waiting
    company.news.waiting[:] = [new, old]
    company.news.deliver(send)
    db.session.rollback()
    assert queries.takes_cards(world.dong_lac.organisation_id)
