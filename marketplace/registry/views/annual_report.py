"""Yearly reports: a part at a time on the desk, the same pages at the office for whoever told them, and answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, abort, request

from marketplace.cooperatives.models import Cooperative
from marketplace.foundation import clock
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
from marketplace.registry.policies.annual_report import OPEN
from marketplace.registry.queries.annual_report import OUTSTANDING, Stage
from marketplace.registry.services.annual_report import ENTRY
from marketplace.registry.states.annual_report import REPORT_LABELS, ReportState
from marketplace.registry.views import asked
from marketplace.registry.views.seats import Sides, seat
from marketplace.selection.states import Entered

desk = Blueprint("desk_reports", __name__, url_prefix="/desk/annual-reports")
office = Blueprint("office_reports", f"{__name__}.office", url_prefix="/office/annual-reports")
both = Sides(desk, office)
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
@allow(policies.keeps_members)
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
@allow(policies.keeps_members)
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
        _("Handed in late"),
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
@allow(policies.begins_year)
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


@both.route("/{report}", methods=["GET"])
@allow(policies.sees_report)
def show(report: AnnualReport) -> Any:
    return _page(report, _submit_form(fresh=True))


@both.route("/{report}/parts/<key>", methods=["GET", "POST"])
@allow(policies.keeps_part)
def section(report: AnnualReport, key: str) -> Any:
    """A part of it. What is sent is kept at once, however little it is; the next part follows."""
    part = figures.BY_KEY.get(key) or abort(404)
    form = section_form(part, figures.values_of(report))
    if form.submitted():
        with form.reporting(), transaction(), seat().behalf(report.cooperative.organisation_id):
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


@both.route("/{report}/submission", methods=["POST"])
@allow(policies.keeps_report)
def submit(report: AnnualReport) -> Any:
    form = _submit_form()
    if form.submitted():
        with form.reporting(), transaction(), seat().behalf(report.cooperative.organisation_id):
            services.annual_report.submit(report=report, sure=form.sure.data, by=person(), **_told(form))
            flash(_sent(report))
            return redirect_to(f"{seat().blueprint}.show", report=report)
    return _page(report, form)


def _told(form: SubmitForm) -> dict[str, Any]:
    if isinstance(form, ToldSubmitForm):
        return {"entered": Entered(form.entered.data), "told_by": form.told_by.data or ""}
    return {}


def _sent(report: AnnualReport) -> str:
    if seat().officer:
        return _("Handed in. %(name)s is asked whether it is right.", name=report.cooperative.called)
    return _("Handed in. The alliance reads it and writes to you.")


@both.route("/{report}/correction", methods=["POST"])
@allow(policies.corrects_report)
def correct(report: AnnualReport) -> Any:
    form = CorrectForm()
    if form.submitted():
        with form.reporting(), transaction(), seat().behalf(report.cooperative.organisation_id):
            services.annual_report.correct(report=report, why=form.why.data, by=person())
            flash(_("You can change it now. Hand it in again when you are done."))
            return redirect_to(f"{seat().blueprint}.show", report=report)
    return _page(report, form)


@both.route("/{report}/versions/<int:number>/print", methods=["GET"])
@allow(policies.sees_version)
def printed(report: AnnualReport, number: int) -> Any:
    back = seat().url("show", report=report)
    return render(paper.TEMPLATE, back=back, **paper.shown(_version(report, number)))


@both.route("/{report}/versions/<int:number>/pdf", methods=["POST"])
@allow(policies.sees_version)
def pdf(report: AnnualReport, number: int) -> Any:
    version = _version(report, number)
    return send_for(
        kind=paper.KIND,
        values={"version": version.id},
        title=_("Report of %(year)s", year=report.year),
        back=seat().url("show", report=report),
    )


@office.route("/<any_annual_report:report>/acceptance", methods=["POST"])
@allow(policies.answers_report)
def accept(report: AnnualReport) -> Any:
    form = Form()
    if form.submitted():
        with form.reporting(), transaction():
            services.annual_report.accept(report=report, by=person())
            flash(_("Accepted. The cooperative is told."))
            return redirect_to("office_reports.show", report=report)
    return _page(report, form)


@office.route("/<any_annual_report:report>/return", methods=["POST"])
@allow(policies.answers_report)
def give_back(report: AnnualReport) -> Any:
    form = ReturnForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.annual_report.give_back(report=report, reason=form.reason.data, by=person())
            flash(_("Returned. The cooperative reads your words."))
            return redirect_to("office_reports.show", report=report)
    return _page(report, form)


def _submit_form(*, fresh: bool = False) -> SubmitForm:
    kind = ToldSubmitForm if seat().officer else SubmitForm
    return kind(formdata=None) if fresh else kind()


def _version(report: AnnualReport, number: int) -> ReportVersion:
    return queries.annual_report.version_of(report.id, number) or abort(404)


def _page(report: AnnualReport, form: Form) -> Any:
    """What is being written while it can be, else the version that was handed in last."""
    versions = queries.annual_report.versions_of(report)
    writing = report.state in OPEN or not versions
    values = figures.values_of(report if writing else versions[0])
    before = queries.annual_report.figures_before(report.cooperative_id, report.year)
    return render(
        "registry/annual_report/show.html",
        seat=seat(),
        form=form,
        report=report,
        writing=writing,
        values=values,
        before=before,
        odd=figures.odd(values, before) if writing else {},
        missing=figures.missing(values) if writing else [],
        over=deadlines.is_over(report.year),
        due=deadlines.due(report.year),
        late=_late(report, versions),
        sections=figures.SECTIONS,
        by_name=figures.BY_NAME,
        numbers=figures.NUMBERS,
        change=figures.change,
        shown=figures.shown,
        signed=figures.signed,
        versions=versions,
        returned=report.state is ReportState.RETURNED and versions[0].verdict,
        entry=inbox.newest_about(ENTRY, report.id),
        submit_form=form if isinstance(form, SubmitForm) else _submit_form(fresh=True),
        correct_form=form if isinstance(form, CorrectForm) else CorrectForm(formdata=None),
        return_form=form if isinstance(form, ReturnForm) else ReturnForm(formdata=None),
        history=history_of("annual_report", report.id, limit=30),
    )


def _late(report: AnnualReport, versions: Sequence[ReportVersion]) -> bool:
    """By the day on which it was handed in first; while it was not, by today."""
    return deadlines.is_late(report.year, clock.to_local(versions[-1].at).date() if versions else None)


# --- sheets -----------------------------------------------------------------------------------------


@desk.route("/sheet.xlsx", methods=["GET"])
@allow(policies.reports)
def sample() -> Any:
    """The own line of a year, with what is saved and the figures of the year before."""
    return _sample([asked.desk()], asked.year(deadlines.years()[0]))


@office.route("/sheet.xlsx", methods=["GET"], endpoint="sample")
@allow(policies.keeps_members)
def office_sample() -> Any:
    """A line for each that still owes the report of the year, as the list is narrowed."""
    year = asked.year(deadlines.current_year())
    owing = queries.annual_report.for_sheet(year, asked.narrowed(), OUTSTANDING)
    return _sample([row.cooperative for row in owing], year)


def _sample(cooperatives: Sequence[Cooperative], year: int) -> Any:
    name = _("Report of %(year)s", year=year)
    return send_sheet(name, importing.columns(), importing.rows(cooperatives, year))


@desk.route("/sheet", methods=["GET", "POST"])
@allow(policies.reports)
def sheet() -> Any:
    own = asked.desk()
    return _sheet(SheetForm(), only=own)


@office.route("/sheet", methods=["GET", "POST"], endpoint="sheet")
@allow(policies.keeps_members)
def office_sheet() -> Any:
    """Many cooperatives in one file."""
    return _sheet(ToldSheetForm(), only=None)


def _sheet(form: SheetForm, *, only: Cooperative | None) -> Any:
    """A sheet is looked at first; then every line that is in order is written."""
    lines: Sequence[importing.Line] = []
    if form.submitted():
        with form.reporting():
            table = _table(form)
            lines = importing.read(table, only=only)
            form.kept.data = keep(table)
            if request.form.get("write"):
                with transaction():
                    written, sent = _write(importing.read(table, only=only), form)
                    flash(_n("%(num)s report saved.", "%(num)s reports saved.", written))
                    if sent:
                        flash(_n("%(num)s of them handed in.", "%(num)s of them handed in.", sent))
                    return redirect_to(f"{seat().blueprint}.list")
    year = asked.year(deadlines.years()[0])
    return render("registry/annual_report/sheet.html", seat=seat(), form=form, lines=lines, year=year)


def _table(form: SheetForm) -> Any:
    """The file that was just chosen, else the one that was looked at."""
    if form.file.data:
        return read_table(
            form.file.data.read(MOST_BYTES + 1), form.file.data.filename, header_like=importing.header_like
        )
    if not form.kept.data:
        raise Refusal(_l("Please choose the file first."), field="file")
    return kept(form.kept.data)


def _write(lines: Sequence[importing.Line], form: SheetForm) -> tuple[int, int]:
    """(Reports saved, of them handed in) in the caller's transaction."""
    ready = [line for line in lines if not line.wrong]
    if not ready:
        raise Refusal(_l("No line of this sheet can be written."), field="file")
    submit = isinstance(form, ToldSheetForm) and form.submit.data
    if submit and not form["told_by"].data:
        raise Refusal(_l("Please write who told these figures."), field="told_by")
    sent = 0
    for line in ready:
        assert line.cooperative is not None and line.year is not None, "a line in order says whose it is"
        with seat().behalf(line.cooperative.organisation_id):
            report = services.annual_report.begin(cooperative=line.cooperative, year=line.year, by=person())
            services.annual_report.save(report=report, values=line.values, by=person())
            if submit and not line.missing and not line.odd and deadlines.is_over(line.year):
                services.annual_report.submit(
                    report=report, entered=Entered.PAPER, told_by=form["told_by"].data, by=person()
                )
                sent += 1
    return len(ready), sent
