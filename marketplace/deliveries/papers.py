"""Papers that travel with the goods: the slip as PDF, and the code of a lot."""

from __future__ import annotations

from typing import Any

from marketplace import config
from marketplace.deliveries import queries
from marketplace.deliveries.models import Lot
from marketplace.foundation.papers import Sheet, paper
from marketplace.foundation.web.locale import in_language_url
from marketplace.foundation.web.pages import text_of
from marketplace.foundation.words import _
from marketplace.payments import qr


@paper("deliveries.slip")
def slip(delivery: str) -> Sheet | None:
    """The delivery slip, from the template that is printed too."""
    found = queries.delivery_by_ref(delivery)
    if found is None:
        return None
    return Sheet(text_of("deliveries/paper/slip.html", delivery=found, pressed=True))


def lot_code(lot: Lot) -> Any:
    """The code on a label: it opens the lot's public page."""
    return qr.svg(lot_address(lot), _("Code of lot %(code)s", code=lot.code))


def lot_address(lot: Lot) -> str:
    return f"{config.current().base_url}{in_language_url(f'/lots/{lot.code}', 'vi')}"
