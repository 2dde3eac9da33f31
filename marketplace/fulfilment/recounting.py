"""What sheets that both confirmed counted otherwise than their slips say by now: a dispute was decided in between.

A confirmed sheet never changes. The difference stands on a later one, at the price of the first; all that is settled of
a slip then comes to what it says, rounded once, in whatever order disputes and sheets came.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from marketplace.foundation import formats
from marketplace.foundation.money import Money
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _, in_both
from marketplace.fulfilment.models import Acceptance, Settlement, SettlementLine, SlipDispute
from marketplace.fulfilment.queries import settlement as queries
from marketplace.fulfilment.states import Outcome
from marketplace.fulfilment.states.dispute import SLIP_DISPUTE_LABELS

NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Recount:
    """One grade of a slip: kilograms and đồng that were settled too little, below zero too much."""

    slip: Acceptance
    grade: str
    quantity: Decimal
    price: Money
    amount: Money
    fact: str
    words: dict[str, str]
    inputs: dict[str, Any]


Pricing = Callable[[Acceptance, str], tuple[Money, dict[str, Any]] | None]
"""Đồng per kg of a grade of which no sheet has settled anything of this slip, with what it follows from; None while it
is missing."""


def by_grade(slip: Acceptance) -> dict[str, Decimal]:
    """Accepted kilograms, as the slip says now."""
    told: dict[str, Decimal] = {}
    for line in slip.lines:
        if line.outcome is Outcome.ACCEPTED:
            told[line.grade] = told.get(line.grade, NOTHING) + line.kg
    return told


def recounts(contract_id: int, pricing: Pricing, *, beside: Settlement | None = None) -> list[Recount]:
    """All that a sheet drawn up now has to correct. `beside` is a sheet that it would replace."""
    found = queries.recounted(contract_id, beside=beside)
    ids = [slip.id for slip, _sheet, _dispute in found]
    settled: dict[int, list[SettlementLine]] = defaultdict(list)
    for line in queries.settled_lines(ids):
        settled[line.acceptance_id or 0].append(line)
    return [
        recount
        for slip, sheet, dispute in found
        for recount in _of_slip(slip, sheet, dispute, settled[slip.id], pricing)
    ]


def _of_slip(
    slip: Acceptance,
    sheet: Settlement,
    dispute: SlipDispute,
    settled: Sequence[SettlementLine],
    pricing: Pricing,
) -> list[Recount]:
    before: Mapping[str, list[SettlementLine]] = _grouped(settled)
    now = by_grade(slip)
    found = []
    for grade in sorted({*before, *now}):
        lines = before.get(grade, [])
        kg_before, kg_now = _kg(lines), now.get(grade, NOTHING)
        if kg_before == kg_now:
            continue
        known = _price_of(lines) or pricing(slip, grade)
        if known is None:
            continue
        price, inputs = known
        paid = Money(sum(int(line.amount) for line in lines))
        found.append(
            Recount(
                slip,
                grade,
                kg_now - kg_before,
                price,
                price.times(kg_now) - paid,
                f"correction:{slip.id}:{slip.revision}",
                _words(sheet, dispute, kg_before, kg_now),
                {
                    **inputs,
                    "number": sheet.number,
                    "settlement": sheet.ref,
                    "dispute": dispute.ref,
                    "kg_before": format(kg_before, "f"),
                    "kg_now": format(kg_now, "f"),
                },
            )
        )
    return found


def _grouped(lines: Sequence[SettlementLine]) -> dict[str, list[SettlementLine]]:
    told: dict[str, list[SettlementLine]] = {}
    for line in lines:
        told.setdefault(line.grade, []).append(line)
    return told


def _kg(lines: Sequence[SettlementLine]) -> Decimal:
    return sum((line.quantity or NOTHING for line in lines), NOTHING)


def _price_of(lines: Sequence[SettlementLine]) -> tuple[Money, dict[str, Any]] | None:
    """That of the first sheet: it stands for this slip."""
    first = lines[0] if lines else None
    return (first.price, first.inputs) if first is not None and first.price is not None else None


def _words(sheet: Settlement, dispute: SlipDispute, before: Decimal, now: Decimal) -> dict[str, str]:
    def told() -> str:
        return _(
            "Sheet %(number)s counted %(before)s kg, the slip says %(now)s kg by now. Dispute: %(decision)s. "
            "No interest is reckoned on the difference.",
            number=sheet.number,
            before=formats.number(before, locale()),
            now=formats.number(now, locale()),
            decision=_small(str(SLIP_DISPUTE_LABELS[dispute.state])),
        )

    return in_both(told)


def _small(words: str) -> str:
    return words[:1].lower() + words[1:]
