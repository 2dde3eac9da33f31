"""Gates: made, taken over by a device, told of what happened there without a signal.

Whatever a device tells is kept. What should not have happened is found by the fold and listed for a person.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from marketplace.fairs import listing
from marketplace.fairs.events import ConflictSettled, GateClosed, GateMade, GateTaken, ScansReceived
from marketplace.fairs.models import Click, Fair, FairPass, Gate, GateConflict, Presence, Scan
from marketplace.fairs.presence import ConflictKind, Day, Direction, Verdict, fold
from marketplace.fairs.queries import gate as queries
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.reference import random_ref
from marketplace.foundation.words import _l

MOST_OFF = dt.timedelta(seconds=90)
"""A device's clock that is wrong by more is set right."""
PassDay = tuple[int, dt.date]


@dataclass(frozen=True)
class ToldScan:
    """A scan as a device tells of it."""

    uuid: str
    code_hash: str
    direction: Direction
    let_in: bool
    offline: bool
    device_at: dt.datetime
    verdict: Verdict


@dataclass(frozen=True)
class ToldClick:
    uuid: str
    minute: dt.datetime
    count: int


@dataclass
class Received:
    """What the server made of each scan, by its uuid; what it knew before is answered again."""

    verdicts: dict[str, Verdict] = field(default_factory=dict)
    new: int = 0


def make_gate(*, fair: Fair, name: str, by: Any) -> Gate:
    gate = Gate(ref=random_ref(), fair=fair, name=name, made_at=clock.now(), by_id=by.id)
    db.session.add(gate)
    db.session.flush()
    announce(GateMade(**_about(gate, by)))
    return gate


def take_gate(*, gate: Gate, by: Any) -> str:
    """A device stands at this gate from now on: its key, which is shown this once. The one before it keeps what it
    wrote down, and tells it as soon as somebody opens the gate there again."""
    db.session.refresh(gate, with_for_update={"of": Gate})
    if gate.closed_at is not None:
        raise Refusal(_l("This gate is closed."))
    key = secrets.token_urlsafe(32)
    gate.key_hash, gate.taken_by_id, gate.last_seen_at = listing.hash_of(key), id_of(by), clock.now()
    db.session.flush()
    announce(GateTaken(**_about(gate, by)))
    return key


def close_gate(*, gate: Gate, by: Any) -> None:
    """No device opens it any more; what its device still holds is taken all the same."""
    db.session.refresh(gate, with_for_update={"of": Gate})
    if gate.closed_at is not None:
        return
    gate.closed_at = clock.now()
    db.session.flush()
    announce(GateClosed(**_about(gate, by)))


def receive(
    *,
    gate: Gate,
    scans: Sequence[ToldScan] = (),
    clicks: Sequence[ToldClick] = (),
    sent_at: dt.datetime | None = None,
    by: Any = None,
) -> Received:
    """What a device tells, once or many times: each uuid is written down once."""
    db.session.refresh(gate, with_for_update={"of": Gate})
    gate.last_seen_at = now = clock.now()
    slow = _how_slow(sent_at, now)
    counted = _count_clicks(gate, clicks, slow, now)
    received = _write_scans(gate, scans, slow, now)
    db.session.flush()
    if received.new or counted:
        announce(ScansReceived(**_about(gate, by), count=received.new + counted))
    return received


def settle_conflict(*, conflict: GateConflict, words: str, by: Any) -> None:
    """Somebody looked into it, and says what it was."""
    db.session.refresh(conflict, with_for_update={"of": GateConflict})
    if conflict.settled_at is not None:
        raise Refusal(_l("Somebody settled this already."))
    conflict.settled_at, conflict.settled_by_id, conflict.settled_words = clock.now(), by.id, words
    db.session.flush()
    announce(ConflictSettled(**_about(conflict.scan.gate, by), words=words))


def fold_again(*, fair: Fair) -> None:
    """The fair has other days: what its scans come to follows, as if they were told now."""
    scans: dict[PassDay, list[Scan]] = {}
    for scan in queries.scans_with_pass(fair.id):
        assert scan.pass_id is not None
        scans.setdefault((scan.pass_id, scan.day), []).append(scan)
    passes = queries.passes_by_id([id for id, _day in scans])
    days = {
        key: _Folded(those, fold_day(fair, passes[key[0]], key[1], those)) for key, those in scans.items()
    }
    _keep_presences(fair.id, days)
    _keep_conflicts(fair.id, days, (), clock.now())
    db.session.flush()


# --- how it is done ---------------------------------------------------------------------------------


def _about(gate: Gate, by: Any) -> dict[str, Any]:
    return {"gate_id": gate.id, "fair_id": gate.fair_id, "name": gate.name, "actor_id": id_of(by)}


def _how_slow(sent_at: dt.datetime | None, now: dt.datetime) -> dt.timedelta:
    """How far a device's clock is behind ours, when that is more than the way takes."""
    off = now - sent_at if sent_at is not None else dt.timedelta(0)
    return off if abs(off) > MOST_OFF else dt.timedelta(0)


