"""Facts about bank statements."""

from __future__ import annotations

from marketplace.foundation.events import Event
from marketplace.foundation.words import _l


class StatementRead(Event):
    """`waiting` of its payments need a person."""

    statement_id: int
    waiting: int
    sentence = _l("A bank statement was read; %(waiting)s payments need a person")
    about = {"statement": "statement_id"}
