"""What papers hold about people: who wrote them. Whom they name is told by the area that knows what they are about."""

from __future__ import annotations

from marketplace.accounts.holdings import did
from marketplace.documents.models import IssuedDocument

did(IssuedDocument, "by_id")
