"""Gates: decided without a signal, told later in any order, and nothing lost."""

from __future__ import annotations

import datetime as dt
import json
import random
import uuid
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError

from marketplace.accounts import queries as accounts
from marketplace.fairs import codes, listing, queries, services
from marketplace.fairs.forms.gate import MOST, read_batch
from marketplace.fairs.invariants.gate import CHECKS
from marketplace.fairs.models import Click, FairPass, Gate, GateConflict, Presence, Scan
from marketplace.fairs.presence import ConflictKind, Direction, PassKind, Verdict, fold
from marketplace.fairs.services import ToldClick, ToldScan
from marketplace.foundation import clock
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Conflict, Refusal
from tests.client import ReadingClient, another
from tests.fairs.gates import fair_today, gate, scan, told, visitor, volunteer
from tests.fairs.hall import Fairground, applied, standing
from tests.world import World

V, K = Verdict, ConflictKind


def broken() -> dict[str, int]:
    return {name: found for name, (_says, check) in CHECKS.items() if (found := check())}


def ago(minutes: int) -> dt.datetime:
    return clock.now() - dt.timedelta(minutes=minutes)


@pytest.fixture
def ground(world: World) -> Iterator[Fairground]:
    """Soon after midnight half an hour ago was another day: then these tests stand at noon."""
    noon = clock.start_of_day(clock.today()) + dt.timedelta(hours=12)
    early = clock.to_local(clock.now()).hour == 0
    with clock.standing_at(noon) if early else nullcontext():
        yield fair_today(world)


def found() -> dict[str, ConflictKind]:
    return {each.uuid: each.kind for each in db.session.scalars(select(GateConflict))}


# --- what scans come to -----------------------------------------------------------------------------


@dataclass(frozen=True)
class Seen:
    uuid: str
    at: dt.datetime
    direction: Direction
    let_in: bool


START = dt.datetime(2026, 12, 18, 1, tzinfo=dt.UTC)
SCANS = st.lists(
    st.builds(
        lambda n, minute, out, let_in: Seen(
            f"{n:08d}",
            START + dt.timedelta(minutes=minute),
            Direction.OUT if out else Direction.IN,
            let_in and not out,
        ),
        st.integers(0, 10**7),
        st.integers(0, 30),
        st.booleans(),
        st.booleans(),
    ),
    unique_by=lambda seen: seen.uuid,
    max_size=12,
)


@given(SCANS, st.randoms(use_true_random=False), st.sampled_from(PassKind))
def test_the_order_of_telling_does_not_matter(
    scans: list[Seen], chance: random.Random, kind: PassKind
) -> None:
    mixed = [*scans]
    chance.shuffle(mixed)
    assert fold(mixed, kind=kind, revoked_at=None) == fold(scans, kind=kind, revoked_at=None)


@given(SCANS)
def test_a_visitor_is_first_once_and_every_entry_is_counted(scans: list[Seen]) -> None:
    day = fold(scans, kind=PassKind.VISITOR, revoked_at=None)
    entered = sorted((s for s in scans if s.let_in), key=lambda s: (s.at, s.uuid))
    assert day.entries == len(entered)
    assert day.first_scan == (entered[0].uuid if entered else None)
    assert set(day.verdicts) == {s.uuid for s in scans}
    assert [day.verdicts[s.uuid] for s in entered].count(V.FIRST) == (1 if entered else 0)


def test_people_at_work_come_and_go_without_a_conflict() -> None:
    twice = [
        Seen("a", START, Direction.IN, True),
        Seen("b", START + dt.timedelta(minutes=5), Direction.IN, True),
    ]
    assert fold(twice, kind=PassKind.STAFF, revoked_at=None).conflicts == {}
    assert fold(twice, kind=PassKind.VISITOR, revoked_at=None).conflicts == {"b": K.DOUBLE}


# --- told to the server -----------------------------------------------------------------------------


