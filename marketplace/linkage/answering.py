"""Who answered a request: whatever keeps answers (quotes, pools) says it here.

answering.known_by(lambda need_id: [cooperative ids that have quoted])
"""

from __future__ import annotations

from collections.abc import Callable, Collection

Answered = Callable[[int], Collection[int]]
KNOWN: list[Answered] = []


def known_by(ask: Answered) -> Answered:
    """Register a keeper of answers: `ask(need_id)` tells the cooperatives that have answered and not withdrawn."""
    KNOWN.append(ask)
    return ask


def cooperatives(need_id: int) -> set[int]:
    """All that have answered this request, whatever with."""
    return {cooperative_id for ask in KNOWN for cooperative_id in ask(need_id)}
