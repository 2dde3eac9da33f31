"""Charges in URLs: the payer's by its reference, the payee's only its own."""

from __future__ import annotations

from typing import Any

from marketplace.accounts.models import Organisation
from marketplace.cooperatives import queries as cooperatives
from marketplace.foundation.web.converters import subject
from marketplace.payments import parties, queries
from marketplace.payments.queries import bank_lines

ChargeByRef = subject(lambda text, user: queries.charge_by_ref(text))
OwnCharge = subject(lambda text, user: queries.own_charge(text, user.organisation_ids))
BankLineByRef = subject(lambda text, user: bank_lines.own_line(text, user.organisation_ids))
StatementByRef = subject(lambda text, user: bank_lines.own_statement(text, user.organisation_ids))

# One buyer's account with the desk's own cooperative, and one seller's account with the reader.
BuyerAccount = subject(
    lambda text, user: parties.sellers_account(_desk_organisation(user), text), attribute="buyer_ref"
)
OwnAccount = subject(lambda text, user: parties.buyers_account(text, user))


def _desk_organisation(user: Any) -> Organisation | None:
    cooperative = cooperatives.desk_cooperative(user)
    return cooperative.organisation if cooperative is not None else None
