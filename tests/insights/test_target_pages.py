"""The board's pages: a leader opens it as of two days, prints it, takes the sheet and asks which members."""

from __future__ import annotations

import io

import openpyxl

from marketplace.foundation.db import db
from marketplace.foundation.papers import tasks
from marketplace.foundation.papers.models import Paper
from marketplace.insights import queries
from tests.client import ReadingClient, another
from tests.insights.test_targets import lived, loaded
from tests.statements import queries_sent
from tests.world import World

BASE = "/office/targets"


def test_a_leader_reads_the_board_and_asks_which_members(world: World, client: ReadingClient) -> None:
    client.sign_in("officer@demo.vn")
    assert client.get(BASE).status_code == 200  # nothing was loaded yet
    loaded()
    for language in ("", "/en"):
        empty = client.get(f"{language}{BASE}?day=31/12/2025")
        assert empty.status_code == 200 and "633" in empty.text and "0 %" not in empty.text.split("<table")[0]
    lived(world)
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
        for target in queries.targets_of(queries.period_by_code("2020-2025")):
            asked = "?period=2020-2025&day=2025-12-31"
            assert client.get(f"{language}{BASE}/{target.key}{asked}").status_code == 200, target.key
            page = client.get(f"{language}{BASE}/{target.key}/rows{asked}")
            assert page.status_code == 200, target.key
    members = client.get(f"{BASE}/T10/rows?period=2020-2025&day=2025-12-31")
    assert "HTX Đêm giao thừa" in members.text and "HTX Giải thể" not in members.text
    assert client.get(f"{BASE}/T99").status_code == 404
    assert client.get(f"{BASE}/T01/rows?part=below").status_code == 404
    assert another(client.application).get(BASE).status_code in {302, 303, 401, 403}


def test_the_sheet_says_what_the_board_says(world: World, client: ReadingClient) -> None:
    loaded()
    lived(world)
    client.sign_in("officer@demo.vn")
    answer = client.get(f"{BASE}/export.xlsx?day=2025-12-31")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.data)).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    members = next(row for row in rows if row[0] == "T10")
    found = next(
        each
        for each in queries.board(
            queries.period_by_code("2020-2025"), __import__("datetime").date(2025, 12, 31)
        )
        if each.target.key == "T10"
    )
    assert members[5:7] == [found.measured.above, found.measured.below]


def test_one_page_of_paper(world: World, client: ReadingClient) -> None:
    loaded()
    lived(world)
    client.sign_in("officer@demo.vn")
    assert client.send(f"{BASE}/pdf?day=2025-12-31", {}).status_code == 303
    wanted = db.session.query(Paper).one()
    tasks.press_paper(wanted.id)


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


def test_more_members_ask_no_more_statements(world: World, client: ReadingClient) -> None:
    loaded()
    client.sign_in("officer@demo.vn")
    client.get(f"{BASE}?day=2025-12-31")
    lived(world)
    with queries_sent() as first:
        client.get(f"{BASE}?day=2025-12-31")
    import datetime as dt

    from marketplace.foundation.db import transaction
    from tests.insights.test_targets import made

    with transaction():
        for n in range(30):
            made(f"HTX Thêm {n}", dt.date(2022, 1, 1))
    with queries_sent() as more:
        client.get(f"{BASE}?day=2025-12-31")
    assert len(more) <= len(first) + 2