def test_a_double_entry_over_two_gates_is_kept_and_listed(world: World, ground: Fairground) -> None:
    one, two, lan = gate(ground, world), gate(ground, world, "Cổng sau"), visitor(ground)
    late, early = scan(lan, at=ago(10)), scan(lan, at=ago(30))
    assert told(two, late).verdicts == {late.uuid: V.FIRST}
    assert told(one, early).verdicts == {early.uuid: V.FIRST}
    presence = db.session.scalars(select(Presence)).one()
    assert db.session.get_one(Scan, presence.first_scan_id).uuid == early.uuid
    assert (presence.entries, presence.inside) == (2, True)
    assert found() == {late.uuid: K.DOUBLE}
    assert broken() == {}


def test_what_no_longer_is_a_conflict_goes_and_what_was_settled_stays(
    world: World, ground: Fairground
) -> None:
    here, lan = gate(ground, world), visitor(ground)
    first, second = scan(lan, at=ago(30)), scan(lan, at=ago(10))
    told(here, first, second)
    assert found() == {second.uuid: K.DOUBLE}
    told(here, scan(lan, at=ago(20), out=True))
    assert found() == {}
    third = scan(lan, at=ago(5))
    told(here, third)
    with transaction():
        services.settle_conflict(
            conflict=db.session.scalars(select(GateConflict)).one(), words="Chị quay lại", by=world.officer
        )
    told(here, scan(lan, at=ago(7), out=True))
    assert found() == {third.uuid: K.DOUBLE}
    assert broken() == {}
    with pytest.raises(Refusal), transaction():
        services.settle_conflict(
            conflict=db.session.scalars(select(GateConflict)).one(), words="Nữa", by=world.officer
        )


def test_telling_twice_writes_once(world: World, ground: Fairground) -> None:
    here, lan = gate(ground, world), visitor(ground)
    one = scan(lan)
    assert told(here, one, one).new == 1
    again = told(here, one)
    assert (again.new, again.verdicts) == (0, {one.uuid: V.FIRST})
    assert db.session.scalar(select(func.count()).select_from(Scan)) == 1


def test_a_pass_revoked_meanwhile_and_a_stranger_are_listed(world: World, ground: Fairground) -> None:
    here, lan = gate(ground, world), visitor(ground)
    before = scan(lan, at=ago(1))
    with transaction():
        services.revoke_pass(fair_pass=lan, reason="Mất giấy", by=world.officer)
    soon = clock.now() + dt.timedelta(minutes=1)
    after, stranger = scan(lan, at=soon), scan(None, at=soon)
    sent_away = scan(None, let_in=False, verdict=V.UNKNOWN)
    with clock.standing_at(soon):
        verdicts = told(here, after, before, stranger, sent_away).verdicts
    assert verdicts == {
        before.uuid: V.FIRST,
        after.uuid: V.REVOKED,
        stranger.uuid: V.UNKNOWN,
        sent_away.uuid: V.UNKNOWN,
    }
    assert found() == {after.uuid: K.REVOKED, stranger.uuid: K.UNKNOWN}
    assert broken() == {}


def test_a_good_pass_that_an_old_list_turned_away_is_listed(world: World, ground: Fairground) -> None:
    here, lan, minh = gate(ground, world), visitor(ground), visitor(ground, "Minh")
    refused = scan(lan, let_in=False, verdict=V.UNKNOWN, at=ago(9))
    tried = scan(minh, let_in=False, verdict=V.UNKNOWN, at=ago(9))
    told(here, refused, tried, scan(minh, at=ago(8)))
    assert found() == {refused.uuid: K.TURNED_AWAY}


def test_a_pass_of_another_fair_opens_nothing_here(world: World, ground: Fairground) -> None:
    other = visitor(fair_today(world))
    entered = scan(other)
    assert told(gate(ground, world), entered).verdicts == {entered.uuid: V.UNKNOWN}
    assert found() == {entered.uuid: K.UNKNOWN}


