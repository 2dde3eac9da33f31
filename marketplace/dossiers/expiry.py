"""What ends soon, and which buyers wait for it: those one deals with, whose list nothing else would fulfil then."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from marketplace.accounts.models import Organisation
from marketplace.buyers import queries as buyers
from marketplace.catalogue.models import Product
from marketplace.cooperatives.models import Certificate
from marketplace.cooperatives.waiting_for import waiting_for
from marketplace.dossiers import queries
from marketplace.dossiers.dealings import Parties, known
from marketplace.dossiers.judging import Held, Row
from marketplace.dossiers.states import Standing
from marketplace.foundation import clock, formats

AFTER = dt.timedelta(days=1)


@dataclass(frozen=True)
class Need:
    """A buyer who deals with the seller of `product` relies on the paper of `row` until its last day."""

    product: Product
    buyer: Organisation
    row: Row
    paper: Held
    until: dt.date
    next_day: dt.date | None

    @property
    def told(self) -> str:
        """ "WinMart (12/03/2027)": in figures, so that it reads the same in every language."""
        return f"{self.buyer.name} ({formats.date(self.next_day)})" if self.next_day else self.buyer.name


def needs(cooperative_ids: Collection[int] | None = None) -> Iterator[Need]:
    """Of these cooperatives, or of all: a paper that counts today, and after its last day nothing verified does."""
    dealing = known(Parties(cooperative_ids))
    wants = buyers.wants_of_each({each.organisation_id for each in dealing})
    concerned = [each for each in dealing if each.organisation_id in wants]
    products = queries.products({each.product_id for each in concerned})
    firms = queries.organisations({each.organisation_id for each in concerned})
    read = queries.shelf((each.cooperative_id, each.product_id) for each in concerned)
    for each in concerned:
        pair, listed = (each.cooperative_id, each.product_id), wants[each.organisation_id]
        for row in read.dossier(pair, listed, clock.today()).there:
            if row.paper is None or row.until is None:
                continue
            after = read.dossier(pair, [row.want], row.until + AFTER).rows
            if any(later.state is Standing.THERE for later in after):
                continue
            yield Need(
                products[each.product_id], firms[each.organisation_id], row, row.paper, row.until, each.on
            )


@waiting_for
def buyers_who_wait(papers: Sequence[Certificate]) -> Mapping[int, Sequence[str]]:
    """For the letter before a certificate ends: each buyer once, with the day goods go there next."""
    if not papers:
        return {}
    ending = {paper.id: paper.expires_on for paper in papers}
    found: dict[int, dict[int, str]] = {}
    for need in needs({paper.cooperative_id for paper in papers}):
        if ending.get(need.paper.id) == need.until:
            found.setdefault(need.paper.id, {}).setdefault(need.buyer.id, need.told)
    return {paper_id: [*told.values()] for paper_id, told in found.items()}
