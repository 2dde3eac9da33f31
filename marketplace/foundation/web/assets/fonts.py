"""Be Vietnam Pro cut down to what is written here, and figures of one width to go with it."""

import shutil
from collections.abc import Iterable
from importlib.metadata import version
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import Any

from fontTools import subset
from fontTools.ttLib import TTFont

from marketplace.foundation.web.assets.digest import digest

PACKAGES = ("fontpkg-be-vietnam-pro", "fonttools")
WEIGHTS = {"Regular": 400, "SemiBold": 600, "ExtraBold": 800}
# Latin, Vietnamese, and the punctuation and signs of prices, amounts and dates.
LETTERS = (
    "U+0020-007E, U+00A0-00FF, U+0102-0103, U+0110-0111, U+0128-0129, U+0168-0169, U+01A0-01A1, U+01AF-01B0, "
    "U+0300-0304, U+0306, U+0309, U+0323, U+1EA0-1EF9, U+2010-2015, U+2018-201E, U+2022, U+2026, U+2030, "
    "U+2032-2033, U+20AB, U+2212, U+00D7"
)
FIGURES = "0123456789"


def faces(cache: Path) -> dict[str, bytes]:
    """The faces as woff2, cut once for each version of the packages and kept."""
    versions = [(package, version(package).encode()) for package in PACKAGES]
    made_by = [("letters", LETTERS.encode()), ("figures", FIGURES.encode())]
    kept = cache / digest(versions + made_by)
    if not kept.is_dir():
        draft = kept.with_name(f"{kept.name}.new")
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(parents=True)
        for face, weight in WEIGHTS.items():
            (draft / f"be-vietnam-pro-{weight}.woff2").write_bytes(_cut_letters(face))
            (draft / f"cho-so-{weight}.woff2").write_bytes(_cut_figures(face))
        draft.rename(kept)
    return {path.name: path.read_bytes() for path in sorted(kept.iterdir())}


def _open_font(face: str) -> Any:
    source = files("fontpkg_be_vietnam_pro") / "files" / f"BeVietnamPro-{face}.ttf"
    return TTFont(BytesIO(source.read_bytes()))


def _saved(font: Any) -> bytes:
    out = BytesIO()
    font.flavor = "woff2"
    font.save(out)
    return out.getvalue()


def _subset(font: Any, unicodes: Iterable[int], features: list[str]) -> None:
    options = subset.Options()
    options.layout_features = features
    options.hinting = False
    options.name_IDs = [1, 2]
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=unicodes)
    cutter.subset(font)


def _cut_letters(face: str) -> bytes:
    font = _open_font(face)
    _subset(font, _code_points(LETTERS), ["kern", "mark", "mkmk", "ccmp", "locl", "liga"])
    return _saved(font)


def _code_points(ranges: str) -> set[int]:
    points: set[int] = set()
    for part in ranges.replace("U+", "").split(","):
        first, _, last = part.strip().partition("-")
        points.update(range(int(first, 16), int(last or first, 16) + 1))
    return points


def _cut_figures(face: str) -> bytes:
    """Digits of one width, for columns of figures: Be Vietnam Pro has no tabular ones ("1" is narrower)."""
    font = _open_font(face)
    _subset(font, [ord(digit) for digit in FIGURES], [])
    glyphs, widths, names = font["glyf"], font["hmtx"], font.getBestCmap()
    width = max(widths[names[ord(digit)]][0] for digit in FIGURES)
    for digit in FIGURES:
        name = names[ord(digit)]
        glyph = glyphs[name]
        shift = round((width - widths[name][0]) / 2)
        if glyph.isComposite():
            for part in glyph.components:
                part.x += shift
        else:
            glyph.coordinates.translate((shift, 0))
        glyph.recalcBounds(glyphs)
        widths[name] = (width, glyph.xMin)
    return _saved(font)


def font_faces(names: Iterable[str]) -> str:
    families = {"be-vietnam-pro": ("Be Vietnam Pro", LETTERS), "cho-so": ("Cho So", "U+0030-0039")}
    rules = []
    for name in names:
        key, _, weight = name.removesuffix(".woff2").rpartition("-")
        family, ranges = families[key]
        rules.append(
            f'@font-face{{font-family:"{family}";font-weight:{weight};font-display:swap;'
            f'src:url(fonts/{name}) format("woff2");unicode-range:{ranges}}}'
        )
    return "\n".join(rules)