def _count_clicks(gate: Gate, clicks: Sequence[ToldClick], slow: dt.timedelta, now: dt.datetime) -> int:
    known = queries.known_uuids(Click, [click.uuid for click in clicks])
    new = {click.uuid: click for click in clicks if click.uuid not in known}
    for click in new.values():
        minute = min(click.minute + slow, now)
        local = clock.to_local(minute)
        db.session.add(
            Click(
                uuid=click.uuid,
                fair_id=gate.fair_id,
                gate_id=gate.id,
                minute=minute,
                day=local.date(),
                hour=local.hour,
                count=click.count,
                server_at=now,
            )
        )
    return len(new)


def _write_scans(gate: Gate, told: Sequence[ToldScan], slow: dt.timedelta, now: dt.datetime) -> Received:
    received = Received(
        {scan.uuid: scan.verdict_server for scan in queries.scans_named(s.uuid for s in told)}
    )
    new = {each.uuid: each for each in told if each.uuid not in received.verdicts}
    passes = queries.passes_by_hash(gate.fair_id, [each.code_hash for each in new.values()])
    made = [_scan(gate, each, passes.get(each.code_hash), slow, now) for each in new.values()]
    days = _fold_days(gate.fair, {each.id: each for each in passes.values()}, made)
    for scan in made:
        scan.verdict_server = _verdict(scan, days)
        received.verdicts[scan.uuid] = scan.verdict_server
    db.session.add_all(made)
    db.session.flush()
    _keep_presences(gate.fair_id, days)
    _keep_conflicts(gate.fair_id, days, [scan for scan in made if scan.pass_id is None], now)
    received.new = len(made)
    return received


def _scan(
    gate: Gate, told: ToldScan, fair_pass: FairPass | None, slow: dt.timedelta, now: dt.datetime
) -> Scan:
    at = min(told.device_at + slow, now)
    return Scan(
        uuid=told.uuid,
        fair_id=gate.fair_id,
        gate_id=gate.id,
        pass_id=fair_pass.id if fair_pass is not None else None,
        code_hash=told.code_hash,
        direction=told.direction,
        let_in=told.let_in,
        offline=told.offline,
        device_at=told.device_at,
        at=at,
        day=clock.to_local(at).date(),
        server_at=now,
        verdict_device=told.verdict,
        reason="clock" if slow else "",
    )


@dataclass
class _Folded:
    """All scans of one pass on one day, the new ones among them, and what they come to."""

    scans: list[Scan]
    day: Day


def _fold_days(fair: Fair, passes: dict[int, FairPass], made: Sequence[Scan]) -> dict[PassDay, _Folded]:
    new: dict[PassDay, list[Scan]] = {}
    for scan in made:
        if scan.pass_id is not None:
            new.setdefault((scan.pass_id, scan.day), []).append(scan)
    before = queries.scans_of([id for id, _day in new], [day for _id, day in new])
    folded: dict[PassDay, _Folded] = {}
    for key, scans in new.items():
        together = [*before.get(key, ()), *scans]
        folded[key] = _Folded(together, fold_day(fair, passes[key[0]], key[1], together))
    return folded


def fold_day(fair: Fair, fair_pass: FairPass, day: dt.date, scans: Iterable[Scan]) -> Day:
    """What the scans of this pass on this day come to."""
    return fold(
        scans,
        kind=fair_pass.kind,
        revoked_at=fair_pass.revoked_at,
        open_today=fair.first_day <= day <= fair.last_day,
    )


def _verdict(scan: Scan, days: dict[PassDay, _Folded]) -> Verdict:
    if scan.pass_id is None:
        return Verdict.UNKNOWN
    return days[scan.pass_id, scan.day].day.verdicts[scan.uuid]


def _keep_presences(fair_id: int, days: dict[PassDay, _Folded]) -> None:
    there = queries.presences_of([id for id, _day in days], [day for _id, day in days])
    for (pass_id, day), folded in days.items():
        told, presence = folded.day, there.get((pass_id, day))
        if presence is None:
            presence = Presence(pass_id=pass_id, day=day, fair_id=fair_id)
            db.session.add(presence)
        ids = {scan.uuid: scan.id for scan in folded.scans}
        presence.first_scan_id = ids[told.first_scan] if told.first_scan is not None else None
        presence.first_at, presence.last_at = told.first_at, told.last_at
        presence.first_hour = clock.to_local(told.first_at).hour if told.first_at is not None else None
        presence.entries, presence.inside = told.entries, told.inside


def _keep_conflicts(
    fair_id: int, days: dict[PassDay, _Folded], strangers: Sequence[Scan], now: dt.datetime
) -> None:
    """Those that follow from all scans stand there, those that no longer do go; what somebody settled stays."""
    scans = [scan for folded in days.values() for scan in folded.scans]
    there = queries.conflicts_of([scan.id for scan in scans])
    found = {uuid: kind for folded in days.values() for uuid, kind in folded.day.conflicts.items()}
    found |= {scan.uuid: ConflictKind.UNKNOWN for scan in strangers if scan.let_in}
    for scan in [*scans, *strangers]:
        kind, known = found.get(scan.uuid), there.get(scan.id)
        if kind is None:
            if known is not None and known.settled_at is None:
                db.session.delete(known)
        elif known is None:
            db.session.add(GateConflict(scan_id=scan.id, fair_id=fair_id, kind=kind, found_at=now))
        elif known.settled_at is None:
            known.kind = kind
