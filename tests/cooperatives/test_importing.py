"""A registry file comes in: each row whole or not at all, with a reason, also after the worker died."""

import io

import openpyxl
import pytest
from sqlalchemy import func, select

from marketplace.cooperatives import importing, queries, tasks
from marketplace.cooperatives.models import Cooperative, RegistryRow
from marketplace.cooperatives.states import ImportState, Kind, MemberState, RowResult
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Refusal
from marketplace.foundation.sheets import read_table, write_xlsx
from tests.statements import queries_sent

HEADER = [
    "STT",
    "Tên HTX",
    "Mã số thuế",
    "Địa chỉ",
    "Điện thoại",
    "Ngày thành lập",
    "Vốn điều lệ (triệu đồng)",
]
GOOD = [
    [
        1,
        "HTX Hợp Tiến",
        "9900013713",
        "Thôn 2, xã Hợp Tiến, huyện Nam Sách, Hải Dương",
        "0912000111",
        "12/05/2015",
        800,
    ],
    [2, "Tổ hợp tác ổi Thanh Hà", "9900002750", "xã Thanh Xuân, huyện Thanh Hà", "", "", ""],
    [3, "HTX Tứ Minh", "9900004124", "phường Tứ Minh, TP Hải Dương, tỉnh Hải Dương", "", "", ""],
]
WRONG = [
    [4, "", "9900005494", "xã Hợp Tiến, huyện Nam Sách", "", "", ""],
    [5, "HTX Số điện thoại", "9900006868", "xã Hợp Tiến, huyện Nam Sách", "0912", "", ""],
    [6, "HTX Ngày", "9900008230", "xã Hợp Tiến, huyện Nam Sách", "", "31/02/2020", ""],
    [7, "HTX Nơi", "9900009604", "xã Không Có, huyện Nam Sách", "", "", ""],
    [8, "HTX Mã", "12345", "xã Hợp Tiến, huyện Nam Sách", "", "", ""],
    [9, "HTX Hợp Tiến", "9900013713", "xã Hợp Tiến, huyện Nam Sách", "", "", ""],
]


def sheet(rows, header=HEADER):
    return write_xlsx(header, rows)


def receive(rows, by, *, admit=True, begin=True):
    with transaction():
        run = importing.receive(table=read_table(sheet(rows), "so.xlsx"), filename="so.xlsx", by=by)
        importing.choose_columns(run=run, chosen=run.mapping, admit=admit)
        if begin:
            importing.start(run=run)
    return run


def outcome(run):
    rows = db.session.scalars(
        select(RegistryRow).where(RegistryRow.import_id == run.id).order_by(RegistryRow.line)
    )
    return [row.result for row in rows]


def test_columns_are_guessed_from_vietnamese_headers(app):
    header = [
        "STT",
        "TÊN HỢP TÁC XÃ",
        "MST",
        "Trụ sở chính",
        "SĐT",
        "Họ tên Giám đốc",
        "Số TV",
        "Diện tích (m2)",
    ]
    guessed = importing.guess_columns(header)
    assert guessed == {
        "1": "name", "2": "tax_code", "3": "address", "4": "phone", "5": "legal_rep_name", "7": "area_ha",
    }  # fmt: skip


def test_a_choice_of_columns_is_remembered(world):
    with transaction():
        table = read_table(sheet([["A", "B"]], ["Cột lạ", "Khác"]), "a.xlsx")
        run = importing.receive(table=table, filename="a.xlsx", by=world.officer)
        importing.choose_columns(run=run, chosen={"0": "name", "1": ""}, admit=False)
    assert importing.guess_columns(["Khác", "Cột lạ"]) == {"1": "name"}


