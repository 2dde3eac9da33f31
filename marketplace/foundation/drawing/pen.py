"""The strokes that every drawing is made of. Things are drawn in a box of 120 × 120, light from the upper left.

A body is one closed outline in the shade colour, the same outline in its base colour moved up and left and
clipped, a pale highlight, and a few marks. Leaves are one curve in three greens. No outlines, no gradients.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import cos, pi, sin

GREEN, DARK_GREEN, LIGHT_GREEN, LIME = "#2E8B4B", "#1B6440", "#63B75F", "#A6DB7C"
STEM = "#7A4A22"
WOOD, WOOD_SHADE, WOOD_DARK, WOOD_LIGHT = "#DDA762", "#B97F3F", "#8F5D29", "#EFC68A"


def n(value: float) -> str:
    """A coordinate, one decimal at the most."""
    text = f"{value:.1f}".rstrip("0").rstrip(".")
    return "0" if text in ("", "-0") else text


def shape(outline: str, fill: str, opacity: float = 1) -> str:
    return f'<path d="{outline}" fill="{fill}"{_see_through(opacity)}/>'


def _see_through(opacity: float) -> str:
    return "" if opacity == 1 else f' opacity="{opacity}"'


def dot(x: float, y: float, r: float, fill: str, opacity: float = 1) -> str:
    return f'<circle cx="{n(x)}" cy="{n(y)}" r="{n(r)}" fill="{fill}"{_see_through(opacity)}/>'


def dots(places: Iterable[tuple[float, float]], r: float, fill: str) -> str:
    return "".join(dot(x, y, r, fill) for x, y in places)


def oval(x: float, y: float, rx: float, ry: float, fill: str, turn: float = 0, opacity: float = 1) -> str:
    turned = f' transform="rotate({n(turn)} {n(x)} {n(y)})"' if turn else ""
    size = f'cx="{n(x)}" cy="{n(y)}" rx="{n(rx)}" ry="{n(ry)}"'
    return f'<ellipse {size} fill="{fill}"{_see_through(opacity)}{turned}/>'


def box(x: float, y: float, width: float, height: float, fill: str, round_: float = 0) -> str:
    corner = f' rx="{n(round_)}"' if round_ else ""
    return f'<rect x="{n(x)}" y="{n(y)}" width="{n(width)}" height="{n(height)}"{corner} fill="{fill}"/>'


def stroke(lines: str, colour: str, width: float = 2.5, opacity: float = 1) -> str:
    ends = 'stroke-linecap="round" stroke-linejoin="round"'
    pen = f'stroke="{colour}" stroke-width="{width}" {ends}{_see_through(opacity)}'
    return f'<path d="{lines}" fill="none" {pen}/>'


def circle(x: float, y: float, r: float) -> str:
    """The outline of a circle."""
    return f"M{n(x - r)} {n(y)}a{r} {r} 0 1 0 {2 * r} 0a{r} {r} 0 1 0 {-2 * r} 0z"


def body(
    name: str, outline: str, base: str, shade: str, marks: str = "", *, left: float = 14, up: float = 10
) -> str:
    """A solid thing. `name` must be its own within the whole sprite."""
    clip = f'<clipPath id="c-{name}"><path d="{outline}"/></clipPath>'
    lit = f'<path d="{outline}" fill="{base}" transform="translate({n(-left)} {n(-up)})"/>'
    return f'{clip}<path d="{outline}" fill="{shade}"/><g clip-path="url(#c-{name})">{lit}{marks}</g>'


def leaf(x: float, y: float, length: float, width: float, turn: float, fill: str, vein: str = "") -> str:
    """A leaf growing up from (x, y), turned by degrees."""
    near, far = n(-length * 0.25), n(-length * 0.7)
    outline = (
        f"M0 0C{n(width)} {near} {n(width)} {far} 0 {n(-length)}C{n(-width)} {far} {n(-width)} {near} 0 0Z"
    )
    middle = stroke(f"M0 {n(-length * 0.1)}V{n(-length * 0.8)}", vein, 2) if vein else ""
    return f'<g transform="translate({n(x)} {n(y)}) rotate({n(turn)})">{shape(outline, fill)}{middle}</g>'


def moved(drawing: str, x: float = 0, y: float = 0, size: float = 1, turn: float = 0) -> str:
    steps = [f"translate({n(x)} {n(y)})"]
    if turn:
        steps.append(f"rotate({n(turn)})")
    if size != 1:
        steps.append(f"scale({size})")
    return f'<g transform="{" ".join(steps)}">{drawing}</g>'


def around(count: int, radius: float, first: float = 0) -> list[tuple[float, float]]:
    """Places on a circle round (0, 0)."""
    turns = [first + 2 * pi * i / count for i in range(count)]
    return [(radius * cos(a), radius * sin(a)) for a in turns]
