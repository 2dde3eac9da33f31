"""What is done about one week: more for one buyer, less for another, on sale in the shop, put right when short."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from marketplace.foundation import formats
from marketplace.foundation.web.fields import (
    ChoiceField,
    LineField,
    Needed,
    Optional,
    QuantityField,
    RadioField,
    choices_of,
)
from marketplace.foundation.web.forms import Form
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _, _l
from marketplace.supply.holders import Holder
from marketplace.supply.models import Claim, Stock
from marketplace.supply.queries import WeekOutlook
from marketplace.supply.states import CAUSE_LABELS, ShortCause


class ShelveForm(Form):
    quantity = QuantityField(_l("How much goes on sale"), [Needed()])

    def __init__(self, stock: Stock, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.quantity.unit = stock.unit


class GiveForm(Form):
    """More for one claim: from what is free, then from another, or from those that stand lowest."""

    winner = ChoiceField(_l("Who gets more"), [Needed()])
    quantity = QuantityField(_l("How much more"), [Needed()])
    loser = ChoiceField(_l("Taken from"), [Optional()])
    reason = LineField(_l("Why"), [Needed(_l("Please say why: whoever loses it is told."))], longest=300)

    def __init__(
        self, stock: Stock, claims: Sequence[Claim], known: Mapping[str, Holder], **kwargs: Any
    ) -> None:
        self.claims = {str(claim.id): claim for claim in claims}
        super().__init__(**kwargs)
        self.quantity.unit = stock.unit
        named = [(number, _told(claim, known)) for number, claim in self.claims.items()]
        self.winner.choices = named
        self.loser.choices = [("", _("what is free, then the lowest first")), *named]

    def validate_loser(self, field: Any) -> None:
        if field.data and field.data == self.winner.data:
            raise ValueError(_("Choose another one."))

    @property
    def chosen(self) -> tuple[Claim, Claim | None]:
        """(who gets more, who loses; None for what is free and then the lowest)."""
        return self.claims[self.winner.data], self.claims.get(self.loser.data or "")


class LessenForm(Form):
    """Less for one claim."""

    claim = ChoiceField(_l("Who gets less"), [Needed()])
    quantity = QuantityField(_l("How much less"), [Needed()])
    reason = LineField(_l("Why"), [Needed(_l("Please say why: whoever loses it is told."))], longest=300)

    def __init__(
        self, stock: Stock, claims: Sequence[Claim], known: Mapping[str, Holder], **kwargs: Any
    ) -> None:
        self.claims = {str(claim.id): claim for claim in claims}
        super().__init__(**kwargs)
        self.quantity.unit = stock.unit
        self.claim.choices = [(number, _told(claim, known)) for number, claim in self.claims.items()]


WAYS = {
    "pool": _l("Ask other cooperatives, through the alliance"),
    "buyers": _l("Tell the buyers now"),
    "shift": _l("Deliver what is missing in another week"),
    "close": _l("Nothing helps: let go of what is missing"),
}


class ShortfallForm(Form):
    """What to do about a week that falls short: the cause, and one of the ways."""

    way = RadioField(_l("What shall we do?"), [Needed()], choices=choices_of(WAYS.items()))
    cause = ChoiceField(_l("Why it is less"), [Needed()], choices=choices_of(CAUSE_LABELS.items()))
    week = ChoiceField(_l("Which week instead"), [Optional()])
    words = LineField(_l("Words for those who are told"), [Optional()], longest=300)

    def __init__(self, others: Sequence[WeekOutlook], allowed: Sequence[str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.way.choices = [(way, label) for way, label in WAYS.items() if way in allowed]
        self.week.choices = [("", "–"), *((each.week, _offer(each)) for each in others)]

    def validate_week(self, field: Any) -> None:
        if self.way.data == "shift" and not field.data:
            raise ValueError(_("Please choose a week."))

    @property
    def why(self) -> ShortCause:
        return ShortCause(self.cause.data)


def _told(claim: Claim, known: Mapping[str, Holder]) -> str:
    held = formats.amount(claim.quantity, claim.stock.unit, locale())
    return f"{known[claim.holder].name} ({held})"


def _offer(other: WeekOutlook) -> str:
    days = formats.short_span(other.at.start, other.at.end, locale())
    free = formats.amount(other.free, other.unit, locale())
    return _("Week %(week)s, %(days)s: %(free)s free", week=other.at.week, days=days, free=free)
