"""The pages of disputes: raised with a photo, answered, brought before the alliance, ended by one tap in a letter."""

from __future__ import annotations

import io
from typing import Any

from flask import Flask
from sqlalchemy import select

from marketplace.foundation.db import db, transaction
from marketplace.fulfilment.invariants import CHECKS
from marketplace.fulfilment.models import Acceptance, SlipDispute
from marketplace.fulfilment.states import AcceptanceState, Outcome
from marketplace.fulfilment.states.dispute import SlipDisputeState as S
from marketplace.inbox.acts import ACTS
from tests.buyers.company import HUY, Company
from tests.client import ReadingClient, another
from tests.dossiers.papers import photo
from tests.fulfilment.disputed import answered, disputable, line_of, raised, told
from tests.fulfilment.world import fresh
from tests.statements import queries_sent
from tests.world import World

DESK, RIVAL, OFFICE = "donglac@demo.vn", "kinhmon@demo.vn", "officer@demo.vn"


def claim(slip: Acceptance, **changed: Any) -> dict[str, Any]:
    bad, second = line_of(slip, Outcome.REJECTED), line_of(slip, Outcome.ACCEPTED, "2")
    return {
        f"kg_{bad.id}": "120",
        f"to_{bad.id}": "accepted:1",
        f"kg_{second.id}": "",
        f"to_{second.id}": "accepted:1",
        "words": "Củ không nứt",
        "photos": [(io.BytesIO(photo()), "anh.jpg")],
        **changed,
    }


def ruling(slip: Acceptance, prefix: str = "", kg: str = "", to: str = "accepted:1") -> dict[str, Any]:
    """As a browser sends the fields of every line: `kg` of the refused ones should count as `to`."""
    told: dict[str, Any] = {}
    for line in slip.lines:
        refused = line.outcome is Outcome.REJECTED
        told[f"{prefix}kg_{line.id}"] = kg if refused else ""
        told[f"{prefix}to_{line.id}"] = to if refused else "rejected:size"
    return told


def raise_on_page(client: ReadingClient, here: str, fields: dict[str, Any]) -> Any:
    return client.send(here, fields, content_type="multipart/form-data")


def only() -> SlipDispute:
    fresh()
    return db.session.scalars(select(SlipDispute)).one()


def holds() -> dict[str, int]:
    fresh()
    return {name: check() for name, (_words, check) in CHECKS.items()}


def test_raised_answered_and_taken(world: World, company: Company, client: ReadingClient, app: Flask) -> None:
    slip = disputable(world, company)
    here, bad = f"/desk/acceptances/{slip.ref}/dispute", line_of(slip, Outcome.REJECTED).id
    client.sign_in(DESK)
    assert here in client.get(f"/desk/acceptances/{slip.ref}").get_data(as_text=True)
    assert client.get(here).status_code == 200
    for wrong, where in (
        ({f"kg_{bad}": "nhiều"}, f"kg_{bad}-error"),
        ({f"kg_{bad}": "500"}, f"kg_{bad}-error"),
        ({f"to_{bad}": "rejected:size"}, f"to_{bad}-error"),
        ({"words": ""}, "words-error"),
        ({"photos": []}, "photos-error"),
        ({"photos": [(io.BytesIO(b"no photo"), "anh.jpg")]}, "photos-error"),
    ):
        refused = raise_on_page(client, here, claim(slip, **wrong))
        assert refused.status_code == 422 and where in refused.get_data(as_text=True)
        fresh()
    assert raise_on_page(client, here, claim(slip)).status_code == 303
    dispute = only()
    page = f"/disputes/{dispute.ref}"
    assert client.get(page).status_code == 200 and client.get("/desk/disputes").status_code == 200
    assert page in client.get(here).get_data(as_text=True)
    assert raise_on_page(client, here, claim(slip)).status_code == 422

    buyer, rival = another(app), another(app)
    rival.sign_in(RIVAL)
    assert rival.get(page).status_code == 404 and rival.get(here).status_code == 404
    buyer.sign_in(HUY)
    assert buyer.get(here).status_code == 404
    assert "120" in buyer.get(page).get_data(as_text=True)
    assert buyer.get("/buyer/disputes").status_code == 200
    assert buyer.send(f"{page}/answer", {**ruling(slip), "words": ""}).status_code == 422
    told_back = {"words": "Có củ nứt", **ruling(slip, kg="50", to="accepted:2")}
    assert buyer.send(f"{page}/answer", told_back).status_code == 303
    assert buyer.send(f"{page}/answer", told_back).status_code == 403
    offered = client.get(page).get_data(as_text=True).partition('id="offer"')[2].partition("</section>")[0]
    assert "50" in offered and "Có củ nứt" in offered
    assert client.send(f"{page}/offer", {}).status_code == 303
    assert only().state is S.AGREED and told(slip.id)[0] == AcceptanceState.DECIDED
    assert client.get("/desk/disputes?tab=ended").status_code == 200
    assert page in client.get(here).get_data(as_text=True)
    assert set(holds().values()) == {0}


