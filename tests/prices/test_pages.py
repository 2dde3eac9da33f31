"""Pages of the board: everybody's, the office's, a cooperative's, a follower's; and what a sheet brings."""

from __future__ import annotations

import io

from sqlalchemy import select

from marketplace.foundation.db import db
from marketplace.foundation.money import Money
from marketplace.foundation.sheets import read_table, write_xlsx
from marketplace.prices import queries
from marketplace.prices.models import Observation, PriceAlert
from marketplace.prices.states import Level, Source
from tests.client import ReadingClient, another
from tests.prices.written import ago, goods, market, wrote
from tests.statements import queries_sent
from tests.world import World


def rows() -> list[Observation]:
    db.session.rollback()
    return list(db.session.scalars(select(Observation).order_by(Observation.id)))


def test_the_board_is_everybodys_and_renewed_by_a_new_price(world: World, client: ReadingClient) -> None:
    assert "Chưa có giá ở đây" in client.get("/prices").get_data(as_text=True)
    place = market(world)
    wrote(world, place, 7000, day=ago(7))
    wrote(world, place, 7700)
    for path, told in (
        ("/prices", ("7.700", "tăng 10", "Chợ Phú Yên", "Cán bộ Liên minh")),
        ("/en/prices?level=field&category=cu-qua", ("7,700", "up 10%", "Phú Yên market")),
        ("/prices/ca-rot", ("7.700", "Diễn biến giá", "<svg", "7.000")),
        ("/en/prices/ca-rot?span=all&level=field", ("7,700", "Each sign is a month")),
        ("/prices/ca-rot?span=odd&level=odd", ("7.700",)),
        ("/prices/gom", ("Chưa có giá",)),
        ("/products/ca-rot-dong-lac", ("Trên bảng giá", "7.700")),
    ):
        page = client.get(path).get_data(as_text=True)
        assert all(each in page for each in told), path
    assert client.get("/prices/chuoi").status_code == 404
    with queries_sent("SELECT", "WITH") as sent:
        client.get("/prices/ca-rot?span=quarter")
    assert len(sent) <= 12


def test_a_sheet_of_the_board_is_only_text(world: World, client: ReadingClient) -> None:
    place = market(world)
    wrote(world, place, 7000, source=Source.PUBLISHED, source_words="=HYPERLINK(1)")
    csv = client.get("/prices/ca-rot/sheet.csv").get_data(as_text=True)
    assert "'=HYPERLINK(1)" in csv and "7000" in csv
    table = read_table(client.get("/prices/sheet.xlsx").get_data(), "gia.xlsx")
    assert table.rows[0][0] == "Cà rốt" and table.rows[0][6] == "7000"


def test_an_officer_writes_corrects_and_takes_back(world: World, client: ReadingClient) -> None:
    place = market(world)
    assert client.get("/office/prices").status_code in {302, 303}
    client.sign_in("officer@demo.vn")
    assert "Chưa có giá nào" in client.get("/office/prices").get_data(as_text=True)
    told = {
        "goods": "ca-rot", "place": place.ref, "level": "field", "day": ago(0).strftime("%d/%m/%Y"),
        "price": "7k", "source": "officer",
    }  # fmt: skip
    bad = client.send("/office/prices/new", {**told, "price": "bảy nghìn rưởi gì đó"})
    assert bad.status_code == 422 and "bảy nghìn rưởi gì đó" in bad.get_data(as_text=True)
    assert client.send("/office/prices/new", {**told, "place": "nowhere"}).status_code == 422
    kept = client.send("/office/prices/new", told)
    (row,) = rows()
    assert kept.status_code == 303 and row.ref in kept.location
    assert "Chợ Phú Yên" in client.get(kept.location).get_data(as_text=True)
    odd = client.send("/office/prices/new", {**told, "price": "70k", "grade": ""})
    assert odd.status_code == 422
    odd = client.send("/office/prices/new", {**told, "day": ago(1).strftime("%d/%m/%Y"), "price": "70k"})
    assert odd.status_code == 303, "nothing is usual before the first price"
    odd = client.send("/office/prices/new", {**told, "source_words": "Chị Tư", "price": "99tr"})
    assert odd.status_code == 422 and 'name="sure"' in odd.get_data(as_text=True)
    here = f"/office/prices/{row.ref}"
    fixed = {**told, "price": "6.900"}
    assert client.send(f"{here}/correction", fixed).status_code == 422, "a reason is needed"
    assert client.send(f"{here}/correction", {**fixed, "reason": "Nghe nhầm", "sure": "y"}).status_code == 303
    new = rows()[-1]
    assert new.price == 6900 and "Dòng này đã được thay" in client.get(here).get_data(as_text=True)
    page = client.get(f"/office/prices/{new.ref}").get_data(as_text=True)
    assert "Nghe nhầm" in page and "7.000" in page
    assert client.send(f"/office/prices/{new.ref}/removal", {"reason": ""}).status_code == 422
    assert client.send(f"/office/prices/{new.ref}/removal", {"reason": "Sai hàng"}).status_code == 303
    assert rows()[-1].void
    assert client.send("/office/prices/places", {"name_vi": "Chợ Phú Yên"}).status_code == 422
    assert client.send("/office/prices/places", {"name_vi": "Chợ Hội Đô"}).status_code == 303
    assert "Chợ Hội Đô" in client.get("/office/prices/places").get_data(as_text=True)
    for tab in ("", "officer", "settled", "odd"):
        assert client.get(f"/office/prices?source={tab}&goods=ca-rot").status_code == 200


