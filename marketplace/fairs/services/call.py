"""The call of a fair: what selection takes, and what its days allow."""

from __future__ import annotations

import datetime as dt
from typing import Any

from marketplace.fairs.models import Fair
from marketplace.fairs.states import FairState
from marketplace.foundation import clock, formats
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _l
from marketplace.selection import queries as selection
from marketplace.selection import services as calls
from marketplace.selection.models import Call
from marketplace.selection.states import Purpose

TAKING = (FairState.DRAFT, FairState.ANNOUNCED, FairState.PUBLISHED)


def keep_call(*, fair: Fair, closes_at: dt.datetime, by: Any, **told: Any) -> Call:
    """Opened, or changed when there is one; `told` as selection takes it. Raises Refusal when it would still be open
    on the fair's days."""
    db.session.refresh(fair, with_for_update={"of": Fair})
    if fair.state not in TAKING:
        raise Refusal(_l("This fair is over, or was called off: it stays as it was."))
    call = selection.call_of(Purpose.FAIR, fair.id)
    if call is None or closes_at != call.closes_at:
        _before_the_fair(fair, closes_at)
    if call is None:
        return calls.open_call(purpose=Purpose.FAIR, subject_id=fair.id, closes_at=closes_at, by=by, **told)
    calls.change_call(call=call, closes_at=closes_at, by=by, **told)
    return call


def _before_the_fair(fair: Fair, closes_at: dt.datetime) -> None:
    if clock.to_local(closes_at).date() >= fair.first_day:
        raise Refusal(
            _l(
                "The fair begins on %(day)s: applications have to close before that day.",
                day=formats.date(fair.first_day, locale()),
            ),
            field="closes_at",
        )
