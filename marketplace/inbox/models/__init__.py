"""Tables of what people are told, and of what they write to each other."""

from marketplace.inbox.models.choice import NoticeChoice, QuietHours
from marketplace.inbox.models.entry import Entry
from marketplace.inbox.models.link import Link
from marketplace.inbox.models.notice import Notice
from marketplace.inbox.models.thread import Message, MessageFile, MessageReport, Thread, ThreadReader

__all__ = [
    "Entry",
    "Link",
    "Message",
    "MessageFile",
    "MessageReport",
    "Notice",
    "NoticeChoice",
    "QuietHours",
    "Thread",
    "ThreadReader",
]
