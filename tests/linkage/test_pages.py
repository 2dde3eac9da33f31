"""The pages of requests: a buyer's way on a phone, the board, a cooperative's question, the office on behalf."""

from __future__ import annotations

import datetime as dt
import re

from sqlalchemy import select

from marketplace.catalogue import services as products
from marketplace.catalogue.models import GradeSpec
from marketplace.foundation import clock
from marketplace.foundation.db import db, transaction
from marketplace.linkage import queries, services
from marketplace.linkage.asking import Question
from marketplace.linkage.models import Need, NeedWatch
from marketplace.linkage.states import Audience, FieldKind, NeedState
from marketplace.selection.states import Entered
from tests.buyers.company import HUY, Company
from tests.client import ReadingClient, another
from tests.linkage.asked import carrots, closed, grade_a, opened, renewed
from tests.world import World


def day(ahead: int) -> str:
    return f"{clock.today() + dt.timedelta(days=ahead):%d/%m/%Y}"


def test_a_buyer_asks_section_by_section_and_publishes(
    world: World, company: Company, client: ReadingClient
) -> None:
    with transaction():
        grade = grade_a(world.officer)
        services.keep_question(
            category=carrots().category,
            question=Question("do_brix", FieldKind.NUMBER, "Độ Brix", "Sweetness", needed=True, unit="°Bx"),
            by=world.officer,
        )
    client.sign_in(HUY)
    assert client.get("/buyer/requests").status_code == 200
    assert client.send("/buyer/requests/new", {"goods": ""}).status_code == 422
    begun = client.send("/buyer/requests/new", {"goods": "ca-rot"})
    here = begun.location.removesuffix("/goods")
    assert begun.status_code == 303 and client.get(begun.location).status_code == 200

    told = {"grade": str(grade.id), "packing": "Thùng 10 kg"}
    assert client.send(f"{here}/goods", told).location == f"{here}/amounts"
    odd = client.send(
        f"{here}/amounts", {"first": day(20), "last": "hôm nào", "each": "2 tấn", "every": "day"}
    )
    assert odd.status_code == 422 and "hôm nào" in odd.get_data(as_text=True)
    pattern = {"first": day(20), "last": day(28), "each": "2 tấn", "every": "day", "weekdays": [*range(7)]}
    assert client.send(f"{here}/amounts", pattern).location == f"{here}/delivery"
    late = {"depot": str(company.store.id), "arrives_from": "6h", "arrives_until": "5h30"}
    assert client.send(f"{here}/delivery", late).status_code == 422
    assert client.send(f"{here}/delivery", {**late, "arrives_from": ""}).location == f"{here}/papers"
    assert client.send(f"{here}/papers", {"kinds": ["vietgap"]}).location == f"{here}/more"
    assert client.send(f"{here}/more", {"a_do_brix": ""}).status_code == 422
    assert client.send(f"{here}/more", {"a_do_brix": "8,5"}).location == f"{here}/terms"
    terms = {"target_price": "7k", "audience": "open", "splits": "y", "words": "Giao đúng giờ"}
    assert client.send(f"{here}/terms", terms).location == f"{here}/deadlines"
    page = client.get(here).get_data(as_text=True)
    assert "18\u00a0tấn" in page and f"{here}/opening" not in page
    assert client.send(f"{here}/deadlines", {"quotes_day": day(25)}).status_code == 303
    assert f"{here}/opening" not in client.get(here).get_data(as_text=True)
    assert client.send(f"{here}/deadlines", {"quotes_day": day(10), "quotes_time": "17h"}).location == here
    suppliers = client.get(f"{here}/suppliers").get_data(as_text=True)
    assert "HTX Đồng Lạc" in suppliers and "HTX Thăng Long" not in suppliers
    assert client.send(f"{here}/opening").status_code == 303

    need = db.session.scalars(select(Need)).one()
    assert need.state is NeedState.OPEN and need.answers == {"do_brix": "8.5"}
    assert "Độ Brix" in client.get(here).get_data(as_text=True)
    assert "Sweetness" in client.get(f"/en{here}").get_data(as_text=True)
    first = need.lines[0]
    change = {f"line_{line.id}": "2000" for line in need.lines} | {f"line_{first.id}": "1,5 tấn"}
    no_reason = client.send(f"{here}/amounts", change)
    assert no_reason.status_code == 422 and "1,5 tấn" in no_reason.get_data(as_text=True)
    assert client.send(f"{here}/amounts", {**change, "reason": "Ngày lễ"}).status_code == 303
    assert "1,5" in client.get(here).get_data(as_text=True)
    assert client.send(f"{here}/copies").status_code == 303
    assert client.send(f"{here}/ending/withdrawal", {"reason": ""}).status_code == 422
    assert client.send(f"{here}/ending/withdrawal", {"reason": "Đổi kế hoạch"}).status_code == 303
    assert renewed(need).state is NeedState.WITHDRAWN
    assert client.get(f"{here}/ending/none").status_code == 403


