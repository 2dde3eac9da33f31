"""Pictures of goods: alone on a disc, in a crate, in a basket, on the field, with or without colours of the page."""

from __future__ import annotations

from marketplace.foundation.drawing.art import DRAWINGS
from marketplace.foundation.drawing.hues import HUES, Hue
from marketplace.foundation.drawing.pen import (
    WOOD,
    WOOD_DARK,
    WOOD_LIGHT,
    WOOD_SHADE,
    box,
    dot,
    n,
    oval,
    shape,
)
from marketplace.foundation.drawing.scenes import rows
from marketplace.foundation.drawing.things import woven

MODES = ("plain", "crate", "basket", "field")
# These come in threes; everything else stands alone.
THREES = {
    "carrot",
    "potato",
    "jicama",
    "kudzu",
    "wintermelon",
    "pumpkin",
    "cabbage",
    "kohlrabi",
    "cauliflower",
    "kale",
    "scallion",
    "onion",
    "garlic",
    "shallots",
    "guava",
    "na",
    "dragonfruit",
    "orange",
    "pomelo",
    "melon",
    "watermelon",
    "fish",
}
TURNS = (-20, 8, -6, 16)


def still(drawing: str, mode: str = "plain", hue: str = "leaf", width: int = 1600, height: int = 1200) -> str:
    """A whole picture as its own SVG document of 4:3. Raises KeyError for an unknown drawing, mode or hue."""
    ground = {"plain": _plain, "crate": _crated, "basket": _in_basket, "field": _on_field}[mode]
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 480" width="{width}" height="{height}">'
    symbol = f'<symbol id="p-{drawing}" viewBox="0 0 120 120">{DRAWINGS[drawing]()}</symbol>'
    return f"{head}<defs>{symbol}</defs>{ground(drawing, HUES[hue])}</svg>"


def symbols() -> str:
    """`k-<name>`: goods on their disc for cards, 360 × 262, on whatever hue is behind."""
    return "".join(
        f'<symbol id="k-{name}" viewBox="0 0 360 262">{_on_disc(name, 180, 158, 96, 230)}</symbol>'
        for name in DRAWINGS
    )


def _use(drawing: str, x: float, y: float, size: float, turn: float = 0) -> str:
    turned = f' transform="rotate({n(turn)} {n(x + size / 2)} {n(y + size / 2)})"' if turn else ""
    return f'<use href="#p-{drawing}" x="{n(x)}" y="{n(y)}" width="{n(size)}" height="{n(size)}"{turned}/>'


def _on_disc(drawing: str, x: float, y: float, r: float, foot: float) -> str:
    """On a pale disc, with a soft shadow at `foot`; sizes follow from the disc."""
    k = r / 96
    drawn = dot(x, y, r, "#FFFFFF", 0.42) + oval(x, foot, 112 * k, 11 * k, "#3A1B05", opacity=0.16)
    if drawing not in THREES:
        return drawn + _use(drawing, x - 92 * k, foot - 172 * k, 184 * k)
    drawn += _use(drawing, x - 132 * k, foot - 138 * k, 128 * k) + _use(
        drawing, x + 6 * k, foot - 138 * k, 128 * k
    )
    return drawn + _use(drawing, x - 74 * k, foot - 144 * k, 152 * k)


def _table(hue: Hue) -> str:
    """A wall with the light of a window, and a table."""
    light = shape("M70 0H190L40 330H-80ZM240 0H360L210 330H90Z", "#FFFFFF", 0.2)
    return (
        box(0, 0, 640, 480, hue.vivid)
        + light
        + box(0, 330, 640, 150, hue.mid)
        + box(0, 330, 640, 5, hue.tint)
    )


def _plain(drawing: str, hue: Hue) -> str:
    return _table(hue) + _on_disc(drawing, 320, 240, 178, 414)


def _crated(drawing: str, hue: Hue) -> str:
    ground = (
        _table(hue) + dot(320, 230, 200, "#FFFFFF", 0.36) + oval(320, 440, 250, 20, "#3A1B05", opacity=0.2)
    )
    return ground + _crate(drawing, 120, 312, 400, 124)


def _on_field(drawing: str, hue: Hue) -> str:
    return (
        rows(640, 480) + oval(320, 452, 250, 20, "#3A1B05", opacity=0.3) + _crate(drawing, 110, 326, 420, 122)
    )


def _in_basket(drawing: str, hue: Hue) -> str:
    drawn = (
        _table(hue) + dot(320, 230, 200, "#FFFFFF", 0.36) + oval(320, 442, 220, 18, "#3A1B05", opacity=0.2)
    )
    heap = [(150, 150, -24), (350, 150, 22), (250, 120, 0), (196, 200, -8), (304, 200, 10)]
    drawn += "".join(_use(drawing, x - 20, y, 184, turn) for x, y, turn in heap)
    return drawn + f'<g transform="translate(160 318) scale(2.66)">{woven(0, 8, 112, 44)}</g>'


def _crate(drawing: str, x: float, y: float, width: float, height: float) -> str:
    """Goods heaped behind three boards."""
    drawn = box(x + 6, y - 26, width - 12, 40, WOOD_DARK, 6)
    size, per_row = (width * 0.42, 4) if drawing in THREES else (width * 0.44, 3)
    step = (width - size - 8) / (per_row - 1)
    for row in range(2):
        count = per_row - (row == 0)
        for i in range(count):
            left = x + 4 + step * i + (step / 2 if count < per_row else 0)
            turn = 0 if drawing not in THREES else TURNS[(i + row) % len(TURNS)]
            drawn += _use(drawing, left, y - size * 0.86 + row * size * 0.3, size, turn)
    board = (height - 8) / 3
    for k in range(3):
        top = y + k * (board + 4)
        drawn += box(x, top, width, board, WOOD if k else WOOD_LIGHT, 5)
        drawn += f'<g opacity=".55">{box(x, top + board * 0.68, width, board * 0.32, WOOD_SHADE, 3)}</g>'
    for post in (x + 6, x + width - 20):
        drawn += box(post, y - 4, 14, height + 8, WOOD_SHADE, 4)
        drawn += dot(post + 7, y + 10, 2.5, WOOD_DARK) + dot(post + 7, y + height - 10, 2.5, WOOD_DARK)
    return drawn
