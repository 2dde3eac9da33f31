"""Facts about contracts."""

from __future__ import annotations

import datetime as dt
from typing import Any

from marketplace.foundation import formats
from marketplace.foundation.events import Event
from marketplace.foundation.money import Money
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _, _l
from marketplace.linkage.states.contract import (
    LEGAL_LABELS,
    SIDE_LABELS,
    WAY_LABELS,
    ContractSide,
    LegalKey,
    SigningWay,
)

SPOKEN = frozenset({"words", "name"})


class ContractEvent(Event):
    """A fact about one contract; `annex` 0 is the contract itself."""

    contract_id: int
    sentence = _l("Contract")
    about = {"contract": "contract_id"}
    spoken = SPOKEN

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        return _in_words(data)


class ContractDrafted(ContractEvent):
    annex: int = 0
    words: str = ""
    sentence = _l("%(what)s begun. %(words)s")


class ContractOffered(ContractEvent):
    annex: int
    seq: int
    side: ContractSide
    sentence = _l("%(what)s offered by: %(side)s (text %(seq)s)")


class ContractReopened(ContractEvent):
    annex: int
    side: ContractSide
    sentence = _l("%(what)s taken back for changes by: %(side)s")


class ContractSigned(ContractEvent):
    annex: int
    side: ContractSide
    way: SigningWay
    name: str
    sentence = _l("%(what)s signed. %(side)s: %(name)s, %(way)s")


class ContractScanBrought(ContractEvent):
    annex: int
    side: ContractSide
    sentence = _l("%(what)s: the signed paper was brought by: %(side)s")


class ContractScanRefused(ContractEvent):
    annex: int
    words: str
    sentence = _l("%(what)s: the scan was not confirmed. %(words)s")


class ContractInForce(ContractEvent):
    annex: int
    sentence = _l("%(what)s is in force")


class ContractDropped(ContractEvent):
    annex: int
    words: str
    sentence = _l("%(what)s not concluded. Reason: %(words)s")


class ContractHeld(ContractEvent):
    words: str
    sentence = _l("Put on hold. Reason: %(words)s")


class ContractResumed(ContractEvent):
    sentence = _l("Goes on")


class ContractTerminated(ContractEvent):
    words: str
    sentence = _l("Terminated. Reason: %(words)s")


class ContractFulfilled(ContractEvent):
    sentence = _l("Fulfilled")


class ContractExpired(ContractEvent):
    sentence = _l("Ended by its date")


class ContractPriceComputed(ContractEvent):
    grade: str
    day: dt.date
    price: Money
    sentence = _l("Price of grade %(grade)s from %(day)s: %(price)s per kg")


class ContractPriceAgreed(ContractEvent):
    grade: str
    day: dt.date
    side: ContractSide
    sentence = _l("Price of grade %(grade)s from %(day)s confirmed by: %(side)s")


class SignatoryNamed(Event):
    organisation_id: int
    person_id: int
    name: str
    sentence = _l("%(name)s may sign contracts")
    about = {"organisation": "organisation_id"}
    spoken = SPOKEN


class SignatoryEnded(Event):
    organisation_id: int
    person_id: int
    name: str
    sentence = _l("%(name)s no longer signs contracts")
    about = {"organisation": "organisation_id"}
    spoken = SPOKEN


class LegalFigureAdded(Event):
    figure_id: int
    key: LegalKey
    value: str
    valid_from: dt.date
    sentence = _l("%(key)s: %(value)s from %(valid_from)s")
    about = {"legal_figure": "figure_id"}

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        return _in_words({**data, "key": LEGAL_LABELS[LegalKey(data["key"])]})


def what(annex: int) -> str:
    return _("Annex %(number)s", number=annex) if annex else _("Contract")


def _in_words(data: dict[str, Any]) -> dict[str, Any]:
    """Days, sums and sides as people read them."""
    told = {**data, "what": what(data.get("annex", 0))}
    if "side" in data:
        told["side"] = SIDE_LABELS[ContractSide(data["side"])]
    if "way" in data:
        told["way"] = WAY_LABELS[SigningWay(data["way"])]
    if "price" in data:
        told["price"] = formats.vnd(Money(data["price"]), locale())
    for name in ("day", "valid_from"):
        if name in data:
            told[name] = formats.date(_day(data[name]), locale())
    return told


def _day(told: dt.date | str) -> dt.date:
    """History keeps days as text."""
    return told if isinstance(told, dt.date) else dt.date.fromisoformat(told)
