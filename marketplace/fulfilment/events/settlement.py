"""Facts of settlement sheets and of what was given ahead."""

from __future__ import annotations

import datetime as dt
from typing import Any

from marketplace.foundation import formats
from marketplace.foundation.events import Event
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _l
from marketplace.linkage.states.contract import SIDE_LABELS, ContractSide


class SettlementEvent(Event):
    """About one sheet; `total` in đồng."""

    settlement_id: int
    contract_id: int
    number: str
    total: int
    sentence = _l("Settlement %(number)s")
    about = {"settlement": "settlement_id", "contract": "contract_id"}
    spoken = frozenset({"words"})

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        told = {**data, "sum": formats.vnd(data["total"], locale())}
        if "due_on" in data:
            told["day"] = formats.date(dt.date.fromisoformat(data["due_on"]), locale())
        if "side" in data:
            told["side"] = str(SIDE_LABELS[ContractSide(data["side"])])
        return told


class SettlementDrawn(SettlementEvent):
    sentence = _l("Settlement %(number)s drawn up: %(sum)s")


class SettlementConfirmedBySide(SettlementEvent):
    side: str
    sentence = _l("Settlement %(number)s confirmed by: %(side)s")


class SettlementConfirmed(SettlementEvent):
    """By both; from now on it is owed."""

    due_on: str
    sentence = _l("Settlement %(number)s confirmed by both: %(sum)s, to be paid by %(day)s")


class SettlementReplaced(SettlementEvent):
    words: str
    sentence = _l("Settlement %(number)s does not stand: %(words)s")


class SettlementPaid(SettlementEvent):
    sentence = _l("Settlement %(number)s is paid: %(sum)s")


class SettlementReopened(SettlementEvent):
    sentence = _l("Settlement %(number)s is open again")


class DepositEnded(SettlementEvent):
    """Both confirmed what becomes of the rest of a deposit; amounts in đồng."""

    kept: int
    returned: int
    added: int
    sentence = _l(
        "Rest of the deposit: %(returned)s go back to the buyer, with %(added)s besides; %(kept)s stay with the seller"
    )

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        sums = {name: formats.vnd(data[name], locale()) for name in ("kept", "returned", "added")}
        return super().shape(data) | sums


class InputsEvent(Event):
    """About something given ahead; `value` in đồng."""

    advance_id: int
    contract_id: int
    item: str
    value: int
    sentence = _l("%(item)s")
    about = {"contract": "contract_id"}
    spoken = frozenset({"words", "item"})

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        return {**data, "sum": formats.vnd(data["value"], locale())}


class InputsGiven(InputsEvent):
    sentence = _l("Given ahead: %(item)s, %(sum)s")


class InputsConfirmed(InputsEvent):
    sentence = _l("The seller received: %(item)s, %(sum)s")


class InputsDeclined(InputsEvent):
    words: str
    sentence = _l("The seller did not receive: %(item)s, %(sum)s. %(words)s")
