"""One view, two doors: a buyer under /buyer, and the alliance under /office for what it wrote down for a buyer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

from flask import Blueprint

V = TypeVar("V", bound=Callable[..., Any])
BUYERS = {"need": "<own_need:need>", "quote": "<buyers_quote:quote>"}
OFFICES = {"need": "<any_need:need>", "quote": "<any_quote:quote>"}


class Sides(NamedTuple):
    """The same endpoints on both sides."""

    buyer: Blueprint
    office: Blueprint

    def route(self, rule: str, **options: Any) -> Callable[[V], V]:
        """`{need}` and `{quote}` stand for those that the side may see."""

        def register(view: V) -> V:
            self.buyer.route(rule.format(**BUYERS), **options)(view)
            self.office.route(rule.format(**OFFICES), **options)(view)
            return view

        return register


def sides(noun: str, path: str = "") -> Sides:
    """`requests` -> the blueprints buyer_requests and office_requests."""
    return Sides(
        Blueprint(f"buyer_{noun}", f"{__name__}.{noun}", url_prefix=f"/buyer{path}"),
        Blueprint(f"office_{noun}", f"{__name__}.{noun}", url_prefix=f"/office{path}"),
    )
