"""Reading kept searches."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import exists, select

from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.linkage.models import Need, NeedTold, NeedWatch
from marketplace.linkage.queries.need import for_everybody
from marketplace.linkage.states import NeedState


def watches_of(person_id: int) -> Sequence[NeedWatch]:
    return db.session.scalars(
        select(NeedWatch).where(NeedWatch.person_id == person_id).order_by(NeedWatch.id)
    ).all()


def own_watch(ref: str, user: Any) -> NeedWatch | None:
    if not user.is_authenticated:
        return None
    return db.session.scalar(select(NeedWatch).where(NeedWatch.ref == ref, NeedWatch.person_id == user.id))


def watchers_due() -> Sequence[int]:
    """People who keep a search and heard of nothing today."""
    morning = clock.start_of_day(clock.today())
    told = exists().where(NeedTold.person_id == NeedWatch.person_id, NeedTold.at >= morning)
    return db.session.scalars(
        select(NeedWatch.person_id).where(~told).distinct().order_by(NeedWatch.person_id)
    ).all()


def news_among(person_id: int, need_ids: Collection[int], since: dt.datetime) -> list[int]:
    """Of these the ones that were opened since, still take quotes, and were not told to this person."""
    told = exists().where(NeedTold.person_id == person_id, NeedTold.need_id == Need.id)
    return [
        *db.session.scalars(
            select(Need.id)
            .where(*for_everybody(), Need.id.in_([*need_ids]), Need.opened_at > since, ~told)
            .where(Need.state == NeedState.OPEN, Need.quotes_until > clock.now())
            .order_by(Need.quotes_until, Need.id)
        )
    ]
