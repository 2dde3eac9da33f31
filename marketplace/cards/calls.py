"""Calls to Stripe. Never inside a transaction: what is asked stands in a row before, its answer is stored after.

Every call that makes something carries an idempotency key made from a random reference of ours: asked again after a
crash or without an answer, it is made once. Direct charges name the cooperative's account in a header.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from marketplace import config
from marketplace.cards.models import CardAccount, CardRefund, CardSession
from marketplace.foundation.db import db

if TYPE_CHECKING:
    import stripe

SECONDS = (3, 15)


class NoAnswer(Exception):
    """It may have happened or not: ask the same again later."""


class Declined(Exception):
    """The company says no, and will say no again; `str()` is its code."""


def make_account(account: CardAccount, email: str) -> dict[str, Any]:
    """An account that the cooperative runs itself: Stripe asks for its data and bears its losses."""
    asked: dict[str, Any] = {
        "controller": {
            "fees": {"payer": "account"},
            "losses": {"payments": "stripe"},
            "requirement_collection": "stripe",
            "stripe_dashboard": {"type": "full"},
        },
        "capabilities": {"card_payments": {"requested": True}},
        "metadata": {"ref": account.ref},
    }
    if email:
        asked["email"] = email
    return _call("accounts.create", asked, key=f"account-{account.ref}")


def read_account(stripe_id: str) -> dict[str, Any]:
    return _call("accounts.retrieve", stripe_id)


def make_account_link(stripe_id: str, key: str) -> str:
    """The address where a director goes on; it opens once."""
    page = f"{config.current().base_url}/desk/cards"
    asked = {"account": stripe_id, "type": "account_onboarding", "return_url": f"{page}?back=1"}
    told = _call("account_links.create", {**asked, "refresh_url": f"{page}?again=1"}, key=f"link-{key}")
    return str(told["url"])


def make_session(session: CardSession) -> dict[str, Any]:
    """One page, one charge. VND has no smaller unit: the amount is whole đồng."""
    charge, settings = session.charge, config.current()
    language = "/en" if session.language == "en" else ""
    back = f"{settings.base_url}{language}/pay/{charge.ref}/card"
    named = {"ref": session.ref}
    asked = {
        "mode": "payment",
        "client_reference_id": session.ref,
        "line_items": [
            {
                "quantity": 1,
                "price_data": {
                    "currency": "vnd",
                    "unit_amount": int(session.amount),
                    "product_data": {"name": charge.told},
                },
            }
        ],
        "payment_method_types": ["card"],
        "locale": session.language,
        "success_url": f"{back}?back=1",
        "cancel_url": back,
        "expires_at": int(session.expires_at.timestamp()),
        "metadata": named,
        "payment_intent_data": {"metadata": named},
    }
    return _call("checkout.sessions.create", asked, key=f"session-{session.ref}", account=session.account)


def read_session(session: CardSession) -> dict[str, Any]:
    return _call("checkout.sessions.retrieve", session.stripe_id, account=session.account)


def close_session(session: CardSession) -> dict[str, Any]:
    return _call(
        "checkout.sessions.expire", session.stripe_id, key=f"close-{session.ref}", account=session.account
    )


def read_fee(session: CardSession) -> dict[str, Any]:
    """The balance transaction of a payment, empty while the company has not booked it."""
    asked = {"expand": ["latest_charge.balance_transaction"]}
    intent = _call("payment_intents.retrieve", session.intent, asked, account=session.account)
    booked = (intent.get("latest_charge") or {}).get("balance_transaction")
    return booked if isinstance(booked, dict) else {}


def make_refund(refund: CardRefund) -> dict[str, Any]:
    asked = {
        "payment_intent": refund.session.intent,
        "amount": int(refund.amount),
        "metadata": {"key": refund.key},
    }
    return _call("refunds.create", asked, key=f"refund-{refund.key}", account=refund.session.account)


def read_refund(refund: CardRefund) -> dict[str, Any]:
    return _call("refunds.retrieve", refund.stripe_id, account=refund.session.account)


def find_refund(refund: CardRefund) -> dict[str, Any] | None:
    """What an earlier try under this key made: a company forgets keys after a day, but not refunds."""
    asked = {"payment_intent": refund.session.intent, "limit": 100}
    told = _call("refunds.list", asked, account=refund.session.account)
    return next((r for r in told["data"] if (r.get("metadata") or {}).get("key") == refund.key), None)


def _call(name: str, *asked: Any, key: str = "", account: str = "") -> dict[str, Any]:
    import stripe  # half a second, and memory, that only a shop with cards needs

    assert not db.session().info.get("writing"), "nobody waits for a foreign server inside a transaction"
    db.session.rollback()  # what is asked was read: nothing stays open while the company thinks
    settings = config.current()
    verb: Any = _client(settings.stripe_secret_key, settings.stripe_api_base).v1
    for part in name.split("."):
        verb = getattr(verb, part)
    options = {"idempotency_key": key or None, "stripe_account": account or None}
    try:
        return dict(verb(*asked, options=options).to_dict())
    except stripe.StripeError as error:
        if _is_final(error):
            raise Declined(str(error.code or type(error).__name__)[:80]) from error
        raise NoAnswer(type(error).__name__) from error


def _is_final(error: stripe.StripeError) -> bool:
    """4xx says no; 409 (the same is being made now), 429 and all else say nothing yet."""
    status = error.http_status or 0
    return 400 <= status < 500 and status not in {409, 429}


@cache
def _client(key: str, base: str) -> stripe.StripeClient:
    """One for each key and address, so that connections are kept."""
    import stripe

    return stripe.StripeClient(
        key,
        base_addresses={"api": base},
        http_client=stripe.RequestsClient(timeout=SECONDS),
        max_network_retries=0,
    )
