"""Telex typed without its program: "caf roost ddoongf lacj" was meant to be "cà rốt đồng lạc".

Only a reading in which every word is a possible Vietnamese syllable is believed, so that an English word
or a product code is left alone.
"""

from __future__ import annotations

import re
import unicodedata

from marketplace.foundation.text import nfc

_TONE_KEYS = {"f": "\u0300", "r": "\u0309", "x": "\u0303", "s": "\u0301", "j": "\u0323"}
_STOP_TONES = ("\u0301", "\u0323")
_HOOKED = {"a": "ă", "o": "ơ", "u": "ư"}
_DOUBLED = {"a": "â", "e": "ê", "o": "ô", "d": "đ"}
_VOWELS = "aăâeêioôơuưy"
_MARKED = "ăâêôơư"

_ONSET = "ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|b|c|d|đ|g|h|k|l|m|n|p|r|s|t|v|x|"
_OPEN = (
    "oai|oay|oao|oeo|uây|uôi|uya|uyu|uyê|iêu|yêu|ươi|ươu|ai|ao|au|ay|âu|ây|eo|êu|ia|iu|oa|oe|oi|ôi|ơi|"
    "ua|uê|uơ|ui|uy|ưa|ưi|ưu|a|e|ê|i|o|ô|ơ|u|ư|y"
)
_CLOSED = (
    "(?:uyê|iê|yê|uô|ươ|oa|oă|oe|uâ|uê|uy|oo|a|ă|â|e|ê|i|o|ô|ơ|u|ư|y)(?:ng|m|n|c|p|t)"
    "|(?:oa|uê|uy|a|ê|i|y)(?:nh|ch)"
)
_SYLLABLE = re.compile(rf"(?P<onset>{_ONSET})(?P<rhyme>{_CLOSED}|{_OPEN})")
_WORD = re.compile(r"[a-z]{1,12}", re.ASCII)


def from_telex(s: str) -> str | None:
    """The Vietnamese that these keystrokes were meant to write, or None when they were hardly Telex.

    Believed when at least one word turns into a Vietnamese syllable, and every other word is one already
    (with or without marks) or is no word at all (a number, an abbreviation).
    """
    words = nfc(s).lower().split()
    if not words or len(s) > 200:
        return None
    read = [_read(word) for word in words]
    if None in read or read == words:
        return None
    return " ".join(word for word in read if word)


def _read(word: str) -> str | None:
    """The word itself, what it becomes, or None when it is neither syllable, Telex, nor no word at all."""
    if not _WORD.fullmatch(word) or not set(word) & set("aeiouyw"):
        return word
    if _SYLLABLE.fullmatch(word):
        return word
    return _typed(word)


def _typed(word: str) -> str | None:
    letters, tone = _strike(word)
    syllable = _SYLLABLE.fullmatch(letters)
    if syllable is None:
        return None
    stopped = letters.endswith(("c", "ch", "p", "t"))
    if stopped and tone not in _STOP_TONES:
        return None
    return _with_tone(syllable["onset"], syllable["rhyme"], tone)


def _strike(word: str) -> tuple[str, str]:
    """Play the keys one by one: the letters they leave, without tone, and the tone."""
    letters: list[str] = []
    tone = ""
    for key in word:
        spoken = any(letter in _VOWELS for letter in letters)
        if key in _TONE_KEYS and spoken and not tone:
            tone = _TONE_KEYS[key]
        elif key in _DOUBLED and key in letters and _may_double(letters, key):
            letters[_last(letters, key)] = _DOUBLED[key]
        elif key == "w":
            _hook(letters)
        else:
            letters.append(key)
    return "".join(letters), tone


def _may_double(letters: list[str], key: str) -> bool:
    if key == "d":
        return letters[0] == "d"
    between = letters[_last(letters, key) + 1 :]
    return not any(letter in _VOWELS for letter in between) or between in (["i"], ["u"], ["y"])


def _hook(letters: list[str]) -> None:
    for place in range(len(letters) - 1, -1, -1):
        if letters[place] in _HOOKED:
            _hook_at(letters, place)
            return
    letters.append("ư")


def _hook_at(letters: list[str], place: int) -> None:
    """A late w marks both vowels of ươ, and the u of ưa, ưi, ưu."""
    before = letters[place - 1] if place else ""
    after_q = place > 1 and letters[place - 2] == "q"
    if before == "u" and letters[place] in "ao" and not after_q:
        letters[place - 1] = "ư"
        letters[place] = "ơ" if letters[place] == "o" else "a"
    elif before == "u" and letters[place] == "u":
        letters[place - 1] = "ư"
    elif before == "ư" and letters[place] == "o":
        letters[place] = "ơ"
    else:
        letters[place] = _HOOKED[letters[place]]


def _last(letters: list[str], key: str) -> int:
    return len(letters) - 1 - letters[::-1].index(key)


def _with_tone(onset: str, rhyme: str, tone: str) -> str:
    vowels = [place for place, letter in enumerate(rhyme) if letter in _VOWELS]
    marked = [place for place in vowels if rhyme[place] in _MARKED]
    closed = len(vowels) < len(rhyme)
    if marked:
        at = marked[-1]
    elif closed:
        at = vowels[-1]
    else:
        at = vowels[1] if len(vowels) == 3 else vowels[0]
    return unicodedata.normalize("NFC", f"{onset}{rhyme[: at + 1]}{tone}{rhyme[at + 1 :]}")
