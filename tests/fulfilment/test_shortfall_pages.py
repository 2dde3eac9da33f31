"""The pages of the record: figures that open their rows, what both sides say, excuses, a year in the office."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

from flask import Flask
from sqlalchemy import select

from marketplace.foundation import clock, formats
from marketplace.foundation.db import db
from marketplace.fulfilment.invariants import CHECKS
from marketplace.fulfilment.models import Excuse, RecordStatement
from marketplace.fulfilment.states.shortfall import ExcuseState
from marketplace.linkage.queries import track
from tests.buyers.company import HUY, Company
from tests.client import ReadingClient, another
from tests.dossiers.papers import photo
from tests.fulfilment.seasons import after, brought, over, records, refused_call, season
from tests.fulfilment.world import fresh, kept
from tests.world import World

DESK, RIVAL, OFFICE = "donglac@demo.vn", "kinhmon@demo.vn", "officer@demo.vn"


def excuse(**changed: Any) -> dict[str, Any]:
    today = formats.date(clock.today(), "vi")
    return {
        "excuse-kind": "majeure",
        "excuse-first_day": today,
        "excuse-last_day": formats.date(clock.today() + dt.timedelta(days=9), "vi"),
        "excuse-words": "Bão, ruộng ngập",
        "excuse-photos": [(io.BytesIO(photo()), "ruong.jpg")],
        **changed,
    }


def test_what_nobody_could_help_is_told_and_answered(
    world: World, company: Company, client: ReadingClient, app: Flask
) -> None:
    contract = kept(world, company)
    here = f"/contracts/{contract.ref}/record"
    client.sign_in(DESK)
    assert here in client.get(f"/contracts/{contract.ref}").get_data(as_text=True)
    assert client.get(here).status_code == 200
    early = formats.date(clock.today() - dt.timedelta(days=9), "vi")
    for wrong, where in (
        ({"excuse-kind": "laziness"}, "excuse-kind-error"),
        ({"excuse-first_day": "hôm qua"}, "excuse-first_day-error"),
        ({"excuse-first_day": early}, "excuse-first_day-error"),
        ({"excuse-words": ""}, "excuse-words-error"),
        ({"excuse-photos": []}, "excuse-photos-error"),
    ):
        refused = client.send(f"{here}/excuses", excuse(**wrong), content_type="multipart/form-data")
        assert refused.status_code == 422 and where in refused.get_data(as_text=True)
        fresh()
    assert client.send(f"{here}/excuses", excuse(), content_type="multipart/form-data").status_code == 303
    told = db.session.scalars(select(Excuse)).one()
    buyer, rival = another(app), another(app)
    rival.sign_in(RIVAL)
    assert rival.get(here).status_code == 404
    assert rival.send(f"/excuses/{told.ref}/acceptance", {}).status_code == 404
    buyer.sign_in(HUY)
    assert buyer.get(here).status_code == 200
    assert client.send(f"/excuses/{told.ref}/acceptance", {}).status_code == 403
    assert buyer.send(f"/excuses/{told.ref}/objection", {"object-words": ""}).status_code == 422
    assert buyer.send(f"/excuses/{told.ref}/objection", {"object-words": "Trời đẹp"}).status_code == 303
    assert buyer.send(f"/excuses/{told.ref}/acceptance", {}).status_code == 303
    assert client.send(f"/excuses/{told.ref}/withdrawal", {}).status_code == 403
    fresh()
    assert db.session.scalars(select(Excuse.state)).one() is ExcuseState.ACCEPTED


def test_the_record_of_a_season(world: World, company: Company, client: ReadingClient, app: Flask) -> None:
    contract = season(world, company, [150_000, 50_000])
    brought(world, company, contract, [129_500])
    refused_call(world, company, contract, 1)
    whole = min(over(contract).values(), key=lambda fact: fact.id)
    first = records(contract)[0]
    here = f"/contracts/{contract.ref}/record"
    readers = {who: another(app) for who in (DESK, HUY, OFFICE)}
    with after(contract, 5):
        for who, reader in readers.items():
            reader.sign_in(who)
            page = reader.get(here)
            assert page.status_code == 200 and "9.176.000" not in page.get_data(as_text=True)
            assert reader.get(f"{here}/{first.id}").status_code == 200
        desk, office = readers[DESK], readers[OFFICE]
        assert desk.get(f"{here}/999999").status_code == 404
        assert desk.send(f"{here}/{first.id}", {"words": ""}).status_code == 422
        assert desk.send(f"{here}/{first.id}", {"words": "Cân lệch"}).status_code == 303
        assert office.send(f"{here}/{first.id}", {"words": "Chen ngang"}).status_code == 403
        mine = f"{here}/whole/{whole.id}"
        assert desk.send(mine, {f"whole-{whole.id}-words": ""}).status_code == 422
        assert desk.send(mine, {f"whole-{whole.id}-words": "Mưa lớn"}).status_code == 303
        assert "Mưa lớn" in readers[HUY].get(here).get_data(as_text=True)
        assert "Cân lệch" in readers[HUY].get(f"{here}/{first.id}").get_data(as_text=True)
        year = office.get("/office/records").get_data(as_text=True).replace("\xa0", " ")
        assert "HTX Dịch vụ nông nghiệp Đồng Lạc" in year and "Siêu thị BigMart" in year
        assert desk.get("/office/records").status_code == 403
        told = track.kept([world.dong_lac.id])[world.dong_lac.id]
        assert (told.calls, told.called, told.accepted) == (2, 200_000, 129_500)
        assert [kg for _why, kg in told.causes] == [47_500, 13_000]
        assert f"{told.part:.4f}" == "0.6475" and "129,5 tấn" in year and "64,8" in year
    fresh()
    assert len(db.session.scalars(select(RecordStatement)).all()) == 2
    assert {name: check() for name, (_words, check) in CHECKS.items()} == dict.fromkeys(CHECKS, 0)
