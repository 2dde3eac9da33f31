"""The letters that gather others."""

from __future__ import annotations

from typing import Any

from marketplace.foundation.words import _l
from marketplace.inbox.letters import letter


def _sample() -> dict[str, Any]:
    lines = [
        ("Đơn DL-2026-000127 đã xong", "Hàng đã nhận, tiền đã trả.", "#"),
        ("Hàng của HTX Đồng Lạc đang trên đường", "Cà rốt Đồng Lạc 50 kg đã đi sáng nay.", "#"),
    ]
    return {"count": len(lines), "lines": lines}


letter(
    "inbox.digest",
    subject=_l("News since yesterday: %(count)s"),
    sentence=_l("This is what happened since yesterday morning."),
    template="inbox/letters/digest",
    sample=_sample,
)
