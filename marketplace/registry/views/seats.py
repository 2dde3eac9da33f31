"""The same pages of a report on the desk and at the office: who looks, and what their addresses are."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import Blueprint, request, url_for

from marketplace.foundation.audit import acting_for

V = TypeVar("V", bound=Callable[..., Any])


@dataclass(frozen=True)
class Seat:
    """From which side a page is looked at."""

    side: str
    blueprint: str

    @property
    def frame(self) -> str:
        return f"layout/{self.side}.html"

    @property
    def officer(self) -> bool:
        return self.side == "office"

    def url(self, page: str, **values: Any) -> str:
        return url_for(f"{self.blueprint}.{page}", **values)

    def behalf(self, organisation_id: int) -> AbstractContextManager[None]:
        """What an officer does is done on behalf of the organisation."""
        return acting_for(organisation_id if self.officer else None)


@dataclass(frozen=True)
class Sides:
    desk: Blueprint
    office: Blueprint

    def route(self, rule: str, **options: Any) -> Callable[[V], V]:
        """`{report}` stands for those that the side may see."""

        def register(view: V) -> V:
            self.desk.route(rule.format(report="<own_annual_report:report>"), **options)(view)
            self.office.route(rule.format(report="<any_annual_report:report>"), **options)(view)
            return view

        return register


def seat() -> Seat:
    """Whoever looks now."""
    blueprint = request.blueprint or ""
    return Seat(blueprint.partition("_")[0], blueprint)
