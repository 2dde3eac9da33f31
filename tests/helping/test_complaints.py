"""Complaints to the alliance: their clock, who reads them, the answer, the one appeal, the count of a year."""

from __future__ import annotations

import datetime as dt

import pytest
from flask import Flask
from sqlalchemy import select

from marketplace import config
from marketplace.foundation import clock
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Refusal
from marketplace.foundation.morning import QUEUES
from marketplace.foundation.opening import working_days_after
from marketplace.helping import policies, queries, services, tasks
from marketplace.helping.models import AllianceComplaint
from marketplace.helping.states import ComplaintState, Topic
from marketplace.inbox.models import Notice
from tests.client import ReadingClient, another
from tests.world import World

C = ComplaintState
HOUSEHOLD, OFFICER = "household@demo.vn", "officer@demo.vn"


def told(world: World, kind: str) -> list[Notice]:
    query = select(Notice).where(Notice.person_id == world.household.id, Notice.kind == kind)
    return [*db.session.scalars(query)]


def complained(world: World) -> AllianceComplaint:
    with transaction():
        return services.complain(
            topic=Topic.FAIR,
            words="Gian hàng bị đổi chỗ mà không báo trước",
            person=world.household,
            against=world.dong_lac.organisation,
            by=world.household,
        )


def answered(world: World) -> AllianceComplaint:
    complaint = complained(world)
    with transaction():
        services.confirm(complaint=complaint, by=world.officer)
        services.answer(complaint=complaint, words="Đã xếp lại gian hàng", by=world.officer)
    return complaint


def test_the_clock_runs_from_the_day_it_came(world: World) -> None:
    complaint, today, days = complained(world), clock.today(), config.current()
    assert complaint.confirm_by == working_days_after(today, days.complaint_confirm_days)
    assert complaint.due_on == today + dt.timedelta(days=days.complaint_days) and not complaint.is_late
    assert complaint.year == today.year and not queries.late_complaints()
    with clock.standing_at(clock.start_of_day(complaint.confirm_by + dt.timedelta(days=1))):
        assert complaint.is_late and [each.id for each in queries.late_complaints()] == [complaint.id]
    with pytest.raises(Refusal), transaction():
        services.answer(complaint=complaint, words="Sớm quá", by=world.officer)
    db.session.refresh(complaint)
    with transaction():
        services.confirm(complaint=complaint, by=world.officer)
    assert complaint.state is C.WORKING and complaint.assigned_to_id == world.officer.id
    assert told(world, "helping.confirmed")


def test_an_answer_an_appeal_once_and_the_end(world: World) -> None:
    complaint = answered(world)
    assert told(world, "helping.answered") and policies.may_appeal(world.household, complaint)
    with pytest.raises(Refusal), transaction():
        services.appeal(complaint=complaint, words=" ", by=world.household)
    with transaction():
        services.appeal(complaint=complaint, words="Vẫn ở góc khuất", by=world.household)
    assert complaint.state is C.REOPENED
    with transaction():
        services.answer(complaint=complaint, words="Đã xếp gian ở cổng", by=world.officer)
    assert (complaint.answer, complaint.second_answer) == ("Đã xếp lại gian hàng", "Đã xếp gian ở cổng")
    with pytest.raises(Refusal), transaction():
        services.appeal(complaint=complaint, words="Nữa", by=world.household)
    db.session.refresh(complaint)
    assert not policies.may_appeal(world.household, complaint)
    with transaction():
        services.close(complaint=complaint, by=world.officer)
    with pytest.raises(Refusal), transaction():
        services.withdraw(complaint=complaint, by=world.household)


def test_silence_closes_an_answer(world: World) -> None:
    complaint = answered(world)
    tasks.close_silent_complaints()
    assert db.session.get_one(AllianceComplaint, complaint.id).state is C.ANSWERED
    with clock.standing_at(clock.now() + dt.timedelta(days=config.current().complaint_silence_days + 1)):
        tasks.close_silent_complaints()
    assert db.session.get_one(AllianceComplaint, complaint.id).state is C.CLOSED


def test_a_year_is_counted_with_what_was_late(world: World) -> None:
    answered(world)
    late = complained(world)
    with transaction():
        services.confirm(complaint=late, by=world.officer)
    with clock.standing_at(clock.start_of_day(late.due_on + dt.timedelta(days=1))), transaction():
        services.answer(complaint=late, words="Xin lỗi vì muộn", by=world.officer)
    taken_back = complained(world)
    with transaction():
        services.withdraw(complaint=taken_back, by=world.household)
    (year,) = queries.complaints_by_year()
    assert (year.year, year.topic) == (late.year, Topic.FAIR)
    assert (year.received, year.answered, year.in_time, year.reopened) == (2, 2, 1, 0)


