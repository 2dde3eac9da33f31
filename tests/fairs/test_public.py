"""Fairs as everybody sees them: pages, calendar feed, share card, search, first page."""

from __future__ import annotations

import datetime as dt
import io
import json
import re
from typing import Any

import pytest
from icalendar import Calendar
from PIL import Image

from marketplace.fairs import services, shown, tasks
from marketplace.fairs.models import Fair
from marketplace.fairs.states import FairState
from marketplace.foundation import clock, formats
from marketplace.foundation.clock import LOCAL
from marketplace.foundation.db import transaction
from marketplace.foundation.words import in_language
from tests.client import ReadingClient
from tests.fairs.hall import fairground
from tests.statements import queries_sent
from tests.world import World

DAY = dt.timedelta(days=1)


def text(client: ReadingClient, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.get_data(as_text=True)


def moved(fair: Fair, by: Any, days: int = 7, reason: str = "Sân còn ngập") -> None:
    with transaction():
        services.move_fair(
            fair=fair,
            first_day=fair.first_day + days * DAY,
            last_day=fair.last_day + days * DAY,
            reason=reason,
            by=by,
        )


@pytest.mark.parametrize("language", ["", "/en"])
def test_the_list_and_a_page_in_both_languages(client: ReadingClient, world: World, language: str) -> None:
    ground = fairground(
        world,
        call_is_open=True,
        theme_vi="Ngọt lành",
        theme_en="Sweet and clean",
        rules_vi="Giữ vệ sinh",
        story_vi="Có nếm thử",
    )
    assert f"/fairs/{ground.fair.slug}" in text(client, f"{language}/fairs")
    page = text(client, f"{language}/fairs/{ground.fair.slug}")
    assert ("Sweet and clean" if language else "Ngọt lành") in page
    assert formats.weekday_date(ground.fair.first_day, "en" if language else "vi") in page
    assert "Giữ vệ sinh" in page and "Có nếm thử" in page
    assert formats.date_time(ground.call.closes_at, "en" if language else "vi") in page


def test_past_fairs_are_found_by_year(client: ReadingClient, world: World) -> None:
    old = fairground(world, in_days=-400, state=FairState.REPORTED)
    recent = fairground(world, in_days=-30, state=FairState.PUBLISHED)
    coming = fairground(world)
    page = text(client, "/fairs")
    assert all(f"/fairs/{each.fair.slug}" in page for each in (old, recent, coming))
    of_year = text(client, f"/fairs?year={old.fair.first_day.year}")
    assert old.fair.slug in of_year and coming.fair.slug not in of_year
    assert client.get("/fairs?year=zwölf&after=odd").status_code == 200


def test_drafts_are_nowhere(client: ReadingClient, world: World) -> None:
    draft = fairground(world, state=FairState.DRAFT).fair
    with transaction():
        services.cancel_fair(fair=draft, reason="Chưa có kinh phí", by=world.officer)
    hidden = fairground(world, state=FairState.DRAFT).fair
    for fair in (draft, hidden):
        for path in (f"/fairs/{fair.slug}", f"/fairs/{fair.slug}.ics", f"/share/fair/{fair.slug}.jpg"):
            assert client.get(path).status_code == 404
        for path in ("/", "/fairs", "/fairs.ics", "/sitemap.xml", "/search?q=hoi+cho"):
            assert fair.slug not in text(client, path)


def test_a_page_follows_a_move_at_once_and_says_it_for_good(client: ReadingClient, world: World) -> None:
    fair = fairground(world).fair
    before = fair.first_day
    text(client, f"/fairs/{fair.slug}")
    moved(fair, world.officer)
    page = text(client, f"/fairs/{fair.slug}")
    assert "Sân còn ngập" in page and formats.date(before) in page
    with clock.standing_at(clock.now() + 200 * DAY):
        assert "Sân còn ngập" in text(client, f"/fairs/{fair.slug}")


def test_a_fair_called_off_says_so_for_good(client: ReadingClient, world: World) -> None:
    fair = fairground(world, announced_at=clock.now()).fair
    with transaction():
        services.cancel_fair(fair=fair, reason="Dịch tả lợn", by=world.officer)
    with transaction():
        services.archive_fair(fair=fair, by=world.officer)
    page = text(client, f"/fairs/{fair.slug}")
    assert "Dịch tả lợn" in page and "EventCancelled" in page
    assert fair.slug not in text(client, "/")


def test_search_engines_read_an_event(client: ReadingClient, world: World) -> None:
    fair = fairground(world, theme_vi="Ngọt & lành </script><b>").fair
    page = text(client, f"/fairs/{fair.slug}")
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)[1])
    assert data["startDate"] == f"{fair.first_day.isoformat()}T08:00:00+07:00"
    assert (data["eventStatus"], data["location"]["name"]) == (
        "https://schema.org/EventScheduled",
        fair.venue,
    )
    assert data["description"] == "Ngọt & lành </script><b>"


