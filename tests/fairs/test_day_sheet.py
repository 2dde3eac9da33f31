"""The day sheet: what is sent twice is one thing, two phones do not overwrite each other, nobody is named unasked."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import func, select

from marketplace.accounts.holdings import Identity, erase
from marketplace.fairs import queries, services
from marketplace.fairs.invariants.result import CHECKS
from marketplace.fairs.models import BoothDay, BoothSale, FairDeal, FairLead, FairResult
from marketplace.fairs.services import GoodsSold
from marketplace.fairs.states import DealKind, DealState, ResultState
from marketplace.foundation import clock
from marketplace.foundation.audit import history_of
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Conflict, Refusal
from marketplace.foundation.money import Money
from tests.client import ReadingClient
from tests.fairs.showing import handed_in, met, number, showing, signed, sold
from tests.statements import queries_sent
from tests.world import World

JSON = {"Accept": "application/json"}


def count(model: Any) -> int:
    db.session.expire_all()
    return int(db.session.scalar(select(func.count()).select_from(model)) or 0)


def broken() -> dict[str, int]:
    return {number: found for number, (_sentence, check) in CHECKS.items() if (found := check())}


def test_a_sheet_sent_twice_is_written_once(world: World) -> None:
    at, client = showing(world), number()
    for cash in (500_000, 900_000):
        with transaction():
            services.write_day(
                stand=at.carrots, day=clock.today(), client=client, cash=Money(cash), by=world.director
            )
    sheet = queries.booth_day(at.carrots.id, clock.today())
    assert sheet is not None and sheet.cash == 500_000, "the same turn is the same sheet, whatever it says"
    with transaction():
        services.write_day(
            stand=at.carrots, day=clock.today(), client=client, turn=2, cash=Money(900_000), by=world.director
        )
    sheet = queries.booth_day(at.carrots.id, clock.today())
    assert sheet is not None and (sheet.cash, sheet.version, count(BoothDay)) == (900_000, 2, 1)
    assert len(history_of("stand", at.carrots.id)) == 2


def test_a_second_phone_sees_the_first_ones_figures_before_it_overwrites(world: World) -> None:
    at = showing(world)
    sold(world, at.carrots, 500_000)
    with pytest.raises(Conflict, match="người khác"), transaction():
        services.write_day(
            stand=at.carrots, day=clock.today(), client=number(), cash=Money(1), by=world.director
        )
    with transaction():
        services.write_day(
            stand=at.carrots,
            day=clock.today(),
            client=number(),
            version=1,
            cash=Money(700_000),
            by=world.director,
        )
    sheet = queries.booth_day(at.carrots.id, clock.today())
    assert sheet is not None and sheet.cash == 700_000


def test_products_add_up_to_the_day_and_never_to_more(world: World) -> None:
    at = showing(world)
    carrots = GoodsSold(product=world.carrots, quantity=Decimal("12.5"), amount=Money(200_000))
    with transaction():
        sheet = services.write_day(
            stand=at.carrots, day=clock.today(), client=number(), sold=[carrots], by=world.director
        )
    assert sheet.cash == 200_000 and [sale.quantity for sale in sheet.sales] == [Decimal("12.5")]
    with pytest.raises(Refusal, match="nhiều hơn") as refused, transaction():
        services.write_day(
            stand=at.carrots,
            day=clock.today(),
            client=sheet.client,
            turn=2,
            cash=Money(100_000),
            sold=[carrots],
            by=world.director,
        )
    assert refused.value.field == "cash"
    with transaction():
        services.write_day(
            stand=at.carrots,
            day=clock.today(),
            client=sheet.client,
            turn=2,
            cash=Money(100_000),
            by=world.director,
        )
    assert count(BoothSale) == 0 and broken() == {}


def test_only_days_of_the_fair_that_have_begun(world: World) -> None:
    at = showing(world)
    for day in (
        at.fair.first_day - dt.timedelta(days=1),
        at.fair.last_day + dt.timedelta(days=1),
        at.fair.last_day,
    ):
        with pytest.raises(Refusal), transaction():
            services.write_day(stand=at.carrots, day=day, client=number(), cash=Money(1), by=world.director)
    assert count(BoothDay) == 0


def test_who_is_named_has_agreed(world: World) -> None:
    at = showing(world)
    with pytest.raises(Refusal, match="đồng ý"):
        met(world, at.carrots, consent_text="")
    lead = met(world, at.carrots, name="", phone="", company="Siêu thị Aeon", consent_text="")
    assert lead.consent_at is None and lead.fair_id == at.fair.id
    agreed = met(world, at.carrots)
    assert agreed.consent_text and agreed.consent_at is not None
    with transaction():
        services.forget_lead(lead=agreed, by=world.director)
    db.session.expire_all()
    assert (agreed.name, agreed.phone, agreed.consent_at) == ("", "", None)
    assert count(FairLead) == 2 and broken() == {}


def test_a_contact_who_has_an_account_can_be_erased(world: World) -> None:
    at = showing(world)
    with transaction():
        world.household.phone_confirmed_at = clock.now()
    lead = met(world, at.carrots, phone=world.household.phone, words="Chị Nguyễn Thị Lan hỏi giá")
    with transaction():
        erase(Identity("Người đã xoá 1", person_id=world.household.id))
    db.session.expire_all()
    assert (lead.name, lead.phone, lead.words) == ("Người đã xoá 1", "", "Chị Người đã xoá 1 hỏi giá")


def test_a_retry_is_one_contact_and_one_contract(world: World) -> None:
    at, client = showing(world), number()
    assert met(world, at.carrots, client).id == met(world, at.carrots, client, name="Khác").id
    first = signed(world, at.carrots, DealKind.CONTRACT, 5_000_000, client)
    assert signed(world, at.carrots, DealKind.CONTRACT, 9, client).id == first.id
    assert (count(FairLead), count(FairDeal)) == (1, 1)


def test_a_contract_is_worth_its_quantity_at_its_price(world: World) -> None:
    at = showing(world)
    told: dict[str, Any] = {
        "stand": at.carrots, "kind": DealKind.CONTRACT, "partner": "Hansalim", "country": "KR",
        "signed_on": clock.today(), "by": world.director,
    }  # fmt: skip
    with transaction():
        deal = services.sign_deal(
            **told, client=number(), product=world.carrots, quantity=Decimal(1500), price=Decimal(12000)
        )
    assert (deal.value, deal.unit) == (18_000_000, "kg")
    with pytest.raises(Refusal, match="giá trị"), transaction():
        services.sign_deal(**told, client=number())
    with transaction():
        services.move_deal(deal=deal, step="begin", by=world.director)
        services.move_deal(deal=deal, step="deliver", by=world.director)
    assert deal.state is DealState.DELIVERED
    with pytest.raises(Refusal), transaction():
        services.move_deal(deal=deal, step="fail", by=world.director)


def test_the_page_without_a_script(world: World, client: ReadingClient) -> None:
    at = showing(world)
    client.sign_in("donglac@demo.vn")
    path = f"/desk/fairs/{at.fair.slug}/day/{clock.today()}"
    assert "Cà rốt Đồng Lạc" in client.get(path).get_data(as_text=True)
    field = f"quantity_{world.carrots.ref}"
    answer = client.send(path, {"client": number(), "cash": "12k", field: "x", "orders": "4"})
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422 and 'value="12k"' in text and "Mời ghi một con số." in text
    once = number()
    for _ in range(2):
        answer = client.send(
            path, {"client": once, "turn": "1", "version": "0", "cash": "1tr2", field: "50,5"}
        )
        assert answer.status_code == 303
    sheet = queries.booth_day(at.carrots.id, clock.today())
    assert sheet is not None and (sheet.cash, sheet.sales[0].quantity) == (1_200_000, Decimal("50.5"))
    assert "1.200.000" in client.get(path).get_data(as_text=True)
    assert client.get(f"/desk/fairs/{at.fair.slug}/day").status_code == 303
    assert at.fair.name_vi in client.get("/desk/fairs/results").get_data(as_text=True)
    for odd in ("2026-13-01", "2020-01-01", "x"):
        assert client.get(f"/desk/fairs/{at.fair.slug}/day/{odd}").status_code == 404


def test_the_queue_of_the_phone_is_answered_in_its_own_language(world: World, client: ReadingClient) -> None:
    at = showing(world)
    client.sign_in("donglac@demo.vn")
    path = f"/desk/fairs/{at.fair.slug}/day/{clock.today()}"
    data = {"csrf_token": client.token(), "client": number(), "company": "Aeon", "name": "Lan"}
    answer = client.post(f"{path}/leads", data=data, headers=JSON)
    assert answer.status_code == 422 and "đồng ý" in answer.get_json()["problems"][0]
    for _ in range(2):
        answer = client.post(
            f"{path}/leads", data={**data, "agreed": "y", "consent": "stand-1"}, headers=JSON
        )
        assert answer.get_json() == {"kept": data["client"]}
    deal = {"client": number(), "kind": "memorandum", "partner": "Hansalim", "country": "KR", "value": "2 tỷ"}
    token = data["csrf_token"]
    for _ in range(2):
        told = {**deal, "csrf_token": token, "signed_on": f"{clock.today():%d/%m/%Y}"}
        answer = client.post(f"{path}/deals", data=told, headers=JSON)
        assert answer.get_json() == {"kept": deal["client"]}
    assert (count(FairLead), count(FairDeal)) == (1, 1)
    page = client.get(path).get_data(as_text=True)
    assert "Aeon" in page and "Hàn Quốc" in page
    answer = client.post(path, data={"csrf_token": token, "client": number(), "cash": "5k"}, headers=JSON)
    assert answer.get_json()["version"] == 1


def test_the_photo_of_a_card_is_for_the_stand_alone(world: World, client: ReadingClient) -> None:
    at = showing(world)
    client.sign_in("donglac@demo.vn")
    picture = io.BytesIO()
    Image.new("RGB", (60, 40), "green").save(picture, "JPEG")
    picture.seek(0)
    path = f"/desk/fairs/{at.fair.slug}/day/{clock.today()}"
    answer = client.send(
        f"{path}/leads",
        {
            "client": number(),
            "company": "Aeon",
            "agreed": "y",
            "consent": "stand-1",
            "card": (picture, "the.jpg"),
        },
        content_type="multipart/form-data",
    )
    assert answer.status_code == 303
    lead = db.session.scalars(select(FairLead)).one()
    card = f"/desk/fairs/{at.fair.slug}/leads/{lead.id}/card"
    assert client.get(card).mimetype == "image/jpeg"
    assert client.send(f"/desk/fairs/{at.fair.slug}/leads/{lead.id}/removal").status_code == 303
    assert client.get(card).status_code == 404


def test_foreign_stands_are_not_there(world: World, client: ReadingClient) -> None:
    at = showing(world)
    signed_by_us = signed(world, at.carrots, DealKind.MEMORANDUM, 1)
    lead = met(world, at.carrots)
    path = f"/desk/fairs/{at.fair.slug}"
    client.sign_in("kinhmon@demo.vn")
    assert "Nguyễn Thị Lan" not in client.get(f"{path}/day/{clock.today()}").get_data(as_text=True)
    assert client.send(f"{path}/leads/{lead.id}/removal").status_code == 404
    assert client.send(f"{path}/deals/{signed_by_us.ref}/removal").status_code == 404
    client.sign_in("household@demo.vn")
    assert client.get(f"{path}/day/{clock.today()}").status_code == 404


def test_handed_in_results_close_the_sheets(world: World) -> None:
    at = showing(world, in_days=-3)
    sold(world, at.carrots, 500_000)
    result = handed_in(at.carrots, by=world.director)
    assert (result.sales, result.state) == (500_000, ResultState.SUBMITTED)
    for write in (lambda: sold(world, at.carrots, 1), lambda: met(world, at.carrots),
                  lambda: signed(world, at.carrots, DealKind.CONTRACT, 1)):  # fmt: skip
        with pytest.raises(Refusal, match="đã nộp"):
            write()
    assert count(FairResult) == 1


def statements(act: Callable[[], Any]) -> list[str]:
    with queries_sent("SELECT") as sent:
        act()
    return sent


def test_many_contacts_cost_no_more_statements(world: World, client: ReadingClient) -> None:
    at = showing(world)
    client.sign_in("donglac@demo.vn")
    path = f"/desk/fairs/{at.fair.slug}/day/{clock.today()}"
    met(world, at.carrots, interests=[world.carrots])
    signed(world, at.carrots, DealKind.CONTRACT, 7, product=world.carrots)
    client.get(path)
    few = statements(lambda: client.get(path))
    for _ in range(5):
        met(world, at.carrots, interests=[world.carrots])
        signed(world, at.carrots, DealKind.CONTRACT, 7, product=world.carrots)
    more = statements(lambda: client.get(path))
    assert few and len(more) == len(few), [each for each in more if more.count(each) > few.count(each)]
