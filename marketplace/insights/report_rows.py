"""What a row behind a figure of a report is called, what it counts, and where it is kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for
from sqlalchemy.orm import joinedload

from marketplace.cooperatives.models import Cooperative
from marketplace.cooperatives.states import KIND_LABELS
from marketplace.fairs.models import Fair, Stand
from marketplace.foundation import formats
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import pick
from marketplace.helping.models import AllianceComplaint
from marketplace.helping.states import COMPLAINT_LABELS, TOPIC_LABELS
from marketplace.linkage.models import Contract
from marketplace.programmes.models import Course, CourseApplication, Loan, LoanMovement, Participant
from marketplace.registry.models import AllianceMembership, AnnualReport, LifeEvent
from marketplace.registry.states import LIFE_LABELS
from marketplace.selection.models import Application
from marketplace.support.models import SupportClaim, SupportGrant, SupportPayment


@dataclass(frozen=True)
class Told:
    """A row in words. Without `url` there is no page of its own."""

    name: str
    detail: str
    url: str = ""


@dataclass(frozen=True)
class Teller:
    """How rows of a table are told; `options` load what that needs at once."""

    tell: Callable[[Any], Told]
    options: Sequence[Any] = ()


def _date(day: Any) -> str:
    return formats.date(day, locale()) if day is not None else ""


def _money(amount: Any) -> str:
    return formats.vnd(amount, locale()) if amount is not None else ""


def _joined(*parts: Any) -> str:
    return " · ".join(str(part) for part in parts if part)


def _member(member: Cooperative) -> str:
    return url_for("office_members.one", member=member)


def _cooperative(row: Cooperative) -> Told:
    return Told(row.called, str(KIND_LABELS[row.kind]), _member(row))


def _life(row: LifeEvent) -> Told:
    return Told(
        row.cooperative.called, _joined(LIFE_LABELS[row.kind], _date(row.day)), _member(row.cooperative)
    )


def _membership(row: AllianceMembership) -> Told:
    days = f"{_date(row.joined_on)} – {_date(row.left_on)}" if row.left_on else _date(row.joined_on)
    return Told(row.cooperative.called, days, _member(row.cooperative))


def _contract(row: Contract) -> Told:
    days = formats.day_span(row.from_day, row.until_day, locale()) if row.from_day and row.until_day else ""
    name = _joined(row.number, row.cooperative.called, row.buyer.name)
    return Told(name, _joined(_date(row.signed_on), days, _money(row.value)), _member(row.cooperative))


def _fair(row: Fair) -> Told:
    days = formats.day_span(row.first_day, row.last_day, locale())
    return Told(pick(row.name_vi, row.name_en), days, url_for("office_fairs.show", fair=row))


def _stand(row: Stand) -> Told:
    return Told(
        row.application.cooperative.called,
        pick(row.fair.name_vi, row.fair.name_en),
        url_for("office_fairs.show", fair=row.fair),
    )


def _course(row: Course) -> Told:
    days = formats.day_span(row.first_day, row.last_day, locale())
    return Told(pick(row.name_vi, row.name_en), days, url_for("office_courses.show", course=row))


def _participant(row: Participant) -> Told:
    return Told(
        row.name,
        _joined(
            row.asked.application.cooperative.called, pick(row.asked.course.name_vi, row.asked.course.name_en)
        ),
        url_for("office_courses.show", course=row.asked.course),
    )


def _loan(row: Loan) -> Told:
    granted = _joined(_date(row.granted_on), _money(row.granted_amount))
    return Told(
        row.cooperative.called,
        _joined(_date(row.asked_on), _money(row.asked_amount), granted),
        url_for("office_loans.show", loan=row),
    )


def _movement(row: LoanMovement) -> Told:
    return Told(
        row.loan.cooperative.called,
        _joined(_date(row.day), _money(row.amount)),
        url_for("office_loans.show", loan=row.loan),
    )


def _payment(row: SupportPayment) -> Told:
    return Told(
        row.claim.grant.cooperative.called,
        _joined(_date(row.day), _money(row.amount), row.bank_reference),
        url_for("office_support.claim", claim=row.claim),
    )


def _complaint(row: AllianceComplaint) -> Told:
    """Complaints are confidential: whose it is, its own page tells whoever may read it."""
    return Told(
        str(TOPIC_LABELS[row.topic]),
        _joined(formats.date(row.received_at, locale()), COMPLAINT_LABELS[row.state]),
        url_for("office_complaints.show", any_complaint=row),
    )


def _report(row: AnnualReport) -> Told:
    return Told(row.cooperative.called, str(row.year), url_for("office_reports.show", report=row))


TELLERS: dict[type, Teller] = {
    Cooperative: Teller(_cooperative),
    LifeEvent: Teller(_life, (joinedload(LifeEvent.cooperative),)),
    AllianceMembership: Teller(_membership, (joinedload(AllianceMembership.cooperative),)),
    Contract: Teller(_contract, (joinedload(Contract.cooperative), joinedload(Contract.buyer))),
    Fair: Teller(_fair),
    Stand: Teller(
        _stand, (joinedload(Stand.fair), joinedload(Stand.application).joinedload(Application.cooperative))
    ),
    Course: Teller(_course),
    Participant: Teller(
        _participant,
        (
            joinedload(Participant.asked).joinedload(CourseApplication.course),
            joinedload(Participant.asked)
            .joinedload(CourseApplication.application)
            .joinedload(Application.cooperative),
        ),
    ),
    Loan: Teller(_loan, (joinedload(Loan.cooperative),)),
    LoanMovement: Teller(_movement, (joinedload(LoanMovement.loan).joinedload(Loan.cooperative),)),
    SupportPayment: Teller(
        _payment,
        (
            joinedload(SupportPayment.claim)
            .joinedload(SupportClaim.grant)
            .joinedload(SupportGrant.cooperative),
        ),
    ),
    AllianceComplaint: Teller(_complaint),
    AnnualReport: Teller(_report, (joinedload(AnnualReport.cooperative),)),
}
