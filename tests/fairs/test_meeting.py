"""Meetings of buyers and exhibitors: wishes, a timetable without clashes, letters, changes, results."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from icalendar import Calendar
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from marketplace.accounts import services as accounts
from marketplace.accounts.models import Organisation, Person
from marketplace.accounts.states import OrganisationKind, Role
from marketplace.fairs import meeting_table, queries, services
from marketplace.fairs.invariants.meeting import CHECKS
from marketplace.fairs.meeting_board import board
from marketplace.fairs.meeting_states import MeetingResult, MeetingRoundState, MeetingState
from marketplace.fairs.models import Meeting, MeetingGuest, MeetingRound
from marketplace.fairs.states import FairState
from marketplace.fairs.tasks import compute_meetings, find_waiting_timetables
from marketplace.foundation import clock
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Conflict, Refusal
from marketplace.foundation.reference import random_ref
from marketplace.inbox.models import Notice
from tests.client import ReadingClient
from tests.fairs.hall import Fairground, applied, fairground, standing
from tests.world import PASSWORD, World

BIGMART, KITCHEN = "bigmart@demo.vn", "kitchen@demo.vn"


@dataclass
class Morning:
    """A round of six slots of 20 minutes with a break, two tables; two buyers, two stands."""

    ground: Fairground
    round: MeetingRound
    bigmart: Person
    kitchen: Person
    buyers: list[Organisation]

    def guest(self, name: str) -> MeetingGuest:
        return next(each for each in queries.meeting_guests(self.round.id) if name in each.name)

    def wish(self, name: str, *wished: str, away: tuple[str, ...] = (), by: Any) -> None:
        with transaction():
            services.wish_to_meet(
                guest=self.guest(name),
                wished=[self.guest(each) for each in wished],
                away=[dt.time.fromisoformat(at) for at in away],
                by=by,
            )

    def computed(self, by: Any) -> None:
        with transaction():
            services.ask_for_timetable(round=self.round, by=by)
        compute_meetings(self.round.id)

    def published(self, by: Any) -> None:
        self.computed(by)
        with transaction():
            services.publish_timetable(round=self.round, by=by)

    def seats(self) -> list[tuple[str, str, str, int]]:
        db.session.rollback()
        return [
            (f"{each.starts:%H:%M}", each.buyer.name, each.exhibitor.name, each.table_no)
            for each in queries.meetings_of(self.round.id)
        ]


def told(ground: Fairground, **more: Any) -> dict[str, Any]:
    """A round on the first day, 8:30–11:00 with a break from 9:30 to 10:00."""
    return {
        "day": ground.fair.first_day,
        "opens": dt.time(8, 30),
        "closes": dt.time(11),
        "minutes": 20,
        "tables": 2,
        "breaks": [["09:30", "10:00"]],
        "place": "Phòng kết nối",
        "most_wishes": 10,
        "wishes_until": clock.now() + dt.timedelta(days=20),
        **more,
    }


def a_buyer(name: str, email: str, phone: str) -> tuple[Organisation, Person]:
    with transaction():
        person = accounts.create_person(name=f"Người của {name}", phone=phone, email=email, password=PASSWORD)
        organisation = accounts.create_organisation(kind=OrganisationKind.BUYER, name=name, by=person)
        accounts.add_member(organisation=organisation, person=person, role=Role.DIRECTOR, by=person)
    return organisation, person


@pytest.fixture
def morning(world: World) -> Morning:
    ground = fairground(world, booths=6, state=FairState.PUBLISHED)
    for code, seller, by in (("A01", world.dong_lac, world.director), ("A03", world.kinh_mon, world.rival)):
        standing(ground, applied(ground, seller, by=by), ground.booth(code))
    mart, bigmart = a_buyer("Siêu thị BigMart", BIGMART, "+84912000051")
    cook, kitchen = a_buyer("Bếp ăn Sao Đỏ", KITCHEN, "+84912000052")
    db.session.expire_all()
    with transaction():
        round = services.plan_meetings(fair=ground.fair, **told(ground), by=world.officer)
        services.open_meetings(round=round, by=world.officer)
        services.join_meetings(round=round, organisation=mart, by=bigmart)
        services.join_meetings(round=round, organisation=cook, by=kitchen)
    return Morning(ground, round, bigmart, kitchen, [mart, cook])


@pytest.fixture
def wished(world: World, morning: Morning) -> Morning:
    """BigMart and Đồng Lạc wish each other; BigMart wishes Thăng Long; the kitchen wishes Đồng Lạc, early only."""
    morning.wish("BigMart", "Đồng Lạc", "Thăng Long", by=morning.bigmart)
    morning.wish("Đồng Lạc", "BigMart", by=world.director)
    morning.wish("Bếp", "Đồng Lạc", away=("09:10", "10:00", "10:20", "10:40"), by=morning.kitchen)
    return morning


def letters(kind: str) -> list[int]:
    query = select(Notice.person_id).where(Notice.kind == f"meetings.{kind}")
    return sorted(db.session.scalars(query))


def broken() -> dict[str, int]:
    return {number: count for number, (_sentence, check) in CHECKS.items() if (count := check())}


# --- planning and wishes ----------------------------------------------------------------------------


def test_slots_follow_each_other_and_never_run_into_a_break(morning: Morning) -> None:
    assert [f"{at:%H:%M}" for at in morning.round.slots] == [
        "08:30",
        "08:50",
        "09:10",
        "10:00",
        "10:20",
        "10:40",
    ]


def test_a_round_that_cannot_be_is_refused_beside_its_field(world: World, morning: Morning) -> None:
    ground = morning.ground
    for field, odd in (
        ("day", {"day": ground.fair.first_day - dt.timedelta(days=1)}),
        ("closes", {"closes": dt.time(8)}),
        ("minutes", {"minutes": 200}),
        ("until_day", {"wishes_until": clock.now() + dt.timedelta(days=80)}),
        ("opens", {"opens": dt.time(10, 59), "closes": dt.time(12)}),
    ):
        with pytest.raises(Refusal) as refused, transaction():
            services.plan_meetings(fair=ground.fair, **told(ground, **odd), by=world.officer)
        assert refused.value.field == field
        db.session.rollback()
    with transaction():
        services.plan_meetings(
            fair=ground.fair, **told(ground, opens=dt.time(11), closes=dt.time(12)), by=world.officer
        )


def test_opening_invites_every_confirmed_stand_and_every_buyer(world: World, morning: Morning) -> None:
    assert letters("invited") == sorted(
        [world.director.id, world.rival.id, morning.bigmart.id, morning.kitchen.id]
    )
    assert [guest.buys for guest in queries.meeting_guests(morning.round.id)] == [True, True, False, False]


def test_wishes_cross_the_aisle_and_end_with_their_time(world: World, morning: Morning) -> None:
    with pytest.raises(Refusal, match="Bên mua gặp"):
        morning.wish("BigMart", "Bếp", by=morning.bigmart)
    db.session.rollback()
    with transaction():
        services.change_meetings(
            round=morning.round,
            **told(morning.ground, wishes_until=clock.now() - dt.timedelta(minutes=1)),
            by=world.officer,
        )
    with pytest.raises(Refusal, match="hết hạn"):
        morning.wish("BigMart", "Đồng Lạc", by=morning.bigmart)
    db.session.rollback()
    with transaction():
        services.wish_to_meet(
            guest=morning.guest("BigMart"),
            wished=[morning.guest("Đồng Lạc")],
            away=[],
            by=world.officer,
            late=True,
        )
    assert len(queries.wishes_of_round(morning.round.id)) == 1


def test_whoever_takes_no_part_is_not_met(world: World, wished: Morning) -> None:
    with transaction():
        services.leave_meetings(guest=wished.guest("Đồng Lạc"), by=world.director)
    wished.computed(world.officer)
    assert {seat[2] for seat in wished.seats()} == {"HTX Thăng Long"}
    assert broken() == {}


# --- the timetable ----------------------------------------------------------------------------------


def test_the_timetable_has_no_clash_and_keeps_to_hours(world: World, wished: Morning) -> None:
    wished.computed(world.officer)
    seats = wished.seats()
    assert {(buyer, exhibitor) for _at, buyer, exhibitor, _table in seats} == {
        ("Siêu thị BigMart", "HTX Đồng Lạc"),
        ("Siêu thị BigMart", "HTX Thăng Long"),
        ("Bếp ăn Sao Đỏ", "HTX Đồng Lạc"),
    }
    assert {at for at, buyer, *_rest in seats if "Bếp" in buyer} <= {"08:30", "08:50"}
    assert broken() == {}
    figures = wished.round.figures
    assert (figures["mutual"], figures["met"], figures["wishes"], figures["exact"]) == (1, 4, 4, True)
    assert letters("published") == [], "nobody is told before it is published"


def test_the_same_wishes_give_the_same_timetable(world: World, wished: Morning) -> None:
    wished.computed(world.officer)
    first = wished.seats()
    wished.computed(world.officer)
    assert wished.seats() == first


def test_a_wish_that_is_not_met_has_its_reason(world: World, wished: Morning) -> None:
    every = tuple(f"{at:%H:%M}" for at in wished.round.slots)
    wished.wish("Bếp", "Đồng Lạc", away=every, by=wished.kitchen)
    wished.computed(world.officer)
    unmet = board(wished.round).unmet
    assert [(each.guest.name, each.other.name) for each in unmet] == [("Bếp ăn Sao Đỏ", "HTX Đồng Lạc")]
    assert "không có giờ nào" in str(unmet[0].why)


def test_wishes_that_change_while_it_is_computed_are_computed_again(
    world: World, wished: Morning, app: Flask, drain: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    compute, seen = meeting_table.compute, []

    def slow(wanted: Any, **more: Any) -> Any:
        seen.append(wanted)
        if len(seen) == 1:
            wished.wish("BigMart", by=wished.bigmart)
        return compute(wanted, **more)

    monkeypatch.setattr(meeting_table, "compute", slow)
    with transaction():
        services.ask_for_timetable(round=wished.round, by=world.officer)
    compute_meetings(wished.round.id)
    assert wished.seats() == [] and wished.round.asked_at is not None
    drain()
    assert len(seen) == 2 and len(wished.seats()) == 2


def test_a_lost_wake_up_is_found_again(world: World, wished: Morning, drain: Callable[[], int]) -> None:
    with transaction():
        services.ask_for_timetable(round=wished.round, by=world.officer)
        wished.round.asked_at = clock.now() - dt.timedelta(minutes=10)
    find_waiting_timetables()
    drain()
    assert len(wished.seats()) == 3


def test_everybody_learns_of_their_own_meetings(world: World, wished: Morning) -> None:
    wished.published(world.officer)
    assert letters("published") == sorted(
        [world.director.id, world.rival.id, wished.bigmart.id, wished.kitchen.id]
    )
    mine = db.session.scalars(
        select(Notice).where(Notice.kind == "meetings.published", Notice.person_id == wished.kitchen.id)
    ).one()
    assert "HTX Đồng Lạc" in mine.sentence_vi and "Thăng Long" not in mine.sentence_vi
    with pytest.raises(Refusal), transaction():
        services.publish_timetable(round=wished.round, by=world.officer)


# --- changes ----------------------------------------------------------------------------------------


def test_a_moved_meeting_is_told_to_both_and_to_nobody_else(world: World, wished: Morning) -> None:
    wished.published(world.officer)
    meeting = next(each for each in queries.meetings_of(wished.round.id) if "Bếp" in each.buyer.name)
    with pytest.raises(Refusal) as refused, transaction():
        services.move_meeting(
            meeting=meeting, starts=dt.time(10, 40), table_no=1, reason="Đến muộn", by=world.officer
        )
    assert refused.value.field == "starts", "the kitchen said it cannot"
    db.session.rollback()
    meeting = next(
        each for each in queries.meetings_of(wished.round.id) if "Thăng Long" in each.exhibitor.name
    )
    with transaction():
        services.move_meeting(
            meeting=meeting, starts=dt.time(10, 40), table_no=2, reason="Đến muộn", by=world.officer
        )
    assert letters("moved") == sorted([world.rival.id, wished.bigmart.id])
    assert ("10:40", "Siêu thị BigMart", "HTX Thăng Long", 2) in wished.seats()
    assert broken() == {}


def test_nobody_is_moved_onto_somebody(world: World, wished: Morning) -> None:
    wished.published(world.officer)
    one, other = [each for each in queries.meetings_of(wished.round.id) if "BigMart" in each.buyer.name]
    with pytest.raises(Conflict), transaction():
        services.move_meeting(
            meeting=one, starts=other.starts, table_no=3 - other.table_no, reason="Thử", by=world.officer
        )
    assert broken() == {}


@pytest.mark.parametrize("double", ["table", "buyer", "exhibitor"])
def test_the_table_itself_refuses_a_clash(world: World, wished: Morning, double: str) -> None:
    wished.computed(world.officer)
    first = queries.meetings_of(wished.round.id)[0]
    buyers = [each for each in queries.meeting_guests(wished.round.id) if each.buys]
    sellers = [each for each in queries.meeting_guests(wished.round.id) if not each.buys]
    other_buyer = next(each for each in buyers if each.id != first.buyer_id)
    other_seller = next(each for each in sellers if each.id != first.exhibitor_id)
    for each in queries.meetings_of(wished.round.id)[1:]:
        db.session.delete(each)
    db.session.flush()
    db.session.add(
        Meeting(
            ref=random_ref(),
            round_id=wished.round.id,
            starts=first.starts,
            table_no=first.table_no if double == "table" else 2 + first.table_no,
            buyer_id=first.buyer_id if double == "buyer" else other_buyer.id,
            exhibitor_id=first.exhibitor_id if double == "exhibitor" else other_seller.id,
            made_at=clock.now(),
        )
    )
    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()


def test_what_is_called_off_frees_the_table_and_only_the_free_is_filled(
    world: World, wished: Morning
) -> None:
    wished.published(world.officer)
    before = wished.seats()
    dropped = next(
        each for each in queries.meetings_of(wished.round.id) if "Thăng Long" in each.exhibitor.name
    )
    with transaction():
        services.cancel_meeting(meeting=dropped, reason="Ốm", by=world.rival)
    assert letters("cancelled") == sorted([world.rival.id, wished.bigmart.id])
    wished.computed(world.officer)
    after = wished.seats()
    assert set(after) == {seat for seat in before if seat[2] != "HTX Thăng Long"}, "told ones never move"
    assert wished.round.state is MeetingRoundState.PUBLISHED
    why = next(each for each in board(wished.round).unmet if "Thăng Long" in each.other.name).why
    assert "đã bị huỷ" in str(why)
    assert broken() == {}


def test_a_buyer_who_comes_late_is_put_in_and_told_with_the_next_publication(
    world: World, wished: Morning
) -> None:
    with transaction():
        services.leave_meetings(guest=wished.guest("BigMart"), by=wished.bigmart)
    wished.published(world.officer)
    taken = {(at, table) for at, _buyer, _exhibitor, table in wished.seats()}
    busy = {at for at, buyer, exhibitor, _table in wished.seats() if "Bếp" in buyer or "Thăng" in exhibitor}
    at, table = next(
        (at, table)
        for at in ("08:30", "08:50")
        for table in (1, 2)
        if (at, table) not in taken and at not in busy
    )
    with transaction():
        late = services.put_meeting(
            round=wished.round,
            buyer=wished.guest("Bếp"),
            exhibitor=wished.guest("Thăng Long"),
            starts=dt.time.fromisoformat(at),
            table_no=table,
            by=world.officer,
        )
    count = len(letters("published"))
    assert late.told_at is None
    with transaction():
        assert services.publish_timetable(round=wished.round, by=world.officer) == 1
    assert len(letters("published")) == count + 2
    assert broken() == {}


def test_a_cancelled_round_tells_all_and_ends_all(world: World, wished: Morning) -> None:
    wished.published(world.officer)
    with transaction():
        services.cancel_meetings(round=wished.round, reason="Bão số 5", by=world.officer)
    assert wished.seats() == []
    assert len(letters("round_cancelled")) == 4
    assert broken() == {}


def test_a_result_is_noted_afterwards_by_one_of_the_two(world: World, wished: Morning) -> None:
    wished.published(world.officer)
    meeting = queries.meetings_of(wished.round.id)[0]
    with pytest.raises(Refusal), transaction():
        services.note_result(meeting=meeting, result=MeetingResult.OFFER, words="", by=world.director)
    db.session.rollback()
    after = clock.from_local(dt.datetime.combine(wished.round.day, dt.time(12)))
    with clock.standing_at(after), transaction():
        services.note_result(
            meeting=meeting, result=MeetingResult.OFFER, words="5 tấn mỗi tuần", by=world.director
        )
    assert meeting.state is MeetingState.HELD and meeting.noted_by_id == world.director.id


def test_invariants_see_what_services_would_never_do(world: World, wished: Morning) -> None:
    wished.computed(world.officer)
    meeting = queries.meetings_of(wished.round.id)[0]
    with transaction():
        meeting.starts = dt.time(9, 30)
    assert broken() == {"M2": 1}
    with transaction():
        meeting.table_no = 9
        meeting.starts = wished.round.slots[-1]
        wished.guest(meeting.buyer.name).away = ["10:40"]
    assert broken() == {"M2": 1, "M3": 1}


# --- pages ------------------------------------------------------------------------------------------


def address(morning: Morning, side: str = "office") -> str:
    return f"/{side}/fairs/{morning.ground.fair.slug}/meetings/{morning.round.ref}"


def test_an_officer_plans_opens_computes_and_publishes(
    world: World, wished: Morning, client: ReadingClient, drain: Callable[[], int]
) -> None:
    client.sign_in("officer@demo.vn")
    fair = wished.ground.fair
    base = f"/office/fairs/{fair.slug}/meetings"
    assert "Siêu thị" not in client.get(base).text
    odd = client.send(
        f"{base}/new", {"day": str(fair.first_day), "opens": "13h", "closes": "12h", "tables": "x"}
    )
    assert odd.status_code == 422 and "13h" in odd.text
    made = client.send(
        f"{base}/new",
        {
            "day": str(fair.first_day),
            "opens": "13:30",
            "closes": "16:00",
            "minutes": "15",
            "tables": "4",
            "break_1_from": "14:30",
            "break_1_until": "14:45",
            "most_wishes": "5",
            "until_day": clock.today().strftime("%d/%m/%Y"),
            "until_time": "23:59",
        },
    )
    assert made.status_code == 303
    here = address(wished)
    assert "BigMart" in client.get(here).text
    assert client.send(f"{here}/computation").status_code == 303
    waiting = client.get(here)
    assert waiting.headers["Refresh"].startswith("2;")
    drain()
    db.session.rollback()
    page = client.get(here).text
    assert "Siêu thị BigMart" in page and "Công bố" in page
    assert client.send(f"{here}/publication").status_code == 303
    for path in ("", "/print", "/print?sort=tables", "/print?sort=guests"):
        assert client.get(here + path).status_code == 200
    assert client.get(f"{here}/sheet").status_code == 200
    assert client.send(f"{here}/pdf", {"sort": "guests"}).status_code == 303
    meeting = queries.meetings_of(wished.round.id)[0]
    one = f"{here}/meetings/{meeting.ref}"
    assert client.get(one).status_code == 200
    refused = client.send(one, {"starts": "08:30", "table_no": "9", "reason": "Vì vậy"})
    assert refused.status_code == 422 and "Vì vậy" in refused.text
    assert client.send(f"{one}/cancellation", {"reason": "Ốm"}).status_code == 303


def test_both_sides_choose_on_their_own_pages(world: World, morning: Morning, client: ReadingClient) -> None:
    client.sign_in("donglac@demo.vn")
    here = address(morning, "desk")
    page = client.get(here).text
    assert "Siêu thị BigMart" in page and "HTX Thăng Long" not in page
    mart, cook = morning.guest("BigMart"), morning.guest("Bếp")
    twice = client.send(here, {f"wish_{mart.id}": "1", f"wish_{cook.id}": "1"})
    assert twice.status_code == 422 and "mỗi thứ tự" in twice.text.lower()
    done = client.send(here, {f"wish_{mart.id}": "2", f"wish_{cook.id}": "1", "away": ["08:30"]})
    assert done.status_code == 303
    wishes = queries.wishes_of_round(morning.round.id)
    assert [(each.to_id, each.rank) for each in wishes] == [(cook.id, 1), (mart.id, 2)]
    assert morning.guest("Đồng Lạc").away == ["08:30"]
    client.post("/sign-out", data={"csrf_token": client.token()})
    client.sign_in(BIGMART)
    assert morning.ground.fair.name_vi in client.get("/buyer/fairs").text
    assert "HTX Đồng Lạc" in client.get(address(morning, "buyer")).text


def test_published_meetings_are_read_taken_along_and_called_off(
    world: World, wished: Morning, client: ReadingClient
) -> None:
    wished.published(world.officer)
    client.sign_in(KITCHEN)
    here = address(wished, "buyer")
    page = client.get(here).text
    assert "HTX Đồng Lạc" in page and "Thăng Long" not in page
    taken = client.get(f"{here}/calendar.ics")
    events: list[Any] = list(Calendar.from_ical(taken.data).walk("VEVENT"))
    assert taken.mimetype == "text/calendar" and len(events) == 1
    meeting = queries.told_meetings(wished.guest("Bếp").id)[0]
    begins = clock.from_local(dt.datetime.combine(wished.round.day, meeting.starts))
    assert events[0]["DTSTART"].dt == begins and str(events[0]["STATUS"]) == "CONFIRMED"
    one = f"{here}/{meeting.ref}"
    assert client.get(one).status_code == 200
    early = client.send(one, {"result": "offer"})
    assert early.status_code == 422
    assert client.send(f"{one}/cancellation", {"reason": ""}).status_code == 422
    assert client.send(f"{one}/cancellation", {"reason": "Xe hỏng"}).status_code == 303
    assert "Xe hỏng" in client.get(here).text
    gone: Any = Calendar.from_ical(client.get(f"{here}/calendar.ics").data).walk("VEVENT")[0]
    assert str(gone["STATUS"]) == "CANCELLED" and int(gone["SEQUENCE"]) == 1


def test_meetings_of_others_do_not_exist(world: World, wished: Morning, client: ReadingClient) -> None:
    wished.published(world.officer)
    foreign = next(
        each for each in queries.meetings_of(wished.round.id) if "Thăng Long" in each.exhibitor.name
    )
    client.sign_in("donglac@demo.vn")
    assert client.get(f"{address(wished, 'desk')}/{foreign.ref}").status_code == 404
    assert client.get(address(wished)).status_code == 404, "the office's page"
    client.post("/sign-out", data={"csrf_token": client.token()})
    client.sign_in("household@demo.vn")
    assert client.get(address(wished, "buyer")).status_code == 403
    assert client.get(address(wished, "desk")).status_code == 403


def test_a_cooperative_without_a_stand_takes_no_part(world: World, client: ReadingClient) -> None:
    ground = fairground(world, booths=6, state=FairState.PUBLISHED)
    with transaction():
        round = services.plan_meetings(fair=ground.fair, **told(ground), by=world.officer)
        services.open_meetings(round=round, by=world.officer)
    client.sign_in("donglac@demo.vn")
    assert client.get(f"/desk/fairs/{ground.fair.slug}/meetings/{round.ref}").status_code == 404
