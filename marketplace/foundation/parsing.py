"""What people write in a box, read strictly: amounts, weights, days, telephone numbers.

Nothing here says a sentence. A `ParseError` carries a code and values, and the form words it:

    empty        nothing was written
    too_long     more than 64 signs
    digits       a digit that is not 0–9 (full-width, Arabic, ½)
    number       not a number as people write one ("1_000", "1e9", "1.23.4")
    negative     below zero where that has no meaning
    decimals     more decimals than `places`
    too_small    less than `minimum`
    too_large    more than `maximum`
    unit         an unknown word `word` beside the number
    mixed_units  units that cannot stand in one amount ("2 kg 3 củ", "2 tạ 1 tấn")
    ambiguous    could be read in two ways ("2 tấn 50": 2.050 kg or 2,5 tấn?)
    date         not a day of the calendar between 1900 and 2100
    time         not a time of day
    link         not an address of the web
    phone        not a telephone number in use

How a number is read, the Vietnamese way first:

    dot or blank before groups of three   thousands: 12.000 = 12 000 = twelve thousand; 1.200 kg is 1,2 tấn
    two or more commas before groups      thousands: 1,234,567
    one comma                             decimals: 1,25 and 1,250 kg are one and a quarter (so what
                                          `formats.number` shows is always read back as itself), but in
                                          đồng, which have no decimals, 12,000 is twelve thousand, and
                                          1,250k could be both, so it is refused
    dot, not before three digits          decimals: 1.5, 0.125 (a leading zero starts no thousands)
    both signs                            the last one is the decimal sign: 1.200,5 and 1,200.5
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, time
from decimal import Decimal
from typing import NamedTuple

import phonenumbers

from marketplace.foundation import formats
from marketplace.foundation.money import Money
from marketplace.foundation.quantity import MAX, STEP, Quantity
from marketplace.foundation.text import exact, without_marks
from marketplace.foundation.units import UNITS

LONGEST = 64
LONGEST_LINK = 240
MOST_MONEY = Money(10**15)
_MOST_DIGITS = 18

_WHOLE = re.compile(r"[0-9]+", re.ASCII)
_DOT_GROUPS = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+(?:,[0-9]+)?", re.ASCII)
_COMMA_GROUPS = re.compile(r"[1-9][0-9]{0,2}(?:(?:,[0-9]{3}){2,}|(?:,[0-9]{3})+\.[0-9]+)", re.ASCII)
_ONE_COMMA_GROUP = re.compile(r"[1-9][0-9]{0,2},[0-9]{3}", re.ASCII)
_WITH_DECIMALS = re.compile(r"[0-9]+[.,][0-9]+", re.ASCII)
_BLANK_GROUPS = re.compile(r"(?<![0-9.,])[1-9][0-9]{0,2}(?: [0-9]{3})+(?![0-9.])", re.ASCII)
_PIECE = re.compile(r"[0-9][0-9.,]*|[^\W\d_]+|[^\w\s]|_")
_DATE = re.compile(r"([0-9]{1,2})([/.-])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})", re.ASCII)
_NAMED_DATE = re.compile(r"([0-9]{1,2}) ([a-z]+) ([0-9]{4})", re.ASCII | re.IGNORECASE)
_TIME = re.compile(r"([0-9]{1,2}) ?(?:[:.hg] ?([0-9]{2})?)?", re.ASCII)
_LINK = re.compile(
    r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}(?:/[a-z0-9._~:/?#\[\]@!$&'()*+,;=%-]*)?",
    re.ASCII | re.IGNORECASE,
)
_ISO_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", re.ASCII)

_ENGLISH_MONTHS = {
    name(month, "en").lower(): month
    for month in range(1, 13)
    for name in (formats.month_sign, formats.month_name)
}

_THOUSAND, _MILLION, _BILLION = 3, 6, 9
_MONEY_WORDS = {
    **dict.fromkeys(("k", "nghin", "ngan", "ng"), _THOUSAND),
    **dict.fromkeys(("tr", "trieu"), _MILLION),
    **dict.fromkeys(("ty", "ti"), _BILLION),
}
_CURRENCY_WORDS = {"d", "dong", "vnd", "₫"}
_HALF = "ruoi"

_UNIT_SPELLINGS = {
    "kg": ("kg", "kgs", "ki", "ký", "kí", "kilo", "kilô", "kilogam", "kilogram", "cân", "ki-lô"),
    "tan": ("tấn", "t"),
    "lang": ("lạng",),
    "g": ("g", "gr", "gam", "gram"),
    "lit": ("lít", "l", "litre", "liter", "litres", "liters"),
    "ml": ("ml", "mililít"),
    "qua": ("quả", "trái", "fruit", "fruits"),
    "cai": ("cái", "chiếc", "piece", "pieces"),
    "hop": ("hộp", "box", "boxes"),
    "tui": ("túi", "bag", "bags"),
    "thung": ("thùng", "crate", "crates"),
    "bao": ("bao", "sack", "sacks"),
    "goi": ("gói", "packet", "packets"),
    "chai": ("chai", "bottle", "bottles"),
    "lo": ("lọ", "hũ", "jar", "jars"),
    "ta": ("tạ", "quintal", "quintals"),
}


def _spellings() -> dict[str, str]:
    known = {unit.name_vi: code for code, unit in UNITS.items()}
    known.update((spelling, code) for code, all_ in _UNIT_SPELLINGS.items() for spelling in all_)
    return {exact(spelling): code for spelling, code in known.items()}


# A word with marks must be spelled right ("tá", a dozen, is not "tạ"); without marks it is read as it folds.
_MARKED_UNITS = _spellings()
_BARE_UNITS = {without_marks(spelling): code for spelling, code in _MARKED_UNITS.items()}
_TENS_IN_KG = {"tan": 3, "ta": 2, "yen": 1, "kg": 1, "lang": 1}
"""How many digits after the unit can only be its decimals: 2 tấn 500, 2 tạ 50, 1 cân 2."""


class ParseError(ValueError):
    """What was written cannot be read. `code` is one of the module's list; `values` fill its sentence."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code, values)
        self.code = code
        self.values = values


