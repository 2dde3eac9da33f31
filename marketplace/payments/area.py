"""Charges and the ledger of money."""

from __future__ import annotations

from flask import Flask

from marketplace.foundation.area import Area, Place
from marketplace.foundation.words import _l
from marketplace.payments import policies


def install(app: Flask) -> None:
    from marketplace.payments import gateways
    from marketplace.payments.views import money

    app.jinja_env.globals["qr_code"] = money.code_drawing
    app.jinja_env.filters["bank_name"] = gateways.bank_name


area = Area(
    package="marketplace.payments",
    blueprints=["views.money:bp", "views.statements:bp", "views.bank_lines:bp", "views.webhooks:bp"],
    converters={
        "charge": "converters:ChargeByRef",
        "own_charge": "converters:OwnCharge",
        "bank_line": "converters:BankLineByRef",
        "statement": "converters:StatementByRef",
    },
    navigation=[Place("desk", _l("Money"), "payments.money", "money", order=50, shown=policies.has_money)],
    install="area:install",
)
