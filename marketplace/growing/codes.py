"""The code on a box: it opens the lot's public page."""

from __future__ import annotations

from typing import Any

from marketplace import config
from marketplace.foundation.drawing import qr
from marketplace.foundation.web.locale import in_language_url
from marketplace.foundation.words import _
from marketplace.growing.models import Lot


def drawn(lot: Lot) -> Any:
    return qr.svg(address_of(lot), _("Code of lot %(code)s", code=lot.code))


def address_of(lot: Lot) -> str:
    return f"{config.current().base_url}{in_language_url(f'/lots/{lot.code}', 'vi')}"
