"""What settlements tell of a member's life."""

from __future__ import annotations

from collections.abc import Sequence

from flask import url_for
from sqlalchemy.orm import joinedload

from marketplace.foundation import formats
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _
from marketplace.fulfilment.models import Acceptance, Settlement
from marketplace.fulfilment.states.settlement import SETTLEMENT_LABELS
from marketplace.registry.happenings import Line, Matter, by_id, rows_of, told


@told("settlements", matter=Matter.CONTRACTS, rows=rows_of(Settlement, Settlement.confirmed_at))
def _settlements(ids: Sequence[int]) -> dict[int, Line]:
    return {
        each.id: Line(
            _("Settlement %(number)s: %(sum)s", number=each.number, sum=formats.vnd(each.total, locale())),
            str(SETTLEMENT_LABELS[each.state]),
            url_for("settlements.show", contract=each.contract, settlement=each),
            url_for("settlements.show", contract=each.contract, settlement=each),
        )
        for each in by_id(Settlement, ids, joinedload(Settlement.contract))
    }


@told("acceptances", matter=Matter.TRADE, rows=rows_of(Acceptance, Acceptance.arrived_at))
def _acceptances(ids: Sequence[int]) -> dict[int, Line]:
    return {
        each.id: Line(
            _("Load taken in, slip %(number)s", number=each.number),
            each.depot_name,
            url_for("office_acceptances.show", acceptance=each),
            url_for("desk_acceptances.show", acceptance=each),
        )
        for each in by_id(Acceptance, ids)
    }
