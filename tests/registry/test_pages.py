"""Pages of yearly reports, grades and rules: filled in, answered, sheets out and in, exports, and who may not."""

from __future__ import annotations

import html
import io
import json
from decimal import Decimal
from typing import Any

import openpyxl
import pytest

from marketplace.cooperatives import services as cooperatives
from marketplace.cooperatives.states import Kind
from marketplace.foundation import clock
from marketplace.foundation.db import db, transaction
from marketplace.foundation.papers import tasks
from marketplace.foundation.papers.models import Paper
from marketplace.foundation.sheets import write_xlsx
from marketplace.registry import grading, importing, queries, reference, services
from marketplace.registry.hints import TELLERS, Hint
from marketplace.registry.states.annual_report import ReportState
from marketplace.registry.states.classification import CaseState, Grade
from tests.client import ReadingClient, another
from tests.registry.told import accepted, handed_in, last_year
from tests.statements import queries_sent
from tests.world import World

PEOPLE = {"members_start": "40", "members_end": "42", "workers": "12", "avg_member_income": "36tr"}
RESULTS = {
    "revenue_total": "5 tỷ",
    "revenue_with_members": "3,2 tỷ",
    "cost": "4,6 tỷ",
    "profit_before_tax": "400 triệu",
    "profit_after_tax": "340tr",
}
CAPITAL = {"total_assets": "6 tỷ", "undivided_assets": "900tr", "equity": "3 tỷ"}


def report_of(world: World, year: int) -> Any:
    db.session.rollback()
    db.session.expire_all()
    return queries.annual_report.report_of(world.dong_lac.id, year)


def test_a_director_fills_it_in_by_parts_and_an_officer_returns_it_once(
    world: World, client: ReadingClient
) -> None:
    year = last_year()
    client.sign_in("donglac@demo.vn")
    assert f"Bắt đầu báo cáo năm {year}" in client.get("/desk/annual-reports").get_data(as_text=True)
    begun = client.send("/desk/annual-reports", {"year": str(year)})
    ref = report_of(world, year).ref
    assert begun.location == f"/desk/annual-reports/{ref}/parts/people"
    parts = f"/desk/annual-reports/{ref}/parts"
    odd = client.send(f"{parts}/people", {**PEOPLE, "workers": "mười"})
    page = odd.get_data(as_text=True)
    assert odd.status_code == 422 and 'value="mười"' in page and 'value="42"' in page
    stopped = client.send(f"{parts}/people", {**PEOPLE, "stop": "1"})
    assert stopped.location == f"/desk/annual-reports/{ref}"
    assert "đã điền 4/4" in client.get(stopped.location).get_data(as_text=True)
    again = client.send("/desk/annual-reports", {"year": str(year)})
    assert again.location.endswith("/parts/people")
    wrong = client.send(f"{parts}/results", {**RESULTS, "profit_after_tax": "401tr"})
    assert wrong.status_code == 422
    assert "Lợi nhuận sau thuế (401.000.000" in wrong.get_data(as_text=True)
    assert client.send(f"{parts}/results", RESULTS).location == f"{parts}/capital"
    client.send(f"{parts}/capital", CAPITAL)
    client.send(f"{parts}/funds", {})
    client.send(f"{parts}/words", {"difficulties": "Mưa nhiều"})
    assert client.get(f"{parts}/nothing").status_code == 404
    assert client.send(f"/desk/annual-reports/{ref}/submission").status_code == 303
    assert report_of(world, year).state is ReportState.SUBMITTED
    assert client.get(f"{parts}/people").status_code == 403

    officer = another(client.application)
    officer.sign_in("officer@demo.vn")
    assert "HTX Đồng Lạc" in officer.get(f"/office/annual-reports?year={year}").get_data(as_text=True)
    there = f"/office/annual-reports/{ref}"
    assert officer.get(there).status_code == 200
    assert officer.send(f"{there}/return", {"reason": " "}).status_code == 422
    assert officer.send(f"{there}/return", {"reason": "Thiếu lao động"}).status_code == 303
    assert "Thiếu lao động" in client.get(f"/desk/annual-reports/{ref}").get_data(as_text=True)
    client.send(f"{parts}/people", {**PEOPLE, "workers": "15"})
    client.send(f"/desk/annual-reports/{ref}/submission")
    assert officer.send(f"{there}/acceptance").status_code == 303
    assert report_of(world, year).accepted == 2
    for path in ("", "/en"):
        assert client.get(f"{path}/desk/annual-reports/{ref}").status_code == 200
        assert "5" in client.get(f"{path}/desk/annual-reports").get_data(as_text=True)
    assert client.send(f"/desk/annual-reports/{ref}/correction", {"why": "Ghi nhầm"}).status_code == 303
    assert report_of(world, year).state is ReportState.DRAFT


