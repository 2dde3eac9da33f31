"""The trail of everything: who finds what in it, who may, and that taking it away is part of it."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import Any

import openpyxl
import pytest
from flask import Flask
from sqlalchemy import func, select

from marketplace.accounts import services, writing
from marketplace.accounts.models import Organisation, TrailExport
from marketplace.accounts.services import trail as trail_services
from marketplace.accounts.states import Desk, Role
from marketplace.accounts.tasks import (
    find_waiting_trail_exports,
    forget_trail_exports,
    write_trail_export,
)
from marketplace.foundation import clock
from marketplace.foundation.audit import AuditEntry, Sought, acting_for, trail
from marketplace.foundation.db import db, transaction
from marketplace.foundation.media import store
from marketplace.foundation.media.queries import private_names
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


def test_links_carry_public_names_where_there_are_some(officer: ReadingClient, people: People) -> None:
    happened(people)
    page = text_of(officer, kind="TrailTaken")
    assert f"subject=person&amp;number={people.minh.ref}" in page
    assert f"number={people.minh.id}&" not in page and f'number={people.minh.id}"' not in page
    told = "7 dòng"
    assert told in text_of(officer, subject="person", number=people.minh.ref)
    assert told not in text_of(officer, subject="person", number=people.lan.ref)
    assert officer.get("/office/audit?subject=person&number=khong-co").status_code == 200
    assert officer.get("/office/audit?subject=nothing&number=abc").status_code == 200
    csv = officer.send("/office/audit/export?kind=TrailTaken", {"as": "csv"}).data.decode("utf-8-sig")
    assert f"person:{people.minh.ref}" in csv


def exports() -> list[TrailExport]:
    db.session.rollback()
    return list(db.session.scalars(select(TrailExport).order_by(TrailExport.id)))


def kinds() -> list[str]:
    db.session.rollback()
    wanted = select(AuditEntry.kind).where(AuditEntry.kind.like("Trail%")).order_by(AuditEntry.id)
    return list(db.session.scalars(wanted))


def test_all_of_it_is_written_by_the_worker(
    officer: ReadingClient, people: People, drain: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "BATCH", 4)
    happened(people, times=9)
    answer = officer.send("/office/audit/exports?kind=TrailTaken")
    assert answer.status_code == 303
    (wanted,) = exports()
    here = f"/office/audit/exports/{wanted.ref}"
    assert answer.headers["Location"].endswith(here)
    assert (wanted.lines, wanted.state) == (9, "waiting")
    happened(people, times=2)
    page = officer.get(here)
    assert "Refresh" in page.headers and "0/9" in page.get_data(as_text=True)
    assert officer.send(f"{here}/file").status_code == 404
    seen: list[int] = []
    real = services.note_export_progress

    def noted(*, export_id: int, done: int) -> bool:
        seen.append(done)
        return real(export_id=export_id, done=done)

    monkeypatch.setattr(services, "note_export_progress", noted)
    drain()
    assert seen == [4, 8, 9]
    (ready,) = exports()
    assert (ready.state, ready.done) == ("ready", 9)
    page = officer.get(here)
    assert "Refresh" not in page.headers
    assert here in officer.get("/office/audit").get_data(as_text=True)
    file = officer.send(f"{here}/file")
    assert file.mimetype == "application/zip" and "no-store" in file.headers["Cache-Control"]
    with zipfile.ZipFile(io.BytesIO(file.data)) as parts:
        lines = parts.read("nhat-ky.csv").decode("utf-8-sig").splitlines()
    assert len(lines) == 10 and all(f"person:{people.minh.ref}" in line for line in lines[1:])
    assert kinds()[-1] == "TrailExportTaken" and "TrailExportWanted" in kinds()
    assert ready.name in private_names() and store.private().exists(ready.name)
    with clock.standing_at(clock.now() + dt.timedelta(days=8)):
        forget_trail_exports()
        assert exports() == []


def test_nothing_and_too_much_are_said_and_a_reader_takes_nothing(
    officer: ReadingClient, people: People, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    happened(people, times=3)
    nothing = officer.send("/office/audit/exports?kind=TrailTaken&since=2001-01-01&until=2001-01-02")
    assert nothing.status_code == 422 and exports() == []
    monkeypatch.setattr(trail_services, "MOST_LINES", 2)
    much = officer.send("/office/audit/exports?kind=TrailTaken")
    assert much.status_code == 422 and exports() == []
    monkeypatch.undo()
    for _ in range(3):
        assert officer.send("/office/audit/exports?kind=TrailTaken").status_code == 303
    assert officer.send("/office/audit/exports?kind=TrailTaken").status_code == 422
    with transaction():
        who = services.create_person(name="Lãnh đạo", email="dan@lm.vn", password=PASSWORD)
        house = services.alliance(name="")
        services.add_member(organisation=house, person=who, role=Role.OFFICER, desks=[Desk.LEADERSHIP])
    leader = app.test_client()
    leader.sign_in("dan@lm.vn", PASSWORD)
    one = exports()[0]
    assert leader.get(f"/office/audit/exports/{one.ref}").status_code == 200
    assert leader.send(f"/office/audit/exports/{one.ref}/file").status_code == 403
    assert leader.send("/office/audit/exports").status_code == 403


def test_a_file_whose_writing_was_cut_off_is_written_again(
    officer: ReadingClient, people: People, drain: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    happened(people, times=3)
    officer.send("/office/audit/exports?kind=TrailTaken")
    (wanted,) = exports()
    find_waiting_trail_exports()
    assert drain() == 1
    (ready,) = exports()
    assert ready.state == "ready"
    write_trail_export(wanted.id)
    officer.send("/office/audit/exports?kind=TrailTaken")
    monkeypatch.setattr(writing, "zipped", lambda *_: 1 / 0)
    drain()
    assert [one.state for one in exports()] == ["ready", "failed"]
    assert "Refresh" not in officer.get(f"/office/audit/exports/{exports()[1].ref}").headers
    monkeypatch.undo()
    officer.send("/office/audit/exports?kind=TrailTaken")
    with transaction():
        late = db.session.get_one(TrailExport, exports()[2].id)
        late.touched_at = clock.now() - dt.timedelta(minutes=5)
    find_waiting_trail_exports()
    drain()
    assert [one.state for one in exports()] == ["ready", "failed", "ready"]
