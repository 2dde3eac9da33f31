"""The report: its totals are its rows, what is filed stays, and it comes as Word, PDF and Excel."""

from __future__ import annotations

import copy
import datetime as dt
import io
from decimal import Decimal

import openpyxl
import pytest
from docx import Document
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from marketplace.fairs import docx, figures, queries, reporting, services, workbook
from marketplace.fairs.invariants.result import CHECKS
from marketplace.fairs.models import Fair, FairReport
from marketplace.fairs.papers import report_sheet
from marketplace.fairs.services import BudgetPart
from marketplace.fairs.states import BudgetSource, DealKind, FairState, ResultState
from marketplace.foundation import clock
from marketplace.foundation.audit import history_of
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Refusal
from marketplace.foundation.money import Money
from tests.client import ReadingClient
from tests.fairs.hall import applied, newcomer, standing
from tests.fairs.showing import Showing, after, handed_in, met, showing, signed, sold, verified
from tests.statements import queries_sent
from tests.world import World

BILLION = 10**9


def broken() -> dict[str, int]:
    db.session.expire_all()
    return {number: found for number, (_sentence, check) in CHECKS.items() if (found := check())}


def told(world: World) -> Showing:
    """Both stands handed in: 3 million of which 2 are verified, and 1 million that nobody has looked at yet."""
    at = showing(world)
    sold(world, at.carrots, 3_000_000, kg=50)
    met(world, at.carrots)
    signed(world, at.carrots, DealKind.MEMORANDUM, 2 * BILLION, partner="=1+1")
    signed(world, at.carrots, DealKind.CONTRACT, BILLION)
    sold(world, at.onions, 1_000_000, by=world.rival)
    with after(at.fair):
        verified(handed_in(at.carrots, by=world.director), sales=2_000_000, by=world.officer)
        handed_in(at.onions, by=world.rival)
    return at


def give_back_onions(world: World, at: Showing) -> None:
    result = queries.result_of(at.onions.id)
    assert result is not None
    with transaction():
        services.return_result(result=result, reason="Thiếu ảnh", by=world.officer)


def filed(fair: Fair, by: object, number: str = "125/BC-LMHTX", reason: str = "") -> FairReport:
    with transaction():
        return services.file_report(fair=fair, number=number, dated=clock.today(), reason=reason, by=by)


def test_figures_of_a_fair(world: World) -> None:
    at = told(world)
    book = figures.book_of(at.fair)
    found = figures.figures(book)
    assert (found["exhibitors"].counted, found["booths"].counted, found["metres"].counted) == (2, 3, 27)
    assert (found["products"].counted, found["certified"].counted, found["ocop"].counted) == (2, 2, 0)
    assert (found["sales"].declared, found["sales"].verified) == (4_000_000, 2_000_000)
    assert found["sales_per_booth"].declared == Decimal(1_333_333)
    assert found["sales_per_booth"].verified == 1_000_000, "over the two booths of the one that is verified"
    assert (found["memoranda_value"].declared, found["contracts_value"].declared) == (2 * BILLION, BILLION)
    assert found["visits"].counted is None and found["leverage"].verified is None, "unknown is no 0"
    helped = figures.Book(book.exhibitors, support=Money(300_000_000))
    assert figures.figure(helped, "leverage").verified == Decimal("3.33")
    zones = {
        group.name: (int(group.declared), int(group.verified)) for group in figures.broken_down(book, "zone")
    }
    assert zones == {"Khu A": (3_000_000, 2_000_000), "Khu B": (1_000_000, 0)}
    assert [(goods.product, int(goods.quantity)) for goods in figures.goods_sold(book)] == [
        ("Cà rốt Đồng Lạc", 50)
    ]
    assert {origin.district: origin.count for origin in queries.origins(at.fair.id)} == {
        group.name: group.exhibitors for group in figures.broken_down(book, "district")
    }


def test_many_exhibitors_cost_no_more_statements(world: World) -> None:
    at = told(world)

    def statements() -> int:
        db.session.expire_all()
        fair_id = at.fair.id
        assert fair_id
        with queries_sent() as sent:
            figures.figures(figures.book_of(at.fair))
        return len(sent)

    few = statements()
    for code in ("A03", "A04", "B02"):
        standing(at.ground, applied(at.ground, newcomer(), by=world.officer), at.ground.booth(code))
    assert statements() == few


def test_filing_locks_and_freezes(world: World) -> None:
    at = told(world)
    with after(at.fair, 2):
        with pytest.raises(Refusal, match="chờ xem"):
            filed(at.fair, world.officer)
        give_back_onions(world, at)
        report = filed(at.fair, world.officer)
        result = queries.result_of(at.carrots.id)
        assert result is not None and result.state is ResultState.LOCKED
        assert at.fair.state is FairState.REPORTED and at.fair.report_filed_on == clock.today()
        assert report.sha256 == reporting.digest(report.body)
        assert report.body["owing"] == ["HTX Dịch vụ nông nghiệp Thăng Long"]
        with pytest.raises(Refusal), transaction():
            services.return_result(result=result, reason="Nhầm", by=world.officer)
        with pytest.raises(Refusal, match="đính chính"):
            filed(at.fair, world.officer, "126/BC-LMHTX")
        verified(handed_in(at.onions, by=world.rival), by=world.officer)
        again = filed(at.fair, world.officer, "126/BC-LMHTX", "Bổ sung một đơn vị")
        assert (again.sequence, len(again.body["results"]), len(report.body["results"])) == (2, 2, 1)
        with pytest.raises(Refusal, match="Số này"):
            filed(at.fair, world.officer, "126/BC-LMHTX", "Lần nữa")
    assert len([line for line in history_of("fair", at.fair.id) if "báo cáo" in line.sentence.lower()]) == 2
    assert broken() == {}


