"""On which days cooperatives did no business, as far as dated events say so.

Whoever keeps such events says it here: `@stops` on `tell(cooperative_ids, year) -> id → spans`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

from marketplace.registry.grading import Span

Teller = Callable[[Collection[int], int], Mapping[int, Sequence[Span]]]
TELLERS: list[Teller] = []


def stops(tell: Teller) -> Teller:
    TELLERS.append(tell)
    return tell


def stopped(cooperative_ids: Collection[int], year: int) -> dict[int, list[Span]]:
    """Cooperative → (first day, last day) of every stop that touches the year."""
    found: dict[int, list[Span]] = {}
    for tell in TELLERS:
        for cooperative_id, spans in tell(cooperative_ids, year).items():
            found.setdefault(cooperative_id, []).extend(spans)
    return found
