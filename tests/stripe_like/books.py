"""What the company knows and does: accounts, card pages, payments, refunds, disputes."""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable
from typing import Any

FINE, DECLINED, ASKS_BANK = "4242424242424242", "4000000000000002", "4000000000003220"
REFUND_FAILS, REFUND_WAITS = "4000000000005126", "4000000000007726"
LEAST, MOST = 12_500, 99_999_999

Thing = dict[str, Any]


class Refused(Exception):
    """An answer that is no: its status, type, code and words."""

    def __init__(self, status: int, kind: str, code: str, words: str) -> None:
        super().__init__(words)
        self.status = status
        self.body = {"error": {"type": kind, "code": code, "message": words}}


def wrong(code: str, words: str) -> Refused:
    return Refused(400, "invalid_request_error", code, words)


def new_id(kind: str) -> str:
    return f"{kind}_{secrets.token_hex(12)}"


class Books:
    """All things by id. `tell(kind, thing, account)` is called for each piece of news."""

    def __init__(self, url: Callable[[], str], tell: Callable[[str, Thing, str], None]) -> None:
        self.url, self.tell = url, tell
        self.lock = threading.RLock()
        self.things: dict[str, Thing] = {}
        self.owner: dict[str, str] = {}
        self.links: dict[str, Thing] = {}
        self.cards: dict[str, str] = {}
        self.booked = True

    def get(self, name: str, account: str) -> Thing:
        thing = self.things.get(name)
        if thing is None or self.owner[name] != account:
            raise Refused(404, "invalid_request_error", "resource_missing", f"No such thing: {name}")
        return thing

    def of(self, kind: str, account: str | None = None) -> list[Thing]:
        """For the tests' eyes: every thing of a kind."""
        return [
            thing for name, thing in self.things.items()
            if thing["object"] == kind and account in (None, self.owner[name])
        ]  # fmt: skip

    def _keep(self, thing: Thing, account: str) -> Thing:
        self.things[thing["id"]] = thing
        self.owner[thing["id"]] = account
        return thing

    # --- accounts -------------------------------------------------------------------------------------

    def make_account(self, asked: Thing) -> Thing:
        account = {
            "id": new_id("acct"), "object": "account", "charges_enabled": False, "payouts_enabled": False,
            "details_submitted": False, "email": asked.get("email"), "metadata": asked.get("metadata", {}),
            "requirements": {"currently_due": ["external_account", "company.tax_id", "tos_acceptance.date"],
                             "past_due": [], "eventually_due": [], "disabled_reason": "requirements.past_due"},
        }  # fmt: skip
        return self._keep(account, "")

    def make_link(self, asked: Thing) -> Thing:
        self.get(asked["account"], "")
        name = secrets.token_hex(8)
        self.links[name] = asked
        return {
            "object": "account_link",
            "url": f"{self.url()}/onboard/{name}",
            "expires_at": int(time.time()) + 300,
        }

    def finish_account(self, name: str) -> None:
        """Everything was given and found right."""
        account = self.get(name, "")
        account.update(charges_enabled=True, payouts_enabled=True, details_submitted=True)
        account["requirements"] = {
            "currently_due": [],
            "past_due": [],
            "eventually_due": [],
            "disabled_reason": None,
        }
        self.tell("account.updated", account, name)

    def restrict_account(self, name: str, *needed: str) -> None:
        account = self.get(name, "")
        account.update(charges_enabled=False)
        account["requirements"].update(past_due=list(needed), disabled_reason="requirements.past_due")
        self.tell("account.updated", account, name)

    # --- card pages -----------------------------------------------------------------------------------

    def make_session(self, asked: Thing, account: str) -> Thing:
        if account and not self.get(account, "")["charges_enabled"]:
            raise wrong("account_invalid", "This account cannot make charges.")
        line = asked["line_items"]["0"]
        amount, currency = line["price_data"]["unit_amount"], line["price_data"]["currency"]
        if not amount.isdigit():
            raise wrong("parameter_invalid_integer", f"Invalid integer: {amount}")
        amount = int(amount) * int(line["quantity"])
        if amount < LEAST:
            raise wrong("amount_too_small", "The amount must convert to at least 50 cents.")
        if amount > MOST:
            raise wrong("amount_too_large", "Amount must be no more than ₫99,999,999")
        ends = int(asked["expires_at"])
        if not time.time() + 1790 <= ends <= time.time() + 86_410:
            raise wrong("parameter_invalid", "expires_at must be between 30 minutes and 24 hours from now")
        name = new_id("cs_test")
        return self._keep({
            "id": name, "object": "checkout.session", "status": "open", "payment_status": "unpaid", "mode": "payment",
            "amount_total": amount, "currency": currency, "client_reference_id": asked.get("client_reference_id"),
            "metadata": asked.get("metadata", {}), "payment_intent": None, "url": f"{self.url()}/c/pay/{name}",
            "success_url": asked["success_url"], "cancel_url": asked.get("cancel_url"), "expires_at": ends,
            "title": line["price_data"]["product_data"]["name"], "created": int(time.time()),
        }, account)  # fmt: skip

    def expire(self, name: str, account: str) -> Thing:
        session = self.get(name, account)
        if session["status"] != "open":
            raise wrong("resource_not_open", "Only open sessions can be expired.")
        session.update(status="expired", url=None)
        self.tell("checkout.session.expired", session, account)
        return session

    def pay(self, name: str, card: str = FINE, *, confirmed: bool = False) -> str:
        """The buyer's press on the page: "paid", "declined", "bank" (to be confirmed there) or "closed"."""
        with self.lock:
            session, account = self.things[name], self.owner[name]
            if session["status"] != "open":
                return "closed"
            if card == DECLINED:
                return "declined"
            if card == ASKS_BANK and not confirmed:
                return "bank"
            self._complete(session, account, card)
            return "paid"

    def _complete(self, session: Thing, account: str, card: str) -> None:
        amount = session["amount_total"]
        intent, charge, booked = new_id("pi"), new_id("ch"), new_id("txn")
        self.cards[intent] = card
        self._keep({"id": booked, "object": "balance_transaction", "amount": amount, "currency": "vnd",
                    "fee": amount * 34 // 1000 + 7_500, "type": "charge", "source": charge}, account)  # fmt: skip
        self._keep({"id": charge, "object": "charge", "amount": amount, "amount_refunded": 0, "currency": "vnd",
                    "payment_intent": intent, "balance_transaction": booked}, account)  # fmt: skip
        paid = self._keep({"id": intent, "object": "payment_intent", "status": "succeeded", "amount": amount,
                           "currency": "vnd", "metadata": session["metadata"],
                           "latest_charge": charge}, account)  # fmt: skip
        session.update(status="complete", payment_status="paid", payment_intent=intent, url=None)
        self.tell("payment_intent.succeeded", paid, account)
        self.tell("checkout.session.completed", session, account)

    def read_intent(self, name: str, account: str, expand: list[str]) -> Thing:
        intent = dict(self.get(name, account))
        if "latest_charge.balance_transaction" in expand:
            charge = dict(self.get(intent["latest_charge"], account))
            booked = self.get(charge["balance_transaction"], account) if self.booked else None
            intent["latest_charge"] = {**charge, "balance_transaction": booked}
        return intent

    # --- refunds --------------------------------------------------------------------------------------

    def make_refund(self, asked: Thing, account: str) -> Thing:
        intent = self.get(asked["payment_intent"], account)
        charge = self.get(intent["latest_charge"], account)
        amount = int(asked.get("amount") or charge["amount"] - charge["amount_refunded"])
        if any(
            d["payment_intent"] == intent["id"] and d["status"] == "needs_response"
            for d in self.of("dispute")
        ):
            raise wrong("charge_disputed", "This charge is disputed.")
        if amount > charge["amount"] - charge["amount_refunded"]:
            raise wrong("charge_already_refunded", "Refund is larger than what is left of the charge.")
        charge["amount_refunded"] += amount
        waits = self.cards.get(intent["id"]) in {REFUND_FAILS, REFUND_WAITS}
        refund = self._keep({
            "id": new_id("re"), "object": "refund", "amount": amount, "currency": "vnd", "charge": charge["id"],
            "payment_intent": intent["id"], "metadata": asked.get("metadata", {}),
            "status": "pending" if waits else "succeeded", "created": int(time.time()),
        }, account)  # fmt: skip
        self.tell("refund.created", refund, account)
        self.tell("charge.refunded", charge, account)
        return refund

    def end_refund(self, name: str, status: str = "succeeded") -> None:
        """A refund that waited, or was said to be done, ends so."""
        refund, account = self.things[name], self.owner[name]
        refund["status"] = status
        if status == "failed":
            refund["failure_reason"] = "expired_or_canceled_card"
            self.things[refund["charge"]]["amount_refunded"] -= refund["amount"]
        self.tell("refund.failed" if status == "failed" else "refund.updated", refund, account)

    def refunds_of(self, intent: str, account: str) -> Thing:
        found = [r for r in self.of("refund", account) if r["payment_intent"] == intent]
        return {"object": "list", "data": found[::-1], "has_more": False, "url": "/v1/refunds"}

    # --- disputes -------------------------------------------------------------------------------------

    def dispute(self, intent: str, reason: str = "product_not_received") -> str:
        """The card holder's bank takes the money back."""
        account, paid = self.owner[intent], self.things[intent]
        taken = {"id": new_id("txn"), "object": "balance_transaction", "amount": -paid["amount"], "fee": 380_000,
                 "currency": "vnd", "type": "adjustment"}  # fmt: skip
        dispute = self._keep({
            "id": new_id("dp"), "object": "dispute", "amount": paid["amount"], "currency": "vnd", "reason": reason,
            "status": "needs_response", "payment_intent": intent, "charge": paid["latest_charge"],
            "evidence_details": {"due_by": int(time.time()) + 10 * 86_400}, "balance_transactions": [taken],
        }, account)  # fmt: skip
        self.tell("charge.dispute.created", dispute, account)
        self.tell("charge.dispute.funds_withdrawn", dispute, account)
        return dispute["id"]

    def close_dispute(self, name: str, status: str) -> None:
        dispute, account = self.things[name], self.owner[name]
        dispute["status"] = status
        if status == "won":
            back = {"id": new_id("txn"), "object": "balance_transaction", "amount": dispute["amount"], "fee": 0,
                    "currency": "vnd", "type": "adjustment"}  # fmt: skip
            dispute["balance_transactions"] = [*dispute["balance_transactions"], back]
            self.tell("charge.dispute.funds_reinstated", dispute, account)
        self.tell("charge.dispute.closed", dispute, account)
