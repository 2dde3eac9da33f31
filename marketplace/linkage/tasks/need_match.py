"""Who can supply open requests is looked up again after news of forecasts; buyers hear of those found later."""

from __future__ import annotations

from functools import partial

from marketplace import config
from marketplace.foundation.db import db
from marketplace.foundation.db.session import in_transaction
from marketplace.foundation.jobs import job
from marketplace.linkage import queries, services
from marketplace.linkage.models import Need
from marketplace.linkage.notices import need as notices


@job(every_minutes=15)
def look_for_suppliers() -> None:
    """Requests that were opened or changed, or whose goods have newer forecasts; one transaction each."""
    due = queries.needs_to_look_at()
    db.session.rollback()
    for need_id in due:
        in_transaction(partial(_look, need_id))


def _look(need_id: int) -> None:
    settings = config.current()
    need = db.session.get_one(Need, need_id)
    services.look_for_suppliers(need=need, least=settings.match_least, most=settings.match_told)


@job(every_minutes=60)
def tell_buyers_of_suppliers() -> None:
    """A buying organisation hears once a day at the most who else could supply its requests, and of each pair once."""
    due = queries.buyers_to_tell(config.current().match_least)
    db.session.rollback()
    for organisation_id in due:
        in_transaction(partial(_tell, organisation_id))


def _tell(organisation_id: int) -> None:
    matches = queries.matches_for_buyer(organisation_id, config.current().match_least)
    if matches:
        services.note_buyer_told(matches=matches)
        notices.suppliers_found(organisation_id, matches)
