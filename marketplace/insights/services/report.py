"""Reports are begun, counted, written by people, issued for good, and overtaken only by a new number."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from marketplace import config
from marketplace.accounts import queries as accounts
from marketplace.accounts.states import Desk
from marketplace.documents import services as documents
from marketplace.documents.content import frozen
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.reference import random_ref
from marketplace.foundation.words import _l
from marketplace.insights import annexes, notices, queries, written
from marketplace.insights import report_words as words
from marketplace.insights.events import (
    PeriodReportBegun,
    PeriodReportCounted,
    PeriodReportDropped,
    PeriodReportEdited,
    PeriodReportEvent,
    PeriodReportIssued,
    PeriodReportOvertaken,
)
from marketplace.insights.models import PeriodReport, ReportFigure, ReportParagraph
from marketplace.insights.reporting import GROUPS, Span
from marketplace.insights.states import (
    SECTION_LABELS,
    ReportKind,
    ReportState,
    Section,
    report_lifecycle,
)

LONGEST = 4000
MOST_OWN = 40


# --- begun -------------------------------------------------------------------------------------------


def begin_report(*, kind: ReportKind, day: dt.date, by: Any = None) -> PeriodReport:
    """A draft of the period in which a day lies, to be counted. Raises Refusal for days to come, when there is a draft,
    and when one was issued: that can only be replaced."""
    today = clock.today()
    span = Span.of(kind, day, today)
    if span.first > today:
        raise Refusal(_l("This period is still to come."), field="part")
    if queries.open_report(kind, span.first) is not None:
        raise Refusal(
            _l("There is a draft of this period already. Please go on with that one."), field="part"
        )
    if queries.standing_report(kind, span.first) is not None:
        raise Refusal(_l("A report of this period was issued already. Open it to replace it."), field="part")
    return _begun(span, by=by)


def replace_report(*, report: PeriodReport, withdraws: bool, reason: str, by: Any = None) -> PeriodReport:
    """A draft that takes the place of what was issued, once it is issued itself. Raises Refusal without a reason."""
    if not reason.strip():
        raise Refusal(_l("Please say why. It stands on the new paper."), field="reason")
    _lock(report)
    if report.state is not ReportState.ISSUED or report.document is None:
        raise Refusal(_l("This report no longer counts: another one took its place."))
    if queries.open_report(report.kind, report.first_day) is not None:
        raise Refusal(_l("There is a draft of this period already. Please go on with that one."))
    span = Span.of(report.kind, report.first_day, clock.today())
    reason = " ".join(reason.split())[:500]
    anew = _begun(span, by=by, replaces_id=report.id, withdraws=withdraws, reason=reason)
    if withdraws:
        report_lifecycle.advance(anew, "finish")
        anew.counted_at, anew.done = clock.now(), anew.steps
        _draft(anew, words.withdrawal(report.symbol, report.document.told["day"], reason))
    return anew


def _begun(span: Span, *, by: Any, **more: Any) -> PeriodReport:
    report = PeriodReport(
        ref=random_ref(),
        kind=span.kind,
        first_day=span.first,
        last_day=span.end,
        as_of=span.last,
        steps=len(GROUPS) + 1,
        begun_by_id=id_of(by),
        begun_at=clock.now(),
        **more,
    )
    db.session.add(report)
    db.session.flush()
    announce(_event(PeriodReportBegun, report, by))
    return report


def count_anew(*, report: PeriodReport, by: Any = None) -> None:
    """Figures as they are today; no word of a person is touched."""
    _lock(report)
    if report.withdraws:
        raise Refusal(_l("A withdrawal has no figures."))
    report_lifecycle.advance(report, "count_anew")
    report.turn, report.done, report.begun_at = report.turn + 1, 0, clock.now()
    report.as_of = Span.of(report.kind, report.first_day, clock.today()).last
    announce(_event(PeriodReportBegun, report, by))


# --- counted by the worker -----------------------------------------------------------------------------


def keep_group(report_id: int, turn: int, place: int, found: Mapping[str, words.Counted]) -> bool:
    """Keep one group of figures that was read; False when nothing is to be read any more. Twice is harmless."""
    report = db.session.get(PeriodReport, report_id)
    if report is None:
        return False
    _lock(report)
    if report.state is not ReportState.COUNTING or report.turn != turn:
        return False
    known = {each.code: each for each in report.figures}
    before = sum(len(figures) for _section, figures in GROUPS[:place])
    for position, figure in enumerate(GROUPS[place][1], start=before):
        told, row = found[figure.code], known.get(figure.code)
        if row is None:
            row = ReportFigure(report_id=report.id, code=figure.code, measure=figure.measure, was=told.value)
            db.session.add(row)
        elif row.turn != turn:
            row.was = row.value
        row.value, row.before, row.position, row.turn = told.value, told.before, position, turn
    report.done = max(report.done, place + 1)
    return True


def finish_counting(report_id: int, turn: int) -> None:
    """Write the sentences, or only what in them is the system's; say what changed. Twice is harmless."""
    report = db.session.get(PeriodReport, report_id)
    if report is None:
        return
    _lock(report)
    if report.state is not ReportState.COUNTING or report.turn != turn:
        return
    db.session.refresh(report, ["figures", "paragraphs"])
    report_lifecycle.advance(report, "finish")
    report.done, report.counted_at = report.steps, clock.now()
    report.annexes = [frozen(each) for each in annexes.of(queries.span_of(report))]
    report.changed = [
        {
            "code": each.code,
            "was": words.told(each.was, each.measure),
            "now": words.told(each.value, each.measure),
        }
        for each in report.figures
        if turn > 1 and each.was != each.value
    ]
    _draft(report, words.drafted(queries.values_of(report)))
    announce(_event(PeriodReportCounted, report, None))
    if report.begun_by_id is None and turn == 1:
        for person in accounts.officers_at(*map(Desk, config.current().report_draft_desks)):
            notices.draft_waits(report, person.id)


