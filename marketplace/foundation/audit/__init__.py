"""History: every fact is written down once, who and what and when, and the chain is sealed."""

from marketplace.foundation.audit.models import AuditEntry, AuditSeal, AuditSubject, AuditWords
from marketplace.foundation.audit.queries import Line, Sought, history_of, kinds_told, trail, trail_rows
from marketplace.foundation.audit.recorder import acting_for, system_actor

__all__ = [
    "AuditEntry",
    "AuditSeal",
    "AuditSubject",
    "AuditWords",
    "Line",
    "Sought",
    "acting_for",
    "history_of",
    "kinds_told",
    "system_actor",
    "trail",
    "trail_rows",
]