class _Part(NamedTuple):
    """A number and the word after it ("" for none)."""

    number: Decimal
    word: str
    digits: str


def parse_money(text: str, *, allow_negative: bool = False, maximum: int = MOST_MONEY) -> Money:
    """Whole đồng: 12000, 12.000, 12k, 12 nghìn, 1tr2, 1tr250, 1,5 triệu, 2 tỷ 300 triệu, 2 tỷ rưỡi, with or
    without đ, ₫, VND. Raises ParseError."""
    line, sign = _signed(_line(text), allow_negative)
    amount = _money_sum(_parts(_without_currency(line)))
    if amount != amount.to_integral_value():
        raise ParseError("decimals", places=0)
    if amount > maximum:
        raise ParseError("too_large", maximum=Money(maximum))
    return Money(sign * int(amount))


def parse_quantity(text: str, unit: str = "kg", *, maximum: Decimal = MAX) -> Quantity:
    """Goods: 800, 2 tấn, 5 tạ, 1,5t, 1 tấn 2 tạ, 2 tạ rưỡi, 1.200,5 kg, 40 củ.

    A bare number is in `unit`. A weight comes back in `unit` when that is a weight, else in kg; anything
    else in the unit that was written. Zero is read as zero. Raises ParseError.
    """
    line, _ = _signed(_line(text), False)
    found = _quantity_sum(_parts(line), unit)
    if found[0] > maximum:
        raise ParseError("too_large", maximum=maximum)
    if found[0] % STEP:
        raise ParseError("decimals", places=3)
    return Quantity(*found)


def parse_integer(
    text: str, *, minimum: int | None = 0, maximum: int | None = 10**12, allow_negative: bool = False
) -> int:
    """A whole number, thousands grouped or not. Raises ParseError."""
    number = parse_decimal(text, places=0, allow_negative=allow_negative)
    if minimum is not None and number < minimum and not (allow_negative and minimum == 0):
        raise ParseError("too_small", minimum=minimum)
    if maximum is not None and number > maximum:
        raise ParseError("too_large", maximum=maximum)
    return int(number)


