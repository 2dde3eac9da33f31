"""The letter to a colleague whom something was handed over to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from marketplace.accounts.models import Person
from marketplace.foundation.morning import Queue, Waiting
from marketplace.foundation.reference import random_ref
from marketplace.foundation.words import _l
from marketplace.inbox.letters import letter, topic
from marketplace.inbox.services import tell

topic(
    "worklist",
    _l("Handed over by a colleague"),
    _l("What a colleague at the office asks you to do."),
    order=12,
    fixed=True,
    shown=lambda person: person.is_officer,
)
NAMED = 5
"""So many lines are named in the letter; how many there are stands before them."""


def _sample() -> dict[str, Any]:
    return {
        "officer": "Trần Thị Hoa",
        "queue": _l("Certificates to check"),
        "count": 2,
        "note": "Chị gọi hỏi giúp HTX bản gốc",
        "lines": "VietGAP VG-102, HTX Đồng Lạc; OCOP 31-07, HTX Thăng Long",
    }


letter(
    "worklist.handed",
    subject=_l("%(officer)s hands over to you: %(queue)s (%(count)s)"),
    sentence=_l("“%(note)s” %(lines)s"),
    sample=_sample,
)


def handed(queue: Queue, rows: Sequence[Waiting], to: Person, note: str, by: Person) -> None:
    """One letter, however many lines; none to oneself."""
    if to.id == by.id:
        return
    named = [", ".join(part for part in (row.what, row.whose) if part) for row in rows[:NAMED]]
    tell(
        kind="worklist.handed",
        url=f"/office/waiting/{queue.key}?whose=mine",
        key=f"worklist.handed:{random_ref()}",
        person_id=to.id,
        officer=by.name,
        queue=queue.label,
        count=len(rows),
        note=note,
        lines="; ".join(named) + ("…" if len(rows) > NAMED else ""),
    )