def test_what_looks_odd_is_ticked_before_it_is_handed_in(world: World, client: ReadingClient) -> None:
    year = last_year()
    with transaction():
        handed_in(world.dong_lac, year - 1, world.director)
        report = services.annual_report.begin(cooperative=world.dong_lac, year=year, by=world.director)
    client.sign_in("donglac@demo.vn")
    parts = f"/desk/annual-reports/{report.ref}/parts"
    client.send(f"{parts}/people", PEOPLE)
    client.send(f"{parts}/results", {**RESULTS, "revenue_total": "9 tỷ", "cost": "8,6 tỷ"})
    client.send(f"{parts}/capital", CAPITAL)
    page = client.get(f"{parts}/results").get_data(as_text=True)
    assert "+80\u00a0%" in page and "mời xem lại" in page and "5.000.000.000" in page
    refused = client.send(f"/desk/annual-reports/{report.ref}/submission")
    assert refused.status_code == 422 and "chọn ô xác nhận" in refused.get_data(as_text=True)
    assert client.send(f"/desk/annual-reports/{report.ref}/submission", {"sure": "y"}).status_code == 303


def test_what_the_house_knows_stands_beside_and_is_not_filled_in(world: World, client: ReadingClient) -> None:
    with transaction():
        report = services.annual_report.begin(cooperative=world.dong_lac, year=last_year(), by=world.director)

    def tell(cooperative: Any, year: int) -> list[Hint]:
        return [Hint("revenue_total", 123_000_000, "đơn hàng", "/desk/orders")]

    TELLERS.append(tell)
    try:
        client.sign_in("donglac@demo.vn")
        page = client.get(f"/desk/annual-reports/{report.ref}/parts/results").get_data(as_text=True)
    finally:
        TELLERS.remove(tell)
    assert "123.000.000" in page and 'value="123.000.000"' not in page


def test_nobody_sees_anothers_report(world: World, client: ReadingClient) -> None:
    with transaction():
        report = handed_in(world.dong_lac, last_year(), world.director)
    client.sign_in("kinhmon@demo.vn")
    for path in ("", "/parts/people", "/versions/1/print"):
        assert client.get(f"/desk/annual-reports/{report.ref}{path}").status_code == 404
        assert client.get(f"/office/annual-reports/{report.ref}{path}").status_code == 404
    for path in ("/office/annual-reports", "/office/classification", "/office/grading-rules"):
        assert client.get(path).status_code == 403
    assert client.send(f"/office/annual-reports/{report.ref}/acceptance").status_code == 404


def test_an_officer_enters_it_for_a_cooperative(world: World, client: ReadingClient) -> None:
    year = last_year()
    client.sign_in("officer@demo.vn")
    begun = client.send(f"/office/annual-reports/of/{world.dong_lac.slug}/{year}")
    there = begun.location
    client.send(f"{there}/parts/people", PEOPLE)
    client.send(f"{there}/parts/results", RESULTS)
    client.send(f"{there}/parts/capital", CAPITAL)
    lacking = client.send(f"{there}/submission", {"entered": "phone"})
    assert lacking.status_code == 422
    done = client.send(f"{there}/submission", {"entered": "phone", "told_by": "Bà Bảy", "sure": "y"})
    assert done.status_code == 303
    assert "Bà Bảy" in client.get(there).get_data(as_text=True)
    director = another(client.application)
    director.sign_in("donglac@demo.vn")
    page = director.get(f"/desk/annual-reports/{report_of(world, year).ref}").get_data(as_text=True)
    assert "chưa xác nhận" in page or "Đã đúng chưa" in page or "Bà Bảy" in page


