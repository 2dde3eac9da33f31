"""Lines pasted from a sheet: a code or a name, a tab, a quantity; recognised, asked about, or wrong with the reason."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from marketplace.catalogue import indexing
from marketplace.catalogue import queries as catalogue
from marketplace.catalogue.models import Product
from marketplace.foundation.text import fold
from marketplace.foundation.words import _

MOST_LINES = 200
LONGEST = 200
_LAST_NUMBER = re.compile(r"(.*\S)[ ;:,]+([0-9][0-9.,]*[ ]?[^\s;:,0-9]*)", re.DOTALL)


@dataclass(frozen=True)
class Pasted:
    """One line: `choices` hold one product when it was recognised, several when somebody has to choose."""

    number: int
    text: str
    amount: str
    choices: Sequence[Product] = field(default_factory=list)
    wrong: str = ""

    @property
    def product(self) -> Product | None:
        return self.choices[0] if len(self.choices) == 1 and not self.wrong else None


def read(text: str, usual: Sequence[Product]) -> list[Pasted]:
    """Every filled line of what was pasted, in order; a line too many is said, not dropped."""
    lines = [(n, line.strip()) for n, line in enumerate(text.splitlines(), start=1) if line.strip()]
    found = _once([_line(number, line[:LONGEST], usual) for number, line in lines[:MOST_LINES]])
    if len(lines) > MOST_LINES:
        number, line = lines[MOST_LINES]
        too_many = _("Only %(n)s lines at a time: please paste the rest afterwards.", n=MOST_LINES)
        found.append(Pasted(number, line[:LONGEST], "", wrong=too_many))
    return found


def _once(lines: Sequence[Pasted]) -> list[Pasted]:
    """A product that comes again is said: two quantities of one thing are nobody's guess."""
    seen: dict[int, int] = {}
    told = []
    for line in lines:
        product = line.product
        if product is not None and seen.setdefault(product.id, line.number) != line.number:
            twice = _("The same product stands in line %(n)s: this line is left out.", n=seen[product.id])
            line = replace(line, wrong=twice)
        told.append(line)
    return told


def _line(number: int, line: str, usual: Sequence[Product]) -> Pasted:
    words, amount = _cells(line)
    if not words:
        return Pasted(number, line, "", wrong=_("No product stands here."))
    if not amount:
        return Pasted(number, words, "", wrong=_("No quantity stands behind it."))
    choices = _meant(words, usual)
    wrong = "" if choices else _("Nothing like this is for sale now.")
    return Pasted(number, words, amount, choices, wrong)


def _cells(line: str) -> tuple[str, str]:
    """(code or name, quantity): the first two filled cells, or the words and the number at the end."""
    for sign in ("\t", ";"):
        if sign in line:
            filled = [cell.strip() for cell in line.split(sign) if cell.strip()]
            return (filled[0], filled[1]) if len(filled) > 1 else (filled[0] if filled else "", "")
    match = _LAST_NUMBER.fullmatch(line)
    return (match[1], match[2]) if match else (line, "")


def _meant(words: str, usual: Sequence[Product]) -> Sequence[Product]:
    """By code, by whole name, by what is usual here, and only then by search."""
    plain = fold(words)
    code = words.strip().lower()
    if coded := [product for product in usual if product.slug == code]:
        return coded
    if re.fullmatch(r"[a-z0-9-]+", code) and (coded := list(catalogue.products_to_order(slugs=[code]))):
        return coded
    for judge in (_same_name, _holds_words):
        if fitting := [product for product in usual if judge(plain, product)]:
            return fitting
    found = catalogue.products_to_order(ids=indexing.ids_found(words, limit=6))
    return [product for product in found if _same_name(plain, product)] or found


def _same_name(plain: str, product: Product) -> bool:
    return plain in {fold(product.name_vi), fold(product.name_en)}


def _holds_words(plain: str, product: Product) -> bool:
    """Every word of it stands in the name or the seller's name."""
    told = fold(f"{product.name_vi} {product.name_en} {product.cooperative.called}").split()
    return set(plain.split()) <= set(told)