def test_not_before_the_end(world: World) -> None:
    at = showing(world)
    with pytest.raises(Refusal, match="chưa kết thúc"):
        filed(at.fair, world.officer)


def test_the_invariants_see_what_was_touched(world: World) -> None:
    at = told(world)
    give_back_onions(world, at)
    with after(at.fair, 2):
        report = filed(at.fair, world.officer)
    assert broken() == {}
    with pytest.raises(DatabaseError), db.engine.begin() as connection:
        connection.execute(text("UPDATE fair_reports SET number = 'x'"))
    with transaction() as session:
        session.execute(text("UPDATE fair_results SET sales = 2999999 WHERE state = 'locked'"))
    assert broken().keys() == {"V5"}
    with transaction() as session:
        session.execute(
            text("UPDATE fair_results SET sales = 3000000, contracts_value = 5 WHERE state = 'locked'")
        )
    assert broken().keys() == {"V4", "V5"}
    body = copy.deepcopy(report.body)
    body["rows"]["sales"][0][3] += 1
    assert reporting.digest(body) != report.sha256


def test_word_excel_and_paper_say_the_same(world: World, client: ReadingClient) -> None:
    at = told(world)
    give_back_onions(world, at)
    with after(at.fair, 2):
        report = filed(at.fair, world.officer)
    document = Document(io.BytesIO(docx.write(report.body)))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    words = "\n".join([*cells, *(paragraph.text for paragraph in document.paragraphs)])
    for expected in (
        reporting.NATION[0], reporting.NATION[1], "125/BC-LMHTX", "Nơi nhận", "BÁO CÁO", at.fair.name_vi,
        "3.000.000", "2.000.000", "Thiếu điện buổi tối", docx.place_and_day(report.body),
    ):  # fmt: skip
        assert expected in words, expected
    book = openpyxl.load_workbook(io.BytesIO(workbook.write(report.body)))
    summary = {
        row[0].value: [cell.value for cell in row[1:4]] for row in book.worksheets[0].iter_rows(min_row=2)
    }
    assert summary["Doanh số bán trực tiếp"] == [None, 3_000_000, 2_000_000]
    rows = book["Giá trị biên bản ghi nhớ"]
    assert rows["B2"].value == "=1+1 (KR)" and rows["B2"].data_type == "s", "a partner's name is no formula"
    assert sum(row[3].value for row in book["Doanh số bán trực tiếp"].iter_rows(min_row=2)) == 3_000_000
    client.sign_in("officer@demo.vn")
    base = f"/office/fairs/{at.fair.slug}/report"
    printed = client.get(f"{base}/{report.ref}/print").get_data(as_text=True)
    assert "125/BC-LMHTX" in printed and reporting.NATION[0] in printed and "3.000.000" in printed
    for kind in ("docx", "xlsx"):
        answer = client.get(f"{base}/{report.ref}/{kind}")
        assert answer.status_code == 200 and kind in answer.headers["Content-Disposition"]
    assert client.send(f"{base}/{report.ref}/pdf").status_code == 303
    other = showing(world)
    assert client.get(f"/office/fairs/{other.fair.slug}/report/{report.ref}/docx").status_code == 404


def test_it_is_pressed(world: World, app: object) -> None:
    at = told(world)
    give_back_onions(world, at)
    with after(at.fair, 2):
        report = filed(at.fair, world.officer)
    sheet = report_sheet(report.ref)
    assert sheet is not None and report.sha256 in sheet.html and report_sheet("none") is None


def test_each_figure_opens_its_rows(world: World, client: ReadingClient) -> None:
    at = told(world)
    base = f"/office/fairs/{at.fair.slug}/report"
    with after(at.fair, 2):
        client.sign_in("officer@demo.vn")
        page = client.get(base).get_data(as_text=True)
        for key in figures.KINDS:
            assert f"{base}/rows/{key}" in page
            assert client.get(f"{base}/rows/{key}").status_code == 200
        assert client.get(f"{base}/rows/none").status_code == 404
        assert client.get(f"{base}/rows/sales?as=xlsx").status_code == 200
        assert client.send(base, {"number": "", "dated": "x"}).status_code == 422
        give_back_onions(world, at)
        answer = client.send(base, {"number": "9/BC", "dated": f"{clock.today():%d/%m/%Y}"})
        assert answer.status_code == 303 and "9/BC" in client.get(base).get_data(as_text=True)
        assert client.get(base.replace("/office", "/en/office")).status_code == 200
    client.sign_in("donglac@demo.vn")
    assert client.get(base).status_code == 404


