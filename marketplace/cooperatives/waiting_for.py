"""Who waits for a paper: told by higher floors, so that the warning before it ends says so.

@waiting_for
def buyers(papers): ...
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from marketplace.cooperatives.models import Certificate

Teller = Callable[[Sequence[Certificate]], Mapping[int, Sequence[str]]]
"""Papers -> certificate id -> names, each with the day it is next needed: "WinMart (12/03/2027)"."""
_TELLERS: list[Teller] = []


def waiting_for(tell: Teller) -> Teller:
    if tell not in _TELLERS:
        _TELLERS.append(tell)
    return tell


def names(papers: Sequence[Certificate]) -> dict[int, list[str]]:
    """Certificate id -> everybody who waits for it, of those somebody waits for."""
    found: dict[int, list[str]] = {}
    for tell in _TELLERS:
        for paper_id, told in tell(papers).items():
            found.setdefault(paper_id, []).extend(told)
    return found
