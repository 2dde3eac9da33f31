"""Facts of declared and verified results."""

from __future__ import annotations

from typing import Any

from marketplace.foundation import formats
from marketplace.foundation.events import Event
from marketplace.foundation.money import Money
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _l


class ResultEvent(Event):
    """About the result of one stand."""

    result_id: int
    fair_id: int
    stand_id: int
    sentence = _l("Result")
    about = {"fair_result": "result_id", "stand": "stand_id"}


class ResultSubmitted(ResultEvent):
    sales: int
    sentence = _l("The results were handed in: sales of %(sales)s, as declared")

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        return {**data, "sales": formats.vnd(Money(data["sales"]), locale())}


class ResultTold(ResultSubmitted):
    """By phone: `who` called, and an officer wrote it down."""

    who: str
    sentence = _l("Results told by %(who)s, written down by the alliance")


class ResultReturned(ResultEvent):
    reason: str
    sentence = _l("The alliance gave the results back: %(reason)s")


class ResultVerified(ResultEvent):
    sales: int
    contracts_value: int
    sentence = _l("The results were verified: sales of %(sales)s, contracts of %(contracts_value)s")

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        sums = {name: formats.vnd(Money(data[name]), locale()) for name in ("sales", "contracts_value")}
        return {**data, **sums}


class ResultLocked(ResultEvent):
    sentence = _l("The results stand in the filed report and change no more")


class EvidenceAdded(ResultEvent):
    sentence = _l("A proof was added")


class FollowUpEvent(ResultEvent):
    """What came of the contracts until `month` months after the fair; `value` in đồng."""

    month: int
    value: int
    sentence = _l("What came of it")

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        return {**data, "value": formats.vnd(Money(data["value"]), locale())}


class FollowUpDeclared(FollowUpEvent):
    sentence = _l("After %(month)s months: %(value)s realised, as declared")


class FollowUpVerified(FollowUpEvent):
    sentence = _l("After %(month)s months: %(value)s realised, verified")


class FollowUpAsked(ResultEvent):
    month: int
    sentence = _l("The alliance asked what came of it after %(month)s months")
