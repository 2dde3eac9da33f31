"""Telling people, links that act, choices, and threads."""

from marketplace.inbox.services.choice import choose, stop, stop_address
from marketplace.inbox.services.link import forget_old_links, make_link, press
from marketplace.inbox.services.notice import Contact, mark_read, send_digest, tell, words_of, written
from marketplace.inbox.services.thread import (
    ask_alliance_in,
    close_report,
    mark_seen,
    mark_told,
    report,
    thread_for,
    write,
)

__all__ = [
    "Contact",
    "ask_alliance_in",
    "choose",
    "close_report",
    "forget_old_links",
    "make_link",
    "mark_read",
    "mark_seen",
    "mark_told",
    "press",
    "report",
    "send_digest",
    "stop",
    "stop_address",
    "tell",
    "thread_for",
    "words_of",
    "write",
    "written",
]
