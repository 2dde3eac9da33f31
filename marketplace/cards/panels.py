"""What pages of money show of cards."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from marketplace.cards import queries
from marketplace.cards.models import CardDispute, CardEvent, CardRefund
from marketplace.cards.states import (
    DISPUTE_LABELS,
    DISPUTE_REASONS,
    OTHER_REASON,
    OTHER_REQUIREMENT,
    OTHER_WORDS,
    PARKED_WORDS,
    REQUIREMENT_WORDS,
)
from marketplace.payments.models import Charge
from marketplace.payments.states import Way


@dataclass(frozen=True)
class CardSide:
    """Disputes of a charge, and refunds that a card did not take."""

    disputes: Sequence[CardDispute]
    problems: Sequence[CardRefund]
    labels: dict[Any, Any]
    reason: Callable[[CardDispute], Any]


def why(event: CardEvent) -> Any:
    """Why an event was put aside."""
    return PARKED_WORDS.get(event.why, OTHER_WORDS)


def reason(dispute: CardDispute) -> Any:
    return DISPUTE_REASONS.get(dispute.reason, OTHER_REASON)


def card_side(charge: Charge) -> CardSide | None:
    """None for a charge that no card ever touched."""
    if charge.method is not Way.CARD and all(row.method != Way.CARD for row in charge.postings):
        return None
    return CardSide(queries.disputes_of(charge.id), queries.problem_of(charge.id), DISPUTE_LABELS, reason)


def needs(names: Sequence[str]) -> list[str]:
    """The company's requirements in words, each once."""
    return list(dict.fromkeys(str(_words(name)) for name in names))


def _words(name: str) -> Any:
    parts = name.split(".")
    last = REQUIREMENT_WORDS.get(parts[-1]) or (REQUIREMENT_WORDS["document"] if "document" in name else None)
    return (
        last
        or REQUIREMENT_WORDS.get(parts[0])
        or (REQUIREMENT_WORDS["person"] if parts[0].startswith("person") else OTHER_REQUIREMENT)
    )
