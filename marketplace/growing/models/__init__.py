"""Tables of what grows where."""

from marketplace.growing.models.diary import DiaryEntry, DiarySending
from marketplace.growing.models.lot import Lot, LotPlot, LotTest
from marketplace.growing.models.plot import Plot, Sowing
from marketplace.growing.models.rule import SubstanceRule

__all__ = ["DiaryEntry", "DiarySending", "Lot", "LotPlot", "LotTest", "Plot", "Sowing", "SubstanceRule"]