def _draft(report: PeriodReport, drafted: Sequence[words.Drafted]) -> None:
    """The system's paragraphs. A person's keep their words; beside them stands what the system would write."""
    known = {each.key: each for each in report.paragraphs if each.key}
    order = [*Section]
    for place, each in enumerate(drafted):
        there = known.get(each.key)
        if there is None:
            db.session.add(
                ReportParagraph(
                    report_id=report.id,
                    section=each.section,
                    position=order.index(each.section) * 1000 + place,
                    key=each.key,
                    drafted=each.words,
                    words=each.words,
                    at=clock.now(),
                )
            )
            continue
        if not there.own and there.words != each.words:
            there.words, there.version, there.at = each.words, there.version + 1, clock.now()
        there.drafted = each.words
    db.session.flush()
    db.session.expire(report, ["paragraphs"])


# --- written by people -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Typed:
    """What somebody typed over which state of a paragraph."""

    words: str
    seen: int


def write_paragraph(
    *,
    report: PeriodReport,
    section: Section,
    paragraph: ReportParagraph | None,
    typed: Typed,
    by: Any = None,
) -> ReportParagraph:
    """A person's words, with {names} of figures. Raises Refusal for names that are no figure's, and when somebody else
    wrote it meanwhile: what was typed stays, and theirs is shown."""
    _lock(report)
    if report.state is not ReportState.DRAFT:
        raise Refusal(_l("The figures are being read, or it was issued. Please look at the report again."))
    said = typed.words.strip()
    if len(said) > LONGEST:
        raise Refusal(_l("Please shorten this to 4,000 characters."), field="words")
    if nobodys := words.unknown(said):
        raise Refusal(
            _l("No figure is called “%(name)s”. Please take a name from the list.", name=nobodys[0]),
            field="words",
        )
    if paragraph is None:
        if not said:
            raise Refusal(_l("Please write something."), field="words")
        paragraph = _own_paragraph(report, section)
    else:
        db.session.refresh(paragraph, with_for_update={"of": ReportParagraph})
        if paragraph.version != typed.seen:
            raise Refusal(
                _l("Somebody else wrote this paragraph meanwhile. What you typed still stands here."),
                field="words",
            )
        paragraph.version += 1
    paragraph.words, paragraph.at = said, clock.now()
    paragraph.by_id = None if paragraph.key and said == paragraph.drafted else id_of(by)
    db.session.flush()
    db.session.expire(report, ["paragraphs"])
    announce(_edited(report, paragraph.section, by))
    return paragraph