def test_good_rows_are_entered_and_wrong_ones_say_why(world, drain):
    run = receive(GOOD + WRONG, world.officer)
    drain()
    assert outcome(run) == [RowResult.CREATED] * 3 + [RowResult.WRONG] * 6
    made = queries.by_slug("htx-hop-tien")
    assert made.state is MemberState.ADMITTED
    assert (made.tax_code, made.phone, int(made.charter_capital)) == (
        "9900013713",
        "+84912000111",
        800_000_000,
    )
    assert made.address.line1 == "Thôn 2"
    assert made.address.unit_current.full_name == "Xã Hợp Tiến"
    assert queries.by_slug("to-hop-tac-oi-thanh-ha").kind is Kind.COOP_GROUP
    reasons = [row.reason for row in queries.rows_of(run, RowResult.WRONG).rows]
    for reason, word in zip(
        reasons, ("Tên đầy đủ", "Điện thoại", "Ngày", "Địa chỉ", "thuế", "Dòng 2"), strict=True
    ):
        assert word.lower() in reason.lower()
    db.session.refresh(run)
    assert run.state is ImportState.DONE


def test_historic_tax_codes_warn_and_divided_communes_ask(world, drain):
    run = receive(GOOD, world.officer)
    drain()
    odd = queries.by_slug("htx-tu-minh")
    assert (odd.tax_code, odd.tax_code_unchecked) == ("9900004124", True)
    assert odd.address.needs_choosing
    reason = queries.rows_of(run, RowResult.CREATED).rows[2].reason
    assert "số kiểm tra" in reason and "chia ra" in reason


def test_rows_of_one_file_know_of_each_other(world, drain):
    """The second names the first by its number, the third by its name, the fourth is one more of that name."""
    header = ["Tên HTX", "Mã số thuế", "Số đăng ký", "Địa chỉ"]
    rows = [
        ["HTX Hợp Tiến", "", "04.07.001", "xã Hợp Tiến, huyện Nam Sách"],
        ["HTX Hợp Tiến", "9900013713", "04.07.001", "xã Hợp Tiến, huyện Nam Sách"],
        ["HTX Hợp Tiến", "", "", "xã Hợp Tiến, huyện Nam Sách"],
        ["HTX Hợp Tiến", "", "", "xã Thanh Xuân, huyện Thanh Hà"],
    ]
    with transaction():
        run = importing.receive(table=read_table(sheet(rows, header), "a.xlsx"), filename="a.xlsx", by=None)
        importing.start(run=run)
    drain()
    assert outcome(run) == [RowResult.CREATED, RowResult.WRONG, RowResult.WRONG, RowResult.CREATED]
    reasons = [row.reason for row in queries.rows_of(run, RowResult.WRONG).rows]
    assert all("Dòng 2" in reason for reason in reasons)
    assert queries.by_slug("htx-hop-tien-2").address.unit_as_written.name == "Thanh Xuân"


def test_many_rows_ask_little(world, drain):
    """Looking up is done for all rows of a chunk at once: a known row costs no question of its own."""
    told = [[n, f"HTX Số {n}", "", "xã Hợp Tiến, huyện Nam Sách", "", "", ""] for n in range(30)]
    receive(told, world.officer)
    drain()
    counts = []
    for many in (5, 30):
        run = receive(told[:many], world.officer, begin=False)
        with queries_sent("SELECT", "WITH") as sent, transaction():
            importing.do_rows(importing.Reader(run), queries.rows_of(run, None).rows, by=None)
        assert outcome(run) == [RowResult.UNCHANGED] * many
        counts.append(len(sent))
    assert counts[0] == counts[1]


def test_the_same_file_again_changes_nothing(world, drain):
    receive(GOOD, world.officer)
    drain()
    run = receive(GOOD, world.officer)
    drain()
    assert outcome(run) == [RowResult.UNCHANGED] * 3


def test_only_what_differs_is_changed_and_empty_cells_erase_nothing(world, drain):
    receive(GOOD, world.officer)
    drain()
    run = receive([[1, "HTX Hợp Tiến", "9900013713", "", "0912000999", "", ""]], world.officer)
    drain()
    assert outcome(run) == [RowResult.UPDATED]
    made = queries.by_slug("htx-hop-tien")
    assert (made.phone, made.address.line1, made.registered_on.year) == ("+84912000999", "Thôn 2", 2015)


