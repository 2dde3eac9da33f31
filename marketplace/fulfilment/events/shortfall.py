"""Facts of the record of a contract."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from marketplace.foundation import formats
from marketplace.foundation.events import Event
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _l
from marketplace.linkage.states.contract import SIDE_LABELS, ContractSide


class RecordEvent(Event):
    """About one contract; amounts in kg as plain text."""

    contract_id: int
    sentence = _l("Record")
    about = {"contract": "contract_id"}
    spoken = frozenset({"words"})

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        told = {**data}
        for name in ("called", "accepted", "missing"):
            if name in told:
                told[name] = formats.weight(Decimal(told[name]), locale())
        if "side" in told:
            told["who"] = str(SIDE_LABELS[ContractSide(told["side"])])
        if "penalty" in told:
            told["sum"] = formats.vnd(told["penalty"], locale())
        return told


class SlotRecorded(RecordEvent):
    """The time to make up what was missing of a call is over."""

    call_off_id: int
    called: str
    accepted: str
    missing: str
    sentence = _l("Of %(called)s called, %(accepted)s were accepted; missing in the end: %(missing)s")
    about = {"contract": "contract_id", "call_off": "call_off_id"}


class ContractReckoned(RecordEvent):
    """What one side kept of the whole contract is written down."""

    shortfall_id: int
    side: str
    missing: str
    penalty: int
    sentence = _l("The whole contract, %(who)s: missing %(missing)s, penalty %(sum)s")


class ExcuseTold(RecordEvent):
    excuse_id: int
    side: str
    words: str
    sentence = _l("%(who)s tells what it could not help: %(words)s")


class ExcuseAccepted(RecordEvent):
    excuse_id: int
    side: str
    sentence = _l("%(who)s accepts it: no penalty for these days")


class ExcuseObjected(RecordEvent):
    excuse_id: int
    side: str
    words: str
    sentence = _l("%(who)s does not accept it: %(words)s")


class ExcuseWithdrawn(RecordEvent):
    excuse_id: int
    side: str
    sentence = _l("%(who)s takes it back")


class RecordAnswered(RecordEvent):
    """One side says something to a fact."""

    side: str
    words: str
    sentence = _l("%(who)s says to the record: %(words)s")
