"""The eight hues of the stalls, as in static/css/hues.css; pictures that leave the page need them spelled out."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Hue:
    """vivid = block, tint = quiet block, mid = shoulder months, solid = carries white text, deep = text."""

    vivid: str
    tint: str
    mid: str
    solid: str
    deep: str


HUES = {
    "carrot": Hue("#ffb066", "#ffebd9", "#f0924a", "#c24e14", "#642305"),
    "lychee": Hue("#ffa9b5", "#ffe6e9", "#ee7f92", "#b01f45", "#660d27"),
    "onion": Hue("#ddb3e1", "#f6e8f7", "#c384be", "#7a2a63", "#4a153b"),
    "leaf": Hue("#a3da98", "#e4f4df", "#6fbb6b", "#1e6b43", "#0d3c24"),
    "lime": Hue("#d6e774", "#f3f8d2", "#b3c94a", "#55700a", "#314204"),
    "straw": Hue("#ffd869", "#fff3cc", "#e5b23a", "#8a6100", "#4f3700"),
    "river": Hue("#93d2e8", "#e0f2f8", "#5fb0cd", "#12607f", "#073a4f"),
    "clay": Hue("#f5bd91", "#fcecdf", "#db9560", "#8b4513", "#522506"),
}
