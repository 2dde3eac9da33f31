"""What is late in the whole market, for the alliance."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request

from marketplace.foundation.web import allow, render
from marketplace.payments import policies, statements

bp = Blueprint("late_money", __name__, url_prefix="/office/money")


@bp.route("/late", methods=["GET"])
@allow(policies.keeps_books)
def late() -> Any:
    return render("payments/office/late.html", page=statements.late_charges(request.args.get("after")))
