"""Letters about complaints."""

from __future__ import annotations

from typing import Any

from marketplace.foundation import formats
from marketplace.foundation.words import _l, in_language
from marketplace.inbox.letters import letter
from marketplace.orders.models import Complaint
from marketplace.orders.notices.order import TEMPLATE, sample
from marketplace.orders.notices.post import post
from marketplace.orders.states import REMEDY_LABELS, Remedy, Side


def _sample() -> dict[str, Any]:
    told = {"who": "Nguyễn Thị Lan", "words": "Hai sọt bị dập", "remedy": str(REMEDY_LABELS[Remedy.REFUND])}
    return {**sample(), **told, "sum": formats.vnd(120_000)}


ACTS = {
    "orders.complaint_raised": ("orders.answer_complaint",),
    "orders.complaint_answered": ("orders.settle_complaint",),
}
for _kind, _subject, _sentence in (
    (
        "orders.complaint_raised",
        _l("Order %(number)s: a problem with the goods"),
        _l("%(who)s reports a problem. %(words)s Please answer before %(until)s."),
    ),
    (
        "orders.complaint_answered",
        _l("Order %(number)s: an answer to your complaint"),
        _l("%(who)s answered: %(remedy)s %(sum)s. %(words)s Please say whether you agree."),
    ),
    (
        "orders.complaint_settled",
        _l("Order %(number)s: the problem is settled"),
        _l("Both sides are done with it. What was agreed now counts."),
    ),
    (
        "orders.complaint_closed",
        _l("Order %(number)s: the complaint is closed"),
        _l("It ended without money or goods."),
    ),
    (
        "orders.complaint_withdrawn",
        _l("Order %(number)s: the complaint is taken back"),
        _l("%(who)s no longer complains."),
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


def raised(complaint: Complaint) -> None:
    _to(complaint, Side.SELLER, "orders.complaint_raised", Side.BUYER, words=complaint.words)


def answered(complaint: Complaint) -> None:
    answer = complaint.answer
    assert answer is not None, "answered a moment ago"
    with in_language(complaint.order.group.locale):
        remedy = str(REMEDY_LABELS[answer.remedy])
        money = formats.vnd(answer.amount) if answer.amount else ""
    told = {"remedy": remedy, "sum": money, "words": answer.words}
    _to(complaint, Side.BUYER, "orders.complaint_answered", Side.SELLER, **told)


def settled(complaint: Complaint) -> None:
    for side in (Side.BUYER, Side.SELLER):
        _to(complaint, side, "orders.complaint_settled", Side.BUYER)


def closed(complaint: Complaint) -> None:
    for side in (Side.BUYER, Side.SELLER):
        _to(complaint, side, "orders.complaint_closed", Side.BUYER)


def withdrawn(complaint: Complaint) -> None:
    _to(complaint, Side.SELLER, "orders.complaint_withdrawn", Side.BUYER)


def _to(complaint: Complaint, side: Side, kind: str, who: Side, **more: Any) -> None:
    post(
        complaint.order,
        side,
        kind,
        path=f"/complaints/{complaint.ref}",
        key=str(complaint.id),
        who=who,
        answer_by=complaint.answer_by,
        about=complaint.id,
        **{"words": "", "until": formats.date_time(complaint.answer_by), **more},
    )
