"""Grades in words: markets by their codes, sizes and defects as people say them, the copy that agreed lines keep."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import Any

from babel import Locale

from marketplace.catalogue.models import GradeSpec
from marketplace.catalogue.states import Measure
from marketplace.foundation import formats
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _, language, pick

ANY, DOMESTIC, EXPORT = "", "domestic", "export"
COMMON = (ANY, DOMESTIC, EXPORT, "export:KR", "export:JP", "export:MY", "export:CN", "export:AE", "export:NL")
_ABROAD = re.compile(r"export:([A-Z]{2})")


def market_known(code: str) -> bool:
    """Whether this is a code of a market: "", "domestic", "export", "export:KR" with a country of CLDR."""
    if code in (ANY, DOMESTIC, EXPORT):
        return True
    abroad = _ABROAD.fullmatch(code)
    return abroad is not None and abroad[1] in _territories("en")


def market_name(code: str) -> str:
    """The market in the reader's language."""
    if code == ANY:
        return _("Any market")
    if code == DOMESTIC:
        return _("Home market")
    if code == EXPORT:
        return _("Export")
    country = code.removeprefix("export:")
    return _("Export to %(country)s", country=_territories(language()).get(country, country))


@cache
def _territories(spoken: str) -> Mapping[str, str]:
    return dict(Locale.parse(spoken).territories)


def copy_of(spec: GradeSpec) -> dict[str, Any]:
    """The grade as it stands, for a line that is agreed: plain values, the same for ever."""
    return {
        "spec_id": spec.id,
        "sign": spec.sign,
        "market": spec.market,
        "name_vi": spec.name_vi,
        "name_en": spec.name_en,
        "measure": str(spec.measure),
        "least": _plain(spec.least),
        "most": _plain(spec.most),
        "max_defects": _plain(spec.max_defects),
        "rules_vi": spec.rules_vi,
        "rules_en": spec.rules_en,
    }


def name_in(copy: Mapping[str, Any]) -> str:
    """What a copied grade is called in the reader's language; "" for none."""
    return pick(copy.get("name_vi", ""), copy.get("name_en", ""))


def name_within(copy: Mapping[str, Any]) -> str:
    """The same inside a sentence: "loại A"."""
    name = name_in(copy)
    return name[:1].lower() + name[1:]


def lines_of(copy: Mapping[str, Any]) -> list[str]:
    """What a copied grade asks for, as short sentences in the reader's language."""
    if not copy:
        return []
    said = [size_words(copy["measure"], _number(copy["least"]), _number(copy["most"]))]
    if (defects := _number(copy["max_defects"])) is not None:
        said.append(_("At the most %(rate)s with defects", rate=formats.percent(defects, locale())))
    said.append(pick(copy["rules_vi"], copy["rules_en"]))
    return [line for line in said if line]


def size_words(measure: str, least: Decimal | None, most: Decimal | None) -> str:
    """ "150–200 g each", "over 350 g each"; "" without a size."""
    if measure == Measure.NONE:
        return ""
    small = formats.number(least, locale()) if least is not None else ""
    large = formats.number(most, locale()) if most is not None else ""
    if small and large:
        return _("%(small)s–%(large)s %(unit)s each", small=small, large=large, unit=measure)
    if small:
        return _("over %(small)s %(unit)s each", small=small, unit=measure)
    return _("up to %(large)s %(unit)s each", large=large, unit=measure)


def _plain(value: Decimal | None) -> str | None:
    return None if value is None else format(value.normalize(), "f")


def _number(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)
