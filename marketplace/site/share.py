"""The card that messengers show when an address is sent: of a product its picture, season, price and seller."""

from __future__ import annotations

import io
from functools import lru_cache
from importlib.resources import files
from typing import Any

from flask import current_app
from PIL import Image, ImageDraw, ImageFont

from marketplace import config
from marketplace.catalogue import cards
from marketplace.catalogue.models import Product
from marketplace.fairs import shown as fairs
from marketplace.fairs.models import Fair
from marketplace.foundation import clock, formats
from marketplace.foundation.drawing import season, still
from marketplace.foundation.drawing.hues import HUES, Hue
from marketplace.foundation.media import Photo
from marketplace.foundation.media.mark import Mark
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _, pick
from marketplace.news import body
from marketplace.news.models import Article, Campaign
from marketplace.news.states import KIND_LABELS, KIND_LOOKS

SIZE = WIDE, HIGH = 1200, 630
PICTURE = 600
ICON = 192
LEFT, RIGHT = 648, 1152
INK, SOFT = "#1f2a24", "#4a4f48"


def card(product: Product) -> bytes:
    """A JPEG of 1200 × 630 in the reader's language."""
    hue = HUES[product.commodity.hue]
    image = Image.new("RGB", SIZE, hue.tint)
    image.paste(_picture(product), (0, 0))
    image.paste(_awning(product, hue), (PICTURE, 0))
    _words(ImageDraw.Draw(image), product, hue, _sign(image, 560, 48))
    return _jpeg(image)


def _jpeg(image: Image.Image) -> bytes:
    file = io.BytesIO()
    image.save(file, "JPEG", quality=86, optimize=True, progressive=True)
    return file.getvalue()


def page_card(title: str, words: str, picture: str, hue: Hue) -> bytes:
    """The card of a page: a picture (an SVG document), what the page is called and what it tells."""
    image = Image.new("RGB", SIZE, hue.tint)
    image.paste(_filling(_raster(picture, 1260)), (0, 0))
    draw = ImageDraw.Draw(image)
    y = _paragraph(draw, title, 96, 58, "ExtraBold", hue.deep, most=4)
    _paragraph(draw, words, y + 22, 32, "SemiBold", SOFT, most=5)
    draw.text((LEFT + _sign(image, 530, 56), 530), _site_name(), font=_font("ExtraBold", 44), fill=hue.solid)
    return _jpeg(image)


def fair_card(fair: Fair) -> bytes:
    """The card of a fair: its poster or its goods, what it is called, its days and its place."""
    hue = HUES[fair.hue]
    image = Image.new("RGB", SIZE, hue.tint)
    ready = fair.poster if fair.poster is not None and fair.poster.is_ready else None
    found = _photo(ready) if ready is not None else None
    image.paste(_filling(found or _drawn(fairs.PICTURES.get(fair.hue, "stall"), "crate", fair.hue)), (0, 0))
    draw = ImageDraw.Draw(image)
    y = _paragraph(draw, fair.name, 84, 58, "ExtraBold", hue.deep, most=4)
    y = _paragraph(draw, fairs.days_words(fair), y + 18, 44, "ExtraBold", hue.solid, most=2)
    told = _("This fair does not take place.") if fair.cancelled_reason else fairs.place_words(fair)
    _paragraph(draw, told, y + 8, 32, "SemiBold", SOFT, most=2)
    draw.text((LEFT + _sign(image, 546, 52), 546), _site_name(), font=_font("ExtraBold", 40), fill=hue.solid)
    return _jpeg(image)


def article_card(article: Article) -> bytes:
    """The card of an article: its first photo, what kind it is, its title and what it tells."""
    name, drawing = KIND_LOOKS[article.kind]
    return _told_card(
        article.cover, drawing, name, str(KIND_LABELS[article.kind]), article.title, article.lead
    )


def season_card(campaign: Campaign) -> bytes:
    """The card of a season: its photo or its goods, its months and its title."""
    goods = campaign.commodity
    months = formats.months_phrase(campaign.months, locale())
    return _told_card(
        campaign.photo,
        goods.drawing,
        goods.hue,
        f"{campaign.goods_words} · {months}",
        campaign.title,
        body.opening(campaign.words),
    )


