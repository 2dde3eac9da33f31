"""A course from its call to the certificate; forty applications decided together; what the targets ask of it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from marketplace.cooperatives.models import Cooperative
from marketplace.documents.models import IssuedDocument
from marketplace.foundation import clock
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Conflict, Refusal
from marketplace.inbox.models import Notice
from marketplace.places.models import AdminUnit
from marketplace.programmes import queries, services, tasks
from marketplace.programmes.models import Attendance, Course
from marketplace.programmes.services import CourseFacts, Named
from marketplace.programmes.services.choosing import HELD_FOR, Wish
from marketplace.programmes.states import CourseKind, CourseState
from marketplace.selection import queries as selection
from marketplace.selection import services as applications
from marketplace.selection.models import Application
from marketplace.selection.reference import load_rules
from marketplace.selection.states import ApplicationState, Checked, Decision
from tests.client import ReadingClient, another
from tests.fairs.hall import newcomer
from tests.statements import queries_sent
from tests.world import World

A = ApplicationState
DAY = dt.timedelta(days=1)


def open_course(
    world: World, *, seats: int = 3, in_days: int = 5, kind: CourseKind = CourseKind.COURSE
) -> Course:
    """Announced, of two days, with a call that is open until tomorrow evening."""
    province = db.session.scalars(
        select(AdminUnit).where(AdminUnit.level == 1, AdminUnit.valid_to.is_(None))
    ).first()
    first, now = clock.today() + dt.timedelta(days=in_days), clock.now()
    with transaction():
        course = services.draft_course(
            facts=CourseFacts(
                kind=kind,
                name_vi="Tập huấn kế toán hợp tác xã",
                name_en="Bookkeeping for cooperatives",
                first_day=first,
                last_day=first + DAY,
                seats=seats,
                venue="Hội trường Liên minh",
                province_id=province.id if province is not None else None,
                least_percent=100,
            ),
            by=world.officer,
        )
        services.keep_call(course=course, opens_at=now - DAY, closes_at=now + DAY, by=world.officer)
        services.announce_course(course=course, by=world.officer)
    return course


def applied(course: Course, cooperative: Cooperative, by: Any, *names: str) -> Application:
    with transaction():
        asked = services.begin(course=course, cooperative=cooperative, by=by)
        people = [Named(each, key_officer=True) for each in names]
        services.name_participants(asked=asked, people=people, by=by)
        met = {
            rule.id: True
            for rule in selection.rules_for(asked.application.call)
            if rule.checked is Checked.DECLARED
        }
        applications.declare(application=asked.application, met=met, numbers={}, by=by)
        applications.submit(application=asked.application, by=by)
    return asked.application


def decided(course: Course, wishes: dict[int, Wish | None], officer: Any) -> None:
    """Prepared, looked at, sent after its minutes."""
    with transaction():
        services.prepare(course=course, wishes=wishes, by=officer)
    with transaction():
        services.schedule(course=course, previewed=shown(course), by=officer)
    with clock.standing_at(clock.now() + HELD_FOR + dt.timedelta(seconds=1)):
        tasks.course.send_what_is_due()
    db.session.expire_all()


def shown(course: Course) -> str:
    call = queries.call_of(course)
    assert call is not None
    return selection.digest(selection.previewed(call))


def test_from_the_call_to_the_certificate(app: Flask, world: World, client: ReadingClient) -> None:
    with transaction():
        load_rules()
    course = open_course(world)
    call = queries.call_of(course)
    assert call is not None
    desk, office = f"/desk/courses/{course.slug}", f"/office/courses/{course.slug}"
    assert course.name_vi in client.get("/courses").get_data(as_text=True)
    assert client.get(f"/courses/{course.slug}").status_code == 200
    assert client.get(f"/en/courses/{course.slug}").status_code == 200

    client.sign_in("donglac@demo.vn")
    assert course.name_vi in client.get("/desk/courses").get_data(as_text=True)
    assert client.get(desk).status_code == 200
    assert client.send(desk).headers["Location"].endswith("/people")
    assert client.get(f"{desk}/people").status_code == 200
    odd = client.send(
        f"{desk}/people", {"people-rows": "1", "people0-post": "kế toán", "people0-phone": "12"}
    )
    assert odd.status_code == 303  # a line without a name does not count
    refused = client.send(
        f"{desk}/people", {"people-rows": "1", "people0-name": "Mai", "people0-phone": "12"}
    )
    assert refused.status_code == 422 or "Mai" in refused.get_data(as_text=True)
    people = {
        "people-rows": "2",
        "people0-who": str(world.director.id),
        "people0-post": "giám đốc",
        "people0-key_officer": "y",
        "people1-name": "Trần Thị Mai",
        "people1-post": "kế toán",
    }
    assert client.send(f"{desk}/people", people).headers["Location"].endswith("/conditions")
    assert client.get(f"{desk}/conditions").status_code == 200
    rules = [rule for rule in selection.rules_for(call) if rule.checked is Checked.DECLARED]
    client.send(f"{desk}/conditions", {f"rule_{rule.id}": "yes" for rule in rules})
    assert client.send(f"{desk}/handing-in").status_code == 303
    application = selection.live_application(call.id, world.dong_lac.id)
    assert application is not None and application.state is A.SUBMITTED

    officer = another(app)
    officer.sign_in("officer@demo.vn")
    assert officer.get("/office/courses").status_code == 200
    assert officer.get(office).status_code == 200
    assert "Trần Thị Mai" in officer.get(f"{office}/choosing?proposal=1").get_data(as_text=True)
    assert officer.get(f"/office/selection/applications/{application.ref}").status_code == 200
    assert officer.get(f"/office/selection/calls/{call.ref}").status_code == 200
    chosen = officer.send(f"{office}/choosing", {f"decision_{application.id}": "approve"})
    assert chosen.headers["Location"].endswith("/letters")
    assert "Trần Thị Mai" in officer.get(f"{office}/choosing/letters").get_data(as_text=True)
    officer.send(f"{office}/choosing/letters", {"previewed": shown(course)})
    db.session.expire_all()
    assert application.state is A.ELIGIBLE  # nobody reads it for ten minutes
    assert officer.get(f"{office}/choosing").status_code == 200
    with clock.standing_at(clock.now() + HELD_FOR):
        tasks.course.send_what_is_due()
    db.session.expire_all()
    assert application.state is A.APPROVED
    assert db.session.scalar(select(Notice.id).where(Notice.kind == "courses.chosen"))

    director, mai = queries.participants_of(course.id)[0:2]
    for turn, day in enumerate(course.days, start=1):
        with clock.standing_at(clock.start_of_day(day) + dt.timedelta(hours=9)):
            later = another(app)
            later.sign_in("officer@demo.vn")
            assert later.get(f"{office}/days/{turn}").status_code == 200
            here = [director.id, mai.id] if turn == 1 else [director.id]
            ticked = {"listed": [director.id, mai.id], "present": here}
            assert later.send(f"{office}/days/{turn}", ticked).status_code == 303
            if turn == 2:
                assert later.send(f"{office}/certificates").status_code == 303
                assert later.get(office).status_code == 200
                assert later.get(f"{office}/people.xlsx").status_code == 200
    db.session.expire_all()
    paper = db.session.scalars(
        select(IssuedDocument).where(IssuedDocument.kind == "programmes.certificate")
    ).one()  # who came one day of two has none
    assert paper.content["to"]["name"] == world.director.name
    check = another(app).get(f"/documents/{paper.ref}/check").get_data(as_text=True)
    assert paper.number in check and course.name_vi in check and world.director.name not in check
    assert client.get(f"/documents/{paper.ref}").status_code == 200
    assert paper.number in client.get(desk).get_data(as_text=True)
    rival = another(app)
    rival.sign_in("kinhmon@demo.vn")
    assert rival.get(f"/documents/{paper.ref}").status_code in (403, 404)
    last = course.last_day
    assert queries.trained_key_officers(course.first_day, last) == 1
    assert set(queries.attendances_per_person(course.first_day, last).values()) == {1}
    assert len(queries.attendances_per_person(course.first_day, last)) == 2
    assert queries.attendances_per_person(last + DAY, last + DAY) == {}


def test_forty_are_decided_together_held_back_and_sent(world: World) -> None:
    course = open_course(world, seats=25)
    asked = [applied(course, newcomer(), world.director, f"Nguyễn Văn {number:02d}") for number in range(40)]
    proposal = services.propose(course)
    assert [*proposal.values()].count(Decision.APPROVE) == 25
    assert [*proposal.values()].count(Decision.WAITLIST) == 15
    with pytest.raises(Refusal, match="40"), transaction():
        services.prepare(
            course=course, wishes={each.id: Wish(Decision.APPROVE) for each in asked}, by=world.officer
        )
    db.session.expire_all()
    assert {each.state for each in asked} == {A.SUBMITTED}  # all or none

    wishes: dict[int, Wish | None] = {id: Wish(each) for id, each in proposal.items()}
    wishes[asked[-1].id] = Wish(Decision.REJECT, "Lớp dành cho kế toán")
    with transaction():
        assert services.prepare(course=course, wishes=wishes, by=world.officer) == 40
    with pytest.raises(Conflict), transaction():
        services.schedule(course=course, previewed="0" * 64, by=world.officer)
    with transaction():
        services.schedule(course=course, previewed=shown(course), by=world.officer)
    with transaction():
        services.hold_back(course=course, by=world.officer)
    with clock.standing_at(clock.now() + HELD_FOR * 2):
        tasks.course.send_what_is_due()
    db.session.expire_all()
    assert not db.session.scalars(select(Notice.id).where(Notice.kind.startswith("courses."))).all()
    with pytest.raises(Refusal), transaction():
        services.hold_back(course=course, by=world.officer)

    decided(course, {}, world.officer)
    states = [each.state for each in asked]
    assert (states.count(A.APPROVED), states.count(A.WAITLISTED), states.count(A.REJECTED)) == (25, 14, 1)
    assert {each.batch_id for each in asked} == {asked[0].batch_id}

    waiting = next(each for each in asked if each.state is A.WAITLISTED)
    with pytest.raises(Refusal), transaction():
        services.take_from_list(course=course, application=waiting, by=world.officer)
    gone = next(each for each in asked if each.state is A.APPROVED)
    with transaction():
        applications.withdraw(application=gone, reason="bận mùa", by=world.director)
    with transaction():
        services.take_from_list(course=course, application=waiting, by=world.officer)
    assert waiting.state is A.APPROVED


def test_what_changed_meanwhile_stops_the_letters(world: World) -> None:
    course = open_course(world)
    asked = applied(course, world.dong_lac, world.director, "Trần Thị Mai")
    with transaction():
        services.prepare(course=course, wishes={asked.id: Wish(Decision.APPROVE)}, by=world.officer)
        services.schedule(course=course, previewed=shown(course), by=world.officer)
    with transaction():
        applications.withdraw(application=asked, reason="bận", by=world.director)
    with clock.standing_at(clock.now() + HELD_FOR * 2):
        tasks.course.send_what_is_due()
        tasks.course.send_what_is_due()
    db.session.expire_all()
    assert queries.waiting_sending(course.id) is None
    assert db.session.scalar(select(Notice.id).where(Notice.kind == "courses.stopped"))
    assert asked.state is A.WITHDRAWN


def test_ticking_twice_says_the_same_and_only_on_its_days(world: World) -> None:
    course = open_course(world)
    asked = applied(course, world.dong_lac, world.director, "Trần Thị Mai", "Lê Văn An")
    decided(course, {asked.id: Wish(Decision.APPROVE)}, world.officer)
    ids = [each.id for each in queries.participants_of(course.id)]
    tick = {"course": course, "listed": ids, "by": world.officer}
    with pytest.raises(Refusal), transaction():
        services.tick(day=course.first_day, present=ids, **tick)
    with clock.standing_at(clock.start_of_day(course.last_day) + dt.timedelta(hours=20)):
        with pytest.raises(Refusal), transaction():
            services.tick(day=course.last_day + DAY, present=ids, **tick)
        for _again in range(2):
            with transaction():
                assert services.tick(day=course.first_day, present=ids, **tick) == 2
        with transaction():
            assert services.tick(day=course.first_day, present=ids[:1], **tick) == 1
        with pytest.raises(Refusal), transaction():
            services.issue_certificates(course=course, by=world.officer)
        with transaction():
            services.tick(day=course.last_day, present=ids[:1], **tick)
        with transaction():
            assert services.issue_certificates(course=course, by=world.officer) == 1
        with pytest.raises(Refusal), transaction():
            services.issue_certificates(course=course, by=world.officer)
        with transaction():
            services.close_course(course=course, by=world.officer)
        with pytest.raises(Refusal), transaction():
            services.tick(day=course.last_day, present=[], **tick)
    assert db.session.query(Attendance).count() == 4


def test_a_tour_has_a_destination_and_counts_once(world: World) -> None:
    facts = {
        "kind": CourseKind.TOUR,
        "name_vi": "Tham quan",
        "first_day": clock.today(),
        "last_day": clock.today(),
    }
    with pytest.raises(Refusal), transaction():
        services.draft_course(facts=CourseFacts(**facts, seats=5), by=world.officer)
    first = open_course(world, kind=CourseKind.TOUR)
    open_course(world, kind=CourseKind.TOUR)
    assert queries.destinations(first.first_day, first.last_day) == []  # not held yet
    with clock.standing_at(clock.start_of_day(first.last_day + DAY)):
        assert [each.id for each in queries.destinations(first.first_day, first.last_day)] == [
            first.province_id
        ]


def test_called_off_with_a_reason_everybody_is_told(world: World) -> None:
    course = open_course(world)
    applied(course, world.dong_lac, world.director, "Trần Thị Mai")
    with pytest.raises(Refusal), transaction():
        services.cancel_course(course=course, reason=" ", by=world.officer)
    with transaction():
        services.cancel_course(course=course, reason="Bão", by=world.officer)
    assert course.state is CourseState.CANCELLED
    assert db.session.scalar(select(Notice.id).where(Notice.kind == "courses.cancelled"))


def test_names_are_checked(world: World) -> None:
    course = open_course(world)
    with transaction():
        asked = services.begin(course=course, cooperative=world.dong_lac, by=world.director)
    for people in ([Named("Mai"), Named("mai")], [Named("", person_id=world.rival.id)]):
        with pytest.raises(Refusal), transaction():
            services.name_participants(asked=asked, people=people, by=world.director)
    with pytest.raises(Refusal), transaction():
        applications.submit(application=asked.application, by=world.director)


def test_pages_of_lists_cost_the_same_for_many(world: World, client: ReadingClient) -> None:
    course = open_course(world, seats=60)
    client.sign_in("officer@demo.vn")
    counts = []
    for begin, end in ((0, 2), (2, 12)):
        for number in range(begin, end):
            applied(course, newcomer(), world.director, f"Nguyễn Văn {number:02d}")
        client.get(f"/office/courses/{course.slug}/choosing?proposal=1")
        with queries_sent() as sent:
            assert client.get(f"/office/courses/{course.slug}/choosing?proposal=1").status_code == 200
        counts.append(len(sent))
    assert counts[0] == counts[1]
