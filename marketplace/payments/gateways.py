"""Ways to pay. Each begins a charge with the next step for the buyer; money counts when its payee, or later a
statement or a payment service, confirms it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from marketplace import config
from marketplace.cooperatives.banks import BANKS
from marketplace.payments import vietqr
from marketplace.payments.models import Charge
from marketplace.payments.states import Way


@dataclass(frozen=True)
class Step:
    """What the buyer does next: "qr" shows a code, "redirect" leads to `url`, "wait" asks for nothing."""

    kind: str
    payload: str = ""
    url: str = ""


class Gateway(Protocol):
    """What every way to pay can do. A hosted card page fits by a redirect and a confirmation that comes later."""

    @property
    def way(self) -> str: ...

    def offered(self, account_number: str) -> bool:
        """Whether a payee with this verified account can be paid this way."""
        ...

    def begin(self, charge: Charge) -> Step: ...


class TransferGateway:
    """Straight into the payee's account, by VietQR."""

    way = Way.TRANSFER

    def offered(self, account_number: str) -> bool:
        return bool(account_number)

    def begin(self, charge: Charge) -> Step:
        if not charge.to_pay:
            return Step("wait")
        wanted = vietqr.payload(
            charge.account_bin, charge.account_number, int(charge.to_pay), charge.transfer_ref
        )
        return Step("qr", payload=wanted)


class CashGateway:
    """Cash when the goods arrive; confirmed at hand-over."""

    way = Way.CASH

    def offered(self, account_number: str) -> bool:
        return True

    def begin(self, charge: Charge) -> Step:
        return Step("wait")


class CardGateway:
    """On the card company's own page; what it says there, and never the browser, counts as paid."""

    way = Way.CARD

    def offered(self, account_number: str) -> bool:
        """The bank account does not matter; `cards.queries.takes_cards` knows about the payee's card account."""
        return config.current().cards

    def begin(self, charge: Charge) -> Step:
        return Step("redirect", url=f"/pay/{charge.ref}/card")


GATEWAYS: dict[str, Gateway] = {
    Way.TRANSFER: TransferGateway(),
    Way.CASH: CashGateway(),
    Way.CARD: CardGateway(),
}


def bank_name(bin: str) -> str:
    return BANKS.get(bin, bin)
