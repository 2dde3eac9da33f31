"""The targets board: all of them as of a day, one with its years, its rows, on paper and as a sheet."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask import Blueprint, abort, redirect, request, url_for

from marketplace.cooperatives.models import Cooperative
from marketplace.cooperatives.states import KIND_LABELS, SECTOR_LABELS
from marketplace.fairs.models import Fair
from marketplace.fairs.states import FAIR_KIND_LABELS
from marketplace.foundation import clock, formats, parsing
from marketplace.foundation.db import transaction
from marketplace.foundation.papers.views import send_for
from marketplace.foundation.sheets import send_sheet
from marketplace.foundation.web import allow, flash, looks_again, person, redirect_to, render
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _
from marketplace.insights import figures, policies, queries, services
from marketplace.insights.forms import TWO_SPANS, GrdpForm, PeriodForm, ReadingForm, SteadyForm
from marketplace.insights.indicators import INDICATORS, Asked
from marketplace.insights.models import Baseline, Target, TargetPeriod
from marketplace.insights.papers import target as paper
from marketplace.insights.states import (
    EXACTNESS_LABELS,
    PER_LABELS,
    STEADY_LABELS,
    VERDICT_LABELS,
    Per,
    Steady,
)
from marketplace.insights.tasks import count_targets
from marketplace.programmes.models import Course, Loan, LoanFund, LoanMovement
from marketplace.programmes.states import COURSE_KIND_LABELS
from marketplace.programmes.states.fund import FUND_LABELS
from marketplace.registry import queries as registry
from marketplace.registry.models import LifeEvent, Officer, PartnerHelp, ReportVersion
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
    found = queries.board(period, day)
    answer = render(
        "insights/target/list.html",
        periods=[*reversed(queries.periods_with_targets())],
        today=clock.today(),
        opened=request.args.get("open", ""),
        **paper.shown(found),
    )
    if found.waiting:
        looks_again(answer, _board_url(period, found.day))
    return answer


@bp.route("/count", methods=["POST"])
@allow(policies.reads_targets)
def count() -> Any:
    """Figures of a day that is not kept yet, or counted anew: the worker begins at once."""
    day = _day()
    period = _period(day)
    if period is None:
        abort(404)
    with transaction():
        services.want_board(period=period, day=day, by=person())
        count_targets.later()
        return redirect_to("office_targets.list", period=period.code, day=day.isoformat())


@bp.route("/<key>", methods=["GET"])
@allow(policies.reads_targets)
def show(key: str) -> Any:
    return _page(*_asked(key))


def _page(target: Target, day: dt.date, form: ReadingForm | None = None) -> Any:
    found = queries.board(target.period, day)
    indicator, tile = INDICATORS[target.key], found.tile(target)
    return render(
        "insights/target/show.html",
        tile=tile,
        board=found,
        day=found.day,
        indicator=indicator,
        judged=queries.judged_in(tile.measured.asked.year) if target.key == "T07" else None,
        reading=[*services.chosen_readings(target).values()],
        form=form or _reading_form(target, formdata=None),
        ambiguous=bool(indicator.readings) or target.code in TWO_SPANS,
        **paper.words(),
    )


def _reading_form(target: Target, **more: Any) -> ReadingForm:
    chosen = [*services.chosen_readings(target)]
    now = {"per": str(target.per), "way": (chosen or [""])[0], "parts": chosen}
    return ReadingForm(target, INDICATORS[target.key], data=now, **more)


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
    asked = Asked.target(target, day) if target is not None else Asked.line(key, period, day)
    page = queries.rows_of(key, part, asked, after=request.args.get("after"))
    if page is None:
        abort(404)
    return render(
        "insights/target/rows.html",
        key=key,
        part=part,
        page=page,
        day=queries.board_day(period, day),
        period=period,
        asked=asked,
        target=target,
        indicator=INDICATORS[key],
        measured=queries.measure(key, asked),
        called=_called,
        detail=_detail,
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
    if isinstance(row, Loan):
        fund = row.fund.name if row.fund is not None else ""
        return f"{fund}, {formats.vnd(row.granted_amount or row.asked_amount, locale())}"
    if isinstance(row, LoanMovement):
        return f"{formats.vnd(row.amount, locale())}, {formats.date(row.day, locale())}, {row.reference}"
    if isinstance(row, PartnerHelp):
        return f"{row.partner.name}: {row.activity}, {formats.date(row.day, locale())}"
    if isinstance(row, Course | Fair):
        return f"{formats.date(row.first_day, locale())} – {formats.date(row.last_day, locale())}"
    if isinstance(row, LoanFund):
        return str(FUND_LABELS[row.kind])
    return str(SECTOR_LABELS[row.sector]) if isinstance(row, Cooperative) else ""


def _called(row: Any, whose: Cooperative | None) -> tuple[str, str, str]:
    """What a row is called, where it opens, and its kind."""
    if whose is not None:
        return whose.called, url_for("office_members.one", member=whose), str(KIND_LABELS[whose.kind])
    if isinstance(row, Course):
        return row.name, url_for("office_courses.show", course=row), str(COURSE_KIND_LABELS[row.kind])
    if isinstance(row, Fair):
        where = _("in the province") if row.in_province else _("outside the province")
        return row.name, url_for("office_fairs.show", fair=row), f"{FAIR_KIND_LABELS[row.kind]}, {where}"
    if isinstance(row, LoanFund):
        return row.name, url_for("office_funds.show", fund=row), _("Fund")
    if isinstance(row, PartnerHelp):
        return _("For all cooperatives"), url_for("office_partners.show", partner=row.partner), _("Partner")
    return str(row.name), "", _("Province or city")


# --- on paper and as a sheet ------------------------------------------------------------------------


@bp.route("/print", methods=["GET"])
@allow(policies.reads_targets)
def printed() -> Any:
    day = _day()
    period = _period(day)
    if period is None:
        abort(404)
    found = queries.board(period, day)
    if not found.complete:
        return redirect(_board_url(period, found.day))
    return render(paper.TEMPLATE, back=_board_url(period, found.day), **paper.shown(found))


@bp.route("/pdf", methods=["POST"])
@allow(policies.reads_targets)
def pdf() -> Any:
    day = _day()
    period = _period(day)
    if period is None:
        abort(404)
    day = queries.board_day(period, day)
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
    found = queries.board(period, day)
    if not found.complete:
        return redirect(_board_url(period, found.day))
    years = range(period.first_day.year, found.day.year + 1)
    columns = [
        _("Code"), _("Target"), _("Aimed at"), _("Read as"), _("Found"), _("Numerator"), _("Denominator"),
        _("Verdict"), _("As of"), _("Counted at"), _("What is counted"), *map(str, years),
    ]  # fmt: skip
    rows = [
        *(_line(tile, found) for tile in found.tiles()),
        *(_reported(*each, found) for each in found.baselines()),
    ]
    return send_sheet(_("Targets %(period)s", period=period.called), columns, rows, kind)


def _line(tile: queries.Tile, board: queries.Board) -> list[Any]:
    target, found = tile.target, tile.measured
    unit = target.unit
    value = (
        figures.told(found.value, unit, target)
        if found.value is not None
        else figures.missing(found, target.key)
    )
    years = [
        figures.told(each.value, unit, target) if each.value is not None else "" for _y, each in tile.years
    ]
    return [
        target.key, target.wording_vi if locale() == "vi" else target.wording_en, figures.aim(target),
        "; ".join(map(str, [PER_LABELS[target.per], *services.chosen_readings(target).values()])),
        value, found.above, found.below, VERDICT_LABELS[tile.verdict], found.asked.day, board.counted_at,
        INDICATORS[target.key].definition, *years,
    ]  # fmt: skip


def _reported(line: Baseline, found: queries.Measured, board: queries.Board) -> list[Any]:
    """A reported figure, with the same of the day."""
    value = (
        figures.told(found.value, line.unit) if found.value is not None else figures.missing(found, line.key)
    )
    return [
        line.key, line.wording_vi if locale() == "vi" else line.wording_en, figures.reported(line),
        EXACTNESS_LABELS[line.exactness], value, found.above, found.below, "", found.asked.day, board.counted_at,
        INDICATORS[line.key].definition,
    ]  # fmt: skip


# --- what the figures desk changes ------------------------------------------------------------------


@bp.route("/<key>/reading", methods=["POST"])
@allow(policies.edits_targets)
def read(key: str) -> Any:
    target, day = _asked(key)
    form = _reading_form(target)
    if form.submitted():
        with form.reporting(), transaction():
            services.read_target(
                target=target,
                per=Per(form.per.data) if "per" in form else target.per,
                reading=form.reading,
                reason=form.reason.data,
                by=person(),
            )
            services.want_board(period=target.period, day=day, by=person())
            count_targets.later()
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


@bp.route("/steady", methods=["GET", "POST"])
@allow(policies.edits_targets)
def steady() -> Any:
    """Cooperatives whose year counts otherwise for T07 than its rule says."""
    form = SteadyForm(data={"year": clock.today().year - 1} | request.args.to_dict())
    if form.submitted():
        with form.reporting(), transaction():
            judged = services.judge_steady(
                cooperative=registry.meant(form.cooperative.data, "cooperative"),
                year=form.year.data,
                verdict=Steady(form.verdict.data),
                reason=form.reason.data,
                by=person(),
            )
            flash(_("Kept with its reason.") if judged else _("It counts like that already."))
            return redirect_to("office_targets.steady")
    return render(
        "insights/target/steady.html",
        form=form,
        page=queries.judgements(after=request.args.get("after")),
        rule=INDICATORS["T07"],
        verdicts=STEADY_LABELS,
    )


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
    return asked if asked is not None and queries.has_targets(asked) else queries.period_at(day)


def _asked(key: str) -> tuple[Target, dt.date]:
    day = _day()
    period = _period(day)
    target = queries.target_of(period, key) if period is not None else None
    if target is None:
        abort(404)
    return target, day


def _board_url(period: TargetPeriod, day: dt.date) -> str:
    return url_for("office_targets.list", period=period.code, day=day.isoformat())
