"""The pages of reports: from the draft to the paper, in both languages, and who may do what."""

from __future__ import annotations

import datetime as dt
import io

import openpyxl
from sqlalchemy import select

from marketplace.accounts import services as people
from marketplace.accounts.states import Desk, Role
from marketplace.foundation import clock
from marketplace.foundation.db import db, transaction
from marketplace.foundation.papers import tasks as papers
from marketplace.foundation.papers.models import Paper
from marketplace.foundation.papers.states import PaperState
from marketplace.insights import services, tasks
from marketplace.insights.models import PeriodReport
from marketplace.insights.reporting import FIGURES, Span
from marketplace.insights.states import ReportKind
from tests.client import ReadingClient, another
from tests.insights.sold import bought, counted
from tests.statements import queries_sent
from tests.world import World

BASE = "/office/reports"


def this_month() -> str:
    return f"month:{clock.today().replace(day=1).isoformat()}"


def begun(client: ReadingClient) -> PeriodReport:
    """An officer asks for a draft, and the worker has its turn."""
    answer = client.send(BASE, {"period": this_month()})
    assert answer.status_code == 303
    ref = answer.location.rsplit("/", 1)[1]
    page = client.get(f"{BASE}/{ref}")
    assert "progress" in page.text and "Refresh" in page.headers
    tasks.count_report(db.session.scalars(select(PeriodReport.id).where(PeriodReport.ref == ref)).one())
    return fresh(ref)


def fresh(ref: str) -> PeriodReport:
    db.session.rollback()
    db.session.expire_all()
    return db.session.scalars(select(PeriodReport).where(PeriodReport.ref == ref)).one()


def paragraph_of(report: PeriodReport, key: str) -> tuple[str, int]:
    found = next(each for each in report.paragraphs if each.key == key)
    return f"{BASE}/{report.ref}/paragraphs/{found.id}", found.version


