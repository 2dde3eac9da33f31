"""Sector, figures and the judgement of the new model, each from a day on; the record keeps the last of each."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import select

from marketplace.cooperatives import services as cooperatives
from marketplace.cooperatives.models import Cooperative
from marketplace.cooperatives.states import Sector
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.words import _l
from marketplace.registry import queries
from marketplace.registry.events import FiguresNoted, NewModelJudged, SectorChanged
from marketplace.registry.models import MemberFigures, MemberSector, NewModelJudgement

FIGURES = (
    "charter_capital", "members_official", "members_capital", "members_other", "households_served", "workers",
    "area_ha",
)  # fmt: skip


def change_sector(
    *, cooperative: Cooperative, sector: Sector, since: dt.date, source: str = "", by: Any = None
) -> MemberSector:
    """It works in this sector from that day on. What was said of the very day before is put right by it."""
    _check_day(since, "since")
    row = _sector_row(cooperative, sector, since, source, by)
    announce(
        SectorChanged(
            cooperative_id=cooperative.id, day=since.isoformat(), sector=str(sector), actor_id=id_of(by)
        )
    )
    cooperatives.change(cooperative=cooperative, sector=queries.sectors_of(cooperative.id)[0].sector, by=by)
    return row


def judge_new_model(
    *,
    cooperative: Cooperative,
    is_new_model: bool,
    day: dt.date,
    judged_by: str,
    reason: str = "",
    by: Any = None,
) -> NewModelJudgement:
    """Somebody judged it so that day."""
    _check_day(day, "day")
    if not judged_by.strip():
        raise Refusal(_l("Please say who judged it."), field="judged_by")
    row = _judgement_row(cooperative, is_new_model, day, judged_by.strip(), reason.strip(), by)
    announce(
        NewModelJudged(
            cooperative_id=cooperative.id, day=day.isoformat(), is_new_model=is_new_model, actor_id=id_of(by)
        )
    )
    last = queries.judgements_of(cooperative.id)[0].is_new_model
    cooperatives.change(cooperative=cooperative, is_new_model=last, by=by)
    return row


def note_figures(
    *, cooperative: Cooperative, day: dt.date, source: str, by: Any = None, **figures: Any
) -> MemberFigures:
    """Its figures as they were that day; one that is left out stays as the row before says."""
    _check_day(day, "day")
    if not source.strip():
        raise Refusal(_l("Please say where these figures come from."), field="source")
    before = queries.figures_on(cooperative.id, day)
    told = {name: getattr(before, name, None) for name in FIGURES} | figures
    row = _figures_row(cooperative, day, source.strip(), told, by)
    announce(FiguresNoted(cooperative_id=cooperative.id, day=day.isoformat(), actor_id=id_of(by)))
    last = queries.figures_of(cooperative.id)[0]
    cooperatives.change(cooperative=cooperative, by=by, **{name: getattr(last, name) for name in FIGURES})
    return row


def follow_record(*, cooperative: Cooperative, by: Any = None) -> None:
    """The record was changed by hand or by a file: what differs now counts from today. The fact
    itself was told already."""
    today = clock.today()
    sectors = queries.sectors_of(cooperative.id)
    if not sectors:
        founding = queries.founding_of(cooperative.id)
        _sector_row(cooperative, cooperative.sector, founding.day if founding else today, "registry", by)
    elif sectors[0].sector is not cooperative.sector:
        _sector_row(cooperative, cooperative.sector, max(today, sectors[0].since), "registry", by)
    judged = queries.judgements_of(cooperative.id)
    if cooperative.is_new_model != (bool(judged) and judged[0].is_new_model):
        _judgement_row(cooperative, cooperative.is_new_model, today, "", "", by)
    figures = queries.figures_of(cooperative.id)
    now = {name: getattr(cooperative, name) for name in FIGURES}
    said = {name: getattr(figures[0], name) if figures else None for name in FIGURES}
    if now != said:
        _figures_row(cooperative, today, "registry", now, by)


def _check_day(day: dt.date, field: str) -> None:
    if day > clock.today():
        raise Refusal(_l("This day is still to come."), field=field)


def _sector_row(
    cooperative: Cooperative, sector: Sector, since: dt.date, source: str, by: Any
) -> MemberSector:
    row = db.session.scalar(
        select(MemberSector).where(MemberSector.cooperative_id == cooperative.id, MemberSector.since == since)
    ) or MemberSector(cooperative_id=cooperative.id, since=since)
    row.sector, row.source, row.by_id, row.at = sector, source.strip()[:255], id_of(by), clock.now()
    db.session.add(row)
    db.session.flush()
    return row


def _judgement_row(
    cooperative: Cooperative, is_new_model: bool, day: dt.date, judged_by: str, reason: str, by: Any
) -> NewModelJudgement:
    row = db.session.scalar(
        select(NewModelJudgement).where(
            NewModelJudgement.cooperative_id == cooperative.id, NewModelJudgement.day == day
        )
    ) or NewModelJudgement(cooperative_id=cooperative.id, day=day)
    row.is_new_model, row.judged_by, row.reason = is_new_model, judged_by[:255], reason[:500]
    row.by_id, row.at = id_of(by), clock.now()
    db.session.add(row)
    db.session.flush()
    return row


def _figures_row(
    cooperative: Cooperative, day: dt.date, source: str, told: dict[str, Any], by: Any
) -> MemberFigures:
    row = db.session.scalar(
        select(MemberFigures).where(MemberFigures.cooperative_id == cooperative.id, MemberFigures.day == day)
    ) or MemberFigures(cooperative_id=cooperative.id, day=day)
    for name, value in told.items():
        setattr(row, name, value)
    row.source, row.by_id, row.at = source[:255], id_of(by), clock.now()
    db.session.add(row)
    db.session.flush()
    return row