def test_the_alliance_helps_on_its_page(
    world: World, company: Company, client: ReadingClient, app: Flask
) -> None:
    slip = disputable(world, company)
    dispute = answered(raised(slip, world.director, consents=True), company.huy)
    page, bad = f"/disputes/{dispute.ref}", line_of(slip, Outcome.REJECTED).id
    client.sign_in(DESK)
    assert client.send(f"{page}/help", {"ask-words": "Nhờ Liên minh"}).status_code == 303
    office, buyer = another(app), another(app)
    office.sign_in(OFFICE)
    buyer.sign_in(HUY)
    queue = office.get("/office/disputes/slips").get_data(as_text=True)
    assert page in queue
    assert office.get(page).status_code == 200
    assert office.send(f"{page}/note", {"note-words": ""}).status_code == 422
    assert office.send(f"{page}/note", {"note-words": "Đã gọi điện"}).status_code == 303
    half = {**ruling(slip, "propose-", "60"), "propose-words": "Chia đôi"}
    wrong = office.send(f"{page}/proposal", {**half, f"propose-kg_{bad}": "999"})
    assert wrong.status_code == 422 and f"propose-kg_{bad}-error" in wrong.get_data(as_text=True)
    assert office.send(f"{page}/proposal", half).status_code == 303
    assert office.send(f"{page}/decision", {"decide-words": "x"}).status_code == 403
    assert "Chia đôi" in buyer.get(page).get_data(as_text=True).partition('id="proposal"')[2][:900]
    assert buyer.send(f"{page}/no", {"no-words": ""}).status_code == 422
    assert buyer.send(f"{page}/no", {"no-words": "Nhiều quá"}).status_code == 303
    assert buyer.send(f"{page}/consent", {}).status_code == 303
    assert client.send(f"{page}/consent", {}).status_code == 403
    ruled = {**ruling(slip, "decide-", "80", "accepted:2"), "decide-words": "Theo ảnh"}
    assert office.send(f"{page}/decision", {**ruled, "decide-words": ""}).status_code == 422
    assert office.get(page).get_data(as_text=True).count("để Liên minh quyết định</span>") >= 2
    assert office.send(f"{page}/decision", ruled).status_code == 303
    assert only().state is S.DECIDED and ("accepted", "2", 180) in told(slip.id)[1]
    for reader in (client, buyer, office):
        assert reader.get(page).status_code == 200
        assert reader.get(f"/en{page}").status_code in (200, 404)
    assert office.get("/office/disputes/slips?tab=ended").status_code == 200
    assert office.get(f"/office/acceptances/{slip.ref}").status_code == 200
    assert set(holds().values()) == {0}


def test_one_tap_in_the_letter(world: World, company: Company) -> None:
    dispute = raised(disputable(world, company), world.director)
    act = ACTS["slip_dispute.grant"]
    fresh()
    loaded = act.load(dispute.id)
    assert act.may(company.huy, loaded) and not act.may(world.director, loaded)
    facts = act.facts(loaded)
    assert facts.url == f"/disputes/{dispute.ref}" and any("120" in label for label, _value in facts.rows)
    with transaction():
        act.do(loaded, None, company.huy, "")
    assert only().state is S.AGREED


def test_lists_take_as_many_statements_for_many(
    world: World, company: Company, client: ReadingClient
) -> None:
    slip = disputable(world, company)
    raised(slip, world.director)
    client.sign_in(OFFICE)
    client.get("/office/disputes/slips")
    with queries_sent() as one:
        client.get("/office/disputes/slips")
    second = disputable(world, company, slot=1)
    raised(second, world.director)
    with queries_sent() as two:
        client.get("/office/disputes/slips")
    assert len(two) == len(one)
