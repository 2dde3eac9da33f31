"""Writing about an order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from marketplace import config
from marketplace.foundation.events import announce, id_of
from marketplace.inbox import services as inbox
from marketplace.inbox.models import Message, MessageReport
from marketplace.inbox.states import Side
from marketplace.orders.events import AllianceAsked, MessageReported
from marketplace.orders.models import Order
from marketplace.orders.thread import KIND


def say(*, order: Order, side: Side, words: str, files: Sequence[Any] = (), once: str, by: Any) -> Message:
    """One side writes to the other. Raises Refusal when there is nothing to send."""
    talk = inbox.thread_for(subject_kind=KIND, subject_id=order.id)
    return inbox.write(
        thread=talk, side=side, name=_name(order, side, by), words=words, files=files, once=once, by=by
    )


def ask_alliance(*, order: Order, by: Any) -> None:
    """Either side asks the alliance to read along and help. Raises Refusal the second time."""
    inbox.ask_alliance_in(thread=inbox.thread_for(subject_kind=KIND, subject_id=order.id))
    announce(AllianceAsked(order_id=order.id, actor_id=id_of(by)))


def let_alliance_in(*, order: Order) -> None:
    """Who mediates reads along and may write, unless it does already."""
    talk = inbox.thread_for(subject_kind=KIND, subject_id=order.id)
    if talk.alliance_since is None:
        inbox.ask_alliance_in(thread=talk)


def report(*, order: Order, message: Message, side: Side, words: str, by: Any) -> None:
    """This message is wrong: the alliance looks at it. Raises Refusal for one's own."""
    inbox.report(message=message, side=side, words=words, by=by)
    announce(MessageReported(order_id=order.id, actor_id=id_of(by)))


def close_report(*, report: MessageReport, by: Any) -> None:
    inbox.close_report(report=report, by=by)


def _name(order: Order, side: Side, by: Any) -> str:
    """Under which name it stands: never a phone number or an address."""
    if side is Side.ALLIANCE:
        return config.current().alliance_name
    if side is Side.SELLER:
        return f"{by.name}, {order.cooperative.called}"
    return by.name if by is not None else order.group.buyer_name
