"""A buyer says at which fair a request began: one of the fairs that know of a meeting or a visit of theirs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from marketplace.bridges import queries, services
from marketplace.bridges.happening import Happening
from marketplace.bridges.models import DealLink
from marketplace.bridges.states import How
from marketplace.foundation import clock
from marketplace.linkage.models import Need


def choices(need: Need) -> Sequence[Happening]:
    """What may have led to it: no later than the request, and not too long before."""
    day = clock.to_local(need.drafted_at).date()
    return [
        each
        for each in queries.known_happenings(need.organisation_id)
        if each.fair.first_day <= day <= services.counts_until(each.fair.last_day)
    ]


def say(*, need: Need, happened: Happening, by: Any) -> DealLink:
    return services.link(happened=happened, to=need, how=How.SAID, by=by)