def test_a_call_that_closes_closes_on_the_page(client: ReadingClient, world: World) -> None:
    ground = fairground(world, call_is_open=True)
    tasks.turn_phases()
    path = f"/fairs/{ground.fair.slug}"
    closes = formats.date(ground.call.closes_at)
    assert f"Nhận đơn đến {closes}" in text(client, path)
    with clock.standing_at(ground.call.closes_at + dt.timedelta(minutes=2)):
        tasks.turn_phases()
        assert f"Nhận đơn đến {closes}" not in text(client, path)


# --- calendars --------------------------------------------------------------------------------------


def calendar_of(client: ReadingClient, path: str) -> Calendar:
    answer = client.get(path)
    assert (answer.status_code, answer.mimetype) == (200, "text/calendar")
    return Calendar.from_ical(answer.data)


def test_the_feed_knows_days_hours_place_and_time_zone(client: ReadingClient, world: World) -> None:
    fair = fairground(world).fair
    calendar = calendar_of(client, "/fairs.ics")
    zone = next(iter(calendar.walk("VTIMEZONE")))
    assert str(zone["TZID"]) == "Asia/Ho_Chi_Minh"
    event = next(iter(calendar.walk("VEVENT")))
    assert event["DTSTART"].params["TZID"] == "Asia/Ho_Chi_Minh"
    assert event.decoded("dtstart") == dt.datetime.combine(fair.first_day, dt.time(8), tzinfo=LOCAL)
    assert event.decoded("dtend") == dt.datetime.combine(fair.first_day, dt.time(21), tzinfo=LOCAL)
    assert event["RRULE"]["COUNT"] == [4] and event["RRULE"]["FREQ"] == ["DAILY"]
    assert (event["SEQUENCE"], str(event["STATUS"])) == (0, "CONFIRMED")
    assert "Quảng trường Xứ Đông" in str(event["LOCATION"])
    assert str(event["URL"]).endswith(f"/fairs/{fair.slug}")


def test_other_hours_reach_the_calendars_of_people(client: ReadingClient, world: World) -> None:
    fair = fairground(world, announced_at=clock.now() - DAY).fair
    path = f"/fairs/{fair.slug}.ics"
    first = next(iter(calendar_of(client, path).walk("VEVENT")))
    told = services.FairFacts(
        kind=fair.kind, name_vi=fair.name_vi, organisers=fair.organisers, opens=dt.time(9)
    )
    with clock.standing_at(clock.now() + dt.timedelta(minutes=5)):
        for _again in range(2):
            with transaction():
                services.change_fair(fair=fair, facts=told, by=world.officer)
        second = next(iter(calendar_of(client, path).walk("VEVENT")))
    assert [int(each["SEQUENCE"]) for each in (first, second)] == [0, 1]
    assert second.decoded("dtstart").time() == dt.time(9)
    assert second.decoded("last-modified") > first.decoded("last-modified")


def test_a_moved_fair_keeps_its_uid_and_raises_its_sequence(client: ReadingClient, world: World) -> None:
    fair = fairground(world, announced_at=clock.now()).fair
    path = f"/fairs/{fair.slug}.ics"
    first = next(iter(calendar_of(client, path).walk("VEVENT")))
    moved(fair, world.officer)
    second = next(iter(calendar_of(client, path).walk("VEVENT")))
    moved(fair, world.officer, reason="Lại mưa")
    with transaction():
        services.cancel_fair(fair=fair, reason="Mưa mãi", by=world.officer)
    third = next(iter(calendar_of(client, "/fairs.ics").walk("VEVENT")))
    assert str(first["UID"]) == str(second["UID"]) == str(third["UID"])
    assert [int(each["SEQUENCE"]) for each in (first, second, third)] == [0, 1, 3]
    assert [str(each["STATUS"]) for each in (second, third)] == ["CONFIRMED", "CANCELLED"]
    assert second.decoded("dtstart") - first.decoded("dtstart") == 7 * DAY
    assert "Mưa mãi" in str(third["DESCRIPTION"])


