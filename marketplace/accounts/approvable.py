"""Which acts two officers have to agree to. Each area says it of its own acts, in its room `approvals`.

    @approvable("bank-account", label=_l("Use a new bank account"), desks=[Desk.FINANCE], page=…)
    def verify(approval, by): …

The act is carried out when another officer at one of the desks agrees, in the same transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from marketplace import config
from marketplace.accounts.states import Desk


@dataclass(frozen=True)
class ActKind:
    """`page`: where its subject is looked at. `alone`: done at once where nobody else could agree, for the office
    would be locked out for ever."""

    name: str
    label: Any
    desks: frozenset[Desk]
    act: Callable[[Any, Any], None]
    page: Callable[[Any], str]
    alone: bool

    @property
    def on(self) -> bool:
        return self.name in config.current().four_eyes


KINDS: dict[str, ActKind] = {}


def approvable(
    name: str,
    *,
    label: Any,
    desks: Collection[Desk],
    page: Callable[[Any], str],
    alone: bool = False,
) -> Callable[[Callable[[Any, Any], None]], Callable[[Any, Any], None]]:
    """Register `act(approval, by)`."""
    if name not in config.FOUR_EYES_KINDS:
        raise LookupError(f"FOUR_EYES knows no {name}")

    def register(act: Callable[[Any, Any], None]) -> Callable[[Any, Any], None]:
        KINDS[name] = ActKind(name, label, frozenset(desks), act, page, alone)
        return act

    return register
