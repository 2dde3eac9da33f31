"""Drawing a plan: halls, zones, and booths that never overlap and never leave their hall."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from marketplace.catalogue.models import Category
from marketplace.fairs import queries
from marketplace.fairs.events import (
    BoothsDrawn,
    HallChanged,
    HallMade,
    HallRemoved,
    HeldBoothChanged,
    PlanCopied,
    ZoneChanged,
    ZoneMade,
    ZoneRemoved,
)
from marketplace.fairs.layout import FIELDS, LONGEST_ROW_NAME, Spot, Thing, outside, overlapping
from marketplace.fairs.models import Booth, Fair, Hall, Zone, ZoneSector
from marketplace.fairs.states import FairState
from marketplace.foundation.db import db
from marketplace.foundation.errors import Conflict, Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.reference import random_ref
from marketplace.foundation.words import _l

MOST_BOOTHS = 5000
MOST_THINGS = 300
_NAME = re.compile(r"[^\W_]+(-[^\W_]+)*")
PARKED = 20_000
"""While numbers and places are exchanged, booths wait in a row far outside, so that no two meet on the way."""
FINISHED = (FairState.REPORTED, FairState.ARCHIVED, FairState.CANCELLED)
CHANGED_MEANWHILE = _l(
    "Somebody else changed this hall in the meantime. Nothing of yours is lost: look at it again."
)


@dataclass(frozen=True, kw_only=True)
class Changes:
    """What is drawn in one go. `added` by a key of the drawer's own; `changed` by the booth's id.

    `things` are all that stand beside booths from now on, None when they stay as they are.
    """

    added: Mapping[str, Spot] = field(default_factory=dict)
    changed: Mapping[int, Spot] = field(default_factory=dict)
    removed: Collection[int] = ()
    things: Sequence[Thing] | None = None


# --- halls --------------------------------------------------------------------------------------------


def make_hall(*, fair: Fair, name: str, width: int, depth: int, by: Any) -> Hall:
    """A hall or a square; sides in half metres."""
    _still_drawn(fair)
    last = max((hall.position for hall in queries.halls_of(fair.id)), default=0)
    hall = Hall(
        ref=random_ref(), fair_id=fair.id, position=last + 1, name=name, width=width, depth=depth, things=[]
    )
    db.session.add(hall)
    db.session.flush()
    announce(HallMade(fair_id=fair.id, name=name, actor_id=id_of(by)))
    return hall


def change_hall(*, hall: Hall, name: str, width: int, depth: int, by: Any) -> None:
    """Another name or size. What stands in it must still fit."""
    _take_turn(hall)
    lost = [*outside(queries.booths_in(hall.id), width, depth)]
    if lost:
        raise Refusal(
            _l("%(count)s booths would lie outside: move them first.", count=len(lost)), field="width"
        )
    hall.name, hall.width, hall.depth = name, width, depth
    hall.things = [each for each in hall.things if not [*outside([Thing.of(each)], width, depth)]]
    _drawn(hall)
    announce(HallChanged(fair_id=hall.fair_id, name=name, actor_id=id_of(by)))


def remove_hall(*, hall: Hall, by: Any) -> None:
    """An empty one."""
    _take_turn(hall)
    if queries.booths_in(hall.id):
        raise Refusal(_l("Booths stand in this hall: remove or move them first."))
    db.session.delete(hall)
    db.session.flush()
    announce(HallRemoved(fair_id=hall.fair_id, name=hall.name, actor_id=id_of(by)))


def set_things(*, hall: Hall, things: Sequence[Thing], by: Any) -> None:
    """Entrances, stages, words on the floor."""
    _take_turn(hall)
    if _put(hall, things, by):
        _drawn(hall)


# --- zones --------------------------------------------------------------------------------------------


def make_zone(
    *,
    fair: Fair,
    code: str,
    name_vi: str,
    name_en: str = "",
    hue: str = "leaf",
    kw: int | None = None,
    taps: int | None = None,
    sectors: Sequence[Category] = (),
    by: Any,
) -> Zone:
    """Booths for certain sectors; without any it takes all goods."""
    _still_drawn(fair)
    last = max((zone.position for zone in queries.zones_of(fair.id)), default=0)
    zone = Zone(
        fair_id=fair.id,
        position=last + 1,
        code=code,
        name_vi=name_vi,
        name_en=name_en,
        hue=hue,
        kw=kw,
        taps=taps,
        sectors=[ZoneSector(category_id=each.id) for each in sectors],
    )
    db.session.add(zone)
    db.session.flush()
    announce(ZoneMade(fair_id=fair.id, code=code, actor_id=id_of(by)))
    return zone


def change_zone(
    *,
    zone: Zone,
    code: str,
    name_vi: str,
    name_en: str = "",
    hue: str = "leaf",
    kw: int | None = None,
    taps: int | None = None,
    sectors: Sequence[Category] = (),
    by: Any,
) -> None:
    _still_drawn(db.session.get_one(Fair, zone.fair_id))
    zone.code, zone.name_vi, zone.name_en, zone.hue = code, name_vi, name_en, hue
    zone.kw, zone.taps = kw, taps
    wanted = {each.id for each in sectors}
    kept = [each for each in zone.sectors if each.category_id in wanted]
    new = wanted - {each.category_id for each in kept}
    zone.sectors = [*kept, *(ZoneSector(category_id=id) for id in sorted(new))]
    db.session.flush()
    announce(ZoneChanged(fair_id=zone.fair_id, code=code, actor_id=id_of(by)))


def remove_zone(*, zone: Zone, by: Any) -> None:
    """One that nothing speaks of."""
    _still_drawn(db.session.get_one(Fair, zone.fair_id))
    if queries.zone_is_used(zone.id):
        raise Refusal(_l("Booths or wishes belong to this zone: give its booths to another zone first."))
    db.session.delete(zone)
    db.session.flush()
    announce(ZoneRemoved(fair_id=zone.fair_id, code=zone.code, actor_id=id_of(by)))


# --- booths -------------------------------------------------------------------------------------------


def draw_booths(*, hall: Hall, changes: Changes, version: int | None = None, by: Any) -> dict[str, int]:
    """A batch of changes, all or none; the new booths' ids by their keys.

    `version` is what the drawer saw: Conflict when the hall changed since. Refusal for what overlaps, lies outside,
    has another's number, or would take away a booth that somebody holds or wishes for.
    """
    _take_turn(hall)
    if version is not None and version != hall.version:
        raise Conflict(CHANGED_MEANWHILE)
    known = {booth.id: booth for booth in queries.booths_in(hall.id)}
    gone = [known[id] for id in sorted(set(changes.removed)) if id in known]
    leaving = {booth.id for booth in gone}
    meant = {id: spot for id, spot in changes.changed.items() if id not in leaving}
    changed = {id: spot for id, spot in meant.items() if _differs(known.get(id), spot)}
    _may_go(gone)
    stays = {id: booth for id, booth in known.items() if id not in leaving}
    _fits(hall, stays, changed, changes.added)
    told = _held_changes(hall, stays, changed, by)
    if changes.things is not None:
        _put(hall, changes.things, by)
    for booth in gone:
        db.session.delete(booth)
    db.session.flush()
    _rewrite(stays, changed)
    made = {key: _booth(hall, spot) for key, spot in changes.added.items()}
    db.session.add_all(made.values())
    _drawn(hall)
    if gone or changed or made:
        announce(
            BoothsDrawn(
                fair_id=hall.fair_id,
                hall_id=hall.id,
                name=hall.name,
                added=len(made),
                changed=len(changed),
                removed=len(gone),
                actor_id=id_of(by),
            )
        )
    for event in told:
        announce(event)
    return {key: booth.id for key, booth in made.items()}


def copy_plan(*, source: Fair, target: Fair, by: Any) -> int:
    """Halls, zones and booths of another fair, for one that has no plan yet. Counts the booths."""
    _still_drawn(target)
    if queries.halls_of(target.id) or queries.zones_of(target.id):
        raise Refusal(_l("This fair has a plan already: remove it first."))
    zones = {zone.id: _copied_zone(zone, target) for zone in queries.zones_of(source.id)}
    halls = {hall.id: _copied_hall(hall, target) for hall in queries.halls_of(source.id)}
    db.session.add_all([*zones.values(), *halls.values()])
    db.session.flush()
    booths = [
        _booth(halls[hall_id], spot_of(booth, zone_id=zones[booth.zone_id].id))
        for hall_id, standing in queries.booths_by_hall(source.id).items()
        for booth in standing
    ]
    db.session.add_all(booths)
    db.session.flush()
    announce(PlanCopied(fair_id=target.id, source_id=source.id, booths=len(booths), actor_id=id_of(by)))
    return len(booths)


def spot_of(booth: Booth, **other: Any) -> Spot:
    """A booth as it is drawn now, with some of it otherwise."""
    return Spot(**{name: getattr(booth, name) for name in FIELDS} | other)


# --- how it is done -----------------------------------------------------------------------------------


def _take_turn(hall: Hall) -> None:
    """Whoever draws in the same hall waits for the one before."""
    db.session.refresh(hall, with_for_update=True)
    _still_drawn(db.session.get_one(Fair, hall.fair_id))


def _still_drawn(fair: Fair) -> None:
    if fair.state in FINISHED:
        raise Refusal(_l("This fair is over: its plan stays as it was."))


def _put(hall: Hall, things: Sequence[Thing], by: Any) -> bool:
    """Whether anything is otherwise now. Things may lie under booths and over each other."""
    if len(things) > MOST_THINGS:
        raise Refusal(_l("A hall holds %(most)s things beside its booths at the most.", most=MOST_THINGS))
    if [*outside(things, hall.width, hall.depth)] or any(each.w < 1 or each.h < 1 for each in things):
        raise Refusal(_l("This would lie outside the hall."), field="x")
    told = [thing.plain() for thing in things]
    if told == hall.things:
        return False
    hall.things = told
    announce(HallChanged(fair_id=hall.fair_id, name=hall.name, actor_id=id_of(by)))
    return True


def _drawn(hall: Hall) -> None:
    hall.version += 1
    db.session.flush()


def _differs(booth: Booth | None, spot: Spot) -> bool:
    """What somebody else removed meanwhile is told apart by the version, never silently drawn anew."""
    if booth is None:
        raise Conflict(CHANGED_MEANWHILE)
    return spot_of(booth) != spot


def _may_go(gone: Sequence[Booth]) -> None:
    ids = [booth.id for booth in gone]
    names = {booth.id: booth.code for booth in gone}
    if now := queries.held(ids):
        raise Refusal(_l("%(codes)s: somebody stands there. Free the booth first.", codes=_named(names, now)))
    if wanted := queries.wished(ids):
        raise Refusal(
            _l(
                "%(codes)s: somebody wishes for it. Block it with a reason instead of deleting it.",
                codes=_named(names, wanted),
            )
        )
    if once := queries.held_once(ids):
        raise Refusal(
            _l(
                "%(codes)s: it was offered to somebody before, and history speaks of it. Block it with a reason.",
                codes=_named(names, once),
            )
        )


def _named(names: Mapping[int, str], ids: Iterable[int]) -> str:
    codes = sorted(names[id] for id in ids)
    return ", ".join(codes[:6]) + (" …" if len(codes) > 6 else "")


def _fits(
    hall: Hall, stays: Mapping[int, Booth], changed: Mapping[int, Spot], added: Mapping[str, Spot]
) -> None:
    """All that will stand here: inside, apart from each other, each with a number of its own."""
    new = [*changed.values(), *added.values()]
    if len(stays) + len(added) > MOST_BOOTHS:
        raise Refusal(_l("A hall holds %(most)s booths at the most.", most=MOST_BOOTHS), field="count")
    _well_drawn(hall, new)
    if lost := next(iter(outside(new, hall.width, hall.depth)), None):
        code = lost.code if isinstance(lost, Spot) else ""
        raise Refusal(_l("%(code)s would lie outside the hall.", code=code), field="x")
    unchanged = [booth for id, booth in stays.items() if id not in changed]
    codes = [booth.code for booth in unchanged] + [spot.code for spot in new]
    taken = queries.codes_elsewhere(hall) if new else set()
    seen: set[str] = set()
    for code in codes:
        if code in seen or code in taken:
            raise Refusal(_l("There would be two booths called %(code)s.", code=code), field="number")
        seen.add(code)
    if new:
        places = [(b.code, b) for b in unchanged] + [(s.code, s) for s in new]
        if pair := overlapping(places):
            raise Refusal(_l("%(one)s and %(other)s would overlap.", one=pair[0], other=pair[1]), field="x")


def _well_drawn(hall: Hall, new: Sequence[Spot]) -> None:
    zones = {zone.id for zone in queries.zones_of(hall.fair_id)} if new else set()
    for spot in new:
        if spot.zone_id not in zones:
            raise Refusal(_l("Please choose a zone of this fair."), field="zone")
        if not _NAME.fullmatch(spot.row) or len(spot.row) > LONGEST_ROW_NAME or not 0 < spot.number < 10_000:
            raise Refusal(_l("A row is named by letters and digits, a booth by a number."), field="row")
        if spot.w < 1 or spot.h < 1 or not 0 <= spot.kw <= 999:
            raise Refusal(_l("%(code)s: its size or power makes no sense.", code=spot.code), field="kw")
        if spot.blocked and not spot.blocked_why:
            raise Refusal(_l("%(code)s: please say why it is blocked.", code=spot.code), field="blocked_why")


def _held_changes(
    hall: Hall, stays: Mapping[int, Booth], changed: Mapping[int, Spot], by: Any
) -> list[HeldBoothChanged]:
    """What those who hold or wish for a booth should know: it has another place or number."""
    other = {
        id: spot
        for id, spot in changed.items()
        if (stays[id].code, stays[id].x, stays[id].y) != (spot.code, spot.x, spot.y)
    }
    return [
        HeldBoothChanged(
            fair_id=hall.fair_id,
            booth_id=id,
            was=stays[id].code,
            now=other[id].code,
            moved=(stays[id].x, stays[id].y) != (other[id].x, other[id].y),
            actor_id=id_of(by),
        )
        for id in sorted(queries.held(other) | queries.wished(other))
    ]


def _rewrite(stays: Mapping[int, Booth], changed: Mapping[int, Spot]) -> None:
    """Two booths may exchange their numbers or places: all step aside first."""
    for at, id in enumerate(changed):
        booth = stays[id]
        booth.code, booth.x, booth.y = f"~{id}", PARKED, at
    db.session.flush()
    for id, spot in changed.items():
        booth = stays[id]
        booth.code = spot.code
        for name in FIELDS:
            setattr(booth, name, getattr(spot, name))
    db.session.flush()


def _booth(hall: Hall, spot: Spot) -> Booth:
    return Booth(
        fair_id=hall.fair_id,
        hall_id=hall.id,
        code=spot.code,
        **{name: getattr(spot, name) for name in FIELDS},
    )


def _copied_zone(zone: Zone, target: Fair) -> Zone:
    return Zone(
        fair_id=target.id,
        position=zone.position,
        code=zone.code,
        name_vi=zone.name_vi,
        name_en=zone.name_en,
        hue=zone.hue,
        kw=zone.kw,
        taps=zone.taps,
        sectors=[ZoneSector(category_id=each.category_id) for each in zone.sectors],
    )


def _copied_hall(hall: Hall, target: Fair) -> Hall:
    return Hall(
        ref=random_ref(),
        fair_id=target.id,
        position=hall.position,
        name=hall.name,
        width=hall.width,
        depth=hall.depth,
        things=[dict(each) for each in hall.things],
    )
