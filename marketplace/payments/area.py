"""Charges and the ledger of money."""

from __future__ import annotations

from flask import Flask

from marketplace.foundation.area import Area, Place
from marketplace.foundation.words import _l
from marketplace.payments import policies


def install(app: Flask) -> None:
    from flask_login import current_user

    from marketplace.payments import deposits, gateways, parties
    from marketplace.payments.views import money

    app.jinja_env.globals["qr_code"] = money.code_drawing
    app.jinja_env.globals["next_step"] = lambda charge: gateways.GATEWAYS[charge.method].begin(charge)
    app.jinja_env.globals["statement_layout"] = lambda: (
        "layout/office.html" if parties.pays_alliance(current_user) else "layout/desk.html"
    )
    app.jinja_env.globals["deposit_rule"] = deposits.rule_told
    app.jinja_env.filters["bank_name"] = gateways.bank_name


area = Area(
    package="marketplace.payments",
    blueprints=[
        "views.money:bp",
        "views.statement:bp",
        "views.owing:bp",
        "views.deposits:bp",
        "views.late:bp",
        "views.bank_statements:bp",
        "views.bank_lines:bp",
        "views.webhooks:bp",
    ],
    converters={
        "charge": "converters:ChargeByRef",
        "own_charge": "converters:OwnCharge",
        "buyer_account": "converters:BuyerAccount",
        "own_account": "converters:OwnAccount",
        "bank_line": "converters:BankLineByRef",
        "statement": "converters:StatementByRef",
    },
    navigation=[
        Place("desk", _l("Money"), "payments.money", "money", order=50, shown=policies.has_money),
        Place(
            "office",
            _l("Bank statements"),
            "bank_statements.statement_list",
            "money",
            order=50,
            shown=policies.keeps_books,
            group="dues",
        ),
        Place(
            "buying",
            _l("What I owe"),
            "owing.sellers",
            "money",
            order=20,
            shown=policies.may_owe,
            group="buying",
        ),
        Place(
            "office",
            _l("Late payments"),
            "late_money.late",
            "money",
            order=45,
            shown=policies.keeps_books,
            group="dues",
        ),
    ],
    install="area:install",
)
