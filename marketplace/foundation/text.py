"""Vietnamese words: how they are kept, compared, sorted and cleaned.

Text is kept in NFC. Two comparisons: `exact` (every mark counts, but not where the tone is drawn, Hoà is
Hòa) and `fold` (no mark counts, "ca rot" is "cà rốt").
"""

from __future__ import annotations

import re
import unicodedata

_STROKED_D = str.maketrans({"đ": "d", "Đ": "D", "Ð": "D", "Ɖ": "D", "ð": "d", "ɖ": "d"})
_STROKED_D_AS_ONE = str.maketrans({"Ð": "Đ", "Ɖ": "Đ", "ð": "đ", "ɖ": "đ"})

TONES = "\u0300\u0309\u0303\u0301\u0323"
"""Huyền, hỏi, ngã, sắc, nặng: the order of Vietnamese dictionaries, after no tone at all."""

_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_RANK = {letter: chr(ord("A") + place) for place, letter in enumerate(_ALPHABET)}
_TONE_RANK = {tone: str(place) for place, tone in enumerate(TONES, start=1)}

_SECOND = {"a": "àảãáạ", "e": "èẻẽéẹ", "y": "ỳỷỹýỵ"}
_FIRST = {"o": "òỏõóọ", "u": "ùủũúụ"}


def nfc(s: str) -> str:
    """The one composed form in which text is kept."""
    return unicodedata.normalize("NFC", s)


def without_marks(s: str) -> str:
    """Plain letters for marked ones, đ included; case, blanks and signs stay."""
    if s.isascii():
        return s
    bare = unicodedata.normalize("NFKD", s.translate(_STROKED_D))
    return "".join(ch for ch in bare if not unicodedata.category(ch).startswith("M"))


def fold(s: str) -> str:
    """What a search compares: no marks, đ as d, lower case, letters and digits with single blanks."""
    plain = without_marks(s.lower()).translate(_STROKED_D).lower()
    return " ".join("".join(ch if ch.isalnum() else " " for ch in plain).split())


def tokens(s: str) -> list[str]:
    """The folded words."""
    return fold(s).split()


def exact(s: str) -> str:
    """Lower case with every mark, the tone drawn in one agreed place: Hoà → hòa, Thuỷ → thủy, hòan → hoàn."""
    lowered = " ".join(nfc(s.translate(_STROKED_D_AS_ONE)).lower().split())
    return _INNER_TONE.sub(_move_right, _OPEN_TONE.sub(_move_left, lowered))


def slug(s: str, limit: int = 80) -> str:
    """Words for an address: "Cà rốt Đồng Lạc" → "ca-rot-dong-lac". Empty when no Latin word is left."""
    words = re.findall(r"[a-z0-9]+", fold(s))
    short = ""
    for word in words:
        longer = f"{short}-{word}" if short else word
        if len(longer) > limit:
            break
        short = longer
    return short or "-".join(words)[:limit]


def sort_key(s: str) -> str:
    """A key that sorts as the Vietnamese alphabet does: a ă â b c d đ e ê …; tones count last.

    Compare it byte by byte (Python's own order, SQLite BINARY, PostgreSQL COLLATE "C").
    """
    letters: list[str] = []
    tones: list[str] = []
    for ch in unicodedata.normalize("NFD", nfc(s.translate(_STROKED_D_AS_ONE)).lower().strip()):
        if ch in _TONE_RANK:
            if tones:
                tones[-1] = _TONE_RANK[ch]
        elif unicodedata.category(ch).startswith("M"):
            if letters:
                letters[-1] = nfc(letters[-1] + ch)
        else:
            letters.append(ch)
            tones.append("0")
    return "".join(_RANK.get(letter, letter) for letter in letters) + "\x01" + "".join(tones)


def clean_line(s: str) -> str:
    """One line as a person meant it: NFC, no control, bidi or zero-width characters, single blanks."""
    return " ".join(_visible(s).split())


def clean_text(s: str) -> str:
    """Several lines as a person meant them: each line cleaned, at most one empty line between paragraphs."""
    unified = s.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n\n")
    lines = [clean_line(line) for line in unified.split("\n")]
    kept = [line for place, line in enumerate(lines) if line or (place and lines[place - 1])]
    return "\n".join(kept).strip("\n")


def given_name(full: str) -> str:
    """The name a Vietnamese person is called and sorted by: the last word."""
    words = clean_line(full).split()
    return words[-1] if words else ""


def within_one_edit(a: str, b: str) -> bool:
    """Whether one letter added, dropped, changed, or two neighbours swapped makes `a` into `b`."""
    if a == b:
        return True
    if abs(len(a) - len(b)) > 1:
        return False
    if len(a) > len(b):
        a, b = b, a
    at = next((place for place, ch in enumerate(a) if ch != b[place]), len(a))
    if len(a) < len(b):
        return a[at:] == b[at + 1 :]
    swapped = a[at : at + 2] == b[at : at + 2][::-1] and a[at + 2 :] == b[at + 2 :]
    return swapped or a[at + 1 :] == b[at + 1 :]


def looks_like(a: str, b: str) -> bool:
    """Whether two names could be one: alike without marks, or one slip apart when long enough to tell."""
    one, other = fold(a), fold(b)
    if one == other:
        return bool(one)
    return min(len(one), len(other)) >= 4 and within_one_edit(one, other)


def ascii_upper(s: str) -> str:
    """Capitals without marks, as banks print them: anything that is not printable ASCII becomes a blank."""
    plain = without_marks(s).translate(_STROKED_D).upper()
    return " ".join("".join(ch if " " <= ch <= "~" else " " for ch in plain).split())


def _visible(s: str) -> str:
    return "".join(map(_shown, nfc(s)))


def _shown(ch: str) -> str:
    if ch.isspace():
        return " "
    return "" if unicodedata.category(ch) in ("Cc", "Cf", "Cs", "Co") else ch


def _toned(letters: dict[str, str]) -> dict[str, tuple[str, int]]:
    return {ch: (base, tone) for base, row in letters.items() for tone, ch in enumerate(row)}


_TONED_SECOND = _toned(_SECOND)
_TONED_FIRST = _toned(_FIRST)
# An open syllable carries its tone on the first vowel of oa, oe, uy; the u of "quý" belongs to its q.
_OPEN_TONE = re.compile(rf"(?:(o)([{_SECOND['a']}{_SECOND['e']}])|(?<!q)(u)([{_SECOND['y']}]))(?![^\W\d_])")
_INNER_TONE = re.compile(
    rf"(?:([{_FIRST['o']}])([ae])|([{_FIRST['u']}])(y))(?=[^\W\d_])|(?<=q)([{_FIRST['u']}])(y)"
)


def _pair(match: re.Match[str]) -> tuple[str, str]:
    first, second = (group for group in match.groups() if group)
    return first, second


def _move_left(match: re.Match[str]) -> str:
    first, second = _pair(match)
    base, tone = _TONED_SECOND[second]
    return _FIRST[first][tone] + base


def _move_right(match: re.Match[str]) -> str:
    first, second = _pair(match)
    base, tone = _TONED_FIRST[first]
    return base + _SECOND[second][tone]
