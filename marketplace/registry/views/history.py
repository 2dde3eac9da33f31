"""A member's whole life on one page: the office sees every member's, a member its own."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, request

from marketplace.cooperatives import queries as cooperatives
from marketplace.cooperatives.models import Cooperative
from marketplace.foundation import clock
from marketplace.foundation.web import allow, person, render
from marketplace.registry import happenings, policies, queries
from marketplace.registry.happenings import MATTER_LABELS, MATTER_SIGNS, Matter

office = Blueprint("office_history", __name__, url_prefix="/office/members/<member:member>/history")
desk = Blueprint("desk_history", f"{__name__}.desk", url_prefix="/desk/history")
PRINTED = 400


@office.route("", methods=["GET"], endpoint="show")
@allow(policies.keeps_members)
def of_member(member: Cooperative) -> Any:
    return _page("registry/history/office.html", member)


@desk.route("", methods=["GET"], endpoint="show")
@allow(policies.has_desk)
def own() -> Any:
    found = cooperatives.desk_cooperative(person()) or abort(404)
    return _page("registry/history/desk.html", found)


@office.route("/print", methods=["GET"], endpoint="print")
@allow(policies.keeps_members)
def print_of(member: Cooperative) -> Any:
    """The same without buttons, as much as a paper holds."""
    return _page("registry/history/print.html", member, PRINTED)


@desk.route("/print", methods=["GET"], endpoint="print")
@allow(policies.has_desk)
def print_own() -> Any:
    found = cooperatives.desk_cooperative(person()) or abort(404)
    return _page("registry/history/print.html", found, PRINTED)


def _page(template: str, member: Cooperative, size: int = 50) -> Any:
    whose = queries.whose(member)
    matter, year = _asked()
    page = happenings.happened(
        whose, matters=[matter] if matter else (), year=year, after=request.args.get("after"), size=size
    )
    return render(
        template,
        member=member,
        page=page,
        matters=happenings.matters(),
        labels=MATTER_LABELS,
        signs=MATTER_SIGNS,
        matter=matter,
        year=year,
        years=happenings.years(whose),
        standing=queries.standing_on(member.id, clock.today()),
        today=clock.today(),
    )


def _asked() -> tuple[Matter | None, int | None]:
    matter, year = request.args.get("matter", ""), request.args.get("year", "")
    known = Matter(matter) if matter in set(Matter) else None
    return known, int(year) if year.isascii() and year.isdigit() and 1900 <= int(year) <= 2200 else None
