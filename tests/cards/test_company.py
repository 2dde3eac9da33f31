"""The company beside the tests keeps the contract of Stripe, judged by Stripe's own SDK; localstripe says the same of
the calls that it knows."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import stripe

from tests import services
from tests.stripe_like import StripeLike


def client_of(url: str, key: str) -> stripe.StripeClient:
    return stripe.StripeClient(
        key, base_addresses={"api": url}, http_client=stripe.RequestsClient(timeout=10), max_network_retries=0
    )


@pytest.fixture
def company() -> Iterator[StripeLike]:
    with StripeLike() as company:
        yield company


def test_a_key_makes_it_once_and_another_question_under_it_is_refused(company: StripeLike) -> None:
    client = client_of(company.url, company.key)
    first = client.v1.accounts.create({"email": "a@b.vn"}, options={"idempotency_key": "k"})
    again = client.v1.accounts.create({"email": "a@b.vn"}, options={"idempotency_key": "k"})
    assert first.id == again.id
    with pytest.raises(stripe.IdempotencyError) as refused:
        client.v1.accounts.create({"email": "c@d.vn"}, options={"idempotency_key": "k"})
    assert refused.value.http_status == 400


def test_the_same_key_at_once_is_a_conflict(company: StripeLike) -> None:
    from tests.stripe_like.server import Memory

    company.keys["", "k"] = Memory(("/v1/accounts", {"email": "a@b.vn"}))  # another is at it
    with pytest.raises(stripe.StripeError) as busy:
        client_of(company.url, company.key).v1.accounts.create(
            {"email": "a@b.vn"}, options={"idempotency_key": "k"}
        )
    assert busy.value.http_status == 409


def test_a_wrong_key_and_another_account_see_nothing(company: StripeLike) -> None:
    with pytest.raises(stripe.AuthenticationError):
        client_of(company.url, "sk_other").v1.accounts.create({})
    with pytest.raises(stripe.InvalidRequestError):
        client_of(company.url, company.key).v1.refunds.retrieve("re_1", options={"stripe_account": "acct_x"})


def test_localstripe_answers_the_shapes_that_we_read() -> None:
    """The payment, its booking and its refund: the fields that `calls` and `services` read, from another's pen."""
    local = services.need(services.localstripe)
    client = client_of(local.url, "sk_test_12345")
    method = client.v1.payment_methods.create(
        {
            "type": "card",
            "card": {"number": "4242424242424242", "exp_month": 12, "exp_year": 2034, "cvc": "123"},
        }
    )
    intent = client.v1.payment_intents.create(
        {"amount": 900_000, "currency": "vnd", "payment_method": method.id, "confirm": True}
    )
    told = client.v1.payment_intents.retrieve(
        intent.id, {"expand": ["latest_charge.balance_transaction"]}
    ).to_dict()
    assert (told["status"], told["amount"], told["currency"]) == ("succeeded", 900_000, "vnd")
    refund = client.v1.refunds.create({"payment_intent": intent.id, "amount": 100_000}).to_dict()
    assert (refund["object"], refund["amount"], refund["payment_intent"]) == ("refund", 100_000, intent.id)
    assert refund["status"] == "succeeded"
    listed = client.v1.refunds.list({"payment_intent": intent.id, "limit": 100}).to_dict()
    assert [found["id"] for found in listed["data"]] == [refund["id"]]
