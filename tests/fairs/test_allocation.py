"""Computations of who stands where: asked for, computed by the worker, looked at, moved by hand, chosen, explained."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from sqlalchemy import select, update

from marketplace.fairs import queries, services
from marketplace.fairs.allocating import Rules, Share, Stopped, hash_of, lottery, problem_from
from marketplace.fairs.invariants import CHECKS
from marketplace.fairs.models import AllocationRun, AllocationSeat, Fair, FairApplication
from marketplace.fairs.states import Outcome, RunState
from marketplace.fairs.tasks import allocate, go_on_allocating
from marketplace.fairs.tasks import allocation as tasks
from marketplace.foundation import clock
from marketplace.foundation.audit import history_of
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Refusal
from marketplace.selection import queries as selection
from marketplace.selection.models import Application, PreferenceAnswer
from marketplace.selection.reference import load_rules
from marketplace.selection.states import ApplicationState, Decision
from tests.client import ReadingClient
from tests.fairs.hall import Fairground, applied, fairground, newcomer, standing
from tests.statements import queries_sent
from tests.world import World

pytestmark = pytest.mark.database


@pytest.fixture
def ground(world: World) -> Fairground:
    """Six booths; Đồng Lạc and Thăng Long have applied, and a third one for more than there is left."""
    ground = fairground(world, booths=6)
    with transaction():
        draw(ground, "27-11-2026 84213")
    first = ground.booth("A01")
    applied(
        ground, world.dong_lac, state=ELIGIBLE, wishes=(first,), products=(world.carrots,), by=world.director
    )
    applied(ground, world.kinh_mon, state=ELIGIBLE, wishes=(first,), products=(world.onions,), by=world.rival)
    applied(ground, newcomer(), state=ELIGIBLE, halves=12, by=world.officer)
    return ground


ELIGIBLE = ApplicationState.ELIGIBLE


def draw(ground: Fairground, seed: str) -> None:
    ground.call.seed, ground.call.seed_drawn_at = seed, clock.now()


def computed(ground: Fairground, world: World) -> AllocationRun:
    with transaction():
        run = services.queue_run(fair=ground.fair, by=world.officer)
    allocate(run.id)
    return db.session.get_one(AllocationRun, run.id)


def seat_of(run: AllocationRun, cooperative: object) -> AllocationSeat:
    return next(seat for seat in run.seats if seat.application.cooperative == cooperative)


def breaks() -> dict[str, int]:
    return {number: count for number, (_sentence, check) in CHECKS.items() if (count := check())}


def test_nothing_is_computed_before_the_lottery_is_drawn(world: World) -> None:
    ground = fairground(world, booths=6)
    applied(ground, world.dong_lac, state=ELIGIBLE, by=world.director)
    with pytest.raises(Refusal, match="bốc thăm"), transaction():
        services.queue_run(fair=ground.fair, by=world.officer)


def test_a_run_keeps_its_inputs_its_solver_and_a_reason_for_everybody(
    world: World, ground: Fairground
) -> None:
    run = computed(ground, world)
    assert run.state is RunState.COMPLETE and run.progress == 100
    assert run.solver.startswith("HiGHS") and run.gap == 0 and run.seconds is not None
    assert run.inputs_hash == hash_of(run.inputs) == problem_from(run.inputs).hash()
    assert [seat.place for seat in run.seats] == [1, 2, 3]
    assert run.objective["placed"] == 2 and run.objective["baseline"]["placed"] <= 2
    for seat in run.seats:
        ticket = seat.application.cooperative.slug
        assert seat.lottery == lottery(ground.fair.slug, ticket, "27-11-2026 84213")
    waiting = next(seat for seat in run.seats if seat.outcome is Outcome.WAITING)
    assert waiting.halves == 0 and waiting.why["hindrance"] == "full" and waiting.why["helped"] == ["smaller"]
    assert sorted(seat.wish or 0 for seat in run.seats if seat.outcome is Outcome.PLACED) == [0, 1]
    assert history_of("allocation_run", run.id)


def test_a_run_tells_how_sectors_and_districts_fared(world: World, ground: Fairground) -> None:
    """Three applied, in as many sectors or districts as they are of; who waits counts as applied only."""
    run = computed(ground, world)
    for kind in ("sector", "place"):
        groups = run.objective["groups"][kind]
        assert sum(group["applied"] for group in groups) == 3
        assert sum(group["placed"] for group in groups) == 2
        means = [group["mean_wish"] for group in groups if group["mean_wish"] is not None]
        assert means == sorted(means, reverse=True)
    named = queries.named_groups(run.objective["groups"])
    assert all(name for name, group in named["place"] if group["id"])


def test_more_members_stand_before_in_a_band(world: World, ground: Fairground) -> None:
    declare_members(ground, {world.kinh_mon.id: 10, world.dong_lac.id: 300})
    run = computed(ground, world)
    assert seat_of(run, world.dong_lac).wish == 1
    assert seat_of(run, world.kinh_mon).why["better"][0]["why"] == "earlier"


def declare_members(ground: Fairground, numbers: dict[int, int]) -> None:
    """What each cooperative declared for the first step of the legal order."""
    with transaction():
        load_rules()
        step = selection.preference_rules(ground.call)[0]
        for each in db.session.scalars(select(Application).where(Application.call_id == ground.call.id)):
            amount = numbers.get(each.cooperative_id, 0)
            db.session.add(PreferenceAnswer(application_id=each.id, rule_id=step.id, amount=amount))


def test_when_somebody_applied_is_no_part_of_the_inputs(world: World, ground: Fairground) -> None:
    before = queries.gather(ground.fair)
    with transaction():
        for n, each in enumerate(db.session.scalars(select(Application).order_by(Application.id.desc()))):
            each.made_at = each.submitted_at = clock.now() - dt.timedelta(days=n)
    db.session.expire_all()
    assert queries.gather(ground.fair).hash() == before.hash()


def test_one_computation_at_a_time_for_a_fair(world: World, ground: Fairground) -> None:
    with transaction():
        services.queue_run(fair=ground.fair, by=world.officer)
    with pytest.raises(Refusal, match="Đang"), transaction():
        services.queue_run(fair=ground.fair, by=world.officer)


def test_a_confirmed_stand_never_moves(world: World, ground: Fairground) -> None:
    mine = db.session.scalars(
        select(FairApplication).where(FairApplication.fair_id == ground.fair.id).limit(1)
    ).one()
    stale = computed(ground, world)
    with transaction():  # released, and confirmed
        mine.application.state, mine.application.decided_at = ApplicationState.APPROVED, clock.now()
    standing(ground, mine, ground.booth("A04"))
    with pytest.raises(Refusal, match="tính lại"), transaction():
        services.choose_run(run=stale, by=world.officer)
    db.session.rollback()
    for _again in range(2):
        run = computed(ground, world)
        seat = next(seat for seat in run.seats if seat.application_id == mine.application_id)
        assert {queries.codes_of(ground.fair.id)[id] for id in seat.booths} == {"A04"}
    with transaction():
        services.choose_run(run=run, by=world.officer)
    assert breaks() == {}


def test_choosing_another_lays_the_first_one_aside(world: World, ground: Fairground) -> None:
    one, other = computed(ground, world), computed(ground, world)
    assert [sorted(seat.booths) for seat in one.seats] == [sorted(seat.booths) for seat in other.seats]
    for run in (one, other):
        with transaction():
            services.choose_run(run=run, by=world.officer)
    db.session.expire_all()
    assert (one.state, other.state) == (RunState.LAID_ASIDE, RunState.CHOSEN)
    assert breaks() == {}


def test_calling_off_is_seen_by_the_worker(
    world: World, ground: Fairground, monkeypatch: pytest.MonkeyPatch
) -> None:
    with transaction():
        run = services.queue_run(fair=ground.fair, by=world.officer)

    def solve(_problem: object, tell: Callable[[int, str], None]) -> None:
        tell(5, "who")
        with transaction():
            services.stop(run=db.session.get_one(AllocationRun, run.id), by=world.officer)
        with pytest.raises(Stopped):
            tell(10, "where")
        raise Stopped

    monkeypatch.setattr(tasks, "solve", solve)
    allocate(run.id)
    db.session.expire_all()
    assert run.state is RunState.STOPPED and run.seats == [] and run.progress == 5


def test_a_killed_worker_is_noticed_and_the_run_begins_anew(
    world: World, ground: Fairground, drain: Callable[[], int]
) -> None:
    with transaction():
        run = services.queue_run(fair=ground.fair, by=world.officer)
    with transaction():
        services.start(run_id=run.id)
    go_on_allocating()
    drain()
    db.session.expire_all()
    assert run.state is RunState.RUNNING, "its worker may still live"
    with transaction():
        db.session.execute(update(AllocationRun).values(seen_at=clock.now() - dt.timedelta(minutes=10)))
    go_on_allocating()
    drain()
    db.session.expire_all()
    assert run.state is RunState.COMPLETE


def test_an_error_is_told_and_not_hidden(
    world: World, ground: Fairground, monkeypatch: pytest.MonkeyPatch
) -> None:
    def solve(*_all: object) -> None:
        raise ZeroDivisionError("oh")

    monkeypatch.setattr(tasks, "solve", solve)
    run = computed(ground, world)
    assert run.state is RunState.FAILED and run.problem == "ZeroDivisionError: oh"


def test_by_hand_with_a_reason_and_within_the_rules(world: World, ground: Fairground) -> None:
    run = computed(ground, world)
    seat, other = seat_of(run, world.dong_lac), seat_of(run, world.kinh_mon)

    def move(codes: list[str], reason: str = "Xe hàng đi vào từ cổng sau") -> None:
        with transaction():
            services.move_by_hand(run=run, seat=seat, codes=codes, reason=reason, by=world.officer)

    taken = queries.codes_of(ground.fair.id)[other.booths[0]]
    for codes, reason, field in (
        (["A05"], " ", "reason"),
        (["Z99"], "Vì sao", "booths"),
        ([taken], "Vì sao", "booths"),
        (["A03", "A05"], "Vì sao", "booths"),
    ):
        with pytest.raises(Refusal) as refused:
            move(codes, reason)
        assert refused.value.field == field
        db.session.rollback()
    move(["a05"])
    assert (
        seat.by_hand and queries.codes_of(ground.fair.id)[seat.booths[0]] == "A05" and len(seat.booths) == 2
    )
    move([])
    assert seat.outcome is Outcome.WAITING
    with transaction():
        services.choose_run(run=run, by=world.officer)
    assert breaks() == {}


def test_a_released_decision_is_not_moved_here(world: World, ground: Fairground) -> None:
    run = computed(ground, world)
    seat = seat_of(run, world.dong_lac)
    with transaction():
        seat.application.state, seat.application.decided_at = ApplicationState.APPROVED, clock.now()
    with pytest.raises(Refusal), transaction():
        services.move_by_hand(run=run, seat=seat, codes=["A05"], reason="Vì sao", by=world.officer)


def test_rules_are_versions_and_hold_for_the_next_run(world: World, ground: Fairground) -> None:
    sector = world.carrots.commodity.category_id
    for percent in (50, 1):
        with transaction():
            services.set_rules(
                fair=ground.fair,
                rules=Rules(caps=((sector, percent),), newcomers=Share(10), loss=20),
                by=world.officer,
            )
    assert [each.version for each in queries.revisions(ground.fair.id)] == [2, 1]
    run = computed(ground, world)
    assert seat_of(run, world.dong_lac).why["hindrance"] == "cap"
    with pytest.raises(Refusal), transaction():
        services.set_rules(fair=ground.fair, rules=Rules(apart=((1, 1),)), by=world.officer)


def test_history_gives_credit_that_halves_in_a_year(world: World, ground: Fairground) -> None:
    """Waiting at a fair a year before counts half; a first wish met there takes it away."""
    before = fairground(world, booths=6, in_days=40 - 365)
    with transaction():
        draw(before, "1")
    applied(before, world.dong_lac, wishes=(before.booth("A01"),), by=world.director)
    applied(before, world.kinh_mon, halves=12, least=12, by=world.rival)
    run = computed(before, world)
    with transaction():
        services.choose_run(run=run, by=world.officer)
    ids = [world.dong_lac.id, world.kinh_mon.id]
    credits = queries.credits_of(ground.fair, ids)
    outcome = {
        id: seat_of(run, each).outcome for id, each in zip(ids, (world.dong_lac, world.kinh_mon), strict=True)
    }
    for id in ids:
        assert credits[id] == (0.5 if outcome[id] is Outcome.WAITING else 0)
    assert sorted(credits.values()) == [0, 0.5]


def test_pages_of_the_office(
    world: World, ground: Fairground, client: ReadingClient, drain: Callable[[], int]
) -> None:
    client.sign_in("officer@demo.vn")
    here = f"/office/fairs/{ground.fair.slug}/allocation"
    assert client.get(here).status_code == 200
    answer = client.send(here)
    assert answer.status_code == 303
    page = answer.location
    waiting = client.get(page)
    assert "Refresh" in waiting.headers and "/stop" in waiting.text
    drain()
    db.session.rollback()  # the page before has left a snapshot open
    done = client.get(page)
    assert "Refresh" not in done.headers and "HTX Đồng Lạc" in done.text
    assert client.send(f"{page}/choice").status_code == 303
    run = db.session.scalars(select(AllocationRun)).one()
    seat = seat_of(run, world.dong_lac)
    why = f"{page}/why/{seat.application.ref}"
    assert seat.lottery in client.get(why).text
    refused = client.send(why, {"booths": "A99", "reason": "Vì xe"})
    assert refused.status_code == 422 and "A99" in refused.text
    assert client.send(why, {"booths": "A05", "reason": "Vì xe"}).status_code == 303
    assert "Vì xe" in client.get(why).text
    assert client.send(f"{page}/decisions").location.endswith("/release")
    shown = client.get(f"/office/fairs/{ground.fair.slug}/release").text
    assert "A05" in shown and "danh sách chờ" in shown
    db.session.expire_all()
    assert seat.application.pending is Decision.APPROVE
    client.send(here)
    drain()
    db.session.rollback()
    second = db.session.scalars(select(AllocationRun).order_by(AllocationRun.number.desc())).first()
    assert second is not None
    assert "HTX Đồng Lạc" in client.get(f"{here}/{second.ref}/comparison/{run.ref}").text
    assert client.get(f"{here}?after=x").status_code == 200


def test_the_form_of_the_rules(world: World, ground: Fairground, client: ReadingClient) -> None:
    client.sign_in("officer@demo.vn")
    here = f"/office/fairs/{ground.fair.slug}/allocation/rules"
    one, other = (category.id for category in queries.sectors()[:2])
    assert client.get(here).status_code == 200
    wrong = client.send(here, {f"cap_{one}": "120", "newcomers": "10"})
    assert wrong.status_code == 422 and 'value="120"' in wrong.text
    given = {
        f"cap_{one}": "40",
        "newcomers": "10",
        "released": "y",
        "budget": "50 triệu",
        "apart": f"{min(one, other)}-{max(one, other)}",
        "loss": "0",
    }
    assert client.send(here, given).status_code == 303
    rules = queries.rules_of(ground.fair.id)
    assert rules == Rules(
        caps=((one, 40),),
        newcomers=Share(10),
        budget=50_000_000,
        apart=((min(one, other), max(one, other)),),
        loss=0,
    )
    assert 'value="40"' in client.get(here).text


def test_an_applicant_reads_why_only_after_the_release(
    world: World, ground: Fairground, client: ReadingClient
) -> None:
    run = computed(ground, world)
    with transaction():
        services.choose_run(run=run, by=world.officer)
    client.sign_in("donglac@demo.vn")
    here = f"/desk/fairs/{ground.fair.slug}/why"
    assert client.get(here).status_code == 404
    seat = seat_of(run, world.dong_lac)
    with transaction():
        seat.application.state, seat.application.decided_at = ApplicationState.APPROVED, clock.now()
    shown = client.get(here)
    assert shown.status_code == 200 and seat.lottery in shown.text
    assert "Thăng Long" not in shown.text, "others are categories, never names"
    assert client.get(f"/office/fairs/{ground.fair.slug}/allocation").status_code in (403, 404)


def test_a_list_takes_the_same_number_of_statements(world: World, ground: Fairground) -> None:
    few = statements(computed(ground, world))
    for _n in range(3):
        applied(ground, newcomer(), state=ELIGIBLE, by=world.officer)
    assert statements(computed(ground, world)) == few


def statements(run: AllocationRun) -> int:
    run_id = run.id
    db.session.expire_all()
    with queries_sent() as sent:
        for seat in queries.seats_of(run_id).rows:
            assert seat.application.cooperative.label
    return len(sent)


def test_the_command_computes_here_and_now(world: World, ground: Fairground, app: object) -> None:
    runner = app.test_cli_runner()
    told = runner.invoke(args=["fairs", "allocate", ground.fair.slug, "--by", "officer@demo.vn"])
    assert told.exit_code == 0 and "placed: 2" in told.output
    wrong = runner.invoke(args=["fairs", "allocate", "nowhere", "--by", "officer@demo.vn"])
    assert wrong.exit_code == 1
    assert db.session.scalars(select(Fair)).first() is not None
