"""Charges in URLs: the payer's by its reference, the payee's only its own."""

from __future__ import annotations

from marketplace.foundation.web.converters import subject
from marketplace.payments import queries
from marketplace.payments.queries import bank_lines

ChargeByRef = subject(lambda text, user: queries.charge_by_ref(text))
OwnCharge = subject(lambda text, user: queries.own_charge(text, user.organisation_ids))
BankLineByRef = subject(lambda text, user: bank_lines.own_line(text, user.organisation_ids))
StatementByRef = subject(lambda text, user: bank_lines.own_statement(text, user.organisation_ids))
