"""Telling people, links that act, choices, threads, and what is written down for somebody."""

from marketplace.inbox.services.choice import choose, stop, stop_address
from marketplace.inbox.services.entry import (
    confirm_entry,
    deny_entry,
    overtake,
    reopen_entry,
    settle_entry,
    write_down,
)
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
    "confirm_entry",
    "deny_entry",
    "forget_old_links",
    "make_link",
    "mark_read",
    "mark_seen",
    "mark_told",
    "overtake",
    "press",
    "reopen_entry",
    "report",
    "send_digest",
    "settle_entry",
    "stop",
    "stop_address",
    "tell",
    "thread_for",
    "words_of",
    "write",
    "write_down",
    "written",
]
