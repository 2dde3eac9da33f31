"""Whether a linkage may qualify for support by Decree 98/2018/NĐ-CP, and what is missing.

Never a decision: the People's Committee decides, and the figures are dated data.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from marketplace.foundation import formats
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _
from marketplace.linkage.states.contract import LegalKey

YEAR_DAYS = Decimal("365.25")


@dataclass(frozen=True, slots=True)
class Eligibility:
    """`missing` in words of the reader; nothing missing: it may qualify."""

    missing: tuple[str, ...]

    @property
    def may_qualify(self) -> bool:
        return not self.missing


def eligibility(content: Mapping[str, Any], figures: Mapping[LegalKey, Decimal]) -> Eligibility:
    """Conditions that can be read from the contract: duration by production cycle, food safety, project."""
    head, lacks = content["head"], []
    long_cycle = (head["cycle_months"] or 0) >= 12
    wanted = figures[LegalKey.YEARS_LONG_CYCLE if long_cycle else LegalKey.YEARS_SHORT_CYCLE]
    first, last = head["from_day"], head["until_day"]
    years = Decimal((last - first).days + 1) / YEAR_DAYS if first and last else Decimal(0)
    if years < wanted - Decimal("0.01"):
        lacks.append(
            _("It lasts at least %(years)s years.", years=formats.number(wanted.normalize(), locale()))
        )
    if not content["goods"]["food_safety"]:
        lacks.append(_("A food safety certificate, or a commitment to food safety."))
    if not head["project"]:
        lacks.append(_("A linkage project or plan that was approved."))
    if not head["form"]:
        lacks.append(_("One of the seven forms of linkage."))
    return Eligibility(tuple(lacks))
