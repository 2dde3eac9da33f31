"""Where a charge leads: the page of what is paid. Upper areas register theirs by purpose, at import:

@leads.to("settlement")
def sheet(subject_id): return Lead(words, url)
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from marketplace.payments.models import Charge


@dataclass(frozen=True, slots=True)
class Lead:
    words: Any
    url: str


Leader = Callable[[int], Lead | None]
LEADERS: dict[str, Leader] = {}


def to(purpose: str) -> Callable[[Leader], Leader]:
    def register(leader: Leader) -> Leader:
        LEADERS[purpose] = leader
        return leader

    return register


def lead_of(charge: Charge) -> Lead | None:
    """None where nobody shows what is paid, or it is shown elsewhere."""
    leader = LEADERS.get(charge.purpose)
    return leader(charge.subject_id) if leader is not None else None
