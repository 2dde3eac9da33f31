"""Charges in URLs: the payer's by its unguessable reference, the payee's own by the same."""

from __future__ import annotations

from marketplace.foundation.web.converters import subject
from marketplace.payments import queries

ChargeByRef = subject(lambda text, user: queries.by_ref(text))
OwnCharge = subject(lambda text, user: queries.own_charge(text, user.organisation_ids))
