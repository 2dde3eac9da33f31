"""Onboarding from the desk, the alliance's own collecting, the office's queue, and the shop without keys."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from flask import Flask

from marketplace.cards import queries, tasks
from marketplace.cards.states import AccountState
from marketplace.config import OddSetting, load
from marketplace.foundation.db import db, transaction
from marketplace.payments import services as payments
from marketplace.payments.models import Charge
from marketplace.payments.states import Posting
from tests.accounts.four_eyes import agreed, second_officer
from tests.cards.conftest import Send, fresh, opened
from tests.client import ReadingClient
from tests.payments.conftest import owed
from tests.payments.test_money import holds, kinds
from tests.stripe_like import StripeLike
from tests.world import World


def test_a_director_opens_an_account_and_reads_how_it_stands(
    client: ReadingClient, company: StripeLike, world: World, send: Send
) -> None:
    client.sign_in("donglac@demo.vn")
    answer = client.send("/desk/cards/account")
    assert answer.status_code == 303 and answer.location.startswith(f"{company.url}/onboard/")
    assert "Đã bắt đầu" in client.get("/desk/cards?back=1").get_data(as_text=True)
    client.send("/desk/cards/account")
    assert len(company.books.of("account")) == 1

    name = company.books.of("account")[0]["id"]
    company.books.finish_account(name)
    company.news.waiting.clear()  # lost: the director asks
    client.send("/desk/cards/look")
    assert queries.takes_cards(world.dong_lac.organisation_id)
    assert not queries.takes_cards(world.kinh_mon.organisation_id)

    company.books.restrict_account(
        name, "external_account", "person_1.verification.document", "something.new"
    )
    company.news.deliver(send)
    page = client.get("/desk/cards").get_data(as_text=True)
    assert not queries.takes_cards(world.dong_lac.organisation_id)
    for words in ("tài khoản ngân hàng để nhận tiền", "ảnh giấy tờ tùy thân", "dữ liệu khác"):
        assert words in page


@pytest.mark.parametrize("kind", ["500", "cut"])
def test_an_account_whose_answer_was_lost_is_made_once(
    client: ReadingClient, company: StripeLike, world: World, kind: str
) -> None:
    client.sign_in("donglac@demo.vn")
    company.will(kind, "/v1/accounts")
    assert client.send("/desk/cards/account").status_code == 422
    assert client.send("/desk/cards/account").status_code == 303
    assert len(company.books.of("account")) == 1
    known = queries.account_of(world.dong_lac.organisation_id)
    assert known is not None and known.state is AccountState.BEGUN


@pytest.mark.parametrize("who", ["household@demo.vn", "officer@demo.vn"])
def test_only_a_director_comes_in(client: ReadingClient, world: World, who: str) -> None:
    client.sign_in(who)
    assert client.get("/desk/cards").status_code == 403
    assert client.send("/desk/cards/account").status_code == 403


def test_only_officers_see_the_office_s_page(client: ReadingClient, world: World) -> None:
    client.sign_in("donglac@demo.vn")
    assert client.get("/office/cards").status_code == 403


def collecting(app: Flask) -> None:
    app.extensions["settings"] = replace(app.extensions["settings"], cards_collected=True)


def test_the_alliance_collects_owes_and_hands_on(
    app: Flask, client: ReadingClient, company: StripeLike, world: World, send: Send
) -> None:
    collecting(app)
    charge = owed(world, method="card")
    payee = charge.payee_organisation_id
    name = opened(client, charge)
    assert company.books.owner[name] == ""  # on the alliance's own account
    company.books.pay(name)
    company.news.deliver(send)
    tasks.look_after_pages()
    fee = 900_000 * 34 // 1000 + 7_500
    assert [(e.debit, e.credit) for e in fresh(charge).postings if e.kind == Posting.FEE] == [
        (f"fees:{payee}", f"held:{payee}")
    ]

    second = second_officer(client.application)
    client.sign_in("officer@demo.vn")
    page = f"/office/cards/settlements/{world.dong_lac.organisation.ref}"
    assert "Đồng Lạc" in client.get("/office/cards").get_data(as_text=True)
    assert client.send(page, {"amount": "1", "note": "FT1"}).status_code == 422  # the page was old
    assert client.send(page, {"amount": str(900_000 - fee), "note": "FT1"}).status_code == 303
    assert queries.held_by_charge(payee) != []  # another officer has to agree
    agreed(client, second, "hand-on")
    assert queries.held_by_charge(payee) == []
    assert client.send(page, {"amount": "0", "note": "FT1"}).status_code == 422  # nothing twice

    with transaction():  # given back after it was handed on: kept from the next
        payments.adjust(charge=charge, amount=charge.amount - 100_000, reason="", by=world.director)
    tasks.send_refunds()
    other = owed(world, method="card", subject_id=2, amount=500_000)
    company.books.pay(opened(client, other))
    company.news.deliver(send)
    held = sum(left for _charge, left in queries.held_by_charge(payee))
    assert held == 500_000 - 100_000
    client.sign_in("officer@demo.vn")
    assert client.send(page, {"amount": str(held), "note": "FT2"}).status_code == 303
    agreed(client, second, "hand-on")
    assert Posting.KEPT_BACK in kinds(fresh(charge)) and Posting.PAID_OUT in kinds(fresh(other))
    assert queries.held_by_charge(payee) == []
    holds()


def test_what_was_parked_can_be_tried_again_or_put_aside(
    client: ReadingClient, company: StripeLike, charge: Charge, account: str, send: Send
) -> None:
    for name in ("re_1", "re_2"):
        thing = {"id": name, "object": "refund", "payment_intent": "pi_x", "status": "succeeded"}
        company.news.tell("refund.updated", thing, account)
    company.news.deliver(send)
    client.sign_in("officer@demo.vn")
    page = client.get("/office/cards").get_data(as_text=True)
    assert page.count("refund.updated") == 2
    first, second = (event.id for event in queries.parked().rows)
    assert client.send(f"/office/cards/events/{first}/again").status_code == 303
    assert client.send(f"/office/cards/events/{second}/dismissal").status_code == 303
    assert client.send(f"/office/cards/events/{second}/dismissal").status_code == 409
    db.session.rollback()
    assert [event.id for event in queries.parked().rows] == [first]


def test_without_keys_there_are_no_cards(app: Flask, client: ReadingClient, world: World) -> None:
    app.extensions["settings"] = replace(app.extensions["settings"], stripe_secret_key="")
    assert not queries.takes_cards(world.dong_lac.organisation_id)
    client.sign_in("donglac@demo.vn")
    assert "chưa bật" in client.get("/desk/cards").get_data(as_text=True)
    assert client.send("/desk/cards/account").status_code == 422
    for job in (tasks.look_after_pages, tasks.send_refunds, tasks.look_after_accounts):
        job()


@pytest.mark.parametrize(
    ("base", "fine"),
    [
        ("https://api.stripe.com", True), ("http://127.0.0.1:8205", True), ("http://localhost:1", True),
        ("http://api.stripe.com", False), ("ftp://127.0.0.1", False), ("http://127.0.0.1.evil.vn", False),
    ],
)  # fmt: skip
def test_secrets_are_sent_encrypted_or_to_this_machine(base: str, fine: bool) -> None:
    wanted: dict[str, Any] = {"STRIPE_API_BASE": base, "SECRET_KEY": "x" * 20}
    if fine:
        assert load(wanted).stripe_api_base == base
    else:
        with pytest.raises(OddSetting, match="STRIPE_API_BASE"):
            load(wanted)
