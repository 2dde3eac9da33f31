"""Events of lives from a sheet: looked at first, row by row, written once."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from sqlalchemy import func, select

from marketplace.foundation.columns import keep
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Refusal
from marketplace.foundation.sheets import Table, read_table, write_csv, write_xlsx
from marketplace.registry import life_sheet, queries, services
from marketplace.registry.models import LifeEvent, LifeLine
from marketplace.registry.states import LifeKind
from tests.client import ReadingClient
from tests.registry.test_duplicates import holds
from tests.world import World

pytestmark = pytest.mark.database
HEADER = ["Hợp tác xã", "Sự kiện", "Ngày", "Bên nhận", "Căn cứ"]
ROWS = [
    ["HTX Đồng Lạc", "Hoạt động trở lại", "01/09/2024", "", "QĐ 40"],
    ["HTX Đồng Lạc", "resumed", "không rõ", "", ""],
    ["HTX Đồng Lạc", "Tạm ngừng hoạt động", "01/03/2024", "", "QĐ 12"],
    ["HTX Không Có", "Tạm ngừng hoạt động", "01/03/2024", "", ""],
    ["HTX Thăng Long", "Sáp nhập", "01/03/2023", "", ""],
    ["HTX Thăng Long", "bay lên", "01/03/2023", "", ""],
    ["HTX Thăng Long", "", "", "", ""],
]


def table(rows: list[list[str]] | None = None) -> Table:
    kept = ROWS if rows is None else rows
    return Table(HEADER, kept, list(range(2, 2 + len(kept))))


def count(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


@pytest.fixture
def words() -> list[list[str]]:
    """The sheet with the events as this shop calls them."""
    told = {
        "Hoạt động trở lại": LifeKind.RESUMED,
        "Tạm ngừng hoạt động": LifeKind.SUSPENDED,
        "Sáp nhập": LifeKind.MERGED,
    }
    return [
        [str(life_sheet.LIFE_LABELS[told[cell]]) if cell in told else cell for cell in row] for row in ROWS
    ]


def founded(world: World) -> None:
    with transaction():
        for one in (world.dong_lac, world.kinh_mon):
            services.record(cooperative=one, kind=LifeKind.FOUNDED, day=dt.date(1998, 5, 4), by=world.officer)


def test_each_line_says_what_is_wrong_with_it(world: World, words) -> None:
    founded(world)
    before = count(LifeEvent)
    lines = life_sheet.look(table(words), by=world.officer)
    assert count(LifeEvent) == before and count(LifeLine) == 0, "a look leaves nothing behind"
    assert [line.is_ready for line in lines] == [True, False, True, False, False, False, False]
    assert [bool(line.wrong) for line in lines] == [False, True, False, True, True, True, True]
    assert "HTX Không Có" in lines[3].wrong[0]
    db.session.rollback()


def test_what_is_in_order_is_written_once(world: World, words) -> None:
    founded(world)
    with transaction():
        assert sum(line.is_ready for line in life_sheet.write(table(words), by=world.officer)) == 2
    kinds = [each.kind for each in queries.life_of(world.dong_lac.id)]
    assert LifeKind.SUSPENDED in kinds and LifeKind.RESUMED in kinds, "entered by their days"
    with transaction():
        again = life_sheet.write(table(words), by=world.officer)
    assert [line.known for line in again][:3] == [True, False, True] and not any(
        line.is_ready for line in again
    )
    event = next(each for each in queries.life_of(world.dong_lac.id) if each.kind is LifeKind.RESUMED)
    with transaction():
        services.strike(event=db.session.merge(event), reason="Chưa trở lại", by=world.officer)
    with transaction():
        third = life_sheet.write(table(words), by=world.officer)
    assert not any(line.is_ready for line in third), (
        "what was struck since does not come back with the same file"
    )
    holds()


def test_another_file_that_says_the_same_writes_nothing(world: World, words) -> None:
    founded(world)
    with transaction():
        life_sheet.write(table(words), by=world.officer)
    with transaction():
        lines = life_sheet.write(table([words[2], words[2]]), by=world.officer)
    assert [line.known for line in lines] == [True, True]


def test_who_took_over_is_named_in_the_line(world: World) -> None:
    founded(world)
    label = str(life_sheet.LIFE_LABELS[LifeKind.MERGED])
    rows = [["HTX Thăng Long", label, "01/03/2023", "HTX Đồng Lạc", "QĐ 3"]]
    with transaction():
        (line,) = life_sheet.write(table(rows), by=world.officer)
    assert not line.wrong
    event = next(each for each in queries.life_of(world.kinh_mon.id) if each.kind is LifeKind.MERGED)
    assert [each.cooperative_id for each in event.successors] == [world.dong_lac.id]


def test_a_sheet_without_its_columns_or_too_long_is_refused(world: World) -> None:
    with pytest.raises(Refusal):
        life_sheet.read(Table(["Ghi chú"], [["x"]], [2]))
    with pytest.raises(Refusal):
        life_sheet.read(table([ROWS[0]] * 501))


def test_the_officer_s_way(world: World, client: ReadingClient, words) -> None:
    founded(world)
    client.sign_in("officer@demo.vn")
    here = "/office/life-events"
    for language in ("", "/en"):
        assert client.get(f"{language}{here}").status_code == 200
        sample = read_table(client.get(f"{language}{here}/sheet.xlsx").get_data(), "mau.xlsx")
        assert [life_sheet.COLUMNS.looks_like(title) for title in sample.header] == [
            column.name for column in life_sheet.COLUMNS.all
        ]
    assert client.send(here, {}).status_code == 422
    for body, name in ((write_xlsx(HEADER, words), "song.xlsx"), (write_csv(HEADER, words), "song.csv")):
        shown = client.send(here, {"file": (io.BytesIO(body), name)})
        assert shown.status_code == 200 and "HTX Không Có" in shown.text
    kept = keep(table(words))
    assert client.send(here, {"kept": kept, "write": "1"}).status_code == 303
    assert count(LifeLine) == 2
    assert client.send(here, {"kept": kept, "write": "1"}).status_code == 422
    assert count(LifeLine) == 2
