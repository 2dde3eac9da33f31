"""Where to go from here: the areas' entries for a place, for who is looking."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
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


def install(app: Flask, areas: Sequence[Area]) -> None:
    places: dict[str, list[Place]] = {}
    for area in areas:
        for place in area.navigation:
            places.setdefault(place.where, []).append(place)
    for entries in places.values():
        entries.sort(key=lambda place: place.order)

    def navigation(where: str) -> list[Item]:
        """The entries of "public", "public_more" (folded away on wide screens too), "desk", "office", "buying" or
        "account" that this person may see."""
        shown = [p for p in places.get(where, []) if p.shown is None or p.shown(current_user)]
        urls = {place.endpoint: url_for(place.endpoint) for place in shown}
        here = next((place.endpoint for place in shown if _is_this_page(place.endpoint)), None)
        around = max(
            filter(lambda end: _holds_this_page(urls[end]), urls),
            key=lambda end: len(urls[end]),
            default=None,
        )
        return [_item(place, urls[place.endpoint], current=here or around) for place in shown]

    app.jinja_env.globals["navigation"] = navigation


def _is_this_page(endpoint: str) -> bool:
    here = request.endpoint or ""
    return here == endpoint or here.startswith(f"{endpoint}_")


def _holds_this_page(url: str) -> bool:
    """Whether the page lies under it: /office/fairs holds its fairs, /office is only itself."""
    here, root = request.script_root + request.path, request.script_root
    return url.removeprefix(root).count("/") > 1 and here.startswith(f"{url}/")


def _item(place: Place, url: str, current: str | None) -> Item:
    return Item(
        label=place.label,
        url=url,
        icon=place.icon,
        current=place.endpoint == current,
        badge=place.badge(current_user) if place.badge else 0,
    )
