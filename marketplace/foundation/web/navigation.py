"""Where to go from here: the areas' entries for a place, for who is looking."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from flask import Flask, current_app, request, url_for
from flask_login import current_user
from sqlalchemy import Select

from marketplace.foundation.area import Area, Place, Waits
from marketplace.foundation.db import db, how_many
from marketplace.foundation.db.counting import counting

MOST = 100


@dataclass(frozen=True)
class Counted:
    """A statement that counts queues, and which of its columns each entry adds up."""

    statement: Select[Any]
    columns: list[list[int]]


BESIDE = ("buying", "account")
"""A person's own places: they stand beside the menus of every desk, whose numbers are asked together with theirs."""
ASKED = "marketplace.badges"
BADGES = "marketplace.navigation.badges"


@dataclass(frozen=True)
class Item:
    label: Any
    url: str
    icon: str
    current: bool
    badge: int
    group: str

    @property
    def count(self) -> str:
        return shown_count(self.badge)


@dataclass(frozen=True)
class Shelf:
    """The entries under one heading of a long menu; those without a heading come first."""

    heading: Any
    items: list[Item]

    @property
    def current(self) -> bool:
        """Whether the page that is shown lies here."""
        return any(item.current for item in self.items)

    @property
    def badge(self) -> int:
        """All that waits here."""
        return sum(item.badge for item in self.items)

    @property
    def count(self) -> str:
        return shown_count(self.badge)


def shown_count(badge: int) -> str:
    """No list is counted further than somebody can do in a day."""
    return str(badge) if badge < MOST else f"{MOST - 1}+"


def install(app: Flask, areas: Sequence[Area], headings: Mapping[str, Any]) -> None:
    """Give the templates `navigation` and `shelves`; an entry under a heading that nobody knows stops the start."""
    places: dict[str, list[Place]] = {}
    rank = {group: number for number, group in enumerate(("", *headings))}
    for area in areas:
        for place in area.navigation:
            if place.group not in rank:
                raise LookupError(f"{place.endpoint} stands under an unknown heading: {place.group}")
            places.setdefault(place.where, []).append(place)
    for entries in places.values():
        entries.sort(key=lambda place: place.order)

    queues: dict[tuple[str, ...], Counted] = {}

    def navigation(*where: str) -> list[Item]:
        """The entries of "public", "public_more" (folded away on wide screens too), "desk", "desk_more", "office",
        "buying" or "account" that this person may see."""
        shown = [place for name in where for place in places.get(name, []) if _is_shown(place, current_user)]
        urls = {place.endpoint: url_for(place.endpoint) for place in shown}
        here = next((place.endpoint for place in shown if _is_this_page(place.endpoint)), None)
        around = max(
            (place for place in shown if _holds_this_page(urls[place.endpoint]) or _is_below(place.holds)),
            key=lambda place: len(urls[place.endpoint]),
            default=None,
        )
        current = here or (around.endpoint if around else None)
        badges = badges_of(shown)
        return [_item(place, urls[place.endpoint], current, badges) for place in shown]

    def badges_of(shown: Sequence[Place]) -> dict[str, int]:
        """Endpoint → what waits there: asked once on a page, for these and for those beside them."""
        known: dict[str, int] = request.environ.setdefault(ASKED, {})
        if any((place.badge or place.queue) and place.endpoint not in known for place in shown):
            beside = [place for name in BESIDE for place in places.get(name, []) if place not in shown]
            asked = [*shown, *(place for place in beside if _is_shown(place, current_user))]
            asked = [place for place in asked if place.endpoint not in known]
            known.update(_waiting([place for place in asked if place.queue], queues))
            known.update(_counted([place for place in asked if place.badge]))
        return known

    def badges(where: str) -> Mapping[str, int]:
        return badges_of([place for place in places.get(where, []) if _is_shown(place, current_user)])

    def shelves(*where: str) -> list[Shelf]:
        """The same entries under their headings, which stand in the order of `headings`."""
        items = sorted(navigation(*where), key=lambda item: rank[item.group])
        return [
            Shelf(headings.get(group, ""), list(those))
            for group, those in groupby(items, key=lambda item: item.group)
        ]

    app.extensions[BADGES] = badges
    app.jinja_env.filters["waiting_count"] = shown_count
    app.jinja_env.globals["navigation"] = navigation
    app.jinja_env.globals["shelves"] = shelves


def waiting_at(where: str) -> Mapping[str, int]:
    """Endpoint → the number beside it in a menu of this person; asked once on a page, whoever asks first."""
    badges: Callable[[str], Mapping[str, int]] = current_app.extensions[BADGES]
    return badges(where)


def _is_shown(place: Place, user: Any) -> bool:
    """What a predicate of an office's desk says of menus (`shows`) goes before what it says of acts."""
    asked = getattr(place.shown, "shows", place.shown)
    return asked is None or bool(asked(user))


def _is_this_page(endpoint: str) -> bool:
    here = request.endpoint or ""
    return here == endpoint or here.startswith(f"{endpoint}_")


def _holds_this_page(url: str) -> bool:
    """Whether the page lies under it: /office/fairs holds its fairs, /office is only itself."""
    below = url.removeprefix(request.script_root)
    return below.count("/") > 1 and _is_below(below)


def _is_below(path: str) -> bool:
    return bool(path) and request.path.startswith(f"{path}/")


def _waiting(places: Sequence[Place], made: dict[tuple[str, ...], Counted]) -> dict[str, int]:
    """How much waits in the queues of these, in one statement that is made once for those who see the same."""
    key = tuple(place.endpoint for place in places)
    if key not in made:
        asked = [_statements(place.queue()) for place in places if place.queue]
        each = {id(query): query for those in asked for query in those}
        at = {known: number for number, known in enumerate(each)}
        made[key] = Counted(
            counting(each.values(), MOST), [[at[id(query)] for query in those] for those in asked]
        )
    counts = db.session.execute(made[key].statement).one() if key else ()
    return {
        endpoint: sum(counts[at] for at in those)
        for endpoint, those in zip(key, made[key].columns, strict=True)
    }


def _counted(places: Sequence[Place]) -> dict[str, int]:
    """How much waits for this person."""
    waiting = {place.endpoint: place.badge(current_user) for place in places if place.badge}
    asked = {endpoint: _statements(waits) for endpoint, waits in waiting.items()}
    counts = dict(zip(asked, how_many([*asked.values()], MOST), strict=True))
    return {
        endpoint: waits if isinstance(waits, int) else counts[endpoint] for endpoint, waits in waiting.items()
    }


def _statements(waits: Waits) -> Sequence[Select[Any]]:
    if isinstance(waits, int):
        return ()
    return (waits,) if isinstance(waits, Select) else waits


def _item(place: Place, url: str, current: str | None, badges: Mapping[str, int]) -> Item:
    return Item(
        label=place.label,
        url=url,
        icon=place.icon,
        current=place.endpoint == current,
        badge=badges.get(place.endpoint, 0),
        group=place.group,
    )
