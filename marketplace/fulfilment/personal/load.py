"""What loads hold about people: who made them ready."""

from __future__ import annotations

from marketplace.accounts.holdings import did
from marketplace.fulfilment.models import Load

did(Load, "prepared_by_id")
