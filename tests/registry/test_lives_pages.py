"""The pages of a life, of everything, of the registry as of a day; partners and honours."""

from __future__ import annotations

import datetime as dt

from marketplace.cooperatives import services as cooperatives
from marketplace.cooperatives.states import Kind
from marketplace.foundation.db import transaction
from marketplace.registry import happenings, queries, services
from marketplace.registry.states import LifeKind, Standing
from tests.client import ReadingClient, another
from tests.orders.buying import order_for
from tests.statements import queries_sent
from tests.world import World


def base(world: World) -> str:
    return f"/office/members/{world.dong_lac.slug}"


def test_a_life_is_entered_corrected_and_struck(world: World, client: ReadingClient) -> None:
    client.sign_in("officer@demo.vn")
    there, one = f"{base(world)}/life", world.dong_lac
    for language in ("", "/en"):
        for path in ("", "/events/new", "/officers/new", "/figures", "/sector", "/new-model", "/memberships/new",
                     "/recognitions/new"):  # fmt: skip
            assert client.get(f"{language}{there}{path}").status_code == 200, path
    told = {
        "kind": "founded",
        "day": "04/05/1998",
        "source": "QĐ 12",
        "successors": "",
        "successor_name": "",
        "note": "",
    }
    assert client.send(f"{there}/events/new", told).status_code == 303
    merger = {**told, "kind": "merged_into", "day": "01/02/2020", "successors": "nobody at all"}
    refused = client.send(f"{there}/events/new", merger)
    assert refused.status_code == 422 and "nobody at all" in refused.text
    assert client.send(f"{there}/events/new", {**merger, "successors": "HTX Thăng Long"}).status_code == 303
    event = queries.life_of(one.id)[0]
    assert event.successors[0].cooperative_id == world.kinh_mon.id
    assert client.get(f"{there}/events/{event.ref}").status_code == 200
    right = {**told, "kind": "suspended", "day": "01/02/2020", "reason": "đọc nhầm"}
    assert client.send(f"{there}/events/{event.ref}", right).status_code == 303
    event = queries.life_of(one.id)[0]
    assert event.kind is LifeKind.SUSPENDED
    assert client.send(f"{there}/events/{event.ref}/striking", {"reason": ""}).status_code == 422
    assert client.send(f"{there}/events/{event.ref}/striking", {"reason": "chưa hề"}).status_code == 303
    assert [row.kind for row in queries.life_of(one.id)] == [LifeKind.FOUNDED]
    assert client.get(there).status_code == 200


def test_officers_figures_and_honours_by_hand(world: World, client: ReadingClient) -> None:
    client.sign_in("officer@demo.vn")
    there, one = f"{base(world)}/life", world.dong_lac
    officer = {"name": "Bà Lý", "office": "chief_accountant", "education": "college", "is_key": "y",
               "birth_year": "1980", "appointed_on": "01/01/2020"}  # fmt: skip
    assert client.send(f"{there}/officers/new", {**officer, "name": ""}).status_code == 422
    assert client.send(f"{there}/officers/new", officer).status_code == 303
    lady = next(each for each in queries.officers_of(one.id) if each.name == "Bà Lý")
    assert (
        client.send(f"{there}/officers/{lady.ref}", {**officer, "left_on": "01/01/2021"}).status_code == 303
    )
    assert (
        client.send(
            f"{there}/figures", {"day": "31/12/2025", "source": "BC 2025", "workers": "14"}
        ).status_code
        == 303
    )
    assert client.send(f"{there}/sector", {"sector": "craft", "since": "01/01/2019"}).status_code == 303
    judged = {"is_new_model": "yes", "day": "01/03/2019", "judged_by": "Liên minh HTX"}
    assert client.send(f"{there}/new-model", judged).status_code == 303
    honour = {"kind": "exemplary", "year": "2024", "sector": "agriculture", "decided_on": "01/09/2024"}
    assert client.send(f"{there}/recognitions/new", honour).status_code == 303
    got = queries.recognitions_of(one.id)[0]
    assert client.send(f"{there}/recognitions/{got.ref}/withdrawal", {"reason": "nhầm"}).status_code == 303
    now = queries.open_membership(one.id)
    since = {"joined_on": "03/05/2010", "joined_by_decision": "12/QĐ-LM"}
    assert client.send(f"{there}/memberships/{now.id}", since).status_code == 303
    for language in ("", "/en"):
        assert client.get(f"{language}{there}").status_code == 200


