"""The pages of trade: figures that open their rows, the rows that open their sales, the sheet and the paper."""

from __future__ import annotations

import datetime as dt
import io
import re

import openpyxl
import pytest
from sqlalchemy import select

from marketplace.cooperatives.models import Cooperative
from marketplace.fairs.models import Fair
from marketplace.foundation import clock
from marketplace.foundation.db import db, transaction
from marketplace.foundation.money import Money
from marketplace.foundation.papers import tasks as papers
from marketplace.foundation.papers.models import Paper
from marketplace.foundation.papers.states import PaperState
from marketplace.insights.models import TradeDay
from marketplace.insights.states import Channel
from marketplace.insights.views import trade
from tests.buyers.company import Company
from tests.client import ReadingClient, another
from tests.insights.sold import bought, counted, delivered, stood
from tests.statements import queries_sent
from tests.world import World

BASE = "/office/figures"
PAGES = (
    "",
    "/season",
    "/chains",
    "/linked",
    "/prices",
    "/rows",
    "/print",
    "/by/commodity",
    "/by/member",
    "/by/place",
)


@pytest.fixture
def company(world: World) -> Company:
    return Company.built()


def sold_by_all(world: World, company: Company) -> None:
    """In this year, whenever a contract of the tests delivers."""
    bought(world)
    delivered(world, company)
    stood(world)
    counted()


def test_every_page_in_both_languages(world: World, company: Company, client: ReadingClient) -> None:
    client.sign_in("officer@demo.vn")
    asked = ("", "?year=1999&part=q9&channel=x&commodity=-1&member=a&place=99999999999")
    for path in PAGES:
        assert client.get(BASE + path).status_code == 200, f"{path}, empty"
    sold_by_all(world, company)
    goods = f"?commodity={world.carrots.commodity_id}&part=q4&seats=district"
    for language in ("", "/en"):
        for path in PAGES:
            for question in (*asked, goods):
                assert client.get(f"{language}{BASE}{path}{question}").status_code == 200, path + question
    assert another(client.application).get(BASE).status_code in {302, 303, 401, 403}


def test_nobody_outside_the_office_sees_a_deal(world: World, client: ReadingClient) -> None:
    bought(world)
    counted()
    client.sign_in("kinhmon@demo.vn")
    for path in (*PAGES, "/sales", "/export.xlsx"):
        assert client.get(BASE + path).status_code in {403, 404}, path


def test_a_figure_opens_its_rows_and_a_row_its_sales(world: World, client: ReadingClient) -> None:
    order = bought(world)
    counted()
    number = order.number
    client.sign_in("officer@demo.vn")
    year = f"?year={clock.today().year}"
    page = client.get(BASE + year).text
    assert "600.000" in page and "HTX Đồng Lạc" in page
    rows = client.get(f"{BASE}/rows{year}&channel=order").text
    assert "600.000" in rows
    (address,) = set(re.findall(r'href="(/office/figures/sales[^"]+)"', rows))
    sales = client.get(address.replace("&amp;", "&")).text
    assert number in sales and "600.000" in sales and f'href="/office/orders/{order.ref}"' in sales
    assert client.get(f"{BASE}/rows{year}&channel=fair").status_code == 200
    assert client.get(f"{BASE}/sales?day=never").status_code == 404
    assert client.get(f"{BASE}/sales?day=2020-01-01&channel=order&member=1&commodity=1").status_code == 404


def test_a_slip_and_a_stand_are_named_as_their_reader_calls_them(
    world: World, company: Company, client: ReadingClient
) -> None:
    delivered(world, company)
    stood(world)
    counted()
    with transaction():
        for fair in db.session.scalars(select(Fair)):
            fair.name_en = "The fair in English"
    client.sign_in("officer@demo.vn")
    rows = client.get(f"{BASE}/rows?channel=fair").text
    there = re.findall(r'href="(/office/figures/sales[^"]+)"', rows)[0].replace("&amp;", "&")
    assert "The fair in English" in client.get(f"/en{there}").text
    assert "The fair in English" not in client.get(there).text
    sheets = re.findall(r'href="(/office/fairs/[^"]+/results/of/[^"]+/days/[^"]+)"', client.get(there).text)
    assert len(sheets) == 1, "down to the sheet that the stand wrote"
    for language in ("", "/en"):
        assert client.get(f"{language}{sheets[0]}").status_code == 200
    assert "500.000" in client.get(sheets[0]).text
    assert client.get(re.sub(r"\d{4}-\d{2}-\d{2}$", "2001-01-01", sheets[0])).status_code == 404
    year = f"&year={(clock.today() + dt.timedelta(60)).year}"
    for question in ("", year):
        rows = client.get(f"{BASE}/rows?channel=contract{question}").text
        for address in re.findall(r'href="(/office/figures/sales[^"]+)"', rows):
            assert "/office/acceptances/" in client.get(address.replace("&amp;", "&")).text
    assert "%" in client.get(f"{BASE}/chains").text


