"""The plan: looked up at the desk, walked by visitors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from flask import Blueprint, request

from marketplace.cooperatives import queries as cooperatives
from marketplace.fairs import floor, policies, queries
from marketplace.fairs.models import Booth, Fair, Hall
from marketplace.fairs.queries.plan import Exhibitor, Holder
from marketplace.fairs.states import StandState
from marketplace.foundation.db.paging import Page, read_cursor, write_cursor
from marketplace.foundation.text import fold
from marketplace.foundation.web import allow, cached, person, public, render
from marketplace.foundation.web.assets import asset

desk = Blueprint("desk_plan", f"{__name__}.desk", url_prefix="/desk/fairs/<fair:fair>/plan")
shown = Blueprint("plan", f"{__name__}.shown", url_prefix="/fairs/<fair:fair>/plan")
MOST_PICTURES = 400
EXHIBITORS = 24
"""Of visitors' list on a page."""


@desk.route("", methods=["GET"])
@allow(policies.sees_plan)
def state(fair: Fair) -> Any:
    """Free, mine, taken or offered: for whoever may come."""
    seller = cooperatives.desk_cooperative(person())
    mine = seller.id if seller is not None else 0
    having = queries.holders(fair.id)
    halls, zones = queries.halls_of(fair.id), queries.zones_of(fair.id)
    chosen = _chosen(halls)
    here = queries.booths_in(chosen.id) if chosen is not None else []
    looks = {booth.id: _for_exhibitor(booth, having.get(booth.id, ()), mine) for booth in here}
    own = [id for id, holding in having.items() if any(each.cooperative_id == mine for each in holding)]
    only_free = request.args.get("only") == "free"
    page = queries.booth_page(fair.id, request.args.get("after"), free=only_free, size=30)
    return render(
        "fairs/plan/state.html",
        fair=fair,
        only_free=only_free,
        halls=halls,
        chosen=chosen,
        zones=zones,
        drawn=floor.draw(chosen, here, zones, looks=looks) if chosen is not None else "",
        counts=_counts(looks),
        page=page,
        look=lambda each: _for_exhibitor(each, having.get(each.id, ()), mine),
        labels=floor.STATE_LABELS,
        own=queries.booths_by_ids(own),
        in_words=floor.in_words,
    )


@shown.route("", methods=["GET"])
@public
@cached("q", "hall", "booth", "after")
def find(fair: Fair) -> Any:
    """Where somebody stands, by name, by goods, by number. Nobody is named before it is published who comes."""
    named = queries.names_are_public(fair)
    everybody = queries.exhibitors(fair.id) if named else []
    words, number = request.args.get("q", "")[:80].strip(), request.args.get("booth", "")[:20].strip()
    wanted = fold(words)
    found = [each for each in everybody if each.answers(wanted)] if wanted else everybody
    halls, zones = queries.halls_of(fair.id), queries.zones_of(fair.id)
    lit = {code for each in found for code in each.booths} if wanted else {number} if number else set()
    chosen = _chosen(halls) if request.args.get("hall") else _where(fair, halls, lit)
    here = queries.booths_in(chosen.id) if chosen is not None else []
    by_code = {code: each for each in everybody for code in each.booths}
    having = queries.holders(fair.id) if named else {}
    looks = {booth.id: _for_visitor(booth, by_code, having, lit) for booth in here}
    return render(
        "fairs/plan/find.html",
        fair=fair,
        named=named,
        q=words,
        at=number if any(booth.code == number for booth in here) else "",
        there=by_code.get(number),
        found=found,
        page=_exhibitors(found, request.args.get("after")),
        halls=halls,
        chosen=chosen,
        zones=zones,
        drawn=floor.draw(chosen, here, zones, looks=looks, sprite=_pictures(here), marks=False)
        if chosen is not None
        else "",
        counts=_counts(looks),
        labels=floor.STATE_LABELS,
    )


@shown.route("/booths", methods=["GET"])
@public
@cached("q", "after")
def table(fair: Fair) -> Any:
    """The table twin of the visitors' plan: every booth, who stands there, or whether it is free."""
    named = queries.names_are_public(fair)
    by_code = {code: each for each in queries.exhibitors(fair.id) for code in each.booths} if named else {}
    having = queries.holders(fair.id) if named else {}
    words = request.args.get("q", "")[:20].strip()
    return render(
        "fairs/plan/table.html",
        fair=fair,
        q=words,
        page=queries.booth_page(fair.id, request.args.get("after"), words=words, size=50),
        by_code=by_code,
        look=lambda each: _for_visitor(each, by_code, having, set()),
        labels=floor.STATE_LABELS,
    )


def _chosen(halls: Sequence[Hall]) -> Hall | None:
    wanted = request.args.get("hall")
    return next((hall for hall in halls if hall.ref == wanted), halls[0] if halls else None)


def _where(fair: Fair, halls: Sequence[Hall], lit: set[str]) -> Hall | None:
    """The hall of what was looked for, else the first."""
    for hall in halls:
        if lit and any(booth.code in lit for booth in queries.booths_in(hall.id)):
            return hall
    return halls[0] if halls else None


def _for_exhibitor(booth: Booth, holding: Sequence[Holder], mine: int) -> floor.Look:
    if booth.blocked:
        named = "blocked"
    elif any(each.cooperative_id == mine for each in holding):
        named = "mine"
    elif any(each.state is StandState.CONFIRMED for each in holding):
        named = "taken"
    else:
        named = "offered" if holding else "free"
    has = floor.in_words(booth) if not booth.blocked else ""
    return floor.Look(named, ". ".join(filter(None, [booth.code, str(floor.STATE_LABELS[named]), has])))


def _for_visitor(
    booth: Booth, by_code: dict[str, Exhibitor], having: dict[int, list[Holder]], lit: set[str]
) -> floor.Look:
    """A booth with somebody leads to who they are, said above the plan."""
    found = booth.code in lit
    who = by_code.get(booth.code)
    if who is not None:
        lead = f"?booth={quote(booth.code)}#there"
        return floor.Look("taken", f"{booth.code}. {who.name}", lead, who.drawing, found)
    named = "blocked" if booth.blocked else "offered" if booth.id in having else "free"
    return floor.Look(named, f"{booth.code}. {floor.STATE_LABELS[named]}", found=found)


def _pictures(booths: Sequence[Booth]) -> str:
    """Where the pictures of goods are; none in a huge hall, where they would be crumbs and cost a second to paint."""
    return asset("sprite.svg") if len(booths) <= MOST_PICTURES else ""


def _exhibitors(found: list[Exhibitor], after: str | None) -> Page[Exhibitor]:
    """Some of them, from behind the one whose key `after` is; they lie in memory in the order of their names."""
    values = read_cursor(after, 2)
    begin = 0
    if values is not None:
        last = (str(values[0]), str(values[1]))
        begin = next((at for at, each in enumerate(found) if each.key > last), len(found))
    shown = found[begin : begin + EXHIBITORS]
    more = begin + EXHIBITORS < len(found)
    return Page(shown, write_cursor(shown[-1].key) if more else None)


def _counts(looks: dict[int, floor.Look]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for look in looks.values():
        counts[look.state] = counts.get(look.state, 0) + 1
    return counts
