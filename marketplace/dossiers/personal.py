"""What dossiers hold about people: who made a link or took it back, and what they called its reader."""

from __future__ import annotations

from sqlalchemy import ColumnElement, select

from marketplace.accounts.holdings import Identity, did, holds, of
from marketplace.catalogue.models import Product
from marketplace.cooperatives.models import Cooperative
from marketplace.dossiers.models import DossierLink


def _links_of_theirs(who: Identity) -> ColumnElement[bool]:
    theirs = select(Cooperative.id).where(of(Cooperative.organisation_id, "company")(who))
    return DossierLink.product_id.in_(select(Product.id).where(Product.cooperative_id.in_(theirs)))


did(DossierLink, "by_id", "revoked_by_id")
holds(DossierLink, _links_of_theirs, words=("meant_for",), mention=True)
