"""What moderation holds about people: whoever reports may leave a way to be reached, until it is answered."""

from __future__ import annotations

from marketplace.accounts.holdings import by, did, holds
from marketplace.moderation.models import PageReport, Takedown

holds(PageReport, by(PageReport.by_id), words=("words",), empty=("contact",))
did(PageReport, "closed_by_id")
did(Takedown, "by_id", "appealed_by_id", "decided_by_id")
