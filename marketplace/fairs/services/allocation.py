"""The life of a computation of who stands where: asked for, computed outside any transaction, looked at, chosen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select, update

from marketplace.fairs import queries
from marketplace.fairs.allocating import (
    Plan,
    Problem,
    Rules,
    Seat,
    broken,
    explain,
    fared,
    hash_of,
    problem_from,
)
from marketplace.fairs.events import (
    AllocationChosen,
    AllocationEvent,
    AllocationFailed,
    AllocationFinished,
    AllocationLaidAside,
    AllocationQueued,
    AllocationRulesChanged,
    AllocationStopped,
    SeatMoved,
)
from marketplace.fairs.models import AllocationRules, AllocationRun, AllocationSeat, Booth, Fair
from marketplace.fairs.states import Outcome, RunState, run_lifecycle
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.reference import random_ref
from marketplace.foundation.words import _l

BROKEN_RULES = {
    "H1": _l("The booths have to lie side by side in one row, and be as many as were asked for or would do."),
    "H2": _l("One of these booths is taken or blocked."),
    "H3": _l(
        "The goods do not belong in this zone, or power, water or something else that was asked for is missing."
    ),
    "H4": _l("The mains of the zone do not carry this much."),
    "H5": _l("A sector would have more than its share, or a reserved share would go to others."),
    "H6": _l("The budget does not reach for this."),
    "H7": _l("Goods that have to be kept apart would stand wall to wall."),
    "H8": _l("A stand that is confirmed is not moved."),
}


def queue_run(*, fair: Fair, by: Any) -> AllocationRun:
    """Freeze the inputs of this moment. The lottery's seed has to be drawn, which is only after the deadline."""
    db.session.refresh(fair, with_for_update={"of": Fair})
    if queries.run_at_work(fair.id) is not None:
        raise Refusal(_l("A computation for this fair waits or runs already."))
    problem = queries.gather(fair)
    _sensible(problem)
    inputs = problem.told()
    run = AllocationRun(
        ref=random_ref(),
        fair_id=fair.id,
        number=queries.last_number(fair.id) + 1,
        inputs=inputs,
        inputs_hash=hash_of(inputs),
        seed=problem.seed,
        by_id=by.id,
        queued_at=clock.now(),
    )
    db.session.add(run)
    db.session.flush()
    announce(_event(AllocationQueued, run, by))
    return run


def _sensible(problem: Problem) -> None:
    if not problem.seed:
        raise Refusal(_l("The lottery's number has not been drawn yet: nothing can be computed before."))
    if not any(not unit.blocked for unit in problem.units):
        raise Refusal(_l("The plan has no booth that is free to give out."))
    if not problem.asked:
        raise Refusal(_l("No application is eligible yet."))


def start(*, run_id: int) -> AllocationRun | None:
    """Take the run up, or up again when its worker died; None when nobody wants it any more."""
    run = _locked(run_id)
    if run is None or run.state not in queries.AT_WORK:
        return None
    if run.state is RunState.QUEUED:
        run_lifecycle.advance(run, "start")
    run.started_at = run.seen_at = clock.now()
    run.progress, run.step = 0, ""
    return run


def progress(*, run_id: int, percent: int, step: str) -> bool:
    """Tell how far it is; False when the run was called off."""
    changed: Any = db.session.execute(
        update(AllocationRun)
        .where(AllocationRun.id == run_id, AllocationRun.state == RunState.RUNNING)
        .values(progress=percent, step=step, seen_at=clock.now())
    )
    return bool(changed.rowcount)


def finish(*, run_id: int, problem: Problem, plan: Plan, seconds: float) -> None:
    """Keep the plan with a reason for everybody. A plan that breaks a rule is a failure, not a result."""
    run = _locked(run_id)
    if run is None or run.state is not RunState.RUNNING:
        return
    wrong = broken(problem, plan)
    if wrong:
        _fail(run, "; ".join(wrong))
        return
    run_lifecycle.advance(run, "complete")
    run.solver, run.gap = plan.solver, plan.gap
    run.objective = {**plan.figures, "groups": fared(problem, plan)}
    run.seconds, run.progress, run.ended_at = round(seconds, 2), 100, clock.now()
    seats = plan.by_application
    for id, why in explain(problem, plan).items():
        db.session.add(_seat(run, id, why, seats.get(id), problem))
    waiting = len(problem.asked) - len(seats)
    db.session.flush()
    announce(_event(AllocationFinished, run, None, placed=len(seats), waiting=waiting))


