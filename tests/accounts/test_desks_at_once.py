"""Two administrators end each other's desk in the same moment: one of them stays."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from marketplace.accounts import queries, services
from marketplace.accounts.models import DeskPost, Person
from marketplace.accounts.states import Desk
from marketplace.foundation.db import db, transaction
from tests import rivals
from tests.accounts.conftest import People

pytestmark = pytest.mark.long


def end(post: int, by: int) -> None:
    """What each of them does."""
    services.end_desk(
        post=db.session.get_one(DeskPost, post), reason="Cùng lúc", by=db.session.get_one(Person, by)
    )


def close(person: int, by: int) -> None:
    services.deactivate(person=db.session.get_one(Person, person), by=db.session.get_one(Person, by))


def test_one_administrator_stays_whoever_is_quicker(
    app: Flask, people: People, database_url: str, tmp_path: Path
) -> None:
    with transaction():
        services.give_desk(person=people.minh, desk=Desk.ADMINISTRATOR, reason="Thứ hai", by=people.officer)
    post = {
        who.id: next(one.id for one in queries.posts_of(who) if one.desk is Desk.ADMINISTRATOR)
        for who in (people.officer, people.minh)
    }
    here = "tests.accounts.test_desks_at_once"
    mai, minh = people.officer.id, people.minh.id
    found = rivals.at_once(
        database_url,
        tmp_path,
        [
            [rivals.act(f"{here}:end", post=post[minh], by=mai)],
            [rivals.act(f"{here}:end", post=post[mai], by=minh)],
            [rivals.act(f"{here}:close", person=mai, by=minh)],
        ],
    )
    assert len(queries.lasting_administrators()) >= 1
    assert found["answered"] >= 1 and sum(found.values()) == 3
