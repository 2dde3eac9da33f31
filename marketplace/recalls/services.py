"""Verbs of recalls. The lot is stopped first, by one statement; then every buyer is found and told."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from marketplace.foundation import clock, formats
from marketplace.foundation.db import count_up, db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.quantity import quantity as exact
from marketplace.foundation.reference import human_number, random_ref
from marketplace.foundation.words import _l
from marketplace.growing import services as growing
from marketplace.growing.models import Lot
from marketplace.recalls import queries
from marketplace.recalls.events import (
    RecallAnswered,
    RecallClosed,
    RecallEvent,
    RecallHolderFound,
    RecallLifted,
    RecallOpened,
)
from marketplace.recalls.models import PARTS, Recall, RecallCounter, RecallHolding
from marketplace.recalls.queries import Found
from marketplace.recalls.states import RecallState, holding_lifecycle, recall_lifecycle


def open_recall(*, lot: Lot, reason: str, advice: str = "", by_alliance: bool = False, by: Any) -> Recall:
    """Stop a lot and tell everybody who holds some of it. Raises Refusal when it was called back before."""
    growing.recall(lot=lot, by=by)
    now = clock.now()
    year = clock.to_local(now).year
    recall = Recall(
        ref=random_ref(),
        number=human_number("TH", year, count_up(RecallCounter, year=year)),
        lot=lot,
        cooperative=lot.product.cooperative,
        reason=reason,
        advice=advice,
        by_alliance=by_alliance,
        opened_by_id=id_of(by),
        opened_at=now,
    )
    db.session.add(recall)
    db.session.flush()
    announce(_event(RecallOpened, recall, by, words=reason))
    find_holders(recall=recall, by=by)
    return recall


def find_holders(*, recall: Recall, by: Any = None) -> list[RecallHolding]:
    """Write down who holds some of it and is not written down yet; says who was new. May be done again."""
    known = {(each.source_kind, each.source_id) for each in recall.holdings}
    gone = [each for each in queries.found(recall.lot_id) if each.left_at is not None]
    new = [_held(each) for each in gone if (each.source_kind, each.source_id) not in known]
    recall.holdings += new
    db.session.flush()
    for holding in new:
        announce(_event(RecallHolderFound, recall, by, **_which(holding)))
    return new


def answer(
    *, holding: RecallHolding, parts: Mapping[str, Decimal], words: str = "", answered_by: str = "", by: Any
) -> None:
    """What became of it, in kilograms of each of `PARTS`; later once more, when more is known.

    `answered_by` is who said it on the phone. Raises Refusal for more than was delivered.
    """
    if holding.recall.state is not RecallState.OPEN:
        raise Refusal(_l("This recall is over. Please call the cooperative."))
    told = {part: exact(parts.get(part, Decimal(0))) for part in PARTS}
    total = sum(told.values(), Decimal(0))
    if holding.kg is not None and total > holding.kg:
        most = formats.weight(holding.kg)
        raise Refusal(
            _l("%(most)s were delivered: all parts together are that or less.", most=most), field="kept"
        )
    if total == 0 and not words:
        raise Refusal(_l("Please write how much is where, or in words what you know."), field="kept")
    holding_lifecycle.advance(holding, "answer")
    for part, kg in told.items():
        setattr(holding, part, kg)
    holding.words, holding.answered_by, holding.answered_at = words, answered_by, clock.now()
    db.session.flush()
    plain = {part: str(kg) for part, kg in told.items()}
    announce(_event(RecallAnswered, holding.recall, by, **_which(holding), **plain))


def close(*, recall: Recall, report: str, by: Any) -> None:
    """It is over, with what came of it. The lot stays where it is for ever."""
    if not report.strip():
        raise Refusal(_l("Please write what was found and done."), field="report")
    _end(recall, "close", report, by)
    announce(_event(RecallClosed, recall, by, words=report))


def lift(*, recall: Recall, report: str, by: Any) -> None:
    """There was no ground: the lot may be sold again, and buyers hear of it."""
    if not report.strip():
        raise Refusal(_l("Please write why there was no ground."), field="report")
    _end(recall, "lift", report, by)
    growing.free(lot=recall.lot, by=by)
    announce(_event(RecallLifted, recall, by, words=report))


def _end(recall: Recall, step: str, report: str, by: Any) -> None:
    db.session.refresh(recall, with_for_update={"of": Recall})
    closer = id_of(by)
    recall_lifecycle.advance(recall, step)
    recall.report, recall.closed_at, recall.closed_by_id = report, clock.now(), closer
    db.session.flush()


def _held(each: Found) -> RecallHolding:
    assert each.left_at is not None, "only what has left is held by somebody"
    return RecallHolding(
        ref=random_ref(),
        source_kind=each.source_kind,
        source_id=each.source_id,
        number=each.number,
        buyer_name=each.buyer_name,
        buyer_phone=each.buyer_phone,
        buyer_email=each.buyer_email,
        locale=each.locale,
        person_id=each.person_id,
        organisation_id=each.organisation_id,
        left_on=clock.to_local(each.left_at).date(),
        kg=each.kg,
    )


def _which(holding: RecallHolding) -> dict[str, Any]:
    return {"holding_id": holding.id, "delivered": holding.number}


def _event(kind: type[RecallEvent], recall: Recall, by: Any, **more: Any) -> RecallEvent:
    return kind(recall_id=recall.id, lot_id=recall.lot_id, number=recall.number, actor_id=id_of(by), **more)
