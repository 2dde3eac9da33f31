"""History: every fact is written down once, who and what and when, and the chain is sealed."""

from marketplace.foundation.audit.models import AuditEntry, AuditSeal, AuditSubject, AuditWords
from marketplace.foundation.audit.queries import Line, history_of
from marketplace.foundation.audit.recorder import acting_for, system_actor

__all__ = [
    "AuditEntry",
    "AuditSeal",
    "AuditSubject",
    "AuditWords",
    "Line",
    "acting_for",
    "history_of",
    "system_actor",
]
