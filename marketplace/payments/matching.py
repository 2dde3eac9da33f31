"""Whether a credit settles a charge by itself. Pure: it is given all that it weighs.

Only the right reference with the right sum counts without a person, and what a person already wrote down by hand is
recognised. All else waits, with the reason.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from marketplace.payments.models import BankLine, Charge, PaymentEntry
from marketplace.payments.states import ChargeState, LineReason, Posting, Way

MOST_TOGETHER = 12
"""Open sums of one payer that are tried together."""


@dataclass(frozen=True)
class Verdict:
    """`charge` to be counted, or `entry` that is this money already, or a `reason` for a person."""

    reason: LineReason = LineReason.NONE
    named: Charge | None = None
    entry: PaymentEntry | None = None

    @property
    def clear(self) -> bool:
        return self.reason is LineReason.NONE


def judge(
    line: BankLine,
    *,
    references: Sequence[str],
    charges: Sequence[Charge],
    recognised: Collection[int],
    waiting: Iterable[BankLine] = (),
    same_payer: Sequence[Charge] = (),
) -> Verdict:
    """`charges` are the payee's that the text names; `recognised` the entries that another line is already;
    `waiting` other open lines that name the same charge; `same_payer` what this payer owes besides."""
    if len(charges) > 1:
        return Verdict(LineReason.SEVERAL)
    if not charges:
        return Verdict(LineReason.UNKNOWN if references else LineReason.MISSING)
    charge = charges[0]
    if line.reason is LineReason.REUSED:
        return Verdict(LineReason.REUSED, charge)
    entry = by_hand(charge, line, recognised)
    fits = charge.state in {ChargeState.EXPECTED, ChargeState.REPORTED} and line.amount == charge.to_pay
    if entry is not None:
        return Verdict(LineReason.DOUBT, charge) if fits else Verdict(named=charge, entry=entry)
    if fits:
        return Verdict(named=charge)
    return Verdict(_why(line, charge, waiting, same_payer), charge)


def _why(
    line: BankLine, charge: Charge, waiting: Iterable[BankLine], same_payer: Sequence[Charge]
) -> LineReason:
    if charge.state is ChargeState.CANCELLED:
        return LineReason.LATE
    if charge.state is ChargeState.SETTLED:
        return LineReason.TWICE
    if line.amount < charge.to_pay:
        whole = int(line.amount) + sum(int(other.amount) for other in waiting)
        return LineReason.PARTS if whole == charge.to_pay else LineReason.SHORT
    return LineReason.SEVERAL if together(int(line.amount), charge, same_payer) else LineReason.OVER


def by_hand(charge: Charge, line: BankLine, recognised: Collection[int]) -> PaymentEntry | None:
    """Money of this sum that a person said came by transfer, and that no line of the bank was recognised as yet."""
    return next(
        (
            entry
            for entry in charge.postings
            if entry.kind is Posting.CONFIRMED
            and entry.method == Way.TRANSFER
            and entry.by_id is not None
            and entry.amount == line.amount
            and entry.id not in recognised
        ),
        None,
    )


def together(amount: int, charge: Charge, others: Sequence[Charge]) -> list[Charge]:
    """This charge with other open ones of the payer that make exactly the sum: the fewest; else nothing."""
    rest = amount - int(charge.to_pay)
    near = [other for other in others if other.id != charge.id and 0 < other.to_pay <= rest][:MOST_TOGETHER]
    for size in range(1, len(near) + 1):
        for chosen in combinations(near, size):
            if sum(int(other.to_pay) for other in chosen) == rest:
                return [charge, *chosen]
    return []
