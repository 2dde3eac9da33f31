"""What yearly reports hold about people: who told and sent figures, who answered."""

from __future__ import annotations

from marketplace.accounts.holdings import did, keeps
from marketplace.registry.models import AnnualReport, ReportVerdict, ReportVersion

keeps(AnnualReport, "the figures of an organisation, not of a person")
keeps(
    ReportVersion,
    "the yearly report that the law asks of an organisation, as it was handed in, with who told it",
)
did(ReportVerdict, "by_id")
