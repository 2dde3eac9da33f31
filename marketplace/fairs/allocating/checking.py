"""Every hard rule, checked afresh: it shares no code with those who make plans."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import pairwise

from marketplace.fairs.allocating.problem import Asked, Plan, Problem, Seat, Share, Unit


def broken(problem: Problem, plan: Plan) -> list[str]:
    """What a plan does that it must not, as "H2 booth 17 has three halves taken"."""
    units = {unit.id: unit for unit in problem.units}
    asked = {one.id: one for one in problem.asked}
    pairs = [(asked[seat.application], seat) for seat in plan.seats]
    found = [*_once(pairs), *_sizes(pairs, units), *_booths(pairs, units), *_needs(problem, pairs, units)]
    found += [*_mains(problem, pairs), *_quotas(problem, pairs), *_money(problem, pairs)]
    found += [*_apart(problem, pairs, units), *_locked(problem, plan)]
    return sorted(found)


Pairs = list[tuple[Asked, Seat]]


def _once(pairs: Pairs) -> list[str]:
    each = Counter(seat.application for _asked, seat in pairs)
    coops = Counter(asked.cooperative for asked, _seat in pairs)
    return [f"H1 application {id} stands twice" for id, n in each.items() if n > 1] + [
        f"H1 cooperative {id} stands twice" for id, n in coops.items() if n > 1
    ]


def _sizes(pairs: Pairs, units: dict[int, Unit]) -> list[str]:
    found = []
    for asked, seat in pairs:
        booths = [units[id] for id in dict.fromkeys(seat.units)]
        if seat.locked:
            continue
        if len(seat.units) not in asked.sizes:
            found.append(f"H1 application {asked.id} has {len(seat.units)} halves")
        if len(seat.units) > 1 and any(seat.units.count(unit.id) != 2 for unit in booths):
            found.append(f"H1 application {asked.id} has half a booth among whole ones")
        for one, other in pairwise(booths):
            if one.row != other.row or other.position != one.position + 1 or not _touch(one, other):
                found.append(f"H1 application {asked.id}: {one.code} and {other.code} are no block")
        if {unit.zone for unit in booths} != {seat.zone}:
            found.append(f"H1 application {asked.id} stands across zones")
    return found


def _booths(pairs: Pairs, units: dict[int, Unit]) -> list[str]:
    taken = Counter(id for _asked, seat in pairs for id in seat.units)
    found = [f"H2 booth {id} has {n} halves taken" for id, n in taken.items() if n > 2]
    return found + [
        f"H2 booth {id} is blocked"
        for asked, seat in pairs
        if not seat.locked
        for id in set(seat.units)
        if units[id].blocked
    ]


def _needs(problem: Problem, pairs: Pairs, units: dict[int, Unit]) -> list[str]:
    zones = {zone.id: zone for zone in problem.zones}
    found, shared = [], defaultdict(list)
    for asked, seat in pairs:
        mine = [units[id] for id in set(seat.units)]
        if len(seat.units) == 1:
            shared[seat.units[0]].append((asked, seat))
        if seat.locked:
            continue
        sectors = zones[seat.zone].sectors
        if sectors and asked.sector not in sectors:
            found.append(f"H3 application {asked.id}: its goods are not for zone {seat.zone}")
        if sum(unit.kw for unit in mine) < asked.kw:
            found.append(f"H3 application {asked.id} lacks power")
        for thing in ("water", "cold", "cooking", "accessible"):
            if getattr(asked, thing) and not any(getattr(unit, thing) for unit in mine):
                found.append(f"H3 application {asked.id} lacks {thing}")
    for id, two in shared.items():
        if any(not seat.locked for _one, seat in two) and sum(one.kw for one, _seat in two) > units[id].kw:
            found.append(f"H4 booth {id}: two share more power than it has")
    return found


def _mains(problem: Problem, pairs: Pairs) -> list[str]:
    found = []
    for zone in problem.zones:
        mine = [(asked, seat) for asked, seat in pairs if seat.zone == zone.id]
        for name, limit in (("kw", zone.kw), ("water", zone.taps)):
            held = sum(int(getattr(asked, name)) for asked, seat in mine if seat.locked)
            new = sum(int(getattr(asked, name)) for asked, seat in mine if not seat.locked)
            if limit is not None and new and held + new > limit:
                found.append(f"H4 zone {zone.id}: {held + new} of {limit} {name}")
    return found


def _quotas(problem: Problem, pairs: Pairs) -> list[str]:
    total = sum(2 for unit in problem.units if not unit.blocked)
    found = []
    for sector, percent in problem.rules.caps:
        mine = [(len(seat.units), seat.locked) for asked, seat in pairs if asked.sector == sector]
        if any(not locked for _n, locked in mine) and sum(n for n, _locked in mine) * 100 > percent * total:
            found.append(f"H5 sector {sector} has more than {percent} %")
    reserved: list[tuple[str, Share, set[int]]] = []
    if problem.rules.newcomers is not None:
        reserved.append(
            ("newcomers", problem.rules.newcomers, {one.id for one in problem.asked if one.newcomer})
        )
    for place, share in problem.rules.places:
        reserved.append((f"place {place}", share, {one.id for one in problem.asked if one.place == place}))
    for name, share, group in reserved:
        others = [(len(seat.units), seat.locked) for asked, seat in pairs if asked.id not in group]
        open_to_all = total - percent_of(share.percent, total)
        new = any(not locked for _n, locked in others)
        if not share.released and new and sum(n for n, _locked in others) > open_to_all:
            found.append(f"H5 the share of {name} was given to others")
    return found


def percent_of(percent: int, total: int) -> int:
    return percent * total // 100


def _money(problem: Problem, pairs: Pairs) -> list[str]:
    budget = problem.rules.budget
    spent = sum(asked.support for asked, _seat in pairs)
    new = any(asked.support for asked, seat in pairs if not seat.locked)
    return [f"H6 {spent} of {budget}"] if budget is not None and new and spent > budget else []


def _apart(problem: Problem, pairs: Pairs, units: dict[int, Unit]) -> list[str]:
    rules = {frozenset(pair) for pair in problem.rules.apart if pair[0] != pair[1]}
    watched = [(asked, seat) for asked, seat in pairs if any(asked.sector in rule for rule in rules)]
    found = []
    for n, (one, mine) in enumerate(watched):
        for other, theirs in watched[n + 1 :]:
            if (mine.locked and theirs.locked) or frozenset((one.sector, other.sector)) not in rules:
                continue
            if any(a == b or _touch(units[a], units[b]) for a in set(mine.units) for b in set(theirs.units)):
                found.append(f"H7 applications {one.id} and {other.id} stand wall to wall")
    return found


def _locked(problem: Problem, plan: Plan) -> list[str]:
    seats = {seat.application: seat for seat in plan.seats}
    return [
        f"H8 application {one.id} was moved"
        for one in problem.asked
        if one.held and (one.id not in seats or sorted(seats[one.id].units) != sorted(one.held))
    ]


def _touch(a: Unit, b: Unit) -> bool:
    """Their rectangles meet in more than a corner."""
    if a.hall != b.hall:
        return False
    over_x = min(a.x + a.w, b.x + b.w) - max(a.x, b.x)
    over_y = min(a.y + a.h, b.y + b.h) - max(a.y, b.y)
    return (over_x == 0 and over_y > 0) or (over_y == 0 and over_x > 0)