def test_the_office_list_asks_the_same_for_any_number_of_rows(world: World, client: ReadingClient) -> None:
    place = market(world)
    wrote(world, place)
    client.sign_in("officer@demo.vn")
    client.get("/office/prices")
    with queries_sent("SELECT", "WITH") as one:
        client.get("/office/prices")
    for back in range(1, 20):
        wrote(world, place, 7000 + back, day=ago(back))
    with queries_sent("SELECT", "WITH") as many:
        client.get("/office/prices")
    assert len(many) == len(one)


def test_a_sheet_is_looked_at_then_written_line_by_line(world: World, client: ReadingClient) -> None:
    place = market(world)
    wrote(world, place, 7000, day=ago(3))
    client.sign_in("officer@demo.vn")
    sample = read_table(client.get("/office/prices/sheet.xlsx").get_data(), "mau.xlsx")
    assert sample.rows[0][:3] == ["Cà rốt", "Chợ Phú Yên", "Tại ruộng"]
    day = ago(1).strftime("%d/%m/%Y")
    lines = [
        ["cà rốt", "cho phu yen", "Tại ruộng", day, "", "7.100", "", "", "Hỏi ba hộ", ""],
        ["Cải bắp", "Chợ Phú Yên", "bán buôn", day, "1", "", "4.000", "6.000", "", "baohaiduong.vn/gia"],
        ["cà rốt", "Chợ Phú Yên", "tại ruộng", day, "", "71.000", "", "", "Chị Tư", ""],
        ["Cà rốt", "Chợ Phú Yên", "tại ruộng", ago(3).strftime("%d/%m/%Y"), "", "7.000", "", "", "", ""],
        ["Cà rốt", "Chợ trên trời", "tại ruộng", day, "", "7.000", "", "", "", ""],
        ["Cà rốt", "Chợ Phú Yên", "trên xe", "hôm qua", "", "rẻ", "", "", "", ""],
        ["Cà rốt", "Chợ Phú Yên", "tại ruộng", ago(-5).strftime("%d/%m/%Y"), "", "7.000", "", "", "", ""],
        ["Cà rốt", "Chợ Phú Yên", "", day, "", "", "", "", "", ""],
    ]
    sheet = write_xlsx(sample.header, lines)
    looked = client.send("/office/prices/sheet", {"file": (io.BytesIO(sheet), "gia.xlsx")})
    page = looked.get_data(as_text=True)
    for told in (
        "2 mức giá dùng được",
        "lệch nhiều so với 7.000",
        "đã có trên bảng",
        "Chợ trên trời",
        "4 dòng bị sai",
    ):
        assert told in page, told
    assert len(rows()) == 1
    kept = page.split('name="kept" value="')[1].split('"')[0].replace("&#34;", '"').replace("&amp;", "&")
    assert client.send("/office/prices/sheet", {"kept": kept, "write": "1"}).status_code == 303
    assert [(row.price, row.source) for row in rows()[1:]] == [
        (7100, Source.OFFICER),
        (5000, Source.PUBLISHED),
    ]
    assert client.send("/office/prices/sheet", {"kept": kept, "write": "1", "odd": "y"}).status_code == 303
    assert rows()[-1].price == 71_000 and rows()[-1].checked
    assert client.send("/office/prices/sheet", {"kept": kept, "write": "1", "odd": "y"}).status_code == 422
    for broken in ({"kept": "{}"}, {"kept": ""}, {"file": (io.BytesIO(b"PK\x03\x04no"), "x.xlsx")}):
        assert client.send("/office/prices/sheet", broken).status_code == 422
    few = write_xlsx(["Hàng", "Giá"], [["Cà rốt", 1]])
    missing = client.send("/office/prices/sheet", {"file": (io.BytesIO(few), "x.xlsx")})
    assert missing.status_code == 422 and "Thiếu các cột" in missing.get_data(as_text=True)


