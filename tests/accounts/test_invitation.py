"""Inviting: nobody learns who has an account, and nobody gets a seat without saying yes."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from marketplace.accounts import queries, services, tasks, throttle
from marketplace.accounts.models import Invitation, Membership, Organisation, Person
from marketplace.accounts.states import InvitationState, OrganisationKind, Role
from marketplace.foundation import clock
from marketplace.foundation.audit import history_of
from marketplace.foundation.db import db, transaction
from marketplace.foundation.db.session import in_transaction
from marketplace.foundation.mail import Letter, keys
from marketplace.inbox.models import Notice
from tests.accounts.conftest import PASSWORD, People
from tests.client import ReadingClient, another

INVITED = {"name": "Vũ Thị Sen", "identifier": "0977 111 222", "role": "member"}


def invite(client: ReadingClient, **changed: str) -> str:
    """The path of the link that the director is shown."""
    assert client.send("/account/people", {**INVITED, **changed}).status_code == 303
    return shown_link(client) or pytest.fail("no link is shown")


def shown_link(client: ReadingClient) -> str:
    found = re.search(r'data-copy="http://localhost(/join/[^"]+)"', client.get("/account/people").text)
    return found[1] if found else ""


def states() -> list[InvitationState]:
    db.session.expire_all()
    return list(db.session.scalars(select(Invitation.state).order_by(Invitation.id)))


def roles_in(organisation: Organisation) -> dict[str, Role]:
    db.session.expire_all()
    return {m.person.name: m.role for m in queries.members_of(organisation.id)}


def told(person: Person) -> list[str]:
    return list(
        db.session.scalars(select(Notice.kind).where(Notice.person_id == person.id).order_by(Notice.id))
    )


@pytest.fixture
def minh(app: Flask, people: People) -> ReadingClient:
    client = another(app)
    client.sign_in("minh@thu.vn", PASSWORD)
    return client


@pytest.fixture
def hung(people: People) -> Person:
    """A second director of the shop."""

    def join() -> Person:
        hung = services.create_person(name="Bùi Văn Hùng", email="hung@thu.vn", password=PASSWORD)
        services.add_member(
            organisation=db.session.get_one(Organisation, people.shop.id), person=hung, role=Role.DIRECTOR
        )
        return hung

    return in_transaction(join)


# --- inviting --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("known", "unknown"), [("0912345678", "0912345679"), ("minh@thu.vn", "mich@thu.vn")])
def test_nobody_learns_whether_the_invited_has_an_account(
    lan: ReadingClient, people: People, known: str, unknown: str
) -> None:
    answers = []
    for identifier in (known, unknown):
        sent = lan.send("/account/people", {**INVITED, "identifier": identifier})
        page = lan.get("/account/people").text
        answers.append((sent.status_code, sent.get_data(), _told_alike(page)))
        (open_now,) = queries.open_invitations(people.shop.id)
        lan.send(f"/account/people/invitations/{open_now.ref}/withdrawal")
    assert answers[0] == answers[1]
    assert roles_in(people.shop) == {"Trần Thị Lan": Role.DIRECTOR}


def _told_alike(page: str) -> str:
    """The page without what differs between any two invitations."""
    main = page.split("<h1>")[1].split('<section class="sec">')[0]
    main = re.sub(r"091\S* \S+ \S+|mi\S+@thu\.vn", "…", main)
    return re.sub(r'/join/[^"<]+|/invitations/[^/]+|value="[0-9a-f]{40,}"', "…", main)


def test_to_an_email_the_link_goes_by_letter_too(lan: ReadingClient, people: People) -> None:
    link = invite(lan, identifier="Sen@Thu.vn")
    letter = db.session.scalars(select(Letter).where(Letter.key.startswith("accounts.invitation"))).one()
    assert letter.recipient == "sen@thu.vn"
    assert all(f"http://localhost{link}" in keys.cut(told) for told in (letter.text, letter.html))
    assert link not in letter.text, "the outbox holds no key"
    assert "Bếp ăn Thành Đông" in letter.subject and "Trần Thị Lan" in letter.text


def test_to_a_phone_no_letter_goes(lan: ReadingClient) -> None:
    invite(lan)
    assert db.session.scalars(select(Letter)).all() == []


def test_the_token_is_long_and_kept_nowhere(lan: ReadingClient) -> None:
    token = invite(lan).removeprefix("/join/")
    kept = db.session.scalars(select(Invitation)).one()
    assert len(token) >= 43
    assert kept.token_hash == queries.hash_of(token) and token not in vars(kept).values()


@pytest.mark.parametrize(
    "wrong",
    [{"identifier": "12"}, {"identifier": "sen@"}, {"identifier": ""}, {"name": ""}, {"role": "officer"}],
)
def test_bad_input_is_kept_and_explained(lan: ReadingClient, wrong: dict[str, str]) -> None:
    answer = lan.send("/account/people", {**INVITED, **wrong})
    assert answer.status_code == 422
    assert 'value="Vũ Thị Sen"' in answer.text or "name" in wrong
    assert states() == []


def test_a_member_invites_and_withdraws_nobody(
    lan: ReadingClient, minh: ReadingClient, people: People
) -> None:
    minh.send(invite(lan) + "/acceptance")
    invite(lan, name="Đỗ Văn Tư")
    (open_now,) = queries.open_invitations(people.shop.id)
    assert minh.send("/account/people", INVITED).status_code == 403
    assert minh.send(f"/account/people/invitations/{open_now.ref}/withdrawal").status_code == 403
    assert "Đỗ Văn Tư" not in minh.get("/account/people").text


def test_inviting_again_renews_the_link(lan: ReadingClient, minh: ReadingClient) -> None:
    first, second = invite(lan), invite(lan, identifier="+84 977 111 222")
    assert states() == [InvitationState.WITHDRAWN, InvitationState.OPEN]
    assert minh.get(first).status_code == 410
    assert minh.get(second).status_code == 200


def test_an_organisation_invites_twenty_a_day(lan: ReadingClient, people: People) -> None:
    limit = throttle.INVITE_ORGANISATION
    with transaction():
        for _nth in range(limit.tries):
            throttle.count(limit, str(people.shop.id))
    assert lan.send("/account/people", INVITED).status_code == 422
    assert states() == []


def test_only_the_director_sees_the_link_and_only_while_it_is_open(
    app: Flask, lan: ReadingClient, minh: ReadingClient, hung: Person
) -> None:
    link = invite(lan)
    other: Any = another(app)
    other.sign_in("hung@thu.vn", PASSWORD)
    assert "Vũ Thị Sen" in other.get("/account/people").text
    assert shown_link(other) == ""
    minh.send(link + "/acceptance")
    assert shown_link(lan) == ""


# --- answering -------------------------------------------------------------------------------------


def test_the_link_says_who_invites_into_what_and_does_nothing(
    app: Flask, lan: ReadingClient, people: People
) -> None:
    link = invite(lan, role="director")
    visitor = another(app)
    for language in ("", "/en"):
        page = visitor.get(f"{language}{link}")
        assert page.headers["Cache-Control"] == "no-store"
        assert page.headers["Referrer-Policy"] == "same-origin"
        for said in ("Trần Thị Lan", "Bếp ăn Thành Đông", "Vũ Thị Sen"):
            assert said in page.text
    assert "Director" in page.text
    assert states() == [InvitationState.OPEN]
    assert roles_in(people.shop) == {"Trần Thị Lan": Role.DIRECTOR}


def test_who_is_signed_in_joins_with_one_button(
    lan: ReadingClient, minh: ReadingClient, people: People
) -> None:
    answer = minh.send(invite(lan) + "/acceptance")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/account/people")
    assert roles_in(people.shop) == {"Trần Thị Lan": Role.DIRECTOR, "Lê Văn Minh": Role.MEMBER}
    assert "Bếp ăn Thành Đông" in minh.get("/account/people").text
    (kept,) = db.session.scalars(select(Invitation))
    assert (kept.state, kept.accepted_by_id) == (InvitationState.ACCEPTED, people.minh.id)


def test_other_devices_are_signed_out_by_joining(app: Flask, lan: ReadingClient, minh: ReadingClient) -> None:
    elsewhere: Any = another(app)
    elsewhere.sign_in("minh@thu.vn", PASSWORD)
    before = minh.get_cookie("market").value
    minh.send(invite(lan) + "/acceptance")
    assert elsewhere.get("/account").status_code == 303
    assert minh.get("/account").status_code == 200
    assert minh.get_cookie("market").value != before


def test_a_link_works_once(app: Flask, lan: ReadingClient, minh: ReadingClient, people: People) -> None:
    link = invite(lan)
    minh.send(link + "/acceptance")
    buyer: Any = another(app)
    buyer.sign_in("0912345678", PASSWORD)
    assert buyer.get(link).status_code == 410
    assert buyer.send(link + "/acceptance").status_code == 410
    assert set(roles_in(people.shop)) == {"Trần Thị Lan", "Lê Văn Minh"}


def test_a_stranger_signs_in_and_comes_back(app: Flask, lan: ReadingClient, people: People) -> None:
    link = invite(lan)
    visitor = another(app)
    assert visitor.post(link + "/acceptance").status_code == 303
    way = re.search(r'href="(/sign-in\?next=[^"]+)"', visitor.get(link).text)[1]
    assert f'value="{link}"' in visitor.get(way).text
    form = {"identifier": "minh@thu.vn", "password": PASSWORD, "next": link}
    assert visitor.post("/sign-in", data=form).headers["Location"] == link
    assert f'action="{link}/acceptance"' in visitor.get(link).text


def test_somebody_without_account_registers_and_comes_back(
    app: Flask, lan: ReadingClient, people: People
) -> None:
    link = invite(lan)
    visitor: Any = another(app)
    way = re.search(r'href="(/register\?next=[^"]+)"', visitor.get(link).text)[1]
    page = visitor.get(way).text
    assert f'name="next" type="hidden" value="{link}"' in page and "organisation_name" not in page
    form = {"name": "Vũ Thị Sen", "phone": "0977111222", "password": "hoa-sen-trang", "kind": "person"}
    registered = visitor.post("/register", data={**form, "agree": "y", "next": link})
    assert registered.headers["Location"] == link
    assert visitor.send(link + "/acceptance").status_code == 303
    assert roles_in(people.shop)["Vũ Thị Sen"] is Role.MEMBER


def test_registering_leads_to_no_other_site(client: ReadingClient) -> None:
    form = {"name": "Vũ Thị Sen", "phone": "0977111222", "password": "hoa-sen-trang", "kind": "person"}
    sent = client.post("/register", data={**form, "agree": "y", "next": "//evil.example/join/"})
    assert sent.headers["Location"] == "/registered"


def test_who_acts_for_it_already_does_not_join_twice(lan: ReadingClient, people: People) -> None:
    link = invite(lan, role="member")
    assert "/acceptance" not in lan.get(link).text
    assert lan.send(link + "/acceptance").status_code == 422
    assert roles_in(people.shop) == {"Trần Thị Lan": Role.DIRECTOR}
    assert states() == [InvitationState.OPEN]


def test_whoever_has_the_link_says_no_without_an_account(
    app: Flask, lan: ReadingClient, people: People
) -> None:
    link = invite(lan)
    visitor = another(app)
    assert visitor.post(link + "/refusal").headers["Location"] == "/join/declined"
    assert visitor.get("/join/declined").status_code == 200
    assert states() == [InvitationState.DECLINED]
    assert visitor.get(link).status_code == 410
    assert visitor.post(link + "/refusal").status_code == 410


# --- ends ------------------------------------------------------------------------------------------


def test_any_director_withdraws(app: Flask, lan: ReadingClient, minh: ReadingClient, hung: Person) -> None:
    link = invite(lan)
    other: Any = another(app)
    other.sign_in("hung@thu.vn", PASSWORD)
    (open_now,) = db.session.scalars(select(Invitation))
    assert other.send(f"/account/people/invitations/{open_now.ref}/withdrawal").status_code == 303
    assert states() == [InvitationState.WITHDRAWN]
    assert minh.send(link + "/acceptance").status_code == 410


def test_invitations_of_others_cannot_be_withdrawn(
    lan: ReadingClient, minh: ReadingClient, people: People
) -> None:
    invite(lan)

    def found_a_kitchen() -> None:
        minh = db.session.get_one(Person, people.minh.id)
        kitchen = services.create_organisation(kind=OrganisationKind.BUYER, name="Quán cơm Sông Hàn")
        services.add_member(organisation=kitchen, person=minh, role=Role.DIRECTOR)

    in_transaction(found_a_kitchen)
    minh.sign_in("minh@thu.vn", PASSWORD)
    (open_now,) = db.session.scalars(select(Invitation))
    assert minh.send(f"/account/people/invitations/{open_now.ref}/withdrawal").status_code == 404
    assert states() == [InvitationState.OPEN]


def test_after_two_weeks_it_is_over(
    app: Flask, lan: ReadingClient, minh: ReadingClient, people: People
) -> None:
    link = invite(lan)
    with time_machine.travel(clock.now() + dt.timedelta(days=14, minutes=1)):
        minh.sign_in("minh@thu.vn", PASSWORD)
        assert minh.get(link).status_code == 410
        assert minh.send(link + "/acceptance").status_code == 410
        tasks.expire_invitations()
        assert states() == [InvitationState.EXPIRED]
        assert told(people.lan) == ["invitations.expired"]


def test_one_that_can_still_be_accepted_does_not_expire(lan: ReadingClient) -> None:
    invite(lan)
    with time_machine.travel(clock.now() + dt.timedelta(days=13)):
        tasks.expire_invitations()
    assert states() == [InvitationState.OPEN]


@pytest.mark.parametrize("way", ["removed", "closed"])
def test_who_no_longer_speaks_for_it_leaves_no_open_link(
    lan: ReadingClient, minh: ReadingClient, hung: Person, people: People, way: str
) -> None:
    link = invite(lan)

    def go() -> None:
        lan = db.session.get_one(Person, people.lan.id)
        if way == "removed":
            services.remove_member(
                membership=db.session.scalars(select(Membership).where(Membership.person_id == lan.id)).one(),
                by=hung,
            )
        else:
            services.deactivate(person=lan, by=people.officer)

    in_transaction(go)
    assert states() == [InvitationState.WITHDRAWN]
    assert minh.send(link + "/acceptance").status_code == 410


# --- who is told -----------------------------------------------------------------------------------


def test_directors_are_told_and_history_keeps_it(
    lan: ReadingClient, minh: ReadingClient, hung: Person, people: People
) -> None:
    minh.send(invite(lan) + "/acceptance")
    assert told(hung) == ["invitations.sent", "invitations.accepted"]
    assert told(people.lan) == ["invitations.accepted"]
    assert told(people.minh) == []
    lines = [(line.kind, line.actor) for line in history_of("organisation", people.shop.id)][:3]
    assert lines == [
        ("InvitationAccepted", "Lê Văn Minh"),
        ("MemberAdded", "Lê Văn Minh"),
        ("InvitationSent", "Trần Thị Lan"),
    ]
    page = lan.get("/en/account/people").text
    assert "Vũ Thị Sen was invited as member" in page
    assert "The invitation for Vũ Thị Sen was accepted" in page


def test_a_declined_invitation_is_told(app: Flask, lan: ReadingClient, people: People) -> None:
    another(app).post(invite(lan) + "/refusal")
    assert told(people.lan) == ["invitations.declined"]
