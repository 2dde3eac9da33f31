"""Verbs of dossiers: a paper sent in for a product, a link given away and taken back."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import update

from marketplace.accounts.models import Organisation
from marketplace.catalogue import queries as catalogue
from marketplace.catalogue import services as products
from marketplace.catalogue.models import Product
from marketplace.cooperatives import queries as cooperatives
from marketplace.cooperatives import services as papers
from marketplace.cooperatives.models import Certificate
from marketplace.cooperatives.states import PaperKind
from marketplace.dossiers import queries
from marketplace.dossiers.events import DossierLinkRevoked, DossierShared
from marketplace.dossiers.models import DossierLink
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.media.receiving import Clean
from marketplace.foundation.reference import random_ref
from marketplace.foundation.words import _l

MOST_LINKS = 20
LONGEST_DAYS = 180


def send_in(
    *,
    product: Product,
    kind: PaperKind,
    number: str,
    issued_by: str,
    issued_on: dt.date,
    expires_on: dt.date | None,
    file: Clean,
    by: Any,
) -> Certificate:
    """A paper for this product: it waits for the alliance, and the product asks to name it. Raises Refusal."""
    paper = papers.add_certificate(
        cooperative=product.cooperative,
        kind=kind,
        number=number,
        issued_by=issued_by,
        issued_on=issued_on,
        expires_on=expires_on,
        stream=file.stream,
        filename=file.filename,
        by=by,
    )
    name_in(product=product, certificate=paper, by=by)
    return paper


def name_in(*, product: Product, certificate: Certificate, by: Any) -> None:
    """The product asks to name a paper of its cooperative: of a published one the alliance looks at it first.

    Raises Refusal for a paper of somebody else."""
    if certificate.cooperative_id != product.cooperative_id:
        raise Refusal(_l("This is a paper of another cooperative."))
    named = {*_named(product), certificate.id}
    certificates = [c for c in cooperatives.certificates_of(product.cooperative_id) if c.id in named]
    products.edit(product=product, certificates=certificates, by=by)


def _named(product: Product) -> set[int]:
    """What the product names, or will once the alliance has looked at the change that waits."""
    change = catalogue.open_change(product)
    if change is not None and "certificates" in change.fields:
        return set(change.fields["certificates"][1])
    return {paper.certificate_id for paper in product.papers}


def share(
    *,
    product: Product,
    meant_for: str,
    days: int,
    organisation: Organisation | None = None,
    on: dt.date | None = None,
    by: Any,
) -> DossierLink:
    """A link to the verified papers of a product for so many days. Raises Refusal."""
    if not 1 <= days <= LONGEST_DAYS:
        raise Refusal(_l("A link lives for 1 to %(most)s days.", most=LONGEST_DAYS), field="days")
    db.session.refresh(product, ["version"], with_for_update={"of": Product})
    if len(queries.living_links(product.id)) >= MOST_LINKS:
        raise Refusal(
            _l("%(count)s links are open already. Take one back that is no longer needed.", count=MOST_LINKS)
        )
    now = clock.now()
    link = DossierLink(
        ref=random_ref(),
        product=product,
        organisation=organisation,
        meant_for=meant_for,
        on=on,
        created_at=now,
        by_id=id_of(by),
        expires_at=now + dt.timedelta(days=days),
    )
    db.session.add(link)
    db.session.flush()
    announce(DossierShared(link_id=link.id, product_id=product.id, meant_for=meant_for, actor_id=id_of(by)))
    return link


def revoke(*, link: DossierLink, by: Any) -> None:
    """It opens no more; twice is once."""
    db.session.refresh(link, with_for_update={"of": DossierLink})
    if link.revoked_at is not None:
        return
    link.revoked_at, link.revoked_by_id = clock.now(), id_of(by)
    announce(
        DossierLinkRevoked(
            link_id=link.id, product_id=link.product_id, meant_for=link.meant_for, actor_id=id_of(by)
        )
    )


def count_opening(*, link: DossierLink) -> bool:
    """Somebody opens it: counted in the database, so that two at once are two. False when it has just ended."""
    now = clock.now()
    counted = db.session.scalar(
        update(DossierLink)
        .where(DossierLink.id == link.id, DossierLink.revoked_at.is_(None), DossierLink.expires_at > now)
        .values(openings=DossierLink.openings + 1, last_opened_at=now)
        .returning(DossierLink.id)
    )
    return counted is not None
