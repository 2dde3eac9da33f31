"""Honours are entered, or withdrawn when the entry was wrong."""

from __future__ import annotations

import datetime as dt
from typing import Any

from marketplace.cooperatives.models import Cooperative
from marketplace.cooperatives.states import Sector
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.reference import random_ref
from marketplace.foundation.words import _l
from marketplace.registry.events import RecognitionEntered, RecognitionWithdrawn
from marketplace.registry.models import Recognition
from marketplace.registry.states.recognition import RecognitionKind


def recognise(
    *,
    cooperative: Cooperative,
    kind: RecognitionKind,
    year: int,
    sector: Sector | None = None,
    person_name: str = "",
    decision: str = "",
    decided_on: dt.date | None = None,
    given_by: str = "",
    words: str = "",
    by: Any = None,
) -> Recognition:
    """An honour of a year, of the cooperative or of one of its people."""
    if year > clock.today().year or (decided_on is not None and decided_on > clock.today()):
        raise Refusal(_l("This day is still to come."), field="year" if decided_on is None else "decided_on")
    if kind is RecognitionKind.LABOUR_HERO and not person_name.strip() and not words.strip():
        raise Refusal(
            _l("Please say who was honoured: a person, or in the words that it is the cooperative."),
            field="person_name",
        )
    row = Recognition(
        ref=random_ref(),
        cooperative=cooperative,
        kind=kind,
        year=year,
        sector=sector or cooperative.sector,
        person_name=person_name.strip()[:120],
        decision=decision.strip()[:160],
        decided_on=decided_on,
        given_by=given_by.strip()[:255],
        words=words.strip()[:500],
        by_id=id_of(by),
        at=clock.now(),
    )
    db.session.add(row)
    db.session.flush()
    announce(RecognitionEntered(**_told(row, row.person_name), actor_id=id_of(by)))
    return row


def withdraw_recognition(*, recognition: Recognition, reason: str, by: Any = None) -> None:
    """It was entered by mistake: it stays to be read and counts no more."""
    if not reason.strip():
        raise Refusal(_l("Please say what was wrong."), field="reason")
    if recognition.withdrawn_at is not None:
        raise Refusal(_l("This has ended already."))
    recognition.withdrawn_at, recognition.withdrawn_reason = clock.now(), reason.strip()[:500]
    db.session.flush()
    announce(RecognitionWithdrawn(**_told(recognition, reason.strip()), actor_id=id_of(by)))


def _told(row: Recognition, words: str) -> dict[str, Any]:
    return {
        "cooperative_id": row.cooperative_id,
        "recognition_id": row.id,
        "honour": str(row.kind),
        "year": row.year,
        "words": words,
    }
