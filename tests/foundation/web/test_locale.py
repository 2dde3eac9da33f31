"""Two languages by one set of routes: links stay in the reader's, one link leads to the other."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from tests.client import Page, ReadingClient
from tests.world import World


def plain_paths(app: Flask) -> list[str]:
    """Every path without arguments that a stranger may open."""
    rules = [
        rule for rule in app.url_map.iter_rules() if not rule.arguments and "GET" in (rule.methods or ())
    ]
    return sorted(rule.rule for rule in rules)


def links(html: str) -> list[str]:
    return re.findall(r'(?:href|action)="(/[^"]*)"', html)


def machine(path: str) -> bool:
    return path.startswith(("/static", "/assets", "/media", "/favicon")) or "." in path.rsplit("/", 1)[-1]


def test_every_route_answers_alike_in_both_languages(app: Flask, client: ReadingClient, world: World) -> None:
    pages = 0
    for path in plain_paths(app):
        here, there = client.get(path), client.get(f"/en{path}")
        assert here.status_code == there.status_code, path
        if here.status_code == 303:
            assert there.headers["Location"].startswith("/en/"), path
        if here.mimetype == "text/html" and here.status_code == 200:
            pages += 1
            assert Page(here.get_data(as_text=True)).language == "vi", path
            assert Page(there.get_data(as_text=True)).language == "en", path
    assert pages > 12


def test_links_stay_in_the_language(client: ReadingClient, world: World) -> None:
    for path in ("/", "/products", f"/products/{world.carrots.slug}", "/cooperatives", "/cart", "/sign-in"):
        vietnamese = [link for link in links(client.get(path).get_data(as_text=True)) if not machine(link)]
        english = [
            link for link in links(client.get(f"/en{path}").get_data(as_text=True)) if not machine(link)
        ]
        to_english = {link for link in vietnamese if re.match(r"/en(/|\?|$)", link)}
        to_vietnamese = {link for link in english if not re.match(r"/en(/|\?|$)", link)}
        assert len(to_english) == len(to_vietnamese) == 1, (path, to_english, to_vietnamese)
        assert len(vietnamese) == len(english)


def test_the_other_language_shows_the_same_page(client: ReadingClient, world: World) -> None:
    path = f"/products/{world.carrots.slug}"
    assert f'href="/en{path}"' in client.get(path).get_data(as_text=True)
    assert f'href="{path}"' in client.get(f"/en{path}").get_data(as_text=True)


@pytest.mark.parametrize(
    ("path", "language"),
    [
        ("/khong-co", "vi"),
        ("/en/no-such", "en"),
        ("/en/products/no", "en"),
        ("/english", "vi"),
        ("/en/en/", "en"),
    ],
)
def test_an_unknown_path_says_so_in_its_language(client: ReadingClient, path: str, language: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert Page(answer.get_data(as_text=True)).language == language


def test_the_mount_point_alone_is_the_front_page(client: ReadingClient, world: World) -> None:
    for path in ("/en", "/en/"):
        assert Page(client.get(path).get_data(as_text=True)).language == "en"


def test_signing_in_stays_in_the_language(client: ReadingClient, world: World) -> None:
    words = {"identifier": "household@demo.vn", "password": "ca-rot-2026"}
    assert client.post("/en/sign-in", data=words).headers["Location"].startswith("/en/")
