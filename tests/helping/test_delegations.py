"""What a cooperative lets the alliance decide: given, confirmed where it came on paper, withdrawn; nobody decides
without."""

from __future__ import annotations

import datetime as dt
import io
from decimal import Decimal

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from marketplace import config
from marketplace.accounts.models import Person
from marketplace.foundation import clock
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Refusal
from marketplace.foundation.media.receiving import without_traces
from marketplace.helping import policies, queries, services
from marketplace.helping.models import Delegation
from marketplace.helping.states import DelegationState, Matter
from marketplace.inbox import queries as inbox
from marketplace.linkage import services as linkage
from marketplace.linkage import written
from tests.buyers.company import Company
from tests.client import ReadingClient, another
from tests.letters import letters_to, link_in
from tests.linkage.agreed import called, in_force, plan
from tests.world import World

OFFICER, DIRECTOR, RIVAL = "officer@demo.vn", "donglac@demo.vn", "kinhmon@demo.vn"


def last_day(days: int = 30) -> dt.date:
    return clock.today() + dt.timedelta(days=days)


def given(world: World, matter: Matter = Matter.CALLS, officer: Person | None = None) -> Delegation:
    with transaction():
        return services.give_delegation(
            cooperative=world.dong_lac, matter=matter, officer=officer, last_day=last_day(), by=world.director
        )


def photo() -> io.BytesIO:
    file = io.BytesIO()
    Image.new("RGB", (80, 60), "white").save(file, "JPEG")
    file.seek(0)
    return file


def brought(world: World) -> Delegation:
    file = without_traces(stream=photo(), filename="giay.jpg", field="file")
    with transaction():
        return services.bring_delegation(
            cooperative=world.dong_lac,
            matter=Matter.CALLS,
            officer=None,
            last_day=last_day(),
            given_by="Nguyễn Văn Hùng, giám đốc",
            file=file,
            by=world.officer,
        )


def may(world: World, matter: Matter = Matter.CALLS) -> bool:
    return policies.may_act_for(world.officer, world.dong_lac, matter)


def test_only_the_matter_until_the_day_and_until_it_is_withdrawn(world: World) -> None:
    assert not may(world) and policies.may_act_for(world.director, world.dong_lac, Matter.CALLS)
    delegation = given(world)
    assert may(world) and not may(world, Matter.QUOTES)
    assert not policies.may_act_for(world.officer, world.kinh_mon, Matter.CALLS)
    assert not policies.may_act_for(world.rival, world.dong_lac, Matter.CALLS)
    with clock.standing_at(clock.start_of_day(last_day()) + dt.timedelta(hours=23)):
        assert may(world), "the last day counts"
    with clock.standing_at(clock.start_of_day(last_day(31))):
        assert not may(world)
    with transaction():
        services.end_delegation(delegation=delegation, by=world.director)
    assert not may(world)
    with pytest.raises(Refusal), transaction():
        services.end_delegation(delegation=delegation, by=world.director)


def test_given_anew_replaces_the_one_before_and_days_are_within_bounds(world: World) -> None:
    first, second = given(world), given(world)
    db.session.refresh(first)
    assert (first.state, second.state) == (DelegationState.REPLACED, DelegationState.STANDING)
    alone = given(world, officer=world.officer)
    assert alone.state is DelegationState.STANDING, "to one officer beside the one to all"
    for wrong in (last_day(-1), last_day(config.current().delegation_longest_days + 1)):
        with pytest.raises(Refusal) as refused, transaction():
            services.give_delegation(
                cooperative=world.dong_lac,
                matter=Matter.CALLS,
                officer=None,
                last_day=wrong,
                by=world.director,
            )
        assert refused.value.field == "last_day"
    assert queries.standing(world.dong_lac.id, Matter.CALLS, world.officer.id) is not None


def test_the_database_keeps_one_of_a_kind(world: World) -> None:
    given(world)
    with pytest.raises(IntegrityError), db.session.begin_nested():
        db.session.add(
            Delegation(
                ref="twice",
                cooperative_id=world.dong_lac.id,
                matter=Matter.CALLS,
                first_day=clock.today(),
                last_day=clock.today(),
                came="desk",
                given_by="x",
                state="standing",
                by_id=world.director.id,
                at=clock.now(),
                confirmed_at=clock.now(),
            )
        )
        db.session.flush()
    db.session.rollback()


