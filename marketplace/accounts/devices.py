"""What a browser says of itself, in two words that its owner knows."""

from __future__ import annotations

SYSTEMS = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "Macintosh": "Mac",
    "CrOS": "Chromebook",
    "Linux": "Linux",
}
# Every browser also names those it descends from: the most particular one comes first.
BROWSERS = {
    "Zalo": "Zalo",
    "CocCoc": "Cốc Cốc",
    "coc_coc": "Cốc Cốc",
    "Edg": "Edge",
    "OPR": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "CriOS": "Chrome",
    "Chrome": "Chrome",
    "Safari": "Safari",
}


def device_name(agent: str) -> str:
    """ "Android · Chrome" from a browser's User-Agent; empty when it names nothing known."""
    found = (_first(SYSTEMS, agent), _first(BROWSERS, agent))
    return " · ".join(name for name in found if name)


def _first(names: dict[str, str], agent: str) -> str:
    return next((shown for sign, shown in names.items() if sign in agent), "")
