"""What applications for fairs hold about people: free words, and a vehicle's number."""

from __future__ import annotations

from marketplace.accounts.holdings import holds, of
from marketplace.fairs.models import FairApplication

holds(
    FairApplication,
    of(FairApplication.application_id, "application"),
    words=("words", "vehicle"),
    mention=True,
)
