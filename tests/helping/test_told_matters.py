"""Weeks ahead, certificates, fairs and products that an officer writes down: told, or by a delegation of that matter
while it runs; labelled by whom and for whom, confirmed by a tap; what was typed badly is still there."""

from __future__ import annotations

import datetime as dt
import io

from flask import Flask
from PIL import Image
from sqlalchemy import select

from marketplace.catalogue.models import Product
from marketplace.catalogue.services.told import ENTRY as PRODUCT
from marketplace.catalogue.states import ProductState
from marketplace.cooperatives.models import Certificate
from marketplace.cooperatives.states import CERTIFICATE_ENTRY
from marketplace.fairs.models import FairApplication
from marketplace.fairs.services.application import ENTRY as FAIR
from marketplace.foundation import clock
from marketplace.foundation.calendar import week_of
from marketplace.foundation.db import db, transaction
from marketplace.helping import services, ways
from marketplace.helping.models import Delegation
from marketplace.helping.states import Matter, Topic
from marketplace.inbox import queries as inbox
from marketplace.selection import queries as selection
from marketplace.selection.reference import load_rules
from marketplace.selection.states import ApplicationState, Checked
from marketplace.supply import written
from marketplace.supply.models import Forecast
from tests.client import ReadingClient, another
from tests.fairs.hall import fairground
from tests.letters import letters_to, link_in
from tests.world import World

OFFICER, DIRECTOR = "officer@demo.vn", "donglac@demo.vn"
HUNG = "Ông Hùng, giám đốc"
DAYS = dt.timedelta(days=30)


def given(world: World, matter: Matter) -> Delegation:
    with transaction():
        return services.give_delegation(
            cooperative=world.dong_lac,
            matter=matter,
            officer=None,
            last_day=clock.today() + DAYS,
            by=world.director,
        )


def ended(delegation: Delegation, by: object) -> None:
    with transaction():
        services.end_delegation(delegation=db.session.merge(delegation), by=by)


def photo() -> tuple[io.BytesIO, str]:
    file = io.BytesIO()
    Image.new("RGB", (80, 60), "white").save(file, "JPEG")
    file.seek(0)
    return file, "vietgap.jpg"


def confirmed_by_tap(app: Flask, words: str = "") -> None:
    """The director presses “right” in the newest letter."""
    phone = another(app)
    link = link_in(letters_to(DIRECTOR, words)[-1], "Đúng")
    assert phone.get(link).status_code == 200
    assert phone.send(link).status_code in {200, 303}
    db.session.expire_all()


def test_every_way_opens_from_the_member_and_from_the_call(world: World, client: ReadingClient) -> None:
    assert set(ways.WAYS) == set(Matter), "each matter has a page where an officer writes it down"
    given(world, Matter.FORECASTS)
    with transaction():
        call = services.note_call(
            caller=HUNG, topic=Topic.TRADE, words="Báo tuần tới", cooperative=world.dong_lac, by=world.officer
        )
    client.sign_in(OFFICER)
    for page in (
        f"/office/members/{world.dong_lac.slug}",
        f"/office/phone/{call.ref}",
        f"/en/office/phone/{call.ref}",
    ):
        shown = client.get(page).get_data(as_text=True)
        assert f"/office/supply/members/{world.dong_lac.slug}" in shown
        assert f"/office/papers/{world.dong_lac.slug}" in shown
    assert shown.count("delegated") == 1, "only what they let this officer decide"
    with client.application.test_request_context():
        from flask import url_for

        paths = [
            url_for(each.endpoint, **told)
            for each, told, _decides in ways.ways_for(world.officer, world.dong_lac)
        ]
    assert len(paths) == len(Matter)
    for path in paths:
        assert client.get(path).status_code == 200, path