def test_a_phone_with_a_wrong_clock_is_set_right(world: World, ground: Fairground) -> None:
    here, lan = gate(ground, world), visitor(ground)
    slow = dt.timedelta(days=2)
    one = scan(lan, at=ago(10) - slow)
    with transaction():
        services.receive(gate=here, scans=[one], sent_at=clock.now() - slow)
    kept = db.session.scalars(select(Scan)).one()
    assert abs(kept.at - ago(10)) < dt.timedelta(seconds=30)
    assert (kept.device_at, kept.reason) == (one.device_at, "clock")


def test_scans_are_never_changed(world: World, ground: Fairground) -> None:
    told(gate(ground, world), scan(visitor(ground)))
    with pytest.raises((Conflict, DBAPIError)), transaction():
        db.session.scalars(select(Scan)).one().let_in = False


def test_the_invariants_notice(world: World, ground: Fairground) -> None:
    here, lan = gate(ground, world), visitor(ground)
    told(here, scan(lan, at=ago(9)), scan(lan, at=ago(5)))
    assert broken() == {}
    with transaction():
        later = db.session.scalars(select(Scan).order_by(Scan.at.desc())).first()
        assert later is not None
        db.session.scalars(select(Presence)).one().first_scan_id = later.id
    assert set(broken()) == {"B6", "B8"}
    with transaction():
        db.session.delete(db.session.scalars(select(GateConflict)).one())
    assert broken()["B8"] == 2


