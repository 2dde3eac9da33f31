"""Quotes as both sides see them: four numbers on a phone, side by side at the buyer's desk, the choice."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from html import unescape
from importlib import import_module

import pytest
from sqlalchemy import select

from marketplace.foundation import clock, formats
from marketplace.foundation.db import db, transaction
from marketplace.foundation.sheets import read_table
from marketplace.inbox.models import Notice
from marketplace.linkage import queries, services
from marketplace.linkage.states import NeedState, QuoteState
from marketplace.selection.states import Entered
from tests.buyers.company import HANH, Company
from tests.client import ReadingClient, another
from tests.linkage.asked import opened, renewed
from tests.linkage.quoted import again, expecting, quoted
from tests.linkage.test_quote import three_quotes
from tests.world import World


def test_a_director_quotes_in_four_numbers_and_changes_them(
    world: World, company: Company, client: ReadingClient
) -> None:
    need = opened(company)
    expecting(need, world.carrots, by=world.director)
    client.sign_in(world.director.email)
    assert "Báo giá" in client.get(f"/desk/requests/{need.ref}").get_data(as_text=True)
    page = client.get(f"/desk/requests/{need.ref}/quote").get_data(as_text=True)
    assert "Thôn Mạc Động" in page and formats.date(need.first_day) in page and "còn trống" in page
    told = {
        "product": f"{world.carrots.id}:",
        "portion": "1,2 tấn",
        "price": "6.200",
        "first": formats.date(need.first_day),
        "last": formats.date(need.last_day),
        "loading": "Nhà sơ chế",
        "valid_until": formats.date(clock.today() + dt.timedelta(days=12)),
    }
    wrong = client.send(f"/desk/requests/{need.ref}/quote", {**told, "portion": "30 tấn", "price": "x"})
    assert wrong.status_code == 422 and "30 tấn" in wrong.get_data(as_text=True)
    assert client.send(f"/desk/requests/{need.ref}/quote", told).status_code == 303
    quote = queries.quote_of(need.id, world.dong_lac.id)
    assert quote is not None and quote.offer.quantity == 12000
    assert client.get(f"/desk/requests/{need.ref}/quote").status_code == 303
    assert "1200" in client.get(f"/desk/quotes/{quote.ref}/change").get_data(as_text=True)
    client.send(f"/desk/quotes/{quote.ref}/change", {**told, "price": "6.000"})
    assert again(quote).offer.price == 6000 and again(quote).latest == 2
    assert "6.000" in client.get(f"/desk/quotes/{quote.ref}").get_data(as_text=True)
    assert "6.000" in client.get("/desk/quotes").get_data(as_text=True)
    client.get(f"/desk/quotes/{quote.ref}/withdrawal")
    client.send(f"/desk/quotes/{quote.ref}/withdrawal", {"reason": "Mưa lớn"})
    assert again(quote).state is QuoteState.WITHDRAWN


def test_numbers_are_not_for_other_eyes(world: World, company: Company, client: ReadingClient) -> None:
    need = opened(company, sealed=True)
    expecting(need, world.carrots, by=world.director)
    quote = quoted(need, world.dong_lac, world.carrots, world.director)
    client.sign_in(HANH)
    assert client.get(f"/buyer/quotes/{quote.ref}").status_code == 404
    assert client.get(f"/buyer/requests/{need.ref}/quotes").status_code == 403
    page = client.get(f"/buyer/requests/{need.ref}").get_data(as_text=True)
    assert "6.200" not in page and "1 báo giá" not in page and "niêm phong" in page
    assert not db.session.scalars(select(Notice).where(Notice.kind.startswith("quotes."))).all()
    rival = another(client.application)
    rival.sign_in(world.rival.email)
    assert rival.get(f"/desk/quotes/{quote.ref}").status_code == 404
    assert rival.get(f"/buyer/requests/{need.ref}/quotes").status_code == 404


@pytest.mark.parametrize(
    ("order", "names"),
    [("price", ["An Lâm", "Đồng Lạc", "Cẩm Văn"]), ("lacking", ["Đồng Lạc", "An Lâm", "Cẩm Văn"])],
)
def test_many_quotes_are_compared_page_by_page_and_what_is_lacking_counts_them_all(
    world: World,
    company: Company,
    client: ReadingClient,
    monkeypatch: pytest.MonkeyPatch,
    order: str,
    names: list[str],
) -> None:
    monkeypatch.setattr(import_module("marketplace.linkage.queries.comparison"), "PAGE", 2)
    need, _ids = three_quotes(world, company)
    client.sign_in(HANH)
    here = f"/buyer/requests/{need.ref}/quotes"
    first = client.get(f"{here}?order={order}").get_data(as_text=True)
    further = re.search(r'rel="next" href="([^"]+)"', first)
    assert further is not None
    second = client.get(here + unescape(further[1])).get_data(as_text=True)
    rows = [re.findall(r'<th scope="row"><a[^>]*>HTX ([^<]+)</a>', page) for page in (first, second)]
    assert rows[0] == names[:2] and rows[1] == names[2:] and 'rel="next"' not in second
    lacks = [re.findall(r'<td class="num">([^<]+|<svg.*?)</td></tr>', page) for page in (first, second)]
    assert lacks[0] == lacks[1] and len(lacks[0]) == len(need.lines)


def test_the_buyer_compares_asks_for_less_and_chooses(
    world: World, company: Company, client: ReadingClient
) -> None:
    need, (first, second, third) = three_quotes(world, company)
    client.sign_in(HANH)
    told = client.get(f"/buyer/requests/{need.ref}/quotes").get_data(as_text=True)
    assert told.index("6.000") < told.index("6.200") < told.index("6.500")
    sheet = client.get(f"/buyer/requests/{need.ref}/quotes.xlsx").data
    assert len(read_table(sheet, "quotes.xlsx").rows) == 3
    quote = queries.quote_by_id(first)
    assert quote is not None
    asked = {"portion": "1 tấn", "price": "5.900", "first": formats.date(need.first_day)}
    client.send(f"/buyer/quotes/{quote.ref}/counter", {**asked, "last": formats.date(need.last_day)})
    client.send(f"/buyer/quotes/{quote.ref}/shortlisting")
    assert again(quote).waits_for_seller and again(quote).state is QuoteState.SHORTLISTED
    seller = another(client.application)
    seller.sign_in(world.director.email)
    assert "5.900" in seller.get(f"/desk/quotes/{quote.ref}").get_data(as_text=True)
    seller.send(f"/desk/quotes/{quote.ref}/agreement")
    assert again(quote).offer.price == 5900
    client.get(f"/buyer/requests/{need.ref}/choice")
    shares = {f"share-{first}": "8 tấn", f"share-{second}": "12 tấn", f"reserve-{third}": "1"}
    over = client.send(f"/buyer/requests/{need.ref}/choice", {**shares, f"share-{second}": "13 tấn"})
    assert over.status_code == 422 and "13 tấn" in over.get_data(as_text=True)
    assert client.send(f"/buyer/requests/{need.ref}/choice", shares).status_code == 303
    assert renewed(need).state is NeedState.AWARDED
    done = client.get(f"/buyer/requests/{need.ref}").get_data(as_text=True).replace("\xa0", " ")
    assert "12 tấn" in done and "8 tấn" in done


def test_an_officer_keeps_the_request_of_a_buyer_who_called(
    world: World, company: Company, client: ReadingClient
) -> None:
    need, (first, _second, _third) = three_quotes(world, company)
    quote = queries.quote_by_id(first)
    client.sign_in(world.officer.email)
    assert quote is not None and client.get(f"/office/quotes/{quote.ref}").status_code == 403
    with transaction():
        need.entered, need.told_by = Entered.PHONE, "Hạnh"
    db.session.expire_all()
    assert client.get(f"/office/requests/{need.ref}/quotes").status_code == 200
    client.get(f"/office/quotes/{quote.ref}")
    client.get(f"/office/requests/{need.ref}/choice")
    with transaction():
        services.choose_quotes(need=renewed(need), shares={first: Decimal(1000)}, by=world.officer)
