"""Yearly reports: a part at a time on the desk, the same pages at the office for whoever told them, and answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, request, url_for

from marketplace.cooperatives.models import Cooperative
from marketplace.foundation.audit import acting_for, history_of
from marketplace.foundation.columns import keep, kept
from marketplace.foundation.db import transaction
from marketplace.foundation.errors import Refusal
from marketplace.foundation.papers.views import send_for
from marketplace.foundation.sheets import MOST_BYTES, read_table, send_sheet
from marketplace.foundation.web import Form, allow, flash, person, redirect_to, render
from marketplace.foundation.words import _, _l, _n
from marketplace.inbox import queries as inbox
from marketplace.registry import chart, deadlines, figures, hints, importing, policies, queries, services
from marketplace.registry.forms.annual_report import (
    BeginForm,
    CorrectForm,
    ReturnForm,
    SheetForm,
    SubmitForm,
    ToldSheetForm,
    ToldSubmitForm,
    section_form,
)
from marketplace.registry.models import AnnualReport, ReportVersion
from marketplace.registry.papers import annual_report as paper
from marketplace.registry.queries.annual_report import OUTSTANDING, Stage
from marketplace.registry.services.annual_report import ENTRY
from marketplace.registry.states.annual_report import REPORT_LABELS, ReportState
from marketplace.registry.views import asked
from marketplace.selection.states import Entered

desk = Blueprint("desk_reports", __name__, url_prefix="/desk/annual-reports")
office = Blueprint("office_reports", __name__, url_prefix="/office/annual-reports")
STAGE_LABELS = {
    Stage.MISSING: _l("Not begun"),
    **{Stage(str(state)): label for state, label in REPORT_LABELS.items()},
}
STAGE_TONES = {
    Stage.MISSING: "bad",
    Stage.DRAFT: "",
    Stage.SUBMITTED: "wait",
    Stage.ACCEPTED: "ok",
    Stage.RETURNED: "bad",
}


@dataclass(frozen=True)
class Seat:
    """From which side the same pages are looked at."""

    blueprint: str
    frame: str

    def url(self, page: str, **values: Any) -> str:
        return url_for(f"{self.blueprint}.{page}", **values)

    @property
    def officer(self) -> bool:
        return self.blueprint == office.name


SEATS = {
    desk.name: Seat(desk.name, "layout/desk.html"),
    office.name: Seat(office.name, "layout/office.html"),
}


def seat() -> Seat:
    return SEATS[request.blueprint or ""]


# --- lists ------------------------------------------------------------------------------------------


@desk.route("", methods=["GET"])
@allow(policies.reports)
def list() -> Any:
    return _own(BeginForm(deadlines.years(), formdata=None))


@desk.route("", methods=["POST"])
@allow(policies.reports)
def begin() -> Any:
    own, form = asked.desk(), BeginForm(deadlines.years())
    if form.submitted():
        with form.reporting(), transaction():
            report = services.annual_report.begin(cooperative=own, year=form.year.data, by=person())
            return redirect_to("desk_reports.section", report=report, key=figures.SECTIONS[0].key)
    return _own(form)


def _own(form: BeginForm) -> Any:
    own = asked.desk()
    years = queries.story.years_of(own)
    begun = {each.year: each for each in years}
    return render(
        "registry/annual_report/list.html",
        form=form,
        own=own,
        years=years,
        open=[(year, begun.get(year)) for year in deadlines.years(most=3)],
        due=deadlines.due,
        late=deadlines.is_late,
        drawn=chart.draw(years),
        words=chart.words(years),
    )


@office.route("", methods=["GET"], endpoint="list")
@allow(policies.is_officer)
def office_list() -> Any:
    """Those of a year and who is missing; ?stage=late shows only who still owes it."""
    year, wanted = asked.year(deadlines.current_year()), asked.narrowed()
    stages = _stages()
    return render(
        "registry/annual_report/office_list.html",
        page=queries.annual_report.filings(
            year, stages=stages, wanted=wanted, after=request.args.get("after")
        ),
        counts=queries.annual_report.stage_counts(year, wanted),
        stage=request.args.get("stage", ""),
        labels=STAGE_LABELS,
        tones=STAGE_TONES,
        due=deadlines.due(year),
        is_late=deadlines.is_late(year),
        **asked.filters(year, queries.annual_report.years_with_reports()),
    )


def _stages() -> tuple[Stage, ...]:
    stage = request.args.get("stage", "")
    if stage == "late":
        return OUTSTANDING
    return (Stage(stage),) if stage in set(Stage) else ()


@office.route("/export.<any(xlsx, csv):kind>", methods=["GET"])
@allow(policies.is_officer)
def export(kind: str) -> Any:
    year = asked.year(deadlines.current_year())
    rows = queries.annual_report.for_sheet(year, asked.narrowed(), _stages())
    columns = [
        _("Cooperative"),
        _("Tax code"),
        _("Sector"),
        _("Phone"),
        _("State"),
        _("Handed in"),
        _("Late"),
        *(str(figure.label) for figure in figures.FIGURES),
    ]
    return send_sheet(_("Reports of %(year)s", year=year), columns, map(_exported, rows), kind)


def _exported(row: Any) -> Any:
    one = row.cooperative
    told = [getattr(row.version, name, None) for name in figures.NAMES]
    return [
        one.name,
        one.tax_code,
        asked.SECTOR_LABELS[one.sector],
        one.phone,
        STAGE_LABELS[row.stage],
        row.sent_at,
        _("yes") if row.late else "",
        *told,
    ]


@office.route("/of/<member:member>/<int:year>", methods=["POST"])
@allow(policies.begins_report)
def office_begin(member: Cooperative, year: int) -> Any:
    """An officer begins it for a cooperative that told its figures."""
    try:
        with transaction(), acting_for(member.organisation_id):
            report = services.annual_report.begin(cooperative=member, year=year, by=person())
            return redirect_to("office_reports.show", report=report)
    except Refusal as refusal:
        flash(refusal, "bad")
        return redirect_to("office_reports.list", year=year)


# --- one report -------------------------------------------------------------------------------------


def show(report: AnnualReport) -> Any:
    form = ToldSubmitForm(formdata=None) if seat().officer else SubmitForm(formdata=None)
    return _page(report, form)


def section(report: AnnualReport, key: str) -> Any:
    """A part of it. What is sent is kept at once, however little it is; the next part follows."""
    part = figures.BY_KEY.get(key) or abort(404)
    form = section_form(part, figures.values_of(report))
    if form.submitted():
        with form.reporting(), transaction(), _behalf(report):
            services.annual_report.save(report=report, values=form.values(), by=person())
            flash(_("Saved. You can go on now or another day."))
            return _onward(report, key)
    before = queries.annual_report.figures_before(report.cooperative_id, report.year)
    typed = {name: field.data for name, field in form._fields.items()}
    return render(
        "registry/annual_report/section.html",
        seat=seat(),
        form=form,
        report=report,
        part=part,
        number=figures.SECTIONS.index(part) + 1,
        of=len(figures.SECTIONS),
        before=before,
        odd=figures.odd({**figures.values_of(report), **typed}, before),
        moved={name: figures.change(typed.get(name), before.get(name)) for name in figures.NUMBERS},
        known=hints.known(report.cooperative, report.year),
        shown=figures.shown,
        signed=figures.signed,
    )


def _onward(report: AnnualReport, key: str) -> Any:
    """The part after this one, or the whole report when somebody wants to stop or is through."""
    keys = [part.key for part in figures.SECTIONS]
    after = keys.index(key) + 1
    here = seat().blueprint
    if "stop" in request.form or after == len(keys):
        return redirect_to(f"{here}.show", report=report)
    return redirect_to(f"{here}.section", report=report, key=keys[after])


def submit(report: AnnualReport) -> Any:
    form = ToldSubmitForm() if seat().officer else SubmitForm()
    if form.submitted():
        with form.reporting(), transaction(), _behalf(report):
            services.annual_report.submit(report=report, sure=form.sure.data, by=person(), **_told(form))
            flash(_sent(report))
            return redirect_to(f"{seat().blueprint}.show", report=report)
    return _page(report, form)


def _told(form: SubmitForm) -> dict[str, Any]:
    if isinstance(form, ToldSubmitForm):
        return {"entered": Entered(form.entered.data), "told_by": form.told_by.data}
    return {}


def _sent(report: AnnualReport) -> str:
    if seat().officer:
        return _("Handed in. %(name)s is asked whether it is right.", name=report.cooperative.called)
    return _("Handed in. The alliance reads it and writes to you.")


def correct(report: AnnualReport) -> Any:
    form = CorrectForm()
    if form.submitted():
        with form.reporting(), transaction(), _behalf(report):
            services.annual_report.correct(report=report, why=form.why.data, by=person())
            flash(_("You can change it now. Hand it in again when you are done."))
            return redirect_to(f"{seat().blueprint}.show", report=report)
    return _page(report, form)


def printed(report: AnnualReport, number: int) -> Any:
    back = seat().url("show", report=report)
    return render(paper.TEMPLATE, back=back, **paper.shown(_version(report, number)))


def pdf(report: AnnualReport, number: int) -> Any:
    version = _version(report, number)
    return send_for(
        kind=paper.KIND,
        values={"version": version.id},
        title=_("Report of %(year)s", year=report.year),
        back=seat().url("show", report=report),
    )


for _rule, _work, _door, _methods in (
    ("", show, policies.sees_report, ["GET"]),
    ("/parts/<key>", section, policies.keeps_report, ["GET", "POST"]),
    ("/submission", submit, policies.keeps_report, ["POST"]),
    ("/correction", correct, policies.corrects_report, ["POST"]),
):
    for _side, _named in ((desk, "own_report"), (office, "any_report")):
        _side.add_url_rule(
            f"/<{_named}:report>{_rule}", _work.__name__, allow(_door)(_work), methods=_methods
        )
"""


def _behalf(report: AnnualReport) -> Any:
    """What an officer does here is done on behalf of the cooperative."""
    return acting_for(report.cooperative.organisation_id if seat().officer else None)
"""
