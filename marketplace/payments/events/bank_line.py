"""Facts about what the bank says."""

from __future__ import annotations

from typing import Any

from marketplace.foundation import formats
from marketplace.foundation.events import Event
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _l


class BankLineEvent(Event):
    """About one credit of the bank."""

    line_id: int
    amount: int
    sentence = _l("%(sum)s")
    about = {"bank_line": "line_id"}

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        return {**data, "sum": formats.vnd(data["amount"], locale())}


class BankLineWaits(BankLineEvent):
    """It came by notice and no rule could settle it."""

    sentence = _l("%(sum)s came and needs a person")


class BankLineAssigned(BankLineEvent):
    sentence = _l("%(sum)s said to be for one or more payments")


class BankLineCounted(BankLineEvent):
    """What a person assigned stands in the ledger now."""

    sentence = _l("%(sum)s counted as it was said")


class BankLineRecognised(BankLineEvent):
    sentence = _l("%(sum)s recognised as money that was written down by hand before")


class BankLineDismissed(BankLineEvent):
    words: str
    sentence = _l("%(sum)s is not for us: %(words)s")


class BankLineReopened(BankLineEvent):
    sentence = _l("%(sum)s waits again: the last step was taken back")


class BankFeedRenewed(Event):
    organisation_id: int
    sentence = _l("A new key for notices of the bank was made")
    about = {"organisation": "organisation_id"}
