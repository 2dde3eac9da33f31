"""The pages of weeks ahead: in twenty seconds on a phone, who holds what, what falls short, and at the alliance."""

from __future__ import annotations

import datetime as dt
import io
import re
import uuid
from decimal import Decimal

import pytest
from PIL import Image
from sqlalchemy import func, select

from marketplace.catalogue.models import Goods
from marketplace.foundation import clock
from marketplace.foundation.audit import AuditEntry
from marketplace.foundation.db import db, transaction
from marketplace.supply import queries
from marketplace.supply.models import Forecast
from marketplace.supply.states import ForecastSource, ShortfallState
from tests.client import ReadingClient
from tests.factories.catalogue import product_of
from tests.fairs.hall import newcomer
from tests.statements import queries_sent
from tests.supply.weeks import ahead, promised, say
from tests.world import World

NBSP = "\xa0"


@pytest.fixture
def director(client: ReadingClient, world: World) -> ReadingClient:
    client.sign_in("donglac@demo.vn")
    return client


def page(client: ReadingClient, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return answer.get_data(as_text=True)


def sending(turn: int = 1, **more: str) -> dict[str, str]:
    return {"client": str(uuid.uuid4()), "turn": str(turn), "sureness": "rough", **more}


def versions(world: World, week: str, grade: str = "") -> list[int]:
    db.session.rollback()
    db.session.expire_all()
    stock = queries.week_stock(world.carrots.id, week, grade)
    return [] if stock is None else [int(each.likely) for each in reversed(queries.versions_of(stock).rows)]


def test_said_in_twenty_seconds_and_once_only(director: ReadingClient, world: World) -> None:
    path, week = f"/desk/supply/ahead/{world.carrots.ref}", ahead(2)
    assert director.get("/desk/supply/ahead").location.endswith(path)
    assert "Chưa báo" in page(director, path)
    picture = io.BytesIO()
    Image.new("RGB", (60, 40), "green").save(picture, "JPEG")
    first = sending(**{f"week_{week}": "18 tấn", f"week_{ahead(3)}": "0"}, note="Mưa ít")
    for _ in range(2):
        picture.seek(0)
        photo = {"photo": (io.BytesIO(picture.getvalue()), "ruong.jpg")}
        answer = director.send(
            path,
            {**first, **photo},
            content_type="multipart/form-data",
            headers={"Accept": "application/json"},
        )
        assert answer.get_json() == {"kept": first["client"]}
    assert versions(world, week) == [18_000] and versions(world, ahead(3)) == [0]
    (said,) = db.session.scalars(select(Forecast).where(Forecast.likely == 18_000)).all()
    assert (said.low, said.high, said.note, said.photo is not None) == (15_300, 20_700, "Mưa ít", True)
    html = page(director, path)
    assert 'value="18000"' in html and f"18{NBSP}tấn" in html and "báo hôm nay" in html
    shown = director.get(f"/desk/supply/weeks/{said.stock_id}/photos/1")
    assert (shown.status_code, shown.mimetype) == (200, "image/jpeg")
    assert director.get(f"/desk/supply/weeks/{said.stock_id}/photos/2").status_code == 404
    # Said again as it was: nothing new. A grade has weeks of its own.
    assert director.send(path, sending(**{f"week_{week}": "18000"})).status_code == 303
    assert versions(world, week) == [18_000]
    to = director.send(f"{path}/grades", {"grade": " a"}).location
    assert to.endswith(f"{path}/grade/A")
    assert director.send(to, sending(**{f"week_{week}": "5 tấn"})).status_code == 303
    assert versions(world, week, "A") == [5_000] and "Loại A" in page(director, path)
    # What cannot be read is answered beside its week, and what was typed stays; to the script as a sentence.
    wrong = sending(**{f"week_{week}": "nhiều lắm", f"week_{ahead(4)}": "7 tấn"})
    answer = director.send(path, wrong)
    assert answer.status_code == 422 and "nhiều lắm" in answer.get_data(as_text=True)
    answer = director.send(path, wrong, headers={"Accept": "application/json"})
    assert answer.status_code == 422 and "Chưa hiểu" in str(answer.get_json()["problems"])
    assert versions(world, ahead(4)) == []
    assert "serviceWorker" not in page(director, f"{path}?kept=1")
    assert "importScripts" in director.get("/desk/supply/ahead.js").get_data(as_text=True)
    assert director.get("/desk/supply/ahead.webmanifest").get_json()["display"] == "standalone"


def test_who_holds_what_and_taking_openly(director: ReadingClient, world: World) -> None:
    week = ahead(3)
    stock_id = say(world, week, 10_000).stock_id
    promised(world, week, 6_000, "contract:7", contract_day=clock.today())
    promised(world, week, 3_000, "quote:4")
    path = f"/desk/supply/weeks/{stock_id}"
    html = page(director, path)
    assert html.index("Hợp đồng số 7") < html.index("Báo giá số 4")
    assert "dự kiến" in html.lower() and f"6{NBSP}tấn" in html
    contract, quote = (claim.id for claim in queries.held_by_rank(stock_id))
    give = {"winner": str(contract), "quantity": "2 tấn", "loser": "", "reason": ""}
    refused = director.send(f"{path}/more", give)
    assert refused.status_code == 422 and "vì sao" in refused.get_data(as_text=True)
    assert director.send(f"{path}/more", {**give, "quantity": "9 tấn", "reason": "Gấp"}).status_code == 422
    assert director.send(f"{path}/more", {**give, "reason": "Gấp"}).status_code == 303
    less = {"claim": str(quote), "quantity": "500", "reason": "Họ xin bớt"}
    assert director.send(f"{path}/less", less).status_code == 303
    html = page(director, path)
    assert "Gấp" in html and "Họ xin bớt" in html and f"8{NBSP}tấn" in html
    assert director.send(f"{path}/sale", {"quantity": "100"}).status_code == 303
    assert queries.available(world.carrots.id) == 600
    # Of another cooperative it does not exist, and neither does what is on hand.
    now = queries.stock_of(world.carrots.id)
    assert now is not None and director.get(f"/desk/supply/weeks/{now.id}").status_code == 404
    director.sign_in("kinhmon@demo.vn")
    for foreign in (path, f"/desk/supply/ahead/{world.carrots.ref}", "/office/supply"):
        assert director.get(foreign).status_code in {403, 404}


def test_a_short_week_offers_ways_out(director: ReadingClient, world: World) -> None:
    week, after = ahead(2), ahead(3)
    say(world, week, 10_000)
    say(world, after, 5_000)
    promised(world, week, 9_000, "contract:7")
    stock_id = say(world, week, 7_000).stock_id
    short = queries.live_shortfall(stock_id)
    assert short is not None
    path = f"/desk/supply/short/{short.ref}"
    assert path in page(director, f"/desk/supply/ahead/{world.carrots.ref}")
    assert "Hợp đồng số 7" in page(director, path)
    answer = director.send(path, {"way": "shift", "cause": "weather", "week": ""})
    assert answer.status_code == 422 and "chọn một tuần" in answer.get_data(as_text=True)
    assert director.send(path, {"way": "pool", "cause": "weather", "words": "Ngập"}).status_code == 303
    assert director.send(path, {"way": "pool", "cause": "weather"}).status_code == 422
    assert director.send(path, {"way": "buyers", "cause": "weather"}).status_code == 303
    assert director.send(path, {"way": "shift", "cause": "late", "week": after}).status_code == 303
    db.session.expire_all()
    assert short.state is ShortfallState.SHIFTED
    assert page(director, path) and director.send(path, {"way": "close", "cause": "late"}).status_code == 422
    assert "Chuyển" in page(director, f"/desk/supply/weeks/{stock_id}")


def test_the_office_sees_all_and_writes_down_for_who_calls(client: ReadingClient, world: World) -> None:
    client.sign_in("officer@demo.vn")
    assert "Chưa ai báo" in page(client, "/office/supply")
    week = ahead(1)
    path = f"/office/supply/products/{world.carrots.ref}"
    assert client.send(path, sending(**{f"week_{week}": "9 tấn"})).status_code == 422
    assert client.send(path, sending(**{f"week_{week}": "9 tấn"}, told_by="anh Hoạt")).status_code == 303
    (said,) = db.session.scalars(select(Forecast)).all()
    assert (said.source, said.told_by) == (ForecastSource.OFFICER, "anh Hoạt")
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.kind == "WeekExpected")).one()
    assert entry.on_behalf_of_id == world.dong_lac.organisation_id
    goods = db.session.get_one(Goods, world.carrots.commodity.goods_id)
    assert f"9{NBSP}tấn" in page(client, "/office/supply")
    assert "anh Hoạt" in page(client, f"/office/supply/weeks/{said.stock_id}")
    promised(world, week, 9_000, "contract:7")
    say(world, week, 8_000)
    assert "contract:7" not in page(client, "/office/supply?tab=short") and f"1{NBSP}tấn" in page(
        client, "/office/supply?tab=short"
    )
    assert page(client, "/office/supply?tab=short&settled=1") and page(client, "/office/supply?tab=old")
    claim = queries.held_by_rank(said.stock_id)[0]
    less = {"claim": str(claim.id), "quantity": "1 tấn", "reason": "Hợp tác xã nhờ"}
    assert client.send(f"/office/supply/weeks/{said.stock_id}/less", less).status_code == 303
    assert queries.count_short() == 0
    sheet = client.get(f"/office/supply/goods/{goods.slug}/export.csv").get_data(as_text=True)
    assert "Đồng Lạc" in sheet and week in sheet
    with clock.standing_at(clock.now() + dt.timedelta(days=15)):
        say(world, ahead(3), 4_000, by=world.director)
    with clock.standing_at(clock.now() + dt.timedelta(days=30)):
        client.sign_in("officer@demo.vn")
        assert f"4{NBSP}tấn" in page(client, "/office/supply?tab=old")


