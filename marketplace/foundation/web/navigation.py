"""Where to go from here: the areas' entries for a place, for who is looking."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from flask import Flask, request, url_for
from flask_login import current_user

from marketplace.foundation.area import Area, Place


@dataclass(frozen=True)
class Item:
    label: Any
    url: str
    icon: str
    current: bool
    badge: int
    group: str


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
        return [_item(place, urls[place.endpoint], current) for place in shown]

    def shelves(*where: str) -> list[Shelf]:
        """The same entries under their headings, which stand in the order of `headings`."""
        items = sorted(navigation(*where), key=lambda item: rank[item.group])
        return [
            Shelf(headings.get(group, ""), list(those))
            for group, those in groupby(items, key=lambda item: item.group)
        ]

    app.jinja_env.globals["navigation"] = navigation
    app.jinja_env.globals["shelves"] = shelves


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


def _item(place: Place, url: str, current: str | None) -> Item:
    return Item(
        label=place.label,
        url=url,
        icon=place.icon,
        current=place.endpoint == current,
        badge=place.badge(current_user) if place.badge else 0,
        group=place.group,
    )
