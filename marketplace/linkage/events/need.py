"""Facts of requests."""

from __future__ import annotations

from typing import Any

from marketplace.foundation import formats
from marketplace.foundation.events import Event
from marketplace.foundation.quantity import quantity as exact
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _, _l
from marketplace.linkage.states import SECTION_LABELS, QuoteSide, Section


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


class NeedHidden(NeedEvent):
    words: str
    sentence = _l("The alliance took the request off the board. Reason: %(words)s")


class NeedShownAgain(NeedEvent):
    sentence = _l("The request is on the board again")


class NeedWordsHidden(NeedEvent):
    question_id: int
    words: str
    sentence = _l("The alliance took down words about the request. Reason: %(words)s")
    about = {"need": "need_id"}


class NeedWordsShownAgain(NeedEvent):
    question_id: int
    sentence = _l("Words about the request are shown again")
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


class NeedPartReturned(NeedEvent):
    """`quantity` in `unit`, as plain text, of an award came back; `side` says from whom: its seller, or the buyer."""

    award_id: int
    return_id: int
    cooperative_id: int
    name: str
    quantity: str
    unit: str
    side: str
    words: str
    sentence = _l("%(told)s. Reason: %(words)s")
    about = {"need": "need_id", "cooperative": "cooperative_id"}

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        amount = formats.amount(exact(data["quantity"]), data["unit"], locale())
        return {**data, "words": data.get("words") or "…", "told": _came_back(data, amount)}


def _came_back(data: dict[str, Any], amount: str) -> str:
    if data["side"] == QuoteSide.BUYER:
        return _("The buyer took %(amount)s back from %(name)s", amount=amount, name=data["name"])
    return _("%(name)s gave %(amount)s back", amount=amount, name=data["name"])


class NeedToDecideAgain(NeedEvent):
    sentence = _l("All that was awarded came back: the request is to be decided again")


class NeedReserveEvent(NeedEvent):
    """About a reserve that is asked whether it still brings `quantity`, as plain text in `unit`."""

    ask_id: int
    cooperative_id: int
    name: str
    quantity: str
    unit: str
    sentence = _l("Reserve")
    about = {"need": "need_id", "cooperative": "cooperative_id"}

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        return {**data, "amount": formats.amount(exact(data["quantity"]), data["unit"], locale())}


class NeedReserveAsked(NeedReserveEvent):
    sentence = _l("%(name)s is asked whether it still brings %(amount)s")


class NeedReserveAgreed(NeedReserveEvent):
    sentence = _l("%(name)s said yes to %(amount)s")


class NeedReserveDeclined(NeedReserveEvent):
    words: str
    sentence = _l("%(name)s cannot bring %(amount)s. Reason: %(words)s")

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        return super().shape({**data, "words": data.get("words") or "…"})


class NeedReserveSilent(NeedReserveEvent):
    """It did not answer in time."""

    sentence = _l("%(name)s did not answer in time whether it brings %(amount)s")


class NeedReserveDropped(NeedReserveEvent):
    """It need not answer any more: what it was asked for went to somebody else."""

    sentence = _l("%(name)s need not answer any more: %(amount)s went to somebody else")


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
