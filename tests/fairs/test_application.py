"""A cooperative applies for a fair on its phone; an officer enters one for a member."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select

from marketplace.fairs import queries as fairs
from marketplace.fairs import services
from marketplace.fairs.models import FairApplication
from marketplace.foundation import clock
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Refusal
from marketplace.selection import queries
from marketplace.selection.models import Application
from marketplace.selection.reference import load_rules
from marketplace.selection.states import ApplicationState, Checked, Entered, Purpose
from tests.client import ReadingClient
from tests.fairs.hall import Fairground, applied, fairground, newcomer
from tests.statements import queries_sent
from tests.world import World

A = ApplicationState


@pytest.fixture
def ground(world: World) -> Fairground:
    with transaction():
        load_rules()
    return fairground(world, call_is_open=True, in_days=20)


def address(ground: Fairground, rest: str = "") -> str:
    return f"/desk/fairs/{ground.fair.slug}/application{rest}"


def own(ground: Fairground, world: World) -> Application:
    db.session.expire_all()
    found = queries.live_application(ground.call.id, world.dong_lac.id)
    assert found is not None
    return found


def asked(ground: Fairground, world: World) -> FairApplication:
    found = fairs.asked_of(own(ground, world).id)
    assert found is not None
    return found


def declarations(ground: Fairground) -> dict[str, str]:
    rules = queries.rules_for(ground.call)
    steps = queries.preference_rules(ground.call)
    return {
        **{f"rule_{rule.id}": "yes" for rule in rules if rule.checked is Checked.DECLARED},
        **{f"step_{step.id}": "12" for step in steps if not step.ticked},
        **{f"step_{step.id}": "y" for step in steps if step.ticked},
    }


def test_from_the_list_to_the_handing_in(world: World, ground: Fairground, client: ReadingClient) -> None:
    client.sign_in("donglac@demo.vn")
    listed = client.get("/desk/fairs").get_data(as_text=True)
    assert ground.fair.name_vi in listed
    assert client.get(address(ground)).status_code == 200
    assert client.send(address(ground)).headers["Location"].endswith("/goods")
    assert own(ground, world).state is A.DRAFT

    goods = {"products": str(world.carrots.id), "main": "", "halves": "4", "least": "2"}
    assert client.get(address(ground, "/goods")).status_code == 200
    assert client.send(address(ground, "/goods"), goods).headers["Location"].endswith("/place")
    place = {
        "wishes-rows": "3",
        "wishes0-what": "",
        "wishes0-booth": "a03",
        "wishes1-what": f"zone:{ground.zones[1].id}",
        "wishes2-what": "corner",
        "near-rows": "1",
        "near0-who": "HTX Thăng Long",
        "near0-wanted": "near",
    }
    assert client.get(address(ground, "/place")).status_code == 200
    assert client.send(address(ground, "/place"), place).headers["Location"].endswith("/needs")
    needs = {
        "staff": "3",
        "kw": "2",
        "water": "y",
        "vehicle": "34C-123.45",
        "support_asked": "y",
        "words": "Xin góc",
    }
    assert client.get(address(ground, "/needs")).status_code == 200
    assert client.send(address(ground, "/needs"), needs).headers["Location"].endswith("/law")
    assert client.get(address(ground, "/law")).status_code == 200
    assert (
        client.send(address(ground, "/law"), declarations(ground))
        .headers["Location"]
        .endswith("/application")
    )
    for step in ("goods", "place", "needs", "law"):
        assert client.get(address(ground, f"/{step}")).status_code == 200, "what was kept is shown again"

    kept = asked(ground, world)
    assert [(str(w.kind), w.booth and w.booth.code) for w in kept.wishes] == [
        ("booth", "A03"),
        ("zone", None),
        ("corner", None),
    ]
    assert [(n.cooperative_id, n.wanted) for n in kept.neighbours] == [(world.kinh_mon.id, True)]
    assert (kept.halves, kept.least, kept.kw, kept.staff, kept.water, kept.cold) == (4, 2, 2, 3, True, False)
    assert [each.product_id for each in kept.products] == [world.carrots.id]

    assert client.send(address(ground, "/handing-in")).status_code == 303
    assert own(ground, world).state is A.SUBMITTED
    assert client.get(address(ground)).status_code == 200
    assert client.send(address(ground, "/back")).status_code == 303
    assert own(ground, world).state is A.DRAFT


def test_pressing_begin_twice_finds_the_draft(
    world: World, ground: Fairground, client: ReadingClient
) -> None:
    client.sign_in("donglac@demo.vn")
    assert client.send(address(ground)).status_code == 303
    assert client.send(address(ground)).status_code == 303
    drafts = db.session.scalars(select(Application).where(Application.call_id == ground.call.id)).all()
    assert len(drafts) == 1


def test_what_is_missing_is_said_where_it_is_handed_in(
    world: World, ground: Fairground, client: ReadingClient
) -> None:
    client.sign_in("donglac@demo.vn")
    client.send(address(ground))
    answer = client.send(address(ground, "/handing-in"))
    assert answer.status_code == 422
    assert "ít nhất một sản phẩm" in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    ("step", "data", "sentence"),
    [
        ("place", {"wishes-rows": "1", "wishes0-booth": "Z99"}, "Ở đây không có gian này"),
        ("place", {"near-rows": "1", "near0-who": "HTX Không Có Đâu"}, "Không tìm thấy tên này"),
        ("needs", {"staff": "nhiều"}, "số nguyên"),
        ("goods", {"halves": "2", "least": "4"}, "Số ít nhất"),
    ],
)
def test_bad_input_is_told_beside_its_field(
    world: World, ground: Fairground, client: ReadingClient, step: str, data: dict[str, str], sentence: str
) -> None:
    client.sign_in("donglac@demo.vn")
    client.send(address(ground))
    answer = client.send(address(ground, f"/{step}"), {"products": str(world.carrots.id), **data})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422 and sentence in page
    for typed in data.values():
        if not typed.isdigit():
            assert typed in page, "what was typed stays"


def test_a_foreign_product_is_not_brought(world: World, ground: Fairground) -> None:
    with transaction():
        kept = services.begin(fair=ground.fair, cooperative=world.dong_lac, by=world.director)
    with pytest.raises(Refusal) as refused, transaction():
        services.set_goods(asked=kept, products=[world.onions], halves=2, by=world.director)
    assert refused.value.field == "products"


@pytest.mark.parametrize("halves", [0, 3, 14])
def test_sizes_are_half_or_whole_booths(world: World, ground: Fairground, halves: int) -> None:
    with transaction():
        kept = services.begin(fair=ground.fair, cooperative=world.dong_lac, by=world.director)
    with pytest.raises(Refusal), transaction():
        services.set_goods(asked=kept, products=[world.carrots], halves=halves, by=world.director)


def test_nobody_reaches_the_application_of_another(
    world: World, ground: Fairground, client: ReadingClient
) -> None:
    theirs = applied(ground, world.dong_lac, state=A.SUBMITTED, by=world.director)
    client.sign_in("kinhmon@demo.vn")
    assert client.get(address(ground, "/goods")).status_code == 404
    assert client.send(address(ground, "/withdrawal"), {"reason": "x"}).status_code == 404
    assert client.get(f"/office/selection/applications/{theirs.application.ref}").status_code in (403, 404)
    assert own(ground, world).state is A.SUBMITTED


def test_an_officer_enters_one_told_by_phone(world: World, ground: Fairground, client: ReadingClient) -> None:
    client.sign_in("officer@demo.vn")
    office = f"/office/fairs/{ground.fair.slug}/applications"
    assert client.get(f"{office}/new").status_code == 200
    wrong = client.send(f"{office}/new", {"cooperative": "HTX Lạ", "entered": "phone", "told_by": "Ông Hùng"})
    assert wrong.status_code == 422
    made = client.send(
        f"{office}/new", {"cooperative": "HTX Đồng Lạc", "entered": "phone", "told_by": "Ông Hùng"}
    )
    application = own(ground, world)
    here = f"{office}/{application.ref}"
    assert made.headers["Location"].endswith(f"{here}/goods")
    goods = {"products": str(world.carrots.id), "main": "", "halves": "2", "least": "0"}
    assert client.send(f"{here}/goods", goods).status_code == 303
    for step in ("goods", "place", "needs", "law"):
        assert client.get(f"{here}/{step}").status_code == 200
    assert client.send(f"{here}/needs", {"staff": "2"}).status_code == 303
    assert client.send(f"{here}/law", declarations(ground)).status_code == 303
    assert client.send(f"{here}/handing-in").status_code == 303
    assert own(ground, world).state is A.SUBMITTED
    assert own(ground, world).entered is Entered.PHONE
    for path in (
        f"/office/selection/applications/{application.ref}",
        f"/office/selection/calls/{ground.call.ref}",
    ):
        assert "Liên minh nhập qua điện thoại" in client.get(path).get_data(as_text=True)
    client.post("/sign-out", data={"csrf_token": client.token()})
    client.sign_in("donglac@demo.vn")
    shown = client.get(address(ground)).get_data(as_text=True)
    assert "Liên minh nhập qua điện thoại" in shown and "Ông Hùng" in shown


def test_what_a_member_begun_itself_no_officer_fills_in(
    world: World, ground: Fairground, client: ReadingClient
) -> None:
    with transaction():
        kept = services.begin(fair=ground.fair, cooperative=world.dong_lac, by=world.director)
    client.sign_in("officer@demo.vn")
    here = f"/office/fairs/{ground.fair.slug}/applications/{kept.application.ref}/goods"
    assert client.get(here).status_code == 404


def test_the_screening_on_its_pages(world: World, ground: Fairground, client: ReadingClient) -> None:
    kept = applied(ground, world.dong_lac, state=A.SUBMITTED, products=(world.carrots,), by=world.director)
    with transaction():
        kept.staff = 1
    here = f"/office/selection/applications/{kept.application.ref}"
    client.sign_in("officer@demo.vn")
    assert client.send(f"{here}/screening").status_code == 303
    later = (clock.today() + dt.timedelta(days=3)).strftime("%d/%m/%Y")
    assert client.send(f"{here}/more", {"more-words": "", "more-due_on": later}).status_code == 422
    assert client.send(f"{here}/more", {"more-words": "Thiếu nhãn", "more-due_on": later}).status_code == 303
    client.post("/sign-out", data={"csrf_token": client.token()})
    client.sign_in("donglac@demo.vn")
    assert "Thiếu nhãn" in client.get(address(ground)).get_data(as_text=True)
    assert client.send(address(ground, "/answer"), {"words": "Đã thêm nhãn"}).status_code == 303
    client.post("/sign-out", data={"csrf_token": client.token()})
    client.sign_in("officer@demo.vn")
    assert "Đã thêm nhãn" in client.get(here).get_data(as_text=True)
    refused = client.send(f"{here}/pass")
    assert refused.status_code == 422, "declared rules were never answered"
    for rule in [each.rule for each in queries.missing(own(ground, world))]:
        assert client.send(f"{here}/waivers/{rule.id}", {"waive-reason": "Đã xác minh"}).status_code == 303
    assert client.send(f"{here}/pass").status_code == 303
    assert own(ground, world).state is A.ELIGIBLE
    assert client.send(f"{here}/priority", {"band-band": "0", "band-reason": ""}).status_code == 422
    assert client.send(f"{here}/priority", {"band-band": "0", "band-reason": "Tỉnh chọn"}).status_code == 303
    assert own(ground, world).band == 0
    assert client.send(f"{here}/withdrawal", {"withdraw-reason": "Gọi điện xin rút"}).status_code == 303


def test_the_call_is_opened_and_changed_on_its_page(world: World, client: ReadingClient) -> None:
    ground = fairground(world)
    with transaction():
        db.session.delete(ground.call)
    client.sign_in("officer@demo.vn")
    here = f"/office/fairs/{ground.fair.slug}/call"
    assert client.get(here).status_code == 200
    today = clock.today()
    form = {
        "opens_on": today.strftime("%d/%m/%Y"),
        "opens_time": "8:00",
        "closes_on": (today + dt.timedelta(days=9)).strftime("%d/%m/%Y"),
        "closes_time": "17:00",
        "reviews_wanted": "1",
        "bands": "80, sáu mươi",
        "reviewers": str(world.officer.id),
        "criteria-rows": "1",
        "criteria0-name_vi": "Chất lượng",
        "criteria0-weight": "2",
        "criteria0-most": "10",
    }
    wrong = client.send(here, form)
    assert wrong.status_code == 422 and "sáu mươi" in wrong.get_data(as_text=True)
    assert client.send(here, {**form, "bands": "80, 60"}).status_code == 303
    call = queries.call_of(Purpose.FAIR, ground.fair.id)
    assert call is not None and call.bands == [80, 60]
    assert [(each.name_vi, each.weight) for each in call.criteria] == [("Chất lượng", 2)]
    assert client.get(here).status_code == 200
    assert client.send(here, {**form, "bands": "", "criteria0-weight": "5"}).status_code == 303
    db.session.expire_all()
    assert call.bands == [] and call.criteria[0].weight == 5
    assert client.send(f"{here}/seed", {"source": "Xổ số", "words": "123"}).status_code == 422
    with clock.standing_at(call.closes_at + dt.timedelta(minutes=1)):
        client.sign_in("officer@demo.vn")
        assert client.send(f"{here}/seed", {"source": "Xổ số", "words": "123"}).status_code == 303
    lottery = client.get(f"/fairs/{ground.fair.slug}/lottery").get_data(as_text=True)
    assert "a665a45920422f9d417e4867efdc4fb8a04a1f3fff1fa07e998e86f7f7a27ae3" in lottery


def test_lists_ask_the_same_number_of_questions(
    world: World, ground: Fairground, client: ReadingClient
) -> None:
    client.sign_in("officer@demo.vn")
    path = f"/office/selection/calls/{ground.call.ref}"

    def asked_for() -> list[str]:
        with queries_sent("SELECT") as sent:
            assert client.get(path).status_code == 200
        return sent

    for _ in range(2):
        applied(ground, newcomer(), state=A.ELIGIBLE, by=world.director)
    asked_for()
    few = asked_for()
    for _ in range(8):
        applied(ground, newcomer(), state=A.ELIGIBLE, by=world.director)
    many = asked_for()
    assert len(many) == len(few), [each for each in many if each not in few] or many
    assert client.get(f"{path}/applications.csv").status_code == 200
    assert client.get("/office/selection").status_code == 200
    rules = client.get("/office/selection/rules")
    assert rules.status_code == 200
