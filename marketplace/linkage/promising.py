"""A contract's claims in the ledger of goods: each week of its schedule promises volume of its product."""

from __future__ import annotations

from typing import Any

from marketplace.linkage.models.contract import Contract
from marketplace.linkage.terms import Content


def promise_schedule(contract: Contract, content: Content, *, by: Any) -> None:
    """Nothing yet."""


def release(contract: Contract, *, by: Any) -> None:
    """Nothing yet."""
