"""The press: HTML becomes PDF by WeasyPrint, with our own type and nothing from outside.

WeasyPrint asks for Pango, a library of the system. Where it is missing the shop runs all the same: `pdf` raises
NoPress.
"""

from __future__ import annotations

import threading
from functools import cache
from importlib.resources import files
from typing import Any

from marketplace.config import ROOT
from marketplace.foundation.web.assets import BUILT

STYLES = ROOT / "static" / "css" / "press.css"
FACES = {"Regular": 400, "SemiBold": 600, "ExtraBold": 800}
TYPES = {".svg": "image/svg+xml", ".png": "image/png", ".webp": "image/webp", ".avif": "image/avif"}
_turn = threading.Lock()  # Pango's font tables are shared by all threads


class NoPress(Exception):
    """This machine cannot make PDFs: the libraries that WeasyPrint needs are not installed."""


def pdf(html: str) -> bytes:
    """An accessible PDF (PDF/UA) of a whole page. The same page gives the same bytes. Raises NoPress."""
    weasyprint = _library()
    from weasyprint.text.fonts import FontConfiguration

    with _turn:
        fetcher, fonts = _fetcher(), FontConfiguration()
        styles = weasyprint.CSS(string=_styles(), font_config=fonts, url_fetcher=fetcher)
        page = weasyprint.HTML(string=html, url_fetcher=fetcher)
        pressed: bytes = page.write_pdf(stylesheets=[styles], font_config=fonts, pdf_variant="pdf/ua-1")
    return pressed


def _library() -> Any:
    """WeasyPrint; only the worker that presses pays for its memory."""
    try:
        import weasyprint
    except (ImportError, OSError) as missing:
        raise NoPress(str(missing)) from missing
    return weasyprint


@cache
def _styles() -> str:
    faces = "\n".join(
        f'@font-face{{font-family:"Be Vietnam Pro";font-weight:{weight};src:url(type:{face})}}'
        for face, weight in FACES.items()
    )
    return f"{faces}\n{STYLES.read_text(encoding='utf-8')}"


def _fetcher() -> Any:
    """What a page may ask for: our type, files of our own build, and data it carries itself. All else is refused."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OwnFiles(URLFetcher):
        def fetch(self, url: str, headers: Any = None) -> Any:
            if url.lower().startswith("data:"):
                return super().fetch(url, headers)
            found = _own(url)
            if found is None:
                raise ValueError("only our own files are printed")
            kind, content = found
            return URLFetcherResponse(url, content, {"Content-Type": kind})

    return OwnFiles(allowed_protocols=("data",), allow_redirects=False)


def _own(url: str) -> tuple[str, bytes] | None:
    """(type, content) of a face, or of a file of the build; no path leads out of either."""
    kind, _, name = url.partition(":")
    if kind == "type" and name in FACES:
        source = files("fontpkg_be_vietnam_pro") / "files" / f"BeVietnamPro-{name}.ttf"
        return "font/ttf", source.read_bytes()
    if not url.startswith("/static/"):
        return None
    path = (BUILT / url.removeprefix("/static/")).resolve()
    if not path.is_relative_to(BUILT.resolve()) or path.suffix not in TYPES or not path.is_file():
        return None
    return TYPES[path.suffix], path.read_bytes()
