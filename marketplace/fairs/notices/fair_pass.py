"""The letter with a visitor's pass."""

from __future__ import annotations

from typing import Any

from marketplace.fairs import codes
from marketplace.fairs.models import FairPass, VisitorRegistration
from marketplace.foundation import formats
from marketplace.foundation.words import _l, in_language
from marketplace.inbox.letters import letter
from marketplace.inbox.services import Contact, tell


def _sample() -> dict[str, Any]:
    return {
        "fair": "Hội chợ Nông sản Xứ Đông 2026",
        "days": "18/12/2026–21/12/2026",
        "venue": "Quảng trường Xứ Đông",
        "code": "K7M2 9QXT B2HD",
    }


letter(
    "fairs.visit_pass",
    subject=_l("Your pass for %(fair)s"),
    sentence=_l(
        "%(days)s, %(venue)s. Show the code on the page behind this letter at the gate, or say it: %(code)s."
    ),
    sample=_sample,
)


def visit_pass(made: FairPass, registration: VisitorRegistration) -> None:
    """To the mailbox that was given: whoever reads it opens the pass."""
    fair = made.fair
    with in_language(registration.locale):
        name = fair.name
    tell(
        kind="fairs.visit_pass",
        url=codes.path_for(made),
        key=f"fairs.visit_pass:{made.id}",
        contact=Contact(name=registration.name, email=registration.email or "", locale=registration.locale),
        fair=name,
        days=formats.date(fair.first_day, registration.locale)
        + formats.DASH
        + formats.date(fair.last_day, registration.locale),
        venue=fair.venue,
        code=codes.spoken(codes.code_of(made)),
    )
