"""Penalties that a settlement sheet takes up: told by whoever records what was not kept, registered at import."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from marketplace.foundation.money import Money
from marketplace.linkage import queries
from marketplace.linkage.states.contract import ContractSide, LegalKey


@dataclass(frozen=True, slots=True)
class Penalty:
    """`party` pays `amount` for a breached part worth `value`. `fact` ("shortfall:7") is charged once; `words` say why
    in both languages."""

    party: ContractSide
    amount: Money
    value: Money
    fact: str
    words: dict[str, str]


Provider = Callable[[int], Iterable[Penalty]]
PROVIDERS: list[Provider] = []


def provider(tell: Provider) -> Provider:
    """Register who tells a contract's penalties, by its id."""
    PROVIDERS.append(tell)
    return tell


def of_contract(contract_id: int, on: dt.date) -> list[Penalty]:
    """All that are known, each within what the law allows on this day; those of nothing are left out."""
    told = [each for tell in PROVIDERS for each in tell(contract_id)]
    cap: Any = queries.figures_on(on).get(LegalKey.PENALTY_CAP) if told else None
    capped = [_capped(each, cap) for each in told]
    return [each for each in capped if each.amount > 0]


def _capped(penalty: Penalty, cap: Decimal | None) -> Penalty:
    """Source: Commercial Law 2005, article 301."""
    most = penalty.value.percent(cap) if cap is not None else Money(0)
    if penalty.amount <= most:
        return penalty
    return Penalty(penalty.party, most, penalty.value, penalty.fact, penalty.words)
