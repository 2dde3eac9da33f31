"""What notification services send: only with the secret, once, in the shape they expect, and never a crash."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from marketplace.foundation.db import db, transaction
from marketplace.foundation.money import Money
from marketplace.inbox.models import Notice
from marketplace.payments.models import BankFeed, Charge
from marketplace.payments.services import bank_feeds
from marketplace.payments.states import ChargeState, LineState, RowResult
from tests.client import ReadingClient
from tests.payments.bank import holds, lines, only_line, outcome, row, send
from tests.world import World


@pytest.fixture
def feed(world: World) -> tuple[str, str]:
    """(key, secret) of Đồng Lạc."""
    with transaction():
        made, secret = bank_feeds.renew(organisation_id=world.dong_lac.organisation_id, by=world.director)
    return made.key, secret


def sepay(charge: Charge, **more: Any) -> dict[str, Any]:
    return {
        "id": 92704, "gateway": "Agribank", "transactionDate": "2026-11-24 14:02:37", "accountNumber": "2300205123453",
        "code": None, "content": f"MBVCB {charge.transfer_ref} tra tien", "transferType": "in",
        "transferAmount": 900_000, "accumulated": 19_077_000, "subAccount": None, "referenceCode": "FT1",
        "description": "", **more,
    }  # fmt: skip


def tell(client: ReadingClient, feed: tuple[str, str], body: Any, authorization: str | None = None) -> Any:
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    return client.post(
        f"/webhooks/bank/{feed[0]}",
        data=data,
        content_type="application/json",
        headers={"Authorization": authorization or f"Apikey {feed[1]}", "Sec-Fetch-Site": "cross-site"},
    )


def test_sepay_s_notice_settles_once_however_often_it_comes(
    client: ReadingClient, world: World, charge: Charge, feed: tuple[str, str]
) -> None:
    for _ in range(3):
        answer = tell(client, feed, sepay(charge))
        assert (answer.status_code, answer.json["success"]) == (200, True)
    db.session.expire_all()
    assert (charge.state, charge.received) == (ChargeState.SETTLED, Money(900_000))
    assert only_line().state is LineState.COUNTED
    assert outcome(send(world, [row("other words", 900_000, "FT1")])) == [RowResult.KNOWN]
    assert outcome(send(world, [row(f"khac {charge.transfer_ref}", 900_000, "")])) == [RowResult.KNOWN]
    holds()


def test_vietqr_asks_for_a_token_and_gets_its_shape(
    client: ReadingClient, charge: Charge, feed: tuple[str, str]
) -> None:
    basic = base64.b64encode(f"cho:{feed[1]}".encode()).decode()
    token = client.post(
        f"/webhooks/bank/{feed[0]}/api/token_generate", headers={"Authorization": f"Basic {basic}"}
    )
    assert token.json["token_type"] == "Bearer"
    body = {
        "transactionid": "t-1", "transactiontime": 1_795_500_000_000, "referencenumber": "FT1", "amount": "900000",
        "content": charge.transfer_ref, "bankaccount": "2300205123453", "transType": "C", "orderId": "",
    }  # fmt: skip
    answer = client.post(
        f"/webhooks/bank/{feed[0]}/bank/api/transaction-sync",
        json=body,
        headers={"Authorization": f"Bearer {token.json['access_token']}", "Sec-Fetch-Site": "cross-site"},
    )
    assert answer.status_code == 200
    assert (answer.json["error"], answer.json["object"]) == (False, {"reftransactionid": "t-1"})
    db.session.expire_all()
    assert charge.state is ChargeState.SETTLED
    holds()


@pytest.mark.parametrize(
    "said", ["", "Apikey wrong", "Bearer x.y.z", "Basic !!!", "Basic Og==", "Digest x", "Apikey "]
)
def test_without_the_secret_nothing_is_heard(
    client: ReadingClient, charge: Charge, feed: tuple[str, str], said: str
) -> None:
    answer = tell(client, feed, sepay(charge), said or "none")
    assert (answer.status_code, answer.json["success"]) == (401, False)
    assert tell(client, ("nobody", feed[1]), sepay(charge)).status_code == 401
    assert lines() == []


def test_a_new_secret_ends_the_old_one_and_its_tokens(
    client: ReadingClient, world: World, charge: Charge, feed: tuple[str, str]
) -> None:
    token = bank_feeds.token_for(db.session.scalars(db.select(BankFeed)).one())
    with transaction():
        _feed, fresh = bank_feeds.renew(organisation_id=world.dong_lac.organisation_id, by=world.director)
    assert tell(client, feed, sepay(charge)).status_code == 401
    assert tell(client, feed, sepay(charge), f"Bearer {token}").status_code == 401
    assert tell(client, (feed[0], fresh), sepay(charge)).status_code == 200
    assert fresh not in db.session.scalars(db.select(BankFeed)).one().secret_hash


def test_money_out_is_heard_and_left_alone(
    client: ReadingClient, charge: Charge, feed: tuple[str, str]
) -> None:
    assert tell(client, feed, sepay(charge, transferType="out")).json["success"] is True
    assert lines() == []


def test_what_needs_a_person_is_told(
    client: ReadingClient, world: World, charge: Charge, feed: tuple[str, str]
) -> None:
    tell(client, feed, sepay(charge, transferAmount=5_000))
    assert only_line().state is LineState.OPEN
    told = db.session.scalars(db.select(Notice).where(Notice.kind == "payments.line")).all()
    assert [notice.person_id for notice in told] == [world.director.id]


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{", b"[]", b"null", b'"x"', b"\xff\xfe", b"[" * 9_000, b'{"a":' * 50 + b"1" + b"}" * 50, b"1" * 20_000,
        {"accountNumber": None}, {"accountNumber": {"a": 1}}, {"transferType": "sideways"}, {"transferAmount": -1},
        {"transferAmount": 0}, {"transferAmount": 1.5}, {"transferAmount": "NaN"}, {"transferAmount": 10**30},
        {"transferAmount": True}, {"transferAmount": None}, {"transactionDate": "31/02/2026"},
        {"transactionDate": 10**25},
        {"content": ["x"]}, {"referenceCode": {}}, {"accountNumber": "999"},
    ],
)  # fmt: skip
def test_nonsense_gets_a_sentence_and_never_a_crash(
    client: ReadingClient, charge: Charge, feed: tuple[str, str], body: Any
) -> None:
    sent = {**sepay(charge), **body} if isinstance(body, dict) else body
    answer = tell(client, feed, sent)
    assert answer.status_code in {413, 422} and answer.json["success"] is False and answer.json["message"]
    assert lines() == []


def test_long_and_odd_texts_are_kept_as_far_as_they_fit(
    client: ReadingClient, charge: Charge, feed: tuple[str, str]
) -> None:
    assert tell(client, feed, sepay(charge, content="x\u0000\u202e" + "ả" * 1_000)).status_code == 200
    assert len(only_line().text) == 500


def test_only_a_director_s_desk_makes_the_secret_and_sees_it_once(
    client: ReadingClient, world: World
) -> None:
    client.sign_in("donglac@demo.vn")
    page = client.send("/desk/money/statements/notices").get_data(as_text=True)
    feed = db.session.scalars(db.select(BankFeed)).one()
    assert f"/webhooks/bank/{feed.key}" in page and page.count('data-copy="') == 2
    again = client.get("/desk/money/statements/notices").get_data(as_text=True)
    assert feed.key in again and again.count('data-copy="') == 1
