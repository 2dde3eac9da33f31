"""Filing the report of a fair, and choosing how it is laid out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from marketplace.fairs import queries, reporting
from marketplace.fairs.events import (
    FairReportCorrected,
    FairReportFiled,
    ReportEntryAdded,
    ReportEntryRemoved,
    ReportLayoutChanged,
)
from marketplace.fairs.models import Fair, FairReport, FairResult, ReportEntry, ReportLayout, Stand
from marketplace.fairs.services.result import lock_result
from marketplace.fairs.states import EntryKind, FairState, ResultState, fair_lifecycle
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.reference import random_ref
from marketplace.foundation.words import _l
from marketplace.selection.models import Application


def file_report(*, fair: Fair, number: str, dated: dt.date, reason: str = "", by: Any) -> FairReport:
    """Freeze what is known: verified results are locked, the fair counts as reported. Filed again it is a correction,
    with its reason; what was filed before stays as it was."""
    db.session.refresh(fair, with_for_update={"of": Fair}, attribute_names=["state", "report_filed_on"])
    before = queries.reports_of(fair.id)
    _may_be_filed(fair, dated, reason, again=bool(before))
    results = _lock_verified(fair, by)
    if fair.state is FairState.PUBLISHED:
        fair_lifecycle.advance(fair, "report")
    fair.report_filed_on = fair.report_filed_on or dated
    db.session.flush()
    body = reporting.body_of(fair, number=number, dated=dated, results=results, reason=reason)
    report = FairReport(
        ref=random_ref(),
        fair=fair,
        sequence=len(before) + 1,
        number=number,
        dated=dated,
        body=body,
        sha256=reporting.digest(body),
        reason=reason,
        filed_by_id=id_of(by),
        filed_at=clock.now(),
    )
    db.session.add(report)
    db.session.flush()
    _announce(report, by)
    return report


def add_entry(
    *,
    fair: Fair,
    kind: EntryKind,
    day: dt.date,
    title: str,
    who: str = "",
    people: int | None = None,
    by: Any,
) -> ReportEntry:
    """A side event, or an award and who got it. In reports that are filed from now on."""
    if day > clock.today():
        raise Refusal(_l("This day is still to come: write it down once it is done."), field="day")
    entry = ReportEntry(
        fair_id=fair.id,
        kind=kind,
        day=day,
        title=title,
        who=who,
        people=people,
        by_id=id_of(by),
        at=clock.now(),
    )
    db.session.add(entry)
    db.session.flush()
    announce(ReportEntryAdded(fair_id=fair.id, entry_id=entry.id, words=title, actor_id=id_of(by)))
    return entry


def remove_entry(*, entry: ReportEntry, by: Any) -> None:
    """It was written down by mistake; what was filed keeps it."""
    announce(
        ReportEntryRemoved(fair_id=entry.fair_id, entry_id=entry.id, words=entry.title, actor_id=id_of(by))
    )
    db.session.delete(entry)
    db.session.flush()


def set_layout(
    *,
    above: str,
    issuer: str,
    symbol: str,
    place: str,
    addressee: str,
    opening: str,
    recipients: str,
    signer_title: str,
    signer: str,
    lines: Sequence[dict[str, Any]],
    by: Any,
) -> ReportLayout:
    """From now on reports look like this; filed ones stay as they are."""
    layout = ReportLayout(
        above=above,
        issuer=issuer,
        symbol=symbol,
        place=place,
        addressee=addressee,
        opening=opening,
        recipients=recipients,
        signer_title=signer_title,
        signer=signer,
        lines=[*lines],
        by_id=id_of(by),
        at=clock.now(),
    )
    db.session.add(layout)
    db.session.flush()
    announce(ReportLayoutChanged(layout_id=layout.id, actor_id=id_of(by)))
    return layout


def _may_be_filed(fair: Fair, dated: dt.date, reason: str, *, again: bool) -> None:
    if fair.state not in (FairState.PUBLISHED, FairState.REPORTED):
        raise Refusal(_l("Only a fair that took place is reported."))
    if clock.today() <= fair.last_day:
        raise Refusal(_l("The fair is not over yet."))
    if not fair.last_day < dated <= clock.today():
        raise Refusal(_l("The day of the report lies after the fair, and not in the future."), field="dated")
    waiting = queries.result_counts(fair.id).get(str(ResultState.SUBMITTED), 0)
    if waiting:
        raise Refusal(
            _l("%(n)s results wait to be looked at: verify them or give them back first.", n=waiting)
        )
    if again and not reason:
        raise Refusal(_l("This corrects a filed report: write why."), field="reason")


def _lock_verified(fair: Fair, by: Any) -> list[FairResult]:
    """All that are looked at, in the order of their numbers; those that are not locked yet are now."""
    results = db.session.scalars(
        select(FairResult)
        .where(FairResult.fair_id == fair.id, FairResult.state.in_(queries.LOOKED_AT))
        .options(
            joinedload(FairResult.stand).joinedload(Stand.application).joinedload(Application.cooperative)
        )
        .order_by(FairResult.id)
        .with_for_update(of=FairResult)
        .execution_options(populate_existing=True)
    ).all()
    for result in results:
        if result.state is ResultState.VERIFIED:
            lock_result(result=result, by=by)
    return [*results]


def _announce(report: FairReport, by: Any) -> None:
    told: dict[str, Any] = {
        "fair_id": report.fair_id,
        "report_id": report.id,
        "number": report.number,
        "sha256": report.sha256,
        "actor_id": id_of(by),
    }
    if report.sequence == 1:
        announce(FairReportFiled(**told))
    else:
        announce(FairReportCorrected(**told, reason=report.reason))
