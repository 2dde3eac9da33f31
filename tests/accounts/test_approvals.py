"""Four eyes: one officer proposes, another agrees."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import select, update

from marketplace import config
from marketplace.accounts import queries, services
from marketplace.accounts.approvable import KINDS
from marketplace.accounts.models import Approval, Person
from marketplace.accounts.states import ApprovalState, Desk, Role
from marketplace.foundation import clock
from marketplace.foundation.db import db, how_many, transaction
from marketplace.foundation.db.session import in_transaction
from marketplace.foundation.errors import Conflict, Refusal
from marketplace.inbox.models import Notice
from tests.accounts.conftest import PASSWORD, People
from tests.client import ReadingClient


@pytest.fixture(autouse=True)
def all_kinds(app: Flask) -> None:
    app.extensions["settings"] = replace(app.extensions["settings"], four_eyes=config.FOUR_EYES_KINDS)


@pytest.fixture
def second(people: People) -> Person:
    """Another administrator."""
    with transaction():
        services.add_member(
            organisation=services.alliance(name=""),
            person=people.minh,
            role=Role.OFFICER,
            desks=[Desk.ADMINISTRATOR],
        )
    return people.minh


def _closing(people: People, reason: str = "Tài khoản giả") -> Approval:
    """To close Lan's account is proposed."""
    with transaction():
        proposed = services.act_or_propose(
            kind="closing",
            subject_id=people.lan.id,
            told=people.lan.name,
            reason=reason,
            data={"person": people.lan.id},
            by=people.officer,
        )
    assert proposed is not None
    return proposed


def _told(person: Person) -> str:
    """What was written to somebody last."""
    return (
        db.session.scalars(
            select(Notice.sentence_vi).where(Notice.person_id == person.id).order_by(Notice.id.desc())
        ).first()
        or ""
    )


def _open(people: People) -> bool:
    db.session.expire_all()
    return db.session.get_one(Person, people.lan.id).active


def test_every_kind_that_settings_know_is_some_areas_act(app: Flask) -> None:
    assert set(KINDS) == set(config.FOUR_EYES_KINDS)


def test_what_is_proposed_is_done_when_another_agrees(people: People, second: Person) -> None:
    approval = _closing(people)
    assert _open(people)
    with transaction():
        services.agree(approval=approval, by=second)
    assert not _open(people)
    done = db.session.get_one(Approval, approval.id)
    assert (done.state, done.decided_by_id) == (ApprovalState.AGREED, second.id)


def test_whoever_proposed_it_does_not_agree(people: People, second: Person) -> None:
    approval = _closing(people)
    with pytest.raises(Refusal, match="chính quý vị đề nghị"), transaction():
        services.agree(approval=approval, by=people.officer)
    with pytest.raises(Conflict, match="chính quý vị đề nghị"), transaction():
        db.session.execute(
            update(Approval).values(
                state=ApprovalState.AGREED, decided_by_id=people.officer.id, ended_at=clock.now()
            )
        )
    assert _open(people)


def test_it_needs_a_reason_and_waits_once(people: People, second: Person) -> None:
    with pytest.raises(Refusal, match="ghi lý do"):
        _closing(people, reason="  ")
    _closing(people)
    with pytest.raises(Refusal, match="đang chờ"):
        _closing(people)


def test_where_nobody_else_could_agree_acts_wait_and_rights_do_not(people: People) -> None:
    with transaction():
        services.give_desk(person=people.lan, desk=Desk.TRADE, reason="Hội chợ", by=people.officer)
    with pytest.raises(Refusal, match="chưa có ai khác"):
        _closing(people)
    with transaction():
        done = services.act_or_propose(
            kind="desks",
            subject_id=people.minh.id,
            told="",
            reason="Người thứ hai",
            data={"person": people.minh.id, "desk": "administrator", "last_day": ""},
            by=people.officer,
        )
    assert done is None and Desk.ADMINISTRATOR in db.session.get_one(Person, people.minh.id).desks