def _seat(
    run: AllocationRun, application_id: int, why: dict[str, Any], seat: Seat | None, problem: Problem
) -> AllocationSeat:
    band = next(asked.band for asked in problem.asked if asked.id == application_id)
    return AllocationSeat(
        run_id=run.id,
        application_id=application_id,
        place=why["place"],
        band=band,
        lottery=why["lottery"],
        outcome=Outcome.PLACED if seat is not None else Outcome.WAITING,
        halves=len(seat.units) if seat is not None else 0,
        zone_id=seat.zone if seat is not None else None,
        booths=list(seat.units) if seat is not None else [],
        wish=seat.wish if seat is not None else None,
        why={name: why[name] for name in ("hindrance", "better", "helped")},
    )


def fail(*, run_id: int, problem: str) -> None:
    run = _locked(run_id)
    if run is not None and run.state in queries.AT_WORK:
        _fail(run, problem)


def _fail(run: AllocationRun, problem: str) -> None:
    run_lifecycle.advance(run, "fail")
    run.problem, run.ended_at = problem[:300], clock.now()
    announce(_event(AllocationFailed, run, None))


def stop(*, run: AllocationRun, by: Any) -> None:
    """Call it off; the worker sees it at its next step."""
    _take_turn(run)
    run_lifecycle.advance(run, "stop")
    run.ended_at = clock.now()
    announce(_event(AllocationStopped, run, by))


def choose_run(*, run: AllocationRun, by: Any) -> None:
    """This one is meant; the one chosen before is laid aside."""
    _take_turn(run)
    _still_true(run)
    before = queries.chosen_run(run.fair_id)
    if before is not None and before.id != run.id:
        lay_aside(run=before, by=by)
        db.session.flush()
    run_lifecycle.advance(run, "choose")
    db.session.flush()
    announce(_event(AllocationChosen, run, by))


def lay_aside(*, run: AllocationRun, by: Any) -> None:
    _take_turn(run)
    run_lifecycle.advance(run, "lay_aside")
    announce(_event(AllocationLaidAside, run, by))


def _still_true(run: AllocationRun) -> None:
    """Stands that were offered or confirmed since have to be where the run has them."""
    seats = {
        seat.application_id: sorted(seat.booths)
        for seat in db.session.scalars(select(AllocationSeat).where(AllocationSeat.run_id == run.id))
    }
    held = queries.held_at(run.fair)
    if any(seats.get(id) != sorted(booths) for id, booths in held.items()):
        raise Refusal(
            _l("Stands were offered or confirmed since this was computed. Please compute again: they stay.")
        )


def move_by_hand(
    *, run: AllocationRun, seat: AllocationSeat, codes: Sequence[str], reason: str, by: Any
) -> None:
    """Other booths, or none, for one applicant, before the decisions are released. Every rule holds for it too."""
    _take_turn(run)
    if run.state not in (RunState.COMPLETE, RunState.CHOSEN):
        raise Refusal(_l("Only a computation that is ready or chosen can be changed by hand."))
    if seat.application.decided_at is not None:
        raise Refusal(_l("This decision was released already: use the exhibitor's stand to move it."))
    if not reason.strip():
        raise Refusal(_l("Please write why, so that it can be explained later."), field="reason")
    booths = _booths_called(run.fair_id, codes)
    problem = problem_from(run.inputs)
    moved = _moved(run, seat, booths, problem)
    known = set(broken(problem, _plan(run, None)))
    wrong = [line for line in broken(problem, _plan(run, (seat, moved))) if line not in known]
    if wrong:
        raise Refusal(BROKEN_RULES[wrong[0][:2]], field="booths")
    _put(run, seat, moved, reason, problem, by)


def _booths_called(fair_id: int, codes: Sequence[str]) -> list[Booth]:
    """In the order of their row; one code twice is one booth."""
    wanted = list(dict.fromkeys(code.strip().upper() for code in codes if code.strip()))
    found = db.session.scalars(
        select(Booth)
        .where(Booth.fair_id == fair_id, Booth.code.in_(wanted))
        .order_by(Booth.row, Booth.number)
    ).all()
    if len(found) != len(wanted):
        missing = set(wanted) - {booth.code for booth in found}
        raise Refusal(
            _l("There is no booth %(code)s in the plan.", code=", ".join(sorted(missing))), field="booths"
        )
    return [*found]


