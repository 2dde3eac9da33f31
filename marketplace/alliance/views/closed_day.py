"""The calendar of closed days: the public holidays, what the alliance added to them, and days off that are worked."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort

from marketplace.accounts.policies import is_officer
from marketplace.alliance import policies, queries, services
from marketplace.alliance.forms import ClosedDaysForm, ReasonForm
from marketplace.alliance.models import OfficeDays
from marketplace.foundation import calendar, clock
from marketplace.foundation.db import transaction
from marketplace.foundation.opening import working_days_after
from marketplace.foundation.web import allow, flash, person, redirect_to, render
from marketplace.foundation.words import _

bp = Blueprint("office_closed_days", __name__, url_prefix="/office/settings/closed-days")


@dataclass(frozen=True)
class Span:
    """A line of the calendar: `written` None for public holidays, which nobody has to write."""

    first_day: dt.date
    last_day: dt.date
    name: str
    written: OfficeDays | None = None


@bp.route("", methods=["GET"], endpoint="list")
@allow(is_officer)
def all_days() -> Any:
    return _page()


@bp.route("", methods=["POST"])
@allow(policies.keeps_settings)
def add() -> Any:
    form = ClosedDaysForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.write_days(
                kind=form.kind.data,
                first_day=form.first_day.data,
                last_day=form.last_day.data or form.first_day.data,
                name=form.name.data,
                reason=form.reason.data,
                by=person(),
            )
            flash(_("Written down. Terms in working days are counted by it from now on."))
            return redirect_to("office_closed_days.list")
    return _page(form)


@bp.route("/<int:days_id>/withdrawal", methods=["GET", "POST"])
@allow(policies.keeps_settings)
def withdrawal(days_id: int) -> Any:
    """They count as any other days again."""
    days = queries.closed_days(days_id) if days_id < 2**31 else None
    if days is None:
        abort(404)
    form = ReasonForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.take_days_back(days=days, reason=form.reason.data, by=person())
            flash(_("Taken back. These days count as any others again."))
            return redirect_to("office_closed_days.list")
    return render("alliance/closed/withdrawal.html", days=days, form=form)


def _page(form: ClosedDaysForm | None = None) -> Any:
    today = clock.today()
    written = queries.written_days(dt.date(today.year, 1, 1))
    spans = [*_holidays(today.year), *_holidays(today.year + 1), *map(_span, written)]
    return render(
        "alliance/closed/list.html",
        spans=sorted(spans, key=lambda each: (each.first_day, each.last_day)),
        today=today,
        form=form or ClosedDaysForm(formdata=None),
        next_days=[working_days_after(today, count) for count in (1, 3, 7)],
    )


def _span(row: OfficeDays) -> Span:
    return Span(row.first_day, row.last_day, row.name, row)


def _holidays(year: int) -> list[Span]:
    """The public holidays of a year, days in a row together."""
    tet = calendar.lunar_new_year(year)
    return [
        Span(dt.date(year, 1, 1), dt.date(year, 1, 1), _("New Year")),
        Span(tet - dt.timedelta(days=1), tet + dt.timedelta(days=3), _("Tết, the lunar New Year")),
        Span(calendar.hung_kings_day(year), calendar.hung_kings_day(year), _("The Hùng Kings' day")),
        Span(dt.date(year, 4, 30), dt.date(year, 5, 1), _("Reunification Day and Labour Day")),
        Span(dt.date(year, 9, 2), dt.date(year, 9, 2), _("National Day")),
    ]
