"""Facts of requests."""

from __future__ import annotations

from typing import Any

from marketplace.foundation import formats
from marketplace.foundation.events import Event
from marketplace.foundation.quantity import quantity as exact
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _l
from marketplace.linkage.states import SECTION_LABELS, Section


class NeedEvent(Event):
    """A fact about one request; its buyer's history tells it too."""

    need_id: int
    organisation_id: int
    sentence = _l("Request")
    about = {"need": "need_id", "organisation": "organisation_id"}


class NeedDrafted(NeedEvent):
    sentence = _l("Request begun")


class NeedEntered(NeedDrafted):
    """By phone or on paper: an officer wrote it down."""

    who: str
    spoken = frozenset({"who"})
    sentence = _l("Request told by %(who)s, written down by the alliance")


class NeedFilledIn(Event):
    """A section of a draft was kept."""

    need_id: int
    section: str
    sentence = _l("Kept: %(section)s")
    about = {"need": "need_id"}

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        return {**data, "section": SECTION_LABELS[Section(data["section"])]}


class NeedOpened(NeedEvent):
    number: str
    sentence = _l("Request %(number)s was published")


class NeedAmended(NeedEvent):
    number: int
    words: str
    sentence = _l("Change no. %(number)s: %(words)s")


class CooperativeInvited(NeedEvent):
    cooperative_id: int
    name: str
    sentence = _l("%(name)s was invited to quote")
    about = {"need": "need_id"}


class NeedQuestionAsked(NeedEvent):
    """Without an actor: who asked stands with the question, for the alliance alone."""

    question_id: int
    sentence = _l("A question was asked")
    about = {"need": "need_id"}


class NeedQuestionAnswered(NeedEvent):
    question_id: int
    sentence = _l("A question was answered for everybody")
    about = {"need": "need_id"}


class NeedClosed(NeedEvent):
    sentence = _l("No more quotes are taken")


class NeedWithdrawn(NeedEvent):
    words: str
    sentence = _l("Request withdrawn. Reason: %(words)s")


class NeedCancelled(NeedEvent):
    words: str
    sentence = _l("Request cancelled. Reason: %(words)s")


class NeedPartAwarded(NeedEvent):
    """`quantity` in `unit`, as plain text."""

    award_id: int
    cooperative_id: int
    name: str
    quantity: str
    unit: str
    sentence = _l("%(amount)s awarded to %(name)s")
    about = {"need": "need_id", "cooperative": "cooperative_id"}

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        return {**data, "amount": formats.amount(exact(data["quantity"]), data["unit"], locale())}


class NeedReserveChosen(NeedEvent):
    award_id: int
    cooperative_id: int
    name: str
    rank: int
    sentence = _l("%(name)s is reserve no. %(rank)s")
    about = {"need": "need_id", "cooperative": "cooperative_id"}


class NeedAwarded(NeedEvent):
    """After its parts; `whole` when nothing is left to award."""

    whole: bool
    sentence = _l("Request awarded")


class NeedNoneSuitable(NeedEvent):
    words: str
    sentence = _l("No quote was suitable. Reason: %(words)s")


class FittingFound(NeedEvent):
    """`count` cooperatives that fit and were not known before."""

    count: int
    sentence = _l("Cooperatives found that can supply it: %(count)s")


class NeedFormChanged(Event):
    form_id: int
    category_id: int
    version: int
    sentence = _l("Questions of requests, version %(version)s")
    about = {"need_form": "category_id"}


class NeedWatchKept(Event):
    watch_id: int
    sentence = _l("A search of requests was kept")
    about = {"need_watch": "watch_id"}


class NeedWatchDropped(Event):
    watch_id: int
    sentence = _l("A search of requests is no longer kept")
    about = {"need_watch": "watch_id"}
