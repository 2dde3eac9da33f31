"""The code on a paper: it opens the page that says whether this is the one that counts."""

from __future__ import annotations

from typing import Any

from marketplace import config
from marketplace.documents.models import IssuedDocument
from marketplace.foundation.drawing import qr
from marketplace.foundation.web.locale import in_language_url
from marketplace.foundation.words import _


def drawn(document: IssuedDocument) -> Any:
    return qr.svg(address_of(document), _("Code of paper %(number)s", number=document.number))


def address_of(document: IssuedDocument) -> str:
    return f"{config.current().base_url}{in_language_url(f'/documents/{document.ref}/check', 'vi')}"
