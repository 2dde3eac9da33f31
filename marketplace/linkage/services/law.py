"""Figures of law: a new one holds from its day; what stood before stays readable."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.events import announce, id_of
from marketplace.linkage.events.contract import LegalFigureAdded
from marketplace.linkage.models.law import LegalFigure
from marketplace.linkage.states.contract import LegalKey


def add_figure(*, key: LegalKey, value: Decimal, valid_from: dt.date, act: str, by: Any) -> LegalFigure:
    """From this day on the law says so, by this act."""
    figure = LegalFigure(
        key=key, value=value, valid_from=valid_from, act=act, added_by_id=id_of(by), added_at=clock.now()
    )
    db.session.add(figure)
    db.session.flush()
    announce(
        LegalFigureAdded(
            figure_id=figure.id, key=key, value=str(value), valid_from=valid_from, actor_id=id_of(by)
        )
    )
    return figure
