"""What the people who stand for a cooperative are called, in English; other titles stay as they were written."""

from __future__ import annotations

from marketplace.foundation.text import fold
from marketplace.foundation.words import pick

_ENGLISH = {
    "giam doc": "Director",
    "giam doc htx": "Director",
    "giam doc hop tac xa": "Director",
    "tong giam doc": "General director",
    "pho giam doc": "Deputy director",
    "quyen giam doc": "Acting director",
    "chu tich": "Chair",
    "chu tich hdqt": "Chair of the board",
    "chu tich hoi dong quan tri": "Chair of the board",
    "chu tich hdqt kiem giam doc": "Chair of the board and director",
    "chu tich hoi dong quan tri kiem giam doc": "Chair of the board and director",
    "pho chu tich hdqt": "Deputy chair of the board",
    "chu nhiem": "Chair",
    "pho chu nhiem": "Deputy chair",
    "to truong": "Head of the group",
    "to truong to hop tac": "Head of the group",
    "to pho": "Deputy head of the group",
    "ke toan truong": "Chief accountant",
    "nguoi dai dien": "Representative",
}


def title_words(written: str) -> str:
    """ "Giám đốc" as it is, on an English page "Director"."""
    return pick(written, _ENGLISH.get(fold(written), ""))
