"""Programmes for members: courses and study tours, loans."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from flask import Flask

from marketplace.cooperatives import policies as cooperative_policies
from marketplace.cooperatives import queries as cooperatives
from marketplace.foundation import formats
from marketplace.foundation.area import Area, Place
from marketplace.foundation.money import Money
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _, _l
from marketplace.places import queries as places
from marketplace.programmes import calling, policies, queries
from marketplace.programmes.states import (
    CHECK_LABELS,
    COURSE_KIND_LABELS,
    COURSE_LABELS,
    COURSE_TONES,
    FUND_LABELS,
    LOAN_LABELS,
    LOAN_TONES,
    MOVEMENT_LABELS,
    VERDICT_LABELS,
    VERDICT_TONES,
)
from marketplace.programmes.states.advice import ADVICE_LABELS
from marketplace.programmes.states.cost import FUNDER_LABELS
from marketplace.programmes.states.fund import CheckKind
from marketplace.selection.purposes import KINDS
from marketplace.selection.states import Purpose


def install(app: Flask) -> None:
    assert KINDS[Purpose.COURSE] is calling.KIND, "courses are known to selection"
    app.jinja_env.filters.update(
        course_kind=COURSE_KIND_LABELS.get,
        course_state=COURSE_LABELS.get,
        course_tone=COURSE_TONES.get,
        course_hours=lambda pair: formats.hours(*pair),
        unit_called=places.called,
        loan_label=LOAN_LABELS.get,
        loan_tone=LOAN_TONES.get,
        loan_movement=MOVEMENT_LABELS.get,
        fund_kind=FUND_LABELS.get,
        fund_check=CHECK_LABELS.get,
        fund_verdict=VERDICT_LABELS.get,
        fund_verdict_tone=VERDICT_TONES.get,
        fund_figure=_figure,
        advice_matter=ADVICE_LABELS.get,
        course_funder=FUNDER_LABELS.get,
        hours_of=_hours,
    )


def _figure(value: Any, measure: CheckKind) -> str:
    """A share in per cent, a debt in đồng."""
    if measure is CheckKind.BAD_DEBT:
        return formats.vnd(Money(int(value)), locale())
    return formats.percent(value, locale())


def _hours(minutes: int) -> str:
    """1,5 giờ."""
    hours = (Decimal(minutes) / 60).quantize(Decimal("0.1"))
    return _("%(hours)s hours", hours=formats.number(hours, locale()))


def _falling_due(user: Any) -> int:
    """Loans of this person's cooperative with a repayment overdue."""
    cooperative = cooperatives.desk_cooperative(user)
    return queries.loan.count_overdue(cooperative.id) if cooperative is not None else 0


area = Area(
    package="marketplace.programmes",
    blueprints=[
        "views.public:bp",
        "views.desk:bp",
        "views.office:bp",
        "views.choosing:bp",
        "views.fund:bp",
        "views.evaluation:bp",
        "views.evaluation:office",
        "views.advice:bp",
        "views.loan:desk",
        "views.loan:office",
    ],
    converters={
        "course": "converters.course:ShownCourse",
        "any_course": "converters.course:AnyCourse",
        "advice": "converters.advice:AnyAdvice",
        "any_loan": "converters.loan:AnyLoan",
        "loan_fund": "converters.loan:AnyFund",
        "loan_movement": "converters.loan:AnyMovement",
        "own_loan": "converters.loan:OwnLoan",
    },
    navigation=[
        Place(
            "desk_more",
            _l("Courses and study tours"),
            "desk_courses.list",
            "people",
            order=47,
            shown=cooperative_policies.has_desk,
            group="showing",
        ),
        Place(
            "office",
            _l("Courses and study tours"),
            "office_courses.list",
            "people",
            order=27,
            shown=policies.keeps_courses,
            group="programmes",
        ),
        Place(
            "office",
            _l("Advice and legal help"),
            "office_advice.list",
            "chat",
            order=28,
            shown=policies.gives_advice,
            queue=queries.advice.waiting_ids,
            group="programmes",
        ),
        Place(
            "office",
            _l("Loans"),
            "office_loans.list",
            "money",
            order=56,
            shown=policies.keeps_capital,
            queue=queries.loan.waiting_ids,
            group="programmes",
            holds="/office/loan-funds",
        ),
        Place(
            "desk_more",
            _l("Loans"),
            "desk_loans.list",
            "money",
            order=66,
            shown=policies.asks_for_loans,
            badge=_falling_due,
            group="showing",
        ),
    ],
    install="area:install",
)