def _moved(run: AllocationRun, seat: AllocationSeat, booths: list[Booth], problem: Problem) -> Seat | None:
    if not booths:
        return None
    asked = next(one for one in problem.asked if one.id == seat.application_id)
    half = len(booths) == 1 and (seat.halves == 1 or asked.halves == 1)
    units = tuple(booth.id for booth in booths for _half in range(1 if half else 2))
    wish = next(
        (
            rank
            for rank, wanted in enumerate(asked.wishes, start=1)
            if any(
                (wanted.kind == "booth" and wanted.id == booth.id)
                or (wanted.kind == "zone" and wanted.id == booth.zone_id)
                or (wanted.kind == "corner" and booth.corner)
                for booth in booths
            )
        ),
        None,
    )
    return Seat(seat.application_id, units, booths[0].zone_id, wish)


def _plan(run: AllocationRun, change: tuple[AllocationSeat, Seat | None] | None) -> Plan:
    """The run as a plan, with one seat changed."""
    held = {one["id"] for one in run.inputs["asked"] if one["held"]}
    rows = db.session.scalars(
        select(AllocationSeat).where(
            AllocationSeat.run_id == run.id, AllocationSeat.outcome == Outcome.PLACED
        )
    )
    seats = {
        row.application_id: Seat(
            row.application_id, tuple(row.booths), row.zone_id or 0, row.wish, row.application_id in held
        )
        for row in rows
    }
    if change is not None:
        seats.pop(change[0].application_id, None)
        if change[1] is not None:
            seats[change[0].application_id] = change[1]
    return Plan(tuple(seats.values()), run.solver, {})


def _put(
    run: AllocationRun, seat: AllocationSeat, moved: Seat | None, reason: str, problem: Problem, by: Any
) -> None:
    codes = {unit.id: unit.code for unit in problem.units}
    was = _words(seat.booths, codes)
    seat.outcome = Outcome.PLACED if moved is not None else Outcome.WAITING
    seat.booths = list(moved.units) if moved is not None else []
    seat.halves, seat.zone_id = len(seat.booths), moved.zone if moved is not None else None
    seat.wish, seat.by_hand = (moved.wish if moved is not None else None), reason.strip()
    announce(
        _event(
            SeatMoved,
            run,
            by,
            application_id=seat.application_id,
            cooperative=seat.application.cooperative.label,
            was=was,
            now=_words(seat.booths, codes),
            words=reason.strip(),
        )
    )


def _words(booths: Sequence[int], codes: dict[int, str]) -> str:
    return ", ".join(sorted({codes[id] for id in booths})) or "–"


def set_rules(*, fair: Fair, rules: Rules, by: Any) -> AllocationRules:
    """A new version; the former ones stay as they were."""
    db.session.refresh(fair, with_for_update={"of": Fair})
    _sound(rules)
    latest = queries.latest_rules(fair.id)
    version = AllocationRules(
        fair_id=fair.id,
        version=latest.version + 1 if latest is not None else 1,
        told=_told(rules),
        by_id=by.id,
        at=clock.now(),
    )
    db.session.add(version)
    db.session.flush()
    announce(AllocationRulesChanged(fair_id=fair.id, version=version.version, actor_id=id_of(by)))
    return version


def _sound(rules: Rules) -> None:
    shares = [share for _place, share in rules.places] + ([rules.newcomers] if rules.newcomers else [])
    percents = (
        [percent for _sector, percent in rules.caps] + [share.percent for share in shares] + [rules.loss]
    )
    if any(not 0 <= percent <= 100 for percent in percents):
        raise Refusal(_l("Percentages go from 0 to 100."))
    if sum(share.percent for share in shares if not share.released) > 100:
        raise Refusal(_l("The reserved shares together are more than all booths."))
    if any(one == other for one, other in rules.apart):
        raise Refusal(_l("Goods cannot be kept apart from themselves."))


def _told(rules: Rules) -> dict[str, Any]:
    return {
        "caps": [list(pair) for pair in rules.caps],
        "newcomers": _share(rules.newcomers) if rules.newcomers else None,
        "places": [[place, _share(share)] for place, share in rules.places],
        "budget": rules.budget,
        "apart": [list(pair) for pair in rules.apart],
        "loss": rules.loss,
    }


def _share(share: Any) -> dict[str, Any]:
    return {"percent": share.percent, "released": share.released}


def _locked(run_id: int) -> AllocationRun | None:
    return db.session.get(
        AllocationRun, run_id, with_for_update={"of": AllocationRun}, populate_existing=True
    )


def _take_turn(run: AllocationRun) -> None:
    db.session.refresh(run, with_for_update={"of": AllocationRun})


def _event(kind: type[AllocationEvent], run: AllocationRun, by: Any, **more: Any) -> AllocationEvent:
    return kind(run_id=run.id, fair_id=run.fair_id, number=run.number, actor_id=id_of(by), **more)
