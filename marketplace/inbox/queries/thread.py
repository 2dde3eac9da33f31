"""Reading threads."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import joinedload, selectinload

from marketplace.foundation.db import Page, db, page_of
from marketplace.inbox.models import Message, MessageFile, MessageReport, Thread, ThreadReader
from marketplace.inbox.states import Side


def thread_about(subject_kind: str, subject_id: int) -> Thread | None:
    return db.session.scalar(
        select(Thread).where(Thread.subject_kind == subject_kind, Thread.subject_id == subject_id)
    )


def messages_of(thread: Thread | None, after: str | None = None, size: int = 50) -> Page[Message]:
    """Newest first, with their files."""
    query = (
        select(Message)
        .where(Message.thread_id == (thread.id if thread else 0))
        .options(selectinload(Message.files).joinedload(MessageFile.document), joinedload(Message.report))
    )
    return page_of(query, Message.id, after=after, size=size, descending=True).map(lambda row: row[0])


def message_in(thread: Thread, message_id: int) -> Message | None:
    return db.session.scalar(select(Message).where(Message.id == message_id, Message.thread_id == thread.id))


def file_in(thread: Thread, file_id: int) -> MessageFile | None:
    return db.session.scalar(
        select(MessageFile)
        .join(Message, Message.id == MessageFile.message_id)
        .where(MessageFile.id == file_id, Message.thread_id == thread.id)
        .options(joinedload(MessageFile.document))
    )


def unread_messages(subject_kind: str, subject_ids: Collection[int], side: Side) -> dict[int, int]:
    """Subject's id -> how many messages this side has not read, where there are some; one statement."""
    if not subject_ids:
        return {}
    query = (
        select(Thread.subject_id, func.count(Message.id))
        .join(Message, Message.thread_id == Thread.id)
        .outerjoin(ThreadReader, and_(ThreadReader.thread_id == Thread.id, ThreadReader.side == side))
        .where(
            Thread.subject_kind == subject_kind,
            Thread.subject_id.in_(list(subject_ids)),
            Message.side != side,
            Message.id > func.coalesce(ThreadReader.seen_id, 0),
        )
        .group_by(Thread.subject_id)
    )
    return {row[0]: row[1] for row in db.session.execute(query)}


def untold(
    subject_kind: str, side: Side, before: dt.datetime, limit: int = 200
) -> Sequence[tuple[int, int, int]]:
    """(thread, subject, newest message) where this side has neither read nor been told of a message older than
    `before`."""
    query = (
        select(Thread.id, Thread.subject_id, func.max(Message.id))
        .join(Message, Message.thread_id == Thread.id)
        .outerjoin(ThreadReader, and_(ThreadReader.thread_id == Thread.id, ThreadReader.side == side))
        .where(
            Thread.subject_kind == subject_kind,
            Message.side != side,
            Message.id > func.coalesce(ThreadReader.seen_id, 0),
            Message.id > func.coalesce(ThreadReader.told_id, 0),
        )
        .group_by(Thread.id, Thread.subject_id)
        .having(func.min(Message.at) <= before)
        .limit(limit)
    )
    if side is Side.ALLIANCE:
        query = query.where(Thread.alliance_since.is_not(None))
    return [(row[0], row[1], row[2]) for row in db.session.execute(query)]


def open_reports(after: str | None = None, size: int = 30) -> Page[MessageReport]:
    """Reported messages that nobody has closed, oldest first."""
    query = (
        select(MessageReport)
        .where(MessageReport.closed_at.is_(None))
        .options(joinedload(MessageReport.message).joinedload(Message.thread))
    )
    return page_of(query, MessageReport.id, after=after, size=size).map(lambda row: row[0])


def report_ids() -> Select[Any]:
    """Of messages that somebody found wrong and no officer has looked at."""
    return select(MessageReport.id).where(MessageReport.closed_at.is_(None))


def report_by_id(report_id: int) -> MessageReport | None:
    return db.session.get(MessageReport, report_id)
