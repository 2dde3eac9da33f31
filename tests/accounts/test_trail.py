"""The trail of everything: who finds what in it, who may, and that taking it away is part of it."""

from __future__ import annotations

import datetime as dt
import io

import openpyxl
from flask import Flask
from sqlalchemy import func, select

from marketplace.accounts import services
from marketplace.accounts.models import Organisation
from marketplace.accounts.states import Desk, Role
from marketplace.foundation import clock
from marketplace.foundation.audit import AuditEntry, Sought, acting_for, trail
from marketplace.foundation.db import db, transaction
from tests.accounts.conftest import PASSWORD, People
from tests.client import ReadingClient
from tests.statements import queries_sent


def text_of(client: ReadingClient, **wanted: object) -> str:
    return client.get("/office/audit", query_string=wanted).get_data(as_text=True)


def happened(people: People, *, days_ago: int = 0, times: int = 1) -> None:
    """Lan's phone is confirmed by Minh, on behalf of somebody, some days ago."""
    house = db.session.scalars(select(Organisation.id).order_by(Organisation.id)).first()
    with clock.standing_at(clock.now() - dt.timedelta(days=days_ago)), transaction(), acting_for(house):
        for _ in range(times):
            services.note_trail_taken(rows=7, file="xlsx", by=people.minh)


def test_only_administrators_and_leaders_read_it(officer: ReadingClient, people: People, app: Flask) -> None:
    assert app.test_client().get("/office/audit").status_code == 303
    lan = app.test_client()
    lan.sign_in("lan@thu.vn", PASSWORD)
    assert lan.get("/office/audit").status_code == 403
    with transaction():
        house = services.alliance(name="")
        for name, desk in (("trade", Desk.TRADE), ("leader", Desk.LEADERSHIP)):
            who = services.create_person(name=f"Người {name}", email=f"{name}@lm.vn", password=PASSWORD)
            services.add_member(organisation=house, person=who, role=Role.OFFICER, desks=[desk])
    other = app.test_client()
    other.sign_in("trade@lm.vn", PASSWORD)
    assert other.get("/office/audit").status_code == 403
    leader = app.test_client()
    leader.sign_in("leader@lm.vn", PASSWORD)
    assert leader.get("/office/audit").status_code == 200
    assert leader.send("/office/audit/export").status_code == 403
    assert officer.get("/office/audit").status_code == 200


def test_it_is_found_by_person_kind_member_subject_and_day(officer: ReadingClient, people: People) -> None:
    happened(people, days_ago=40)
    told = "7 dòng"
    today = clock.today()
    assert told in text_of(officer, who=people.minh.name)
    assert told not in text_of(officer, who=people.lan.name)
    assert told in text_of(officer, kind="TrailTaken")
    assert told not in text_of(officer, kind="PersonRegistered", who=people.minh.name)
    house = db.session.scalars(select(Organisation.name).order_by(Organisation.id)).first()
    assert told in text_of(officer, member=(house or "").upper())
    assert told not in text_of(officer, member="không có ai tên thế")
    assert told in text_of(officer, subject="person", number=people.minh.id)
    assert told not in text_of(officer, subject="person", number=people.lan.id)
    day = today - dt.timedelta(days=40)
    assert told in text_of(officer, since=day.isoformat(), until=day.isoformat())
    assert told not in text_of(officer, kind="TrailTaken", since=(day + dt.timedelta(days=1)).isoformat())


def test_bad_input_is_said_beside_the_field(officer: ReadingClient, people: People) -> None:
    page = text_of(officer, since="hôm kia")
    assert "hôm kia" in page
    assert "Chưa hiểu ngày này" in page
    assert officer.get("/office/audit?subject=person&number=abc").status_code == 200
    assert officer.get("/office/audit?kind=Nothing").status_code == 422
    assert officer.get("/office/audit?after=odd").status_code == 200


def test_pages_go_on_by_key_and_cost_the_same(officer: ReadingClient, people: People) -> None:
    happened(people, times=3)
    with queries_sent() as few:
        text_of(officer, kind="TrailTaken")
    happened(people, days_ago=1, times=60)
    with queries_sent() as many:
        text_of(officer, kind="TrailTaken")
    assert len(many) <= len(few)
    seen, after = [], None
    while True:
        page = trail(Sought(kind="TrailTaken"), after, size=20)
        seen += [line.id for line in page.rows]
        after = page.next
        if after is None:
            break
    assert len(seen) == len(set(seen)) == 63


def test_taking_it_away_is_written_down_and_harmless(officer: ReadingClient, people: People) -> None:
    happened(people)
    count = select(func.count()).select_from(AuditEntry).where(AuditEntry.kind == "TrailTaken")
    before = db.session.scalar(count)
    book = officer.send("/office/audit/export?kind=TrailTaken", {"as": "xlsx"})
    sheet = openpyxl.load_workbook(io.BytesIO(book.data)).active
    assert sheet is not None
    assert sheet.max_row == 2
    db.session.rollback()
    assert db.session.scalar(count) == (before or 0) + 1
    told = officer.send("/office/audit/export?kind=TrailTaken", {"as": "csv"}).data.decode("utf-8-sig")
    assert len(told.splitlines()) == 3
    assert officer.send("/office/audit/export?since=x", {"as": "csv"}).status_code == 303
