"""What was signed at a fair becomes a contract here: likely ones are suggested, people who know the deal say yes."""

from __future__ import annotations

from typing import Any

from marketplace.bridges import queries, services
from marketplace.bridges.happening import of_fair_deal
from marketplace.bridges.models import DealLink
from marketplace.bridges.queries.signed import Candidate
from marketplace.bridges.states import How
from marketplace.fairs.models import FairDeal
from marketplace.fairs.states import DealState
from marketplace.foundation.errors import Refusal
from marketplace.foundation.words import _l
from marketplace.linkage.models import Contract


def suggestions(deal: FairDeal) -> list[Candidate]:
    """Contracts of the exhibitor that may be this one, the likeliest first; within the months that count."""
    return queries.candidates(deal, services.counts_until(deal.stand.fair.last_day))


def confirm(*, deal: FairDeal, contract: Contract, by: Any) -> DealLink:
    """This paper became that contract: it is one deal, and its value is counted once, as it is delivered here."""
    if deal.state is DealState.FAILED:
        raise Refusal(_l("What was signed came to nothing; it cannot have become a contract."))
    return services.link(happened=of_fair_deal(deal), to=contract, how=How.CONFIRMED, by=by)
