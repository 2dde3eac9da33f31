"""Sums of đồng in Vietnamese words, as an invoice wants them ("Bằng chữ")."""

from __future__ import annotations

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_GROUPS = ("", "nghìn", "triệu")
_BILLION = 10**9


def dong_in_words(amount: int) -> str:
    """1.205.000 -> "Một triệu hai trăm linh năm nghìn đồng". A sum below nothing begins with "Âm"."""
    said = _number(abs(int(amount)), leading=True) or _DIGITS[0]
    words = f"{'âm ' if amount < 0 else ''}{said} đồng"
    return words[0].upper() + words[1:]


def _number(value: int, *, leading: bool) -> str:
    """Nothing for 0. What follows a greater group says its empty places too."""
    billions, rest = divmod(value, _BILLION)
    parts = []
    if billions:
        parts += [_number(billions, leading=leading), "tỷ"]
        leading = False
    for power in (2, 1, 0):
        group = rest // 1000**power % 1000
        if group:
            parts += [_hundreds(group, leading=leading), _GROUPS[power]]
            leading = False
    return " ".join(part for part in parts if part)


def _hundreds(value: int, *, leading: bool) -> str:
    hundreds, rest = divmod(value, 100)
    tens, ones = divmod(rest, 10)
    said = [] if leading and not hundreds else [_DIGITS[hundreds], "trăm"]
    if tens == 0 and ones and said:
        said.append("linh")
    if tens:
        said += ["mười"] if tens == 1 else [_DIGITS[tens], "mươi"]
    if ones:
        said.append(_one(ones, tens))
    return " ".join(said)


def _one(ones: int, tens: int) -> str:
    if ones == 1 and tens > 1:
        return "mốt"
    if ones == 4 and tens > 1:
        return "tư"
    if ones == 5 and tens:
        return "lăm"
    return _DIGITS[ones]
