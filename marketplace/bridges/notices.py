"""What we write about deals that began at a fair."""

from __future__ import annotations

from typing import Any

from marketplace.accounts import queries as accounts
from marketplace.accounts.models import Person
from marketplace.accounts.states import Desk, OrganisationKind
from marketplace.bridges.models import DealObjection, LoanEvidence
from marketplace.bridges.queries.path import sellers_of
from marketplace.fairs.models import FairLead
from marketplace.foundation import formats
from marketplace.foundation.words import _l
from marketplace.inbox.letters import letter, topic
from marketplace.inbox.services import Contact, tell


def _sample() -> dict[str, Any]:
    return {
        "fair": "Hội chợ Nông sản Xứ Đông 2026",
        "seller": "HTX Dịch vụ nông nghiệp Đồng Lạc",
        "day": "18/12/2026",
        "words": "Hai bên quen nhau từ trước",
    }


def _trades(person: Person) -> bool:
    return bool(
        person.organisations(OrganisationKind.COOPERATIVE) or person.organisations(OrganisationKind.BUYER)
    )


topic(
    "deals",
    _l("Deals from fairs"),
    _l("A deal is counted for a fair, or no longer."),
    order=62,
    shown=_trades,
)
letter(
    "deals.invited",
    subject=_l("%(seller)s met you at %(fair)s"),
    sentence=_l(
        "You talked on %(day)s. Behind this link you can say what you would like to buy, how much and when: "
        "cooperatives answer with prices."
    ),
    sample=_sample,
)
letter(
    "deals.doubted",
    subject=_l("An objection to look at: %(fair)s"),
    sentence=_l("A party says that a deal did not begin at this fair: %(words)s"),
    sample=_sample,
)
letter(
    "deals.answered",
    subject=_l("The alliance looked at the objection: %(fair)s"),
    sentence=_l("%(words)s"),
    sample=_sample,
)


def invited(lead: FairLead, path: str) -> None:
    """To the mailbox that was given at the stand."""
    tell(
        kind="deals.invited",
        url=path,
        key=f"deals.invited:{lead.id}",
        contact=Contact(name=lead.name, email=lead.email, locale="vi"),
        fair=lead.stand.fair.name_vi,
        seller=lead.stand.application.cooperative.name,
        day=formats.date(lead.met_on, "vi"),
    )


def doubted(objection: DealObjection) -> None:
    """To all officers."""
    path = objection.path
    tell(
        kind="deals.doubted",
        url=f"/office/deals/{path.ref}",
        key=f"deals.doubted:{objection.id}",
        officers=True,
        fair=path.fair.name_vi,
        words=objection.words,
    )


def answered(objection: DealObjection) -> None:
    """To both sides."""
    path = objection.path
    if path.need is not None:
        _answer(objection, path.need.organisation_id, f"/buyer/deals/{path.ref}")
    if path.contract is not None:
        _answer(objection, path.contract.buyer_id, f"/buyer/deals/{path.ref}")
    for seller in sellers_of(path):
        _answer(objection, seller.organisation_id, f"/desk/deals/{path.ref}")


def _answer(objection: DealObjection, organisation_id: int, url: str) -> None:
    tell(
        kind="deals.answered",
        url=url,
        key=f"deals.answered:{objection.id}:{organisation_id}",
        organisation_id=organisation_id,
        fair=objection.path.fair.name_vi,
        words=objection.answer,
    )


letter(
    "loans.evidence",
    subject=_l("%(seller)s lets you read its contracts for its loan"),
    sentence=_l("In figures, until %(day)s, for this purpose: %(words)s"),
    sample=_sample,
)


def evidence_given(given: LoanEvidence) -> None:
    """To the finance desk."""
    for person in accounts.officers_at(Desk.FINANCE):
        tell(
            kind="loans.evidence",
            person_id=person.id,
            url=f"/office/loans/{given.loan.ref}/evidence",
            key=f"loans.evidence:{given.id}",
            seller=given.loan.cooperative.called,
            day=formats.date(given.until),
            words=given.purpose,
        )
