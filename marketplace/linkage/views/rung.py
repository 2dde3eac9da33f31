"""What a rung of a contract's ladder is added up from: its figure opens this page."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort

from marketplace.foundation.web import allow, person, private, render
from marketplace.linkage import ladder, policies
from marketplace.linkage.models import Contract
from marketplace.linkage.queries.contract import side_of
from marketplace.linkage.seat import ContractSeat

bp = Blueprint("contract_ladder", __name__, url_prefix="/contracts")
bp.after_request(private)


@bp.route("/<contract:contract>/ladder/<rung>", methods=["GET"])
@allow(policies.reads_ladder)
def show(contract: Contract, rung: str) -> Any:
    tell = ladder.ROWS.get(rung) or abort(404)
    side = side_of(person(), contract) or abort(404)
    return render(
        "linkage/contract/rows.html",
        contract=contract,
        seat=ContractSeat(side),
        title=ladder.RUNG_LABELS[rung],
        rows=tell(contract, side),
    )