def parse_decimal(text: str, *, places: int = 3, allow_negative: bool = False) -> Decimal:
    """A number with at most `places` decimals. Raises ParseError."""
    line, sign = _signed(_line(text), allow_negative)
    number = _number(_join_blank_groups(line))
    if number != round(number, places):
        raise ParseError("decimals", places=places)
    return sign * number


def parse_percent(text: str, *, maximum: Decimal = Decimal(100)) -> Decimal:
    """A rate in per cent with at most two decimals: "12,5 %" is Decimal("12.5"). Raises ParseError."""
    rate = parse_decimal(_line(text).removesuffix("%"), places=2)
    if rate > maximum:
        raise ParseError("too_large", maximum=maximum)
    return rate


def parse_date(text: str) -> date:
    """A day as dd/mm/yyyy (also with - or ., and yy for 20yy), yyyy-mm-dd, or in English 28 Nov 2026 or 28 November
    2026: whatever `formats.date` shows is read back. Raises ParseError."""
    line = _line(text)
    if iso := _ISO_DATE.fullmatch(line):
        return _day(int(iso[1]), int(iso[2]), int(iso[3]))
    if written := _DATE.fullmatch(line):
        year = int(written[4]) if len(written[4]) == 4 else 2000 + int(written[4])
        return _day(year, int(written[3]), int(written[1]))
    if (named := _NAMED_DATE.fullmatch(line)) and (month := _ENGLISH_MONTHS.get(named[2].lower())):
        return _day(int(named[3]), month, int(named[1]))
    raise ParseError("date")


def parse_time(text: str) -> time:
    """A time of day as 7:00, 7h, 7h30, 7.30 or 7 (24 hours). Raises ParseError."""
    written = _TIME.fullmatch(_line(text).lower())
    if written is None:
        raise ParseError("time")
    hour, minute = int(written[1]), int(written[2] or 0)
    if hour > 23 or minute > 59:
        raise ParseError("time")
    return time(hour, minute)


def parse_link(text: str) -> str:
    """An address of the web, always https: "ghtk.vn/x" is "https://ghtk.vn/x".

    Only host, path and question are kept: no other scheme, no name or password, no port. Raises ParseError.
    """
    line = text.strip()
    bare = re.sub(r"^https?://", "", line, flags=re.IGNORECASE)
    if not bare or len(bare) > LONGEST_LINK or not _LINK.fullmatch(bare):
        raise ParseError("link")
    host, slash, rest = bare.partition("/")
    return f"https://{host.lower()}{slash}{rest}"


def _day(year: int, month: int, day: int) -> date:
    try:
        if 1900 <= year <= 2100:
            return date(year, month, day)
    except ValueError:
        pass
    raise ParseError("date")


# --- reading a line -------------------------------------------------------------------------------


def _line(text: str) -> str:
    """The text with plain blanks, after the checks that hold for everything read here."""
    line = " ".join(text.split())
    if not line:
        raise ParseError("empty")
    if len(line) > LONGEST:
        raise ParseError("too_long", most=LONGEST)
    if any(ch.isnumeric() and ch not in "0123456789" for ch in line):
        raise ParseError("digits")
    return line


def _signed(line: str, allow_negative: bool) -> tuple[str, int]:
    if not line.startswith(("-", "\u2212")):
        return line, 1
    if not allow_negative:
        raise ParseError("negative")
    return line[1:].strip(), -1


def _number(written: str) -> Decimal:
    if sum(ch.isdigit() for ch in written) > _MOST_DIGITS:
        raise ParseError("too_large", maximum=MOST_MONEY)
    if _WHOLE.fullmatch(written):
        return Decimal(written)
    if _DOT_GROUPS.fullmatch(written):
        return Decimal(written.replace(".", "").replace(",", "."))
    if _COMMA_GROUPS.fullmatch(written):
        return Decimal(written.replace(",", ""))
    if _WITH_DECIMALS.fullmatch(written):
        return Decimal(written.replace(",", "."))
    raise ParseError("number")


