"""Who holds a claim. The area that keeps contracts, pools or quotes says here what one is called and where it is read.

`@holder("contract")` on a function that answers for many ids at once: a page asks once for each kind of holder.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from marketplace.foundation.words import _l
from marketplace.supply.states import CLAIM_LABELS, ClaimKind


@dataclass(frozen=True, kw_only=True)
class Holder:
    """`name` in the reader's language ("Contract 12 with BigMart"); paths without language, empty where there is none.

    `organisations` are told when something is taken from the claim or will be missing: those who buy.
    """

    name: Any
    desk_path: str = ""
    office_path: str = ""
    organisations: tuple[int, ...] = ()
    told_path: str = ""


Lookup = Callable[[Collection[int]], Mapping[int, Holder]]
HOLDERS: dict[str, Lookup] = {}


def holder(kind: str) -> Callable[[Lookup], Lookup]:
    """Register who answers for holders like "contract:12"."""

    def register(lookup: Lookup) -> Lookup:
        HOLDERS[kind] = lookup
        return lookup

    return register


def named(holders: Iterable[str]) -> dict[str, Holder]:
    """Each "contract:12" -> who that is; of a kind that nobody answers for, or that is gone, its kind and number."""
    asked: dict[str, set[int]] = {}
    for written in (wanted := set(holders)):
        kind, number = _read(written)
        asked.setdefault(kind, set()).add(number)
    known = {kind: HOLDERS[kind](numbers) for kind, numbers in asked.items() if kind in HOLDERS}
    return {written: _one(written, known) for written in wanted}


def _one(written: str, known: Mapping[str, Mapping[int, Holder]]) -> Holder:
    kind, number = _read(written)
    found = known.get(kind, {}).get(number)
    if found is not None:
        return found
    label = CLAIM_LABELS[ClaimKind(kind)] if kind in [*ClaimKind] else kind
    return Holder(name=_l("%(kind)s no. %(number)s", kind=label, number=number))


def _read(written: str) -> tuple[str, int]:
    kind, _sign, number = written.partition(":")
    return kind, int(number) if number.isdigit() else 0
