"""The registry as of any day, at the office: who stood how, where, in which sector; and as a sheet."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask import Blueprint, request

from marketplace.cooperatives.states import KIND_LABELS, SECTOR_LABELS, Kind, Sector
from marketplace.foundation import clock, parsing
from marketplace.foundation.sheets import send_sheet
from marketplace.foundation.web import allow, render
from marketplace.foundation.words import _
from marketplace.places import queries as places
from marketplace.registry import policies, queries
from marketplace.registry.queries.listing import AsOf, Entry, grade_year
from marketplace.registry.states import STANDING_LABELS, Standing
from marketplace.registry.states.classification import GRADE_LABELS, Grade

bp = Blueprint("office_registry", __name__, url_prefix="/office/cooperatives")
EXPORTED = 5000
ALIVE = "alive"
UNKNOWN = "unknown"


@bp.route("", methods=["GET"], endpoint="list")
@allow(policies.keeps_members)
def as_of() -> Any:
    asked, hits = _asked()
    return render(
        "registry/life_event/list.html",
        asked=asked,
        page=queries.entries(asked, after=request.args.get("after")),
        total=queries.entries_count(asked),
        chosen=request.args.get("standing", ALIVE),
        place=request.args.get("place", "")[:80],
        place_found=bool(hits) or asked.units is None,
        standings={ALIVE: _("There that day"), **STANDING_LABELS, UNKNOWN: _("Founding not known")},
        sectors=SECTOR_LABELS,
        kinds=KIND_LABELS,
        grades=GRADE_LABELS,
        grade_year=grade_year(asked.day),
        short=places.short_label,
        today=clock.today(),
    )


@bp.route("/export.<any(xlsx, csv):sheet>", methods=["GET"])
@allow(policies.keeps_members)
def export(sheet: str) -> Any:
    asked, _hits = _asked()
    columns = [
        _("Full name"), _("Short name"), _("Kind"), _("Standing on %(day)s", day=f"{asked.day:%d/%m/%Y}"), _("Sector"),
        _("Tax code"), _("Registration number"), _("Registered on"), _("Head office"), _("Legal representative"),
        _("Members"), _("Charter capital"), _("Workers"),
    ]  # fmt: skip
    rows = map(_row, queries.entries(asked, size=EXPORTED).rows)
    return send_sheet(_("Registry %(day)s", day=f"{asked.day:%d-%m-%Y}"), columns, rows, sheet)


def _row(entry: Entry) -> list[Any]:
    one = entry.cooperative
    return [
        one.name, one.short_name, KIND_LABELS[one.kind],
        STANDING_LABELS[entry.standing] if entry.standing else _("Not founded yet"),
        SECTOR_LABELS[entry.sector] if entry.sector else "", one.tax_code, one.registration_no, one.registered_on,
        places.label(one.address), one.legal_rep_name, one.members_official, one.charter_capital, one.workers,
    ]  # fmt: skip


def _asked() -> tuple[AsOf, list[Any]]:
    """What makes no sense is left out."""
    told = request.args
    standing, kind, sector = told.get("standing", ALIVE), told.get("kind", ""), told.get("sector", "")
    place = told.get("place", "").strip()[:80]
    hits = places.named(place) if place else []
    asked = AsOf(
        day=_day(told.get("day", "")),
        text=told.get("q", "")[:80],
        alive=standing == ALIVE,
        unknown=standing == UNKNOWN,
        standing=Standing(standing) if standing in set(Standing) else None,
        kind=Kind(kind) if kind in set(Kind) else None,
        sector=Sector(sector) if sector in set(Sector) else None,
        units=tuple(hit.id for hit in hits) if place else None,
        member={"yes": True, "no": False}.get(told.get("member", "")),
        grade=Grade(told["grade"]) if told.get("grade", "") in set(Grade) else None,
        new_model={"yes": True, "no": False}.get(told.get("new_model", "")),
    )
    return asked, hits


def _day(words: str) -> dt.date:
    try:
        return min(parsing.parse_date(words), clock.today()) if words.strip() else clock.today()
    except parsing.ParseError:
        return clock.today()