def test_the_sheet_goes_out_with_last_years_figures_and_comes_back(
    world: World, client: ReadingClient
) -> None:
    year = last_year()
    with transaction():
        accepted(world.dong_lac, year - 1, world.director, world.officer)
    client.sign_in("officer@demo.vn")
    answer = client.get(f"/office/annual-reports/sheet.xlsx?year={year}")
    book = openpyxl.load_workbook(io.BytesIO(answer.get_data()))
    rows = [list(row) for row in book.active.iter_rows(values_only=True)]
    header, lines = rows[0], {row[0]: row for row in rows[1:]}
    assert set(lines) == {world.dong_lac.slug, world.kinh_mon.slug}
    revenue, before = header.index("Doanh thu"), header.index("Năm trước: Doanh thu")
    assert (lines[world.dong_lac.slug][revenue], lines[world.dong_lac.slug][before]) == (None, 5_000_000_000)

    def filled(slug: str, **more: Any) -> list[Any]:
        told = {
            "Số thành viên đầu năm": 40, "Số thành viên cuối năm": 42, "Lao động thường xuyên": 12,
            "Doanh thu": 5_100_000_000, "Chi phí": 4_700_000_000, "Lợi nhuận trước thuế": 400_000_000,
            "Lợi nhuận sau thuế": 340_000_000, "Tổng tài sản": 6_000_000_000, "Vốn chủ sở hữu": 3_000_000_000,
            "Năm": year, **more,
        }  # fmt: skip
        line = [told.get(title) for title in header]
        return [slug, *line[1:]]

    sheet = write_xlsx(
        header,
        [
            filled(world.dong_lac.slug, **{"Số thành viên đầu năm": 42}),
            filled(world.kinh_mon.slug, **{"Lợi nhuận sau thuế": 500_000_000}),
            filled("khong-co"),
            filled(world.kinh_mon.slug, **{"Doanh thu": "năm tỷ"}),
        ],
    )
    looked = client.send("/office/annual-reports/sheet", {"file": (io.BytesIO(sheet), "nam.xlsx")})
    page = looked.get_data(as_text=True)
    assert "1 dòng dùng được" in page and "3 dòng bị sai" in page
    assert "không thể lớn hơn trước thuế" in page and "không có hợp tác xã nào là khong-co" in page
    assert "có hai dòng trong bảng" in page and "năm tỷ" in page
    kept = page.split('name="kept" value="')[1].split('"')[0]
    data = {"kept": html.unescape(kept), "write": "1", "submit": "y"}
    assert client.send("/office/annual-reports/sheet", data).status_code == 422
    assert client.send("/office/annual-reports/sheet", {**data, "told_by": "Kế toán"}).status_code == 303
    report = report_of(world, year)
    assert (report.state, report.members_start) == (ReportState.SUBMITTED, 42)
    assert queries.annual_report.report_of(world.kinh_mon.id, year) is None
    again = client.send("/office/annual-reports/sheet", {"file": (io.BytesIO(sheet), "nam.xlsx")})
    assert "đã nộp rồi" in again.get_data(as_text=True)


def test_a_cooperatives_own_sheet_is_its_own(world: World, client: ReadingClient) -> None:
    year = last_year()
    client.sign_in("donglac@demo.vn")
    assert client.get(f"/desk/annual-reports/sheet.xlsx?year={year}").status_code == 200
    columns = [str(importing.SLUG), "Năm", "Doanh thu"]
    sheet = write_xlsx(
        ["Mã (xin đừng sửa)", *columns[1:]], [[world.kinh_mon.slug, year, 5], [world.dong_lac.slug, year, 7]]
    )
    page = client.send("/desk/annual-reports/sheet", {"file": (io.BytesIO(sheet), "nam.xlsx")}).get_data(
        as_text=True
    )
    assert "1 dòng dùng được" in page and f"không có hợp tác xã nào là {world.kinh_mon.slug}" in page
    assert client.send("/desk/annual-reports/sheet", {"write": "1"}).status_code == 422


def test_print_and_pdf(world: World, client: ReadingClient) -> None:
    with transaction():
        report = accepted(world.dong_lac, last_year(), world.director, world.officer)
    client.sign_in("donglac@demo.vn")
    page = client.get(f"/desk/annual-reports/{report.ref}/versions/1/print").get_data(as_text=True)
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in page and "5.000.000.000" in page
    asked = client.send(f"/desk/annual-reports/{report.ref}/versions/1/pdf")
    assert asked.status_code == 303
    tasks.press_paper(db.session.query(Paper.id).scalar())
    pdf = client.get(f"{asked.location}/file")
    assert pdf.get_data().startswith(b"%PDF")
    assert client.get(f"/desk/annual-reports/{report.ref}/versions/2/print").status_code == 404


