"""Delegations, calls and complaints in URLs."""

from __future__ import annotations

from marketplace.foundation.web.converters import subject
from marketplace.helping import queries

OwnDelegation = subject(queries.own_delegation)
AnyDelegation = subject(queries.delegation_for_office)
AnyCall = subject(queries.call_for_office)
OwnComplaint = subject(queries.own_complaint)
AnyComplaint = subject(queries.complaint_for_office)
