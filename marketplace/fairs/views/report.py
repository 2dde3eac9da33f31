"""The report of a fair in the alliance's office: its figures with their rows, filing it, its files; and how fairs
compare."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, request, url_for

from marketplace.fairs import (
    asides,
    docx,
    figures,
    origin_map,
    papers,
    policies,
    queries,
    reporting,
    services,
    workbook,
)
from marketplace.fairs.forms.report import EntryForm, ReportForm, layout_form
from marketplace.fairs.models import Fair, FairReport
from marketplace.fairs.states import ENTRY_KIND_LABELS, FAIR_KIND_LABELS, FairState
from marketplace.foundation import clock
from marketplace.foundation.audit import history_of
from marketplace.foundation.db import transaction
from marketplace.foundation.papers.views import send_for
from marketplace.foundation.sheets import XLSX, send_sheet
from marketplace.foundation.text import slug
from marketplace.foundation.web import Form, allow, flash, person, private, redirect_to, render
from marketplace.foundation.words import _

bp = Blueprint("fair_report", __name__, url_prefix="/office/fairs")
bp.after_request(private)


@bp.route("/leaderboard", methods=["GET"])
@allow(policies.runs_fairs)
def leaderboard() -> Any:
    return render(
        "fairs/report/leaderboard.html",
        standings=queries.leaderboard(clock.today()),
        kinds=FAIR_KIND_LABELS,
    )


@bp.route("/report-layout", methods=["GET", "POST"])
@allow(policies.runs_fairs)
def layout() -> Any:
    chosen = reporting.layout()
    form = layout_form(chosen)
    if form.submitted():
        with form.reporting(), transaction():
            services.set_layout(**form.values(), by=person())
            flash(_("Kept. Reports that are filed from now on look like this."))
            return redirect_to("fair_report.layout")
    return render(
        "fairs/report/layout.html", form=form, lines=reporting.lines_of(chosen), figures=figures.KINDS
    )


@bp.route("/<any_fair:fair>/report/entries", methods=["POST"])
@allow(policies.runs_fairs)
def add_entry(fair: Fair) -> Any:
    """A side event, or an award."""
    form = EntryForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.add_entry(fair=fair, **form.values(), by=person())
            flash(_("Written down."))
            return redirect_to("fair_report.show", fair=fair, _anchor="entries")
    return _page(fair, entry_form=form)


@bp.route("/<any_fair:fair>/report/entries/<int:entry_id>/removal", methods=["POST"])
@allow(policies.runs_fairs)
def remove_entry(fair: Fair, entry_id: int) -> Any:
    entry = queries.report_entry(fair.id, entry_id) or abort(404)
    form = Form()
    with form.reporting(), transaction():
        services.remove_entry(entry=entry, by=person())
        flash(_("Taken out. What was filed keeps it."))
        return redirect_to("fair_report.show", fair=fair, _anchor="entries")
    return _page(fair, entry_form=None)


@bp.route("/<any_fair:fair>/report", methods=["GET", "POST"])
@allow(policies.runs_fairs)
def show(fair: Fair) -> Any:
    form = ReportForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.file_report(
                fair=fair,
                number=form.number.data,
                dated=form.dated.data,
                reason=form.reason.data or "",
                by=person(),
            )
            flash(_("Filed. Its results are locked, and the report can be downloaded below."))
            return redirect_to("fair_report.show", fair=fair)
    return _page(fair, form)


def _page(fair: Fair, form: ReportForm | None = None, *, entry_form: EntryForm | None = None) -> Any:
    book = figures.book_of(fair)
    counted = figures.figures(book)
    origins = queries.origins(fair.id)
    lines = [line for line in reporting.lines_of(reporting.layout()) if line["on"]]
    return render(
        "fairs/report/show.html",
        fair=fair,
        form=form or ReportForm(formdata=None),
        entry_form=entry_form or EntryForm(formdata=None, data={"day": min(fair.last_day, clock.today())}),
        entries=book.entries,
        entry_kinds=ENTRY_KIND_LABELS,
        money=book.money,
        lines=[(line["title"], counted[line["key"]]) for line in lines],
        groups={by: figures.broken_down(book, by) for by in figures.BREAKDOWNS},
        group_titles={by: title for by, (title, _of) in figures.BREAKDOWNS.items()},
        goods=figures.goods_sold(book),
        origins=origins,
        drawn=origin_map.drawn(origins) if origins else None,
        counts=queries.result_counts(fair.id),
        reports=queries.reports_of(fair.id),
        can_file=fair.state in (FairState.PUBLISHED, FairState.REPORTED) and clock.today() > fair.last_day,
        history=history_of("fair", fair.id),
        asides=asides.filled("report", fair, person()),
    )


@bp.route("/<any_fair:fair>/report/rows/<key>", methods=["GET"])
@allow(policies.runs_fairs)
def rows(fair: Fair, key: str) -> Any:
    """What a figure is made of."""
    if key not in figures.KINDS:
        abort(404)
    figure = figures.figure(figures.book_of(fair), key)
    if request.args.get("as") in {"xlsx", "csv"}:
        columns = [_("Name"), _("Detail"), _("As counted"), _("As declared"), _("Verified")]
        told = [[row.name, row.detail, row.counted, row.declared, row.verified] for row in figure.rows]
        return send_sheet(f"{fair.slug}-{key}", columns, told, request.args["as"])
    return render("fairs/report/rows.html", fair=fair, figure=figure)


@bp.route("/<any_fair:fair>/report/<any_report:report>/docx", methods=["GET"])
@allow(policies.runs_fairs)
def as_docx(fair: Fair, report: FairReport) -> Any:
    _belongs(report, fair)
    return _download(docx.write(report.body), docx.TYPE, report, "docx")


@bp.route("/<any_fair:fair>/report/<any_report:report>/xlsx", methods=["GET"])
@allow(policies.runs_fairs)
def as_xlsx(fair: Fair, report: FairReport) -> Any:
    _belongs(report, fair)
    return _download(workbook.write(report.body), XLSX, report, "xlsx")


@bp.route("/<any_fair:fair>/report/<any_report:report>/print", methods=["GET"])
@allow(policies.runs_fairs)
def printed(fair: Fair, report: FairReport) -> Any:
    _belongs(report, fair)
    return render(papers.REPORT, **papers.shown(report))


@bp.route("/<any_fair:fair>/report/<any_report:report>/pdf", methods=["POST"])
@allow(policies.runs_fairs)
def pdf(fair: Fair, report: FairReport) -> Any:
    _belongs(report, fair)
    return send_for(
        kind="fairs.report",
        values={"report": report.ref},
        title=_("Report %(number)s", number=report.number),
        back=url_for("fair_report.show", fair=fair),
    )


def _belongs(report: FairReport, fair: Fair) -> None:
    if report.fair_id != fair.id:
        abort(404)


def _download(content: bytes, kind: str, report: FairReport, ending: str) -> Response:
    name = slug(f"bao cao {report.number} {report.fair.slug}")
    answer = Response(content, mimetype=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
