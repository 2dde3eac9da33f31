"""Reports of the alliance: the list, a draft with its paragraphs, figures down to their rows, two periods, on paper."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from flask import Blueprint, Response, abort, request, url_for

from marketplace.accounts import services as people
from marketplace.accounts.again import asks_again
from marketplace.foundation import clock
from marketplace.foundation.audit import history_of
from marketplace.foundation.db import transaction
from marketplace.foundation.papers.views import send_for
from marketplace.foundation.sheets import XLSX, write_book
from marketplace.foundation.text import slug
from marketplace.foundation.web import Form, allow, flash, looks_again, person, redirect_to, render
from marketplace.foundation.words import _, pick
from marketplace.insights import policies, queries, services, tasks
from marketplace.insights import report_words as words
from marketplace.insights.forms import IssueForm, ParagraphForm, ReplaceForm, ReportForm
from marketplace.insights.models import PeriodReport, ReportParagraph
from marketplace.insights.papers import report as paper
from marketplace.insights.report_rows import TELLERS
from marketplace.insights.reporting import BY_CODE, FIGURES, Figure, Span
from marketplace.insights.states import (
    REPORT_KIND_LABELS,
    REPORT_LABELS,
    REPORT_TONES,
    SECTION_LABELS,
    Measure,
    ReportKind,
    ReportState,
    Section,
)

bp = Blueprint("office_period_reports", __name__, url_prefix="/office/reports")
FAR_BACK = {ReportKind.MONTH: 24, ReportKind.QUARTER: 8, ReportKind.YEAR: 6}


@bp.route("", methods=["GET"], endpoint="list")
@allow(policies.reads_reports)
def overview() -> Any:
    return _list(_begin_form())


@bp.route("", methods=["POST"])
@allow(policies.writes_reports)
def begin() -> Any:
    """The system is asked for a draft: the worker reads the figures, the page shows how far it is."""
    form = ReportForm(_periods())
    if form.submitted():
        kind, _sign, day = form.period.data.partition(":")
        with form.reporting(), transaction():
            report = services.begin_report(kind=ReportKind(kind), day=dt.date.fromisoformat(day), by=person())
            tasks.count_report.later(report.id)
            return redirect_to("office_period_reports.show", report=report)
    return _list(form)


def _begin_form() -> ReportForm:
    last = Span.of(ReportKind.MONTH, clock.today()).before
    return ReportForm(_periods(), formdata=None, data={"period": _key(last)})


def _list(form: ReportForm) -> Any:
    asked = request.args.get("kind", "")
    kind = ReportKind(asked) if asked in {*map(str, ReportKind)} else None
    return render(
        "insights/report/list.html",
        form=form,
        page=queries.period_reports(kind, request.args.get("after")),
        kind=kind,
        kinds=REPORT_KIND_LABELS,
        spans=queries.span_of,
        **_words(),
    )


@bp.route("/<period_report:report>", methods=["GET"])
@allow(policies.reads_reports)
def show(report: PeriodReport) -> Any:
    """While figures are read the page looks again by itself, without a script."""
    answer: Response = _page(report)
    if report.state is ReportState.COUNTING:
        looks_again(answer, url_for("office_period_reports.show", report=report))
    return answer


def _page(report: PeriodReport, form: IssueForm | None = None, anew: Form | None = None) -> Any:
    values, span = queries.values_of(report), queries.span_of(report)
    seen = queries.seen_of(report) if report.state is ReportState.DRAFT else ""
    return render(
        "insights/report/show.html",
        report=report,
        span=span,
        told=paper.told(report) if report.document is not None else None,
        sections=[] if report.document is not None else _sections(report),
        filled=lambda each: words.filled(each, values, span),
        changed=[(BY_CODE[each["code"]], each) for each in report.changed if each["code"] in BY_CODE],
        counted={each.code: each for each in report.figures},
        form=form or IssueForm(formdata=None, data={"seen": seen}),
        anew=anew,
        history=history_of("period_report", report.id),
        **_words(),
    )


def _sections(report: PeriodReport) -> list[tuple[Section, list[ReportParagraph]]]:
    """All sections of a draft, whether anything stands there or not."""
    return [
        (section, [each for each in report.paragraphs if each.section is section])
        for section in Section
        if (section is Section.WITHDRAWAL) == report.withdraws
    ]


# --- written by people --------------------------------------------------------------------------------


@bp.route("/<period_report:report>/paragraphs/<int:paragraph_id>", methods=["GET", "POST"])
@allow(policies.writes_report)
def paragraph(report: PeriodReport, paragraph_id: int) -> Any:
    found = queries.paragraph_of(report, paragraph_id)
    if found is None:
        abort(404)
    form = ParagraphForm(data={"words": found.words, "seen": found.version})
    if form.submitted():
        with form.reporting(), transaction():
            _keep(report, found.section, found, form)
            return redirect_to("office_period_reports.show", report=report, _anchor=f"s-{found.section}")
    return _written(report, found.section, found, form)


@bp.route("/<period_report:report>/sections/<section>", methods=["GET", "POST"])
@allow(policies.writes_report)
def add(report: PeriodReport, section: str) -> Any:
    """A paragraph of one's own."""
    if section not in {*map(str, Section)} or (section == Section.WITHDRAWAL) != report.withdraws:
        abort(404)
    form = ParagraphForm()
    if form.submitted():
        with form.reporting(), transaction():
            _keep(report, Section(section), None, form)
            return redirect_to("office_period_reports.show", report=report, _anchor=f"s-{section}")
    return _written(report, Section(section), None, form)


