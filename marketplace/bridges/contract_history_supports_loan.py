"""The history of contracts supports a loan: with the cooperative's consent the alliance and the fund read in figures
what was agreed, delivered and paid."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict
from typing import Any

from marketplace.bridges import notices, queries
from marketplace.bridges.events import EvidenceEvent, EvidenceGiven, EvidenceWithdrawn
from marketplace.bridges.models import FIGURES, LoanEvidence
from marketplace.bridges.policies import ENDED
from marketplace.foundation import clock, formats
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.text import clean_line
from marketplace.foundation.words import _l
from marketplace.programmes.models import Loan

LONGEST = dt.timedelta(days=366)
YEARS_BACK = 3


def first_day() -> dt.date:
    """The history of three years and of this one."""
    return dt.date(clock.today().year - YEARS_BACK, 1, 1)


def agree(*, loan: Loan, purpose: str, until: dt.date, by: Any) -> LoanEvidence:
    """The director lets the figures of today be read, for this purpose, until this day. Given anew, the older consent
    ends. Raises Refusal without a purpose, for an odd day, or when the loan has ended."""
    _lock(loan)
    purpose = clean_line(purpose)[:500]
    if loan.state in ENDED:
        raise Refusal(_l("This loan has ended: nothing need be shown for it."))
    if not purpose:
        raise Refusal(_l("Please write what it may be read for."), field="purpose")
    if not clock.today() <= until <= clock.today() + LONGEST:
        raise Refusal(_l("From today on, for a year at the longest."), field="until")
    before = queries.evidence.living(loan.id)
    if before is not None:
        _end(before, by)
    first, last = first_day(), clock.today()
    made = LoanEvidence(
        loan=loan,
        purpose=purpose,
        first_day=first,
        last_day=last,
        until=until,
        given_by_id=id_of(by),
        given_at=clock.now(),
        **asdict(queries.evidence.figures(loan.cooperative_id, first, last)),
    )
    db.session.add(made)
    db.session.flush()
    announce(_about(EvidenceGiven, made, by, purpose=purpose))
    notices.evidence_given(made)
    return made


def withdraw(*, loan: Loan, by: Any) -> None:
    """From now on nobody reads it; its figures are gone. Pressed twice it is withdrawn once."""
    _lock(loan)
    given = queries.evidence.living(loan.id)
    if given is None:
        return
    _end(given, by)
    announce(_about(EvidenceWithdrawn, given, by))


def _end(given: LoanEvidence, by: Any) -> None:
    given.withdrawn_at, given.withdrawn_by_id = clock.now(), id_of(by)
    for figure in FIGURES:
        setattr(given, figure, None)
    db.session.flush()


def _lock(loan: Loan) -> None:
    db.session.refresh(loan, with_for_update={"of": Loan})


def _about(kind: type[EvidenceEvent], given: LoanEvidence, by: Any, **more: Any) -> EvidenceEvent:
    return kind(
        loan_id=given.loan_id,
        cooperative_id=given.loan.cooperative_id,
        until=formats.date(given.until),
        actor_id=id_of(by),
        **more,
    )
