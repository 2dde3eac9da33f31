"""What the catalogue holds about people: who changed a price or a product."""

from __future__ import annotations

from marketplace.accounts.holdings import did, keeps
from marketplace.catalogue.models import PriceChange, Product, ProductChange

did(PriceChange, "by_id")
did(ProductChange, "asked_by_id", "decided_by_id")
keeps(Product, "goods; `note` is the alliance's word to the cooperative about them")