def _join_blank_groups(line: str) -> str:
    return _BLANK_GROUPS.sub(lambda match: match[0].replace(" ", ""), line.strip())


def _parts(line: str) -> list[_Part]:
    """Numbers with the word that follows each; "rưỡi" becomes a half of the word before."""
    pieces = _PIECE.findall(_join_blank_groups(line).lower())
    parts: list[_Part] = []
    at = 0
    while at < len(pieces):
        piece = pieces[at]
        following = pieces[at + 1] if at + 1 < len(pieces) else ""
        if piece[0].isdigit():
            word = following if following and following[0].isalpha() else ""
            if without_marks(word) == _HALF:
                raise ParseError("number")
            parts.append(_Part(_number(piece), word, piece))
            at += 2 if word else 1
        elif without_marks(piece) == _HALF and parts and parts[-1].word and at == len(pieces) - 1:
            parts.append(_Part(Decimal(5), "", "5"))
            at += 1
        elif piece[0].isalpha():
            raise ParseError("unit", word=piece)
        else:
            raise ParseError("number")
    if not parts:
        raise ParseError("number")
    return parts


def _as_decimals(whole: _Part, tail: _Part) -> Decimal:
    """The 2 of "1tr2": decimals of the number before, which must have none of its own."""
    if whole.number % 1 or not tail.digits.isdigit():
        raise ParseError("number")
    return tail.number.scaleb(-len(tail.digits))


# --- money ----------------------------------------------------------------------------------------


def _without_currency(line: str) -> str:
    """The amount before đ, ₫, đồng or VND, with nothing after it."""
    if line.endswith("₫"):
        return line[:-1].strip()
    word = re.search(r"[^\W\d_]+\Z", line)
    if word and without_marks(word[0]).lower() in _CURRENCY_WORDS:
        return line[: word.start()].strip()
    return line


def _money_sum(parts: list[_Part]) -> Decimal:
    total = Decimal(0)
    power: int | None = None
    for place, part in enumerate(parts):
        own = _money_power(part.word) if part.word else 0
        if power is not None and own >= power:
            raise ParseError("mixed_units")
        if not part.word and power is not None and place:
            return total + _money_tail(parts[place - 1], part, power, last=place == len(parts) - 1)
        total += _money_number(part, own).scaleb(own)
        power = own
    return total


def _money_number(part: _Part, power: int) -> Decimal:
    """The number of a part; in whole đồng a comma before three digits can only be thousands."""
    grouped = _ONE_COMMA_GROUP.fullmatch(part.digits)
    if grouped and power == _THOUSAND:
        raise ParseError("ambiguous")
    if grouped and not power:
        return Decimal(part.digits.replace(",", ""))
    if not power and part.number % 1:
        raise ParseError("decimals", places=0)
    return part.number


def _money_tail(whole: _Part, tail: _Part, power: int, *, last: bool) -> Decimal:
    """The end of "1tr2" and of "1 triệu 50.000"."""
    if not last:
        raise ParseError("number")
    if len(tail.digits) <= 3:
        return _as_decimals(whole, tail).scaleb(power)
    rest = _money_number(tail, 0)
    if rest >= 10**power:
        raise ParseError("number")
    return rest


def _money_power(word: str) -> int:
    power = _MONEY_WORDS.get(without_marks(word))
    if power is None:
        raise ParseError("unit", word=word)
    return power


# --- goods ----------------------------------------------------------------------------------------


def _quantity_sum(parts: list[_Part], default: str) -> tuple[Decimal, str]:
    units = [_unit(part.word) if part.word else "" for part in parts]
    if len(parts) == 1:
        return _in_asked_unit(parts[0].number, units[0] or default, default)
    total = Decimal(0)
    smallest: Decimal | None = None
    for place, (part, unit) in enumerate(zip(parts, units, strict=True)):
        if not unit:
            if not place or place != len(parts) - 1:
                raise ParseError("number")
            return _tail_sum(total, parts, units[place - 1], default)
        kg = UNITS[unit].kg
        if kg is None:
            if place == 0 and not units[1]:
                return _tail_sum(Decimal(0), parts, unit, default)
            raise ParseError("mixed_units")
        if smallest is not None and kg >= smallest:
            raise ParseError("mixed_units")
        total += part.number * kg
        smallest = kg
    return _in_asked_unit(total, "kg", default)