def test_weeks_are_told_or_said_by_a_delegation_while_it_runs(
    world: World, client: ReadingClient, app: Flask
) -> None:
    week = str(week_of(clock.today()) + 1)
    client.sign_in(OFFICER)
    assert world.carrots.name_vi in client.get(f"/office/supply/members/{world.dong_lac.slug}").text
    path = f"/office/supply/products/{world.carrots.ref}"
    told = {
        "client": "0b0f4ddc-8a2e-4a5b-9c9c-1f6f8f5f9a10", "turn": "1", "sureness": "rough", f"week_{week}": "9 tấn",
        "note": "ruộng sau", "told_by": "",
    }  # fmt: skip
    refused = client.send(path, told)
    assert refused.status_code == 422 and "ruộng sau" in refused.text and "9 tấn" in refused.text
    assert not db.session.scalars(select(Forecast)).all()
    delegation = given(world, Matter.CALLS)
    assert client.send(path, told).status_code == 422, "another matter does not help"
    delegation = given(world, Matter.FORECASTS)
    assert client.send(path, told).status_code == 303
    said = db.session.scalars(select(Forecast)).one()
    assert "ủy quyền" in said.told_by.lower() or "uỷ quyền" in said.told_by.lower()
    entry = inbox.newest_about(written.KIND, world.carrots.id)
    assert entry is not None and entry.waits and entry.told_by == said.told_by
    page = client.get(f"/office/supply/weeks/{said.stock_id}").text
    assert world.officer.name in page and world.dong_lac.name in page
    confirmed_by_tap(app)
    page = client.get(f"/office/supply/weeks/{said.stock_id}").text
    assert world.director.name in page and "là đúng" in page
    ended(delegation, world.director)
    again = told | {"client": "0b0f4ddc-8a2e-4a5b-9c9c-1f6f8f5f9a11", f"week_{week}": "8 tấn"}
    assert client.send(path, again).status_code == 422, "withdrawn"
    with clock.standing_at(clock.now() + DAYS + dt.timedelta(days=2)):
        client.sign_in(OFFICER)
        assert client.send(path, again).status_code == 422, "over"
    client.sign_in(OFFICER)
    assert client.send(path, again | {"told_by": HUNG}).status_code == 303, "told on the telephone"
    client.sign_in("kinhmon@demo.vn")
    assert client.get(f"/office/supply/members/{world.dong_lac.slug}").status_code in {403, 404}


def test_a_certificate_is_handed_in_for_a_member(world: World, client: ReadingClient, app: Flask) -> None:
    client.sign_in(OFFICER)
    path = f"/office/papers/{world.dong_lac.slug}"
    day = clock.today()
    facts = {
        "kind": "vietgap", "number": "VG-15", "issued_by": "Vinacert", "issued_on": f"{day:%d/%m/%Y}",
        "expires_on": f"{day + dt.timedelta(days=700):%d/%m/%Y}", "scope": "Cà rốt", "area_ha": "3", "stars": "",
        "told_by": "",
    }  # fmt: skip
    for wrong in (
        {"number": ""},
        {"issued_on": "32/13"},
        {},
        {"told_by": HUNG, "file": (io.BytesIO(b"x"), "a.exe")},
    ):
        refused = client.send(path, {**facts, "file": photo(), **wrong})
        assert refused.status_code == 422 and "Vinacert" in refused.text, wrong
    assert client.send(path, {**facts, "told_by": HUNG}).status_code == 422, "without the paper itself"
    before = len(db.session.scalars(select(Certificate)).all())
    assert client.send(path, {**facts, "file": photo(), "told_by": HUNG}).status_code == 303
    paper = db.session.scalars(select(Certificate).order_by(Certificate.id.desc())).first()
    assert paper is not None and len(db.session.scalars(select(Certificate)).all()) == before + 1
    entry = inbox.newest_about(CERTIFICATE_ENTRY, paper.id)
    assert entry is not None and entry.told_by == HUNG and "VG-15" in entry.what_vi
    for page in (path, "/office/members/certificates", f"/office/members/{world.dong_lac.slug}"):
        assert HUNG in client.get(page).text, page
    director = another(app)
    director.sign_in(DIRECTOR)
    assert HUNG in director.get("/desk/profile/certificates").text
    confirmed_by_tap(app)
    assert world.director.name in client.get(path).text and "là đúng" in client.get(path).text
    delegation = given(world, Matter.PAPERS)
    assert client.send(path, {**facts, "number": "VG-16", "file": photo()}).status_code == 303
    ended(delegation, world.officer)
    assert client.send(path, {**facts, "number": "VG-17", "file": photo()}).status_code == 422
    director.sign_in("kinhmon@demo.vn")
    assert director.get(path).status_code in {403, 404}
    assert director.send(path, {**facts, "file": photo(), "told_by": HUNG}).status_code in {403, 404}