def test_paper_counts_once_the_director_has_tapped_yes(world: World, client: ReadingClient) -> None:
    delegation = brought(world)
    assert delegation.state is DelegationState.WAITING and not may(world)
    assert [each.id for each in queries.waiting_delegations()] == [delegation.id]
    (letter,) = letters_to(DIRECTOR, "ủy quyền")
    path = link_in(letter, "Có, tôi đã ủy quyền")
    assert client.get(path).status_code == 200 and not may(world), "opening a link does nothing"
    assert client.post(path).status_code == 303
    db.session.refresh(delegation)
    assert delegation.state is DelegationState.STANDING and may(world)
    assert client.post(link_in(letter, "Không, tôi không ủy quyền")).status_code == 303
    db.session.refresh(delegation)
    assert delegation.state is DelegationState.STANDING, "answered already"


def test_an_officer_answers_a_call_without_a_telling_only_by_a_delegation(
    world: World, company: Company, client: ReadingClient
) -> None:
    contract = in_force(world, company)
    called(contract, {slot: Decimal(2000) for slot in plan(contract)[:2]}, company.hanh)
    first, second = plan(contract)[:2]
    with pytest.raises(Refusal) as refused, transaction():
        linkage.call_off.answer(call_off=first, quantity=Decimal(2000), by=world.officer)
    assert refused.value.field == "told_by"
    client.sign_in(OFFICER)
    path, answer = (
        f"/office/calls/{first.ref}",
        {"quantity": "2 tấn", "cause": "", "words": "", "told_by": ""},
    )
    assert "cần có ủy quyền" in client.get(path).get_data(as_text=True)
    assert client.send(path, answer).status_code == 422
    given(world)
    assert "Họ đã ủy quyền" in client.get(path).get_data(as_text=True)
    assert client.send(path, answer).status_code == 303
    assert plan(contract)[0].accepted == 2000
    entry = inbox.newest_about(written.CALL, first.id)
    assert entry is not None and "ủy quyền đến" in entry.told_by, "labelled, and the cooperative is asked"
    assert entry.by_id == world.officer.id and entry.waits
    assert plan(contract)[1].id == second.id


def test_the_desk_gives_and_withdraws_and_the_office_reads(
    world: World, client: ReadingClient, app: Flask
) -> None:
    client.sign_in(DIRECTOR)
    assert (
        client.get("/desk/delegations").status_code == client.get("/desk/delegations/new").status_code == 200
    )
    told = {"matter": "calls", "officer": world.officer.ref, "last_day": "01/01/2001"}
    assert client.send("/desk/delegations/new", told).status_code == 422
    assert (
        client.send("/desk/delegations/new", told | {"last_day": f"{last_day():%d/%m/%Y}"}).status_code == 303
    )
    (delegation,) = db.session.scalars(select(Delegation))
    here = f"/desk/delegations/{delegation.ref}"
    assert client.get(here).status_code == 200
    officer, rival = another(app), another(app)
    officer.sign_in(OFFICER)
    rival.sign_in(RIVAL)
    assert rival.get(here).status_code == 404 and rival.get("/office/delegations").status_code == 403
    for page in ("", "?tab=waiting", "?tab=ended", f"/{delegation.ref}", f"/new/{world.dong_lac.slug}"):
        assert officer.get(f"/office/delegations{page}").status_code == 200
    assert officer.get(f"/office/members/{world.dong_lac.slug}").status_code == 200
    assert client.send(f"{here}/withdrawal").status_code == 303 and not may(world)
    scan = {
        "matter": "quotes", "officer": "", "last_day": f"{last_day():%d/%m/%Y}", "given_by": "Ông Hùng, giám đốc",
    }  # fmt: skip
    there = f"/office/delegations/new/{world.dong_lac.slug}"
    assert officer.send(there, scan).status_code == 422, "without the paper"
    assert officer.send(there, {**scan, "file": (photo(), "giay.jpg")}).status_code == 303
    paper = db.session.scalars(select(Delegation).where(Delegation.state == DelegationState.WAITING)).one()
    assert client.get(f"/desk/delegations/{paper.ref}/paper").status_code == 200
    assert client.send(f"/desk/delegations/{paper.ref}/refusal").status_code == 303
    db.session.refresh(paper)
    assert paper.state is DelegationState.DECLINED
