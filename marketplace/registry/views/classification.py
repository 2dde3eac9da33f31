"""Grades: the own score on the desk; lists, checks and decisions at the office."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from flask import Blueprint, abort, request

from marketplace.cooperatives.models import Cooperative
from marketplace.foundation import clock, formats
from marketplace.foundation.audit import history_of
from marketplace.foundation.db import transaction
from marketplace.foundation.sheets import send_sheet
from marketplace.foundation.web import Form, allow, flash, person, redirect_to, render
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _, _l
from marketplace.places import queries as places
from marketplace.registry import deadlines, figures, grading, policies, queries, services
from marketplace.registry.forms.classification import DecisionForm, ReasonForm, score_form
from marketplace.registry.models import Classification, ClassificationDecision
from marketplace.registry.queries.classification import Outcome
from marketplace.registry.states import (
    CASE_LABELS,
    CASE_TONES,
    EXCLUSION_LABELS,
    GRADE_LABELS,
    SIZE_LABELS,
    CaseState,
    Grade,
    Size,
)
from marketplace.registry.views import asked

desk = Blueprint("desk_classification", __name__, url_prefix="/desk/classification")
office = Blueprint("office_classification", f"{__name__}.office", url_prefix="/office/classification")
YEARS = 6
AT_ONCE = 300
OUTCOME_LABELS = {
    **{Outcome(str(grade)): label for grade, label in GRADE_LABELS.items()},
    Outcome.EXCLUDED: _l("Not graded by the rules"),
    Outcome.CHECKED: CASE_LABELS[CaseState.CHECKED],
    Outcome.SCORED: CASE_LABELS[CaseState.SCORED],
    Outcome.NONE: _l("Nothing yet"),
}
OUTCOME_TONES = {
    Outcome.GOOD: "ok",
    Outcome.FAIR: "ok",
    Outcome.AVERAGE: "wait",
    Outcome.WEAK: "bad",
    Outcome.CHECKED: "wait",
    Outcome.SCORED: "wait",
}


# --- the desk ---------------------------------------------------------------------------------------


@desk.route("", methods=["GET"])
@allow(policies.reports)
def list() -> Any:
    own = asked.desk()
    cases = {case.year: case for case in queries.classification.cases_of(own.id)}
    newest = clock.today().year - 1
    years = sorted({newest, newest - 1, *cases}, reverse=True)
    return render(
        "registry/classification/list.html",
        own=own,
        years=[(year, cases.get(year), queries.classification.reason_before(own, year)) for year in years],
        states=CASE_LABELS,
        tones=CASE_TONES,
    )


@desk.route("/<int:year>", methods=["GET", "POST"])
@allow(policies.reports)
def score(year: int) -> Any:
    """Points line by line, or the grade alone; an officer checks them."""
    own = asked.desk()
    case = queries.classification.case_of(own.id, year)
    scheme = case.scheme if case is not None else queries.scheme.scheme_of(year)
    if scheme is None or not deadlines.is_over(year):
        abort(404)
    lines = grading.lines(scheme.criteria)
    form = score_form(lines, case, officer=False)
    if form.submitted():
        with form.reporting(), transaction():
            services.classification.score(cooperative=own, year=year, by=person(), **form.values())
            flash(_("Kept. The alliance checks it and writes to you."))
            return redirect_to("desk_classification.score", year=year)
    return render(
        "registry/classification/score.html",
        form=form,
        own=own,
        year=year,
        case=case,
        scheme=scheme,
        lines=lines,
        open=case is None or case.state is CaseState.SCORED,
        reason=queries.classification.reason_before(own, year),
        states=CASE_LABELS,
        tones=CASE_TONES,
    )


# --- the office -------------------------------------------------------------------------------------


@office.route("", methods=["GET"], endpoint="list")
@allow(policies.keeps_members)
def office_list() -> Any:
    """A year's cooperatives by name with grade and size; counts open their rows."""
    year, wanted = asked.year(clock.today().year - 1), asked.narrowed()
    outcomes = _outcomes()
    rules = queries.size_class.rules_of(year)
    page = queries.classification.graded(
        year, outcomes=outcomes, wanted=wanted, among=_of_size(year), after=request.args.get("after")
    )
    return render(
        "registry/classification/office_list.html",
        page=page,
        sizes={
            row.cooperative.id: queries.size_class.sized(rules, row.cooperative.sector, row.version)
            for row in page.rows
        },
        rules=rules,
        scheme=queries.scheme.scheme_of(year),
        counts=queries.classification.outcome_counts(year, wanted),
        size_counts=queries.size_class.size_counts(year),
        by_year=_by_year(year),
        outcome=request.args.get("outcome", ""),
        size=request.args.get("size", ""),
        labels=OUTCOME_LABELS,
        tones=OUTCOME_TONES,
        grades=GRADE_LABELS,
        size_labels=SIZE_LABELS,
        all_sizes=[*Size, None],
        excluded=EXCLUSION_LABELS,
        placed=places.short_label,
        **asked.filters(year, []),
    )