def crowd(
    world: World, ground: Fairground, *, people: int, scans: int, seed: int
) -> tuple[list[Gate], list[Any]]:
    """Three gates and what their phones wrote down: entries, exits, doubles, strangers; a third of it told twice."""
    chance = random.Random(seed)
    gates = [gate(ground, world, f"Cổng {n}") for n in (1, 2, 3)]
    with transaction():
        kinds = [PassKind.VISITOR] * 7 + [PassKind.TRADE_BUYER] * 2
        passes = [
            services.register_visitor(
                fair=ground.fair,
                name=f"Khách {n}",
                phone=f"+8498{n:07d}",
                trade_buyer=chance.choice(kinds) is PassKind.TRADE_BUYER,
                agreed=True,
            )
            for n in range(people)
        ]
        for fair_pass in passes[::25]:
            services.revoke_pass(fair_pass=fair_pass, reason="Thử", by=world.officer)
    written: list[tuple[Gate, ToldScan]] = []
    begin = clock.start_of_day(clock.today())
    length = max(int((clock.now() - begin).total_seconds()), 60)
    for _ in range(scans):
        made: FairPass | None = chance.choice(passes) if chance.random() > 0.03 else None
        at = begin + dt.timedelta(seconds=chance.randrange(length))
        one = scan(
            made,
            at=at,
            out=chance.random() < 0.3,
            let_in=chance.random() > 0.1,
            uuid=str(uuid.UUID(int=chance.getrandbits(128))),
        )
        written.append((chance.choice(gates), one))
    return gates, written + chance.sample(written, scans // 3)


def told_in_batches(written: Sequence[tuple[Gate, ToldScan]], chance: random.Random, size: int) -> None:
    """Each phone tells its own in whatever order; which phone comes when is chance too."""
    mixed = [*written]
    chance.shuffle(mixed)
    queues: dict[int, list[ToldScan]] = {}
    gates = {where.id: where for where, _one in mixed}
    for where, one in mixed:
        queues.setdefault(where.id, []).append(one)
    batches = [(id, each[at : at + size]) for id, each in queues.items() for at in range(0, len(each), size)]
    chance.shuffle(batches)
    for id, batch in batches:
        told(gates[id], *batch)


def outcome() -> tuple[Any, ...]:
    """What all of it came to, without the numbers of rows."""
    db.session.expire_all()
    uuids: dict[int | None, str] = {each.id: each.uuid for each in db.session.scalars(select(Scan))}
    presences = {
        (each.pass_id, each.day, uuids.get(each.first_scan_id), each.entries, each.inside, each.last_at)
        for each in db.session.scalars(select(Presence))
    }
    return set(uuids.values()), presences, found()


def test_three_gates_without_a_signal_come_to_the_same_in_any_order(world: World, ground: Fairground) -> None:
    _gates, written = crowd(world, ground, people=60, scans=300, seed=7)
    told_in_batches(written, random.Random(1), 40)
    uuids, presences, conflicts = outcome()
    assert uuids == {one.uuid for _where, one in written}
    assert conflicts
    assert broken() == {}
    expected = expected_of(ground, [one for _where, one in written])
    assert {
        (pass_id, entries, inside) for pass_id, _day, _first, entries, inside, _last in presences
    } == expected
    told_in_batches(written, random.Random(2), 17)
    assert outcome() == (uuids, presences, conflicts)


def expected_of(ground: Fairground, written: Sequence[ToldScan]) -> set[tuple[int, int, bool]]:
    """Counted by hand: the last move says who is inside, every entry counts."""
    passes = {each.code_hash: each.id for each in db.session.scalars(select(FairPass))}
    unique = sorted({one.uuid: one for one in written}.values(), key=lambda one: (one.device_at, one.uuid))
    seen: dict[int, tuple[int, bool]] = {}
    for one in unique:
        if one.code_hash not in passes:
            continue
        entries, inside = seen.get(passes[one.code_hash], (0, False))
        if one.direction is Direction.OUT:
            inside = False
        elif one.let_in:
            entries, inside = entries + 1, True
        seen[passes[one.code_hash]] = (entries, inside)
    return {(id, entries, inside) for id, (entries, inside) in seen.items()}


def test_two_orders_of_the_same_scans_are_the_same(world: World) -> None:
    """The same phones at two fairs, told in two orders: presences and conflicts agree, pass by pass."""
    outcomes = []
    for seed in (3, 4):
        ground = fair_today(world)
        _gates, written = crowd(world, ground, people=25, scans=120, seed=11)
        renamed = [(where, one if seed == 3 else _again(one)) for where, one in written]
        told_in_batches(renamed, random.Random(seed), 13)
        outcomes.append(_by_serial(ground))
    assert outcomes[0] == outcomes[1]
    assert broken() == {}


def _again(one: ToldScan) -> ToldScan:
    """The same moment at another fair needs another id, in the same order."""
    return ToldScan(**{**vars(one), "uuid": f"{one.uuid[:-1]}{'f' if one.uuid[-1] != 'f' else 'e'}"})


def _by_serial(ground: Fairground) -> set[Any]:
    rows = db.session.execute(
        select(FairPass.serial, Presence.entries, Presence.inside, Presence.last_at)
        .join(Presence, Presence.pass_id == FairPass.id)
        .where(FairPass.fair_id == ground.fair.id)
    )
    kinds = db.session.execute(
        select(FairPass.serial, GateConflict.kind, func.count())
        .join(Scan, Scan.id == GateConflict.scan_id)
        .join(FairPass, FairPass.id == Scan.pass_id)
        .where(GateConflict.fair_id == ground.fair.id)
        .group_by(FairPass.serial, GateConflict.kind)
    )
    return {(*row,) for row in rows} | {(*row,) for row in kinds}


# --- figures ----------------------------------------------------------------------------------------


def test_visits_are_not_visitors_and_staff_are_never_visitors(world: World, ground: Fairground) -> None:
    here = gate(ground, world)
    stand = standing(ground, applied(ground, world.dong_lac, by=world.director), ground.booth("A01"))
    with transaction():
        worker = services.add_staff_pass(stand=stand, holder="Ông Hùng", by=world.director)
    lan, huy = visitor(ground), visitor(ground, "Huy", trade_buyer=True)
    told(
        here,
        scan(lan, at=ago(9)),
        scan(lan, at=ago(8), out=True),
        scan(lan, at=ago(7)),
        scan(huy),
        scan(worker),
    )
    with clock.standing_at(clock.now() + dt.timedelta(days=1)):
        told(here, scan(lan, at=clock.now()))
    with transaction():
        services.receive(gate=here, clicks=[ToldClick(uuid=str(uuid.uuid4()), minute=ago(3), count=40)])
    whole = queries.gate.attendance(ground.fair).whole
    assert (whole.visitors, whole.visits) == (1, 2)
    assert (whole.buyers, whole.buyer_visits) == (1, 1)
    assert (whole.at_work, whole.clicked) == (1, 40)
    by_hour = queries.gate.attendance(ground.fair).hours
    assert sum(came.visitors + came.buyers for came in by_hour.values()) == 3


def test_clicks_are_written_once(world: World, ground: Fairground) -> None:
    here, click = gate(ground, world), ToldClick(uuid=str(uuid.uuid4()), minute=ago(3), count=3)
    for _ in range(2):
        with transaction():
            services.receive(gate=here, clicks=[click])
    assert db.session.scalars(select(Click.count)).all() == [3]


# --- over the wire ----------------------------------------------------------------------------------


def taken(client: ReadingClient, where: Gate) -> dict[str, str]:
    answer = client.post(f"/gate/{where.ref}/device", headers={"X-CSRF-Token": client.token()})
    assert answer.status_code == 200
    return {"Authorization": f"Gate {answer.json['key']}"}


def sent(*scans: ToldScan) -> dict[str, Any]:
    return {
        "sent_at": clock.now().isoformat(),
        "scans": [
            {
                "uuid": one.uuid,
                "hash": one.code_hash,
                "direction": one.direction.value,
                "let_in": one.let_in,
                "offline": one.offline,
                "at": one.device_at.isoformat(),
                "verdict": one.verdict.value,
            }
            for one in scans
        ],
        "clicks": [],
    }


def test_a_phone_takes_the_gate_gets_the_list_and_tells(
    world: World, ground: Fairground, client: ReadingClient
) -> None:
    volunteer()
    here, lan = gate(ground, world), visitor(ground)
    client.sign_in("gate@demo.vn")
    assert ground.fair.name in client.get("/gate").get_data(as_text=True)
    assert client.get(f"/gate/{here.ref}").status_code == 200
    proof = taken(client, here)
    phone = another(client.application)
    answer = phone.get(f"/gate/{here.ref}/list", headers=proof).json
    assert answer is not None
    assert answer["signature"] == listing.sign(listing.hash_of(proof["Authorization"][5:]), answer["list"])
    carried = json.loads(answer["list"])
    assert carried["passes"] == [[lan.code_hash, "visitor", "", 0, 0]]
    assert lan.holder not in answer["list"]
    assert codes.code_of(lan) not in answer["list"]
    one = scan(lan)
    heard = phone.post(f"/gate/{here.ref}/sync", json=sent(one), headers=proof).json
    assert heard == {
        "scans": {one.uuid: "first"},
        "clicks": [],
        "odd": [],
        "version": carried["version"],
    }
    assert phone.post(f"/gate/{here.ref}/sync", json=sent(one), headers=proof).json == heard


def test_only_the_phone_that_stands_there_is_heard(
    world: World, ground: Fairground, client: ReadingClient
) -> None:
    volunteer()
    here = gate(ground, world)
    client.sign_in("gate@demo.vn")
    before, now = taken(client, here), taken(client, here)
    for proof, code in ((before, 403), ({}, 403), ({"Authorization": "Gate x"}, 403), (now, 200)):
        assert client.get(f"/gate/{here.ref}/list", headers=proof).status_code == code
        assert client.post(f"/gate/{here.ref}/sync", json=sent(), headers=proof).status_code == code


def test_a_closed_gate_still_takes_what_its_phone_holds(
    world: World, ground: Fairground, client: ReadingClient
) -> None:
    volunteer()
    here, lan = gate(ground, world), visitor(ground)
    client.sign_in("gate@demo.vn")
    proof = taken(client, here)
    with transaction():
        services.close_gate(gate=here, by=world.officer)
    assert client.get(f"/gate/{here.ref}").status_code == 404
    assert client.post(f"/gate/{here.ref}/sync", json=sent(scan(lan)), headers=proof).status_code == 200
    with pytest.raises(Refusal), transaction():
        services.take_gate(gate=here, by=world.officer)


def test_what_cannot_be_read_is_named_and_the_rest_is_taken(world: World, ground: Fairground) -> None:
    good = scan(visitor(ground))
    body = sent(good, good)
    body["scans"][0] = {**body["scans"][0], "at": "gestern"}
    body["scans"] += ["?", {"uuid": "zz"}]
    batch = read_batch(body)
    assert batch is not None
    assert [one.uuid for one in batch.scans] == [good.uuid]
    assert batch.odd == [good.uuid, "", "zz"]
    assert read_batch([]) is None
    assert read_batch({"scans": [{}] * (MOST + 1)}) is None
    yes = read_batch({"clicks": [{"uuid": good.uuid, "at": clock.now().isoformat(), "count": True}]})
    assert yes is not None
    assert (yes.clicks, yes.odd) == ([], [good.uuid])


def test_strangers_and_sellers_do_not_open_gates(
    world: World, ground: Fairground, client: ReadingClient
) -> None:
    here = gate(ground, world)
    assert client.get("/gate").status_code == 303
    client.sign_in("donglac@demo.vn")
    assert client.get("/gate").status_code == 403
    assert client.get(f"/gate/{here.ref}").status_code == 403
    assert client.send(f"/gate/{here.ref}/device").status_code == 403
    assert client.get(f"/office/fairs/{ground.fair.slug}/gate").status_code == 404


def test_a_volunteer_opens_gates_and_nothing_else_of_the_alliance(
    world: World, ground: Fairground, client: ReadingClient
) -> None:
    who, here = volunteer(), gate(ground, world)
    alliance = accounts.alliance()
    assert alliance is not None
    assert who.id not in [each.id for each in accounts.people_of(alliance.id)]
    assert (who.organisation_ids, who.organisations(alliance.kind)) == ([], [])
    client.sign_in("gate@demo.vn")
    assert client.get(f"/gate/{here.ref}").status_code == 200
    for page in ("/office", "/office/rounds", "/office/people", f"/office/fairs/{ground.fair.slug}/passes"):
        assert client.get(page).status_code in {403, 404}, page


def test_the_page_installs_itself_for_its_own_addresses(
    world: World, ground: Fairground, client: ReadingClient
) -> None:
    here = gate(ground, world)
    manifest = client.get(f"/gate/{here.ref}/manifest.webmanifest")
    assert manifest.mimetype == "application/manifest+json"
    assert json.loads(manifest.data)["scope"] == "/gate/"
    assert json.loads(client.get(f"/en/gate/{here.ref}/manifest.webmanifest").data)["scope"] == "/en/gate/"
    worker = client.get("/gate/worker.js")
    assert worker.mimetype == "text/javascript"
    assert "js/gate/worker.js" in worker.get_data(as_text=True)


def test_the_office_makes_gates_sees_conflicts_and_settles_them(
    world: World, ground: Fairground, client: ReadingClient
) -> None:
    client.sign_in("officer@demo.vn")
    page = f"/office/fairs/{ground.fair.slug}/gate"
    assert client.get(page).status_code == 200
    assert client.send(page, {"name": "Cổng Bắc"}).status_code == 303
    assert client.send(page, {"name": "Cổng Bắc"}).status_code == 422
    assert client.send(page, {"name": ""}).status_code == 422
    here, lan = db.session.scalars(select(Gate)).one(), visitor(ground)
    late = scan(lan, at=ago(2))
    told(here, scan(lan, at=ago(9)), late)
    shown = client.get(page).get_data(as_text=True)
    assert lan.holder in shown
    assert f"{page}/conflicts/{late.uuid}" in shown
    address = f"{page}/conflicts/{late.uuid}"
    assert client.get(address).status_code == 200
    assert client.send(address, {"words": ""}).status_code == 422
    assert client.send(address, {"words": "Quên quét lúc ra"}).status_code == 303
    assert address not in client.get(page).get_data(as_text=True)
    assert "Quên quét lúc ra" in client.get(f"{page}?settled=1").get_data(as_text=True)
    assert client.get(address).status_code == 200
    assert client.get(f"{page}/{here.ref}/history").status_code == 200
    assert client.send(f"{page}/{here.ref}/closing").status_code == 303
    assert client.get(page).status_code == 200