def test_an_alliance_with_one_officer_works(people: People) -> None:
    with transaction():
        done = services.act_or_propose(
            kind="closing",
            subject_id=people.lan.id,
            told="",
            reason="Tài khoản giả",
            data={"person": people.lan.id},
            by=people.officer,
        )
    assert done is None and not _open(people)


def test_a_kind_that_is_off_is_done_at_once(app: Flask, people: People, second: Person) -> None:
    app.extensions["settings"] = replace(app.extensions["settings"], four_eyes=())
    with transaction():
        services.act_or_propose(
            kind="closing",
            subject_id=people.lan.id,
            told="",
            reason="",
            data={"person": people.lan.id},
            by=people.officer,
        )
    assert not _open(people)


def test_it_lapses_after_some_days(people: People, second: Person) -> None:
    approval = _closing(people)
    with clock.standing_at(clock.now() + dt.timedelta(days=7, minutes=1)):
        with pytest.raises(Refusal, match="Hết hạn"), transaction():
            services.agree(approval=approval, by=second)
        in_transaction(services.lapse_approvals)
    assert db.session.get_one(Approval, approval.id).state is ApprovalState.LAPSED
    assert _open(people)
    _closing(people)


def test_only_another_officer_at_the_right_desk_agrees(
    client: ReadingClient, people: People, second: Person
) -> None:
    address = f"/office/approvals/{_closing(people).ref}/agreement"
    with transaction():
        clerk = services.create_person(name="Vũ Văn Khoa", email="khoa@thu.vn", password=PASSWORD)
        services.add_member(
            organisation=services.alliance(name=""), person=clerk, role=Role.OFFICER, desks=[Desk.FINANCE]
        )
    for who in ("khoa@thu.vn", "mai@lienminh.vn"):
        client.sign_in(who, PASSWORD)
        assert client.get("/office/approvals").status_code == 200
        assert client.send(address).status_code == 403
    assert _open(people)
    client.sign_in("minh@thu.vn", PASSWORD)
    assert client.send(address).status_code == 303
    assert not _open(people)
    assert client.send(address).status_code == 403


def test_it_is_declined_with_words_or_taken_back(
    client: ReadingClient, people: People, second: Person
) -> None:
    address = f"/office/approvals/{_closing(people).ref}"
    client.sign_in("minh@thu.vn", PASSWORD)
    assert client.send(f"{address}/refusal", {"reason": ""}).status_code == 422
    assert client.send(f"{address}/withdrawal").status_code == 403
    assert client.send(f"{address}/refusal", {"reason": "Chưa đủ căn cứ"}).status_code == 303
    assert "Chưa đủ căn cứ" in _told(people.officer)
    client.sign_in("mai@lienminh.vn", PASSWORD)
    again = f"/office/approvals/{_closing(people).ref}"
    assert client.send(f"{again}/withdrawal").status_code == 303
    assert "Đã rút lại" in client.get("/office/approvals").get_data(as_text=True)
    assert _open(people)


def test_who_may_agree_is_told_and_sees_how_many_wait(
    client: ReadingClient, people: People, second: Person
) -> None:
    _closing(people)
    assert how_many([[queries.to_agree_ids(second)], [queries.to_agree_ids(people.officer)]], None) == [1, 0]
    assert "Tài khoản giả" in _told(second)


def test_the_list_costs_the_same_for_one_and_for_many(
    app: Flask, client: ReadingClient, people: People, second: Person
) -> None:
    from tests.statements import queries_sent

    client.sign_in("minh@thu.vn", PASSWORD)
    _closing(people)
    with queries_sent() as few:
        client.get("/office/approvals")
    for at in range(5):
        with transaction():
            who = services.create_person(name=f"Người {at}", email=f"p{at}@thu.vn", password=PASSWORD)
            services.act_or_propose(
                kind="closing",
                subject_id=who.id,
                told=who.name,
                reason="Trùng",
                data={"person": who.id},
                by=people.officer,
            )
    with queries_sent() as many:
        client.get("/office/approvals")
    assert len(many) == len(few)
