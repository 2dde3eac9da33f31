"""Money that secures a contract (đặt cọc), and what becomes of it.

Source: Civil Code 2015, article 328: who gave it and refuses loses it; who took it and refuses returns it together with
the same sum; unless agreed otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from marketplace.foundation.money import Money
from marketplace.foundation.words import _l

SAME_AGAIN = Decimal(100)


class Refuser(StrEnum):
    """Who does not keep the contract: whoever gave the deposit, whoever took it, or nobody (force majeure)."""

    PAYER = "payer"
    RECEIVER = "receiver"
    NOBODY = "nobody"


REFUSER_LABELS = {
    Refuser.NOBODY: _l("Neither side refused: the deposit goes back"),
    Refuser.PAYER: _l("The buyer, who gave it, refused: the seller keeps it"),
    Refuser.RECEIVER: _l("The seller, who took it, refused: it goes back, with what the contract adds"),
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the receiver keeps, what goes back, and what is added to it as a penalty."""

    kept: Money
    returned: Money
    added: Money


def deposit_due(*, amount: Money | None, rate: Decimal | None, value: Money) -> Money:
    """The agreed sum, else `rate` per cent of the contract's value; nothing when neither was agreed."""
    if amount is not None:
        return amount
    return value.percent(rate) if rate is not None else Money(0)


def outcome(left: Money, refuser: Refuser, *, agreed: Decimal = SAME_AGAIN) -> Outcome:
    """What becomes of the part of a deposit that was not yet counted off; `agreed` is the share in per cent that the
    receiver adds when it is the one that refuses."""
    match refuser:
        case Refuser.PAYER:
            return Outcome(kept=left, returned=Money(0), added=Money(0))
        case Refuser.RECEIVER:
            return Outcome(kept=Money(0), returned=left, added=left.percent(agreed))
        case _:
            return Outcome(kept=Money(0), returned=left, added=Money(0))