def test_an_application_for_a_fair_is_handed_in_while_the_delegation_runs(
    world: World, client: ReadingClient, app: Flask
) -> None:
    with transaction():
        load_rules()
    ground = fairground(world, call_is_open=True, in_days=20)
    client.sign_in(OFFICER)
    listed = client.get(f"/office/fairs-for/{world.dong_lac.slug}")
    new = f"/office/fairs/{ground.fair.slug}/applications/new"
    assert f"{new}?member={world.dong_lac.slug}" in listed.text
    assert "HTX Đồng Lạc" in client.get(f"{new}?member={world.dong_lac.slug}").text
    told = {"cooperative": "HTX Đồng Lạc", "entered": "phone", "told_by": ""}
    refused = client.send(new, told)
    assert refused.status_code == 422 and "HTX Đồng Lạc" in refused.text
    delegation = given(world, Matter.FAIRS)
    begun = client.send(new, told)
    assert begun.status_code == 303
    here = begun.headers["Location"].rsplit("/", 1)[0]
    goods = {"products": str(world.carrots.id), "main": "", "halves": "2", "least": "0"}
    assert client.send(f"{here}/goods", goods).status_code == 303
    asked = db.session.scalars(select(FairApplication)).one()
    law = {
        f"rule_{rule.id}": "yes"
        for rule in selection.rules_for(ground.call)
        if rule.checked is Checked.DECLARED
    }
    law |= {
        f"step_{step.id}": "y" if step.ticked else "12" for step in selection.preference_rules(ground.call)
    }
    assert client.send(f"{here}/needs", {"staff": "2"}).status_code == 303
    assert client.send(f"{here}/law", law).status_code == 303
    ended(delegation, world.director)
    assert client.send(f"{here}/handing-in").status_code == 303
    assert "ủy quyền" in client.get(f"/office/selection/applications/{asked.application.ref}").text, "why not"
    db.session.expire_all()
    assert asked.application.state is ApplicationState.DRAFT, "the delegation was withdrawn meanwhile"
    given(world, Matter.FAIRS)
    assert client.send(f"{here}/handing-in").status_code == 303
    db.session.expire_all()
    assert asked.application.state is ApplicationState.SUBMITTED and asked.by_delegation
    entry = inbox.newest_about(FAIR, asked.application_id)
    assert (
        entry is not None and ground.fair.name_vi in entry.what_vi and world.carrots.name_vi in entry.what_vi
    )
    for page in (
        f"/office/fairs-for/{world.dong_lac.slug}",
        f"/office/selection/applications/{asked.application.ref}",
    ):
        assert entry.told_by in client.get(page).text
    director = another(app)
    director.sign_in(DIRECTOR)
    desk = f"/desk/fairs/{ground.fair.slug}/application"
    assert entry.told_by in director.get(desk).text
    assert director.send(f"{desk}/back").status_code == 303
    db.session.expire_all()
    assert not entry.waits, "they changed it themselves"


