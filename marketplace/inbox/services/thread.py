"""Writing to each other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import id_of
from marketplace.foundation.media import receive_document
from marketplace.foundation.words import _l
from marketplace.inbox import queries
from marketplace.inbox.models import Message, MessageFile, MessageReport, Thread, ThreadReader
from marketplace.inbox.states import Side

MOST_FILES = 4


def thread_for(*, subject_kind: str, subject_id: int) -> Thread:
    """The thread about this thing, begun now when there is none."""
    found = queries.thread_about(subject_kind, subject_id)
    if found is None:
        found = Thread(subject_kind=subject_kind, subject_id=subject_id, begun_at=clock.now())
        db.session.add(found)
        db.session.flush()
    return found


def write(
    *, thread: Thread, side: Side, name: str, words: str, files: Sequence[Any] = (), once: str, by: Any
) -> Message:
    """A message of one side, with up to four photos or PDFs; the same form twice writes once.

    Raises Refusal when there is nothing in it, or a file is not one that is taken.
    """
    written = db.session.scalar(select(Message).where(Message.thread_id == thread.id, Message.once == once))
    if written is not None:
        return written
    if not words.strip() and not files:
        raise Refusal(_l("Please write something, or add a photo."), field="words")
    if len(files) > MOST_FILES:
        raise Refusal(_l("Send %(most)s files at a time.", most=MOST_FILES), field="files")
    message = Message(
        thread_id=thread.id,
        side=side,
        by_id=id_of(by),
        name=name,
        words=words.strip(),
        once=once,
        at=clock.now(),
    )
    db.session.add(message)
    db.session.flush()
    for file in files:
        kept = receive_document(stream=file.stream, filename=file.filename, by=by, field="files")
        db.session.add(MessageFile(message_id=message.id, document_id=kept.id))
    db.session.flush()
    return message


def mark_seen(*, thread: Thread, side: Side, message_id: int) -> None:
    """This side has read up to here."""
    reader = _reader(thread.id, side)
    reader.seen_id = max(reader.seen_id, message_id)


def mark_told(*, thread_id: int, side: Side, message_id: int) -> None:
    """This side got a notice of everything up to here."""
    reader = _reader(thread_id, side)
    reader.told_id = max(reader.told_id, message_id)


def _reader(thread_id: int, side: Side) -> ThreadReader:
    reader = db.session.get(ThreadReader, (thread_id, side), with_for_update=True)
    if reader is None:
        reader = ThreadReader(thread_id=thread_id, side=side, seen_id=0, told_id=0)
        db.session.add(reader)
    return reader


def ask_alliance_in(*, thread: Thread) -> None:
    """From now on the alliance reads this thread and may write in it. Raises Refusal the second time."""
    if thread.alliance_since is not None:
        raise Refusal(_l("The alliance was asked already."))
    thread.alliance_since = clock.now()


def report(*, message: Message, side: Side, words: str, by: Any) -> MessageReport:
    """This side finds the message wrong: the alliance sees it, and nothing else of the thread.

    Raises Refusal for one's own message.
    """
    if message.side is side:
        raise Refusal(_l("This is your own message."))
    told = MessageReport(
        message_id=message.id,
        side=side,
        by_id=id_of(by),
        words=words.strip()[:500],
        at=clock.now(),
    )
    db.session.add(told)
    db.session.flush()
    return told


def close_report(*, report: MessageReport, by: Any) -> None:
    """An officer has looked at it."""
    if report.closed_at is None:
        report.closed_at, report.closed_by_id = clock.now(), by.id
