"""What is to be paid for deliveries: one line each, rounded half up once, then added.

Accepted kilograms of each grade at their price, with what earlier sheets counted wrongly, less deductions; a penalty
and interest; then what was given ahead is
counted off, inputs first and the deposit last, never more than there is to pay.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from marketplace.foundation.money import Money, line_total
from marketplace.foundation.words import _l

HUNDRED = Decimal(100)
NOTHING = Money(0)


class LineKind(StrEnum):
    """correction: a slip of an earlier sheet says something else by now; inputs_let_go: of inputs that no goods came
    for the buyer asks this no more; deposit_added: who took a deposit and refuses pays the same sum besides."""

    GOODS = "goods"
    CORRECTION = "correction"
    DEDUCTION = "deduction"
    PENALTY = "penalty"
    INTEREST = "interest"
    INPUTS = "inputs"
    INPUTS_LET_GO = "inputs_let_go"
    DEPOSIT = "deposit"
    DEPOSIT_ADDED = "deposit_added"


OF_SLIPS = (LineKind.GOODS, LineKind.CORRECTION)
"""What slips of acceptance come to."""
LINE_LABELS = {
    LineKind.GOODS: _l("Goods accepted"),
    LineKind.CORRECTION: _l("Correction of an earlier sheet"),
    LineKind.DEDUCTION: _l("Deduction"),
    LineKind.PENALTY: _l("Penalty"),
    LineKind.INTEREST: _l("Interest for paying late"),
    LineKind.INPUTS: _l("Inputs given ahead, counted off"),
    LineKind.INPUTS_LET_GO: _l("Of it not asked back"),
    LineKind.DEPOSIT: _l("Deposit, counted off"),
    LineKind.DEPOSIT_ADDED: _l("Besides the deposit, by its terms"),
}


@dataclass(frozen=True, slots=True)
class Graded:
    """Accepted kilograms of one grade at đồng per kg."""

    grade: str
    quantity: Decimal
    price: Money


@dataclass(frozen=True, slots=True)
class Line:
    """Below zero where it lessens what the buyer pays."""

    kind: LineKind
    amount: Money
    grade: str = ""
    quantity: Decimal | None = None
    price: Money | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Settlement:
    """`total` is what the buyer pays; when less than nothing is due, `owed_back` says what the seller owes.

    `inputs_left` and `deposit_left` are counted off later.
    """

    lines: tuple[Line, ...]
    total: Money
    owed_back: Money
    inputs_left: Money
    deposit_left: Money

    def of(self, kind: LineKind) -> Money:
        return Money(sum(line.amount for line in self.lines if line.kind is kind))


def settle(
    goods: Sequence[Graded],
    *,
    corrected: Money = NOTHING,
    deductions: Sequence[tuple[str, Money]] = (),
    inputs: Money = NOTHING,
    inputs_share: Decimal = HUNDRED,
    deposit: Money = NOTHING,
    interest: Money = NOTHING,
    seller_penalty: Money = NOTHING,
    buyer_penalty: Money = NOTHING,
) -> Settlement:
    """Sums a seller's deliveries up. `corrected` is what earlier sheets counted too little, below zero too much.
    `inputs` and `deposit` are what is still to be counted off; at most `inputs_share` per cent of the goods' value goes
    towards inputs each time."""
    lines = [
        Line(LineKind.GOODS, line_total(each.price, each.quantity), each.grade, each.quantity, each.price)
        for each in goods
    ]
    value = Money(sum(line.amount for line in lines))
    lines += [Line(LineKind.CORRECTION, corrected)] if corrected else []
    lines += [Line(LineKind.DEDUCTION, -amount, words=words) for words, amount in deductions if amount]
    lines += [Line(LineKind.PENALTY, -seller_penalty)] if seller_penalty else []
    lines += [Line(LineKind.PENALTY, buyer_penalty)] if buyer_penalty else []
    lines += [Line(LineKind.INTEREST, interest)] if interest else []
    due = Money(sum(line.amount for line in lines))
    by_inputs = _counted_off(due, min(inputs, value.percent(inputs_share)))
    by_deposit = _counted_off(due - by_inputs, deposit)
    lines += [Line(LineKind.INPUTS, -by_inputs)] if by_inputs else []
    lines += [Line(LineKind.DEPOSIT, -by_deposit)] if by_deposit else []
    total = due - by_inputs - by_deposit
    return Settlement(
        tuple(lines),
        Money(max(total, 0)),
        Money(max(-total, 0)),
        inputs - by_inputs,
        deposit - by_deposit,
    )


def _counted_off(due: Money, left: Money) -> Money:
    """As much of what was given ahead as there is to pay."""
    return Money(max(min(due, left), 0))
