"""What a page needs to show a photo: addresses and sizes, without a database row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from marketplace.foundation.media.store import CONTENT_TYPES, url_of

PLACEHOLDER = "/media/waiting.svg"
PLACEHOLDER_SIZE = (1200, 900)


@dataclass(frozen=True)
class Picture:
    """A photo as pages draw it. Without renditions (still waiting, or refused) it is the placeholder.

    `renditions` are dicts with name, format, use, width and height, largest first.
    """

    renditions: Sequence[dict[str, Any]] = ()
    width: int = PLACEHOLDER_SIZE[0]
    height: int = PLACEHOLDER_SIZE[1]
    colour: str = "#e9e4d6"

    @classmethod
    def of(
        cls, renditions: Sequence[dict[str, Any]], width: int | None, height: int | None, colour: str | None
    ) -> Picture:
        """From the columns of a photo, which are empty until it is ready."""
        if width is None or height is None or colour is None:
            return cls()
        return cls(renditions, width, height, colour)

    @property
    def is_ready(self) -> bool:
        return bool(self.renditions)

    @property
    def src(self) -> str:
        """For `<img src>` beside the sources."""
        return self.url(800)

    @property
    def share_url(self) -> str:
        """The JPEG for social cards, 1200 × 630 or smaller; empty while there is none."""
        return next((url_of(r["name"]) for r in self.renditions if r["use"] == "share"), "")

    def url(self, width: int = 800, fmt: str = "webp") -> str:
        """The smallest file at least `width` pixels wide, else the widest there is."""
        files = self._files(fmt)
        if not files:
            return PLACEHOLDER
        wide_enough = [r for r in files if r["width"] >= width]
        return url_of((wide_enough[-1] if wide_enough else files[0])["name"])

    def srcset(self, fmt: str) -> str:
        """`/media/….avif 400w, …`, narrowest first; empty while there is nothing."""
        return ", ".join(f"{url_of(r['name'])} {r['width']}w" for r in reversed(self._files(fmt)))

    def sources(self) -> list[tuple[str, str]]:
        """(content type, srcset) for the `<source>` elements, best first."""
        return [(CONTENT_TYPES[fmt], self.srcset(fmt)) for fmt in ("avif", "webp") if self._files(fmt)]

    def _files(self, fmt: str) -> list[dict[str, Any]]:
        return [r for r in self.renditions if r["format"] == fmt and r["use"] == "page"]
