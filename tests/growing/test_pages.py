"""The director's phone: fields, diary, lots; the officer's rules; what a buyer reads at the code on the box."""

from __future__ import annotations

import re

from marketplace.foundation import clock, formats
from marketplace.foundation.db import db
from marketplace.growing import queries
from marketplace.growing.models import DiaryEntry, Lot, Plot, Sowing, SubstanceRule
from tests.client import ReadingClient, another
from tests.growing.conftest import field, harvested, sown
from tests.growing.traced import traced
from tests.statements import queries_sent
from tests.world import World


def today() -> str:
    return formats.date(clock.today())


def test_a_field_is_added_sown_written_about_and_harvested(client: ReadingClient, world: World) -> None:
    client.sign_in("donglac@demo.vn")
    assert "Chưa có thửa ruộng nào" in client.get("/desk/plots").get_data(as_text=True)
    told = {"name": "Bãi Mạc Động", "place": "dong lac chi linh", "area": "12,5", "area_unit": "sao"}
    assert client.send("/desk/plots/new", {**told, "household_shown": "y"}).status_code == 422
    assert client.send("/desk/plots/new", {**told, "household_group": "Tổ 1"}).status_code == 303
    plot = db.session.scalars(db.select(Plot)).one()
    assert (plot.area, plot.name) == (4_500, "Bãi Mạc Động")
    sowing = {
        "product": str(world.carrots.id),
        "sown_on": today(),
        "first_on": "1/3/2099",
        "last_on": "1/2/2099",
        "kg": "2 tấn",
    }
    assert client.send(f"/desk/plots/{plot.ref}/sowings", sowing).status_code == 422
    assert (
        client.send(f"/desk/plots/{plot.ref}/sowings", {**sowing, "last_on": "20/3/2099"}).status_code == 303
    )
    assert db.session.scalars(db.select(Sowing)).one().kg == 2_000
    line = {"plot": plot.ref, "kind": "sprayed", "day": today(), "substance": "", "dose": "15 ml"}
    assert client.send("/desk/diary", line).status_code == 422
    assert client.send("/desk/diary", {**line, "substance": "Abamectin"}).status_code == 303
    page = client.get("/desk/diary").get_data(as_text=True)
    assert page.count("Abamectin") >= 3, (
        "in the list, proposed for the next line, and among the names used before"
    )
    harvest = {"product": str(world.carrots.id), "plots": plot.ref, "harvested_on": today(), "kg": "3 tạ"}
    assert client.send("/desk/lots/new", {**harvest, "plots": "x"}).status_code == 422
    page = client.get("/desk/lots/new").get_data(as_text=True)
    harvest["client"] = re.findall(r'name="client"[^>]* value="([^"]+)"', page)[0]
    for _press in range(2):
        assert client.send("/desk/lots/new", harvest).status_code == 303
    lot = db.session.scalars(db.select(Lot)).one()
    assert (lot.kg, lot.household_group) == (300, "Tổ 1")
    for path in ("", "/label"):
        assert lot.code in client.get(f"/desk/lots/{lot.code}{path}").get_data(as_text=True)


def test_a_harvest_against_a_warning_wants_its_reason_beside_the_field(
    client: ReadingClient, world: World
) -> None:
    officer, director = another(client.application), client
    officer.sign_in("officer@demo.vn")
    rule = {
        "goods": "",
        "substance": "",
        "interval_days": "30",
        "valid_from": "1/1/2020",
        "source": "Người mua",
    }
    assert officer.send("/office/substances/new", {**rule, "forbidden": "y"}).status_code == 422
    assert officer.send("/office/substances/new", rule).status_code == 303
    kept = db.session.scalars(db.select(SubstanceRule)).one()
    assert "Người mua" in officer.get(f"/office/substances/{kept.ref}").get_data(as_text=True)
    plot = field(world)
    director.sign_in("donglac@demo.vn")
    line = {"plot": plot.ref, "kind": "sprayed", "day": today(), "substance": "Abamectin"}
    warned = director.send("/desk/diary", line, follow_redirects=True).get_data(as_text=True)
    assert "được thu hoạch từ" in warned
    harvest = {"product": str(world.carrots.id), "plots": plot.ref, "harvested_on": today(), "kg": "300"}
    refused = director.send("/desk/lots/new", harvest)
    assert refused.status_code == 422 and "sau 30 ngày" in refused.get_data(as_text=True)
    assert director.send("/desk/lots/new", {**harvest, "early_reason": "Bán làm giống"}).status_code == 303
    listed = officer.get("/office/lots?tab=caution").get_data(as_text=True)
    assert db.session.scalars(db.select(Lot.code)).one() in listed
    ended = officer.send(f"/office/substances/{kept.ref}", {"last_day": "1/1/2019"})
    assert ended.status_code == 422


