"""Sales whose receipt is written by the area that made them: goods of a contract are weighed and graded at the depot.

Their buyer is not asked to count here, and silence is that area's own rule.
"""

from __future__ import annotations

from marketplace.deliveries.models import Delivery

KEPT_ELSEWHERE: set[str] = set()


def kept_elsewhere(source_kind: str) -> None:
    """Register a kind of sale whose receipt stands elsewhere; the delivery's link leads there."""
    KEPT_ELSEWHERE.add(source_kind)


def kept_here(delivery: Delivery) -> bool:
    return delivery.source_kind not in KEPT_ELSEWHERE