def test_two_fairs_never_share_a_uid_and_the_feed_speaks_english(client: ReadingClient, world: World) -> None:
    grounds = [fairground(world), fairground(world), fairground(world, in_days=-300)]
    events = list(calendar_of(client, "/en/fairs.ics").walk("VEVENT"))
    assert len({str(each["UID"]) for each in events}) == len(events) == 2
    assert {str(each["SUMMARY"]) for each in events} == {ground.fair.name_en for ground in grounds[:2]}


# --- around -----------------------------------------------------------------------------------------


def test_the_first_page_tells_of_the_next_fair(client: ReadingClient, world: World) -> None:
    assert 'id="fair"' not in text(client, "/")
    far, near = fairground(world, in_days=90).fair, fairground(world, in_days=20).fair
    page = text(client, "/")
    assert f"/fairs/{near.slug}" in page and f"/fairs/{far.slug}" not in page


def test_search_finds_a_fair_without_marks(client: ReadingClient, world: World) -> None:
    fair = fairground(world).fair
    with transaction():
        services.change_fair(
            fair=fair,
            facts=services.FairFacts(
                kind=fair.kind, name_vi="Tuần lễ nông sản Chí Linh", organisers=fair.organisers
            ),
            by=world.officer,
        )
    assert f"/fairs/{fair.slug}" in text(client, "/search?q=nong+san+chi+linh")
    assert f"/fairs/{fair.slug}" not in text(client, "/search?q=nong+san+kinh+mon")


def test_the_site_map_and_the_menu_know_fairs(client: ReadingClient, world: World) -> None:
    fair = fairground(world).fair
    assert f"/fairs/{fair.slug}</loc>" in text(client, "/sitemap.xml")
    assert 'href="/fairs"' in text(client, "/")


def test_a_fair_has_a_card_that_changes_with_its_days(client: ReadingClient, world: World) -> None:
    fair = fairground(world).fair
    path = f"/share/fair/{fair.slug}.jpg"
    assert f"{path}" in text(client, f"/fairs/{fair.slug}")
    first = client.get(path)
    assert Image.open(io.BytesIO(first.data)).size == (1200, 630)
    assert client.get(f"/en{path}").data != first.data
    moved(fair, world.officer)
    assert client.get(path).data != first.data
    assert client.get("/share/page/fairs.jpg").status_code == 200


@pytest.mark.parametrize(
    ("first", "last", "vi", "en"),
    [
        ((2027, 3, 12), (2027, 3, 16), "12–16/03/2027", "12–16 Mar 2027"),
        ((2027, 2, 28), (2027, 3, 3), "28/02–03/03/2027", "28 Feb–3 Mar 2027"),
        ((2026, 12, 30), (2027, 1, 2), "30/12/2026 – 02/01/2027", "30 Dec 2026 – 2 Jan 2027"),
        ((2027, 3, 12), (2027, 3, 12), "12/03/2027", "12 Mar 2027"),
    ],
)
def test_days_are_said_as_short_as_they_can_be(
    app: Any, first: tuple[int, int, int], last: tuple[int, int, int], vi: str, en: str
) -> None:
    for language, expected in (("vi", vi), ("en", en)):
        with in_language(language):
            assert shown.span(dt.date(*first), dt.date(*last)) == expected


def test_the_public_pages_cost_the_same_for_many(client: ReadingClient, world: World) -> None:
    def statements(path: str) -> int:
        with queries_sent() as sent:
            text(client, path)
        return len(sent)

    for n in (20, -20):
        fairground(world, in_days=n)
    few = statements("/fairs")
    for n in range(6):
        fairground(world, in_days=30 + n)
        fairground(world, in_days=-30 - n)
    assert statements("/fairs") == few
