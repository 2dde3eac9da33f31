"""Who works at which desk of the office; there is always an administrator."""

from __future__ import annotations

import datetime as dt

import pytest
from flask import Flask

from marketplace.accounts import queries, services
from marketplace.accounts.models import Approval, DeskPost, Person
from marketplace.accounts.states import Desk, Role
from marketplace.foundation import clock
from marketplace.foundation.db import db, transaction
from marketplace.foundation.db.session import in_transaction
from marketplace.foundation.errors import Refusal
from tests.accounts.conftest import PASSWORD, People
from tests.client import ReadingClient


def _desks(person: Person) -> set[Desk]:
    db.session.expire_all()
    return db.session.get_one(Person, person.id).desks


def _second(people: People, *desks: Desk) -> Person:
    with transaction():
        alliance = services.alliance(name="")
        services.add_member(organisation=alliance, person=people.minh, role=Role.OFFICER, desks=desks)
    return people.minh


def test_an_officer_from_the_command_line_works_at_every_desk(people: People) -> None:
    assert _desks(people.officer) == set(Desk)
    assert _desks(people.lan) == set()


def test_the_first_desk_makes_an_officer_and_the_last_ends_it(people: People) -> None:
    with transaction():
        post = services.give_desk(
            person=people.minh, desk=Desk.FINANCE, reason="Kế toán mới", by=people.officer
        )
    assert _desks(people.minh) == {Desk.FINANCE}
    assert db.session.get_one(Person, people.minh.id).is_officer
    with transaction():
        services.end_desk(
            post=db.session.get_one(DeskPost, post.id), reason="Chuyển công tác", by=people.officer
        )
    assert not db.session.get_one(Person, people.minh.id).is_officer
    ended = queries.posts_of(people.minh)[0]
    assert (ended.reason, ended.end_reason, ended.ended_by_id) == (
        "Kế toán mới",
        "Chuyển công tác",
        people.officer.id,
    )


def test_a_desk_with_a_last_day_ends_by_itself(people: People) -> None:
    with transaction():
        services.give_desk(
            person=people.minh, desk=Desk.REGISTRY, reason="Thay", last_day=clock.today(), by=people.officer
        )
    assert _desks(people.minh) == {Desk.REGISTRY}
    with clock.standing_at(clock.now() + dt.timedelta(days=1)):
        assert _desks(people.minh) == set()
        in_transaction(services.end_desks_that_ran_out)
    assert queries.posts_of(people.minh)[0].ended_at is not None
    assert not db.session.get_one(Person, people.minh.id).is_officer


def test_nobody_sits_twice_at_one_desk(people: People) -> None:
    with pytest.raises(Refusal, match="đã ở bộ phận"), transaction():
        services.give_desk(person=people.officer, desk=Desk.TRADE, reason="Lại", by=people.officer)


def test_the_last_administrator_stays(people: People) -> None:
    officer = people.officer
    post = next(one for one in queries.posts_of(officer) if one.desk is Desk.ADMINISTRATOR)
    with pytest.raises(Refusal, match="quản trị viên ở lại"), transaction():
        services.end_desk(post=post, reason="Nghỉ", by=officer)
    membership = queries.memberships_of(officer)[0]
    with pytest.raises(Refusal, match="quản trị viên ở lại"), transaction():
        services.remove_member(membership=membership, by=officer)
    with pytest.raises(Refusal, match="quản trị viên ở lại"), transaction():
        services.deactivate(person=officer, by=None)
    # One who leaves on a day does not count; one without a last day does.
    with transaction():
        services.give_desk(
            person=people.minh,
            desk=Desk.ADMINISTRATOR,
            reason="Thay hè",
            last_day=clock.today() + dt.timedelta(days=30),
            by=officer,
        )
    with pytest.raises(Refusal, match="quản trị viên ở lại"), transaction():
        services.end_desk(post=db.session.merge(post), reason="Nghỉ", by=officer)
    with transaction():
        services.give_desk(person=people.lan, desk=Desk.ADMINISTRATOR, reason="Mới", by=officer)
        services.end_desk(post=db.session.merge(post), reason="Nghỉ", by=officer)
    assert Desk.ADMINISTRATOR not in _desks(officer)


def test_an_administrator_gives_and_ends_a_desk_on_the_page(officer: ReadingClient, people: People) -> None:
    page = f"/office/people/{people.minh.ref}"
    sent = {"desk-desk": "trade", "desk-reason": "Phụ trách hội chợ"}
    assert officer.send(f"{page}/desks", sent).status_code == 303
    assert _desks(people.minh) == {Desk.TRADE}
    shown = officer.get(page).get_data(as_text=True)
    assert "Xúc tiến thương mại" in shown and "Phụ trách hội chợ" in shown
    post = queries.posts_of(people.minh)[0]
    answer = officer.send(f"{page}/desks/{post.id}/end", {"end-reason": ""})
    assert answer.status_code == 422
    assert officer.send(f"{page}/desks/{post.id}/end", {"end-reason": "Đổi việc"}).status_code == 303
    assert _desks(people.minh) == set()


def test_a_desk_given_where_two_administrators_are_waits_for_the_other(
    client: ReadingClient, people: People
) -> None:
    _second(people, Desk.ADMINISTRATOR)
    client.sign_in("mai@lienminh.vn", PASSWORD)
    page = f"/office/people/{people.lan.ref}"
    client.send(f"{page}/desks", {"desk-desk": "finance", "desk-reason": "Kế toán"})
    assert _desks(people.lan) == set()
    approval = db.session.query(Approval).one()
    assert client.send(f"/office/approvals/{approval.ref}/agreement").status_code == 403
    client.sign_in("minh@thu.vn", PASSWORD)
    assert "Trần Thị Lan" in client.get("/office/approvals").get_data(as_text=True)
    assert client.send(f"/office/approvals/{approval.ref}/agreement").status_code == 303
    assert _desks(people.lan) == {Desk.FINANCE}


def test_menus_show_what_the_desk_may_use(client: ReadingClient, people: People) -> None:
    _second(people, Desk.FINANCE)
    client.sign_in("minh@thu.vn", PASSWORD)
    page = client.get("/office").get_data(as_text=True)
    assert "/office/members/accounts" in page and 'href="/office/fairs"' not in page
    assert client.get("/office/fairs").status_code == 200
    assert client.send("/office/fairs/new").status_code == 403
    assert client.get("/office/people").status_code == 403


def test_a_request_reads_desks_without_another_statement(app: Flask, people: People) -> None:
    from tests.statements import queries_sent

    with transaction():
        token = services.sign_in(person=people.officer, agent="")
    db.session.expire_all()
    with queries_sent() as sent:
        found = queries.signed_in(token)
        assert found is not None and found.person.desks == set(Desk)
    assert len(sent) == 2
