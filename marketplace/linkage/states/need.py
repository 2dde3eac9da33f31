"""The life of a request, and what it may say."""

from __future__ import annotations

from enum import StrEnum

from marketplace.foundation.lifecycle import Lifecycle, move
from marketplace.foundation.words import _l


class NeedState(StrEnum):
    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
    AWARDED = "awarded"
    NONE_SUITABLE = "none_suitable"
    WITHDRAWN = "withdrawn"
    CANCELLED = "cancelled"


N = NeedState
need_lifecycle = Lifecycle(
    "need",
    move("open", N.DRAFT, to=N.OPEN),
    move("close", N.OPEN, to=N.CLOSED),
    move("withdraw", N.OPEN, to=N.WITHDRAWN),
    move("award", N.CLOSED, N.AWARDED, to=N.AWARDED),
    move("decide_again", N.AWARDED, to=N.CLOSED),
    move("choose_none", N.CLOSED, to=N.NONE_SUITABLE),
    move("cancel", N.DRAFT, N.CLOSED, to=N.CANCELLED),
)
"""What is still open of an awarded request may be awarded too: to a reserve, or to somebody more. Where all of it came
back it is to be decided again."""

NEED_LABELS = {
    N.DRAFT: _l("Not published yet"),
    N.OPEN: _l("Takes quotes"),
    N.CLOSED: _l("Closed, to be decided"),
    N.AWARDED: _l("Awarded"),
    N.NONE_SUITABLE: _l("No quote was suitable"),
    N.WITHDRAWN: _l("Withdrawn"),
    N.CANCELLED: _l("Cancelled"),
}
NEED_TONES = {N.OPEN: "ok", N.CLOSED: "wait", N.AWARDED: "cert", N.WITHDRAWN: "bad", N.CANCELLED: "bad"}
SHOWN = (N.OPEN, N.CLOSED, N.AWARDED, N.NONE_SUITABLE, N.WITHDRAWN, N.CANCELLED)
"""What sellers may see once it was opened."""


class Audience(StrEnum):
    OPEN = "open"
    INVITED = "invited"


AUDIENCE_LABELS = {
    Audience.OPEN: _l("Every cooperative may quote"),
    Audience.INVITED: _l("Only the cooperatives I invite"),
}


class AwardKind(StrEnum):
    PART = "part"
    RESERVE = "reserve"


class AskState(StrEnum):
    """A reserve is asked whether it still brings so much."""

    ASKED = "asked"
    AGREED = "agreed"
    DECLINED = "declined"
    LAPSED = "lapsed"
    DROPPED = "dropped"


A = AskState
reserve_ask_lifecycle = Lifecycle(
    "reserve_ask",
    move("agree", A.ASKED, to=A.AGREED),
    move("decline", A.ASKED, to=A.DECLINED),
    move("lapse", A.ASKED, to=A.LAPSED),
    move("drop", A.ASKED, to=A.DROPPED),
)
"""drop: what they were asked for was given to somebody else meanwhile."""
ASK_LABELS = {
    A.ASKED: _l("Asked, has not answered yet"),
    A.AGREED: _l("Said yes"),
    A.DECLINED: _l("Said no"),
    A.LAPSED: _l("Did not answer in time"),
    A.DROPPED: _l("Given to somebody else meanwhile"),
}


class Section(StrEnum):
    """The sections in which a request is filled in, in their order."""

    GOODS = "goods"
    AMOUNTS = "amounts"
    DELIVERY = "delivery"
    PAPERS = "papers"
    MORE = "more"
    TERMS = "terms"
    DEADLINES = "deadlines"


SECTION_LABELS = {
    Section.GOODS: _l("What and which grade"),
    Section.AMOUNTS: _l("How much and when"),
    Section.DELIVERY: _l("Where it is delivered"),
    Section.PAPERS: _l("Papers"),
    Section.MORE: _l("More about these goods"),
    Section.TERMS: _l("Price and who may quote"),
    Section.DEADLINES: _l("Deadlines"),
}


class Done(StrEnum):
    """How far a section is."""

    TO_DO = "to_do"
    DONE = "done"
    OPTIONAL = "optional"


DONE_LABELS = {
    Done.TO_DO: _l("to do"),
    Done.DONE: _l("done"),
    Done.OPTIONAL: _l("if you like"),
}
DONE_TONES = {Done.TO_DO: "wait", Done.DONE: "ok"}


class FieldKind(StrEnum):
    """What a question of a form is answered with."""

    TEXT = "text"
    NUMBER = "number"
    CHOICE = "choice"
    YES_NO = "yes_no"


FIELD_LABELS = {
    FieldKind.TEXT: _l("A line of text"),
    FieldKind.NUMBER: _l("A number"),
    FieldKind.CHOICE: _l("One of several"),
    FieldKind.YES_NO: _l("Yes or no"),
}