def _keep(report: PeriodReport, section: Section, found: ReportParagraph | None, form: ParagraphForm) -> None:
    seen = form.seen.data or ""
    services.write_paragraph(
        report=report,
        section=section,
        paragraph=found,
        typed=services.Typed(form.words.data, int(seen) if seen.isascii() and seen.isdigit() else 0),
        by=person(),
    )
    flash(_("Kept. The figures in it stay up to date."))


def _written(
    report: PeriodReport, section: Section, found: ReportParagraph | None, form: ParagraphForm
) -> Any:
    """When somebody else was first, their words stand beside what was typed; keeping once more is on purpose."""
    values, span = queries.values_of(report), queries.span_of(report)
    overtaken = found is not None and form.refused and str(found.version) != str(form.seen.data)
    if found is not None and overtaken:
        form.seen.data = str(found.version)
    return render(
        "insights/report/paragraph.html",
        report=report,
        section=section,
        paragraph=found,
        form=form,
        overtaken=overtaken,
        filled=lambda each: words.filled(each, values, span),
        fields=[] if report.withdraws else [(figure, values.get(figure.code)) for figure in FIGURES],
        told=words.shown,
        **_words(),
    )


@bp.route("/<period_report:report>/paragraphs/<int:paragraph_id>/system", methods=["POST"])
@allow(policies.writes_report)
def restore(report: PeriodReport, paragraph_id: int) -> Any:
    found, form = queries.paragraph_of(report, paragraph_id), Form()
    if found is None:
        abort(404)
    with form.reporting(), transaction():
        services.restore_paragraph(report=report, paragraph=found, by=person())
        flash(_("The paragraph was put back."))
        return redirect_to("office_period_reports.show", report=report)
    return _page(report, anew=form)


@bp.route("/<period_report:report>/figures", methods=["POST"])
@allow(policies.writes_report)
def count(report: PeriodReport) -> Any:
    form = Form()
    with form.reporting(), transaction():
        services.count_anew(report=report, by=person())
        tasks.count_report.later(report.id)
        return redirect_to("office_period_reports.show", report=report)
    return _page(report, anew=form)


