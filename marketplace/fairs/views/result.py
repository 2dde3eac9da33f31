"""Results: the exhibitor's page, and the alliance's queue."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask import Blueprint, abort, request, url_for
from flask_login import current_user

from marketplace.fairs import asides, policies, queries, services
from marketplace.fairs.countries import country
from marketplace.fairs.forms.day_sheet import DealForm
from marketplace.fairs.forms.result import (
    FollowUpCheckForm,
    FollowUpForm,
    ResultForm,
    ReturnForm,
    ToldFollowUpForm,
    ToldForm,
    follow_up_form,
    verify_form,
)
from marketplace.fairs.models import Fair, FairDeal, FairResult, FollowUp, Stand
from marketplace.fairs.states import (
    DEAL_KIND_LABELS,
    DEAL_LABELS,
    RESULT_LABELS,
    RESULT_TONES,
    DealState,
    ResultState,
    StandState,
)
from marketplace.foundation import clock
from marketplace.foundation.audit import history_of
from marketplace.foundation.db import transaction
from marketplace.foundation.media import send_document
from marketplace.foundation.web import Form, allow, flash, person, private, redirect_to, render
from marketplace.foundation.words import _, _l
from marketplace.inbox.acts import PressForm

desk = Blueprint("fair_result", __name__, url_prefix="/desk/fairs")
office = Blueprint("office_results", f"{__name__}.office", url_prefix="/office/fairs")
desk.after_request(private)
office.after_request(private)
S = ResultState
TABS = {
    "submitted": (_l("To verify"), (S.SUBMITTED,)),
    "owing": (_l("Not handed in"), ()),
    "verified": (_l("Verified"), queries.LOOKED_AT),
    "all": (_l("All"), tuple(S)),
}


# --- the exhibitor ----------------------------------------------------------------------------------


@desk.route("/<exhibited:stand>/result", methods=["GET", "POST"])
@allow(policies.exhibits_here)
def declare(stand: Stand) -> Any:
    """Keep what is written, or hand it in (the second button)."""
    result = queries.result_of(stand.id)
    form = ResultForm(obj=result, data=_from_sheets(stand, result))
    if form.submitted():
        with form.reporting():
            files = form.files()
            with transaction():
                result = services.begin_result(stand=stand, by=person())
                services.keep_result(result=result, **form.values(), by=person())
                services.add_evidence(result=result, files=files, by=person())
                if "submit" in request.form:
                    services.submit_result(result=result, by=person())
                flash(_("Handed in. Thank you.") if "submit" in request.form else _("Kept."))
                return redirect_to("fair_result.declare", stand=stand.fair.slug)
    return _declaring(stand, form)


@desk.route("/<exhibited:stand>/result/evidence/<int:evidence_id>", methods=["GET"])
@allow(policies.exhibits_here)
def own_evidence(stand: Stand, evidence_id: int) -> Any:
    return _evidence(queries.result_of(stand.id) or abort(404), evidence_id)


@desk.route("/<exhibited:stand>/result/<int:month>", methods=["POST"])
@allow(policies.exhibits_here)
def follow_up(stand: Stand, month: int) -> Any:
    result = queries.result_of(stand.id) or abort(404)
    asked, form = _follow_up(result, month), FollowUpForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.declare_follow_up(
                follow_up=asked, value=form.value.data, words=form.words.data or "", by=person()
            )
            flash(_("Thank you. Written down."))
            return redirect_to("fair_result.declare", stand=stand.fair.slug)
    return _declaring(stand, asking={month: form}, refused=form)


def _from_sheets(stand: Stand, result: FairResult | None) -> dict[str, Any]:
    """Before anything is declared the day sheets say it."""
    if result is not None:
        return {}
    totals = queries.sheet_totals(stand.id)
    return {"sales": totals.cash, "orders": totals.orders}


def _declaring(
    stand: Stand,
    form: ResultForm | None = None,
    *,
    asking: dict[int, FollowUpForm] | None = None,
    refused: Form | None = None,
) -> Any:
    result = queries.result_of(stand.id)
    due = [] if result is None else [each for each in result.follow_ups if each.due_on <= clock.today()]
    forms = (
        {each.month: follow_up_form(each) for each in due if each.verified is None} if refused is None else {}
    )
    return render(
        "fairs/result/declare.html",
        stand=stand,
        fair=stand.fair,
        result=result,
        open=result is None or result.state in policies.OPEN,
        over=clock.today() >= stand.fair.last_day,
        totals=queries.sheet_totals(stand.id),
        leads=queries.count_leads(stand.id),
        deals=queries.deals_of(stand.id),
        days=queries.days_of(stand.id),
        form=form or ResultForm(formdata=None, obj=result, data=_from_sheets(stand, result)),
        refused=refused,
        asking={**forms, **(asking or {})},
        labels=RESULT_LABELS,
        tones=RESULT_TONES,
        kinds=DEAL_KIND_LABELS,
        states=DEAL_LABELS,
        country=country,
    )


# --- the alliance -----------------------------------------------------------------------------------


@office.route("/<any_fair:fair>/results", methods=["GET"])
@allow(policies.runs_fairs)
def queue(fair: Fair) -> Any:
    counts, after = queries.result_counts(fair.id), request.args.get("after")
    tab = request.args.get("tab", "")
    tab = tab if tab in TABS else _first_to_look_at(fair, counts)
    page = (
        queries.owing_page(fair.id, after)
        if tab == "owing"
        else queries.results_page(fair.id, TABS[tab][1], after)
    )
    return render(
        "fairs/result/queue.html",
        fair=fair,
        page=page,
        over=clock.today() >= fair.last_day,
        tab=tab,
        tabs={key: label for key, (label, _states) in TABS.items()},
        counts={"submitted": counts.get("submitted", 0), "owing": counts["owing"]},
        labels=RESULT_LABELS,
        tones=RESULT_TONES,
        asides=asides.filled("results", fair, person()),
    )


def _first_to_look_at(fair: Fair, counts: dict[str, int]) -> str:
    """What is to be done: verify, call those who owe it once the fair is over; else all there is."""
    if counts.get("submitted"):
        return "submitted"
    return "owing" if counts["owing"] and clock.today() >= fair.last_day else "all"


@office.route("/<any_fair:fair>/results/of/<stand:stand>", methods=["GET", "POST"])
@allow(policies.runs_fairs)
def enter(fair: Fair, stand: Stand) -> Any:
    """For an exhibitor who calls: written down as they say it, and labelled so."""
    _called(stand, fair)
    result = queries.result_of(stand.id)
    if result is not None and result.state not in policies.OPEN:
        return redirect_to("office_results.show", fair=fair, result=result)
    form = ToldForm(obj=result, data=_from_sheets(stand, result))
    if form.submitted():
        with form.reporting():
            files = form.files()
            with transaction():
                result = services.begin_result(stand=stand, by=person())
                services.keep_result(result=result, **form.values(), by=person())
                services.add_evidence(result=result, files=files, by=person())
                services.submit_result(result=result, told_by=form.told_by.data, by=person())
                flash(_("Written down. Another officer verifies it."))
                return redirect_to("office_results.show", fair=fair, result=result)
    return render(
        "fairs/result/enter.html",
        fair=fair,
        stand=stand,
        cooperative=stand.application.cooperative,
        form=form,
        totals=queries.sheet_totals(stand.id),
        leads=queries.count_leads(stand.id),
        deals=[deal for deal in queries.deals_of(stand.id) if deal.state is not DealState.FAILED],
        kinds=DEAL_KIND_LABELS,
        country=country,
    )


@office.route("/<any_fair:fair>/results/of/<stand:stand>/days/<iso_day:day>", methods=["GET"])
@allow(policies.runs_fairs)
def sheet(fair: Fair, stand: Stand, day: dt.date) -> Any:
    """What the stand wrote down on a day: the rows behind the figures of trade."""
    if stand.fair_id != fair.id:
        abort(404)
    written = queries.booth_day(stand.id, day) or abort(404)
    return render(
        "fairs/day_sheet/office.html",
        fair=fair,
        stand=stand,
        cooperative=stand.application.cooperative,
        sheet=written,
        told=sum((int(sale.amount) for sale in written.sales), 0),
        result=queries.result_of(stand.id),
        days=[each.day for each in queries.days_of(stand.id)],
    )


@office.route("/<any_fair:fair>/results/of/<stand:stand>/deals", methods=["GET", "POST"])
@allow(policies.runs_fairs)
def enter_deal(fair: Fair, stand: Stand) -> Any:
    """A memorandum or contract of an exhibitor who calls, before their results are handed in."""
    _called(stand, fair)
    form = DealForm(queries.goods_of(stand), max(fair.first_day, min(clock.today(), fair.last_day)))
    if form.submitted():
        with form.reporting():
            written = form.written()
            with transaction():
                services.sign_deal(stand=stand, **written, by=person())
                flash(_("Written down."))
                return redirect_to("office_results.enter", fair=fair, stand=stand)
    cooperative = stand.application.cooperative
    return render("fairs/result/enter_deal.html", fair=fair, stand=stand, cooperative=cooperative, form=form)


@office.route("/<any_fair:fair>/results/of/<stand:stand>/deals/<ref>/removal", methods=["POST"])
@allow(policies.runs_fairs)
def drop_deal(fair: Fair, stand: Stand, ref: str) -> Any:
    _called(stand, fair)
    found, form = queries.deal_of(stand.id, ref) or abort(404), PressForm()
    with form.reporting(), transaction():
        services.drop_deal(deal=found, by=person())
        flash(_("Taken off."))
    for problem in form.problems:
        flash(problem, "bad")
    return redirect_to("office_results.enter", fair=fair, stand=stand)


@office.route("/<any_fair:fair>/results/<any_result:result>/told/<int:month>", methods=["POST"])
@allow(policies.runs_fairs)
def tell_follow_up(fair: Fair, result: FairResult, month: int) -> Any:
    """What came of it, for an exhibitor who calls."""
    _belongs(result, fair)
    asked, form = _follow_up(result, month), ToldFollowUpForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.declare_follow_up(
                follow_up=asked,
                value=form.value.data,
                words=form.words.data or "",
                told_by=form.told_by.data,
                by=person(),
            )
            flash(_("Written down. Another officer verifies it."))
            return redirect_to("office_results.show", fair=fair, result=result)
    return _looking(result, telling={month: form}, refused=form)


@office.route("/<any_fair:fair>/results/<any_result:result>", methods=["GET"])
@allow(policies.runs_fairs)
def show(fair: Fair, result: FairResult) -> Any:
    _belongs(result, fair)
    return _looking(result)


@office.route("/<any_fair:fair>/results/<any_result:result>/verification", methods=["POST"])
@allow(policies.runs_fairs)
def verify(fair: Fair, result: FairResult) -> Any:
    _belongs(result, fair)
    deals = _counted(result)
    form = verify_form(result, deals)
    if form.submitted():
        with form.reporting(), transaction():
            services.verify_result(
                result=result,
                sales=form.sales.data,
                orders=form.orders.data,
                deals=form.deals(deals),
                note=form.note.data or "",
                by=person(),
            )
            flash(_("Verified."))
            return redirect_to("office_results.queue", fair=fair)
    return _looking(result, verifying=form)


@office.route("/<any_fair:fair>/results/<any_result:result>/return", methods=["POST"])
@allow(policies.runs_fairs)
def give_back(fair: Fair, result: FairResult) -> Any:
    _belongs(result, fair)
    form = ReturnForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.return_result(result=result, reason=form.reason.data, by=person())
            flash(_("Given back. The exhibitor has been told."))
            return redirect_to("office_results.queue", fair=fair)
    return _looking(result, returning=form)


@office.route("/<any_fair:fair>/results/<any_result:result>/follow-ups/<int:month>", methods=["POST"])
@allow(policies.runs_fairs)
def check_follow_up(fair: Fair, result: FairResult, month: int) -> Any:
    _belongs(result, fair)
    asked, form = _follow_up(result, month), FollowUpCheckForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.verify_follow_up(follow_up=asked, value=form.verified.data, by=person())
            flash(_("Verified."))
            return redirect_to("office_results.show", fair=fair, result=result)
    return _looking(result, checking={month: form}, refused=form)


@office.route("/<any_fair:fair>/results/<any_result:result>/evidence/<int:evidence_id>", methods=["GET"])
@allow(policies.runs_fairs)
def evidence(fair: Fair, result: FairResult, evidence_id: int) -> Any:
    _belongs(result, fair)
    return _evidence(result, evidence_id)


@office.route("/<any_fair:fair>/results/<any_result:result>/deals/<ref>", methods=["GET"])
@allow(policies.runs_fairs)
def deal_file(fair: Fair, result: FairResult, ref: str) -> Any:
    _belongs(result, fair)
    deal = queries.deal_of(result.stand_id, ref)
    return send_document(deal.file) if deal is not None and deal.file is not None else abort(404)


def _looking(
    result: FairResult,
    *,
    verifying: Any = None,
    returning: ReturnForm | None = None,
    checking: dict[int, FollowUpCheckForm] | None = None,
    telling: dict[int, ToldFollowUpForm] | None = None,
    refused: Form | None = None,
) -> Any:
    deals = _counted(result)
    can_verify = policies.verifies(current_user, result)
    due = [each for each in result.follow_ups if each.value is None and each.due_on <= clock.today()]
    answered = [each for each in result.follow_ups if each.value is not None and each.verified is None]
    return render(
        "fairs/result/show.html",
        result=result,
        fair=result.stand.fair,
        cooperative=result.stand.application.cooperative,
        deals=deals,
        days=queries.days_of(result.stand_id),
        day_url=lambda day: url_for(
            "office_results.sheet", fair=result.stand.fair, stand=result.stand, day=day
        ),
        verifying=verifying or (verify_form(result, deals, formdata=None) if can_verify else None),
        returning=returning
        or (ReturnForm(formdata=None) if policies.gives_back(current_user, result) else None),
        checking={
            **{
                each.month: FollowUpCheckForm(formdata=None, data={"verified": each.value})
                for each in answered
            },
            **(checking or {}),
        },
        telling={**{each.month: ToldFollowUpForm(formdata=None) for each in due}, **(telling or {})},
        refused=refused,
        labels=RESULT_LABELS,
        tones=RESULT_TONES,
        kinds=DEAL_KIND_LABELS,
        country=country,
        history=history_of("fair_result", result.id),
        evidence_url=lambda each: url_for(
            "office_results.evidence", fair=result.stand.fair, result=result, evidence_id=each.id
        ),
    )


def _called(stand: Stand, fair: Fair) -> None:
    """An exhibitor of this fair, who may call about it."""
    if stand.fair_id != fair.id or stand.state is not StandState.CONFIRMED:
        abort(404)


def _counted(result: FairResult) -> list[FairDeal]:
    return [deal for deal in queries.deals_of(result.stand_id) if deal.counted]


def _belongs(result: FairResult, fair: Fair) -> None:
    if result.fair_id != fair.id:
        abort(404)


def _follow_up(result: FairResult, month: int) -> FollowUp:
    return next((each for each in result.follow_ups if each.month == month), None) or abort(404)


def _evidence(result: FairResult, evidence_id: int) -> Any:
    found = next((each for each in result.evidence if each.id == evidence_id), None)
    return send_document(found.document) if found is not None else abort(404)
