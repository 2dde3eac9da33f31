"""Facts of the ledger."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from marketplace.foundation import formats
from marketplace.foundation.calendar import Week
from marketplace.foundation.events import Event
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _, _l
from marketplace.supply.states import CAUSE_LABELS, ShortCause


class LedgerEvent(Event):
    """A change of one product's stock; shown with its amount in words, and with the week when it is of one."""

    product_id: int
    quantity: Decimal
    unit: str
    week: str = ""
    grade: str = ""
    sentence = _l("%(amount)s")
    about = {"product": "product_id"}

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        amount = formats.amount(Decimal(data["quantity"]), data["unit"], locale())
        # What was written down before there were weeks has none.
        when = when_told(data.get("week", ""), data.get("grade", ""))
        return {**data, "amount": f"{amount} ({when})" if when else amount}


def when_told(week: str, grade: str) -> str:
    """ "week 9/2027, grade A" in the reader's language; empty for goods on hand."""
    if not week:
        return ""
    at = Week.parse(week)
    told = _("week %(week)s/%(year)s", week=at.week, year=at.year)
    return f"{told}, {_('grade %(grade)s', grade=grade)}" if grade else told


class StockOpened(LedgerEvent):
    sentence = _l("Stock opened with %(amount)s")


class HarvestAdded(LedgerEvent):
    sentence = _l("%(amount)s harvested")


class GoodsReturned(LedgerEvent):
    sentence = _l("%(amount)s came back into stock")


class StockCorrected(LedgerEvent):
    """`quantity` is what was counted."""

    reason: str
    sentence = _l("Counted again: %(amount)s on hand. Reason: %(reason)s")


class GoodsHandedOver(LedgerEvent):
    holder: str
    sentence = _l("%(amount)s handed over")


class ClaimHeld(LedgerEvent):
    holder: str
    sentence = _l("%(amount)s set aside")


class ClaimReleased(LedgerEvent):
    holder: str
    reason: str
    sentence = _l("%(amount)s free again")


# --- weeks ahead ------------------------------------------------------------------------------------


class WeekEvent(LedgerEvent):
    """A fact about one week; `stock_id` is its line in the ledger."""

    stock_id: int
    sentence = _l("%(amount)s")
    about = {"product": "product_id", "stock": "stock_id"}


class WeekExpected(WeekEvent):
    """`quantity` is what is likely."""

    version: int
    source: str
    sentence = _l("%(amount)s expected")


class WeekShelved(WeekEvent):
    sentence = _l("%(amount)s put on sale in the shop")


class WeekPromised(WeekEvent):
    holder: str
    sentence = _l("%(amount)s promised")


class ClaimTaken(WeekEvent):
    """`quantity` was taken from `holder`, and given to `winner` ("" when to nobody). Who lost it is told."""

    claim_id: int
    taking_id: int
    holder: str
    winner: str
    words: str
    sentence = _l("%(amount)s taken from a claim. Reason: %(words)s")

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        return super().shape({**data, "words": data.get("words") or "…"})


class ShortfallEvent(WeekEvent):
    """`quantity` is what is missing."""

    shortfall_id: int
    sentence = _l("%(amount)s missing")


class WeekFellShort(ShortfallEvent):
    """More is promised than expected: said anew whenever more is missing than before."""

    sentence = _l("%(amount)s promised that are no longer expected")


class WeekCovered(ShortfallEvent):
    sentence = _l("What was promised is expected again: %(amount)s were missing")


class PoolAsked(ShortfallEvent):
    words: str
    cause: str
    sentence = _l("Other cooperatives are asked for %(amount)s. %(why)s")

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        return super().shape({**data, "why": _why(data)})


class BuyersWarned(ShortfallEvent):
    """`holders` are those whose claims are no longer covered, the youngest first."""

    holders: tuple[str, ...]
    words: str
    cause: str
    sentence = _l("The buyers are told that %(amount)s will be missing. %(why)s")

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        return super().shape({**data, "why": _why(data)})


class ClaimShifted(WeekEvent):
    """A part of a claim goes to another week: `claim_id` holds it there."""

    claim_id: int
    holder: str
    to_week: str
    words: str
    sentence = _l("%(amount)s moved to week %(to)s")

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        to = Week.parse(data["to_week"])
        return super().shape({**data, "to": f"{to.week}/{to.year}"})


class WeekShifted(ShortfallEvent):
    to_week: str
    words: str
    cause: str
    sentence = _l("%(amount)s that were missing are promised for another week. %(why)s")

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        return super().shape({**data, "why": _why(data)})


class ShortfallClosed(ShortfallEvent):
    words: str
    cause: str
    sentence = _l("Closed without the missing %(amount)s. %(why)s")

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        return super().shape({**data, "why": _why(data)})


def _why(data: dict[str, Any]) -> str:
    """Cause and words, as far as they were said."""
    cause = str(CAUSE_LABELS[ShortCause(data["cause"])]) if data.get("cause") else ""
    return ": ".join(part for part in (cause, data.get("words", "")) if part)