@bp.route("/<period_report:report>/end", methods=["POST"])
@allow(policies.gives_up_report)
def drop(report: PeriodReport) -> Any:
    form = Form()
    with form.reporting(), transaction():
        services.drop_report(report=report, by=person())
        flash(_("The draft was given up. It had no number."))
        return redirect_to("office_period_reports.list")
    return _page(report, anew=form)


# --- issued, and overtaken ------------------------------------------------------------------------------


@bp.route("/<period_report:report>/issue", methods=["POST"])
@allow(policies.writes_report)
@asks_again()
def issue(report: PeriodReport) -> Any:
    """At once, or where two officers have to agree: proposed to another."""
    form = IssueForm()
    if form.submitted():
        with form.reporting(), transaction():
            proposed = people.act_or_propose(
                kind="report-issue",
                subject_id=report.id,
                told=f"{REPORT_KIND_LABELS[report.kind]}: {queries.span_of(report).called_vi}",
                reason=form.reason.data,
                data={"seen": form.seen.data},
                by=person(),
            )
            if proposed is not None:
                flash(_("Proposed. Another officer reads it and agrees; then it is issued."), "wait")
            else:
                flash(_("Issued. It has its number and stands unchanged from now on."))
            return redirect_to("office_period_reports.show", report=report)
    return _page(report, form)


@bp.route("/<period_report:report>/replacement", methods=["GET", "POST"])
@allow(policies.replaces_report)
def replace(report: PeriodReport) -> Any:
    form = ReplaceForm()
    if form.submitted():
        withdraws = form.way.data == "withdraw"
        with form.reporting(), transaction():
            anew = services.replace_report(
                report=report, withdraws=withdraws, reason=form.reason.data, by=person()
            )
            if not withdraws:
                tasks.count_report.later(anew.id)
            return redirect_to("office_period_reports.show", report=anew)
    return render(
        "insights/report/replace.html", report=report, span=queries.span_of(report), form=form, **_words()
    )


# --- figures --------------------------------------------------------------------------------------------


@bp.route("/figures/<code>", methods=["GET"])
@allow(policies.reads_reports)
def figure(code: str) -> Any:
    """Which ones? Rows as they stand today; sums of trade and targets have pages of their own."""
    asked, span = BY_CODE.get(code), _span(request.args.get("period", ""))
    if asked is None or span is None:
        abort(404)
    if asked.trade or asked.goals:
        return redirect_to(**_elsewhere(asked, span))
    teller = TELLERS[asked.of]
    page = queries.rows_of_figure(asked, span, teller.options, request.args.get("after"))
    if page is None:
        abort(404)
    return render(
        "insights/report/rows.html",
        figure=asked,
        span=span,
        page=page.map(teller.tell),
        value=words.shown(queries.figure_value(asked, span), asked.measure),
        back=_report_asked(),
        **_words(),
    )


def _elsewhere(asked: Figure, span: Span) -> dict[str, Any]:
    if asked.goals:
        return {"endpoint": "office_targets.list", "day": span.last.isoformat()}
    return {
        "endpoint": "office_figures.rows",
        "year": span.first.year,
        "part": span.part or None,
        "channel": asked.channel,
    }


def _report_asked() -> PeriodReport | None:
    return queries.report_for_office(request.args.get("report", "")[:32], person())


@bp.route("/compare", methods=["GET"])
@allow(policies.reads_reports)
def compare() -> Any:
    """Two periods side by side; without a choice the last month and the one before. Nothing is counted here: figures
    are those of issued reports, or those that the worker keeps."""
    one, other = map(queries.side, _two(request.args))
    answer: Response = render(
        "insights/report/compare.html",
        one=one,
        other=other,
        lines=queries.compared(one, other) if one.known and other.known else [],
        periods=_periods(),
        key=_key,
        told=words.shown,
    )
    if one.waiting or other.waiting:
        looks_again(
            answer, url_for("office_period_reports.compare", one=_key(one.span), other=_key(other.span))
        )
    return answer


