"""How a field is told."""

from __future__ import annotations

from decimal import Decimal

from marketplace.foundation import formats
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _
from marketplace.growing.models import Plot
from marketplace.growing.states import LandUnit

TENTH = Decimal("0.1")


def area_told(plot: Plot) -> str:
    """ "12 sào", "1,4 ha", "850 m²": as its people count it."""
    number = formats.number(plot.area_written.quantize(TENTH).normalize(), locale())
    if plot.area_unit is LandUnit.SAO:
        return _("%(n)s sào", n=number)
    return f"{number} ha" if plot.area_unit is LandUnit.HA else f"{number} m²"
