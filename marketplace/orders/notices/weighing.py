"""Letters about sums that follow the scale, and about the question it may raise."""

from __future__ import annotations

from typing import Any

from marketplace.deliveries import queries as deliveries
from marketplace.foundation import formats
from marketplace.foundation.words import _l
from marketplace.inbox.letters import letter
from marketplace.orders.events import OrderSumEvent
from marketplace.orders.models import Order, OrderWeighing
from marketplace.orders.notices.order import TEMPLATE, sample
from marketplace.orders.notices.post import post
from marketplace.orders.states import Side


def _sample() -> dict[str, Any]:
    return {**sample(), "who": "Nguyễn Thị Lan", "before": formats.vnd(1_125_000)}


for _kind, _subject, _sentence, _acts in (
    (
        "orders.weighed",
        _l("Order %(number)s is weighed: %(total)s"),
        _l("%(seller)s weighed your goods. You pay %(total)s; before the scale it was %(before)s."),
        (),
    ),
    (
        "orders.sent_less",
        _l("Order %(number)s: less is on its way"),
        _l("%(seller)s sends less than was agreed, so you pay less: %(total)s instead of %(before)s."),
        (),
    ),
    (
        "orders.weighing_asked",
        _l("Order %(number)s: please look at the weight"),
        _l("It weighs more or less than was agreed. The goods wait for your answer, before %(until)s."),
        ("orders.weighing",),
    ),
    (
        "orders.weighing_answered",
        _l("Order %(number)s: the goods may leave"),
        _l("%(who)s answered about the weight. The order is now %(total)s; before it was %(before)s."),
        ("deliveries.dispatch",),
    ),
    (
        "orders.weighing_lapsed",
        _l("Order %(number)s: nobody answered about the weight"),
        _l("The rule counts that was agreed: the order is now %(total)s; before it was %(before)s."),
        (),
    ),
):
    letter(_kind, subject=_subject, sentence=_sentence, template=TEMPLATE, sample=_sample, acts=_acts)


def weighed(order: Order, event: OrderSumEvent) -> None:
    _sum(order, event, Side.BUYER, "orders.weighed")


def sent_less(order: Order, event: OrderSumEvent) -> None:
    _sum(order, event, Side.BUYER, "orders.sent_less")


def asked(weighing: OrderWeighing) -> None:
    post(
        weighing.order,
        Side.BUYER,
        "orders.weighing_asked",
        path=f"/weighings/{weighing.ref}",
        key=str(weighing.id),
        about=weighing.id,
        answer_by=weighing.answer_by,
        until=formats.date_time(weighing.answer_by),
    )


def answered(order: Order, event: OrderSumEvent) -> None:
    """The cooperative may send the goods now, from the letter too."""
    going = deliveries.deliveries_of("order", order.id)
    _sum(order, event, Side.SELLER, "orders.weighing_answered", about=going[-1].id if going else None)


def lapsed(order: Order, event: OrderSumEvent) -> None:
    for side in (Side.BUYER, Side.SELLER):
        _sum(order, event, side, "orders.weighing_lapsed")


def _sum(order: Order, event: OrderSumEvent, side: Side, kind: str, **more: Any) -> None:
    """Each new sum is told once."""
    key = f"{order.id}:{len(order.weighings)}:{int(event.before)}:{int(event.total)}"
    post(order, side, kind, path="", key=key, who=side.other, before=formats.vnd(event.before), **more)
