"""Reading what people were told, what they chose, and what they write to each other."""

from marketplace.inbox.queries.choice import choices_of, how_for, quiet_of
from marketplace.inbox.queries.link import holder_of, link_by_key
from marketplace.inbox.queries.notice import (
    notice_of,
    notices_of,
    outbox,
    to_digest,
    unread,
    waiting_for_digest,
)
from marketplace.inbox.queries.thread import (
    count_reports,
    file_in,
    message_in,
    messages_of,
    open_reports,
    report_by_id,
    thread_about,
    unread_messages,
    untold,
)

__all__ = [
    "choices_of",
    "count_reports",
    "file_in",
    "holder_of",
    "how_for",
    "link_by_key",
    "message_in",
    "messages_of",
    "notice_of",
    "notices_of",
    "open_reports",
    "outbox",
    "quiet_of",
    "report_by_id",
    "thread_about",
    "to_digest",
    "unread",
    "unread_messages",
    "untold",
    "waiting_for_digest",
]
