"""The stall of the month on the home page: crates of goods with their prices, drawn from the page's sprite."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from marketplace.foundation.drawing.pen import WOOD, WOOD_DARK, WOOD_LIGHT, WOOD_SHADE, box, dot, n

TURNS = (-20, 8, -6, 16)
SLOTS = (
    # x, y, width, height, columns, size of the goods
    (206, 320, 248, 110, 5, 126),
    (38, 176, 204, 82, 3, 96),
    (418, 176, 204, 82, 3, 92),
    (0, 348, 210, 82, 3, 92),
    (450, 348, 210, 82, 3, 90),
)


@dataclass(frozen=True)
class Goods:
    """What lies in a crate; with a price it gets a label. `name` and `price` are ready words."""

    drawing: str
    name: str = ""
    price: str = ""


def stage(goods: Sequence[Goods], sprite: str) -> str:
    """SVG of up to five crates, the first one in the middle before the others: a phone shows the middle alone."""
    placed = list(zip(goods, SLOTS, strict=False))
    drawn = dot(330, 240, 200, "#FFD869") + dot(330, 240, 146, "#FFE9A8")
    drawn += "".join(_crate(g, slot, sprite) for g, slot in placed[1:3])
    drawn += box(14, 260, 632, 16, WOOD_DARK, 5) + box(14, 260, 632, 6, WOOD_SHADE, 3)
    drawn += box(30, 274, 14, 158, WOOD_DARK) + box(616, 274, 14, 158, WOOD_DARK)
    drawn += "".join(_crate(g, slot, sprite) for g, slot in [*placed[3:], *placed[:1]])
    return f'<svg viewBox="0 0 660 434" aria-hidden="true">{drawn}</svg>'


def _crate(goods: Goods, slot: tuple[int, ...], sprite: str) -> str:
    x, y, width, height, _columns, _size = slot
    drawn = box(x + 6, y - 26, width - 12, 40, WOOD_DARK, 6) + _heap(goods.drawing, slot, sprite)
    board = (height - 8) / 3
    for k in range(3):
        top = y + k * (board + 4)
        drawn += box(x, top, width, board, WOOD if k else WOOD_LIGHT, 5)
        drawn += f'<g opacity=".55">{box(x, top + board * 0.68, width, board * 0.32, WOOD_SHADE, 3)}</g>'
    for post in (x + 6, x + width - 20):
        drawn += box(post, y - 4, 14, height + 8, WOOD_SHADE, 4)
        drawn += dot(post + 7, y + 10, 2.5, WOOD_DARK) + dot(post + 7, y + height - 10, 2.5, WOOD_DARK)
    return drawn + (_label(goods, x + width / 2, y + height / 2) if goods.price else "")


def _heap(drawing: str, slot: tuple[int, ...], sprite: str) -> str:
    x, y, width, _height, columns, size = slot
    step = (width - size - 8) / (columns - 1)
    drawn = ""
    for row in range(2):
        count = columns - (row == 0)
        for i in range(count):
            left = x + 4 + step * i + (step / 2 if count < columns else 0)
            top = y - size * 0.92 + row * size * 0.3
            turn = TURNS[(i + row) % 4] if columns > 3 else 0
            turned = f' transform="rotate({turn} {n(left + size / 2)} {n(top + size / 2)})"' if turn else ""
            place = f'x="{n(left)}" y="{n(top)}" width="{size}" height="{size}"'
            drawn += f'<use href="{sprite}#p-{drawing}" {place}{turned}/>'
    return drawn


def _label(goods: Goods, x: float, y: float) -> str:
    middle = f'x="{n(x)}" text-anchor="middle"'
    words = f'<text {middle} y="{n(y - 5)}" font-size="15" font-weight="600" fill="#1F2A24">{escape(goods.name)}</text>'
    bold = 'font-size="19" font-weight="800" fill="#9E3C0B"'
    price = f'<text {middle} y="{n(y + 16)}" {bold}>{escape(goods.price)}</text>'
    paper = box(x - 62, y - 24, 124, 48, "#FFFDF7", 10)
    return f'<g class="paper" transform="rotate(-3 {n(x)} {n(y)})">{paper}{words}{price}</g>'
