"""What a course costs and who pays; what those who came think of it; an application told on the telephone."""

from __future__ import annotations

import datetime as dt

import pytest
from flask import Flask
from sqlalchemy import select

from marketplace.foundation import clock
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Refusal
from marketplace.foundation.money import Money
from marketplace.helping import services as helping
from marketplace.helping.states import Matter
from marketplace.inbox import queries as inbox
from marketplace.inbox.models import Notice
from marketplace.programmes import evaluating, queries, services, tasks
from marketplace.programmes.models import Course, CourseEvaluation
from marketplace.programmes.services import Cost, Named
from marketplace.programmes.services.application import ENTRY
from marketplace.programmes.services.choosing import Wish
from marketplace.programmes.states.cost import Funder
from marketplace.programmes.states.evaluation import Question
from marketplace.selection import queries as selection
from marketplace.selection.reference import load_rules
from marketplace.selection.states import ApplicationState, Checked, Decision, Entered
from tests.client import ReadingClient
from tests.programmes.test_course import applied, decided, open_course
from tests.world import World

OFFICER, DIRECTOR = "officer@demo.vn", "donglac@demo.vn"
HUNG = "Ông Hùng, giám đốc"
GOOD = {Question.USEFUL: 5, Question.CLEAR: 4, Question.ARRANGED: 5, Question.APPLIED: 4}


@pytest.fixture
def course(world: World) -> Course:
    with transaction():
        load_rules()
    return open_course(world, in_days=3)


def held(world: World, course: Course) -> dt.datetime:
    """Two people chosen, one of them with an account and one without; both were there. When it was over."""
    director = Named(world.director.name, person_id=world.director.id)
    asked = applied(course, world.dong_lac, world.director, "Trần Thị Mai")
    decided(course, {asked.id: Wish(Decision.APPROVE)}, world.officer)
    with transaction():
        one = queries.asked_of(asked.id)
        assert one is not None
        one.participants[0].phone = "+84912345678"
    people = queries.participants_of(course.id)
    end = clock.start_of_day(course.last_day) + dt.timedelta(hours=17)
    with clock.standing_at(end), transaction():
        ids = [each.id for each in people]
        services.tick(course=course, day=course.last_day, listed=ids, present=ids, by=world.officer)
    assert director.person_id
    return end


def marks(of: dict[Question, int]) -> dict[str, str]:
    return {str(question): str(mark) for question, mark in of.items()}


def test_costs_are_added_up_by_who_pays(world: World, course: Course, client: ReadingClient) -> None:
    client.sign_in(OFFICER)
    path = f"/office/courses/{course.slug}/costs"
    told = {
        "costs-rows": "3",
        "costs0-what": "Giảng viên", "costs0-amount": "6.000.000", "costs0-funder": "budget",
        "costs1-what": "Bữa trưa", "costs1-amount": "3.500.000", "costs1-funder": "sponsor",
        "costs1-named": "Agribank",
        "costs2-what": "Xe", "costs2-amount": "chín", "costs2-funder": "budget",
    }  # fmt: skip
    assert client.send(path, told).status_code == 422, "not a sum"
    assert not queries.cost.of_course(course.id)
    assert client.send(path, told | {"costs2-amount": "2 triệu"}).status_code == 303
    year = course.first_day.year
    found = queries.cost.by_funder(dt.date(year, 1, 1), dt.date(year, 12, 31))
    assert found == {Funder.BUDGET: Money(8_000_000), Funder.SPONSOR: Money(3_500_000)}
    for page in (f"/office/courses/{course.slug}", path):
        assert "Giảng viên" in client.get(page).text
    assert "11.500.000" in client.get(f"/office/courses/{course.slug}").text
    with transaction():
        services.set_costs(
            course=course, lines=[Cost("Hội trường", Money(1_000_000), Funder.OWN)], by=world.officer
        )
    assert queries.cost.by_funder(dt.date(year, 1, 1), dt.date(year, 12, 31)) == {
        Funder.OWN: Money(1_000_000)
    }
    with transaction():
        services.cancel_course(course=course, reason="Bão", by=world.officer)
    assert not queries.cost.by_funder(dt.date(year, 1, 1), dt.date(year, 12, 31)), "it was not held"
    with pytest.raises(Refusal), transaction():
        services.set_costs(course=course, lines=[], by=world.officer)