def _outcomes() -> tuple[Outcome, ...]:
    """Several at once as good+fair, for a figure that counts both."""
    asked_for = request.args.get("outcome", "").split()
    return tuple(Outcome(each) for each in asked_for if each in set(Outcome))


def _of_size(year: int) -> Collection[int] | None:
    """?size=small, or ?size=unknown for those whose size is not known."""
    size = request.args.get("size", "")
    if size == "unknown":
        return queries.size_class.ids_of(year, None)
    return queries.size_class.ids_of(year, Size(size)) if size in set(Size) else None


def _by_year(year: int) -> Sequence[tuple[int, dict[Grade | None, int]]]:
    found = queries.classification.counts_by_year(year - YEARS + 1, year)
    return [(each, found.get(each, {})) for each in range(year, year - YEARS, -1)]


@office.route("/export.<any(xlsx, csv):kind>", methods=["GET"])
@allow(policies.keeps_members)
def export(kind: str) -> Any:
    year = asked.year(clock.today().year - 1)
    rules = queries.size_class.rules_of(year)
    rows = queries.classification.for_sheet(year, _outcomes(), asked.narrowed(), _of_size(year))
    columns = [
        _("Cooperative"),
        _("Tax code"),
        _("Sector"),
        _("Place"),
        _("Outcome"),
        _("Reason"),
        _("Own points"),
        _("Checked points"),
        _("Decision"),
        _("Day of the decision"),
        _("Size class"),
        _("Members when the year ended"),
        _("Revenue"),
        _("All assets"),
    ]
    told = ([*_graded(row), *_sized(row, rules)] for row in rows)
    return send_sheet(_("Grades of %(year)s", year=year), columns, told, kind)


def _graded(row: Any) -> Any:
    one = row.cooperative
    return [
        one.name,
        one.tax_code,
        asked.SECTOR_LABELS[one.sector],
        places.short_label(one.address),
        OUTCOME_LABELS[row.outcome],
        EXCLUSION_LABELS[row.excluded] if row.excluded else "",
        row.own,
        row.points,
        row.decision.number if row.decision else "",
        row.decision.decided_on if row.decision else None,
    ]


def _sized(row: Any, rules: Any) -> Any:
    sized = queries.size_class.sized(rules, row.cooperative.sector, row.version)
    told = sized.measured
    size = SIZE_LABELS[sized.size] if sized.size else _("not known")
    return [size, told.members, told.revenue, told.capital]


@office.route("/of/<member:member>/<int:year>", methods=["GET", "POST"])
@allow(policies.begins_year)
def check(member: Cooperative, year: int) -> Any:
    """Own points beside the checked ones, with what the report of the year says."""
    case = queries.classification.case_of(member.id, year)
    scheme = case.scheme if case is not None else queries.scheme.scheme_of(year)
    if scheme is None or not deadlines.is_over(year):
        abort(404)
    lines = grading.lines(scheme.criteria)
    form = score_form(lines, case, officer=True)
    if form.submitted():
        with form.reporting(), transaction():
            services.classification.check(cooperative=member, year=year, by=person(), **form.values())
            flash(_("Checked. It counts once it is decided."))
            return redirect_to("office_classification.check", member=member, year=year)
    return _page(member, year, case, scheme, form)


