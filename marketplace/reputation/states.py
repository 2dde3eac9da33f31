"""The life of a buyer's words, and why they are hidden."""

from __future__ import annotations

from enum import StrEnum

from marketplace.foundation.lifecycle import Lifecycle, move
from marketplace.foundation.words import _l


class WordsState(StrEnum):
    SHOWN = "shown"
    REPORTED = "reported"
    HIDDEN = "hidden"


W = WordsState
words_lifecycle = Lifecycle(
    "buyers_words",
    move("report", W.SHOWN, to=W.REPORTED),
    move("keep", W.REPORTED, to=W.SHOWN),
    move("hide", W.SHOWN, W.REPORTED, to=W.HIDDEN),
    move("show_again", W.HIDDEN, to=W.SHOWN),
)
WORDS_LABELS = {
    W.SHOWN: _l("Published"),
    W.REPORTED: _l("Reported, still published"),
    W.HIDDEN: _l("Hidden by the alliance"),
}
WORDS_TONES = {W.SHOWN: "ok", W.REPORTED: "wait", W.HIDDEN: "bad"}


class AppealOutcome(StrEnum):
    """What became of an appeal against the hiding."""

    SHOWN = "shown"
    STAYS = "stays"


APPEAL_LABELS = {
    AppealOutcome.SHOWN: _l("Your words are shown again"),
    AppealOutcome.STAYS: _l("Your words stay hidden"),
}


class HideReason(StrEnum):
    INSULT = "insult"
    NAMES_PEOPLE = "names_people"
    NOT_ABOUT_ORDER = "not_about_order"
    ADVERTISING = "advertising"
    UNTRUE = "untrue"
    LAW = "law"


HIDE_LABELS = {
    HideReason.INSULT: _l("It insults somebody"),
    HideReason.NAMES_PEOPLE: _l("It names people, phones or addresses"),
    HideReason.NOT_ABOUT_ORDER: _l("It is not about this order"),
    HideReason.ADVERTISING: _l("It advertises something"),
    HideReason.UNTRUE: _l("The papers of the order prove it wrong"),
    HideReason.LAW: _l("The law forbids it"),
}
