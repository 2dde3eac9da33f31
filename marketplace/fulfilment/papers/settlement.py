"""A settlement sheet on paper, in both languages."""

from __future__ import annotations

from typing import Any

from marketplace.foundation.db import db
from marketplace.foundation.papers import Sheet, paper
from marketplace.foundation.web.pages import text_of
from marketplace.foundation.words import _l
from marketplace.fulfilment import services
from marketplace.fulfilment.models import Settlement
from marketplace.fulfilment.queries import settlement as queries
from marketplace.fulfilment.states import SETTLEMENT_LABELS
from marketplace.linkage.reckoning.settlement import LINE_LABELS

TEMPLATE = "fulfilment/settlement/paper.html"
WORDS = {
    "title": _l("Settlement sheet"),
    "contract": _l("Contract"),
    "seller": _l("Party B, the seller"),
    "buyer": _l("Party A, the buyer"),
    "slip": _l("Acceptance slip"),
    "day": _l("Delivered on"),
    "grade": _l("Quality grade"),
    "amount": _l("Amount"),
    "what": _l("What"),
    "total": _l("To pay"),
    "closing": _l("Closes the contract"),
    "owed_closing": _l("The seller owes the buyer"),
    "credited": _l("Of it taken off sheet"),
    "end": _l("What becomes of the rest of the deposit"),
    "kept": _l("The seller keeps"),
    "returned": _l("The seller gives back to the buyer"),
    "added": _l("Besides, it pays (a line of this sheet)"),
    "rule": _l("The contract says:"),
    "source": _l("Source: Civil Code 2015, article 328, unless the contract says otherwise."),
    "owed_back": _l("Left owed by the seller, taken off the next sheet"),
    "due": _l("To be paid by"),
    "void": _l("This sheet does not stand: another one was drawn up instead"),
    "ahead": _l("Still to be counted off later"),
    "inputs": _l("Inputs given ahead"),
    "deposit": _l("Deposit"),
}


@paper("fulfilment.settlement")
def settlement(settlement_id: int) -> Sheet | None:
    if db.session.get(Settlement, settlement_id) is None:
        return None
    return Sheet(text_of(TEMPLATE, pressed=True, **context(queries.settlement_by_id(settlement_id))))


def context(settlement: Settlement) -> dict[str, Any]:
    """What the print template shows, on the screen and on the press."""
    return {
        "words": WORDS,
        "labels": LINE_LABELS,
        "states": SETTLEMENT_LABELS,
        "settlement": settlement,
        "slips": queries.slips_in(settlement.lines),
        "contract": settlement.contract,
        "back_by": services.settlement.back_day(settlement),
    }