def test_as_many_statements_for_one_cooperative_as_for_many(client: ReadingClient, world: World) -> None:
    weeks = [ahead(count) for count in (1, 2, 3)]
    client.sign_in("officer@demo.vn")
    goods = db.session.get_one(Goods, world.carrots.commodity.goods_id)
    paths = ("/office/supply", f"/office/supply/goods/{goods.slug}")

    def counted() -> list[int]:
        counts = []
        for path in paths:
            with queries_sent("SELECT") as sent:
                page(client, path)
            counts.append(len(sent))
        with queries_sent("SELECT") as sent:
            rows = queries.free_by_cooperative(weeks=weeks, goods_id=goods.id)
        return [*counts, len(sent), len({row.cooperative_id for row in rows})]

    say(world, weeks[0], 1_000)
    counted()
    few = counted()
    for number in range(6):
        seller = newcomer()
        with transaction():
            carrots = product_of(seller, "ca-rot-dong-lac", f"Cà rốt số {number}", (0, 12_000))
        for week in weeks:
            say(world, week, 2_000 + number, product=carrots)
    many = counted()
    assert many[:3] == few[:3] and many[3] == few[3] + 6
    assert few[2] <= 5
    assert queries.free_by_cooperative(weeks=weeks, commodity_id=world.onions.commodity_id) == []
    total = next(each for each in queries.goods_ahead(weeks, goods.id) if each.week == weeks[1])
    assert (total.expected, total.cooperatives) == (Decimal(12_015), 6)
    assert db.session.scalar(select(func.count()).select_from(Forecast)) == 19
    assert re.search(r"6|7", page(client, paths[1]))
