"""Which place of a menu is marked: the page itself, else the place that it lies under, and only one."""

from __future__ import annotations

import re

import pytest

from tests.client import ReadingClient
from tests.fairs.hall import fairground
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
