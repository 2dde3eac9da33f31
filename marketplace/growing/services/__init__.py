"""Verbs of fields, diaries, rules and lots."""

from marketplace.growing.services.diary import Done, correct, strike, warnings, write
from marketplace.growing.services.lot import (
    add_test,
    free,
    give_back,
    harvest,
    label,
    recall,
    set_result,
    standing_against,
    take,
    take_off,
)
from marketplace.growing.services.plot import (
    PlotFacts,
    SowingFacts,
    add_plot,
    change_plot,
    close_plot,
    finish_sowing,
    foresee,
    lose_sowing,
    sow,
)
from marketplace.growing.services.rule import add_rule, end_rule

__all__ = [
    "Done",
    "PlotFacts",
    "SowingFacts",
    "add_plot",
    "add_rule",
    "add_test",
    "change_plot",
    "close_plot",
    "correct",
    "end_rule",
    "finish_sowing",
    "foresee",
    "free",
    "give_back",
    "harvest",
    "label",
    "lose_sowing",
    "recall",
    "set_result",
    "sow",
    "standing_against",
    "strike",
    "take",
    "take_off",
    "warnings",
    "write",
]
