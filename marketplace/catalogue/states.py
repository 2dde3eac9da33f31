"""A product's life, and its change sets'."""

from __future__ import annotations

from enum import StrEnum

from marketplace.foundation.lifecycle import Lifecycle, move
from marketplace.foundation.words import _l


class ProductState(StrEnum):
    DRAFT = "draft"
    IN_REVIEW = "in_review"
    PUBLISHED = "published"
    PAUSED = "paused"
    RETIRED = "retired"


P = ProductState
product_lifecycle = Lifecycle(
    "product",
    move("submit", P.DRAFT, to=P.IN_REVIEW),
    move("publish", P.IN_REVIEW, to=P.PUBLISHED),
    move("decline", P.IN_REVIEW, to=P.DRAFT),
    move("pause", P.PUBLISHED, to=P.PAUSED),
    move("resume", P.PAUSED, to=P.PUBLISHED),
    move("take_down", P.PUBLISHED, P.PAUSED, to=P.DRAFT),
    move("put_back", P.DRAFT, P.IN_REVIEW, to=P.PUBLISHED),
    move("retire", P.DRAFT, P.PUBLISHED, P.PAUSED, to=P.RETIRED),
)
"""take_down: the alliance takes it off the market; its owner puts it right and submits it anew, or it is put back."""

PRODUCT_LABELS = {
    P.DRAFT: _l("Draft"),
    P.IN_REVIEW: _l("Being checked by the alliance"),
    P.PUBLISHED: _l("For sale"),
    P.PAUSED: _l("Paused"),
    P.RETIRED: _l("No longer sold"),
}


class ChangeState(StrEnum):
    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"


change_lifecycle = Lifecycle(
    "product_change",
    move("accept", ChangeState.OPEN, to=ChangeState.ACCEPTED),
    move("decline", ChangeState.OPEN, to=ChangeState.DECLINED),
)


class Vat(StrEnum):
    """VAT codes of agricultural sales (Law 149/2025/QH15, NĐ 359/2025/NĐ-CP): the seller chooses."""

    NOT_SUBJECT = "KCT"
    NO_DECLARATION = "KKKNT"
    FIVE = "5"
    DIRECT_ONE = "TL1"
    EIGHT = "8"
    TEN = "10"
    ZERO = "0"


VAT_LABELS = {
    Vat.NOT_SUBJECT: _l("Not subject to VAT (own produce)"),
    Vat.NO_DECLARATION: _l("No declaration (resold to companies)"),
    Vat.FIVE: _l("5 %"),
    Vat.DIRECT_ONE: _l("1 % of revenue"),
    Vat.EIGHT: _l("8 %"),
    Vat.TEN: _l("10 %"),
    Vat.ZERO: _l("0 % (export)"),
}


class ListState(StrEnum):
    """What the clock says of a price list; nobody moves it."""

    COMING = "coming"
    IN_FORCE = "in_force"
    OVER = "over"


LIST_LABELS = {
    ListState.COMING: _l("Not yet in force"),
    ListState.IN_FORCE: _l("In force"),
    ListState.OVER: _l("Over"),
}
LIST_TONES = {ListState.COMING: "wait", ListState.IN_FORCE: "ok", ListState.OVER: "bad"}


class Measure(StrEnum):
    """What the size of one piece is measured in."""

    NONE = "none"
    GRAM = "g"
    MILLIMETRE = "mm"


MEASURE_LABELS = {
    Measure.NONE: _l("No size"),
    Measure.GRAM: _l("Weight of one piece, in grams"),
    Measure.MILLIMETRE: _l("Diameter of one piece, in millimetres"),
}