def test_the_same_form_sent_twice_is_one_complaint(world: World, client: ReadingClient) -> None:
    client.sign_in(HOUSEHOLD)
    told = {"once": "mot-lan", "topic": "officer", "words": "Gọi ba lần không ai nghe", "organisation": ""}
    assert client.send("/account/complaints/new", told | {"words": ""}).status_code == 422
    assert client.send("/account/complaints/new", told | {"against": "không có"}).status_code == 422
    assert client.send("/account/complaints/new", told).status_code == 303
    assert client.send("/account/complaints/new", told).status_code in (409, 422)
    (complaint,) = db.session.scalars(select(AllianceComplaint))
    assert complaint.person_id == world.household.id and complaint.against_id is None


def test_only_who_complained_and_the_officers_read_it(
    world: World, client: ReadingClient, app: Flask
) -> None:
    complaint = complained(world)
    mine, there = f"/account/complaints/{complaint.ref}", f"/office/complaints/{complaint.ref}"
    accused = another(app)
    accused.sign_in("donglac@demo.vn")
    assert accused.get(mine).status_code == 404 and accused.get(there).status_code == 404
    assert "Gian hàng" not in accused.get("/account/complaints").get_data(as_text=True)
    client.sign_in(HOUSEHOLD)
    for page in (mine, "/account/complaints", "/account/complaints/new"):
        assert client.get(page).status_code == 200
    officer = another(app)
    officer.sign_in(OFFICER)
    assert "Đồng Lạc" in officer.get(there).get_data(as_text=True)
    assert officer.send(f"{there}/confirmation").status_code == 303
    assert officer.send(f"{there}/assignment", {"officer": world.officer.ref}).status_code == 303
    assert officer.send(f"{there}/answer", {"answer": ""}).status_code == 422
    assert officer.send(f"{there}/answer", {"answer": "Đã xếp lại"}).status_code == 303
    assert client.send(f"{mine}/appeal", {"words": ""}).status_code == 422
    assert client.send(f"{mine}/appeal", {"words": "Chưa được"}).status_code == 303
    assert officer.send(f"{there}/answer", {"answer": "Đã đổi gian"}).status_code == 303
    assert "Đã đổi gian" in client.get(mine).get_data(as_text=True)
    assert officer.send(f"{there}/closing").status_code == 303
    for page in ("", "?tab=answered", "?tab=ended", "/years", "/new"):
        assert officer.get(f"/office/complaints{page}").status_code == 200


def test_an_officer_writes_down_what_somebody_told(world: World, client: ReadingClient) -> None:
    client.sign_in(OFFICER)
    told = {
        "name": "Bà Tư", "phone": "0912 000 111", "email": "", "topic": "trade", "words": "Hàng thiếu cân",
        "against": "Thăng Long", "about": "DH-1", "about_url": "https://elsewhere.example",
    }  # fmt: skip
    assert client.send("/office/complaints/new", told | {"name": ""}).status_code == 422
    assert client.send("/office/complaints/new", told).status_code == 303
    (complaint,) = db.session.scalars(select(AllianceComplaint))
    assert complaint.against_id == world.kinh_mon.organisation_id and complaint.about_url == ""
    assert complaint.entered_by_id == world.officer.id and complaint.person_id is None
    there = f"/office/complaints/{complaint.ref}"
    assert client.send(f"{there}/confirmation").status_code == 303
    assert client.send(f"{there}/answer", {"answer": "Đã bù hàng"}).status_code == 303
    assert client.send(f"{there}/appeal", {"words": "Vẫn thiếu"}).status_code == 303
    db.session.refresh(complaint)
    assert complaint.state is C.REOPENED


def test_the_morning_tells_the_clock_that_runs(app: Flask, world: World) -> None:
    """Until receipt is confirmed the first day counts, then that of the answer; once answered nothing waits."""
    complaint, rows = complained(world), QUEUES["alliance-complaints"].rows

    def waiting() -> list[tuple[str, dt.date | None]]:
        with app.test_request_context("/office"):
            return [(each.key, each.due_on) for each in rows(world.officer, 200, None).rows]

    assert waiting() == [(complaint.ref, complaint.confirm_by)]
    with transaction():
        services.confirm(complaint=complaint, by=world.officer)
    assert waiting() == [(complaint.ref, complaint.due_on)]
    with transaction():
        services.answer(complaint=complaint, words="Đã xếp lại gian hàng", by=world.officer)
    assert waiting() == []


def test_somebody_without_an_organisation_complains_with_what_the_page_asks(client, world) -> None:
    """The page asks them for no organisation, so none is sent."""
    client.sign_in("household@demo.vn")
    assert 'name="organisation"' not in client.get("/account/complaints/new").get_data(as_text=True)
    sent = client.send(
        "/account/complaints/new", {"topic": "fair", "words": "Gian hàng bị đổi chỗ", "once": "a" * 24}
    )
    assert sent.status_code == 303
    assert "Gian hàng bị đổi chỗ" in client.get(sent.location).get_data(as_text=True)