def test_the_board_is_for_everybody_and_hides_prices_contacts_and_invited_requests(
    world: World, company: Company, client: ReadingClient
) -> None:
    need = opened(company)
    hidden = opened(company, audience=Audience.INVITED, invited=[world.kinh_mon.id])
    page = client.get("/requests?q=ca+rot").get_data(as_text=True)
    assert need.ref in page and hidden.ref not in page
    for narrowed in ("?q=xoai+cat", "?category=qua-ngot", "?month=13&place=nowhere+at+all", "?goods=vai"):
        assert need.ref not in client.get(f"/requests{narrowed}").get_data(as_text=True), narrowed
    for fitting in (
        "?goods=ca-rot",
        "?place=chi+linh",
        "?category=cu-qua",
        f"?month={need.lines[0].starts.month}",
    ):
        assert need.ref in client.get(f"/requests{fitting}").get_data(as_text=True), fitting
    shown = client.get(f"/requests/{need.ref}").get_data(as_text=True)
    assert "Siêu thị BigMart" in shown
    for secret in ("7.000", "Anh Tư", "0912 000 029", "84912000029", "Nguyễn Trãi"):
        assert secret not in shown
    assert client.get(f"/requests/{hidden.ref}").status_code == 404
    assert client.get(f"/en/requests/{need.ref}").status_code == 200
    with transaction():
        services.close_need(need=need, by=company.huy)
    assert need.ref not in client.get("/requests").get_data(as_text=True)


def test_a_cooperative_asks_and_nobody_learns_who(
    world: World, company: Company, client: ReadingClient
) -> None:
    need = opened(company, audience=Audience.INVITED, invited=[world.dong_lac.id, world.kinh_mon.id])
    here = f"/desk/requests/{need.ref}"
    client.sign_in("donglac@demo.vn")
    listed = client.get("/desk/requests").get_data(as_text=True)
    assert here in listed
    assert "7.000" in client.get(here).get_data(as_text=True)
    assert client.send(f"{here}/questions", {"words": " "}).status_code == 422
    assert client.send(f"{here}/questions", {"words": "Có nhận thùng nhỏ không?"}).status_code == 303
    (asked,) = queries.questions_asked(need.id)

    buyer = another(client.application)
    buyer.sign_in(HUY)
    seen = buyer.get(f"/buyer/requests/{need.ref}").get_data(as_text=True)
    assert "Có nhận thùng nhỏ không?" in seen
    told = re.sub(r"(?s)<nav.*?</nav>", "", seen)
    assert told.count("HTX Đồng Lạc") == told.count("HTX Thăng Long")
    answer = f"/buyer/requests/{need.ref}/questions/{asked.id}"
    assert buyer.send(answer, {"words": ""}).status_code == 422
    assert buyer.send(answer, {"words": "Có, thùng 4,5 kg."}).status_code == 303
    assert buyer.send(f"/buyer/requests/{need.ref}/questions/999", {"words": "x"}).status_code == 404

    rival = another(client.application)
    rival.sign_in("kinhmon@demo.vn")
    read = rival.get(here).get_data(as_text=True)
    assert "Có, thùng 4,5 kg." in read and "HTX Đồng Lạc" not in read
    assert rival.get(f"/buyer/requests/{need.ref}").status_code == 404
    stranger = opened(company, audience=Audience.INVITED, invited=[world.dong_lac.id])
    assert rival.get(f"/desk/requests/{stranger.ref}").status_code == 404


