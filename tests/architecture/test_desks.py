"""A leader reads everything in the office and changes nothing in it, whatever room is added."""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any
from unittest.mock import MagicMock, Mock

import pytest
from flask import Flask

from marketplace.accounts import services
from marketplace.accounts.models import Person
from marketplace.accounts.states import Desk, Role
from marketplace.config import ROOT
from marketplace.foundation.db import db, transaction
from marketplace.foundation.policy import POLICIES
from marketplace.foundation.web.access import SAFE

pytestmark = pytest.mark.long


@pytest.fixture
def office(app: Flask) -> SimpleNamespace:
    """An alliance with one officer for each desk alone, and somebody from outside."""
    with transaction():
        services.create_officer(
            name="Quản trị", phone=None, email="a@lm.vn", password="ruong-lua-xanh", alliance_name="Liên minh"
        )
        alliance = services.alliance(name="")
        people = {desk: _person(f"{desk}@lm.vn") for desk in Desk}
        for desk, who in people.items():
            services.add_member(organisation=alliance, person=who, role=Role.OFFICER, desks=[desk])
        stranger = _person("stranger@lm.vn")
    return SimpleNamespace(**{desk.name.lower(): who for desk, who in people.items()}, stranger=stranger)


def _person(email: str) -> Person:
    return services.create_person(name="Nguyễn Văn An", email=email, password="ruong-lua-xanh")


class Theirs(Mock):
    """Whatever it is asked for is theirs who ask, and nothing of it is sealed."""

    sealed_now = False

    def __eq__(self, _other: object) -> bool:
        return True

    __hash__ = Mock.__hash__


def _doors(
    app: Flask, *, under: str = "", kind: type[Mock] = MagicMock
) -> Iterator[tuple[Any, Any, list[Any]]]:
    """Every address with a door: its rule, its view, and things that answer whatever they are asked."""
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        if view.__door__ is not None and rule.rule.startswith(under):
            yield rule, view, [kind(name=name) for name in sorted(rule.arguments)]


def _opens(door: Any, who: Person, subjects: list[Any]) -> bool:
    """Whether it says yes, or goes on asking about what it would open: the right desk is asked first."""
    try:
        return bool(door(db.session.merge(who), *subjects))
    except Exception:
        return True


def test_a_leader_sends_no_form_of_the_office(app: Flask, office: SimpleNamespace) -> None:
    """What a leader may send is no more than anybody with an account may."""
    changing = [
        (rule, view, subjects)
        for rule, view, subjects in _doors(app)
        if rule.methods - SAFE and not view.__foreign__
    ]
    assert len([rule for rule, *_ in changing if rule.rule.startswith("/office")]) > 150
    let_in = [
        rule.rule
        for rule, view, subjects in changing
        if _opens(view.__door__, office.leadership, subjects)
        and not _opens(view.__door__, office.stranger, subjects)
    ]
    only_read = (
        "/pdf",
        "/targets/count",
        "/reports/compare",
    )  # pressed, or counted anew from what stands there
    asked_for = [rule for rule in let_in if not rule.endswith(only_read)]
    assert not asked_for, "\n".join(asked_for)


def test_a_leader_reads_every_page_of_the_office(app: Flask, office: SimpleNamespace) -> None:
    looking = [
        (rule, view, subjects)
        for rule, view, subjects in _doors(app, under="/office", kind=Theirs)
        if not rule.methods - SAFE
    ]
    assert len(looking) > 80
    shut = [
        rule.rule
        for rule, view, subjects in looking
        if not _opens(view.__reads__, office.leadership, subjects)
    ]
    assert not shut, "\n".join(shut)


def test_no_desk_is_without_work_and_none_does_all(app: Flask, office: SimpleNamespace) -> None:
    """Each desk but the leaders' opens something that no other one does."""
    doors = [
        (rule, view, subjects) for rule, view, subjects in _doors(app, under="/office") if rule.methods - SAFE
    ]
    opened = {
        desk: {
            rule.rule
            for rule, view, s in doors
            if _opens(view.__door__, getattr(office, desk.name.lower()), s)
        }
        for desk in Desk
    }
    everything = set.union(*opened.values())
    assert all(found < everything for found in opened.values())
    assert all(
        opened[desk] for desk in (Desk.TRADE, Desk.REGISTRY, Desk.FINANCE, Desk.TRAINING, Desk.ADMINISTRATOR)
    )


def test_a_reader_sees_no_forms_but_who_has_the_desk_does(
    app: Flask, client: Any, office: SimpleNamespace
) -> None:
    client.sign_in("leadership@lm.vn", "ruong-lua-xanh")
    page = client.get("/office/fairs").get_data(as_text=True)
    assert 'class="office-page reading"' in page
    assert client.send("/office/fairs/new", {}).status_code == 403
    client.sign_in("trade@lm.vn", "ruong-lua-xanh")
    assert 'class="office-page reading"' not in client.get("/office/fairs").get_data(as_text=True)
    assert client.get("/office/people").status_code == 403


def test_every_address_is_told_with_its_door(app: Flask) -> None:
    told = app.test_cli_runner().invoke(args=["routes-guarded"])
    assert told.exit_code == 0, told.output
    assert any("/office/members" in line and "at_desk(registry)" in line for line in told.output.splitlines())


def test_every_permission_that_a_page_asks_for_is_known(app: Flask) -> None:
    asked = {
        name
        for page in (ROOT / "templates").rglob("*.html")
        for name in re.findall(r"""\bcan\(\s*["'](\w+\.\w+)["']\s*[,)]""", page.read_text("utf-8"))
    }
    assert asked and asked - POLICIES.keys() == set()
