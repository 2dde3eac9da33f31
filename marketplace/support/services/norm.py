"""Norms: added, changed while nobody used them, ended."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.money import Money
from marketplace.foundation.reference import random_ref
from marketplace.foundation.words import _l
from marketplace.support import queries
from marketplace.support.computing import HeadTerms
from marketplace.support.events import NormAdded, NormChanged, NormEnded
from marketplace.support.models import NormEvidence, NormHead, SupportNorm
from marketplace.support.states import ActivityKind, Beneficiary, EvidenceKind


def add_norm(
    *,
    act_number: str,
    kind: ActivityKind,
    valid_from: dt.date,
    heads: Sequence[HeadTerms],
    act_name: str = "",
    beneficiary: Beneficiary = Beneficiary.ANY,
    valid_until: dt.date | None = None,
    cap_per_time: Money | None = None,
    cap_per_year: Money | None = None,
    times_per_year: int | None = None,
    max_booths: Decimal | None = None,
    advance_rate: Decimal = Decimal(0),
    priority: int = 10,
    evidence: Sequence[EvidenceKind] = (),
    is_example: bool = False,
    by: Any = None,
) -> SupportNorm:
    """An act's rule for one kind of activity. Raises Refusal for one without a cost or with days upside down."""
    norm = SupportNorm(ref=random_ref(), added_by_id=id_of(by), added_at=clock.now(), is_example=is_example)
    db.session.add(norm)
    _write(
        norm,
        act_number=act_number,
        kind=kind,
        valid_from=valid_from,
        heads=heads,
        act_name=act_name,
        beneficiary=beneficiary,
        valid_until=valid_until,
        cap_per_time=cap_per_time,
        cap_per_year=cap_per_year,
        times_per_year=times_per_year,
        max_booths=max_booths,
        advance_rate=advance_rate,
        priority=priority,
        evidence=evidence,
    )
    announce(NormAdded(norm_id=norm.id, actor_id=id_of(by)))
    return norm


def change_norm(*, norm: SupportNorm, by: Any, **told: Any) -> None:
    """Change one that nobody used; `told` as `add_norm` takes it. Raises Refusal once it was used."""
    db.session.refresh(norm, with_for_update={"of": SupportNorm})
    if queries.is_used(norm.id):
        raise Refusal(
            _l(
                "Support was promised by this norm already: end it and add a new one, so that what was promised stands."
            )
        )
    _write(norm, **told)
    announce(NormChanged(norm_id=norm.id, actor_id=id_of(by)))


def end_norm(*, norm: SupportNorm, last_day: dt.date, by: Any) -> None:
    """It counts until this day, included. What was promised by it stands."""
    db.session.refresh(norm, with_for_update={"of": SupportNorm})
    if last_day < norm.valid_from:
        raise Refusal(_l("The last day comes before the first one."), field="last_day")
    if norm.valid_until is not None and last_day > norm.valid_until:
        raise Refusal(_l("This norm ended before that day: add a new one."), field="last_day")
    norm.valid_until = last_day
    db.session.flush()
    announce(NormEnded(norm_id=norm.id, until=f"{last_day:%d/%m/%Y}", actor_id=id_of(by)))


def _write(
    norm: SupportNorm, *, heads: Sequence[HeadTerms], evidence: Sequence[EvidenceKind], **told: Any
) -> None:
    if not heads:
        raise Refusal(_l("Say of at least one cost how much is given."))
    first, last = told["valid_from"], told["valid_until"]
    if last is not None and last < first:
        raise Refusal(_l("The last day comes before the first one."), field="valid_until")
    for name, value in told.items():
        setattr(norm, name, value)
    norm.heads.clear()
    norm.evidence.clear()
    db.session.flush()
    norm.heads += [
        NormHead(position=place, head=each.head, rate=each.rate, cap=each.cap, per=each.per)
        for place, each in enumerate(heads)
    ]
    norm.evidence += [NormEvidence(position=place, kind=each) for place, each in enumerate(evidence)]
    db.session.flush()
