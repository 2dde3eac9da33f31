"""Which place of a menu is marked: the page itself, else the place that it lies under, and only one. What waits there
is told beside it."""

from __future__ import annotations

import re

import pytest
from flask import Flask, url_for

from marketplace.foundation.db import db
from marketplace.foundation.morning import queues_of
from tests.client import ReadingClient
from tests.fairs.hall import fairground
from tests.statements import queries_sent
from tests.worklist.test_worklist import applications, papers
from tests.world import World

MARKED = re.compile(r'<li><a href="([^"]+)" aria-current="page">')


@pytest.mark.parametrize(
    ("path", "marked"),
    [
        ("/office", ["/office"]),
        ("/office/fairs", ["/office/fairs"]),
        ("/office/fairs/leaderboard", ["/office/fairs/leaderboard"]),
        ("/office/fairs/{fair}/stands", ["/office/fairs"]),
        ("/en/office/fairs/{fair}/stands", ["/en/office/fairs"]),
    ],
)
def test_the_menu_marks_where_one_is(
    client: ReadingClient, world: World, path: str, marked: list[str]
) -> None:
    fair = fairground(world).fair
    client.sign_in(world.officer.email)
    page = client.get(path.format(fair=fair.slug)).get_data(as_text=True)
    side = page[page.index('<nav class="side') : page.index('class="office-page"')]
    assert MARKED.findall(side) == marked


def badge(page: str, path: str) -> str:
    """What stands beside an entry of the side menu; empty where nothing waits."""
    side = page[page.index('<nav class="side') : page.index('class="office-page"')]
    entry = re.search(rf'<a href="/en{path}"[^>]*>(.*?)</a>', side, re.DOTALL)
    assert entry is not None, path
    count = re.search(r'<span class="count">([^<]+)</span>', entry[1])
    return count[1] if count else ""


def test_the_numbers_of_the_menu_are_asked_in_two_statements(client: ReadingClient, world: World) -> None:
    """One for the queues and one for what is this person's; how much waits adds none, and no row is counted twice."""
    client.sign_in(world.officer.email)
    papers(world, 3)
    applications(2)
    client.get("/en/office/approvals")
    with queries_sent("SELECT") as few:
        page = client.get("/en/office/approvals").get_data(as_text=True)
    assert badge(page, "/office/members") == "5"
    papers(world, 120)
    with queries_sent("SELECT") as many:
        page = client.get("/en/office/approvals").get_data(as_text=True)
    assert badge(page, "/office/members") == "99+"
    assert len(many) == len(few)
    counting = [each for each in few if each.lstrip().startswith("SELECT (SELECT count(*)")]
    assert len(counting) == 2
    assert counting[0].count("FROM bank_accounts") == 1, "two entries count them, asked once"


def test_each_number_of_the_menu_is_that_of_its_queue(
    app: Flask, client: ReadingClient, world: World
) -> None:
    papers(world, 4)
    applications(3)
    client.sign_in(world.officer.email)
    page = client.get("/en/office/approvals").get_data(as_text=True)
    waiting: dict[str, int] = {}
    with app.test_request_context():
        for queue in queues_of(db.session.merge(world.officer)):
            if queue.place:
                rows = queue.rows(world.officer, 200, None).rows
                path = url_for(queue.place)
                waiting[path] = waiting.get(path, 0) + len(rows)
    shown = {path: count for path, count in waiting.items() if f'<a href="/en{path}"' in page}
    assert {path: badge(page, path) for path in shown} == {
        path: str(count or "") for path, count in shown.items()
    }
    assert len(shown) > 15
    assert waiting["/office/members"] == 7
