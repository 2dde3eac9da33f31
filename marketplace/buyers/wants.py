"""One paper that a buying organisation wants with the goods, and under which conditions it counts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from marketplace.cooperatives.states import PaperKind

OLDEST_DAYS = 3650


@dataclass(frozen=True)
class Want:
    """`goods_id`: only with these goods (catalogue.Goods; buyers stand below the catalogue), None: with all.

    `max_age_days`: issued so many days before the delivery at the most. `names_product`: the product itself, or the
    fields it grows on, must stand in the paper; else any paper of the cooperative will do.
    """

    kind: PaperKind
    goods_id: int | None = None
    max_age_days: int | None = None
    names_product: bool = True
    note: str = ""

    @property
    def key(self) -> tuple[PaperKind, int | None]:
        """What a list has once at the most."""
        return self.kind, self.goods_id

    def good_until(self, issued_on: dt.date | None, expires_on: dt.date | None) -> dt.date | None:
        """The last day on which a paper of these dates still counts for this want; None: for ever.

        A paper without a day of issue never fulfils a want that asks for its age: it counted until the first day.
        """
        if self.max_age_days is None:
            return expires_on
        if issued_on is None:
            return dt.date.min
        too_old = issued_on + dt.timedelta(days=self.max_age_days)
        return too_old if expires_on is None else min(too_old, expires_on)


def for_goods(wants: Iterable[Want], goods_id: int | None) -> list[Want]:
    """Those that hold for these goods, in their order. What is asked of these goods alone stands in the place of what
    is asked of all."""
    asked = list(wants)
    own = {want.kind for want in asked if want.goods_id is not None and want.goods_id == goods_id}
    return [w for w in asked if (w.kind not in own if w.goods_id is None else w.goods_id == goods_id)]


def of_kinds(kinds: Iterable[PaperKind]) -> list[Want]:
    """The plain list: these kinds, with all goods."""
    return [Want(kind) for kind in kinds]


def kinds_of(wants: Sequence[Want]) -> list[PaperKind]:
    """Each kind once, in the order people know them."""
    asked = {want.kind for want in wants}
    return [kind for kind in PaperKind if kind in asked]