def test_everything_on_one_page_for_the_office_and_the_member(world: World, client: ReadingClient) -> None:
    order = order_for((world.carrots, 5)).orders[0]
    with transaction():
        services.record(cooperative=world.dong_lac, kind=LifeKind.FOUNDED, day=dt.date(1998, 5, 4))
    client.sign_in("officer@demo.vn")
    page = client.get(f"{base(world)}/history")
    assert page.status_code == 200 and order.number in page.text and "04/05/1998" in page.text
    for matter in ("", *happenings.matters()):
        for language in ("", "/en"):
            assert client.get(f"{language}{base(world)}/history?matter={matter}").status_code == 200, matter
    assert order.number not in client.get(f"{base(world)}/history?year=1998").text
    assert client.get(f"{base(world)}/history/print").status_code == 200
    member = another(client.application)
    member.sign_in("donglac@demo.vn")
    assert order.number in member.get("/desk/history").text
    assert member.get("/desk/history/print").status_code == 200
    assert member.get(f"{base(world)}/history").status_code in (403, 404)
    rival = another(client.application)
    rival.sign_in("kinhmon@demo.vn")
    assert order.number not in rival.get("/desk/history").text


def test_the_page_of_everything_asks_as_much_for_few_as_for_many(world: World, client: ReadingClient) -> None:
    order_for((world.carrots, 1))
    client.sign_in("officer@demo.vn")
    client.get(f"{base(world)}/history")
    with queries_sent("SELECT") as few:
        client.get(f"{base(world)}/history")
    for _turn in range(6):
        order_for((world.carrots, 1))
    with queries_sent("SELECT") as many:
        client.get(f"{base(world)}/history")
    assert len(many) == len(few)
    with client.application.test_request_context():
        whose, seen, after = queries.whose(world.dong_lac), [], None
        while True:
            page = happenings.happened(whose, after=after, size=5)
            seen += [(each.at, each.line.words) for each in page.rows]
            if page.next is None:
                break
            after = page.next
        assert seen == sorted(seen, key=lambda each: each[0], reverse=True)
        assert len(seen) == len(happenings.happened(whose, size=500).rows)


def test_the_registry_as_of_a_day(world: World, client: ReadingClient) -> None:
    with transaction():
        for number in range(3):
            one = cooperatives.enter(
                kind=Kind.COOPERATIVE,
                name=f"HTX Cũ {number}",
                registered_on=dt.date(2005, 1, 1),
                by=world.officer,
            )
            services.record(cooperative=one, kind=LifeKind.DISSOLVED, day=dt.date(2015, 1, number + 1))
    client.sign_in("officer@demo.vn")
    then, now = (client.get(f"/office/cooperatives?day=01/06/{year}").text for year in (2010, 2020))
    assert "HTX Cũ 1" in then and "HTX Cũ 1" not in now
    gone = client.get(
        "/office/cooperatives?standing=dissolved&sector=agriculture&kind=cooperative&member=no"
    ).text
    assert "HTX Cũ 2" in gone, gone[:400]
    assert world.kinh_mon.name not in gone
    assert "HTX Đồng Lạc" not in client.get("/office/cooperatives?member=no&standing=").text
    assert client.get("/en/office/cooperatives?day=nonsense&place=chi+linh").status_code == 200
    assert client.get("/office/cooperatives/export.xlsx?standing=dissolved").status_code == 200
    with queries_sent("SELECT") as sent:
        client.get("/office/cooperatives?standing=")
    with transaction():
        for number in range(25):
            cooperatives.enter(kind=Kind.COOPERATIVE, name=f"HTX Thứ {number}", by=world.officer)
    with queries_sent("SELECT") as many:
        client.get("/office/cooperatives?standing=")
    assert len(many) == len(sent)
    assert Standing.DISSOLVED in queries.standings_on(dt.date(2020, 1, 1), [one.id]).values()


def test_partners_and_their_help(world: World, client: ReadingClient) -> None:
    client.sign_in("officer@demo.vn")
    assert client.send("/office/partners", {"name": "", "kind": "domestic"}).status_code == 422
    told = {"name": "DGRV", "kind": "international", "country": "Đức"}
    assert client.send("/office/partners", told).status_code == 303
    partner = queries.partners()[0]
    help = {
        "kind": "money",
        "day": "01/06/2025",
        "activity": "Tập huấn kế toán",
        "cooperative": "HTX Đồng Lạc",
    }
    assert client.send(f"/office/partners/{partner.ref}", help).status_code == 422
    assert client.send(f"/office/partners/{partner.ref}", {**help, "amount": "20 triệu"}).status_code == 303
    row = queries.helps_of(partner_id=partner.id).rows[0]
    assert (row.amount, row.cooperative_id) == (20_000_000, world.dong_lac.id)
    for path in ("/office/partners", f"/office/partners/{partner.ref}"):
        for language in ("", "/en"):
            assert client.get(f"{language}{path}").status_code == 200
    there = f"/office/partners/{partner.ref}/helps/{row.ref}/withdrawal"
    assert client.send(there, {"reason": "nhầm"}).status_code == 303
    assert queries.helps_of(partner_id=partner.id).rows == []
