"""How an area introduces itself to the composition root."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

from flask import Flask
from sqlalchemy import Select

Waits = int | Select[Any] | Sequence[Select[Any]]
"""What stands beside an entry of a menu: the rows of these statements, or a number."""


@dataclass(frozen=True)
class Place:
    """An entry of a navigation: shown when `shown(user)` says so.

    What waits there is told by `queue()`, statements that are the same for everybody and at any time (a day in them is
    `TODAY`), or by `badge(user)` where it is of this person: by a number, if only a function can count it. In a long
    menu it stands under the heading whose key is `group`. Pages below `holds` lie here too, beside those below its own
    address.
    """

    where: str
    label: Any
    endpoint: str
    icon: str
    order: int = 50
    shown: Callable[[Any], bool] | None = None
    badge: Callable[[Any], Waits] | None = None
    queue: Callable[[], Select[Any] | Sequence[Select[Any]]] | None = None
    group: str = ""
    holds: str = ""


@dataclass(frozen=True, kw_only=True)
class Area:
    """One area. Paths like "views.public:bp" count from its package; they are imported when the app is made."""

    package: str
    blueprints: Sequence[str] = ()
    converters: dict[str, str] = field(default_factory=dict)
    commands: Sequence[str] = ()
    navigation: Sequence[Place] = ()
    rooms: Sequence[str] = (
        "models",
        "events",
        "states",
        "policies",
        "reactions",
        "notices",
        "acts",
        "approvals",
        "morning",
        "tasks",
        "papers",
        "personal",
        "history",
        "ways",
    )
    install: str = ""

    @property
    def name(self) -> str:
        return self.package.rsplit(".", 1)[1]

    def enter(self, app: Flask) -> None:
        """Take this area into the app: its rooms, URL converters, blueprints and commands."""
        self.load_rooms()
        for name, path in self.converters.items():
            app.url_map.converters[name] = self.find(path)
        for path in self.blueprints:
            app.register_blueprint(self.find(path))
        for path in self.commands:
            app.cli.add_command(self.find(path))
        if self.install:
            self.find(self.install)(app)

    def load_rooms(self) -> None:
        """Import models, reactions and the like, so that they are known; an absent room is fine."""
        for room in self.rooms:
            full = f"{self.package}.{room}"
            try:
                import_module(full)
            except ModuleNotFoundError as missing:
                if missing.name != full:
                    raise

    def find(self, path: str) -> Any:
        """`"views.public:bp"` -> that object of this area."""
        module, _, name = path.partition(":")
        return getattr(import_module(f"{self.package}.{module}"), name)
