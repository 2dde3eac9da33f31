"""Who stands how towards whom: a line for each product and buyer that deal with each other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from marketplace.accounts.models import Organisation
from marketplace.buyers import queries as buyers
from marketplace.catalogue.models import Product
from marketplace.dossiers import queries
from marketplace.dossiers.dealings import Dealing, Parties, known
from marketplace.dossiers.judging import Dossier
from marketplace.foundation import clock

SOON_DAYS = 60


@dataclass(frozen=True)
class Line:
    """A product towards one buyer; `next_day`: the goods' next way there, None: no day yet."""

    product: Product
    buyer: Organisation
    next_day: dt.date | None
    dossier: Dossier

    @property
    def lacks(self) -> bool:
        return not self.dossier.complete

    @property
    def ends_soon(self) -> bool:
        until = self.dossier.until
        return until is not None and until <= clock.today() + dt.timedelta(days=SOON_DAYS)

    @property
    def key(self) -> str:
        return f"{self.product.id}-{self.buyer.id}"


def lines(parties: Parties, on: dt.date | None = None) -> list[Line]:
    """Everybody of these parties who deals with a buyer that has a list; on `on`, else on the goods' next day, else
    today. What lacks something first, then by day. Six statements and what the tellers need, for any number."""
    dealing = known(parties)
    wants = buyers.wants_of_each({each.organisation_id for each in dealing})
    concerned = [each for each in dealing if each.organisation_id in wants]
    products = queries.products({each.product_id for each in concerned})
    firms = queries.organisations({each.organisation_id for each in concerned})
    read = queries.shelf((each.cooperative_id, each.product_id) for each in concerned)
    return _sorted(
        Line(
            products[each.product_id],
            firms[each.organisation_id],
            each.on,
            read.dossier(
                (each.cooperative_id, each.product_id),
                wants[each.organisation_id],
                on or _day(each),
            ),
        )
        for each in concerned
    )


def _day(dealing: Dealing) -> dt.date:
    today = clock.today()
    return max(dealing.on or today, today)


def _sorted(found: Iterable[Line]) -> list[Line]:
    told = [line for line in found if line.dossier.rows]
    return sorted(told, key=_urgency)


def _urgency(line: Line) -> tuple[bool, bool, dt.date, str]:
    return not line.dossier.to_send, not line.lacks, line.next_day or dt.date.max, line.key


def cut(told: Sequence[Line], after: str | None, size: int = 50) -> tuple[Sequence[Line], str | None]:
    """(the lines that follow the one with this key, the key to go on with)."""
    keys = [line.key for line in told]
    start = keys.index(after) + 1 if after in keys else 0
    shown = told[start : start + size]
    return shown, shown[-1].key if start + size < len(told) else None
