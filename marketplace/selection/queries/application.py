"""Applications."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from marketplace.cooperatives.models import Cooperative
from marketplace.foundation import clock
from marketplace.foundation.db import Page, db, page_of
from marketplace.foundation.text import fold
from marketplace.selection.models import Application, Call, Conflict, InfoRequest, PreferenceAnswer
from marketplace.selection.states import LIVE, ApplicationState, Entered


def is_open(call: Call | None) -> bool:
    """By the server's clock."""
    return call is not None and call.opens_at <= clock.now() < call.closes_at


def may_be_edited(application: Application) -> bool:
    """Until it is handed in before the deadline; and while something is missing."""
    if application.state is ApplicationState.MORE_INFO:
        return True
    return application.state is ApplicationState.DRAFT and is_open(application.call)


def live_application(call_id: int, cooperative_id: int) -> Application | None:
    """The one that is not withdrawn."""
    return db.session.scalar(
        select(Application)
        .where(
            Application.call_id == call_id,
            Application.cooperative_id == cooperative_id,
            Application.state.in_(LIVE),
        )
        .options(joinedload(Application.call), joinedload(Application.cooperative))
    )


def of_cooperative(cooperative_id: int, limit: int = 100) -> Sequence[Application]:
    """Everything a cooperative ever asked for, the latest first."""
    return db.session.scalars(
        select(Application)
        .where(Application.cooperative_id == cooperative_id)
        .options(joinedload(Application.call))
        .order_by(Application.id.desc())
        .limit(limit)
    ).all()


def for_office(ref: str, user: Any) -> Application | None:
    """For officers, but not for one who declared to stand too near to it."""
    if not user.is_authenticated or not user.is_officer:
        return None
    return db.session.scalar(
        select(Application)
        .where(
            Application.ref == ref,
            Application.id.not_in(select(Conflict.application_id).where(Conflict.person_id == user.id)),
        )
        .options(
            joinedload(Application.call),
            joinedload(Application.cooperative).joinedload(Cooperative.address),
            joinedload(Application.entered_by),
        )
    )


def applications_of(
    call_id: int,
    *,
    states: Collection[ApplicationState] = (),
    entered: Entered | None = None,
    text: str = "",
    after: str | None = None,
    size: int = 50,
) -> Page[Application]:
    """By the name of the cooperative."""
    query = (
        select(Application)
        .join(Application.cooperative)
        .where(Application.call_id == call_id)
        .options(joinedload(Application.cooperative))
    )
    if states:
        query = query.where(Application.state.in_(list(states)))
    if entered is not None:
        query = query.where(Application.entered == entered)
    for word in fold(text).split()[:8]:
        query = query.where(Cooperative.folded.contains(word, autoescape=True))
    return page_of(query, Cooperative.sort_name, Application.id, after=after, size=size).map(
        lambda row: row[0]
    )


def counts_of(call_id: int) -> dict[ApplicationState, int]:
    rows = db.session.execute(
        select(Application.state, func.count())
        .where(Application.call_id == call_id)
        .group_by(Application.state)
    )
    return {row[0]: row[1] for row in rows}


def states_of(call_ids: Collection[int], cooperative_id: int) -> dict[int, Application]:
    """Call → this cooperative's live application, for a list of calls."""
    rows = db.session.scalars(
        select(Application).where(
            Application.call_id.in_(list(call_ids)),
            Application.cooperative_id == cooperative_id,
            Application.state.in_(LIVE),
        )
    )
    return {row.call_id: row for row in rows}


def conflicted(person_id: int, call_id: int) -> set[int]:
    """Applications of a call to which this person stands too near."""
    return set(
        db.session.scalars(
            select(Conflict.application_id)
            .join(Application, Application.id == Conflict.application_id)
            .where(Conflict.person_id == person_id, Application.call_id == call_id)
        )
    )


def infos_of(application_id: int) -> Sequence[InfoRequest]:
    return db.session.scalars(
        select(InfoRequest).where(InfoRequest.application_id == application_id).order_by(InfoRequest.id)
    ).all()


def open_info(application_id: int) -> InfoRequest | None:
    """What is asked and not answered yet."""
    return db.session.scalar(
        select(InfoRequest)
        .where(InfoRequest.application_id == application_id, InfoRequest.answered_at.is_(None))
        .order_by(InfoRequest.id.desc())
        .limit(1)
    )


def numbers_of(application_id: int) -> dict[int, int]:
    """Preference rule → what was declared."""
    rows = db.session.scalars(
        select(PreferenceAnswer).where(PreferenceAnswer.application_id == application_id)
    )
    return {row.rule_id: row.amount for row in rows}
