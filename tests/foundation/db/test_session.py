"""The one commit: all or nothing, never nested, races told as sentences, asked again when the database wants."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from marketplace.accounts import services as accounts
from marketplace.accounts.models import Membership, Person
from marketplace.accounts.states import Role
from marketplace.catalogue.models import Category
from marketplace.foundation import clock
from marketplace.foundation.db import db, transaction
from marketplace.foundation.db.public import kept
from marketplace.foundation.db.session import (
    ATTEMPTS,
    after_commit,
    constraint_of,
    in_transaction,
    public_pages_changed,
    with_retries,
)
from marketplace.foundation.errors import Conflict, TryAgain

pytestmark = pytest.mark.usefixtures("app")
PHONE = "+84912345678"


def somebody(**more: Any) -> Person:
    """A person whose phone and e-mail are confirmed, so that they are nobody else's."""
    words = {"name": "Nguyễn Thị Sen", "phone": PHONE, "ref": "sen", "created_at": clock.now(), **more}
    words |= {f"{way}_confirmed_at": clock.now() for way in ("phone", "email") if words.get(way)}
    person = Person(**words)
    db.session.add(person)
    db.session.flush()
    return person


def known() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(Person.ref).order_by(Person.ref)))


def public_version() -> int:
    found = db.session.execute(text("SELECT sum(version) FROM public_versions")).scalar()
    db.session.rollback()
    return int(found or 0)


def test_leaving_commits() -> None:
    with transaction():
        somebody()
    assert known() == ["sen"]


@pytest.mark.parametrize("problem", [ValueError, KeyboardInterrupt, SystemExit])
def test_any_exception_takes_everything_back(problem: type[BaseException]) -> None:
    with pytest.raises(problem), transaction():
        somebody()
        raise problem
    assert known() == []


def test_nesting_is_refused_and_loses_the_whole() -> None:
    with pytest.raises(RuntimeError, match="nest"), transaction():
        somebody()
        with transaction():
            pass
    assert known() == []
    with transaction():
        somebody()
    assert known() == ["sen"]


def test_what_was_read_before_is_read_again_inside() -> None:
    with transaction():
        person = somebody()
    assert person.name == "Nguyễn Thị Sen"

    db.session.rollback()
    with db.engine.connect() as other:
        other.execute(text("UPDATE people SET name = 'Sen'"))
        other.commit()
    with transaction():
        assert db.session.get_one(Person, person.id).name == "Sen"


def test_a_double_is_told_in_the_sentence_of_its_constraint() -> None:
    with transaction():
        somebody()
    with pytest.raises(Conflict, match="Số điện thoại này đã có tài khoản") as told, transaction():
        somebody(ref="sen-2")
    assert told.value.field == "phone"
    assert known() == ["sen"]


def test_the_index_of_a_part_is_known_by_name_too() -> None:
    with transaction():
        person = somebody()
        shop = accounts.alliance(name="Liên minh")
        accounts.add_member(organisation=shop, person=person, role=Role.OFFICER)
    with pytest.raises(Conflict, match="đã làm việc cho tổ chức"), transaction():
        db.session.add(
            Membership(person_id=person.id, organisation_id=shop.id, role=Role.OFFICER, since=clock.now())
        )


def test_without_a_sentence_somebody_was_quicker() -> None:
    with transaction():
        somebody()
    with pytest.raises(Conflict, match="làm trước") as told, transaction():
        somebody(phone="+84912345679")
    assert told.value.field is None


@pytest.mark.parametrize(
    ("words", "constraint"),
    [
        ({"phone": PHONE}, "uq_people_phone"),
        ({"phone": None, "email": "sen@thu.vn"}, "uq_people_email"),
        ({"phone": None, "email": None}, "ck_people_reachable"),
    ],
)
def test_both_databases_name_the_constraint(words: dict[str, Any], constraint: str) -> None:
    with transaction():
        somebody(email="sen@thu.vn")
    with pytest.raises(IntegrityError) as problem:
        somebody(ref="other", **words)
    db.session.rollback()
    assert constraint_of(problem.value) == constraint


def test_another_try_is_given_until_it_works() -> None:
    tries = []

    def work() -> str:
        tries.append(somebody())
        if len(tries) < 3:
            raise TryAgain
        return "done"

    assert in_transaction(work) == "done"
    assert len(tries) == 3 and known() == ["sen"]


def test_tries_come_to_an_end() -> None:
    tries = []

    def work() -> None:
        tries.append(1)
        raise TryAgain

    with pytest.raises(TryAgain):
        with_retries(work)
    assert len(tries) == ATTEMPTS


def test_a_refusal_is_not_tried_again() -> None:
    tries = []

    def work() -> None:
        tries.append(1)
        raise Conflict("no")

    with pytest.raises(Conflict):
        in_transaction(work)
    assert tries == [1]


def test_what_follows_the_commit_runs_in_order_and_sees_it() -> None:
    seen: list[Any] = []
    with transaction():
        after_commit(lambda: seen.append(("first", known())))
        somebody()
        after_commit(lambda: seen.append("second"))
        assert seen == []
    assert seen == [("first", ["sen"]), "second"]


def test_what_follows_may_open_a_transaction_of_its_own() -> None:
    with transaction():
        after_commit(lambda: in_transaction(lambda: somebody(ref="later", phone="+84912345670")))
        somebody()
    assert known() == ["later", "sen"]


def test_what_follows_is_dropped_with_the_facts() -> None:
    seen: list[str] = []
    with pytest.raises(ValueError, match="odd"), transaction():
        after_commit(lambda: seen.append("never"))
        raise ValueError("odd")
    with transaction():
        pass
    assert seen == []


def test_nothing_follows_outside_of_a_transaction() -> None:
    with pytest.raises(RuntimeError):
        after_commit(lambda: None)


def test_a_try_that_failed_leaves_nothing_to_follow() -> None:
    tries, seen = [], []

    def work() -> None:
        tries.append(1)
        after_commit(lambda: seen.append(len(tries)))
        if len(tries) == 1:
            raise TryAgain

    in_transaction(work)
    assert seen == [2]


def test_public_pages_are_renewed_once_by_the_commit() -> None:
    before = public_version()
    with transaction():
        public_pages_changed()
        public_pages_changed()
    assert public_version() == before + 1
    with pytest.raises(ValueError, match="odd"), transaction():
        public_pages_changed()
        raise ValueError("odd")
    with transaction():
        somebody()
    assert public_version() == before + 1


def test_reference_data_is_read_again_once_a_commit_touches_it() -> None:
    def names() -> list[str]:
        return list(db.session.scalars(select(Category.name_vi)))

    def stall(name: str) -> None:
        with transaction():
            db.session.add(
                Category(slug=name, name_vi=name, name_en=name, hue="leaf", drawing="stall", position=1)
            )

    stall("rau")
    assert kept("names", names) == ["rau"]
    with transaction():
        somebody()
    assert kept("names", lambda: pytest.fail("kept names were read again")) == ["rau"]
    before = public_version()
    stall("quả")
    assert kept("names", names) == ["rau", "quả"]
    assert public_version() > before