def _tail_sum(total: Decimal, parts: list[_Part], unit: str, default: str) -> tuple[Decimal, str]:
    """Add the 5 of "2 tấn 5" or the half of "2 tạ rưỡi", which belong to the unit before."""
    whole, tail = parts[-2], parts[-1]
    if len(tail.digits) not in (1, _TENS_IN_KG.get(unit)):
        raise ParseError("ambiguous")
    more = _as_decimals(whole, tail)
    kg = UNITS[unit].kg
    if kg is None:
        if len(parts) > 2 or unit not in ("chuc", "lit"):
            raise ParseError("mixed_units")
        return _in_asked_unit(whole.number + more, unit, default)
    return _in_asked_unit(total + more * kg, "kg", default)


def _in_asked_unit(amount: Decimal, unit: str, asked: str) -> tuple[Decimal, str]:
    kg = UNITS[unit].kg
    if kg is None or unit == asked:
        return amount, unit
    asked_kg = UNITS[asked].kg
    return (amount * kg / asked_kg, asked) if asked_kg is not None else (amount * kg, "kg")


def _unit(word: str) -> str:
    spelled = exact(word)
    found = _MARKED_UNITS.get(spelled)
    if found is None and spelled.isascii():
        found = _BARE_UNITS.get(spelled)
    if found is None:
        raise ParseError("unit", word=word)
    return found


# --- telephones -----------------------------------------------------------------------------------

_OLD_MOBILE: Mapping[str, str] = {
    "120": "70", "121": "79", "122": "77", "126": "76", "128": "78",
    "123": "83", "124": "84", "125": "85", "127": "81", "129": "82",
    "162": "32", "163": "33", "164": "34", "165": "35", "166": "36", "167": "37", "168": "38", "169": "39",
    "186": "56", "188": "58", "199": "59",
}  # fmt: skip
"""Prefixes of eleven-digit mobile numbers until 2018, and those of ten digits that took their place."""
_PHONE_SIGNS = re.compile(r"\(?\+?[0-9 ().\-/]+", re.ASCII)


def parse_phone(text: str) -> str:
    """A telephone number in any writing, as "+84912345678". Numbers of other countries begin with + or 00.

    The eleven-digit mobile prefixes used until 2018 become today's. Raises ParseError.
    """
    line = _line(text)
    if not _PHONE_SIGNS.fullmatch(line):
        raise ParseError("phone")
    number = _dialled(line.lstrip("("))
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException as error:
        raise ParseError("phone") from error
    if not phonenumbers.is_valid_number(parsed):
        raise ParseError("phone")
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def _dialled(line: str) -> str:
    """The number with + and country, from whatever way of dialling it."""
    digits = "".join(ch for ch in line if ch.isdigit())
    if not line.startswith("+"):
        if digits.startswith("00"):
            digits = digits[2:]
        elif digits.startswith("0"):
            digits = f"84{digits[1:]}"
        elif not digits.startswith("84") or len(digits) < 11:
            digits = f"84{digits}"
    if not digits.startswith("84"):
        return f"+{digits}"
    national = digits[2:].removeprefix("0")
    if len(national) == 10 and national[:3] in _OLD_MOBILE:
        national = _OLD_MOBILE[national[:3]] + national[3:]
    return f"+84{national}"


def show_phone(e164: str) -> str:
    """The number as a Vietnamese reads it: "0912 345 678"; numbers of other countries with their +.

    What is not a number comes back as it is.
    """
    if e164.startswith("+84") and len(e164) == 12 and e164[3] in "35789":
        return f"0{e164[3:6]} {e164[6:9]} {e164[9:]}"
    try:
        parsed = phonenumbers.parse(e164)
    except phonenumbers.NumberParseException:
        return e164
    styles = phonenumbers.PhoneNumberFormat
    style = styles.NATIONAL if parsed.country_code == 84 else styles.INTERNATIONAL
    return phonenumbers.format_number(parsed, style)
