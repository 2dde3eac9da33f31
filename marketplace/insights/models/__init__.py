"""Tables of insights."""

from marketplace.insights.models.board import TargetBoard, TargetFigure, TargetMark
from marketplace.insights.models.reading import PeriodReading
from marketplace.insights.models.report import PeriodReport, ReportFigure, ReportParagraph
from marketplace.insights.models.target import (
    VIEWS,
    Baseline,
    ProvinceFigure,
    SteadyJudgement,
    Target,
    TargetPeriod,
)
from marketplace.insights.models.trade import TradeDay, TradeMark, TradeMonth

__all__ = [
    "VIEWS",
    "Baseline",
    "PeriodReading",
    "PeriodReport",
    "ProvinceFigure",
    "ReportFigure",
    "ReportParagraph",
    "SteadyJudgement",
    "Target",
    "TargetBoard",
    "TargetFigure",
    "TargetMark",
    "TargetPeriod",
    "TradeDay",
    "TradeMark",
    "TradeMonth",
]
