"""What must be true of every plan that was computed or chosen."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import select

from marketplace.fairs.allocating import Plan, Seat, broken, hash_of, problem_from
from marketplace.fairs.models import AllocationRun, AllocationSeat
from marketplace.fairs.states import Outcome, RunState
from marketplace.foundation.db import db


def _chosen() -> list[AllocationRun]:
    return [*db.session.scalars(select(AllocationRun).where(AllocationRun.state == RunState.CHOSEN))]


def broken_rules() -> int:
    """Hard rules that the chosen plans break, also where somebody was moved by hand."""
    return sum(len(broken(problem_from(run.inputs), _plan(run))) for run in _chosen())


def changed_inputs() -> int:
    """Chosen plans whose inputs are no longer those that were hashed, or that leave somebody out."""
    wrong = 0
    for run in _chosen():
        seats = set(
            db.session.scalars(select(AllocationSeat.application_id).where(AllocationSeat.run_id == run.id))
        )
        asked = {one["id"] for one in run.inputs["asked"]}
        wrong += hash_of(run.inputs) != run.inputs_hash or seats != asked
    return wrong


def _plan(run: AllocationRun) -> Plan:
    held = {one["id"] for one in run.inputs["asked"] if one["held"]}
    rows = db.session.scalars(
        select(AllocationSeat).where(
            AllocationSeat.run_id == run.id, AllocationSeat.outcome == Outcome.PLACED
        )
    )
    seats = tuple(
        Seat(row.application_id, tuple(row.booths), row.zone_id or 0, row.wish, row.application_id in held)
        for row in rows
    )
    return Plan(seats, run.solver, {})


CHECKS: dict[str, tuple[str, Callable[[], int]]] = {
    "V1": ("a chosen allocation breaks no hard rule, also where somebody was moved by hand", broken_rules),
    "V2": (
        "a chosen allocation has its inputs as they were hashed, and a place for everybody",
        changed_inputs,
    ),
}