def test_exports_are_only_text(world: World, client: ReadingClient) -> None:
    year = last_year()
    with transaction():
        reference.load_schemes()
        handed_in(world.dong_lac, year, world.director, difficulties="=HYPERLINK(1)")
        db.session.refresh(world.dong_lac)
        world.dong_lac.name = "=SUM(1)"
        services.classification.check(
            cooperative=world.dong_lac, year=year, grade=Grade.GOOD, by=world.officer
        )
    client.sign_in("officer@demo.vn")
    csv = client.get(f"/office/annual-reports/export.csv?year={year}").get_data(as_text=True)
    assert "'=SUM(1)" in csv and "'=HYPERLINK(1)" in csv
    csv = client.get(f"/office/classification/export.csv?year={year}").get_data(as_text=True)
    assert "'=SUM(1)" in csv


def test_from_the_own_score_to_the_decision(world: World, client: ReadingClient) -> None:
    with transaction():
        reference.load_schemes()
    year = last_year()
    scheme = queries.scheme.scheme_of(year)
    points = {
        f"points_{line.code.replace('.', '_')}": str(line.most if line.most is not None else 6).replace(
            ".", ","
        )
        for line in grading.lines(scheme.criteria)
        if line.given
    }
    client.sign_in("donglac@demo.vn")
    assert client.get("/desk/classification").status_code == 200
    page = client.get(f"/desk/classification/{year}").get_data(as_text=True)
    assert page.count("chưa rõ điểm tối đa") == 6
    bad = client.send(f"/desk/classification/{year}", {**points, "points_1_1": "6,001"})
    assert bad.status_code == 422
    bad = client.send(f"/desk/classification/{year}", {**points, "points_10": "11"})
    assert bad.status_code == 422 and "tối đa 40 điểm" in bad.get_data(as_text=True)
    bad = client.send(f"/desk/classification/{year}", {**points, "stopped_from": "01/02/2020"})
    assert bad.status_code == 422
    assert client.send(f"/desk/classification/{year}", points).status_code == 303
    assert client.get(f"/desk/classification/{clock.today().year}").status_code == 404

    officer = another(client.application)
    officer.sign_in("officer@demo.vn")
    check = f"/office/classification/of/{world.dong_lac.slug}/{year}"
    assert "96" in officer.get(check).get_data(as_text=True)
    assert officer.send(check, {**points, "points_15": "0"}).status_code == 303
    db.session.rollback()
    case = queries.classification.case_of(world.dong_lac.id, year)
    assert (case.own, case.points, case.grade) == (96, 90, Grade.GOOD)
    other = f"/office/classification/of/{world.kinh_mon.slug}/{year}"
    assert officer.send(other, {}).status_code == 422
    assert officer.send(other, {"grade": "fair"}).status_code == 303
    page = officer.get(f"/office/classification/decisions?year={year}").get_data(as_text=True)
    assert "HTX Đồng Lạc: Tốt (90)" in page and "HTX Thăng Long: Khá" in page
    none = officer.send(
        f"/office/classification/decisions?year={year}", {"number": "9", "decided_on": "1/1/2020"}
    )
    assert none.status_code == 422
    made = officer.send(
        f"/office/classification/decisions?year={year}",
        {"number": "12/QĐ", "decided_on": f"{clock.today():%d/%m/%Y}", "cases": [case.ref]},
    )
    assert made.status_code == 303
    db.session.rollback()
    db.session.expire_all()
    assert queries.board.grades(year).grades[Grade.GOOD] == 1
    assert officer.get(made.location).status_code == 200
    assert officer.get(f"/en/office/classification?year={year}&outcome=good").status_code == 200
    unknown = officer.get(f"/office/classification?year={year}&size=unknown").get_data(as_text=True)
    assert "HTX Đồng Lạc" in unknown
    small = officer.get(f"/office/classification?year={year}&size=small").get_data(as_text=True)
    assert "HTX Đồng Lạc" not in small.split("<main")[1]
    assert "Tốt" in client.get("/desk/annual-reports").get_data(as_text=True)
    member = officer.get(f"/office/members/{world.dong_lac.slug}").get_data(as_text=True)
    assert "Báo cáo và xếp loại qua các năm" in member
    assert officer.send(f"{made.location}/taking-back", {"reason": "Nhầm"}).status_code == 303
    db.session.rollback()
    db.session.expire_all()
    case = queries.classification.case_of(world.dong_lac.id, year)
    assert case.state is CaseState.CHECKED
    assert (
        officer.send(f"/office/classification/{case.ref}/reopening", {"reason": "Xem lại"}).status_code == 303
    )