def _told_card(photo: Photo | None, drawing: str, name: str, above: str, title: str, words: str) -> bytes:
    hue = HUES[name]
    image = Image.new("RGB", SIZE, hue.tint)
    found = _photo(photo) if photo is not None and photo.is_ready else None
    image.paste(_filling(found or _drawn(drawing, "crate", name)), (0, 0))
    draw = ImageDraw.Draw(image)
    y = _paragraph(draw, above, 76, 30, "SemiBold", hue.solid, most=2)
    y = _paragraph(draw, title, y + 8, 50, "ExtraBold", hue.deep, most=5)
    _paragraph(draw, words, y + 16, 28, "SemiBold", SOFT, most=max(1, (520 - y) // 38))
    draw.text((LEFT + _sign(image, 556, 48), 556), _site_name(), font=_font("ExtraBold", 36), fill=hue.solid)
    return _jpeg(image)


def _words(draw: ImageDraw.ImageDraw, product: Product, hue: Hue, indent: int) -> None:
    language, seller = locale(), product.cooperative
    y = _paragraph(draw, product.name, 132, 58, "ExtraBold", INK, most=3)
    y = _paragraph(draw, seller.label, y + 14, 32, "SemiBold", SOFT, most=2)
    _paragraph(draw, cards.season_words(product, clock.today()), y + 8, 32, "SemiBold", hue.deep, most=1)
    price = formats.vnd(product.price, language)
    draw.text((LEFT, 462), price, font=_font("ExtraBold", 72), fill=hue.solid)
    after = draw.textlength(price, font=_font("ExtraBold", 72)) + 10
    unit = f"/{formats.unit_name(product.price_unit, language)}"
    draw.text((LEFT + after, 498), unit, font=_font("Regular", 36), fill=SOFT)
    told = _("%(site)s, straight from the cooperative", site=_site_name())
    draw.text((LEFT + indent, 566), told, font=_font("SemiBold", 26), fill=SOFT)


def _sign(image: Image.Image, y: int, height: int) -> int:
    """The alliance's own sign before the name of the market; returns how far the name moves."""
    mark = config.current().logo
    shelf = current_app.extensions["media"].public
    if mark is None or not shelf.exists(mark.seen):
        return 0
    drawn = Image.open(io.BytesIO(shelf.get(mark.seen))).convert("RGBA")
    drawn = drawn.resize(mark.within(160, height), Image.Resampling.LANCZOS)
    image.paste(drawn, (LEFT, y + (height - drawn.height) // 2), drawn)
    return drawn.width + 16


def icon(mark: Mark) -> bytes | None:
    """A PNG of 192 × 192: the sign on a white ground with round corners, as the house's; None when its file is away."""
    shelf = current_app.extensions["media"].public
    if not shelf.exists(mark.seen):
        return None
    drawn = Image.open(io.BytesIO(shelf.get(mark.seen))).convert("RGBA")
    drawn = drawn.resize(mark.within(156, 156), Image.Resampling.LANCZOS)
    image = Image.new("RGBA", (ICON, ICON), (255, 255, 255, 0))
    ImageDraw.Draw(image).rounded_rectangle((0, 0, ICON - 1, ICON - 1), 46, fill="#ffffff")
    image.alpha_composite(drawn, ((ICON - drawn.width) // 2, (ICON - drawn.height) // 2))
    file = io.BytesIO()
    image.save(file, "PNG", optimize=True)
    return file.getvalue()


def _site_name() -> str:
    settings = config.current()
    return pick(settings.site_name, settings.site_name_en)


def _paragraph(
    draw: ImageDraw.ImageDraw, text: str, y: int, size: int, weight: str, colour: str, *, most: int
) -> int:
    """Write lines that fit, the last one shortened; returns where the next begins."""
    font, lines = _font(weight, size), [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if draw.textlength(longer, font=font) <= RIGHT - LEFT or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    if len(lines) > most:
        lines = [*lines[: most - 1], lines[most - 1].rstrip(",.") + "…"]
    for line in lines:
        draw.text((LEFT, y), line, font=font, fill=colour)
        y += round(size * 1.25)
    return y


def _picture(product: Product) -> Image.Image:
    """The product's first photo, else its drawing, filling the left half."""
    photo = cards.picture_of(product)
    found = _photo(photo) if photo is not None else None
    return _filling(found or _drawn(product.commodity.drawing, product.picture, product.commodity.hue))


def _filling(image: Image.Image) -> Image.Image:
    """The middle of a picture, as large as the left half."""
    scale = max(PICTURE / image.width, HIGH / image.height)
    image = image.resize((round(image.width * scale), round(image.height * scale)), Image.Resampling.LANCZOS)
    left, top = (image.width - PICTURE) // 2, (image.height - HIGH) // 2
    return image.crop((left, top, left + PICTURE, top + HIGH))


def _photo(photo: Photo) -> Image.Image | None:
    """Our own rendition of a photo; None when it is not on its shelf."""
    pages = [r for r in photo.renditions if r["format"] == "webp"]
    enough = [r for r in pages if r["width"] >= PICTURE]
    name = (enough[-1] if enough else pages[0])["name"] if pages else ""
    shelf = current_app.extensions["media"].public
    if not name or not shelf.exists(name):
        return None
    return Image.open(io.BytesIO(shelf.get(name))).convert("RGB")


@lru_cache(maxsize=64)
def _drawn(drawing: str, mode: str, hue: str) -> Image.Image:
    return _raster(still(drawing, mode or "plain", hue, 840, HIGH), 840)


def _awning(product: Product, hue: Hue) -> Image.Image:
    strip = season.strip(product.months, product.peak_months, clock.today().month)
    colours = (
        f".o{{fill:#fff}}.m{{fill:{hue.mid}}}.p{{fill:{hue.solid}}}"
        f"path{{stroke:{hue.deep};stroke-opacity:.28}}.n{{fill:none;stroke:#1f1206;stroke-opacity:1;stroke-width:2.6}}"
    )
    named = strip.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    return _raster(named, WIDE - PICTURE, background=hue.tint, style_sheet=colours)


def _raster(svg: str, width: int, **options: Any) -> Image.Image:
    import resvg_py  # 9 MB that only drawing needs

    drawn = bytes(resvg_py.svg_to_bytes(svg_string=svg, width=width, skip_system_fonts=True, **options))
    return Image.open(io.BytesIO(drawn)).convert("RGB")


@lru_cache(maxsize=16)
def _font(weight: str, size: int) -> ImageFont.FreeTypeFont:
    source = files("fontpkg_be_vietnam_pro") / "files" / f"BeVietnamPro-{weight}.ttf"
    return ImageFont.truetype(io.BytesIO(source.read_bytes()), size)