@bp.route("/compare", methods=["POST"])
@allow(policies.reads_reports)
def count_compared() -> Any:
    """What is not known of the two is counted, or all of it anew: the worker begins at once."""
    spans, anew = _two(request.form), bool(request.form.get("anew"))
    with transaction():
        for span in dict.fromkeys(spans):
            if queries.side(span).report is None:
                row = services.want_reading(span=span, anew=anew, by=person())
                if row is not None:
                    tasks.count_period.later(row.id)
        return redirect_to("office_period_reports.compare", one=_key(spans[0]), other=_key(spans[1]))


def _two(asked: Mapping[str, str]) -> tuple[Span, Span]:
    one = _span(asked.get("one", "")) or Span.of(ReportKind.MONTH, clock.today()).before
    return one, _span(asked.get("other", "")) or one.before


# --- on paper and as a sheet ------------------------------------------------------------------------------


@bp.route("/<period_report:report>/print", methods=["GET"])
@allow(policies.reads_reports)
def printed(report: PeriodReport) -> Any:
    if report.document is not None:
        return redirect_to("documents.show", document=report.document)
    return render(
        paper.TEMPLATE, back=url_for("office_period_reports.show", report=report), **paper.shown(report)
    )


@bp.route("/<period_report:report>/pdf", methods=["POST"])
@allow(policies.reads_reports)
def pdf(report: PeriodReport) -> Any:
    issued = report.document
    return send_for(
        kind=paper.KIND if issued is None else "documents.issued",
        values={"report": report.ref} if issued is None else {"document": issued.ref},
        title=f"{REPORT_KIND_LABELS[report.kind]} {queries.span_of(report).called}",
        back=url_for("office_period_reports.show", report=report),
    )


@bp.route("/<period_report:report>/annexes.xlsx", methods=["GET"])
@allow(policies.reads_reports)
def annexes(report: PeriodReport) -> Any:
    """Every figure and every annex as a sheet of one book, exact."""
    told = paper.told(report)
    answer = Response(write_book(_sheets(told)), mimetype=XLSX)
    name = slug(f"bao-cao-{queries.span_of(report).called_vi}")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _sheets(told: Any) -> Iterator[tuple[str, list[Any], list[list[Any]]]]:
    columns = [_("Figure"), _("This period"), _("Period before"), _("Unit")]
    yield (
        _("Figures"),
        columns,
        [
            [
                pick(each["name"]["vi"], each["name"]["en"]),
                each["value"],
                each["before"],
                _unit(each["measure"]),
            ]
            for each in told["figures"]
        ],
    )
    for number, each in enumerate(told["annexes"], start=1):
        yield (f"{_('Annex')} {number}", each["columns"], each["rows"])


def _unit(measure: str) -> str:
    return {Measure.DONG: "đ", Measure.KG: "kg"}.get(Measure(measure), "")


# --- what is asked ------------------------------------------------------------------------------------------


def _words() -> dict[str, Any]:
    return {
        "labels": REPORT_LABELS,
        "tones": REPORT_TONES,
        "kind_labels": REPORT_KIND_LABELS,
        "section_labels": SECTION_LABELS,
        "key": _key,
        "figures_by_code": BY_CODE,
    }


def _key(span: Span) -> str:
    """ "month:2026-05-01" """
    return f"{span.kind}:{span.first.isoformat()}"


def _periods() -> list[tuple[str, Any]]:
    """Those that a report can be of, the latest of each kind first."""
    found = []
    for kind, count in FAR_BACK.items():
        span = Span.of(kind, clock.today())
        for _turn in range(count):
            found.append((_key(span), span.called[0].upper() + span.called[1:]))
            span = span.before
    return found


def _span(written: str) -> Span | None:
    """As far as it is over; None for what is no period."""
    kind, _sign, day = written.partition(":")
    try:
        span = Span.of(ReportKind(kind), dt.date.fromisoformat(day), clock.today())
    except ValueError:
        return None
    return span if dt.date(2000, 1, 1) <= span.first <= clock.today() else None
