"""The targets board: all of them as of a day, one with its years, its rows, on paper and as a sheet."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask import Blueprint, abort, request, url_for

from marketplace.cooperatives.states import KIND_LABELS, SECTOR_LABELS
from marketplace.foundation import clock, formats, parsing
from marketplace.foundation.db import transaction
from marketplace.foundation.papers.views import send_for
from marketplace.foundation.sheets import send_sheet
from marketplace.foundation.web import allow, flash, person, redirect_to, render
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _
from marketplace.insights import figures, policies, queries, services
from marketplace.insights.forms import GrdpForm, PeriodForm, ReadingForm
from marketplace.insights.indicators import INDICATORS, Asked
from marketplace.insights.models import Target, TargetPeriod
from marketplace.insights.papers import target as paper
from marketplace.insights.states import PER_LABELS, VERDICT_LABELS, Per
from marketplace.registry.models import LifeEvent, Officer, ReportVersion
from marketplace.registry.states import EDUCATION_LABELS, LIFE_LABELS, OFFICE_LABELS

bp = Blueprint("office_targets", __name__, url_prefix="/office/targets")


@bp.route("", methods=["GET"], endpoint="list")
@allow(policies.reads_targets)
def board() -> Any:
    """As of any day, of any period."""
    day = _day()
    period = _period(day)
    if period is None:
        return render("insights/target/empty.html", day=day)
    return render(
        "insights/target/list.html",
        periods=[each for each in queries.periods() if queries.targets_of(each)],
        today=clock.today(),
        **paper.shown(period, day),
    )


@bp.route("/<key>", methods=["GET"])
@allow(policies.reads_targets)
def show(key: str) -> Any:
    return _page(*_asked(key))


def _page(target: Target, day: dt.date, form: ReadingForm | None = None) -> Any:
    tile = queries.tile(target, day)
    if form is None:
        form = ReadingForm(formdata=None, data={"per": str(target.per)})
    return render(
        "insights/target/show.html",
        tile=tile,
        day=day,
        indicator=INDICATORS[target.key],
        form=form,
        ambiguous=target.code == "T03",
        **paper.words(),
    )


@bp.route("/<key>/rows", methods=["GET"])
@allow(policies.reads_targets)
def rows(key: str) -> Any:
    """Which members?"""
    day = _day()
    part = "below" if request.args.get("part") == "below" else "above"
    period = _period(day)
    target = queries.target_of(period, key) if period is not None else None
    if period is None or key not in INDICATORS:
        abort(404)
    asked = Asked.of(day, period, target.per if target is not None else Per.BY_END)
    page = queries.rows_of(key, part, asked, after=request.args.get("after"))
    if page is None:
        abort(404)
    return render(
        "insights/target/rows.html",
        key=key,
        part=part,
        page=page,
        day=day,
        period=period,
        asked=asked,
        target=target,
        indicator=INDICATORS[key],
        measured=queries.measure(key, asked),
        detail=_detail,
        kinds=KIND_LABELS,
        sectors=SECTOR_LABELS,
        figures=figures,
    )


def _detail(row: Any) -> str:
    """What of a row is counted, in words."""
    if isinstance(row, LifeEvent):
        return f"{LIFE_LABELS[row.kind]}, {formats.date(row.day, locale())}"
    if isinstance(row, Officer):
        return f"{row.name}: {OFFICE_LABELS[row.office]}, {EDUCATION_LABELS[row.education]}"
    if isinstance(row, ReportVersion):
        added = "" if row.value_added is None else formats.vnd(row.value_added, locale())
        revenue = formats.vnd(row.revenue_total, locale()) if row.revenue_total is not None else ""
        return _("revenue %(revenue)s", revenue=revenue) + (
            f", {_('value added %(sum)s', sum=added)}" if added else ""
        )
    return str(SECTOR_LABELS[row.sector])


# --- on paper and as a sheet ------------------------------------------------------------------------


@bp.route("/print", methods=["GET"])
@allow(policies.reads_targets)
def printed() -> Any:
    day = _day()
    period = _period(day)
    if period is None:
        abort(404)
    return render(paper.TEMPLATE, back=_board_url(period, day), **paper.shown(period, day))


@bp.route("/pdf", methods=["POST"])
@allow(policies.reads_targets)
def pdf() -> Any:
    day = _day()
    period = _period(day)
    if period is None:
        abort(404)
    return send_for(
        kind=paper.KIND,
        values={"period": period.code, "day": day.isoformat()},
        title=_("Targets %(period)s as of %(day)s", period=period.called, day=formats.date(day, locale())),
        back=_board_url(period, day),
    )


@bp.route("/export.<any(xlsx, csv):kind>", methods=["GET"])
@allow(policies.reads_targets)
def export(kind: str) -> Any:
    day = _day()
    period = _period(day)
    if period is None:
        abort(404)
    years = range(period.first_day.year, period.last_day.year + 1)
    columns = [
        _("Code"), _("Target"), _("Aimed at"), _("Read as"), _("Found"), _("Numerator"), _("Denominator"),
        _("Verdict"), _("As of"), _("What is counted"), *map(str, years),
    ]  # fmt: skip
    return send_sheet(
        _("Targets %(period)s", period=period.called), columns, map(_line, queries.board(period, day)), kind
    )


def _line(tile: queries.Tile) -> list[Any]:
    target, found = tile.target, tile.measured
    unit = target.unit
    value = figures.told(found.value, unit, target) if found.value is not None else figures.missing(found)
    years = [
        figures.told(each.value, unit, target) if each.value is not None else "" for _y, each in tile.years
    ]
    return [
        target.key, target.wording_vi if locale() == "vi" else target.wording_en, figures.aim(target),
        PER_LABELS[target.per], value, found.above, found.below, VERDICT_LABELS[tile.verdict], found.asked.day,
        INDICATORS[target.key].definition, *years,
    ]  # fmt: skip


# --- what the figures desk changes ------------------------------------------------------------------


@bp.route("/<key>/reading", methods=["POST"])
@allow(policies.edits_targets)
def read(key: str) -> Any:
    target, day = _asked(key)
    form = ReadingForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.read_target(target=target, per=Per(form.per.data), reason=form.reason.data, by=person())
            flash(_("Kept. The board reads it so from now on."))
            return redirect_to("office_targets.show", key=key, period=target.period.code, day=day.isoformat())
    return _page(target, day, form)


@bp.route("/periods", methods=["GET", "POST"])
@allow(policies.edits_targets)
def periods() -> Any:
    form = PeriodForm()
    if form.submitted():
        with form.reporting(), transaction():
            opened = services.open_period(
                first_year=form.first_year.data, last_year=form.last_year.data, by=person()
            )
            flash(_("Opened. It begins with the targets of the last period."))
            return redirect_to("office_targets.list", period=opened.code)
    return render("insights/target/periods.html", form=form, periods=queries.periods())


@bp.route("/grdp", methods=["GET", "POST"])
@allow(policies.edits_targets)
def grdp() -> Any:
    form = GrdpForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.type_grdp(year=form.year.data, grdp=form.grdp.data, source=form.source.data, by=person())
            flash(_("Kept with its source."))
            return redirect_to("office_targets.grdp")
    return render("insights/target/grdp.html", form=form, typed=queries.grdp_rows())


# --- what is asked ----------------------------------------------------------------------------------


def _day() -> dt.date:
    """?day=2025-12-31 or 31/12/2025; today when it makes no sense, or is still to come."""
    words = request.args.get("day", "").strip()
    try:
        return min(_read(words), clock.today()) if words else clock.today()
    except (parsing.ParseError, ValueError):
        return clock.today()


def _read(words: str) -> dt.date:
    return dt.date.fromisoformat(words) if words[4:5] == "-" else parsing.parse_date(words)


def _period(day: dt.date) -> TargetPeriod | None:
    asked = queries.period_by_code(request.args.get("period", "")[:20])
    return asked if asked is not None and queries.targets_of(asked) else queries.period_at(day)


def _asked(key: str) -> tuple[Target, dt.date]:
    day = _day()
    period = _period(day)
    target = queries.target_of(period, key) if period is not None else None
    if target is None:
        abort(404)
    return target, day


def _board_url(period: TargetPeriod, day: dt.date) -> str:
    return url_for("office_targets.list", period=period.code, day=day.isoformat())
