"""Who may see and give away dossiers."""

from __future__ import annotations

from typing import Any

from marketplace.accounts.models import Organisation
from marketplace.accounts.policies import at_desk
from marketplace.accounts.states import Desk
from marketplace.buyers import policies as buyers
from marketplace.buyers import queries as companies
from marketplace.catalogue.models import Product
from marketplace.cooperatives import policies as cooperatives
from marketplace.dossiers.dealings import deals
from marketplace.dossiers.models import DossierLink
from marketplace.foundation.policy import policy


@policy
def has_dossiers(user: Any, *_subjects: Any) -> bool:
    """Acts for a cooperative."""
    return cooperatives.has_desk(user)


@policy
def keeps_dossier(user: Any, product: Product, *_papers: Any) -> bool:
    """Director or member of the cooperative that sells it: sends papers in, gives links away."""
    return cooperatives.acts_for(user, product.cooperative)


@policy
def ends_link(user: Any, link: DossierLink) -> bool:
    return keeps_dossier(user, link.product)


@policy
def reads_suppliers(user: Any, *_subjects: Any) -> bool:
    """Acts for a buying organisation: sees how everybody stands against its own list."""
    return buyers.buys_for_company(user)


@policy
def takes_papers(user: Any, product: Product) -> bool:
    """The papers themselves, without a link: only whose organisation deals with this cooperative."""
    company: Organisation | None = companies.company_of(user)
    return company is not None and deals(company.id, product.cooperative_id)


watches_dossiers = at_desk(Desk.REGISTRY, Desk.TRADE)
