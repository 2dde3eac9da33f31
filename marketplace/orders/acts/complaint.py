"""Answering a complaint by a link, and agreeing to the answer."""

from __future__ import annotations

from typing import Any

from marketplace.foundation import formats
from marketplace.foundation.money import Money
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _, _l
from marketplace.inbox.acts import Facts, act
from marketplace.orders import policies, queries, services
from marketplace.orders.forms import complaint_answer_form
from marketplace.orders.models import Complaint, ComplaintAnswer
from marketplace.orders.seat import Seat
from marketplace.orders.services.answer import PURPOSE
from marketplace.orders.states import COMPLAINT_LABELS, FAULT_LABELS, REMEDY_LABELS, Remedy, Side
from marketplace.payments import queries as payments


def _seller(complaint: Complaint) -> Seat:
    return Seat(complaint.order, Side.SELLER)


def _buyer(complaint: Complaint) -> Seat:
    return Seat(complaint.order, Side.BUYER)


def _reported(complaint: Complaint) -> Facts:
    """What the cooperative is told: which goods, what is wrong, what they cost. Photos are on the market's page."""
    order = complaint.order
    title = _(
        "%(who)s reports a problem with order %(number)s", who=order.group.buyer_name, number=order.number
    )
    return _facts(complaint, title, _goods(complaint), f"/desk/orders/{order.number}")


def _answered(complaint: Complaint) -> Facts:
    order, answer = complaint.order, complaint.answer
    title = _("%(who)s answered your complaint", who=order.cooperative.name)
    rows = [*_goods(complaint), *(_offer(answer, complaint) if answer else [])]
    return _facts(complaint, title, rows, f"/orders/{order.ref}")


def _facts(complaint: Complaint, title: str, rows: list[tuple[str, str]], place: str) -> Facts:
    return Facts(
        title=title,
        rows=[(name, value) for name, value in rows if value],
        stands=str(COMPLAINT_LABELS[complaint.state]),
        url=f"{place}/complaints/{complaint.ref}",
    )


def _goods(complaint: Complaint) -> list[tuple[str, str]]:
    wrong = [
        f"{formats.amount(row.quantity, row.line.unit, locale())} {row.line.name}: {FAULT_LABELS[row.fault]}"
        for row in complaint.lines
    ]
    photos = _("%(count)s, on the page of the order", count=len(complaint.photos)) if complaint.photos else ""
    return [
        (_("Goods"), "\n".join(wrong)),
        (_("What the buyer writes"), complaint.words),
        (_("Photos"), photos),
        (_("These goods cost"), formats.vnd(complaint.worth, locale())),
    ]


def _offer(answer: ComplaintAnswer, complaint: Complaint) -> list[tuple[str, str]]:
    money = formats.vnd(answer.amount, locale()) if answer.gives_money else ""
    again = [
        f"{formats.amount(row.again, row.line.unit, locale())} {row.line.name}"
        for row in complaint.lines
        if row.again
    ]
    offered = [str(REMEDY_LABELS[answer.remedy]), money, *again]
    return [
        (_("The cooperative offers"), "\n".join(part for part in offered if part)),
        (_("What they write"), answer.words),
    ]


def _form(complaint: Complaint) -> Any:
    charge = payments.charge_for(PURPOSE, complaint.order_id)
    return complaint_answer_form(complaint, charge.open_amount if charge else Money(0))


def _answer(complaint: Complaint, form: Any, by: Any, once: str) -> Any:
    services.answer_complaint(
        complaint=complaint,
        remedy=Remedy(form.remedy.data),
        amount=form.amount.data or Money(0),
        again=form.again(complaint),
        words=form.words.data or "",
        by=by,
    )
    return _l("Answered. The buyer says whether that is fine.")


def _content(complaint: Complaint, form: Any, by: Any, once: str) -> Any:
    services.accept_answer(complaint=complaint, by=by)
    return _l("Thank you. That settles it.")


BOTH: dict[str, Any] = {"load": queries.complaint_by_id, "until": lambda complaint: complaint.answer_by}

act(
    name="orders.answer_complaint",
    button=_l("Answer the complaint"),
    last_word=_l("Send this answer"),
    sees=lambda user, complaint: policies.sits_as_seller(user, _seller(complaint)),
    may=lambda user, complaint: policies.can_answer_complaint(user, _seller(complaint), complaint),
    facts=_reported,
    form=_form,
    do=_answer,
    **BOTH,
)
act(
    name="orders.settle_complaint",
    button=_l("That is fine with me"),
    sees=lambda user, complaint: policies.sits_as_buyer(user, _buyer(complaint)),
    may=lambda user, complaint: policies.can_settle_complaint(user, _buyer(complaint), complaint),
    facts=_answered,
    do=_content,
    **BOTH,
)
