"""Letters by choice and by the clock: at once, each morning, never; and quiet at night."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from email import message_from_bytes
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from marketplace.accounts.models import Person
from marketplace.foundation import clock
from marketplace.foundation.db import db, transaction
from marketplace.foundation.db.session import in_transaction
from marketplace.foundation.mail import Letter, LetterState, deliver_waiting
from marketplace.foundation.words import _l
from marketplace.inbox import queries, services
from marketplace.inbox.letters import LETTERS, TOPICS, letter, topic
from marketplace.inbox.quiet import Quiet
from marketplace.inbox.services import Contact, tell
from marketplace.inbox.states import How
from marketplace.inbox.tasks import send_digests
from tests.accounts.conftest import People
from tests.client import ReadingClient

KINDS = {"harvest.ripe": {}, "harvest.storm": {"urgent": True}, "bank.paid": {}}
NOON, NIGHT, LATE = (dt.datetime(2026, 11, 25, hour, 30) for hour in (12, 23, 20))


@pytest.fixture(autouse=True)
def _kinds() -> Iterator[None]:
    topic("harvest", _l("Orders"))
    topic("bank", _l("Money"), fixed=True)
    for kind, more in KINDS.items():
        letter(
            kind,
            subject=_l("Sign in"),
            sentence=_l("Remove %(name)s"),
            sample=lambda: {"name": "Lan"},
            **more,
        )
    yield
    for kind in KINDS:
        LETTERS.pop(kind)
    for name in ("harvest", "bank"):
        TOPICS.pop(name)


def at(wall: dt.datetime) -> Any:
    return time_machine.travel(clock.from_local(wall), tick=False)


def say(kind: str, key: str = "1", answer_by: dt.datetime | None = None, **to: Any) -> None:
    in_transaction(
        lambda: tell(kind=kind, url="/account", key=f"{kind}:{key}", answer_by=answer_by, name="Sen", **to)
    )


def posted() -> list[Letter]:
    return list(db.session.scalars(select(Letter).order_by(Letter.id)))


def sent() -> int:
    """How many letters left by now."""
    deliver_waiting()
    db.session.expire_all()
    return sum(one.state is LetterState.SENT for one in posted())


def choose(person: Person, how: dict[str, How], **hours: Any) -> None:
    quiet = {"kept": True, "begins": dt.time(21), "ends": dt.time(6), **hours}
    in_transaction(lambda: services.choose(person=person, how=how, by=person, **quiet))


# --- the clock alone --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("hour", "quiet"),
    [(20.99, False), (21, True), (23.5, True), (0, True), (5.99, True), (6, False), (12, False)],
)
def test_the_night_goes_over_midnight(hour: float, quiet: bool) -> None:
    moment = clock.from_local(dt.datetime(2026, 11, 25) + dt.timedelta(hours=hour))
    assert Quiet().holds(moment) is quiet


def test_what_is_written_at_night_comes_at_six() -> None:
    for hour, day in ((23, 26), (2, 25)):
        written = clock.from_local(dt.datetime(2026, 11, 25, hour))
        assert clock.to_local(Quiet().leaves(written)) == dt.datetime(2026, 11, day, 6, tzinfo=clock.LOCAL)


def test_hours_of_the_day_and_no_hours_at_all() -> None:
    noon = clock.from_local(NOON)
    assert Quiet(dt.time(12), dt.time(14)).holds(noon)
    assert not Quiet(dt.time(9), dt.time(9)).holds(noon)
    assert not Quiet(dt.time(12), dt.time(14), kept=False).holds(noon)


# --- letters ----------------------------------------------------------------------------------------


def test_letters_wait_until_the_morning_and_notices_do_not(people: People) -> None:
    with at(NIGHT):
        say("harvest.ripe", person_id=people.lan.id)
        assert queries.unread(people.lan) == 1
        assert sent() == 0
    with at(NIGHT + dt.timedelta(hours=6, minutes=29)):
        assert sent() == 0
    with at(NIGHT + dt.timedelta(hours=6, minutes=31)):
        assert sent() == 1


def test_by_day_they_come_at_once(people: People) -> None:
    with at(NOON):
        say("harvest.ripe", person_id=people.lan.id)
        assert sent() == 1


def test_urgent_letters_and_those_that_would_be_too_late_come_at_night(people: People) -> None:
    with at(NIGHT):
        say("harvest.storm", person_id=people.lan.id)
        soon, later = (clock.from_local(dt.datetime(2026, 11, 26, hour)) for hour in (7, 11))
        say("harvest.ripe", "soon", answer_by=soon, person_id=people.lan.id)
        say("harvest.ripe", "later", answer_by=later, person_id=people.lan.id)
        assert sent() == 2


def test_a_guest_who_ordered_at_night_hears_at_night(people: People) -> None:
    with at(NIGHT):
        say("harvest.ripe", contact=Contact(name="Khách", email="khach@thu.vn"))
        assert sent() == 1


def test_never_means_only_in_the_app(people: People) -> None:
    choose(people.lan, {"harvest": How.NEVER})
    with at(NOON):
        say("harvest.ripe", person_id=people.lan.id)
    assert (queries.unread(people.lan), posted()) == (1, [])


def test_one_letter_each_morning_gathers_what_was_not_read(people: People) -> None:
    choose(people.lan, {"harvest": How.DAILY})
    with at(NOON):
        for number in range(3):
            say("harvest.ripe", str(number), person_id=people.lan.id)
        notice = queries.notices_of(people.lan).rows[0]
        in_transaction(lambda: services.mark_read(person=people.lan, notice_id=notice.id))
        send_digests()
        assert posted() == []
    with at(NOON + dt.timedelta(hours=18)):
        send_digests()
        send_digests()
        (one,) = posted()
        assert one.recipient == "lan@thu.vn" and "2" in one.subject
        assert one.text.count("Bỏ Sen ra") == 2 and one.html.count("Bỏ Sen ra") == 2
        assert sent() == 1


def test_a_morning_without_news_has_no_letter(people: People) -> None:
    choose(people.lan, {"harvest": How.DAILY})
    with at(NOON):
        say("harvest.ripe", person_id=people.lan.id)
        in_transaction(lambda: services.mark_read(person=people.lan))
    with at(NOON + dt.timedelta(hours=18)):
        send_digests()
    assert posted() == []


def test_daily_is_not_too_late_for_an_answer(people: People) -> None:
    choose(people.lan, {"harvest": How.DAILY})
    with at(NOON):
        say("harvest.ripe", answer_by=clock.from_local(LATE), person_id=people.lan.id)
        assert sent() == 1


def test_money_cannot_be_switched_off(people: People) -> None:
    choose(people.lan, {"bank": How.NEVER})
    with transaction():
        people.lan.letters = False
    with at(NOON):
        say("bank.paid", person_id=people.lan.id)
        assert sent() == 1
    assert posted()[0].stop_url == ""


# --- the page and the foot of a letter --------------------------------------------------------------


def test_the_page_keeps_what_was_chosen(lan: ReadingClient, people: People) -> None:
    page = lan.get("/account/notices").get_data(as_text=True)
    assert 'name="how_orders"' in page and 'name="how_payments"' not in page
    chosen = {name.split('"')[0]: "at_once" for name in page.split('name="')[1:] if name.startswith("how_")}
    told = {**chosen, "how_harvest": "daily", "kept": "y", "begins": "22:00", "ends": "5:30"}
    assert lan.send("/account/notices", told).status_code == 303
    db.session.expire_all()
    assert queries.choices_of(people.lan)["harvest"] is How.DAILY
    assert queries.quiet_of(people.lan.id) == Quiet(dt.time(22), dt.time(5, 30))
    kept = lan.get("/account/notices").get_data(as_text=True)
    assert "Mỗi sáng một lá thư chung</small>" in kept and "Từ 22:00 đến 5:30" in kept, (
        "without opening anything"
    )
    same = lan.send("/account/notices", {**told, "ends": "22:00"})
    assert same.status_code == 422 and "hai mốc" in same.get_data(as_text=True)
    assert lan.send("/account/notices", {**told, "how_harvest": "loudly"}).status_code == 422
    assert lan.send("/account/notices", {**told, "begins": "bao giờ"}).status_code == 422


def test_nobody_chooses_for_others(client: ReadingClient) -> None:
    assert client.get("/account/notices").status_code == 303


def _stop_path() -> str:
    return posted()[-1].stop_url.removeprefix("http://localhost")


def test_one_press_at_the_foot_ends_letters_of_this_kind(
    app: Flask, client: ReadingClient, people: People, settings: Any
) -> None:
    with at(NOON):
        say("harvest.ripe", person_id=people.lan.id)
        path = _stop_path()
        assert path in posted()[-1].html
        assert sent() == 1
        assert client.get(path).status_code == 200  # looking ends nothing
        say("harvest.ripe", "2", person_id=people.lan.id)
        assert len(posted()) == 2
        # A mail program presses for its reader, and names no page it comes from.
        pressed = app.test_client().open(
            path,
            method="POST",
            data={"List-Unsubscribe": "One-Click"},
            headers={"Sec-Fetch-Site": "cross-site"},
        )
        assert pressed.status_code == 200
        say("harvest.ripe", "3", person_id=people.lan.id)
        say("bank.paid", person_id=people.lan.id)
        assert len(posted()) == 3
    written = next((settings.instance / "outbox").glob("*.eml"))
    headers = message_from_bytes(written.read_bytes())
    assert headers["List-Unsubscribe"] == f"<http://localhost{path}>"
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_a_guest_ends_letters_too(client: ReadingClient, people: People) -> None:
    guest = {"contact": Contact(name="Khách", email="Khach@thu.vn")}
    say("harvest.ripe", **guest)
    path = _stop_path()
    assert "Khach" not in path and "khach" not in path
    assert client.post(path).status_code == 200
    say("harvest.ripe", "2", **guest)
    assert len(posted()) == 1


def test_the_morning_letter_is_ended_as_a_whole(client: ReadingClient, people: People) -> None:
    choose(people.lan, {"harvest": How.DAILY})
    with at(NOON):
        say("harvest.ripe", person_id=people.lan.id)
    with at(NOON + dt.timedelta(hours=18)):
        send_digests()
        assert client.post(_stop_path()).status_code == 200
    assert queries.choices_of(people.lan) == {"harvest": How.NEVER}


def test_an_invented_key_ends_nothing(client: ReadingClient) -> None:
    assert client.post("/letters/stop/WyJvcmRlcnMiLCIiLCIiXQ.invented").status_code == 404
