"""Letters about purchases above a limit."""

from __future__ import annotations

from typing import Any

from marketplace.accounts.states import OrganisationKind
from marketplace.buyers import queries as buyers
from marketplace.foundation import formats
from marketplace.foundation.words import _l, in_language
from marketplace.inbox.letters import letter, topic
from marketplace.inbox.services import tell
from marketplace.orders.models import PurchaseRequest


def _sample() -> dict[str, Any]:
    return {
        "who": "Bùi Thị Hạnh",
        "company": "Siêu thị BigMart",
        "total": formats.vnd(7_260_000),
        "goods": "Cà rốt Đồng Lạc 500 kg, Hành củ Kinh Môn 40 kg",
        "until": "20:00 24/11/2026",
        "director": "Lê Quang Huy",
        "words": "Tuần này kho còn nhiều, xin lấy một nửa.",
    }


topic(
    "purchases",
    _l("Purchases to approve"),
    _l("What somebody of your organisation wants to buy above their limit, and the answers."),
    order=15,
    shown=lambda person: bool(person.organisations(OrganisationKind.BUYER)),
)
letter(
    "purchases.asked",
    subject=_l("%(who)s asks to buy for %(total)s"),
    sentence=_l(
        "For %(company)s: %(goods)s. Nothing is sent before you approve; please answer before %(until)s."
    ),
    sample=_sample,
    acts=("orders.approve_purchase", "orders.decline_purchase"),
)
letter(
    "purchases.approved",
    subject=_l("Approved: your purchase for %(total)s"),
    sentence=_l("%(director)s approved it and the order is sent: %(goods)s. The cooperatives answer next."),
    sample=_sample,
)
letter(
    "purchases.declined",
    subject=_l("Not approved: your purchase for %(total)s"),
    sentence=_l("%(director)s writes: “%(words)s” The goods are in your cart again."),
    sample=_sample,
)
letter(
    "purchases.lapsed",
    subject=_l("Nobody answered: your purchase for %(total)s"),
    sentence=_l("Nobody approved it in time, so nothing was ordered: %(goods)s."),
    sample=_sample,
)


def asked(request: PurchaseRequest) -> None:
    for person in buyers.approvers(request.organisation_id, request.person_id):
        _tell("purchases.asked", request, person.id, person.locale, until=True)


def approved(request: PurchaseRequest) -> None:
    _tell("purchases.approved", request, request.person_id, request.locale)


def declined(request: PurchaseRequest) -> None:
    _tell("purchases.declined", request, request.person_id, request.locale)


def lapsed(request: PurchaseRequest) -> None:
    _tell("purchases.lapsed", request, request.person_id, request.locale)


def _tell(kind: str, request: PurchaseRequest, person_id: int, language: str, *, until: bool = False) -> None:
    tell(
        kind=kind,
        person_id=person_id,
        url=f"/account/company/requests/{request.ref}",
        key=f"{kind}:{request.id}",
        about=request.id,
        answer_by=request.answer_by if until else None,
        **_values(request, language),
    )


def _values(request: PurchaseRequest, language: str) -> dict[str, Any]:
    with in_language(language):
        goods = [
            f"{line.name} {formats.amount(line.quantity, line.unit, language)}" for line in request.lines
        ]
    return {
        "who": request.person.name,
        "company": request.organisation.name,
        "total": formats.vnd(request.total),
        "goods": ", ".join(goods),
        "until": formats.date_time(request.answer_by),
        "director": request.answered_by.name if request.answered_by else "",
        "words": request.answer_words,
    }
