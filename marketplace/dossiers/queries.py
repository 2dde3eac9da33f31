"""Reading dossiers: certificates of many cooperatives at once, held against lists of wants."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload, load_only
from sqlalchemy.sql.base import ExecutableOption

from marketplace.accounts.models import Organisation
from marketplace.buyers import queries as buyers
from marketplace.buyers.wants import Want, for_goods
from marketplace.catalogue.models import Commodity, Goods, Product, ProductPaper
from marketplace.catalogue.queries import SHOWN
from marketplace.cooperatives.models import Certificate, Cooperative
from marketplace.cooperatives.states import MemberState, PaperKind, PaperState
from marketplace.dossiers.judging import Dossier, Held, compiled
from marketplace.dossiers.models import DossierLink
from marketplace.foundation import clock
from marketplace.foundation.db import Page, db, page_of
from marketplace.foundation.media import Document

Pair = tuple[int, int | None]
"""(cooperative id, product id); without a product: whatever it grows."""


@dataclass(frozen=True)
class Shelf:
    """The papers of some cooperatives, read once: any number of lists and days is held against them."""

    papers: dict[int, list[Held]]
    goods: dict[int, int | None]

    def dossier(self, pair: Pair, wants: Sequence[Want], on: dt.date) -> Dossier:
        cooperative_id, product_id = pair
        goods_id = self.goods.get(product_id) if product_id is not None else None
        held = self.papers.get(cooperative_id, [])
        return compiled(cooperative_id, product_id, for_goods(wants, goods_id), held, on)

    def own_list(self, cooperative_id: int) -> list[Want]:
        """The list of nobody: every kind that the cooperative has sent in and that was not refused."""
        kinds = {p.kind for p in self.papers.get(cooperative_id, ()) if p.state is not PaperState.REJECTED}
        return [Want(kind, names_product=False) for kind in PaperKind if kind in kinds]


def shelf(pairs: Iterable[Pair]) -> Shelf:
    """What these cooperatives hold, and of which goods these products are, in three statements at the most."""
    cooperative_ids, product_ids = _sides(pairs)
    if not cooperative_ids:
        return Shelf({}, {})
    goods: dict[int, int | None] = {}
    if product_ids:
        asked = select(Product.id, Commodity.goods_id).join(Product.commodity)
        rows = db.session.execute(asked.where(Product.id.in_(product_ids)))
        goods = dict(rows.all())
    return Shelf(_held(cooperative_ids), goods)


def dossier(cooperative_id: int, product_id: int | None, wants: Sequence[Want], on: dt.date) -> Dossier:
    """The papers of one cooperative for one product on a day of delivery, against a list: a row for each want."""
    return shelf([(cooperative_id, product_id)]).dossier((cooperative_id, product_id), wants, on)


def dossiers(pairs: Collection[Pair], wants: Sequence[Want], on: dt.date) -> dict[Pair, Dossier]:
    """The same for any number of them, in three statements: comparisons show two hundred."""
    read = shelf(pairs)
    return {pair: read.dossier(pair, wants, on) for pair in pairs}


def _sides(pairs: Iterable[Pair]) -> tuple[set[int], set[int]]:
    asked = set(pairs)
    return {cooperative for cooperative, _p in asked}, {p for _c, p in asked if p is not None}


_COLUMNS = (
    Certificate.cooperative_id,
    Certificate.kind,
    Certificate.number,
    Certificate.issued_by,
    Certificate.issued_on,
    Certificate.expires_on,
    Certificate.state,
    Certificate.document_id,
)


def _held(cooperative_ids: Collection[int]) -> dict[int, list[Held]]:
    of_each = Certificate.cooperative_id.in_([*cooperative_ids])
    claims: dict[int, set[int]] = {}
    claimed = select(ProductPaper.certificate_id, ProductPaper.product_id)
    for paper_id, product_id in db.session.execute(claimed.join(ProductPaper.certificate).where(of_each)):
        claims.setdefault(paper_id, set()).add(product_id)
    query = select(Certificate).options(load_only(*_COLUMNS)).where(of_each).order_by(Certificate.id)
    found: dict[int, list[Held]] = {}
    for paper in db.session.scalars(query):
        found.setdefault(paper.cooperative_id, []).append(_shown(paper, frozenset(claims.get(paper.id, ()))))
    return found


def _shown(paper: Certificate, product_ids: frozenset[int]) -> Held:
    return Held(
        paper.id,
        paper.kind,
        paper.number,
        paper.issued_by,
        paper.issued_on,
        paper.expires_on,
        paper.state,
        paper.document_id,
        product_ids,
    )


# --- what pages show of products and goods ------------------------------------------------------------


def _named() -> tuple[ExecutableOption, ...]:
    """What a list says of a product: itself, who sells it, which goods it is."""
    return (
        load_only(Product.ref, Product.slug, Product.name_vi, Product.name_en, Product.cooperative_id),
        joinedload(Product.cooperative),
        joinedload(Product.commodity),
    )


def products(product_ids: Collection[int]) -> dict[int, Product]:
    """Product id -> product with its seller, in one statement."""
    query = select(Product).where(Product.id.in_([*product_ids])).options(*_named())
    return {product.id: product for product in db.session.scalars(query)}


def own_products(cooperative_id: int, limit: int = 100) -> Sequence[Product]:
    """What a cooperative sells, by name."""
    query = select(Product).where(Product.cooperative_id == cooperative_id, Product.state.in_(SHOWN))
    return db.session.scalars(
        query.options(*_named()).order_by(Product.name_vi, Product.id).limit(limit)
    ).all()


def suppliers_of(goods_id: int, after: str | None, size: int = 30) -> Page[Product]:
    """Everybody who offers these goods, by the cooperative's name."""
    query = (
        select(Product)
        .join(Product.cooperative)
        .join(Product.commodity)
        .where(
            Commodity.goods_id == goods_id,
            Product.state.in_(SHOWN),
            Cooperative.state == MemberState.ADMITTED,
        )
        .options(*_named())
    )
    page = page_of(query, Cooperative.sort_name, Product.id, after=after, size=size)
    return page.map(lambda row: row[0])