def test_the_link_says_it_once_and_without_a_name(
    world: World, course: Course, client: ReadingClient, app: Flask
) -> None:
    end = held(world, course)
    (participant,) = queries.participants_of(course.id)
    path = evaluating.path_for(participant)
    told = marks(GOOD) | {"words": "Cô giáo giảng dễ hiểu."}
    assert "Trần Thị Mai" not in path
    assert client.send(path, told).status_code == 422, "the course is not over"
    with clock.standing_at(end):
        assert client.get(path).status_code == 200
        assert client.get(f"/en{path}").status_code == 200
        assert client.send(path, told | {"useful": ""}).status_code == 422
        assert client.send(path, told | {"useful": "9"}).status_code == 422
        assert client.send(path, told).status_code == 303
        assert "Cảm ơn" in client.get(path).text
        assert client.send(path, told | {"useful": "1"}).status_code == 200, "said once"
        assert client.get(path[:-3] + "xyz").status_code == 404
        client.sign_in(OFFICER)
        seen = client.get(f"/office/courses/{course.slug}/evaluation").text
        assert "Cô giáo giảng dễ hiểu." in seen and "4,5" not in seen and "Trần Thị Mai" not in seen
    said = queries.evaluation.said_of(course.id)
    assert said[Question.USEFUL].marks == {5: 1} and said[Question.CLEAR].mean == 4
    with pytest.raises(Refusal), clock.standing_at(end), transaction():
        services.evaluate(participant=participant, marks=GOOD)
    with pytest.raises(Refusal), clock.standing_at(end + dt.timedelta(days=90)), transaction():
        services.evaluate(participant=participant, marks=GOOD)


def test_an_officer_enters_what_was_told(world: World, course: Course, client: ReadingClient) -> None:
    end = held(world, course)
    (participant,) = queries.participants_of(course.id)
    here = f"/office/courses/{course.slug}/evaluation"
    with clock.standing_at(end):
        client.sign_in(OFFICER)
        assert "Trần Thị Mai" in client.get(here).text, "has not answered: to be called"
        assert client.get(f"{here}/{participant.id}").status_code == 200
        assert client.get(f"{here}/9999").status_code == 404
        told = marks(GOOD) | {"words": "", "entered": "phone"}
        assert client.send(f"{here}/{participant.id}", told).status_code == 303
    said = db.session.scalars(select(CourseEvaluation)).one()
    assert (said.entered, said.by_id) == (Entered.PHONE, world.officer.id)


def test_whoever_came_is_asked_once_the_day_after(world: World, course: Course) -> None:
    end = held(world, course)
    with clock.standing_at(end):
        tasks.course.ask_for_words()
    assert not _asked(), "it is still the last day"
    with clock.standing_at(end + dt.timedelta(days=1)):
        tasks.course.ask_for_words()
        tasks.course.ask_for_words()
    (notice,) = _asked()
    assert notice.kind == "courses.words_of_others" and notice.person_id == world.director.id


def _asked() -> list[Notice]:
    db.session.expire_all()
    return [*db.session.scalars(select(Notice).where(Notice.kind.startswith("courses.words")))]


def test_an_application_told_on_the_telephone(world: World, course: Course, client: ReadingClient) -> None:
    call = queries.call_of(course)
    assert call is not None
    rules = [each.id for each in selection.rules_for(call) if each.checked is Checked.DECLARED]
    client.sign_in(OFFICER)
    path = f"/office/courses/{course.slug}/told"
    told = {
        "cooperative": "Đồng Lạc", "entered": "phone", "told_by": HUNG, "people-rows": "1",
        "people0-name": "Trần Thị Mai", "people0-post": "kế toán", "people0-key_officer": "y",
        **{f"rule_{rule}": "y" for rule in rules},
    }  # fmt: skip
    assert client.get(path).status_code == 200
    assert client.send(path, told | {"told_by": ""}).status_code == 422, "nobody told it, no delegation"
    assert client.send(path, told | {"cooperative": "Không Có"}).status_code == 422
    assert client.send(path, told | {"people0-name": ""}).status_code == 422, "nobody is named"
    assert not queries.asking(course.id), "nothing is left of what was refused"
    assert client.send(path, told).status_code == 303
    (asked,) = queries.asking(course.id)
    assert asked.application.state is ApplicationState.SUBMITTED
    assert (asked.application.entered, asked.application.told_by) == (Entered.PHONE, HUNG)
    entry = inbox.newest_about(ENTRY, asked.application_id)
    assert entry is not None and entry.waits and "Trần Thị Mai" in entry.what_vi
    client.sign_in(DIRECTOR)
    assert HUNG in client.get(f"/desk/courses/{course.slug}").text


def test_by_delegation_nobody_need_have_told_it(world: World, course: Course) -> None:
    with transaction():
        helping.give_delegation(
            cooperative=world.dong_lac,
            matter=Matter.COURSES,
            officer=None,
            last_day=clock.today() + dt.timedelta(days=9),
            by=world.director,
        )
    call = queries.call_of(course)
    assert call is not None
    met = {each.id: True for each in selection.rules_for(call) if each.checked is Checked.DECLARED}
    with transaction():
        asked = services.tell_application(
            course=course,
            cooperative=world.dong_lac,
            people=[Named("Trần Thị Mai")],
            met=met,
            by=world.officer,
        )
    assert "ủy quyền" in asked.application.told_by