def test_rules_are_added_by_form_and_by_file_and_taken_back(world: World, client: ReadingClient) -> None:
    client.sign_in("officer@demo.vn")
    assert client.get("/office/grading-rules").status_code == 200
    client.send("/office/grading-rules/shipped")
    db.session.rollback()
    scheme = queries.scheme.scheme_of(last_year())
    page = client.get(f"/office/grading-rules/schemes/{scheme.ref}").get_data(as_text=True)
    assert page.count("chưa rõ") == 6
    told = json.loads(client.get(f"/office/grading-rules/schemes/{scheme.ref}.json").get_data())
    told |= {"code": "TT mới", "valid_from": f"{last_year()}-06-01"}
    file = (io.BytesIO(json.dumps(told).encode()), "moi.json")
    assert client.send("/office/grading-rules", {"file": file}).status_code == 303
    db.session.rollback()
    newer = queries.scheme.scheme_of(last_year())
    assert newer.code == "TT mới" and [line.most for line in newer.criteria] == [
        line.most for line in scheme.criteria
    ]
    assert client.send("/office/grading-rules", {"file": (io.BytesIO(b"{]"), "x.json")}).status_code == 422
    there = f"/office/grading-rules/schemes/{newer.ref}/taking-back"
    assert client.send(there, {"reason": "Nhầm"}).status_code == 303
    assert client.get(f"/office/grading-rules/new?like={scheme.ref}").status_code == 200
    form = {
        "code": "QĐ 5", "name_vi": "Thang mới", "name_en": "New", "valid_from": "01/01/2026", "source": "QĐ 5",
        "most": "100", "least_good": "90", "least_fair": "70", "least_average": "50",
        "criteria": "I; ; Tài chính; Finance; 60\nII; ; Khác; Other; 40\n1; II; Một; One; ",
    }  # fmt: skip
    wrong = client.send("/office/grading-rules/new", {**form, "criteria": "I; Tài chính; 60"})
    assert wrong.status_code == 422 and "Dòng 1" in wrong.get_data(as_text=True)
    assert client.send("/office/grading-rules/new", {**form, "least_good": "60"}).status_code == 422
    assert client.send("/office/grading-rules/new", form).status_code == 303
    db.session.rollback()
    made = queries.scheme.scheme_by_code("QĐ 5")
    assert [line.most for line in made.criteria] == [Decimal(60), Decimal(40), None]
    rules = queries.size_class.all_rules()[0]
    assert client.get(f"/office/grading-rules/sizes/{rules.ref}").status_code == 200
    sizes = client.get(f"/office/grading-rules/sizes/{rules.ref}.json").get_data()
    assert reference.read_sizes(sizes).rows[0].revenue == 50_000_000_000
    file = (io.BytesIO(sizes.replace(rules.code.encode(), b"ND moi")), "quy-mo.json")
    assert client.send("/office/grading-rules", {"file": file}).status_code == 303
    assert (
        client.send(f"/office/grading-rules/sizes/{rules.ref}/taking-back", {"reason": "Thử"}).status_code
        == 303
    )


@pytest.mark.parametrize(
    "path",
    [
        "/office/annual-reports?year={year}",
        "/office/annual-reports?year={year}&stage=late",
        "/office/classification?year={year}",
        "/desk/annual-reports",
        "/office/members/{slug}",
    ],
)
def test_a_list_asks_the_same_for_one_and_for_many(world: World, client: ReadingClient, path: str) -> None:
    year = last_year()
    with transaction():
        reference.load_schemes()
        handed_in(world.dong_lac, year, world.director)
        services.classification.check(
            cooperative=world.dong_lac, year=year, grade=Grade.FAIR, by=world.officer
        )
    client.sign_in("donglac@demo.vn" if path.startswith("/desk") else "officer@demo.vn")
    there = path.format(year=year, slug=world.dong_lac.slug)
    client.get(there)
    with queries_sent() as few:
        client.get(there)
    with transaction():
        for number in range(12):
            one = cooperatives.enter(
                kind=Kind.COOPERATIVE,
                name=f"HTX Số {number}",
                address=world.dong_lac.address,
                by=world.officer,
            )
            cooperatives.advance(cooperative=one, step="admit", reason="", by=world.officer)
            if number % 2:
                handed_in(one, year, world.officer)
                services.classification.check(cooperative=one, year=year, grade=Grade.FAIR, by=world.officer)
        for back in range(1, 6):
            handed_in(world.dong_lac, year - back, world.officer)
            if year - back >= 2020:
                services.classification.check(
                    cooperative=world.dong_lac, year=year - back, grade=Grade.FAIR, by=world.officer
                )
    client.get(there)
    with queries_sent() as many:
        client.get(there)
    assert len(many) <= len(few) + 1, "\n".join(many)
