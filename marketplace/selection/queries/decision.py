"""Decisions that wait for their release."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from marketplace.foundation.db import db
from marketplace.selection.models import Application, Call
from marketplace.selection.purposes import kind_of


def pending_of(call_id: int) -> Sequence[Application]:
    """Prepared and not released, in the order of their numbers."""
    return db.session.scalars(
        select(Application)
        .where(Application.call_id == call_id, Application.pending.is_not(None))
        .options(joinedload(Application.cooperative))
        .order_by(Application.id)
    ).all()


def previewed(call: Call) -> Any:
    """Everything a release would bring, as plain values: the decisions, and what the subject's area adds."""
    decisions = [
        [each.id, str(each.state), str(each.pending), each.pending_reason] for each in pending_of(call.id)
    ]
    return {"call": call.id, "decisions": decisions, "more": kind_of(call).preview(call)}


def digest(shown: Any) -> str:
    """SHA-256 of exactly what was shown."""
    plain = json.dumps(shown, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(plain.encode()).hexdigest()
