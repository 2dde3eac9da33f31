"""Letters about disputes: to both sides, and to the alliance."""

from __future__ import annotations

from typing import Any

from marketplace.foundation import formats
from marketplace.foundation.words import _l
from marketplace.inbox.letters import letter
from marketplace.orders.events import DisputeEvent
from marketplace.orders.models import Dispute
from marketplace.orders.notices.order import TEMPLATE, sample
from marketplace.orders.notices.post import post
from marketplace.orders.states import SIDES, Side


def _sample() -> dict[str, Any]:
    told = {"who": "Nguyễn Thị Lan", "words": "", "sum": formats.vnd(120_000)}
    return {**sample(), **told, "decide_by": "20:00 30/11/2026"}


for _kind, _subject, _sentence in (
    (
        "orders.dispute_raised",
        _l("Order %(number)s: the alliance is asked"),
        _l("%(who)s asked the alliance to mediate. %(words)s Please tell your view before %(until)s."),
    ),
    (
        "orders.dispute_to_mediate",
        _l("Dispute about order %(number)s"),
        _l("%(who)s asked the alliance to mediate. %(words)s To be decided before %(decide_by)s."),
    ),
    (
        "orders.dispute_heard",
        _l("Dispute about order %(number)s: both sides are heard"),
        _l("%(who)s told its view. %(words)s"),
    ),
    (
        "orders.dispute_mediated",
        _l("Order %(number)s: the alliance proposes"),
        _l("The alliance proposes to take %(sum)s off. %(words)s Please say whether you agree."),
    ),
    (
        "orders.dispute_rejected",
        _l("Dispute about order %(number)s: no agreement yet"),
        _l("%(who)s did not agree to the proposal. %(words)s"),
    ),
    (
        "orders.dispute_decided",
        _l("Order %(number)s: the dispute is decided"),
        _l("%(sum)s are taken off. %(words)s"),
    ),
    (
        "orders.dispute_done",
        _l("Order %(number)s: the decision is carried out"),
        _l("%(sum)s were taken off. What was paid too much is to be paid back."),
    ),
    (
        "orders.dispute_withdrawn",
        _l("Order %(number)s: the dispute is over"),
        _l("%(who)s no longer needs the alliance."),
    ),
    (
        "orders.dispute_timed_out",
        _l("Order %(number)s: the dispute is over"),
        _l("Its time is over. Who said nothing in time is wrong: %(who)s is right."),
    ),
):
    letter(_kind, subject=_subject, sentence=_sentence, template=TEMPLATE, sample=_sample)


def raised(dispute: Dispute, event: DisputeEvent) -> None:
    words = dispute.statements[0].words
    _to(dispute, dispute.side.other, "orders.dispute_raised", event, words=words)
    _to(dispute, Side.ALLIANCE, "orders.dispute_to_mediate", event, words=words)


def heard(dispute: Dispute, event: DisputeEvent) -> None:
    _to(dispute, Side.ALLIANCE, "orders.dispute_heard", event)


def mediated(dispute: Dispute, event: DisputeEvent) -> None:
    for side in SIDES:
        _to(dispute, side, "orders.dispute_mediated", event)


def rejected(dispute: Dispute, event: DisputeEvent) -> None:
    _to(dispute, Side.ALLIANCE, "orders.dispute_rejected", event)


def decided(dispute: Dispute, event: DisputeEvent) -> None:
    for side in SIDES:
        _to(dispute, side, "orders.dispute_decided", event)


def done(dispute: Dispute, event: DisputeEvent) -> None:
    _to(dispute, Side.BUYER, "orders.dispute_done", event)


def withdrawn(dispute: Dispute, event: DisputeEvent) -> None:
    for side in (dispute.side.other, Side.ALLIANCE):
        _to(dispute, side, "orders.dispute_withdrawn", event)


def timed_out(dispute: Dispute, event: DisputeEvent) -> None:
    for side in (*SIDES, Side.ALLIANCE):
        _to(dispute, side, "orders.dispute_timed_out", event)


def _to(dispute: Dispute, side: Side, kind: str, event: DisputeEvent, words: str | None = None) -> None:
    """What an event tells is told on: its words, its sum, who acted."""
    told = event.data()
    post(
        dispute.order,
        side,
        kind,
        path=f"/disputes/{dispute.ref}",
        key=f"{dispute.id}:{len(dispute.statements)}",
        who=Side(event.side),
        words=told.get("words", "") if words is None else words,
        sum=formats.vnd(told.get("amount", 0)),
        until=formats.date_time(dispute.answer_by),
        answer_by=dispute.answer_by,
        decide_by=formats.date_time(dispute.decide_by),
    )
