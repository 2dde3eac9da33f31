"""Tables of insights."""

from marketplace.insights.models.board import TargetBoard, TargetFigure, TargetMark
from marketplace.insights.models.target import VIEWS, Baseline, ProvinceFigure, Target, TargetPeriod
from marketplace.insights.models.trade import TradeDay, TradeMark, TradeMonth

__all__ = [
    "VIEWS",
    "Baseline",
    "ProvinceFigure",
    "Target",
    "TargetBoard",
    "TargetFigure",
    "TargetMark",
    "TargetPeriod",
    "TradeDay",
    "TradeMark",
    "TradeMonth",
]
