"""Loans, funds and vouchers in URLs: one's own, and any for the office."""

from __future__ import annotations

from marketplace.foundation.web.converters import subject
from marketplace.programmes import queries

OwnLoan = subject(lambda text, user: queries.loan.own(text, user.organisation_ids))
AnyLoan = subject(lambda text, user: queries.loan.by_ref(text) if user.is_officer else None)
AnyMovement = subject(lambda text, user: queries.loan.movement_by_ref(text) if user.is_officer else None)
AnyFund = subject(lambda text, user: queries.fund.by_ref(text) if user.is_officer else None)
