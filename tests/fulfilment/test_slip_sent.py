"""A slip that a phone sends late, or twice: signed once, its photos taken once, and what is wrong told by field."""

from __future__ import annotations

import io
import uuid
from collections import Counter
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from marketplace.foundation.db import db, transaction
from marketplace.foundation.media import Photo
from marketplace.fulfilment.models import Acceptance, AcceptanceLine, AcceptanceSending
from marketplace.fulfilment.states import AcceptanceState
from tests import rivals
from tests.buyers.company import HUY, Company
from tests.client import ReadingClient
from tests.foundation.media.pictures import corners, saved
from tests.fulfilment.world import accepted, arrived, fresh, kept, loaded, sent
from tests.rivals import act
from tests.world import World

JSON = {"Accept": "application/json"}


def typed(client: str, **changed: Any) -> dict[str, Any]:
    picture = io.BytesIO(saved(corners(400, 300), "JPEG"))
    return {
        "client": client,
        "gross": "2 tấn",
        "name": "Lê Quang Huy",
        "kg_1": "80",
        "reason_1": "rotten",
        "fate_1": "returned",
        "photo_1": (picture, "rot.jpg"),
        **{
            f"{name}_{row}": value for row in (2, 3) for name, value in (("reason", ""), ("fate", "returned"))
        },
        **changed,
    }


def at_the_gate(world: World, company: Company) -> str:
    call_off = accepted(world, company, kept(world, company))
    return f"/buyer/arrivals/{sent(loaded(world, call_off), world.director).ref}"


def test_what_arrives_twice_is_one_slip(world: World, company: Company, client: ReadingClient) -> None:
    here, number = at_the_gate(world, company), str(uuid.uuid4())
    client.sign_in(HUY)
    for _turn in range(2):
        answer = client.send(here, typed(number), headers=JSON)
        assert answer.status_code == 200 and answer.get_json()["kept"] == number
    assert client.send(here, typed(number)).status_code == 303, "without a script too"
    fresh()
    slip = db.session.scalars(select(Acceptance)).one()
    assert (slip.state, slip.revision, slip.accepted, slip.rejected) == (AcceptanceState.SIGNED, 1, 1920, 80)
    assert db.session.scalar(select(func.count(Photo.id))) == 1, "its photo was taken once"
    other = client.send(here, typed(str(uuid.uuid4()), gross="1 tấn"), headers=JSON)
    assert other.status_code == 422
    assert other.get_json()["problems"] == ["Biên bản này đã ký rồi."]
    fresh()
    assert db.session.scalar(select(func.count(AcceptanceLine.id))) == 2


def test_what_is_wrong_is_told_by_field_and_nothing_is_kept(
    world: World, company: Company, client: ReadingClient
) -> None:
    here, number = at_the_gate(world, company), str(uuid.uuid4())
    client.sign_in(HUY)
    answer = client.send(here, typed(number, gross="3 tấn", reason_1=""), headers=JSON)
    told = answer.get_json()
    assert answer.status_code == 422 and [*told["fields"]] == ["reason_1"]
    answer = client.send(here, typed(number, gross="3 tấn"), headers=JSON)
    assert [*answer.get_json()["fields"]] == ["gross"], "what the service refuses, by field as well"
    fresh()
    assert db.session.scalar(select(func.count(AcceptanceSending.client))) == 0
    assert client.send(here, typed(number), headers=JSON).get_json()["kept"] == number


def test_the_page_that_stays_on_a_phone_names_nobody(
    world: World, company: Company, client: ReadingClient
) -> None:
    here = at_the_gate(world, company)
    client.sign_in(HUY)
    for path, words in ((here, "Biên bản nghiệm thu"), ("/buyer/arrivals", "HTX Đồng Lạc")):
        now = client.get(path).get_data(as_text=True)
        later = client.get(f"{path}?kept=1").get_data(as_text=True)
        assert words in later and "Không có sóng." in later and "Không có sóng." not in now
        assert "34C-123.45" in now and "34C-123.45" not in later, "the vehicle leads to its driver"
    assert 'value="Lê Quang Huy"' in client.get(here).get_data(as_text=True)
    assert 'value="Lê Quang Huy"' not in client.get(f"{here}?kept=1").get_data(as_text=True)
    script = client.get("/buyer/arrivals.js")
    assert script.mimetype == "text/javascript" and "fulfilment/worker" in script.get_data(as_text=True)
    assert client.get("/buyer/arrivals.webmanifest").get_json()["start_url"] == "/buyer/arrivals"


def test_six_at_once_under_one_number_are_one_signature(
    world: World, company: Company, database_url: str, tmp_path: Path
) -> None:
    slip = arrived(world, company, kept(world, company), 600)
    told = {"person": company.huy.id, "acceptance": slip.id, "sent": str(uuid.uuid4())}
    db.session.rollback()
    sides = [[act("tests.fulfilment.rival_acts:sign", **told)] * 3] * 2
    assert rivals.at_once(database_url, tmp_path, sides) == Counter({"done": 6})
    fresh()
    with transaction():
        assert db.session.scalar(select(func.count(AcceptanceLine.id))) == 1