def test_the_diary_keeps_what_was_wrong(client: ReadingClient, world: World) -> None:
    entry: DiaryEntry = traced(world)["entry"]
    client.sign_in("donglac@demo.vn")
    better = {"kind": "sprayed", "day": today(), "substance": "Emamectin"}
    assert client.send(f"/desk/diary/{entry.ref}", better).status_code == 303
    page = client.get("/desk/diary").get_data(as_text=True)
    assert "Emamectin" in page and "Abamectin" in page and "đã sửa về sau" in page
    assert client.get(f"/desk/diary/{entry.ref}").status_code == 404, "the newest line is the one to correct"


def test_the_code_tells_the_commune_and_no_name_without_consent(client: ReadingClient, world: World) -> None:
    plot = field(world, "Thửa kín", household="Nguyễn Văn Bình", village="Thôn Trụ Hạ")
    lot = harvested(world, plot, 50)
    page = client.get(f"/lots/{lot.code}").get_data(as_text=True)
    assert "Đồng Lạc" in page and "Tổ 3" in page
    assert "Nguyễn Văn Bình" not in page and "Thửa kín" not in page and "Trụ Hạ" not in page
    open_plot = field(world, "Thửa mở", household="Trần Thị Mận", household_shown=True)
    assert "Trần Thị Mận" in client.get(f"/lots/{harvested(world, open_plot, 5).code}").get_data(as_text=True)


def test_another_cooperative_finds_none_of_it(client: ReadingClient, world: World) -> None:
    found = traced(world)
    client.sign_in("kinhmon@demo.vn")
    for path in (
        f"/desk/plots/{found['plot'].ref}",
        f"/desk/plots/sowings/{found['sowing'].ref}",
        f"/desk/diary/{found['entry'].ref}",
        f"/desk/lots/{found['traced'].code}",
        f"/desk/lots/{found['traced'].code}/trace",
        f"/desk/lots/tests/{found['test'].ref}",
        f"/desk/recalls/{found['recall'].ref}",
        f"/office/recalls/{found['recall'].ref}",
        f"/office/substances/{found['rule'].ref}",
    ):
        assert client.get(path).status_code == 404, path
    assert client.get(f"/office/lots/{found['traced'].code}").status_code == 403


def test_lists_ask_as_often_for_one_row_as_for_many(client: ReadingClient, world: World) -> None:
    client.sign_in("donglac@demo.vn")
    asked = {}
    for many in (1, 6):
        for number in range(many):
            plot = field(world, f"Thửa {many}-{number}")
            sown(world, plot)
            harvested(world, plot, 20)
        for path in ("/desk/plots", "/desk/diary", "/desk/lots"):
            client.get(path)
            with queries_sent("SELECT") as sent:
                client.get(path)
            asked.setdefault(path, []).append(len(sent))
    assert all(first == later for first, later in asked.values()), asked
    assert queries.lots().rows


def test_a_line_that_a_phone_sends_twice_is_one(client: ReadingClient, world: World) -> None:
    plot = field(world)
    client.sign_in("donglac@demo.vn")
    line = {
        "client": "7d9f1f0e-30a5-4a83-9d05-0a4a5f3c2b11",
        "plot": plot.ref,
        "kind": "other",
        "day": today(),
        "note": "Làm cỏ",
        "worker": "Chị Mận",
    }
    late = {"Accept": "application/json"}
    for _twice in range(2):
        answer = client.send("/desk/diary", line, headers=late)
        assert answer.get_json() == {"kept": line["client"], "told": []}
    other = {**line, "client": "7d9f1f0e-30a5-4a83-9d05-0a4a5f3c2b12", "note": ""}
    wrong = client.send("/desk/diary", other, headers=late)
    assert wrong.status_code == 422 and wrong.get_json()["problems"]
    assert len(db.session.scalars(db.select(DiaryEntry)).all()) == 1
    kept = client.get("/desk/diary?kept=1").get_data(as_text=True)
    assert "Chị Mận" not in kept and "Không có sóng" in kept
    assert "data-queue" in client.get("/desk/diary").get_data(as_text=True)
    assert client.get("/desk/diary.js").mimetype == "text/javascript"
    assert client.get("/desk/diary.webmanifest").status_code == 200
