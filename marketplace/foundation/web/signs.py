"""The sign at the head of pages, letters and papers: the alliance's own, or the house's."""

from __future__ import annotations

import base64

from flask import current_app
from markupsafe import Markup

from marketplace import config
from marketplace.foundation.media import store
from marketplace.foundation.media.mark import Mark
from marketplace.foundation.web.assets import asset

PAGE, LETTER, PAPER = (110, 44), (180, 56), (220, 64)
ICON_NAME = 16
"""So many signs of the picture's own name are enough for its icon's."""
IMAGE = Markup('<img src="{}" alt="" width="{}" height="{}">')


def on_page() -> Markup:
    mark = config.current().logo
    if mark is None:
        return IMAGE.format(asset("img/icon.svg"), 44, 44)
    return IMAGE.format(store.url_of(mark.seen), *mark.within(*PAGE))


def icon_address(mark: Mark | None) -> str:
    """Where the small square sign stands: named by what it shows, so that it can be kept for ever."""
    return f"/icon/{mark.seen[:ICON_NAME]}.png" if mark is not None else asset("img/icon.svg")


def in_tab() -> Markup:
    """In the tab of the browser, and on a phone's first screen."""
    mark = config.current().logo
    address = icon_address(mark)
    if mark is None:
        return Markup('<link rel="icon" href="{}" type="image/svg+xml">').format(address)
    tab = Markup('<link rel="icon" href="{}" type="image/png" sizes="192x192">').format(address)
    return tab + Markup('<link rel="apple-touch-icon" href="{}">').format(address)


def in_letter() -> Markup:
    """Of the alliance only: a letter without pictures has the market's name."""
    mark = config.current().logo
    if mark is None:
        return Markup("")
    return IMAGE.format(f"{config.current().base_url}{store.url_of(mark.on_white)}", *mark.within(*LETTER))


def on_paper(pressed: bool) -> Markup:
    """A paper that goes to the press carries it within."""
    mark = config.current().logo
    if mark is None:
        return Markup("")
    address = store.url_of(mark.on_white)
    if pressed:
        try:
            kept = current_app.extensions["media"].public.get(mark.on_white)
        except (store.Missing, store.StorageAway):
            return Markup("")
        address = f"data:image/jpeg;base64,{base64.b64encode(kept).decode()}"
    return Markup('<p class="paper-sign">{}</p>').format(IMAGE.format(address, *mark.within(*PAPER)))
