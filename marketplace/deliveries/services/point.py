"""Pick-up points, and sharing them."""

from __future__ import annotations

from typing import Any

from marketplace.cooperatives.models import Cooperative
from marketplace.deliveries import queries
from marketplace.deliveries.events import (
    PointCutOffSet,
    PointShareAsked,
    PointShared,
    PointShareDeclined,
    PointShareEnded,
    PointShareEvent,
)
from marketplace.deliveries.models import PickupPoint, PointShare, Timetable
from marketplace.deliveries.services.timetable import write_down
from marketplace.deliveries.states import ShareState, share_lifecycle
from marketplace.deliveries.windows import CutOff, Hours
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.reference import random_ref
from marketplace.foundation.words import _l


def add_point(
    *,
    cooperative: Cooperative,
    name_vi: str,
    address: str,
    hours: Hours,
    name_en: str = "",
    note: str = "",
    open_to_others: bool = False,
    by: Any = None,
) -> PickupPoint:
    """A place where buyers fetch their goods, kept by this cooperative."""
    point = PickupPoint(
        ref=random_ref(),
        cooperative=cooperative,
        name_vi=name_vi,
        name_en=name_en,
        address=address,
        note=note,
        open_to_others=open_to_others,
        timetable=write_down(hours, Timetable()),
    )
    db.session.add(point)
    db.session.flush()
    return point


def change_point(
    *,
    point: PickupPoint,
    name_vi: str,
    address: str,
    hours: Hours,
    name_en: str = "",
    note: str = "",
    open_to_others: bool = False,
    by: Any = None,
) -> None:
    """Another place or other hours from now on; what was ordered keeps its own."""
    point.name_vi, point.name_en, point.address, point.note = name_vi, name_en, address, note
    point.open_to_others = open_to_others
    write_down(hours, point.timetable)
    db.session.flush()


def close_point(*, point: PickupPoint, by: Any) -> None:
    """No longer offered, by nobody; orders that chose it keep it, and who shared it hears of it."""
    for share in queries.shares_around(point.cooperative_id):
        if share.point_id == point.id:
            end_share(share=share, by=by)
    point.active = False


def ask_to_share(*, point: PickupPoint, cooperative: Cooperative, by: Any) -> PointShare:
    """Ask the owner of a point whether one's buyers may fetch their goods there too.

    After a no, or after the sharing ended, one may ask again. Raises Refusal for a point that is not open to others.
    """
    if point.cooperative_id == cooperative.id or not (point.active and point.open_to_others):
        raise Refusal(_l("This point is not open to other cooperatives."))
    share = queries.share_of(point.id, cooperative.id)
    if share is None:
        share = PointShare(ref=random_ref(), point=point, cooperative=cooperative, state=ShareState.ASKED)
        db.session.add(share)
    else:
        share_lifecycle.advance(share, "ask")
    share.asked_at = clock.now()
    db.session.flush()
    announce(_event(PointShareAsked, share, by))
    return share


def agree_to_share(*, share: PointShare, by: Any) -> None:
    """The owner says yes: the other's buyers can choose the point from now on."""
    share_lifecycle.advance(share, "share")
    announce(_event(PointShared, share, by))


def decline_share(*, share: PointShare, by: Any) -> None:
    share_lifecycle.advance(share, "decline")
    announce(_event(PointShareDeclined, share, by))


def end_share(*, share: PointShare, by: Any) -> None:
    """Either side ends it; orders that chose the point keep it."""
    share_lifecycle.advance(share, "end")
    announce(_event(PointShareEnded, share, by))


def set_cut_off(*, share: PointShare, cut_off: CutOff | None, by: Any) -> None:
    """Until when this cooperative's own buyers may order for the other's point; None: as the point."""
    share.days_before, share.order_by, share.hours_ahead = cut_off or CutOff()
    db.session.flush()
    announce(_event(PointCutOffSet, share, by))


def _event(kind: type[PointShareEvent], share: PointShare, by: Any) -> PointShareEvent:
    return kind(
        share_id=share.id,
        cooperative_id=share.cooperative_id,
        owner_id=share.point.cooperative_id,
        point=share.point.name_vi,
        actor_id=id_of(by),
    )
