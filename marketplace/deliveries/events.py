"""Facts of hand-over."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from marketplace.foundation import formats
from marketplace.foundation.events import Event
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _l


class DeliveryEvent(Event):
    """About one delivery; `order_id` is its source when that is an order."""

    delivery_id: int
    source_kind: str
    source_id: int
    order_id: int | None = None
    sentence = _l("Delivery")
    about = {"delivery": "delivery_id", "order": "order_id"}


class DeliveryPlanned(DeliveryEvent):
    sentence = _l("Delivery planned")


class DeliveryReplanned(DeliveryEvent):
    sentence = _l("The delivery follows what was agreed anew")


class DeliveryPacked(DeliveryEvent):
    sentence = _l("Goods packed")


class DeliveryUnpacked(DeliveryEvent):
    sentence = _l("The boxes were opened again, to be packed anew")


class DeliveryWeighed(DeliveryEvent):
    """`goods` is (name, how many, of which unit, kilograms) of each line that was on the scale."""

    goods: list[list[str]]
    sentence = _l("Weighed: %(told)s")

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        told = [_weighed(*each) for each in data["goods"]]
        return {**data, "told": ", ".join(told)}


class DeliveryDispatched(DeliveryEvent):
    sentence = _l("Goods are on their way")


class DeliveryReceived(DeliveryEvent):
    how: str
    less: bool
    sentence = _l("Goods received (%(how)s). %(less)s")

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        from marketplace.deliveries.states import HOW_LABELS, ReceivedHow

        less = str(_l("Less arrived than was sent.")) if data["less"] else ""
        return {**data, "how": str(HOW_LABELS[ReceivedHow(data["how"])]), "less": less}


class DeliveryCancelled(DeliveryEvent):
    sentence = _l("The delivery was called off")


def _weighed(name: str, count: str, unit: str, kg: str) -> str:
    weight = formats.weight(Decimal(kg), locale())
    much = "" if unit == "kg" else f" {formats.amount(Decimal(count), unit, locale())} ="
    return f"{name}{much} {weight}"


class PointShareEvent(Event):
    """About a pick-up point that one cooperative wants to use at another's."""

    share_id: int
    cooperative_id: int
    owner_id: int
    point: str
    sentence = _l("Shared pick-up point")
    about = {"cooperative": "cooperative_id"}


class PointShareAsked(PointShareEvent):
    sentence = _l("Asked to hand over at the pick-up point %(point)s")


class PointShared(PointShareEvent):
    sentence = _l("May hand over at the pick-up point %(point)s")


class PointShareDeclined(PointShareEvent):
    sentence = _l("May not hand over at the pick-up point %(point)s")


class PointShareEnded(PointShareEvent):
    sentence = _l("No longer hands over at the pick-up point %(point)s")


class PointCutOffSet(PointShareEvent):
    sentence = _l("Chose until when to order for the pick-up point %(point)s")


class RoundEvent(Event):
    """About one collection round."""

    round_id: int
    sentence = _l("Round")
    about = {"round": "round_id"}


class RoundPlanned(RoundEvent):
    sentence = _l("The round was planned")


class RoundChanged(RoundEvent):
    sentence = _l("The round was changed")


class RoundDeparted(RoundEvent):
    sentence = _l("The truck left")


class RoundStopEvent(RoundEvent):
    """About one of its stops, by its place in the row; `collected`: goods are taken on there."""

    stop: int
    collected: bool
    sentence = _l("Stop %(stop)s")

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        done = _l("goods taken on") if data["collected"] else _l("goods put down")
        return {**data, "collected": str(done)}


class RoundStopDone(RoundStopEvent):
    sentence = _l("Stop %(stop)s: %(collected)s")


class RoundStopTakenBack(RoundStopEvent):
    sentence = _l("Stop %(stop)s was ticked by mistake, and that was taken back: %(collected)s")


class RoundFinished(RoundEvent):
    sentence = _l("Everything was brought; the round is over")


class RoundCancelled(RoundEvent):
    sentence = _l("The round does not run")


class GoodsOnRound(RoundEvent):
    """A delivery goes with a round."""

    delivery_id: int
    number: str
    sentence = _l("%(number)s goes with a round")
    about = {"round": "round_id", "delivery": "delivery_id"}


class GoodsOffRound(RoundEvent):
    delivery_id: int
    number: str
    why: str
    sentence = _l("%(number)s no longer goes with the round. %(why)s")
    about = {"round": "round_id", "delivery": "delivery_id"}

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        from marketplace.deliveries.states import OFF_LABELS, OffRound

        return {**data, "why": str(OFF_LABELS[OffRound(data["why"])])}
