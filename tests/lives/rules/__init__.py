"""What can happen, one file for each part of an order's life."""

from tests.lives.rules import (
    answering,
    buying,
    cards,
    changing,
    clockwork,
    company,
    goods,
    money,
    paying,
    scale,
    standing,
    stock,
    trouble,
)
from tests.lives.rules.clockwork import come_to_rest

__all__ = [
    "answering",
    "buying",
    "cards",
    "changing",
    "clockwork",
    "come_to_rest",
    "company",
    "goods",
    "money",
    "paying",
    "scale",
    "standing",
    "stock",
    "trouble",
]
