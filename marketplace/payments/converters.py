"""Charges in URLs: the payer's by its reference, the payee's only its own."""

from __future__ import annotations

from marketplace.foundation.web.converters import subject
from marketplace.payments import queries

ChargeByRef = subject(lambda text, user: queries.charge_by_ref(text))
OwnCharge = subject(lambda text, user: queries.own_charge(text, user.organisation_ids))
