"""Facts of fields, diaries and lots."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from marketplace.foundation import formats
from marketplace.foundation.events import Event
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _l


def _weighed(data: dict[str, Any]) -> dict[str, Any]:
    kg = data["kg"]
    return {**data, "kg": formats.weight(Decimal(kg), locale()) if kg is not None else "–"}


class PlotEvent(Event):
    """About one field; `name` is what it was called then."""

    plot_id: int
    cooperative_id: int
    name: str
    sentence = _l("Plot")
    about = {"plot": "plot_id"}


class PlotAdded(PlotEvent):
    sentence = _l("Plot %(name)s was added")


class PlotChanged(PlotEvent):
    sentence = _l("Plot %(name)s was changed")


class PlotClosed(PlotEvent):
    sentence = _l("Plot %(name)s is no longer used")


class SowingEvent(Event):
    sowing_id: int
    plot_id: int
    product_id: int
    name: str
    sentence = _l("Sowing")
    about = {"plot": "plot_id"}


class Sown(SowingEvent):
    kg: Decimal
    sentence = _l("%(name)s was sown; %(kg)s are expected")

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        return _weighed(data)


class SowingForeseen(Sown):
    """The harvest is expected otherwise than before."""

    sentence = _l("The harvest of %(name)s is expected anew: %(kg)s")


class SowingHarvested(SowingEvent):
    sentence = _l("%(name)s: the harvest is over")


class SowingLost(SowingEvent):
    words: str
    sentence = _l("%(name)s was lost: %(words)s")


class DiaryEvent(Event):
    """`did` is what was done, as the diary names it; nobody's name."""

    entry_id: int
    plot_id: int
    did: str
    substance: str = ""
    sentence = _l("Diary")
    about = {"plot": "plot_id"}

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        from marketplace.growing.states import DIARY_LABELS, DiaryKind

        told = [str(DIARY_LABELS[DiaryKind(data["did"])]), data["substance"]]
        return {**data, "told": ": ".join(part for part in told if part)}


class DiaryWritten(DiaryEvent):
    sentence = _l("Diary: %(told)s")


class DiaryCorrected(DiaryEvent):
    sentence = _l("A line of the diary was corrected: %(told)s")


class DiaryStruck(DiaryEvent):
    sentence = _l("A line of the diary was struck: %(told)s")


class SubstanceRuleEvent(Event):
    rule_id: int
    sentence = _l("Rule about a substance")
    about = {"substance_rule": "rule_id"}


class SubstanceRuleAdded(SubstanceRuleEvent):
    sentence = _l("Rule added")


class SubstanceRuleEnded(SubstanceRuleEvent):
    until: str
    sentence = _l("Rule ended on %(until)s")


class LotEvent(Event):
    lot_id: int
    code: str
    sentence = _l("Lot")
    about = {"lot": "lot_id"}


class LotHarvested(LotEvent):
    """`for_sale`: the cooperative says that it goes into the stock of its shop."""

    product_id: int
    kg: Decimal | None
    for_sale: bool = False
    sentence = _l("Lot %(code)s was harvested: %(kg)s")

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        return _weighed(data)


class LotTested(LotEvent):
    test_id: int
    result: str
    number: str
    sentence = _l("Test %(number)s: %(result)s")

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        from marketplace.growing.states import RESULT_LABELS, LabResult

        return {**data, "result": str(RESULT_LABELS[LabResult(data["result"])])}


class LotRecalled(LotEvent):
    sentence = _l("Lot %(code)s was recalled")


class LotFreed(LotEvent):
    sentence = _l("Lot %(code)s is free again: there was no ground for the recall")
