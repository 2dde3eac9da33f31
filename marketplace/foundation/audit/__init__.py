"""History: every fact is written down once, who and what and when; the chain is sealed, and what is old folded."""

from marketplace.foundation.audit.models import AuditEntry, AuditFold, AuditSeal, AuditSubject, AuditWords
from marketplace.foundation.audit.naming import number_of, public_names
from marketplace.foundation.audit.queries import (
    Line,
    Sought,
    count_sought,
    history_of,
    kinds_told,
    trail,
    trail_rows,
)
from marketplace.foundation.audit.recorder import acting_for, system_actor

__all__ = [
    "AuditEntry",
    "AuditFold",
    "AuditSeal",
    "AuditSubject",
    "AuditWords",
    "Line",
    "Sought",
    "acting_for",
    "count_sought",
    "history_of",
    "kinds_told",
    "number_of",
    "public_names",
    "system_actor",
    "trail",
    "trail_rows",
]
