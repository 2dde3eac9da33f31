"""What is written to people and by them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, false, or_

from marketplace.accounts.holdings import Identity, Whose, by, did, holds, of
from marketplace.foundation.mail import Letter
from marketplace.inbox.models import Entry, Link, Message, MessageReport, Notice, NoticeChoice, QuietHours
from marketplace.inbox.queries.choice import address_hash


def _choices(who: Identity) -> ColumnElement[bool]:
    hashes = [address_hash(box) for box in who.ids("address")]
    return or_(by(NoticeChoice.person_id)(who), NoticeChoice.address_hash.in_(hashes))


def _links(who: Identity) -> ColumnElement[bool]:
    boxes = who.ids("address")
    return or_(by(Link.person_id)(who), Link.sent_to.in_(boxes) if boxes else false())


def _invitations(key: Any) -> Whose:
    """What directors were told about an invitation of this person; a letter's key ends with its mailbox."""

    def whose(who: Identity) -> ColumnElement[bool]:
        keys = [f"invitations.{kind}:{id}" for id in who.ids("invitation") for kind in KINDS]
        return or_(false(), key.in_(keys), *[key.startswith(f"{one}>", autoescape=True) for one in keys])

    return whose


KINDS = ("sent", "accepted", "declined", "withdrawn", "expired")
# A director is told what buyers wrote: the copy says of what they were told, not the words of others.
holds(Notice, by(Notice.person_id), drop=True, secret=("sentence_vi", "sentence_en"))
holds(
    Notice,
    _invitations(Notice.key),
    words=("subject_vi", "subject_en", "sentence_vi", "sentence_en"),
    mention=True,
)
holds(Letter, _invitations(Letter.key), words=("subject", "text", "html"), mention=True)
holds(NoticeChoice, _choices, drop=True, secret=("address_hash",))
holds(QuietHours, by(QuietHours.person_id), drop=True)
holds(Link, _links, drop=True, secret=("key_hash",))
holds(Message, by(Message.by_id), name=("name",), words=("words",), secret=("once",))
holds(MessageReport, by(MessageReport.by_id), words=("words",))
did(MessageReport, "closed_by_id")


def _told(who: Identity) -> ColumnElement[bool]:
    """Written down by them, or for those they act for."""
    return or_(by(Entry.by_id)(who), of(Entry.organisation_id, "company")(who))


holds(Entry, _told, words=("told_by", "words", "what_vi", "what_en"), mention=True)
did(Entry, "answered_by_id", "settled_by_id")
