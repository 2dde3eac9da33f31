"""Fairs in URLs."""

from __future__ import annotations

from marketplace.fairs import queries
from marketplace.foundation.web.converters import subject

ShownFair = subject(queries.shown_fair, attribute="slug")
AnyFair = subject(queries.any_fair, attribute="slug")
AnyStand = subject(
    lambda ref, user: queries.stand_by_ref(ref) if user.is_authenticated and user.is_officer else None
)
OwnSwap = subject(queries.swap_by_ref)
AnyRun = subject(queries.any_run)
PassByRef = subject(queries.fair_pass.pass_by_ref)
OwnPass = subject(queries.fair_pass.own_pass)
OpenGate = subject(queries.gate.gate_by_ref)
ToldGate = subject(queries.gate.told_gate)
ConflictByScan = subject(queries.gate.conflict_by_scan, attribute="uuid")
