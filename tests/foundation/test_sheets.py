"""Sheets: text goes out as text; what comes in is bounded and never a formula."""

import csv
import io
import zipfile
from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from marketplace.foundation import sheets
from marketplace.foundation.sheets import SheetRefused, harmless, read_table, write_csv, write_xlsx

FORMULAS = ["=1+1", "+1", "-1", "@x", " =1", "\u00a0=1", "a\n=1", "；=1", "＝1", "\t=1", '"=1']


@pytest.mark.parametrize("name", FORMULAS)
def test_a_name_that_looks_like_a_formula_stays_text_in_excel(name):
    book = openpyxl.load_workbook(io.BytesIO(write_xlsx(["Tên"], [[name]])))
    cell = book.worksheets[0]["A2"]
    assert cell.data_type == "s"


@pytest.mark.parametrize("name", FORMULAS)
def test_in_csv_it_gets_an_apostrophe_on_its_line(name):
    text = write_csv(["Tên"], [[name]]).decode("utf-8-sig")
    cell = list(csv.reader(io.StringIO(text, newline="")))[1][0]
    dangerous = [line for line in cell.split("\n") if not line.startswith("'") and line.strip() != "a"]
    assert dangerous == []


def test_plain_words_and_numbers_are_left_alone():
    assert harmless("HTX Đồng Lạc - Chí Linh") == "HTX Đồng Lạc - Chí Linh"
    told = write_csv(["Tên", "Số"], [["HTX Đồng Lạc", Decimal("-1.50")]]).decode("utf-8-sig")
    assert told == "Tên,Số\r\nHTX Đồng Lạc,-1.5\r\n"


def test_what_is_written_is_read_back_as_text():
    data = write_xlsx(["Tên", "Ngày", "Ha", "Số"], [["HTX A", date(2026, 11, 23), Decimal("1.125"), 12]])
    table = read_table(data, "a.xlsx")
    assert table.header == ["Tên", "Ngày", "Ha", "Số"]
    assert table.rows == [["HTX A", "23/11/2026", "1,125", "12"]]
    assert table.lines == [2]


def test_a_formula_in_a_file_gives_no_words_of_its_own():
    book = openpyxl.Workbook()
    book.active.append(["Tên", "Ghi chú"])
    book.active.append(["HTX A", "=HYPERLINK(1)"])
    buffer = io.BytesIO()
    book.save(buffer)
    assert read_table(buffer.getvalue(), "a.xlsx").rows == [["HTX A", ""]]


def test_titles_above_the_header_are_skipped():
    text = "SỔ ĐĂNG KÝ;;\n;;\nTên;Xã;Huyện\nHTX A;Đồng Lạc;Nam Sách\n;;\nHTX B;Hợp Tiến;Nam Sách\n"
    table = read_table(text.encode("utf-8-sig"), "a.csv")
    assert table.header == ["Tên", "Xã", "Huyện"]
    assert table.rows == [["HTX A", "Đồng Lạc", "Nam Sách"], ["HTX B", "Hợp Tiến", "Nam Sách"]]
    assert table.lines == [4, 6]


@pytest.mark.parametrize(
    "data",
    [b"", b"\xd0\xcf\x11\xe0old excel", b"PK\x03\x04broken", b"\xff\xd8\xff\x00\x80", "Tên\n".encode()],
    ids=["empty", "xls", "damaged", "picture", "header only"],
)
def test_other_files_are_refused_with_a_sentence(data):
    with pytest.raises(SheetRefused) as refused:
        read_table(data, "a.xlsx")
    assert refused.value.field == "file"
    assert str(refused.value).endswith(".")


def test_a_file_that_unpacks_to_too_much_is_refused(monkeypatch):
    monkeypatch.setattr(sheets, "MOST_UNPACKED", 100_000)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("xl/worksheets/sheet1.xml", b"0" * 1_000_000)
    with pytest.raises(SheetRefused, match="quá lớn"):
        read_table(buffer.getvalue(), "bomb.xlsx")


def test_too_many_rows_are_refused(monkeypatch):
    monkeypatch.setattr(sheets, "MOST_ROWS", 3)
    with pytest.raises(SheetRefused, match="Quá nhiều dòng"):
        read_table(("Tên\n" + "HTX\n" * 9).encode(), "a.csv")