def shown_product(ref: str) -> Product | None:
    """A product that is for sale, of an admitted cooperative: for buyers."""
    query = select(Product).join(Product.cooperative).where(Product.ref == ref, Product.state.in_(SHOWN))
    admitted = Cooperative.state == MemberState.ADMITTED
    return db.session.scalar(query.where(admitted).options(*_named()))


def all_goods() -> Sequence[Goods]:
    """As people look for them."""
    return db.session.scalars(select(Goods).order_by(Goods.position, Goods.id)).all()


def organisations(organisation_ids: Collection[int]) -> dict[int, Organisation]:
    query = select(Organisation).where(Organisation.id.in_([*organisation_ids]))
    return {organisation.id: organisation for organisation in db.session.scalars(query)}


# --- links --------------------------------------------------------------------------------------------


def link_by_ref(ref: str) -> DossierLink | None:
    """Whatever became of it: its page says when it has ended."""
    query = select(DossierLink).where(DossierLink.ref == ref)
    product = joinedload(DossierLink.product)
    named = (product.joinedload(Product.cooperative), product.joinedload(Product.commodity))
    return db.session.scalar(query.options(*named, joinedload(DossierLink.organisation)))


def own_link(ref: str, organisation_ids: Collection[int]) -> DossierLink | None:
    """A link that one's own cooperative made; any other does not exist here."""
    found = link_by_ref(ref)
    own = found is not None and found.product.cooperative.organisation_id in organisation_ids
    return found if own else None


def living_links(product_id: int) -> Sequence[DossierLink]:
    """The links to a product's papers that open now, the newest first."""
    now = clock.now()
    return db.session.scalars(
        select(DossierLink)
        .where(
            DossierLink.product_id == product_id,
            DossierLink.revoked_at.is_(None),
            DossierLink.expires_at > now,
        )
        .order_by(DossierLink.id.desc())
    ).all()


def linked(link: DossierLink, read: Shelf | None = None) -> Dossier:
    """What a link shows today: its buyer's list, or of nobody's list what the cooperative has."""
    product = link.product
    pair = (product.cooperative_id, product.id)
    papers = read or shelf([pair])
    wants = buyers.wants_of(link.organisation_id) or papers.own_list(product.cooperative_id)
    return papers.dossier(pair, wants, max(link.on or clock.today(), clock.today()))


def ending_between(first: dt.date, last: dt.date, limit: int = 200) -> Sequence[Certificate]:
    """Verified papers that end in these days, the earliest first."""
    return db.session.scalars(
        select(Certificate)
        .where(Certificate.state == PaperState.VERIFIED, Certificate.expires_on.between(first, last))
        .options(joinedload(Certificate.cooperative))
        .order_by(Certificate.expires_on, Certificate.id)
        .limit(limit)
    ).all()


def document_of(certificate_id: int) -> Document | None:
    """The file of a certificate; the caller has asked whether it may be handed out."""
    query = select(Document).join(Certificate, Certificate.document_id == Document.id)
    return db.session.scalar(query.where(Certificate.id == certificate_id))


def documents_of(certificate_ids: Collection[int]) -> dict[int, Document]:
    """Certificate id -> its file."""
    query = select(Certificate.id, Document).join(Document, Certificate.document_id == Document.id)
    rows = db.session.execute(query.where(Certificate.id.in_([*certificate_ids])))
    return dict(rows.all())