def test_the_office_writes_a_request_down_and_keeps_the_questions(
    world: World, company: Company, client: ReadingClient
) -> None:
    client.sign_in("officer@demo.vn")
    assert client.get("/office/requests").status_code == 200
    entered = {"organisation": company.bigmart.ref, "goods": "ca-rot", "entered": "phone", "told_by": ""}
    assert client.send("/office/requests/new", entered).status_code == 422
    begun = client.send("/office/requests/new", {**entered, "told_by": "Chị Hạnh"})
    need = db.session.scalars(select(Need)).one()
    here = f"/office/requests/{need.ref}"
    assert begun.location == f"{here}/goods" and need.entered is Entered.PHONE
    assert "Chị Hạnh" in client.get(here).get_data(as_text=True)
    for section in ("goods", "amounts", "delivery", "papers", "terms", "deadlines"):
        assert client.get(f"{here}/{section}").status_code == 200, section
    assert client.get(f"{here}/more").status_code == 404
    elsewhere = {"depot": "", "place": "sao đỏ", "line": "Bếp ăn số 2"}
    sent = client.send(f"{here}/delivery", elsewhere)
    assert sent.status_code == 303 and "Bếp ăn số 2" in client.get(here).get_data(as_text=True)
    own = opened(company)
    assert client.get(f"/office/requests/{own.ref}").status_code == 200
    assert client.get(f"/office/requests/{own.ref}/terms").status_code == 403

    forms = "/office/requests/forms/qua-ngot"
    assert client.get("/office/requests/forms").status_code == 200
    choice = {"label_vi": "Màu vỏ", "kind": "choice", "choices": "Đỏ"}
    refused = client.send(forms, choice)
    assert refused.status_code == 422 and "Màu vỏ" in refused.get_data(as_text=True)
    assert client.send(forms, {**choice, "choices": "Đỏ | Red\nXanh | Green"}).status_code == 303
    assert (
        client.send(f"{forms}/mau_vo", {**choice, "label_vi": "Màu", "choices": "Đỏ\nVàng"}).status_code
        == 303
    )
    page = client.get(forms).get_data(as_text=True)
    assert "Màu" in page and "Vàng" in page
    assert client.get(f"{forms}/nothing").status_code == 404
    assert client.send(f"{forms}/mau_vo/removal").status_code == 303
    director = another(client.application)
    director.sign_in("donglac@demo.vn")
    assert director.get(forms).status_code == 404
    assert director.get("/office/requests").status_code == 403


def test_the_office_keeps_grades_and_everybody_reads_them(
    world: World, company: Company, client: ReadingClient
) -> None:
    client.sign_in("officer@demo.vn")
    told = {
        "goods": "ca-rot", "sign": "M", "name_vi": "Cỡ M", "name_en": "Size M", "measure": "g", "least": "150",
        "most": "100", "max_defects": "5", "market": "", "position": "10", "valid_from": day(0),
    }  # fmt: skip
    assert client.send("/office/grades/new", told).status_code == 422
    assert client.send("/office/grades/new", {**told, "country": "QQ", "most": "200"}).status_code == 422
    assert client.send("/office/grades/new", {**told, "most": "200"}).status_code == 303
    spec = db.session.scalars(select(GradeSpec)).one()
    assert "150–200" in client.get("/grades").get_data(as_text=True)
    assert "Size M" in client.get("/en/grades").get_data(as_text=True)
    with transaction():
        products.note_grade_used(spec=spec)
    here = f"/office/grades/{spec.ref}"
    later = {**told, "most": "210", "valid_from": day(3)}
    assert client.send(f"{here}/data", {**later, "valid_from": day(0)}).status_code == 422
    assert client.send(f"{here}/data", later).status_code == 303
    db.session.expire_all()
    newest = db.session.scalars(select(GradeSpec).order_by(GradeSpec.id.desc())).first()
    assert newest is not None and newest.id != spec.id and newest.most == 210
    assert client.get(here).status_code == 200
    assert client.send(f"/office/grades/{newest.ref}/end", {"last_day": day(0)}).status_code == 422
    assert client.send(f"/office/grades/{newest.ref}/end", {"last_day": day(9)}).status_code == 303
    assert client.get("/office/grades").status_code == 200


def test_a_search_is_kept_once_and_only_ones_own(
    world: World, company: Company, client: ReadingClient
) -> None:
    client.sign_in("donglac@demo.vn")
    assert client.get("/account/searches").status_code == 200
    assert "Cà rốt" in client.get("/account/searches/new?goods=ca-rot&odd=1").get_data(as_text=True)
    assert client.send("/account/searches/new?goods=ca-rot&odd=1").status_code == 303
    assert client.send("/account/searches/new?goods=ca-rot").status_code == 422
    watch = db.session.scalars(select(NeedWatch)).one()
    assert watch.query == "goods=ca-rot"
    rival = another(client.application)
    rival.sign_in("kinhmon@demo.vn")
    assert rival.send(f"/account/searches/{watch.ref}/removal").status_code == 404
    assert client.send(f"/account/searches/{watch.ref}/removal").status_code == 303
    assert closed(company).state is NeedState.CLOSED
