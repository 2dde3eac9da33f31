"""Facts of sums that follow the scale, and of the question it may raise."""

from __future__ import annotations

from typing import Any

from marketplace.foundation import formats
from marketplace.foundation.money import Money
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _l
from marketplace.orders.events.order import OrderEvent


class OrderSumEvent(OrderEvent):
    """The order costs another sum than before."""

    before: Money
    total: Money
    sentence = _l("The sum")

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        return {**data, **{name: formats.vnd(data[name], locale()) for name in ("before", "total")}}


class OrderWeighed(OrderSumEvent):
    sentence = _l("The sum follows the scale: %(total)s instead of %(before)s")


class OrderSentLess(OrderSumEvent):
    sentence = _l("Less was sent than agreed: %(total)s instead of %(before)s")


class WeighingAsked(OrderEvent):
    weighing_id: int
    sentence = _l("It weighs more or less than was agreed: the buyer is asked")


class WeighingEnded(OrderSumEvent):
    """The question about the weight is over."""

    weighing_id: int
    sentence = _l("The weight")


class WeighingAnswered(WeighingEnded):
    sentence = _l("The buyer answered about the weight: %(total)s, before %(before)s")


class WeighingLapsed(WeighingEnded):
    sentence = _l("The buyer did not answer about the weight in time: %(total)s, before %(before)s")
