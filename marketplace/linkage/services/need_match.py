"""Looking who can supply an open request, and remembering who was told: each side once of each pair."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import ROUND_DOWN, Decimal

from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.events import announce
from marketplace.linkage import queries, suppliers
from marketplace.linkage.events import FittingFound
from marketplace.linkage.models import Need, NeedLook, NeedMatch
from marketplace.linkage.services.need_section import take_turn
from marketplace.linkage.states import Audience
from marketplace.linkage.suppliers import Supplier

THOUSANDTH = Decimal("0.001")


def look_for_suppliers(*, need: Need, least: int, most: int) -> int:
    """Note the best cooperatives with at least so many points; how many are new.

    Whom the first look finds its buyer has read before publishing: of those it is not told. A request by invitation is
    for the invited alone, and one that takes no quotes for nobody: nothing is noted.
    """
    take_turn(need)
    if not need.takes_quotes or need.audience is not Audience.OPEN or need.hidden:
        return 0
    now = clock.now()
    known = {each.cooperative_id: each for each in queries.matches_of(need.id)}
    best = [each for each in suppliers.suppliers(need) if each.match.points >= least][:most]
    for gone in known.keys() - {each.cooperative_id for each in best}:
        known[gone].points = 0
    first = _looked(need, now)
    new = [each for each in best if each.cooperative_id not in known]
    for each in best:
        row = known.get(each.cooperative_id) or _begun(need, each, now, told=first)
        _write(row, each)
    db.session.flush()
    if new:
        announce(FittingFound(need_id=need.id, organisation_id=need.organisation_id, count=len(new)))
    return len(new)


def note_sellers_told(*, matches: Iterable[NeedMatch]) -> None:
    """The first of its people hears now; the others within queries.need_match.LATE."""
    for each in matches:
        each.seller_told_at = each.seller_told_at or clock.now()
    db.session.flush()


def note_buyer_told(*, matches: Sequence[NeedMatch]) -> None:
    for each in matches:
        each.buyer_told_at = clock.now()
    db.session.flush()


def _looked(need: Need, now: dt.datetime) -> bool:
    """Whether nobody had looked before."""
    look = db.session.get(NeedLook, need.id)
    if look is None:
        db.session.add(NeedLook(need_id=need.id, at=now))
        return True
    look.at = now
    return False


def _begun(need: Need, found: Supplier, now: dt.datetime, *, told: bool) -> NeedMatch:
    row = NeedMatch(
        need_id=need.id,
        cooperative_id=found.cooperative_id,
        found_at=now,
        buyer_told_at=now if told else None,
    )
    db.session.add(row)
    return row


def _write(row: NeedMatch, found: Supplier) -> None:
    volume = found.match.volume
    row.points = found.match.points
    row.volume = None if volume is None else volume.quantize(THOUSANDTH, ROUND_DOWN)
    row.reasons = [each.as_data() for each in found.match.reasons]
    row.gaps = [each.as_data() for each in found.match.gaps]
