"""Verbs of fairs, one noun per file."""

from marketplace.fairs.services.stand import confirm, decline, expire, move, offer, release
from marketplace.fairs.services.swap import agree, ask_swap, decline_swap, end_swaps, take_back_swap
from marketplace.fairs.services.waiting import (
    ask_for_better,
    expire_better,
    keep_own,
    leave,
    leave_relocation,
    put_on_list,
    serve,
    take_better,
)

__all__ = [
    "agree",
    "ask_for_better",
    "ask_swap",
    "confirm",
    "decline",
    "decline_swap",
    "end_swaps",
    "expire",
    "expire_better",
    "keep_own",
    "leave",
    "leave_relocation",
    "move",
    "offer",
    "put_on_list",
    "release",
    "serve",
    "take_back_swap",
    "take_better",
]