def test_a_sheet_that_is_too_long_says_so(
    world: World, client: ReadingClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    bought(world)
    stood(world)
    counted()
    monkeypatch.setattr(trade, "MOST_ROWS", 1)
    client.sign_in("officer@demo.vn")
    sheet = openpyxl.load_workbook(io.BytesIO(client.get(f"{BASE}/export.xlsx").data)).active
    lines = [line[0].value for line in sheet.iter_rows(min_row=2)]
    assert len(lines) == 2 and "tháng" in str(lines[-1])


def test_what_no_stand_told_apart_opens_too(world: World, client: ReadingClient) -> None:
    stood(world)
    counted()
    client.sign_in("officer@demo.vn")
    rows = client.get(f"{BASE}/rows?commodity=none").text
    assert "300.000" in rows and "200.000" not in rows
    (address,) = set(re.findall(r'href="(/office/figures/sales[^"]+)"', rows))
    assert "300.000" in client.get(address.replace("&amp;", "&")).text


def test_the_sheet_holds_the_rows_and_no_formula(world: World, client: ReadingClient) -> None:
    bought(world)
    counted()
    with transaction():
        whose = db.session.get(Cooperative, world.dong_lac.id)
        whose.short_name = "=1+1"
    client.sign_in("officer@demo.vn")
    answer = client.get(f"{BASE}/export.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.data)).active
    (row,) = [[cell.value for cell in line] for line in sheet.iter_rows(min_row=2)]
    assert row[4:] == [1, 50, 600_000, 0]
    assert sheet.cell(2, 3).data_type == "s"


def test_one_paper(world: World, client: ReadingClient) -> None:
    bought(world)
    counted()
    client.sign_in("officer@demo.vn")
    assert client.send(f"{BASE}/pdf?year={clock.today().year}", {}).status_code == 303
    wanted = db.session.query(Paper).one()
    papers.press_paper(wanted.id)
    db.session.expire_all()
    assert db.session.get(Paper, wanted.id).state is PaperState.READY


def test_three_hundred_sellers_ask_no_more_than_three(world: World, client: ReadingClient) -> None:
    client.sign_in("officer@demo.vn")
    sell(world, range(3))
    few = {path: statements(client, path) for path in PAGES}
    sell(world, range(3, 300))
    many = {path: statements(client, path) for path in PAGES}
    assert few == many


def sell(world: World, numbers: range) -> None:
    """Sellers with one day of carrots each, as the worker would have added them up."""
    from marketplace.accounts.models import Organisation
    from marketplace.accounts.states import OrganisationKind
    from marketplace.cooperatives.states import Kind

    with transaction():
        for number in numbers:
            organisation = Organisation(
                ref=f"to-chuc-{number}",
                kind=OrganisationKind.COOPERATIVE,
                name=f"HTX {number}",
                created_at=clock.now(),
            )
            db.session.add(organisation)
            db.session.flush()
            seller = Cooperative(
                organisation_id=organisation.id, slug=f"htx-{number}", kind=Kind.COOPERATIVE, name=f"HTX {number}",
                created_at=clock.now(), address_id=world.dong_lac.address_id,
            )  # fmt: skip
            db.session.add(seller)
            db.session.flush()
            db.session.add(
                TradeDay(
                    day=clock.today() - dt.timedelta(number % 3), channel=Channel.ORDER, cooperative_id=seller.id,
                    commodity_id=world.carrots.commodity_id, lines=1, kg=10, value=Money(1000 + number),
                    unweighed=Money(0),
                )
            )  # fmt: skip


def statements(client: ReadingClient, path: str) -> int:
    client.get(BASE + path)
    with queries_sent() as sent:
        client.get(BASE + path)
    return len(sent)
