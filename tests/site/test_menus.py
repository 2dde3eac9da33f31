"""Long menus: every entry stands under a heading, one stands out, and what waits is counted on the heading."""

from __future__ import annotations

import re

import pytest

from marketplace.areas import AREAS
from marketplace.foundation.app import Market
from marketplace.foundation.area import Area, Place
from marketplace.foundation.web import navigation
from marketplace.menus import HEADINGS
from tests.client import ReadingClient
from tests.world import World

LONG = ("office", "desk_more", "buying", "account")
FIRST = {"office.home"}


def test_every_entry_of_a_long_menu_stands_under_a_heading() -> None:
    bare = {
        place.endpoint
        for area in AREAS
        for place in area.navigation
        if place.where in LONG and not place.group
    }
    assert bare == FIRST


def test_every_heading_has_entries() -> None:
    used = {place.group for area in AREAS for place in area.navigation if place.group}
    assert used == set(HEADINGS)


def test_a_heading_that_nobody_knows_stops_the_start() -> None:
    odd = Area(
        package="marketplace.site", navigation=[Place("office", "x", "office.home", "home", group="odd")]
    )
    with pytest.raises(LookupError, match=r"office\.home .* odd"):
        navigation.install(Market("odd"), [odd], HEADINGS)


def test_the_office_opens_the_heading_of_the_page_and_no_other(client: ReadingClient, world: World) -> None:
    client.sign_in(world.officer.email)
    page = client.get("/en/office/requests").get_data(as_text=True)
    side = page[page.index('<nav class="side') : page.index('class="office-page"')]
    assert re.findall(r"<details class=\"shelf\" open>\s*<summary>([^<]+)", side) == ["Value chains"]
    assert side.count('aria-current="page"') == 1
    assert re.findall(r"<summary>([^<]+)", side) == [
        "The market",
        "Members",
        "Programmes",
        "Value chains",
        "Fairs",
        "Origin and safety",
        "Money",
        "Targets and reports",
        "Letters and data",
    ]


def test_a_person_without_a_company_sees_no_heading_for_one(client: ReadingClient, world: World) -> None:
    client.sign_in(world.household.email)
    page = client.get("/en/account").get_data(as_text=True)
    side = page[page.index('<nav class="side') : page.index('class="own-page"')]
    assert re.findall(r'class="shelf-h"[^>]*>([^<]+)', side) == ["Buying", "For myself"]
    assert re.findall(r'<a href="([^"]+)" aria-current="page">', side) == ["/en/account"]


def test_pages_that_lie_elsewhere_are_marked_in_the_menu_of_their_place(
    client: ReadingClient, world: World
) -> None:
    """A contract has one address for all sides."""
    contracts = next(
        place for area in AREAS for place in area.navigation if place.endpoint == "office_contracts.list"
    )
    assert contracts.holds == "/contracts"
    client.sign_in(world.director.email)
    page = client.get("/contracts/signatories").get_data(as_text=True)
    assert re.findall(r'<a href="([^"]+)" aria-current="page">', page) == ["/desk/contracts"]
