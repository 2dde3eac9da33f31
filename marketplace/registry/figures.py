"""What a yearly report asks for, in sections as they are filled in, and what must be true of the sums."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Any

from marketplace.foundation import formats
from marketplace.foundation.money import Money
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _, _l


class Kind(StrEnum):
    COUNT = "count"
    MONEY = "money"
    SIGNED = "signed"
    WORDS = "words"


@dataclass(frozen=True)
class Figure:
    """One box of the form. `needed` before it can be handed in; `known` under which titles a sheet may hold it."""

    name: str
    label: Any
    kind: Kind = Kind.MONEY
    needed: bool = False
    hint: Any = None


@dataclass(frozen=True)
class Section:
    key: str
    title: Any
    lead: Any
    figures: tuple[Figure, ...]


SECTIONS = (
    Section(
        "people",
        _l("Members and workers"),
        _l("People first. Count them as they stood on the last day of the year."),
        (
            Figure("members_start", _l("Members when the year began"), Kind.COUNT, True),
            Figure("members_end", _l("Members when the year ended"), Kind.COUNT, True),
            Figure("workers", _l("People who work regularly"), Kind.COUNT, True),
            Figure(
                "avg_member_income",
                _l("Average income of a member in the year"),
                hint=_l("What one member earned from the cooperative, on average."),
            ),
        ),
    ),
    Section(
        "results",
        _l("Revenue and profit"),
        _l("As they stand in your books at the end of the year."),
        (
            Figure("revenue_total", _l("Revenue"), needed=True),
            Figure(
                "revenue_with_members",
                _l("Of it from members"),
                hint=_l("Services and goods that members bought from the cooperative or sold through it."),
            ),
            Figure("cost", _l("Costs"), needed=True),
            Figure(
                "profit_before_tax",
                _l("Profit before tax"),
                Kind.SIGNED,
                True,
                _l("Write a loss with a minus, for example -15 triệu."),
            ),
            Figure("profit_after_tax", _l("Profit after tax"), Kind.SIGNED, True),
            Figure("tax_paid", _l("Paid to the State")),
            Figure(
                "value_added",
                _l("Value added"),
                Kind.SIGNED,
                hint=_l("Revenue less what was bought in. Leave it empty if you do not know it."),
            ),
        ),
    ),
    Section(
        "capital",
        _l("Assets and capital"),
        _l("On the last day of the year."),
        (
            Figure("total_assets", _l("All assets"), needed=True),
            Figure(
                "undivided_assets",
                _l("Of them undivided"),
                hint=_l("What belongs to the cooperative for ever and is never shared out."),
            ),
            Figure("equity", _l("Own capital"), Kind.SIGNED, True),
            Figure("charter_capital", _l("Charter capital")),
        ),
    ),
    Section(
        "funds",
        _l("Funds"),
        _l("What lies in each fund on the last day of the year."),
        (
            Figure("fund_development", _l("Development fund")),
            Figure("fund_reserve", _l("Reserve fund")),
            Figure("fund_other", _l("Other funds")),
        ),
    ),
    Section(
        "words",
        _l("In your own words"),
        _l("A few lines are enough."),
        (
            Figure("services_list", _l("Services for members"), Kind.WORDS),
            Figure("main_products", _l("Main products"), Kind.WORDS),
            Figure("investments", _l("What you invested in"), Kind.WORDS),
            Figure("difficulties", _l("What was difficult"), Kind.WORDS),
            Figure("proposals", _l("What you ask of the alliance and the State"), Kind.WORDS),
        ),
    ),
)
BY_KEY = {section.key: section for section in SECTIONS}
FIGURES = tuple(figure for section in SECTIONS for figure in section.figures)
BY_NAME = {figure.name: figure for figure in FIGURES}
NAMES = tuple(BY_NAME)
NUMBERS = tuple(figure.name for figure in FIGURES if figure.kind is not Kind.WORDS)
NEEDED = tuple(figure.name for figure in FIGURES if figure.needed)
ODD_PERCENT = Decimal(50)
"""A figure that moved by more than this from one year to the next is asked about once."""
FUNDS = ("fund_development", "fund_reserve", "fund_other")
_WITHIN = (
    (
        "profit_after_tax",
        "profit_before_tax",
        _l("Profit after tax (%(less)s) cannot be more than before tax (%(more)s)."),
    ),
    (
        "revenue_with_members",
        "revenue_total",
        _l("Revenue from members (%(less)s) cannot be more than all revenue (%(more)s)."),
    ),
    (
        "undivided_assets",
        "total_assets",
        _l("Undivided assets (%(less)s) cannot be more than all assets (%(more)s)."),
    ),
    ("equity", "total_assets", _l("Own capital (%(less)s) cannot be more than all assets (%(more)s).")),
)


def values_of(told: Any) -> dict[str, Any]:
    """All figures of a report or a version, by name."""
    return {name: getattr(told, name) for name in NAMES}


def missing(values: Mapping[str, Any]) -> list[str]:
    """What is needed and not there yet."""
    return [name for name in NEEDED if values.get(name) is None]


def impossible(values: Mapping[str, Any]) -> dict[str, str]:
    """Figure → the sentence why it cannot be so."""
    wrong: dict[str, str] = {}
    for less, more, sentence in _WITHIN:
        small, large = values.get(less), values.get(more)
        if small is not None and large is not None and small > large:
            wrong[less] = str(sentence) % {"less": _vnd(small), "more": _vnd(large)}
    return wrong


def odd(values: Mapping[str, Any], before: Mapping[str, Any] | None = None) -> dict[str, str]:
    """Figure → a sentence about what is possible, and seldom: somebody looks at it once more."""
    found: dict[str, str] = {}
    _odd_profit(values, found)
    _odd_value_added(values, found)
    _odd_funds(values, found)
    for name, sentence in _odd_against(values, before or {}):
        found.setdefault(name, sentence)
    return found


def _odd_profit(values: Mapping[str, Any], found: dict[str, str]) -> None:
    revenue, cost, profit = (values.get(name) for name in ("revenue_total", "cost", "profit_before_tax"))
    if revenue is None or cost is None or profit is None or Money(revenue) - cost == profit:
        return
    found["profit_before_tax"] = _(
        "Revenue less costs is %(left)s, you wrote %(profit)s. Is there other income or loss?",
        left=_vnd(Money(revenue) - cost),
        profit=_vnd(profit),
    )


def _odd_value_added(values: Mapping[str, Any], found: dict[str, str]) -> None:
    added, revenue = values.get("value_added"), values.get("revenue_total")
    if added is not None and revenue is not None and added > revenue:
        found["value_added"] = _(
            "Value added (%(added)s) is more than all revenue (%(revenue)s).",
            added=_vnd(added),
            revenue=_vnd(revenue),
        )


def _odd_funds(values: Mapping[str, Any], found: dict[str, str]) -> None:
    funds, equity = [values[name] for name in FUNDS if values.get(name) is not None], values.get("equity")
    total = Money(sum(funds))
    if funds and equity is not None and total > equity:
        found["fund_development"] = _(
            "The funds together (%(funds)s) are more than the own capital (%(equity)s).",
            funds=_vnd(total),
            equity=_vnd(equity),
        )


def _odd_against(values: Mapping[str, Any], before: Mapping[str, Any]) -> list[tuple[str, str]]:
    told = []
    ended, begins = before.get("members_end"), values.get("members_start")
    if ended is not None and begins is not None and ended != begins:
        told.append(
            (
                "members_start",
                _(
                    "Last year's report ended with %(ended)s members.",
                    ended=formats.number(ended, locale()),
                ),
            )
        )
    for name in NUMBERS:
        moved = change(values.get(name), before.get(name))
        if moved is not None and abs(moved) > ODD_PERCENT:
            told.append(
                (
                    name,
                    _(
                        "Last year it was %(before)s: %(moved)s.",
                        before=shown(name, before[name]),
                        moved=signed(moved),
                    ),
                )
            )
    return told


def change(now: int | None, before: int | None) -> Decimal | None:
    """By how many per cent it moved, to one decimal; None where nothing can be compared (no figure, zero, a loss)."""
    if now is None or before is None or before <= 0:
        return None
    moved = (Decimal(int(now)) - Decimal(int(before))) * 100 / Decimal(int(before))
    return moved.quantize(Decimal("0.1"), ROUND_HALF_UP)


def signed(moved: Decimal) -> str:
    """+12,5 %, −3 %, 0 %."""
    sign = "+" if moved > 0 else "\u2212" if moved < 0 else ""
    return f"{sign}{formats.percent(abs(moved), locale())}"


def shown(name: str, value: Any) -> str:
    """A figure as it stands on a page; a dash where nothing is known."""
    if value is None or value == "":
        return formats.DASH
    kind = BY_NAME[name].kind
    if kind is Kind.WORDS:
        return str(value)
    return formats.number(int(value), locale()) if kind is Kind.COUNT else _vnd(value)


def _vnd(amount: int) -> str:
    return formats.vnd(Money(int(amount)), locale())
