"""Reports of a period: drafted from figures, written by people, issued once and for good."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from marketplace import config
from marketplace.accounts import services as people
from marketplace.accounts.models import Person
from marketplace.accounts.states import Desk, Role
from marketplace.foundation import clock
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Refusal
from marketplace.foundation.mail import Letter
from marketplace.inbox.models import Notice
from marketplace.insights import notices, queries, services, tasks
from marketplace.insights import report_words as words
from marketplace.insights.invariants import breaks
from marketplace.insights.models import PeriodReport, ReportParagraph
from marketplace.insights.reporting import BY_CODE, FIGURES, Span
from marketplace.insights.states import Measure, ReportKind, ReportState, Section
from tests.insights.sold import bought, counted
from tests.rivals import act, at_once
from tests.world import World


def last_month() -> dt.date:
    return Span.of(ReportKind.MONTH, clock.today()).before.first


def drafted(kind: ReportKind = ReportKind.MONTH, day: dt.date | None = None, by: Any = None) -> PeriodReport:
    with transaction():
        report = services.begin_report(kind=kind, day=day or clock.today(), by=by)
        report_id = report.id
    tasks.count_report(report_id)
    return fresh(report_id)


def fresh(report_id: int) -> PeriodReport:
    db.session.rollback()
    db.session.expire_all()
    return db.session.get_one(PeriodReport, report_id)


def issued(report: PeriodReport, by: Any = None) -> PeriodReport:
    with transaction():
        services.issue_report(report=report, seen=queries.seen_of(report), by=by)
    return fresh(report.id)


def wrote(report: PeriodReport, key: str, said: str, by: Person | None = None) -> ReportParagraph:
    with transaction():
        paragraph = next(each for each in report.paragraphs if each.key == key)
        services.write_paragraph(
            report=report,
            section=paragraph.section,
            paragraph=paragraph,
            typed=services.Typed(said, paragraph.version),
            by=by or officer(),
        )
    return paragraph


def officer() -> Person:
    return db.session.scalars(select(Person).where(Person.email == "officer@demo.vn")).one()


def said(report: PeriodReport, key: str) -> str:
    found = next(each for each in report.paragraphs if each.key == key)
    parts = words.filled(found.words, queries.values_of(report), queries.span_of(report))
    return "".join(part.text for part in parts)


# --- periods and numbers ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "day", "first", "last", "before", "part"),
    [
        (ReportKind.MONTH, (2027, 1, 31), (2027, 1, 1), (2027, 1, 31), (2026, 12, 1), "1"),
        (ReportKind.MONTH, (2028, 2, 1), (2028, 2, 1), (2028, 2, 29), (2028, 1, 1), "2"),
        (ReportKind.QUARTER, (2027, 6, 30), (2027, 4, 1), (2027, 6, 30), (2027, 1, 1), "q2"),
        (ReportKind.QUARTER, (2027, 10, 1), (2027, 10, 1), (2027, 12, 31), (2027, 7, 1), "q4"),
        (ReportKind.YEAR, (2027, 7, 9), (2027, 1, 1), (2027, 12, 31), (2026, 1, 1), ""),
    ],
)
def test_periods(kind: ReportKind, day: Any, first: Any, last: Any, before: Any, part: str) -> None:
    span = Span.of(kind, dt.date(*day))
    assert (span.first, span.last) == (dt.date(*first), dt.date(*last))
    assert span.before.first == dt.date(*before) and span.before.next.first == span.first
    assert span.part == part


def test_every_period_of_a_year_is_called(app: Any) -> None:
    for month in range(1, 13):
        for kind in ReportKind:
            assert "2027" in Span.of(kind, dt.date(2027, month, 1)).called
    assert Span.of(ReportKind.QUARTER, dt.date(2027, 12, 1)).called_vi == "quý IV năm 2027"


def test_a_running_period_counts_until_today() -> None:
    span = Span.of(ReportKind.YEAR, dt.date(2027, 3, 3), dt.date(2027, 4, 5))
    assert span.last == dt.date(2027, 4, 5) and span.end == dt.date(2027, 12, 31)


def test_no_data_is_not_nought() -> None:
    assert words.told(None, Measure.COUNT) == words.NO_DATA
    assert words.told(Decimal(0), Measure.COUNT) == "0"
    assert words.told(Decimal(1_234_567), Measure.DONG) == "1.234.567 đồng"
    assert words.told(Decimal(12_340), Measure.KG) == "12,3 tấn"
    assert words.change(words.Counted(Decimal(5), Decimal(0))) is None
    assert words.change(words.Counted(Decimal(0), Decimal(4))) == -100
    assert words.change_told(words.Counted(None, Decimal(4))) == "chưa so sánh được"
    assert words.change_told(words.Counted(Decimal(5), Decimal(4))) == "tăng 25%"


def test_names_in_braces_mean_figures_however_they_are_typed() -> None:
    values = {"trade": words.Counted(Decimal(3000), Decimal(2000))}
    span = Span.of(ReportKind.MONTH, dt.date(2027, 5, 1))
    typed = "{ Giá trị  bán ra} và {giá trị bán ra KỲ TRƯỚC}, {giá trị bán ra tăng giảm}; {kỳ báo cáo} {lạ}"
    parts = words.filled(typed, values, span)
    assert "".join(each.text for each in parts) == (
        "3.000 đồng và 2.000 đồng, tăng 50%; tháng 5 năm 2027 {lạ}"
    )
    assert [(each.code, each.before) for each in parts if each.code] == [
        ("trade", False),
        ("trade", True),
        ("trade", False),
    ]
    assert words.unknown(typed) == ["lạ"]


@pytest.mark.parametrize("value", [None, Decimal(0), Decimal(3)])
def test_whatever_the_figures_are_the_sentences_name_only_figures(value: Decimal | None) -> None:
    values = {figure.code: words.Counted(value, Decimal(4)) for figure in FIGURES}
    for each in words.drafted(values):
        assert words.unknown(each.words) == [] and ", và" not in each.words
        if value is None:
            assert "{" not in each.words


def test_every_figure_has_a_code_and_a_name_of_its_own() -> None:
    assert len(BY_CODE) == len(words.FIELDS) == len(FIGURES)


# --- drafted ---------------------------------------------------------------------------------------------


def test_the_system_drafts_from_figures_and_does_so_twice_without_harm(world: World) -> None:
    bought(world)
    counted()
    report = drafted()
    assert report.state is ReportState.DRAFT and report.done == report.steps
    assert len(report.figures) == len(FIGURES)
    values = queries.values_of(report)
    assert values["trade"].value == 600_000 and values["sellers"].value == 1
    assert "600.000 đồng" in said(report, "sold") and "50 kg" in said(report, "sold")
    assert values["loans_asked"].value is None and "Chưa có số liệu" in said(report, "loans")
    paragraphs = len(report.paragraphs)
    tasks.count_report(report.id)
    assert len(fresh(report.id).paragraphs) == paragraphs
    assert {section.value for section in Section} - {each.section for each in report.paragraphs} == {
        Section.WITHDRAWAL
    }


def test_a_figure_is_the_number_of_its_rows(world: World) -> None:
    bought(world)
    counted()
    span = Span.of(ReportKind.MONTH, clock.today(), clock.today())
    for figure in FIGURES:
        value, page = figure_and_rows(figure, span)
        if page is not None and value is not None and figure.weigh is None:
            assert len(page.rows) == value, figure.code
        if page is not None and value is None:
            assert not page.rows, figure.code


def figure_and_rows(figure: Any, span: Span) -> tuple[Decimal | None, Any]:
    return queries.figure_value(figure, span), queries.rows_of_figure(figure, span, (), None)


def test_reading_anew_refreshes_numbers_and_never_a_persons_words(world: World) -> None:
    report = drafted()
    mine = "Bà con bán được {giá trị bán ra}, phấn khởi."
    wrote(report, "sold", mine)
    bought(world)
    counted()
    with transaction():
        services.count_anew(report=report)
    assert fresh(report.id).state is ReportState.COUNTING
    tasks.count_report(report.id)
    report = fresh(report.id)
    sold = next(each for each in report.paragraphs if each.key == "sold")
    assert sold.words == mine and sold.own and sold.drafted != mine
    assert said(report, "sold") == "Bà con bán được 600.000 đồng, phấn khởi."
    assert "600.000 đồng" in said(report, "ways"), "a paragraph of the system follows the figures"
    changed = {each["code"]: (each["was"], each["now"]) for each in report.changed}
    assert changed["trade"] == (words.NO_DATA, "600.000 đồng")
    with transaction():
        services.restore_paragraph(report=report, paragraph=sold, by=officer())
    assert "sản lượng" in said(fresh(report.id), "sold")


def test_two_people_at_one_paragraph_the_second_is_told(world: World) -> None:
    report = drafted()
    paragraph = next(each for each in report.paragraphs if each.key == "sold")
    seen = paragraph.version
    wrote(report, "sold", "Một")
    with pytest.raises(Refusal) as refused, transaction():
        services.write_paragraph(
            report=report,
            section=paragraph.section,
            paragraph=paragraph,
            typed=services.Typed("Hai", seen),
            by=officer(),
        )
    assert refused.value.field == "words"
    assert said(fresh(report.id), "sold") == "Một"


def test_what_cannot_be_written(world: World) -> None:
    report = drafted()
    for key, typed in (("sold", "Có {số voi} con"), ("sold", "a" * 4001)):
        with pytest.raises(Refusal):
            wrote(fresh(report.id), key, typed)
    with pytest.raises(Refusal), transaction():
        services.write_paragraph(
            report=fresh(report.id),
            section=Section.PROPOSALS,
            paragraph=None,
            typed=services.Typed("  ", 0),
            by=officer(),
        )


def test_one_draft_of_a_period_and_none_of_days_to_come(world: World) -> None:
    drafted()
    with pytest.raises(Refusal), transaction():
        services.begin_report(kind=ReportKind.MONTH, day=clock.today())
    with pytest.raises(Refusal), transaction():
        services.begin_report(kind=ReportKind.MONTH, day=clock.today() + dt.timedelta(40))


def test_a_draft_that_is_given_up_makes_room(world: World) -> None:
    report = drafted()
    with transaction():
        services.drop_report(report=report, by=officer())
    assert drafted().id != report.id


# --- issued ----------------------------------------------------------------------------------------------


def test_issued_it_has_a_number_and_nothing_changes_it(world: World) -> None:
    report = drafted(day=last_month())
    wrote(report, "asked", "Đề nghị tỉnh bố trí kinh phí.")
    report = issued(fresh(report.id), by=officer())
    assert report.state is ReportState.ISSUED and report.symbol == "01/BC-LMHTX"
    assert report.document is not None
    told = report.document.told
    assert told["layout"]["nation"].startswith("CỘNG HÒA")
    proposals = next(each for each in told["sections"] if each["key"] == "proposals")
    assert proposals["paragraphs"][0][0][0] == "Đề nghị tỉnh bố trí kinh phí."
    with pytest.raises(Refusal):
        wrote(report, "asked", "Khác")
    assert broken() == {}


CHANGES = (
    "UPDATE issued_documents SET title = 'x'",
    "UPDATE period_reports SET document_id = NULL",
    "UPDATE period_reports SET annexes = '[]'",
    "UPDATE period_reports SET as_of = '2020-01-01', state = 'withdrawn'",
    "DELETE FROM period_reports",
    "UPDATE report_paragraphs SET words = 'x'",
    "UPDATE report_paragraphs SET version = version + 1, position = position + 1",
    "UPDATE report_paragraphs SET report_id = {other} WHERE report_id = {report}",
    "UPDATE report_paragraphs SET report_id = {report} WHERE report_id = {other}",
    "DELETE FROM report_paragraphs",
    "INSERT INTO report_paragraphs (report_id, section, position, key, drafted, words, version, at) "
    "VALUES ({report}, 'next', 9999, '', '', 'x', 1, CURRENT_TIMESTAMP)",
    "UPDATE report_figures SET value = 1",
    "UPDATE report_figures SET report_id = {other} WHERE report_id = {report} AND code = 'alive'",
    "DELETE FROM report_figures",
    "INSERT INTO report_figures (report_id, code, position, measure, turn) VALUES ({report}, 'x', 99, 'count', 1)",
)


def test_nobody_changes_what_was_issued_not_even_by_sql(world: World) -> None:
    report = issued(drafted(day=last_month()))
    other = drafted()
    told = {"report": report.id, "other": other.id}
    for change in CHANGES:
        with pytest.raises(DBAPIError, match="append-only"):
            db.session.execute(text(change.format(**told)))
        db.session.rollback()
    assert broken() == {}
    with transaction():
        db.session.execute(text(f"UPDATE report_figures SET value = 1 WHERE report_id = {other.id}"))
        db.session.execute(text(f"DELETE FROM report_paragraphs WHERE report_id = {other.id}"))
        db.session.execute(text(f"UPDATE period_reports SET state = 'replaced' WHERE id = {report.id}"))


def broken() -> dict[str, int]:
    return {number: count for number, _sentence, count in breaks(thorough=False) if count}


def test_numbers_follow_each_other_and_a_new_paper_says_what_it_replaces(world: World) -> None:
    first = issued(drafted(day=last_month()))
    with pytest.raises(Refusal), transaction():
        services.begin_report(kind=ReportKind.MONTH, day=last_month())
    with transaction():
        anew = services.replace_report(report=first, withdraws=False, reason="Sai số liệu", by=officer())
    tasks.count_report(anew.id)
    second = issued(fresh(anew.id))
    first = fresh(first.id)
    assert first.state is ReportState.REPLACED and second.symbol == "02/BC-LMHTX"
    assert second.document is not None and second.document.replaces_id == first.document_id
    assert second.document.told["replaces"]["number"] == "01/BC-LMHTX"
    with transaction():
        last = services.replace_report(report=second, withdraws=True, reason="Trùng", by=officer())
    third = issued(fresh(last.id))
    assert fresh(second.id).state is ReportState.WITHDRAWN and third.symbol == "03/BC-LMHTX"
    assert third.document is not None
    assert third.document.told["sections"][0]["paragraphs"][0][0][0].startswith(
        "Thu hồi Báo cáo số 02/BC-LMHTX"
    )
    assert broken() == {}


def test_who_issues_has_read_what_is_issued(world: World) -> None:
    report = drafted()
    seen = queries.seen_of(report)
    wrote(report, "asked", "Thêm một câu.")
    with pytest.raises(Refusal), transaction():
        services.issue_report(report=fresh(report.id), seen=seen, by=officer())
    assert fresh(report.id).document is None


def test_two_officers_agree_and_to_the_same_words(app: Any, world: World) -> None:
    app.extensions["settings"] = replace(app.extensions["settings"], four_eyes=("report-issue",))
    with transaction():
        second = people.create_person(name="Bùi Thị Hai", email="hai@demo.vn", password="ca-rot-2026")
        people.add_member(
            organisation=people.alliance(name=""), person=second, role=Role.OFFICER, desks=[Desk.TRADE]
        )
    report = drafted()
    with transaction():
        proposal = people.act_or_propose(
            kind="report-issue",
            subject_id=report.id,
            told="Báo cáo",
            reason="Xin xem",
            data={"seen": queries.seen_of(report)},
            by=officer(),
        )
    assert proposal is not None and fresh(report.id).state is ReportState.DRAFT
    wrote(fresh(report.id), "asked", "Chen vào sau.")
    with pytest.raises(Refusal), transaction():
        people.agree(approval=proposal, by=second)
    with transaction():
        services.restore_paragraph(
            report=fresh(report.id),
            paragraph=next(each for each in fresh(report.id).paragraphs if each.key == "asked"),
            by=officer(),
        )
    with transaction():
        people.agree(approval=proposal, by=second)
    report = fresh(report.id)
    assert report.state is ReportState.ISSUED and report.issued_by_id == second.id


def test_an_invariant_sees_a_draft_that_no_longer_says_what_was_issued(world: World) -> None:
    report = issued(drafted())
    assert broken() == {}
    sqlite = db.engine.dialect.name == "sqlite"
    with transaction():
        trigger = "no_update" if sqlite else "append_only ON report_paragraphs"
        db.session.execute(text(f"DROP TRIGGER report_paragraphs_{trigger}"))
        paragraph = next(each for each in report.paragraphs if each.key == "sold")
        paragraph.words = "Khác hẳn"
    assert broken() == {"A3": 1, "A12": 1}


# --- by the calendar, and by mail -------------------------------------------------------------------------


def test_the_calendar_drafts_once_and_tells_the_chosen_desk(app: Any, world: World) -> None:
    app.extensions["settings"] = replace(
        app.extensions["settings"], report_draft_kinds=("month", "quarter", "year"), report_draft_day=5
    )
    at = clock.start_of_day(dt.date(2027, 2, 5)) + dt.timedelta(hours=9)
    with clock.standing_at(at - dt.timedelta(days=1)):
        assert tasks.draft_due_reports() == 0
    with clock.standing_at(at):
        assert tasks.draft_due_reports() == 1, "a month is over; no quarter and no year is"
        assert tasks.draft_due_reports() == 0
        report = db.session.scalars(select(PeriodReport)).one()
        assert report.first_day == dt.date(2027, 1, 1)
        tasks.count_report(report.id)
        tasks.count_report(report.id)
    told = db.session.scalars(select(Notice).where(Notice.kind == "period_reports.waits")).all()
    assert len(told) == 1 and told[0].url == f"/office/reports/{report.ref}"
    with clock.standing_at(clock.start_of_day(dt.date(2027, 4, 28))):
        assert tasks.draft_due_reports() == 2


def test_a_lost_wake_up_is_found_again(world: World) -> None:
    with transaction():
        report_id = services.begin_report(kind=ReportKind.MONTH, day=clock.today()).id
    with clock.standing_at(clock.now() + dt.timedelta(minutes=2)):
        assert [*queries.uncounted(clock.now() - tasks.PATIENCE)] == [report_id]


def test_receivers_get_the_link_once(app: Any, world: World) -> None:
    app.extensions["settings"] = replace(
        app.extensions["settings"], report_mail_to="ubnd@hd.example, lm@vn.example"
    )
    report = issued(drafted())
    assert report.document is not None
    letters = db.session.scalars(select(Letter).where(Letter.key.like("period_reports.issued%"))).all()
    assert {each.recipient for each in letters} == {"ubnd@hd.example", "lm@vn.example"}
    assert all(f"/documents/{report.document.ref}" in each.text for each in letters)
    with transaction():
        notices.issued(report)
    assert db.session.query(Letter).filter(Letter.key.like("period_reports.issued%")).count() == 2


def test_addresses_of_receivers_are_addresses() -> None:
    rule = config.RULES["report_mail_to"]
    assert rule.read("a@b.vn c@d.vn") == "a@b.vn, c@d.vn" and rule.read("") == ""
    with pytest.raises(config.Odd):
        rule.read("a@b.vn, nobody")


# --- rivals ----------------------------------------------------------------------------------------------


def issue_now(report_id: int) -> str:
    report = db.session.get_one(PeriodReport, report_id)
    services.issue_report(report=report, seen=queries.seen_of(report))
    return "issued"


def begin_now(month: int) -> str:
    services.begin_report(kind=ReportKind.MONTH, day=dt.date(clock.today().year - 1, month, 1))
    return "begun"


def test_rivals_issue_and_no_number_is_given_twice_or_left_out(app: Any, world: World, tmp_path: Any) -> None:
    reports = [drafted(day=dt.date(clock.today().year - 1, month, 1)).id for month in (1, 2, 3, 4)]
    db.session.rollback()
    verb = "tests.insights.test_reports:issue_now"
    sides = [[act(verb, report_id=each) for each in reports] for _side in range(2)]
    found = at_once(str(db.engine.url.render_as_string(hide_password=False)), tmp_path, sides)
    assert found["issued"] == 4 and found["answered"] == 4
    numbers = sorted(fresh(each).symbol for each in reports)
    assert numbers == [f"{number:02}/BC-LMHTX" for number in (1, 2, 3, 4)]
    assert broken() == {}


def test_rivals_begin_one_draft(app: Any, world: World, tmp_path: Any) -> None:
    verb = "tests.insights.test_reports:begin_now"
    found = at_once(
        str(db.engine.url.render_as_string(hide_password=False)),
        tmp_path,
        [[act(verb, month=5)] * 2, [act(verb, month=5)] * 2],
    )
    assert found["begun"] == 1 and found["answered"] == 3
