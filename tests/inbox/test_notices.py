"""Telling people: who hears, in which language, how often, and where it is read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import select

from marketplace.accounts.models import Person
from marketplace.foundation.db import db
from marketplace.foundation.db.session import in_transaction
from marketplace.foundation.mail import Letter
from marketplace.foundation.words import _l
from marketplace.inbox import queries
from marketplace.inbox.letters import LETTERS, letter
from marketplace.inbox.models import Notice
from marketplace.inbox.services import Contact, tell
from tests.accounts.conftest import PASSWORD, People
from tests.client import ReadingClient

# Words that are translated already, so that the two languages differ.
KIND = "tests.harvest"


@pytest.fixture(autouse=True)
def _kind() -> Iterator[None]:
    letter(KIND, subject=_l("Sign in"), sentence=_l("Remove %(name)s"), sample=lambda: {"name": "Lan"})
    yield
    LETTERS.pop(KIND)


def say(**to: Any) -> None:
    key = to.pop("key", "harvest:1")
    in_transaction(lambda: tell(kind=KIND, url="/account", key=key, name="Sen", **to))


def letters() -> list[Letter]:
    return list(db.session.scalars(select(Letter).order_by(Letter.id)))


def hears() -> set[int]:
    return set(db.session.scalars(select(Notice.person_id)))


def test_one_person_gets_a_notice_and_a_letter(people: People) -> None:
    say(person_id=people.lan.id)
    notice = db.session.scalars(select(Notice)).one()
    assert (notice.subject_vi, notice.subject_en) == ("Đăng nhập", "Sign in")
    assert (notice.sentence_vi, notice.sentence_en) == ("Bỏ Sen ra", "Remove Sen")
    (sent,) = letters()
    assert (sent.recipient, sent.subject, sent.locale) == ("lan@thu.vn", "Đăng nhập", "vi")
    assert "Bỏ Sen ra" in sent.text and "Bỏ Sen ra" in sent.html
    assert "http://localhost/account" in sent.text


def test_the_letter_is_in_the_language_of_its_reader(people: People) -> None:
    with_english(people.lan.id)
    say(person_id=people.lan.id)
    (sent,) = letters()
    assert (sent.subject, sent.locale) == ("Sign in", "en")
    assert "http://localhost/en/account" in sent.text


def test_the_same_key_tells_nothing_again(people: People) -> None:
    say(person_id=people.lan.id)
    say(person_id=people.lan.id)
    assert (len(letters()), len(db.session.scalars(select(Notice)).all())) == (1, 1)
    say(person_id=people.lan.id, key="harvest:2")
    assert len(letters()) == 2


def test_without_email_there_is_only_a_notice(people: People) -> None:
    say(person_id=people.buyer.id)
    assert (hears(), letters()) == ({people.buyer.id}, [])


def test_who_wants_no_letters_gets_only_notices(people: People) -> None:
    def switch_off() -> None:
        db.session.get_one(Person, people.lan.id).letters = False

    in_transaction(switch_off)
    say(person_id=people.lan.id)
    assert (hears(), letters()) == ({people.lan.id}, [])


def test_an_organisation_is_all_who_act_for_it(people: People) -> None:
    say(organisation_id=people.shop.id)
    assert hears() == {people.lan.id}


def test_officers_hear_what_is_for_officers(people: People) -> None:
    say(officers=True)
    assert hears() == {people.officer.id}


def test_a_closed_account_hears_nothing(people: People) -> None:
    def close() -> None:
        db.session.get_one(Person, people.lan.id).active = False

    in_transaction(close)
    say(organisation_id=people.shop.id)
    say(person_id=people.lan.id)
    assert (hears(), letters()) == (set(), [])


def test_a_guest_gets_a_letter_and_no_notice(people: People) -> None:
    say(contact=Contact(name="Khách", email="khach@thu.vn"))
    assert ([sent.recipient for sent in letters()], hears()) == (["khach@thu.vn"], set())


def test_markup_in_words_stays_text(people: People) -> None:
    in_transaction(
        lambda: tell(kind=KIND, url="/", key="x", person_id=people.lan.id, name="<b onclick=x>Sen</b>")
    )
    assert "<b onclick" not in letters()[0].html


def test_the_list_shows_and_marks(lan: ReadingClient, people: People) -> None:
    say(person_id=people.lan.id)
    say(person_id=people.lan.id, key="harvest:2")
    page = lan.get("/notices").get_data(as_text=True)
    assert page.count("Bỏ Sen ra") == 2
    assert "Remove Sen" in lan.get("/en/notices").get_data(as_text=True)
    assert lan.get("/me").json["notices"] == 2
    notice = db.session.scalars(select(Notice)).first()
    assert notice is not None
    read = lan.send(f"/notices/{notice.id}")
    assert (read.status_code, read.headers["Location"]) == (303, "/account")
    assert queries.unread(people.lan) == 1
    lan.send("/notices")
    assert lan.get("/me").json["notices"] == 0


def test_looking_changes_nothing(lan: ReadingClient, people: People) -> None:
    say(person_id=people.lan.id)
    lan.get("/notices")
    assert queries.unread(people.lan) == 1


def test_nobody_reads_what_was_told_to_others(client: ReadingClient, people: People) -> None:
    say(person_id=people.lan.id)
    notice = db.session.scalars(select(Notice)).one()
    client.sign_in("minh@thu.vn", PASSWORD)
    assert "Bỏ Sen ra" not in client.get("/notices").get_data(as_text=True)
    assert client.send(f"/notices/{notice.id}").status_code == 404
    client.send("/notices")
    assert queries.unread(people.lan) == 1


def with_english(person_id: int) -> None:
    def turn() -> None:
        db.session.get_one(Person, person_id).locale = "en"

    in_transaction(turn)