def _own_paragraph(report: PeriodReport, section: Section) -> ReportParagraph:
    same = [each for each in report.paragraphs if each.section is section]
    if sum(not each.key for each in report.paragraphs) >= MOST_OWN:
        raise Refusal(_l("There are 40 paragraphs of your own already. Please write into one of them."))
    first = [*Section].index(section) * 1000
    row = ReportParagraph(
        report_id=report.id,
        section=section,
        position=max((each.position for each in same), default=first) + 1,
    )
    db.session.add(row)
    return row


def restore_paragraph(*, report: PeriodReport, paragraph: ReportParagraph, by: Any = None) -> None:
    """The system's words again; a paragraph that it does not know is taken out."""
    _lock(report)
    if report.state is not ReportState.DRAFT:
        raise Refusal(_l("The figures are being read, or it was issued. Please look at the report again."))
    section = paragraph.section
    if paragraph.key:
        paragraph.words, paragraph.by_id = paragraph.drafted, None
        paragraph.version, paragraph.at = paragraph.version + 1, clock.now()
    else:
        db.session.delete(paragraph)
    db.session.flush()
    db.session.expire(report, ["paragraphs"])
    announce(_edited(report, section, by))


def drop_report(*, report: PeriodReport, by: Any = None) -> None:
    """The draft is given up; nothing of it had a number."""
    _lock(report)
    report_lifecycle.advance(report, "drop")
    announce(_event(PeriodReportDropped, report, by))


# --- issued ------------------------------------------------------------------------------------------


def issue_report(*, report: PeriodReport, seen: str, by: Any = None) -> PeriodReport:
    """For good, with the next number of the year: text, figures and annexes stand in a paper that nothing can change.

    `seen` is what whoever issues it read (queries.seen_of). Raises Refusal when it says something else by now.
    """
    _lock(report)
    db.session.refresh(report, ["figures", "paragraphs"])
    if report.state is not ReportState.DRAFT:
        raise Refusal(_l("This is no draft any more. Please look at it again."))
    if queries.seen_of(report) != seen:
        raise Refusal(_l("The draft was changed meanwhile. Please read it again before it is issued."))
    overtaken = report.replaces
    if overtaken is not None:
        _lock(overtaken)
        report_lifecycle.advance(overtaken, "withdraw" if report.withdraws else "replace")
        db.session.flush()
    alliance = accounts.alliance()
    if alliance is None:
        raise Refusal(_l("There is no alliance yet that could issue it."))
    report.document = documents.issue(
        kind=written.REPORT.name,
        issuer_id=alliance.id,
        about=written.about(report),
        title=written.abstract(report),
        content=written.told_of(report, clock.today()),
        stories={"period_report": report.id},
        by=by,
    )
    report_lifecycle.advance(report, "issue")
    report.issued_by_id, report.issued_at = id_of(by), report.document.issued_at
    db.session.flush()
    number = report.symbol
    announce(_numbered(PeriodReportIssued, report, number, by))
    if overtaken is not None:
        announce(_numbered(PeriodReportOvertaken, overtaken, number, by))
    notices.issued(report)
    return report


def _numbered(
    kind: type[PeriodReportIssued | PeriodReportOvertaken], report: PeriodReport, number: str, by: Any
) -> PeriodReportEvent:
    return kind(report_id=report.id, called=_called(report), number=number, actor_id=id_of(by))


def _edited(report: PeriodReport, section: Section, by: Any) -> PeriodReportEdited:
    return PeriodReportEdited(
        report_id=report.id, called=_called(report), part=str(SECTION_LABELS[section]), actor_id=id_of(by)
    )


def _event(kind: type[PeriodReportEvent], report: PeriodReport, by: Any) -> PeriodReportEvent:
    return kind(report_id=report.id, called=_called(report), actor_id=id_of(by))


def _called(report: PeriodReport) -> str:
    return f"Báo cáo {queries.span_of(report).called_vi}"


def _lock(report: PeriodReport) -> None:
    """Who works on the same report at once waits, and sees what the first one did."""
    db.session.refresh(report, with_for_update={"of": PeriodReport})
