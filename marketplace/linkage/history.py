"""What contracts tell of a member's life."""

from __future__ import annotations

from collections.abc import Sequence

from flask import url_for
from sqlalchemy.orm import joinedload

from marketplace.foundation.words import _
from marketplace.linkage.models import Contract, Quote
from marketplace.linkage.states import QUOTE_LABELS
from marketplace.linkage.states.contract import CONTRACT_LABELS
from marketplace.registry.happenings import Line, Matter, by_id, rows_of, told


@told("contracts", matter=Matter.CONTRACTS, rows=rows_of(Contract, Contract.signed_on))
def _contracts(ids: Sequence[int]) -> dict[int, Line]:
    return {
        each.id: Line(
            _("Contract %(number)s with %(buyer)s", number=each.number or each.title, buyer=each.buyer.name),
            str(CONTRACT_LABELS[each.state]),
            url_for("contracts.show", contract=each),
            url_for("contracts.show", contract=each),
        )
        for each in by_id(Contract, ids, joinedload(Contract.buyer))
    }


@told("quotes", matter=Matter.CONTRACTS, rows=rows_of(Quote, Quote.submitted_at))
def _quotes(ids: Sequence[int]) -> dict[int, Line]:
    return {
        each.id: Line(
            _("Quote for request %(number)s", number=each.need.number or "–"),
            str(QUOTE_LABELS[each.state]),
            desk=url_for("desk_quotes.show", quote=each),
        )
        for each in by_id(Quote, ids, joinedload(Quote.need))
    }
