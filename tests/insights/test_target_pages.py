"""The board's pages: a leader opens it as of two days, prints it, takes the sheet and asks which members."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import openpyxl
from flask import Flask

from marketplace.foundation import clock
from marketplace.foundation.db import db, transaction
from marketplace.foundation.papers import tasks
from marketplace.foundation.papers.models import Paper
from marketplace.insights import queries, services
from marketplace.insights import tasks as insights
from marketplace.insights.indicators import INDICATORS
from marketplace.insights.models import TargetFigure, TargetMark
from marketplace.insights.states import Per
from tests.client import ReadingClient, another
from tests.insights.test_targets import END, lived, loaded, made
from tests.statements import queries_sent
from tests.world import World

BASE = "/office/targets"
LATER = dt.timedelta(minutes=6)


def counted() -> int:
    """As if what happened had rested; how many figures the worker counted."""
    with transaction():
        services.take_marks()
    told = insights.count_targets()
    db.session.rollback()
    return int(told)


def test_a_leader_reads_the_board_and_asks_which_members(world: World, client: ReadingClient) -> None:
    client.sign_in("officer@demo.vn")
    assert client.get(BASE).status_code == 200  # nothing was loaded yet
    loaded()
    assert "chưa được tính" in client.get(f"{BASE}?day=31/12/2025").text
    counted()
    for language in ("", "/en"):
        empty = client.get(f"{language}{BASE}?day=31/12/2025")
        assert empty.status_code == 200 and "633" in empty.text and "0 %" not in empty.text.split("<table")[0]
    lived(world)
    counted()
    for language in ("", "/en"):
        for path in (
            "",
            "?day=2025-12-31",
            "?day=never&period=1999-2000",
            "/print?day=2025-12-31",
            "/periods",
            "/grdp",
        ):
            assert client.get(f"{language}{BASE}{path}").status_code == 200, path
        asked = "?period=2020-2025&day=2025-12-31"
        for target in queries.targets_of(queries.period_by_code("2020-2025")):
            assert client.get(f"{language}{BASE}/{target.key}{asked}").status_code == 200, target.key
        for key in INDICATORS:
            assert client.get(f"{language}{BASE}/{key}/rows{asked}").status_code == 200, key
    members = client.get(f"{BASE}/T10/rows?period=2020-2025&day=2025-12-31")
    assert "HTX Đêm giao thừa" in members.text and "HTX Giải thể" not in members.text
    assert client.get(f"{BASE}/T99").status_code == 404
    assert client.get(f"{BASE}/T01/rows?part=below").status_code == 404
    assert another(client.application).get(BASE).status_code in {302, 303, 401, 403}


def test_the_sheet_says_what_the_board_says(world: World, client: ReadingClient) -> None:
    loaded()
    lived(world)
    counted()
    client.sign_in("officer@demo.vn")
    answer = client.get(f"{BASE}/export.xlsx?day=2025-12-31")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.data)).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    members = next(row for row in rows if row[0] == "T10")
    period = queries.period_by_code("2020-2025")
    found = queries.tile(queries.target_of(period, "T10"), END)
    assert members[5:7] == [found.measured.above, found.measured.below]
    told = {row[0]: row[2] for row in rows}
    assert (told["B11"], told["B08"], told["B01"], told["B14b"]) == ("633", "56", "44", "36,6\xa0%")


def test_one_page_of_paper(world: World, client: ReadingClient) -> None:
    loaded()
    lived(world)
    client.sign_in("officer@demo.vn")
    for page in ("print", "export.xlsx"):  # nothing to print yet: the board says so
        assert client.get(f"{BASE}/{page}?day=2025-12-31").status_code == 302
    counted()
    assert client.send(f"{BASE}/pdf?day=2025-12-31", {}).status_code == 303
    wanted = db.session.query(Paper).one()
    tasks.press_paper(wanted.id)
    sheet = client.get(f"{BASE}/print?day=2025-12-31").text
    assert all(each in sheet for each in ("633", "339", "800", "98,4\xa0tỷ", "36,6", "T12"))


def test_the_desk_reads_a_sentence_opens_a_period_and_types_grdp(world: World, client: ReadingClient) -> None:
    loaded()
    client.sign_in("officer@demo.vn")
    refused = client.send(f"{BASE}/T03/reading?day=2025-12-31", {"per": "year", "reason": ""})
    assert refused.status_code == 422
    assert (
        client.send(
            f"{BASE}/T03/reading?day=2025-12-31", {"per": "year", "reason": "Ban Thường vụ"}
        ).status_code
        == 303
    )
    assert client.send(f"{BASE}/periods", {"first_year": "2024", "last_year": "2030"}).status_code == 422
    assert client.send(f"{BASE}/periods", {"first_year": "2025", "last_year": "2030"}).status_code == 303
    assert client.get(f"{BASE}?period=2025-2030").status_code == 200
    told = {"year": "2025", "grdp": "250.000 tỷ", "source": "Cục Thống kê"}
    assert client.send(f"{BASE}/grdp", told).status_code == 303
    assert "Cục Thống kê" in client.get(f"{BASE}/grdp").text


def test_the_rule_of_t07_is_a_setting_of_the_desk(world: World, client: ReadingClient) -> None:
    loaded()
    lived(world)
    counted()
    client.sign_in("officer@demo.vn")
    where = f"{BASE}/T07?period=2020-2025&day=2025-12-31"
    page = client.get(where).text
    assert "hơn 80 % HTX hoạt động ổn định và hiệu quả tốt" in page and page.count('name="parts"') == 4
    path = f"{BASE}/T07/reading?day=2025-12-31"
    assert client.send(path, {"reason": "Nghị quyết"}).status_code == 422  # a rule without parts is none
    assert client.send(path, {"parts": ["bought"], "reason": "Nghị quyết"}).status_code == 422
    told = {"parts": ["reported", "no_loss"], "reason": "Nghị quyết"}
    assert client.send(path, told).status_code == 303
    counted()
    period = queries.period_by_code("2020-2025")
    target = queries.target_of(period, "T07")
    assert target.reading == "reported,no_loss" and target.per is Per.BY_END
    assert client.get(where).status_code == 200
    found = queries.board(period, END).tile(target).measured
    assert (found.above, found.below) == (
        2,
        queries.tile(queries.target_of(period, "T10"), END).measured.below,
    )


def test_a_year_is_judged_on_the_page_with_its_reason(world: World, client: ReadingClient) -> None:
    loaded()
    lived(world)
    counted()
    client.sign_in("officer@demo.vn")
    rows = client.get(f"{BASE}/T07/rows?part=below&period=2020-2025&day=2025-12-31").text
    assert "/office/targets/steady?cooperative=" in rows and "Xét riêng" in rows
    path, told = f"{BASE}/steady", {"cooperative": "HTX Trở lại", "year": "2025", "verdict": "yes"}
    bad = client.send(path, told | {"reason": ""})
    assert bad.status_code == 422 and "HTX Trở lại" in bad.text
    assert client.send(path, told | {"cooperative": "Không có", "reason": "Tốt"}).status_code == 422
    assert client.send(path, told | {"reason": "Đoàn kiểm tra 5/1"}).status_code == 303
    page = client.get(path).text
    assert "Đoàn kiểm tra 5/1" in page and "Ổn định, hiệu quả tốt" in page
    counted()
    shown = client.get(f"{BASE}/T07?period=2020-2025&day=2025-12-31").text
    assert "Năm 2025 có 1 hợp tác xã được xét riêng" in shown
    assert 'value="HTX Trở lại"' in client.get(f"{path}?cooperative=HTX+Trở+lại&year=2025").text


def test_a_page_is_five_statements_and_says_how_old_it_is(world: World, client: ReadingClient) -> None:
    period = loaded()
    lived(world)
    client.sign_in("officer@demo.vn")
    counted()
    page = client.get(f"{BASE}?day=31/12/2025").text
    assert "Tính lúc" in page and "từ lúc đó" not in page
    with queries_sent() as sent:
        board = queries.board(period, END)
        board.tiles()
        board.baselines()
    assert len(sent) <= 5 and board.complete and not board.changed
    for tile in board.tiles():  # what is kept is what is counted here and now
        assert tile == queries.tile(tile.target, END), tile.target.key
    with transaction():
        made("HTX Mới vào sổ", dt.date(2025, 2, 1))
    assert "từ lúc đó" in client.get(f"{BASE}?day=31/12/2025").text
    assert insights.count_targets() == 0  # it rests first: more may come
    before = queries.board(period, END).tiles()
    assert before == board.tiles()
    assert client.send(f"{BASE}/count?period=2020-2025&day=2025-12-31", {}).status_code == 303
    page = client.get(f"{BASE}?day=31/12/2025")
    assert "0 trên" in page.text and "Refresh" in page.headers  # nobody counted yet, and the page looks again
    assert insights.count_targets() > 60
    db.session.rollback()
    with clock.standing_at(clock.now() + LATER):
        assert insights.count_targets() > 60  # the mark has rested, and everything is counted once more
        assert not queries.board(period, END).changed
    db.session.rollback()
    founded = next(each for each in queries.board(period, END).tiles() if each.target.key == "T01")
    assert founded.measured.above == 1


def test_a_day_that_nobody_kept_is_counted_when_asked(world: World, client: ReadingClient) -> None:
    period = loaded()
    lived(world)
    counted()
    client.sign_in("officer@demo.vn")
    day = "period=2020-2025&day=2024-12-30"
    page = client.get(f"{BASE}?{day}").text
    assert "chưa được tính" in page and "Tính ngày này" in page
    assert client.get(f"{BASE}/T10?{day}").status_code == 200
    assert client.send(f"{BASE}/count?{day}", {}).status_code == 303
    told = insights.count_targets()
    assert 0 < told <= len(queries.board(period, dt.date(2024, 12, 30)).kept)
    db.session.rollback()
    assert queries.board(period, dt.date(2024, 12, 30)).complete
    with clock.standing_at(clock.now() + dt.timedelta(days=40)):
        insights.count_all_targets()  # a month later nobody asks any more
        db.session.rollback()
        assert queries.board_row(period.id, dt.date(2024, 12, 30)) is None
        assert queries.board(period, END).done == queries.board(period, END).whole
    assert not db.session.query(TargetFigure).filter_by(day=dt.date(2024, 12, 30)).count()


def test_what_commits_while_the_worker_reads_is_counted_next(
    world: World, app: Flask, monkeypatch: Any
) -> None:
    """A fact between the reading and the writing of a figure leaves a mark that the next round takes in."""
    period = loaded()
    lived(world)
    real, done = queries.measure, []

    def measure(key: str, asked: Any) -> Any:
        found = real(key, asked)
        if not done and key == "T10":
            done.append(key)
            with transaction():
                made("HTX Chen ngang", dt.date(2012, 1, 1))
        return found

    with monkeypatch.context() as changed:
        changed.setattr(queries, "measure", measure)
        counted()
    db.session.rollback()
    assert done and db.session.query(TargetMark).count()
    counted()
    target = queries.target_of(period, "T10")
    assert queries.board(period, END).tile(target).measured == queries.tile(target, END).measured
    with transaction():  # a reading from before never replaces what is newer
        old = queries.Measured(queries.tile(target, END).measured.asked, None, 1, 1)
        services.keep_figures(clock.now() - dt.timedelta(days=1), [("T10", old.asked, old)])
    assert queries.board(period, END).tile(target).measured == queries.tile(target, END).measured


def test_more_members_ask_no_more_statements(world: World, client: ReadingClient) -> None:
    loaded()
    client.sign_in("officer@demo.vn")
    client.get(f"{BASE}?day=2025-12-31")
    lived(world)
    counted()
    client.get(f"{BASE}?day=2025-12-31")
    with queries_sent() as first:
        client.get(f"{BASE}?day=2025-12-31")
    assert sum(" target" in each for each in first) <= 9
    with transaction():
        for n in range(30):
            made(f"HTX Thêm {n}", dt.date(2022, 1, 1))
    counted()
    with queries_sent() as more:
        client.get(f"{BASE}?day=2025-12-31")
    assert len(more) <= len(first)
