"""Drawing codes as plain SVG paths (no style, so they stand in a page under the strict policy)."""

from __future__ import annotations

import io

import segno
from markupsafe import Markup, escape

QUIET = 4


def svg(data: str, title: str, *, error: str = "m") -> Markup:
    """A QR code with a title for those who do not see it."""
    rows = [list(row) for row in segno.make(data, error=error, micro=False).matrix]
    size = len(rows) + 2 * QUIET
    path = "".join(_runs(y + QUIET, row) for y, row in enumerate(rows))
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} {0}" role="img" shape-rendering="crispEdges" '
        'width="{1}" height="{1}"><title>{2}</title><path fill="#fff" d="M0 0h{0}v{0}H0z"/>'
        '<path fill="#1F2A24" d="{3}"/></svg>'
    ).format(size, size * 6, escape(title), Markup(path))  # noqa: S704 - the path is digits and letters


def png(data: str, *, scale: int = 10) -> bytes:
    """The same code as a picture to save on a phone."""
    out = io.BytesIO()
    segno.make(data, error="m", micro=False).save(out, kind="png", scale=scale, border=QUIET)
    return out.getvalue()


def _runs(y: int, row: list[int]) -> str:
    parts, x = [], 0
    while x < len(row):
        if row[x]:
            begun = x
            while x < len(row) and row[x]:
                x += 1
            parts.append(f"M{begun + QUIET} {y}h{x - begun}v1h{begun - x}z")
        else:
            x += 1
    return "".join(parts)