def test_a_cooperative_writes_what_it_sells_for(world: World, client: ReadingClient) -> None:
    place = market(world)
    wrote(world, place, 7000)
    client.sign_in("donglac@demo.vn")
    page = client.get("/desk/prices").get_data(as_text=True)
    assert "7.000" in page and "Tại chỗ chúng tôi" in page
    told = {
        "goods": "ca-rot",
        "place": "home",
        "level": "field",
        "day": ago(0).strftime("%d/%m/%Y"),
        "price": "rẻ",
    }
    assert client.send("/desk/prices", told).status_code == 422
    assert client.send("/desk/prices", {**told, "price": "7.200"}).status_code == 303
    own = rows()[-1]
    assert (own.source, own.cooperative_id, own.price) == (Source.COOPERATIVE, world.dong_lac.id, 7200)
    assert "HTX Đồng Lạc" in client.get("/prices/ca-rot").get_data(as_text=True)
    here = f"/desk/prices/{own.ref}"
    assert client.get(here).status_code == 200
    fixed = {**told, "place": own.place.ref, "price": "7.300", "reason": "Lên giá"}
    assert client.send(here, fixed).status_code == 303
    assert rows()[-1].price == 7300
    stranger = another(client.application)
    stranger.sign_in("kinhmon@demo.vn")
    assert stranger.get(f"/desk/prices/{rows()[-1].ref}").status_code == 404
    assert stranger.send(f"/desk/prices/{rows()[-1].ref}/removal", {"reason": "x"}).status_code == 404
    assert client.get(f"/office/prices/{own.ref}").status_code == 404
    assert client.send(f"/desk/prices/{rows()[-1].ref}/removal", {"reason": ""}).status_code == 422
    assert client.send(f"/desk/prices/{rows()[-1].ref}/removal", {"reason": "Hết hàng"}).status_code == 303
    assert [each.price for each in queries.on_board(goods().id)] == [Money(7000)]


def test_a_price_is_followed_on_one_page(world: World, client: ReadingClient) -> None:
    assert client.get("/account/prices").status_code in {302, 303}
    client.sign_in("household@demo.vn")
    page = client.get("/account/prices?goods=ca-rot&level=wholesale").get_data(as_text=True)
    assert 'value="ca-rot" selected' in page
    told = {"goods": "ca-rot", "level": "wholesale", "turn": "above", "threshold": "mắc"}
    assert client.send("/account/prices", told).status_code == 422
    assert client.send("/account/prices", {**told, "threshold": "8k"}).status_code == 303
    assert client.send("/account/prices", {**told, "threshold": "8.000"}).status_code == 422
    alert = db.session.scalars(select(PriceAlert)).one()
    assert alert.level is Level.WHOLESALE
    assert "từ 8.000" in client.get("/account/prices").get_data(as_text=True)
    stranger = another(client.application)
    stranger.sign_in("donglac@demo.vn")
    assert stranger.send(f"/account/prices/{alert.id}/end").status_code == 404
    assert client.send(f"/account/prices/{alert.id}/end").status_code == 303
    assert client.send(f"/account/prices/{alert.id}/end").status_code == 404