def test_from_the_draft_to_the_paper(world: World, client: ReadingClient) -> None:
    client.sign_in("officer@demo.vn")
    assert client.get(BASE).status_code == 200
    bought(world)
    counted()
    report = begun(client)
    page = client.get(f"{BASE}/{report.ref}").text
    assert "600.000 đồng" in page and "Để hệ thống" not in page
    path, version = paragraph_of(report, "asked")
    assert client.get(path).status_code == 200
    wrong = client.send(path, {"words": "Có {số voi}", "seen": str(version)})
    assert wrong.status_code == 422 and "Có {số voi}" in wrong.text and "số voi" in wrong.text
    kept = client.send(path, {"words": "Xin hỗ trợ; đã bán {giá trị bán ra}.", "seen": str(version)})
    assert kept.status_code == 303
    late = client.send(path, {"words": "Của tôi", "seen": str(version)})
    assert late.status_code == 422 and "Của tôi" in late.text and "Xin hỗ trợ" in late.text
    add = f"{BASE}/{report.ref}/sections/next"
    assert client.get(add).status_code == 200
    assert client.send(add, {"words": "Mở thêm lớp."}).status_code == 303
    for suffix in ("", "/print"):
        for language in ("", "/en"):
            assert client.get(f"{language}{BASE}/{report.ref}{suffix}").status_code == 200
    seen = client.get(f"{BASE}/{report.ref}").text.split('name="seen" type="hidden" value="')[1].split('"')[0]
    assert client.send(f"{BASE}/{report.ref}/issue", {"seen": seen}).status_code == 303
    report = fresh(report.ref)
    assert report.document is not None
    shown = client.get(f"/documents/{report.document.ref}").text
    assert "Số: 01/BC-LMHTX" in " ".join(shown.split()) and "đã bán" in shown and "Mở thêm lớp." in shown
    guest = another(client.application).get(f"/documents/{report.document.ref}")
    assert guest.status_code == 200 and "/office/" not in guest.text, "whoever has the link reads it"
    assert client.send(path, {"words": "Khác", "seen": "9"}).status_code in (403, 404)
    sheet = client.get(f"{BASE}/{report.ref}/annexes.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(sheet.data))
    rows = [*book.worksheets[0].iter_rows(values_only=True)]
    assert any(600_000 in row for row in rows) and len(rows) == len(FIGURES) + 1
    assert client.get(f"{BASE}/{report.ref}/replacement").status_code == 200
    assert client.get(f"{BASE}/{report.ref}/print").status_code == 303


def test_each_figure_opens_its_rows(world: World, client: ReadingClient) -> None:
    client.sign_in("officer@demo.vn")
    bought(world)
    counted()
    for figure in FIGURES:
        for language in ("", "/en"):
            answer = client.get(f"{language}{BASE}/figures/{figure.code}?period={this_month()}")
            if figure.trade or figure.goals:
                assert answer.status_code == 303
                assert client.get(answer.location).status_code == 200
            else:
                assert answer.status_code == 200, figure.code
    assert "12.000" not in client.get(f"{BASE}/figures/alive?period={this_month()}").text
    for odd in ("", "month:2999-01-01", "week:2027-01-01", "month:x"):
        assert client.get(f"{BASE}/figures/alive?period={odd}").status_code == 404
    assert client.get(f"{BASE}/figures/voi?period={this_month()}").status_code == 404


def test_two_periods_side_by_side(world: World, client: ReadingClient) -> None:
    client.sign_in("officer@demo.vn")
    bought(world)
    counted()
    before = Span.of(ReportKind.MONTH, clock.today()).before
    for language, told in (
        ("", ("600.000 đồng", "chưa có số liệu")),
        ("/en", ("600,000\xa0₫", "no data yet")),
    ):
        page = client.get(f"{language}{BASE}/compare?one={this_month()}&other=month:{before.first}")
        assert page.status_code == 200
        assert [words for words in told if words not in page.text] == []
    assert client.get(f"{BASE}/compare?one=x&other=y").status_code == 200


def test_leaders_read_and_change_nothing(world: World, client: ReadingClient) -> None:
    client.sign_in("officer@demo.vn")
    report = begun(client)
    with transaction():
        leader = people.create_person(name="Vũ Lãnh Đạo", email="lead@demo.vn", password="ca-rot-2026")
        people.add_member(
            organisation=people.alliance(name=""), person=leader, role=Role.OFFICER, desks=[Desk.LEADERSHIP]
        )
    leading = another(client.application)
    leading.sign_in("lead@demo.vn")
    page = leading.get(f"{BASE}/{report.ref}")
    assert page.status_code == 200 and "/issue" not in page.text and "/sections/" not in page.text
    assert leading.get(BASE).status_code == 200
    for path in ("issue", "end", "figures"):
        assert leading.send(f"{BASE}/{report.ref}/{path}", {"seen": "x"}).status_code == 403
    assert leading.send(BASE, {"period": this_month()}).status_code == 403
    stranger = another(client.application)
    stranger.sign_in("household@demo.vn")
    assert stranger.get(f"{BASE}/{report.ref}").status_code in (403, 404)


def test_the_draft_is_pressed_too(world: World, client: ReadingClient) -> None:
    client.sign_in("officer@demo.vn")
    report = begun(client)
    assert client.send(f"{BASE}/{report.ref}/pdf").status_code == 303
    wanted = db.session.scalars(select(Paper).order_by(Paper.id.desc())).first()
    assert wanted is not None
    papers.press_paper(wanted.id)
    db.session.expire_all()
    assert db.session.get_one(Paper, wanted.id).state is PaperState.READY


def test_lists_ask_the_database_as_often_however_long_they_are(world: World, client: ReadingClient) -> None:
    client.sign_in("officer@demo.vn")
    year = clock.today().year - 1

    def with_months(*months: int) -> int:
        for month in months:
            with transaction():
                services.begin_report(kind=ReportKind.MONTH, day=dt.date(year, month, 1))
        client.get(BASE)
        with queries_sent() as sent:
            assert client.get(BASE).status_code == 200
        return len(sent)

    assert with_months(1) == with_months(2, 3, 4, 5, 6)


def test_drafts_wait_on_the_morning_page(world: World, client: ReadingClient) -> None:
    client.sign_in("officer@demo.vn")
    report = begun(client)
    assert f"{BASE}/{report.ref}" in client.get("/office").text