def test_the_layout_is_the_offices_and_filed_reports_keep_theirs(world: World, client: ReadingClient) -> None:
    at = told(world)
    give_back_onions(world, at)
    with after(at.fair, 2):
        before = filed(at.fair, world.officer)
        client.sign_in("officer@demo.vn")
        assert client.get("/office/fairs/report-layout").status_code == 200
        head = {"issuer": "LIÊN MINH HTX THÀNH PHỐ", "symbol": "BC-LM", "place": "Hải Phòng"}
        chosen = {"title_sales": "Tổng doanh thu", "on_sales": "y", "at_sales": "1", "on_exhibitors": "y"}
        assert client.send("/office/fairs/report-layout", {**head, "issuer": ""}).status_code == 422
        assert client.send("/office/fairs/report-layout", {**head, **chosen}).status_code == 303
        after_it = filed(at.fair, world.officer, "126/BC", "Đổi thể thức")
    assert [line["title"] for line in after_it.body["lines"]] == ["Tổng doanh thu", "Đơn vị tham gia"]
    assert after_it.body["head"]["place"] == "Hải Phòng" and before.body["head"]["place"] == "Hải Dương"
    assert broken() == {}


def test_fairs_compared_with_the_one_before(world: World, client: ReadingClient) -> None:
    first = told(world)
    second = showing(world, in_days=0)
    with transaction():
        db.session.merge(second.fair).series = first.fair.series
    sold(world, second.carrots, 3_000_000)
    with after(second.fair):
        verified(handed_in(second.carrots, by=world.director), sales=3_000_000, by=world.officer)
    standings = queries.leaderboard(clock.today())
    assert [(one.fair.id, int(one.verified_sales), one.change) for one in standings] == [
        (second.fair.id, 3_000_000, 50),
        (first.fair.id, 2_000_000, None),
    ]
    assert (standings[1].exhibitors, standings[1].handed_in, int(standings[1].sales)) == (2, 2, 4_000_000)
    client.sign_in("officer@demo.vn")
    assert "tăng 50" in client.get("/office/fairs/leaderboard").get_data(as_text=True)
    assert queries.leaderboard(clock.today() - dt.timedelta(days=1)) == []


def test_the_report_tells_planned_and_used_by_source(world: World, client: ReadingClient) -> None:
    at = told(world)
    give_back_onions(world, at)
    parts = [
        BudgetPart(
            BudgetSource.PROVINCE, Money(300_000_000), support=Money(50_000_000), used=Money(210_000_000)
        ),
        BudgetPart(BudgetSource.SPONSORS, Money(20_000_000)),
    ]
    with transaction():
        services.set_budget(fair=at.fair, parts=parts, by=world.officer)
    with after(at.fair, 2):
        client.sign_in("officer@demo.vn")
        base = f"/office/fairs/{at.fair.slug}/report"
        day = f"{at.fair.last_day:%d/%m/%Y}"
        award = {"kind": "award", "day": day, "title": "Gian hàng đẹp", "who": "HTX Đồng Lạc"}
        assert client.send(f"{base}/entries", {**award, "title": ""}).status_code == 422
        assert client.send(f"{base}/entries", award).status_code == 303
        talk = {"kind": "side_event", "day": day, "title": "Hội thảo cà rốt", "people": "80"}
        assert client.send(f"{base}/entries", talk).status_code == 303
        report = filed(at.fair, world.officer)
        lines = {line["key"]: line["counted"] for line in report.body["lines"]}
        assert (lines["budget"], lines["budget_used"]) == (320_000_000, 210_000_000)
        assert (lines["awards"], lines["side_events"]) == (1, 1)
        tables = {table["key"]: table["rows"] for table in report.body["tables"]}
        assert [row[1:] for row in tables["money"]] == [
            [300_000_000, 50_000_000, 0, 0, 210_000_000, 210_000_000],
            [20_000_000, 0, 0, 0, None, None],
        ]
        assert tables["award"] == [["Gian hàng đẹp", f"{at.fair.last_day:%d/%m/%Y}", "HTX Đồng Lạc", None]]
        document = Document(io.BytesIO(docx.write(report.body)))
        cells = {cell.text for table in document.tables for row in table.rows for cell in row.cells}
        printed = client.get(f"{base}/{report.ref}/print").get_data(as_text=True)
        book = openpyxl.load_workbook(io.BytesIO(workbook.write(report.body)))
        for words in ("Hội thảo cà rốt", "Gian hàng đẹp"):
            assert words in cells and words in printed and words in client.get(base).get_data(as_text=True)
        assert book["Kinh phí theo nguồn"]["B2"].value == 300_000_000 and "320.000.000" in printed
        entry = queries.report_entries(at.fair.id)[0]
        assert client.send(f"{base}/entries/{entry.id}/removal").status_code == 303
        assert len(queries.report_entries(at.fair.id)) == 1
    assert len(report.body["tables"]) == len(tables) and broken() == {}
