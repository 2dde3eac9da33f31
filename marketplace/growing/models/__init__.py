"""Tables of what grows where."""

from marketplace.growing.models.diary import DiaryEntry, DiarySending
from marketplace.growing.models.lot import Lot, LotPlot, LotSending, LotTest
from marketplace.growing.models.plot import Plot, Sowing
from marketplace.growing.models.rule import SubstanceRule

__all__ = [
    "DiaryEntry",
    "DiarySending",
    "Lot",
    "LotPlot",
    "LotSending",
    "LotTest",
    "Plot",
    "Sowing",
    "SubstanceRule",
]
