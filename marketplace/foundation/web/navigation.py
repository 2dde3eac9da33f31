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
        """The entries of "public", "desk", "office", "buying" or "account" that this person may see."""
        return [_item(p) for p in places.get(where, []) if p.shown is None or p.shown(current_user)]

    app.jinja_env.globals["navigation"] = navigation


def _item(place: Place) -> Item:
    here = request.endpoint or ""
    return Item(
        label=place.label,
        url=url_for(place.endpoint),
        icon=place.icon,
        current=here == place.endpoint or here.startswith(place.endpoint + "_"),
        badge=place.badge(current_user) if place.badge else 0,
    )
