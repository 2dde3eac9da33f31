"""Weeks ahead, certificates, fairs and products that an officer writes down: told, or by a delegation of that matter
while it runs; labelled by whom and for whom, confirmed by a tap; what was typed badly is still there."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import select

from marketplace.cooperatives.models import Certificate
from marketplace.cooperatives.states import CERTIFICATE_ENTRY
from marketplace.foundation import clock
from marketplace.foundation.calendar import week_of
from marketplace.foundation.db import db, transaction
from marketplace.helping import services, ways
from marketplace.helping.models import Delegation
from marketplace.helping.states import Matter, Topic
from marketplace.inbox import queries as inbox
from marketplace.supply import written
from marketplace.supply.models import Forecast
from tests.client import ReadingClient, another
from tests.letters import letters_to, link_in
from tests.world import World

OFFICER, DIRECTOR = "officer@demo.vn", "donglac@demo.vn"
HUNG = "Ông Hùng, giám đốc"
DAYS = dt.timedelta(days=30)


def given(world: World, matter: Matter) -> Delegation:
    with transaction():
        return services.give_delegation(
            cooperative=world.dong_lac, matter=matter, officer=None, last_day=clock.today() + DAYS, by=world.director
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
    for page in (f"/office/members/{world.dong_lac.slug}", f"/office/phone/{call.ref}", f"/en/office/phone/{call.ref}"):
        shown = client.get(page).get_data(as_text=True)
        assert f"/office/supply/members/{world.dong_lac.slug}" in shown
        assert f"/office/papers/{world.dong_lac.slug}" in shown
    assert shown.count("delegated") == 1, "only what they let this officer decide"
    with client.application.test_request_context():
        from flask import url_for

        paths = [
            url_for(each.endpoint, **told) for each, told, _decides in ways.ways_for(world.officer, world.dong_lac)
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
    for wrong in ({"number": ""}, {"issued_on": "32/13"}, {}, {"told_by": HUNG, "file": (io.BytesIO(b"x"), "a.exe")}):
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
