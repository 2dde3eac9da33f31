"""Drawn pictures of goods, sent through the same pipeline as anybody's photos, by the worker."""

from __future__ import annotations

import io

from marketplace.foundation.db import db, transaction
from marketplace.foundation.jobs import job

WIDTH, HEIGHT = 1200, 900


@job(patient=True)
def draw_product(product_id: int) -> None:
    """Draw a product's picture and hand it in as its photo; a product that has one is left alone."""
    from marketplace.catalogue import services
    from marketplace.catalogue.models import Product

    product = db.session.get(Product, product_id)
    if product is None or product.photos:
        return
    hues = list(dict.fromkeys((product.commodity.hue, product.cooperative.hue, "straw", "river", "leaf")))
    wanted = product.commodity.drawing, product.picture, hues[product.id % len(hues)]
    db.session.rollback()  # nobody waits for the database while it is drawn
    drawn = picture(*wanted)
    with transaction():
        product = db.session.get_one(Product, product_id)
        if not product.photos:
            filename = f"{product.slug[:80]}.jpg"
            services.add_photo(product=product, stream=io.BytesIO(drawn), filename=filename, by=None)


def picture(drawing: str, mode: str, hue: str) -> bytes:
    """A JPEG of 1200 × 900 px."""
    import resvg_py
    from PIL import Image

    from marketplace.foundation.drawing import still

    drawn = resvg_py.svg_to_bytes(svg_string=still(drawing, mode or "plain", hue, WIDTH, HEIGHT))
    jpeg = io.BytesIO()
    with Image.open(io.BytesIO(bytes(drawn))) as image:
        image.convert("RGB").save(jpeg, "JPEG", quality=90)
    return jpeg.getvalue()


@job(patient=True)
def draw_article(article_id: int, drawing: str, mode: str, hue: str) -> None:
    """The picture at the head of an article; one that has a photo is left alone."""
    from marketplace.news import services
    from marketplace.news.models import Article

    drawn = picture(drawing, mode, hue)
    with transaction():
        article = db.session.get(Article, article_id)
        if article is not None and not article.photos:
            services.add_photo(article=article, stream=io.BytesIO(drawn), filename="tin.jpg", by=None)


@job(patient=True)
def draw_campaign(campaign_id: int) -> None:
    """The picture of a season: its goods in a basket."""
    from marketplace.news import services
    from marketplace.news.models import Campaign

    campaign = db.session.get(Campaign, campaign_id)
    if campaign is None:
        return
    wanted = campaign.commodity.drawing, "basket", campaign.commodity.hue
    db.session.rollback()
    drawn = picture(*wanted)
    with transaction():
        campaign = db.session.get_one(Campaign, campaign_id)
        if campaign.photo_id is None:
            services.set_campaign_photo(
                campaign=campaign, stream=io.BytesIO(drawn), filename="mua.jpg", by=None
            )