def _page(member: Cooperative, year: int, case: Classification | None, scheme: Any, form: Form) -> Any:
    lines = grading.lines(scheme.criteria)
    version = queries.annual_report.standing_of(member.id, [year]).get(year)
    rules = queries.size_class.rules_of(year)
    reason = (
        queries.classification.reason_of(case)
        if case is not None
        else queries.classification.reason_before(member, year)
    )
    return render(
        "registry/classification/check.html",
        member=member,
        year=year,
        case=case,
        scheme=scheme,
        lines=lines,
        form=form if not isinstance(form, ReasonForm) else score_form(lines, case, officer=True),
        reason_form=form if isinstance(form, ReasonForm) else ReasonForm(formdata=None),
        own={each.criterion.code: each.own for each in case.scores} if case is not None else {},
        reason=reason,
        sized=queries.size_class.sized(rules, member.sector, version),
        version=version,
        shown=figures.shown,
        history=history_of("classification", case.id, limit=30) if case is not None else [],
    )


@office.route("/<any_case:case>/reopening", methods=["POST"])
@allow(policies.answers_case)
def reopen(case: Classification) -> Any:
    form = ReasonForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.classification.reopen(case=case, reason=form.reason.data, by=person())
            flash(_("Opened again: the cooperative can score itself anew."))
            return redirect_to("office_classification.check", member=case.cooperative, year=case.year)
    return _page(case.cooperative, case.year, case, case.scheme, form)


@office.route("/decisions", methods=["GET", "POST"])
@allow(policies.keeps_members)
def decisions() -> Any:
    """All that were checked in a year are ticked: take out whoever waits for the next decision."""
    year = asked.year(clock.today().year - 1)
    waiting = queries.classification.checked_with_names(year, AT_ONCE)
    form = DecisionForm(data={"cases": [case.ref for case in waiting], "decided_on": clock.today()})
    form.cases.choices = [(case.ref, _outcome_told(case)) for case in waiting]
    if form.submitted():
        with form.reporting(), transaction():
            made = services.classification.decide(
                year=year,
                cases=queries.classification.cases_by_refs(form.cases.data, year),
                number=form.number.data,
                decided_on=form.decided_on.data,
                by=person(),
            )
            flash(_("Decided. Every cooperative is told."))
            return redirect_to("office_classification.decision", decision=made)
    return render(
        "registry/classification/decisions.html",
        form=form,
        waiting=waiting,
        more=len(waiting) == AT_ONCE,
        made=queries.classification.decisions(),
        **asked.filters(year, []),
    )


def _outcome_told(case: Classification) -> str:
    outcome = GRADE_LABELS[case.grade] if case.grade else ""
    if case.excluded is not None:
        outcome = EXCLUSION_LABELS[case.excluded]
    points = f" ({formats.number(case.points, locale())})" if case.points is not None else ""
    return f"{case.cooperative.called}: {outcome}{points}"


@office.route("/decisions/<any_decision:decision>", methods=["GET"])
@allow(policies.keeps_members)
def decision(decision: ClassificationDecision) -> Any:
    return _decision(decision, ReasonForm(formdata=None))


@office.route("/decisions/<any_decision:decision>/taking-back", methods=["POST"])
@allow(policies.keeps_members)
def take_back(decision: ClassificationDecision) -> Any:
    form = ReasonForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.classification.take_back(decision=decision, reason=form.reason.data, by=person())
            flash(_("Taken back. Its cooperatives wait for another decision."))
            return redirect_to("office_classification.decisions", year=decision.year)
    return _decision(decision, form)


def _decision(decision: ClassificationDecision, form: ReasonForm) -> Any:
    return render(
        "registry/classification/decision.html",
        decision=decision,
        form=form,
        page=queries.classification.under(decision, after=request.args.get("after")),
        told=_outcome_told,
        history=history_of("classification_decision", decision.id, limit=20),
    )
