"""The house told from the code: docs/states.md and docs/events.md are written by this, never by hand."""

from __future__ import annotations

from marketplace.foundation.events import KINDS, Event
from marketplace.foundation.lifecycle import LIVES, Lifecycle


def states() -> str:
    """Every life as a table of moves, with its drawing."""
    parts = ["# States", "", "Written by `flask --app wsgi docs` from the tables of moves in the code.", ""]
    for name in sorted(LIVES):
        parts += _life(LIVES[name])
    return "\n".join(parts).rstrip() + "\n"


def _life(life: Lifecycle) -> list[str]:
    rows = [
        f"| {step.name} | {', '.join(str(origin) for origin in step.origins)} | {step.to} |" for step in life
    ]
    arrows = [f"    {origin} --> {step.to}: {step.name}" for step in life for origin in step.origins]
    lines = [f"## {life.name}", "", "| move | from | to |", "|---|---|---|", *rows, ""]
    return [*lines, "```mermaid", "stateDiagram-v2", *arrows, "```", ""]


def events() -> str:
    """Every fact, its area, what it carries and the words of its history line."""
    parts = [
        "# Events",
        "",
        "Written by `flask --app wsgi docs` from the events in the code.",
        "",
        "| area | event | fields | whose history | words |",
        "|---|---|---|---|---|",
    ]
    for kind in sorted(concrete(), key=lambda kind: (_area(kind), kind.__name__)):
        fields = ", ".join(f for f in kind.__dataclass_fields__ if f != "actor_id")  # type: ignore[attr-defined]
        about = ", ".join(sorted(kind.about))
        parts.append(f"| {_area(kind)} | {kind.__name__} | {fields} | {about} | {kind.sentence} |")
    return "\n".join(parts) + "\n"


def concrete() -> list[type[Event]]:
    """Events that are announced: those no other event is built on."""
    return [kind for kind in KINDS.values() if not kind.__subclasses__()]


def _area(kind: type[Event]) -> str:
    return kind.__module__.removeprefix("marketplace.").split(".")[0]
