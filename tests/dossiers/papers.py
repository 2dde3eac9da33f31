"""Certificates and files as tests need them."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

from PIL import Image
from pypdf import PdfWriter

from marketplace.catalogue.models import Product, ProductPaper
from marketplace.cooperatives import services as cooperatives
from marketplace.cooperatives.models import Certificate
from marketplace.cooperatives.states import PaperKind
from marketplace.foundation import clock
from marketplace.foundation.db import db, transaction
from marketplace.orders import services as orders
from tests.buyers.company import Company
from tests.orders.buying import checkout_of
from tests.world import World


def in_days(days: int) -> dt.date:
    return clock.today() + dt.timedelta(days=days)


def certified(
    world: World,
    product: Product,
    kind: PaperKind,
    *,
    ends: int | None = None,
    issued: int = -10,
    seen: bool = True,
    named: bool = True,
    file: bytes | None = None,
    filename: str = "giay.pdf",
    number: str = "",
) -> Certificate:
    """A paper of the product's cooperative; days count from today."""
    with transaction():
        paper = cooperatives.add_certificate(
            cooperative=product.cooperative,
            kind=kind,
            number=number or f"{kind}-{ends}-{issued}",
            issued_by="Cơ quan cấp giấy",
            issued_on=in_days(issued),
            expires_on=None if ends is None else in_days(ends),
            stream=io.BytesIO(file) if file else None,
            filename=filename,
            by=world.director,
        )
        if seen:
            cooperatives.verify_certificate(certificate=paper, by=world.officer)
        if named:
            db.session.add(ProductPaper(product_id=product.id, certificate_id=paper.id))
    return paper


def ordered(company: Company, product: Product) -> Any:
    """The company buys: the two deal with each other now, and the goods have a day."""
    with transaction():
        (order,) = orders.place(**checkout_of(company, product, company.hanh)).orders
    return order


def pdf(pages: int = 1, password: str = "") -> bytes:
    book, kept = PdfWriter(), io.BytesIO()
    for _page in range(pages):
        book.add_blank_page(200, 300)
    if password:
        book.encrypt(password, algorithm="RC4-128")
    book.write(kept)
    return kept.getvalue()


def photo() -> bytes:
    """A JPEG that tells where it was taken."""
    kept = io.BytesIO()
    picture = Image.new("RGB", (60, 80), "#a23f0c")
    told = Image.Exif()
    told[0x010E] = "o nha chi Lan"
    picture.save(kept, "JPEG", exif=told)
    return kept.getvalue()