def test_a_worker_that_died_leaves_whole_rows_and_another_goes_on(world, drain, monkeypatch):
    run = receive(GOOD + WRONG, world.officer)
    real, seen = importing._write, []

    def dies(reader, known, row, by):
        seen.append(row.line)
        if len(seen) == 4:
            raise SystemExit("killed")
        return real(reader, known, row, by)

    monkeypatch.setattr(importing, "CHUNK", 2)
    monkeypatch.setattr(importing, "_write", dies)
    with pytest.raises(SystemExit):
        while True:
            with transaction():
                importing.do_chunk(importing.Reader(run), size=2)
    db.session.rollback()
    assert outcome(run)[:4] == [RowResult.CREATED, RowResult.CREATED, RowResult.WAITING, RowResult.WAITING]
    monkeypatch.setattr(importing, "_write", real)
    tasks.go_on_reading()
    assert outcome(run) == [RowResult.CREATED] * 3 + [RowResult.WRONG] * 6
    names = (
        select(func.count())
        .select_from(Cooperative)
        .where(Cooperative.tax_code.in_(["9900013713", "9900002750", "9900004124"]))
    )
    assert db.session.scalar(names) == 3


def test_a_wrong_row_is_put_right_on_the_spot(world, drain):
    run = receive(WRONG[1:2], world.officer)
    drain()
    row = queries.rows_of(run, RowResult.WRONG).rows[0]
    with transaction():
        importing.correct_row(row=row, cells={4: "0912 000 222"}, by=world.officer)
    assert row.result is RowResult.CREATED
    assert queries.by_slug("htx-so-dien-thoai").phone == "+84912000222"


def test_columns_must_name_the_name_and_none_twice(world):
    run = receive(GOOD, world.officer, begin=False)
    for chosen in ({"2": "tax_code"}, {"1": "name", "2": "name"}):
        with pytest.raises(Refusal), transaction():
            importing.choose_columns(run=run, chosen=chosen, admit=False)


def test_the_officer_s_way_through_the_pages(world, client, drain):
    client.sign_in("officer@demo.vn")
    answer = client.send(
        "/office/members/imports", {"file": (io.BytesIO(sheet(GOOD + WRONG[1:2])), "so.xlsx")}
    )
    columns = answer.headers["Location"]
    assert answer.status_code == 303
    page = client.get(columns).get_data(as_text=True)
    assert "4 dòng" in page and "1 dòng sai" in page
    chosen = {
        f"column_{place}": name for place, name in enumerate(["", "name", "tax_code", "address", "phone"])
    }
    answer = client.send(columns, {**chosen, "admit": "y", "begin": "1"})
    show = answer.headers["Location"]
    assert client.get(show).headers["Refresh"] == "2"
    drain()
    db.session.rollback()  # what the worker wrote is seen by whoever reads afresh
    answer = client.get(show)
    assert answer.status_code == 200
    page = answer.get_data(as_text=True)
    assert "Điện thoại: số điện thoại chưa đầy đủ" in page
    row = db.session.scalar(select(RegistryRow).where(RegistryRow.result == RowResult.WRONG))
    assert client.send(f"/office/members/imports/rows/{row.id}", {"cell_4": "0912000222"}).status_code == 303
    assert client.get(show + "?tab=created").status_code == 200
    assert "HTX Số điện thoại" in client.get("/cooperatives?q=so+dien+thoai").get_data(as_text=True)
    report = client.get(f"{show}/report.xlsx")
    told = list(openpyxl.load_workbook(io.BytesIO(report.data)).active.values)
    assert [row[1] for row in told] == ["Kết quả", *["Thêm mới"] * 4]


def test_others_have_no_way_in(world, client):
    assert client.get("/office/members/imports").status_code == 303
    client.sign_in("donglac@demo.vn")
    assert client.get("/office/members/imports").status_code == 403
