"""Fields, sowings, lines of the diary, rules, lots and tests in URLs."""

from __future__ import annotations

from marketplace.foundation.web.converters import subject
from marketplace.growing import queries

OwnPlot = subject(lambda text, user: queries.own_plot(text, user.organisation_ids))
OwnSowing = subject(lambda text, user: queries.own_sowing(text, user.organisation_ids))
OwnEntry = subject(lambda text, user: queries.own_entry(text, user.organisation_ids))
RuleByRef = subject(queries.rule_by_ref)
LotByCode = subject(lambda text, user: queries.lot_by_code(text), attribute="code")
OwnLot = subject(lambda text, user: queries.own_lot(text, user.organisation_ids), attribute="code")
OwnTest = subject(lambda text, user: queries.own_test(text, user.organisation_ids))
TestByRef = subject(
    lambda text, user: (
        queries.test_by_ref(text) if user.is_officer else queries.own_test(text, user.organisation_ids)
    )
)
