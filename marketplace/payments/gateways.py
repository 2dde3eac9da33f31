"""Ways of paying. A gateway begins a payment, hears from its provider, and gives money back.

Transfers and cash are confirmed by the payee's own people, so their gateways have nothing to hear. A hosted
card checkout fits the same shape: `begin` makes its page and answers "redirect", `hear` checks the signature of
a webhook and says what came.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

from marketplace.foundation.money import Money
from marketplace.payments import vietqr
from marketplace.payments.models import Charge
from marketplace.payments.states import Method


@dataclass(frozen=True)
class Step:
    """What the payer does next: scan a code, follow an address, or wait for the goods."""

    kind: Literal["qr", "redirect", "wait"]
    payload: str = ""
    url: str = ""


@dataclass(frozen=True)
class Heard:
    """What a provider reported: enough to find the charge and to record the money once."""

    transfer_ref: str
    amount: Money
    provider: str
    provider_ref: str


class Gateway(Protocol):
    name: str

    def begin(self, charge: Charge) -> Step:
        """The payer's next step. May ask the provider, so never inside a transaction."""

    def hear(self, body: bytes, headers: Mapping[str, str]) -> Heard | None:
        """What an authentic message says, or None when it concerns no payment."""

    def expire(self, charge: Charge) -> None:
        """Take back an open payment page; there may be none."""

    def refund(self, charge: Charge, amount: Money, key: str) -> Step:
        """Give money back, once per key: by the provider, or by the payee's own hand ("wait")."""


class _ByHand:
    """No provider stands between payer and payee."""

    def hear(self, body: bytes, headers: Mapping[str, str]) -> Heard | None:
        return None

    def expire(self, charge: Charge) -> None:
        return None

    def refund(self, charge: Charge, amount: Money, key: str) -> Step:
        return Step("wait")


class TransferGateway(_ByHand):
    """Straight to the payee's account by VietQR."""

    name = "vietqr"

    def begin(self, charge: Charge) -> Step:
        """The code for what is still owed; without a verified account there is none."""
        if not charge.has_account or charge.left <= 0:
            return Step("wait")
        return Step("qr", payload=payload_of(charge))


class CashGateway(_ByHand):
    """In cash when the goods arrive."""

    name = "cash"

    def begin(self, charge: Charge) -> Step:
        return Step("wait")


GATEWAYS: dict[Method, Gateway] = {Method.TRANSFER: TransferGateway(), Method.CASH: CashGateway()}


def gateway_for(charge: Charge) -> Gateway:
    """Raises KeyError for a way of paying that is not switched on."""
    return GATEWAYS[charge.method]


def payload_of(charge: Charge) -> str:
    """The VietQR text, made from the charge's own row: its account, what is left of its sum, its reference."""
    return vietqr.payload(charge.account_bin, charge.account_number, int(charge.left), charge.transfer_ref)
