"""A buying organisation keeps its depots, papers and limits; whoever acts for it reads them, nobody else."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
import time_machine
from flask import Flask

from marketplace.accounts import services as accounts
from marketplace.accounts.states import OrganisationKind
from marketplace.buyers import queries, receiving, services
from marketplace.buyers.models import Depot
from marketplace.buyers.wants import Want
from marketplace.cooperatives.states import PaperKind
from marketplace.foundation.audit import history_of
from marketplace.foundation.calendar import lunar_new_year
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Conflict, Refusal
from marketplace.foundation.hours import Closing, Opening
from marketplace.foundation.money import Money
from marketplace.places import queries as places
from tests.buyers.company import HANH, HUY, Company, told
from tests.client import ReadingClient, another
from tests.world import World

MONDAY = dt.date(2026, 11, 30)


def filled(**changed: Any) -> dict[str, Any]:
    """The form of a depot: Monday to Wednesday from five to nine."""
    unit = places.search_units("sao do chi linh")[0]
    return {
        "name": "Bếp trung tâm", "place": unit.path, "place_unit": str(unit.id), "street": "Số 9 đường Lê Lợi",
        "contact_name": "Chị Sáu", "contact_phone": "0912 000 031", "note": "Gọi trước 15 phút",
        "closed_at_tet": "y", "hours-rows": "1", "hours0-days": ["0", "1", "2"], "hours0-opens": "5h",
        "hours0-closes": "9:00", "closed-rows": "0", **changed,
    }  # fmt: skip


def kitchen() -> Depot:
    db.session.expire_all()
    return db.session.scalars(db.select(Depot).where(Depot.name == "Bếp trung tâm")).one()


def test_a_member_writes_a_depot_down_and_everybody_there_reads_it(
    client: ReadingClient, company: Company
) -> None:
    client.sign_in(HANH)
    assert client.send("/account/company/depots/new", filled()).status_code == 303
    page = client.get("/account/company").text
    for words in (
        "Bếp trung tâm",
        "Số 9 đường Lê Lợi",
        "5:00–9:00",
        "Chị Sáu",
        "0912 000 031",
        "Gọi trước 15 phút",
    ):
        assert words in page, words

    path = f"/account/company/depots/{kitchen().ref}"
    assert "Số 9 đường Lê Lợi" in client.get(path).text
    closed = {"closed-rows": "1", "closed0-first": "24/12/2026", "closed0-reason": "Kiểm kê"}
    assert client.send(path, filled(**closed, street="Số 10")).status_code == 303
    page = client.get("/account/company").text
    assert "Số 10" in page and "Nghỉ 24/12/2026. Kiểm kê" in page

    assert client.send(f"{path}/closing").status_code == 303
    assert "Chị Sáu" not in client.get("/account/company").text
    assert client.get(path).status_code == 404
    kinds = [line.kind for line in history_of("depot", kitchen().id)]
    assert kinds == ["DepotClosed", "DepotChanged", "DepotAdded"]


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"contact_phone": "12"}, "Số điện thoại chưa đủ"),
        ({"hours0-closes": "4h"}, "Giờ bắt đầu phải trước giờ kết thúc"),
        (
            {"hours-rows": "2", "hours1-days": ["0"], "hours1-opens": "8:00", "hours1-closes": "10:00"},
            "trùng giờ nhau",
        ),
        ({"name": "Kho Sao Đỏ"}, "đã có nơi nhận hàng tên này"),
        ({"place": "Không có nơi này", "place_unit": ""}, "không biết nơi này"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    client: ReadingClient, company: Company, changed: dict[str, Any], sentence: str
) -> None:
    client.sign_in(HUY)
    refused = client.send("/account/company/depots/new", filled(**changed))
    assert refused.status_code == 422
    assert sentence in refused.text and "Gọi trước 15 phút" in refused.text


def test_one_more_line_is_given_without_a_script_and_judges_nothing(
    client: ReadingClient, company: Company
) -> None:
    client.sign_in(HUY)
    page = client.send("/account/company/depots/new", filled(name="", more_hours="1"))
    assert page.status_code == 200 and 'name="hours1-opens"' in page.text


def test_a_foreign_depot_does_not_exist(client: ReadingClient, company: Company) -> None:
    with transaction():
        other = accounts.create_organisation(kind=OrganisationKind.BUYER, name="Quán 86")
        theirs = services.add_depot(organisation=other, **told(name="Quán"), by=company.huy)
    client.sign_in(HUY)
    assert client.get(f"/account/company/depots/{theirs.ref}").status_code == 404
    assert client.send(f"/account/company/depots/{theirs.ref}/closing").status_code == 404
    assert "Quán 86" not in client.get("/account/company").text


def test_a_household_has_no_company(client: ReadingClient, company: Company) -> None:
    client.sign_in("household@demo.vn")
    assert client.get("/account/company").status_code == 403
    assert "Đơn vị của tôi" not in client.get("/account").text


def test_the_director_sets_papers_and_limits_and_a_member_cannot(
    client: ReadingClient, company: Company
) -> None:
    client.sign_in(HANH)
    for path in ("papers", "limits"):
        assert client.get(f"/account/company/{path}").status_code == 403
        assert client.send(f"/account/company/{path}", {"everybody": "1"}).status_code == 403

    client.sign_in(HUY)
    papers = {
        "paper-rows": "2",
        "paper0-kind": "ocop",
        "paper0-goods": "",
        "paper1-kind": "vietgap",
        "paper1-goods": "",
        "paper1-max_age_days": "365",
    }
    assert client.send("/account/company/papers", papers).status_code == 303
    wanted = [Want(PaperKind.OCOP, names_product=False), Want(PaperKind.VIETGAP, None, 365, False)]
    assert queries.wants_of(company.bigmart.id) == wanted
    assert queries.papers_of(company.bigmart.id) == [PaperKind.VIETGAP, PaperKind.OCOP]
    limits = {"everybody": "5tr", f"person_{company.hanh.id}": "", f"person_{company.huy.id}": "100tr"}
    assert client.send("/account/company/limits", limits).status_code == 303
    page = client.get("/account/company").text
    assert "đến 5.000.000" in page and "đến 100.000.000" in page and "VietGAP" in page
    told = [line.sentence for line in history_of("organisation", company.bigmart.id)]
    assert any("5.000.000" in sentence for sentence in told)

    assert client.send("/account/company/limits", {**limits, "everybody": "mấy triệu"}).status_code == 422
    assert client.send("/account/company/limits", {"everybody": ""}).status_code == 303
    assert queries.limits_of(company.bigmart.id) == {}


def test_a_limit_of_their_own_comes_first_and_the_common_one_binds_no_director(company: Company) -> None:
    def limits() -> list[Money | None]:
        return [queries.limit_for(company.bigmart.id, who.id) for who in (company.huy, company.hanh)]

    assert limits() == [None, None]
    company.limit(5_000_000)
    assert limits() == [None, Money(5_000_000)]
    company.limit(0, company.hanh)
    company.limit(100_000_000, company.huy)
    assert limits() == [Money(100_000_000), Money(0)]
    company.limit(None, company.hanh)
    assert limits() == [Money(100_000_000), Money(5_000_000)]


def test_who_may_approve(company: Company) -> None:
    def approvers(person: Any) -> set[str]:
        return {each.name for each in queries.approvers(company.bigmart.id, person.id)}

    assert approvers(company.hanh) == {"Lê Quang Huy"}
    assert approvers(company.huy) == {"Lê Quang Huy"}  # there is nobody else
    mai = company.second_director()
    assert approvers(company.huy) == {"Đặng Thị Mai"}
    assert approvers(mai) == {"Lê Quang Huy"}
    assert approvers(company.hanh) == {"Lê Quang Huy", "Đặng Thị Mai"}


def test_when_a_depot_is_open(company: Company) -> None:
    nine = (dt.time(5), dt.time(9))
    assert receiving.open_on(company.store, MONDAY) == [nine]
    assert receiving.open_on(company.store, MONDAY - dt.timedelta(days=1)) == []
    assert receiving.open_on(company.store, lunar_new_year(2027)) == []
    assert receiving.takes_in(company.store, MONDAY, dt.time(8), dt.time(9))
    assert not receiving.takes_in(company.store, MONDAY, dt.time(8), dt.time(9, 30))
    with transaction():
        closed = [Closing(MONDAY, MONDAY, "Kiểm kê")]
        services.change_depot(depot=company.store, **told(closures=closed, weekly=[]), by=company.huy)
    assert receiving.open_on(company.store, MONDAY) == []
    assert receiving.open_on(company.store, MONDAY + dt.timedelta(days=1)) == [receiving.ALL_DAY]
    with time_machine.travel(dt.datetime(2026, 12, 2, tzinfo=dt.UTC)):
        assert not any("Kiểm kê" in sentence for sentence in receiving.in_words(company.store))


def test_hours_that_overlap_and_a_name_twice_are_refused(company: Company) -> None:
    twice = [Opening(0, dt.time(5), dt.time(9)), Opening(0, dt.time(8), dt.time(10))]
    with pytest.raises(Refusal, match="5:00–9:00"), transaction():
        services.change_depot(depot=company.store, **told(weekly=twice), by=company.huy)
    with pytest.raises(Conflict), transaction():
        services.add_depot(organisation=company.bigmart, **told(), by=company.huy)


def test_a_restaurant_registers_invites_its_cook_and_sees_who_is_who(
    app: Flask, client: ReadingClient, world: World
) -> None:
    """The whole way through the pages, as two people go it."""
    register = {"name": "Vũ Thị Sen", "phone": "0912 000 041", "password": "mua-rau-moi-sang", "agree": "y"}
    company = {"kind": "organisation", "organisation_name": "Nhà hàng Bến Sông"}
    assert client.post("/register", data={**register, **company}).status_code == 303
    invitation = {"name": "Phan Anh Tú", "identifier": "0912 000 042", "role": "member"}
    assert client.send("/account/people", invitation).status_code == 303
    link = re.search(r'data-copy="http://localhost(/join/[^"]+)"', client.get("/account/people").text)
    assert link is not None

    cook = another(app)
    cook.post(
        "/register", data={**register, "name": "Phan Anh Tú", "phone": "0912 000 042", "kind": "person"}
    )
    assert cook.get("/account/company").status_code == 403
    assert cook.send(f"{link[1]}/acceptance").status_code == 303
    cook.sign_in("0912 000 042", "mua-rau-moi-sang")
    assert cook.send("/account/company/depots/new", filled()).status_code == 303
    for reader, may in ((cook, False), (client, True)):
        page = reader.get("/account/company").text
        assert all(
            words in page for words in ("Nhà hàng Bến Sông", "Vũ Thị Sen", "Phan Anh Tú", "Bếp trung tâm")
        )
        assert ("Đặt hạn mức" in page) is may
