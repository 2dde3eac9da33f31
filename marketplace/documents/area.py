"""Frozen documents."""

from __future__ import annotations

from typing import Any

from flask import Flask

from marketplace.documents import codes, policies
from marketplace.documents.kinds import labels
from marketplace.foundation.area import Area, Place
from marketplace.foundation.words import _l, pick


def _said(words: dict[str, str]) -> str:
    """Words that were frozen in both languages."""
    return pick(words["vi"], words["en"])


def _kind(name: str) -> Any:
    return labels()[name]


def install(app: Flask) -> None:
    app.jinja_env.filters.update(said=_said, document_kind=_kind, check_code=codes.drawn)
    app.jinja_env.globals.update(named=pick)


area = Area(
    package="marketplace.documents",
    blueprints=["views.document:bp"],
    converters={"document": "converters:DocumentByRef"},
    navigation=[
        Place(
            "desk_more",
            _l("Papers"),
            "documents.list",
            "doc",
            order=60,
            shown=policies.has_papers,
            group="house",
        )
    ],
    install="area:install",
)
