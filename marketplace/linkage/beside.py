"""What else stands on a contract's page: blocks of those who keep it, registered at import.

@beside.block
def money(contract, user): return Block("fulfilment/settlement/block.html", {...})
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from marketplace.linkage.models.contract import Contract


@dataclass(frozen=True, slots=True)
class Block:
    """A template that finds `told` among what the page knows; `beside` what is needed next, on wide screens in the
    column of that."""

    template: str
    told: Mapping[str, Any]
    beside: bool = False


Teller = Callable[[Contract, Any], Block | None]
TELLERS: list[Teller] = []


def block(teller: Teller) -> Teller:
    """Register a block; None where there is nothing to show to this reader."""
    TELLERS.append(teller)
    return teller


def of_contract(contract: Contract, user: Any) -> list[Block]:
    return [told for told in (teller(contract, user) for teller in TELLERS) if told is not None]
