"""What fairs tell of a member's life."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import url_for
from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from marketplace.fairs.models import FairResult, Stand
from marketplace.fairs.states import STAND_LABELS
from marketplace.foundation import formats
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _
from marketplace.registry.happenings import Line, Matter, Whose, by_id, moment, told
from marketplace.selection.models import Application


def _stands(whose: Whose) -> Select[Any]:
    query = select(moment(Stand.confirmed_at), Stand.id)
    query = query.join(Application, Application.id == Stand.application_id)
    return query.where(Application.cooperative_id.in_(whose.cooperative_ids))


@told("stands", matter=Matter.FAIRS, rows=_stands)
def _stand_lines(ids: Sequence[int]) -> dict[int, Line]:
    return {
        stand.id: Line(
            _("Stand at %(fair)s", fair=stand.fair.name),
            str(STAND_LABELS[stand.state]),
            url_for("office_fairs.show", fair=stand.fair),
            url_for("stand.show", fair=stand.fair),
        )
        for stand in by_id(Stand, ids, joinedload(Stand.fair))
    }


def _results(whose: Whose) -> Select[Any]:
    query = select(moment(FairResult.submitted_at), FairResult.id)
    query = query.join(Stand, Stand.id == FairResult.stand_id)
    query = query.join(Application, Application.id == Stand.application_id)
    return query.where(Application.cooperative_id.in_(whose.cooperative_ids))


@told("fair_results", matter=Matter.FAIRS, rows=_results)
def _result_lines(ids: Sequence[int]) -> dict[int, Line]:
    return {
        result.id: Line(
            _("Results of %(fair)s reported", fair=result.stand.fair.name),
            _("Sales %(sum)s", sum=formats.vnd(result.sales, locale())),
            url_for("office_fairs.show", fair=result.stand.fair),
        )
        for result in by_id(FairResult, ids, joinedload(FairResult.stand).joinedload(Stand.fair))
    }
