"""The shop's drawings: goods, landscapes, faces, signs and the awning of the seasons, all made of code.

`sprite()` is the one file that every page draws from; `still()` and `scene()` are whole pictures for places
that the page's stylesheet does not reach; `season.strip()` is the awning of a product.
"""

from __future__ import annotations

from marketplace.foundation.drawing import art, icons, scenes, season, stills
from marketplace.foundation.drawing.art import DRAWINGS
from marketplace.foundation.drawing.hues import HUES
from marketplace.foundation.drawing.scenes import FACES, SCENES
from marketplace.foundation.drawing.stage import Goods, stage
from marketplace.foundation.drawing.stills import MODES, still

__all__ = [
    "DRAWINGS",
    "FACES",
    "HUES",
    "MODES",
    "SCENES",
    "Goods",
    "scene",
    "season",
    "sprite",
    "stage",
    "still",
]


def sprite() -> str:
    """p-<goods>, k-<goods on a disc>, s-<landscape>, f-<face>, i-<sign>: one SVG document of symbols."""
    symbols = "".join(part.symbols() for part in (icons, art, stills, scenes))
    return f'<svg xmlns="http://www.w3.org/2000/svg">{symbols}</svg>'


def scene(name: str, width: int = 1600, height: int = 800) -> str:
    """A landscape as its own SVG document. Raises KeyError for an unknown name."""
    size = f'viewBox="0 0 600 300" width="{width}" height="{height}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{SCENES[name]()}</svg>'
