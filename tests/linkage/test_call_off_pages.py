"""The pages of call-offs: the buyer calls several at once, the cooperative answers by one tap or in one number."""

from __future__ import annotations

import re
from decimal import Decimal

from flask import Flask
from sqlalchemy import select

from marketplace.foundation.db import db, transaction
from marketplace.inbox.acts import ACTS
from marketplace.linkage.models import CallOff
from marketplace.linkage.states.call_off import CallOffState
from tests.buyers.company import HUY, Company
from tests.client import ReadingClient, another
from tests.linkage.agreed import called, in_force, plan
from tests.statements import queries_sent
from tests.world import World


def test_called_and_answered_on_the_pages(
    world: World, company: Company, client: ReadingClient, app: Flask
) -> None:
    contract = in_force(world, company)
    first, second, third, *_rest = plan(contract)
    client.sign_in(HUY)
    here = f"/buyer/contracts/{contract.ref}/calls"
    assert "Gọi hàng" in client.get(f"/contracts/{contract.ref}").get_data(as_text=True)
    assert client.get(here).status_code == 200
    assert client.get(f"{here}?week=rubbish").status_code == 200
    amounts = {f"kg_{each.ref}": "2000" for each in plan(contract)[:5]}
    assert client.send(here, amounts).status_code == 422
    odd = client.send(here, {**amounts, f"pick_{first.ref}": "y", f"kg_{first.ref}": "3 tấn"})
    assert odd.status_code == 422 and "3 tấn" in odd.get_data(as_text=True)
    picked = {f"pick_{each.ref}": "y" for each in (first, second, third)}
    assert client.send(here, {**amounts, **picked, f"kg_{third.ref}": "1,5 tấn"}).status_code == 303
    assert [each.called for each in plan(contract)[:4]] == [2000, 2000, 1500, 0]
    assert client.get(here).status_code == 200

    seller = another(app)
    seller.sign_in("donglac@demo.vn")
    asked = seller.get("/desk/calls")
    assert asked.status_code == 200 and "BigMart" in asked.get_data(as_text=True)
    one = f"/desk/calls/{first.ref}"
    assert seller.get(one).status_code == 200
    assert seller.send(one, {"quantity": "1 tấn", "cause": "", "words": ""}).status_code == 422
    assert seller.send(one, {"quantity": "nhiều", "cause": "", "words": ""}).status_code == 422
    assert seller.send(one, {"quantity": "1 tấn", "cause": "weather", "words": "Mưa"}).status_code == 303
    call = plan(contract)[1].call
    assert call is not None
    assert seller.send(f"/desk/calls/all/{call.ref}", {}).status_code == 303
    assert [each.accepted for each in plan(contract)[:3]] == [1000, 2000, 1500]
    assert seller.send(one, {"quantity": "1 tấn", "cause": "", "words": ""}).status_code == 422
    assert seller.get(here).status_code in (403, 404)

    mine = f"/buyer/calls/{second.ref}"
    assert client.get(mine).status_code == 200
    assert client.send(mine, {"quantity": "5 tấn"}).status_code == 422
    assert client.send(mine, {"quantity": "1,5 tấn"}).status_code == 303
    assert "−3.100.000" in seller.get(f"/desk/calls/{second.ref}").get_data(as_text=True)
    assert client.send(f"{mine}/cancellation", {}).status_code == 303
    assert plan(contract)[1].accepted == 2000

    stranger = another(app)
    stranger.sign_in("household@demo.vn")
    for path in (here, mine, one):
        assert stranger.get(path).status_code in (403, 404)


def test_one_tap_says_yes_and_only_once(world: World, company: Company) -> None:
    contract = in_force(world, company)
    first, second, *_rest = plan(contract)
    made = called(contract, {first: Decimal(2000), second: Decimal(2000)}, company.huy)
    act = ACTS["call_off.accept_all"]
    call = act.load(made.id)
    assert act.sees(world.director, call) and act.may(world.director, call)
    assert not act.sees(company.huy, call) and not act.may(company.huy, call)
    facts = act.facts(call)
    assert len(facts.rows) == 4 and any("2 tấn" in re.sub(r"\s", " ", value) for _name, value in facts.rows)
    with transaction():
        act.do(act.load(made.id), act.form(call), world.director, "once")
    assert {each.state for each in plan(contract)[:2]} == {CallOffState.ACCEPTED}
    assert not act.may(world.director, act.load(made.id))


def test_lists_take_the_same_statements_for_one_and_for_many(
    world: World, company: Company, client: ReadingClient, app: Flask
) -> None:
    contract = in_force(world, company)
    slots = plan(contract)
    called(contract, {slots[0]: Decimal(2000)}, company.huy)
    seller = another(app)
    client.sign_in(HUY)
    seller.sign_in("donglac@demo.vn")
    ref = contract.ref
    rest = {each: Decimal(2000) for each in slots[1:9]}

    def counted() -> list[int]:
        found = []
        for reader, path in ((client, f"/buyer/contracts/{ref}/calls"), (seller, "/desk/calls")):
            reader.get(path)
            with queries_sent("SELECT") as sent:
                assert reader.get(path).status_code == 200
            found.append(len(sent))
        return found

    before = counted()
    called(contract, rest, company.huy)
    assert db.session.scalar(select(CallOff).where(CallOff.state == CallOffState.CALLED)) is not None
    assert counted() == before