def test_a_product_is_listed_and_changed_for_a_member(
    world: World, client: ReadingClient, app: Flask
) -> None:
    client.sign_in(OFFICER)
    home = f"/office/listings/of/{world.dong_lac.slug}"
    assert world.carrots.name_vi in client.get(home).text
    kind = world.carrots.commodity.slug
    assert f"{home}/new/{kind}" in client.get(f"{home}/new").text
    path = f"{home}/new/{kind}"
    told = {"name_vi": "Cà rốt baby", "sale_unit": "kg", "price": "22.000", "kg_per_unit": "", "told_by": ""}
    assert client.get(path).status_code == 200
    assert client.send(path, told | {"price": "vài", "told_by": HUNG}).status_code == 422
    refused = client.send(path, told)
    assert refused.status_code == 422 and "Cà rốt baby" in refused.text and "22.000" in refused.text
    assert client.get(f"{home}/new/khong-co").status_code == 404
    assert client.send(path, told | {"told_by": HUNG}).status_code == 303
    product = db.session.scalars(select(Product).where(Product.name_vi == "Cà rốt baby")).one()
    here = f"/office/listings/products/{product.ref}"
    assert product.cooperative_id == world.dong_lac.id and inbox.newest_about(PRODUCT, product.id) is None
    for part in ("price", "words", "terms", "photos"):
        assert client.get(f"{here}/{part}").status_code == 200
    words = {"name_vi": "Cà rốt baby", "grade": "Loại 1", "story_vi": "Nhổ buổi sáng.", "told_by": HUNG}
    assert client.send(f"{here}/words", words | {"name_vi": ""}).status_code == 422
    assert client.send(f"{here}/words", words).status_code == 303
    terms = {
        "months": ["11", "12"],
        "peak_months": [],
        "min_order": "5",
        "step": "5",
        "vat_code": str(product.vat_code),
    }
    assert client.send(f"{here}/terms", terms).status_code == 422, "nobody told it"
    assert client.send(f"{here}/terms", terms | {"told_by": HUNG}).status_code == 303
    assert client.send(f"{here}/photos", {"photos": photo(), "told_by": HUNG}).status_code == 303
    assert client.send(f"{here}/submission", {"told_by": ""}).status_code == 422
    assert client.send(f"{here}/submission", {"told_by": HUNG}).status_code == 303
    db.session.expire_all()
    assert product.state is ProductState.IN_REVIEW and product.grade == "Loại 1" and len(product.photos) == 1
    entry = inbox.newest_about(PRODUCT, product.id)
    assert entry is not None and entry.waits and "22.000" in entry.what_vi
    for page in (here, f"/office/products/{product.ref}", f"/en{here}"):
        assert HUNG in client.get(page).text
    confirmed_by_tap(app)
    assert "là đúng" in client.get(here).text
    director = another(app)
    director.sign_in(DIRECTOR)
    assert HUNG in director.get(f"/desk/products/{product.ref}").text
    # A price of what is on sale: at once, by a delegation while it runs, and asked about.
    carrots = f"/office/listings/products/{world.carrots.ref}"
    dearer = {"price": "17.000", "told_by": ""}
    assert client.send(f"{carrots}/price", dearer).status_code == 422
    delegation = given(world, Matter.PRODUCTS)
    assert client.send(f"{carrots}/price", dearer).status_code == 303
    db.session.expire_all()
    asked = inbox.newest_about(PRODUCT, world.carrots.id)
    assert world.carrots.price == 17_000 and asked is not None and "17.000" in asked.what_vi
    ended(delegation, world.director)
    assert client.send(f"{carrots}/price", {"price": "18.000", "told_by": ""}).status_code == 422
    assert director.get(carrots).status_code in {403, 404}
    assert director.send(f"{carrots}/price", dearer | {"told_by": HUNG}).status_code in {403, 404}


def test_whoever_is_on_the_line_stands_there_already(world: World, client: ReadingClient) -> None:
    with transaction():
        services.note_call(
            caller="Chị Hà, kế toán", topic=Topic.TRADE, words="Đổi giá", cooperative=world.dong_lac, on_the_line=True,
            by=world.officer,
        )  # fmt: skip
    client.sign_in(OFFICER)
    for page in (
        f"/office/supply/products/{world.carrots.ref}",
        f"/office/papers/{world.dong_lac.slug}",
        f"/office/listings/products/{world.carrots.ref}/price",
    ):
        assert 'value="Chị Hà, kế toán"' in client.get(page).text, page
    assert "Chị Hà" not in client.get(f"/office/papers/{world.kinh_mon.slug}").text
