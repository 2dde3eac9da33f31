"""Letters about changes after both sides agreed."""

from __future__ import annotations

from typing import Any

from marketplace.foundation import formats
from marketplace.foundation.words import _l
from marketplace.inbox.letters import letter
from marketplace.orders.models import OrderChange
from marketplace.orders.notices.order import TEMPLATE, sample
from marketplace.orders.notices.post import post
from marketplace.orders.states import Side


def _sample() -> dict[str, Any]:
    return {**sample(), "who": "Nguyễn Thị Lan", "words": "Nhà có thêm khách"}


ACTS = {"orders.change_proposed": ("orders.accept_change", "orders.decline_change")}
for _kind, _subject, _sentence in (
    (
        "orders.change_proposed",
        _l("Order %(number)s: a change is proposed"),
        _l("%(who)s would like to change the order. %(words)s Please answer before %(until)s."),
    ),
    (
        "orders.change_accepted",
        _l("Order %(number)s is changed"),
        _l("%(who)s agreed to your change. The new total is %(total)s."),
    ),
    (
        "orders.change_declined",
        _l("Order %(number)s stays as it is"),
        _l("%(who)s did not agree to your change. %(words)s"),
    ),
    (
        "orders.change_withdrawn",
        _l("Order %(number)s stays as it is"),
        _l("%(who)s took the proposed change back."),
    ),
    (
        "orders.change_lapsed",
        _l("Order %(number)s stays as it is"),
        _l("The proposed change was not answered in time and no longer counts."),
    ),
):
    letter(
        _kind,
        subject=_subject,
        sentence=_sentence,
        template=TEMPLATE,
        sample=_sample,
        acts=ACTS.get(_kind, ()),
    )


def proposed(change: OrderChange) -> None:
    _to(change, change.side.other, "orders.change_proposed", change.side, words=change.words)


def accepted(change: OrderChange) -> None:
    _to(change, change.side, "orders.change_accepted", change.side.other)


def declined(change: OrderChange) -> None:
    _to(change, change.side, "orders.change_declined", change.side.other, words=change.answer_words)


def withdrawn(change: OrderChange) -> None:
    _to(change, change.side.other, "orders.change_withdrawn", change.side)


def lapsed(change: OrderChange) -> None:
    for side in (change.side, change.side.other):
        _to(change, side, "orders.change_lapsed", change.side)


def _to(change: OrderChange, side: Side, kind: str, who: Side, words: str = "") -> None:
    post(
        change.order,
        side,
        kind,
        path=f"/changes/{change.ref}",
        key=str(change.id),
        who=who,
        words=words,
        until=formats.date_time(change.answer_by),
        answer_by=change.answer_by,
        about=change.id,
    )
