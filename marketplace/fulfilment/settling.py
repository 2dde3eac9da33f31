"""What a sheet would say: firm slips at the prices agreed, penalties, interest, and what was given ahead.

It reads and computes; `services.settlement` writes it down. The sums themselves are `linkage.reckoning.settlement`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from marketplace.foundation import clock, formats
from marketplace.foundation.money import Money
from marketplace.foundation.sharing import share_by_weight
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _, in_both
from marketplace.fulfilment import ending, penalties, recounting
from marketplace.fulfilment.models import Acceptance, Settlement, SettlementBook
from marketplace.fulfilment.queries import settlement as queries
from marketplace.fulfilment.queries import shortfall as record
from marketplace.linkage import agreement
from marketplace.linkage import queries as linkage
from marketplace.linkage.models import AgreedPrice, Contract
from marketplace.linkage.reckoning.interest import days_late, late_interest
from marketplace.linkage.reckoning.price import BY_MARKET, Inputs, PriceRule, priced, reference_day
from marketplace.linkage.reckoning.settlement import OF_SLIPS, Graded, LineKind, settle
from marketplace.linkage.states.contract import ContractSide, VersionState
from marketplace.linkage.terms import Content

NOTHING = Money(0)
HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Priced:
    """Đồng per kg of a grade on a day, why in both languages, and what went in."""

    price: Money
    words: dict[str, str]
    inputs: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Missing:
    """No price is known: the market price of `market_day` was not written down, or both have yet to confirm it."""

    grade: str
    day: dt.date
    market_day: dt.date


@dataclass(frozen=True, slots=True)
class Planned:
    """One line as it would be written."""

    kind: LineKind
    amount: Money
    words: dict[str, str] = field(default_factory=dict)
    inputs: dict[str, Any] = field(default_factory=dict)
    fact: str = ""
    slip: Acceptance | None = None
    day: dt.date | None = None
    grade: str = ""
    quantity: Decimal | None = None
    price: Money | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A member's goods, what is corrected of earlier ones, and its share of what is paid."""

    cooperative_id: int
    kg: Decimal
    goods: Money
    corrected: Money
    amount: Money


@dataclass(frozen=True, slots=True)
class Proposal:
    """A whole sheet. With something `missing` it cannot be drawn up yet."""

    lines: tuple[Planned, ...]
    missing: tuple[Missing, ...]
    slips: tuple[Acceptance, ...]
    goods: Money
    corrected: Money
    total: Money
    owed_back: Money
    inputs_left: Money
    deposit_left: Money
    parts: tuple[Part, ...]
    closing: bool
    end: ending.Ending | None

    @property
    def says_nothing(self) -> bool:
        return not self.lines and self.end is None

    @property
    def is_due(self) -> bool:
        """Whether the clock draws it up: goods or corrections wait, or the contract is over and this would close it."""
        waits = any(line.kind in OF_SLIPS for line in self.lines) or bool(self.slips)
        return waits or (self.closing and not self.says_nothing)

    @property
    def from_day(self) -> dt.date | None:
        return min((delivered_on(slip) for slip in self.slips), default=None)

    @property
    def until_day(self) -> dt.date | None:
        return max((delivered_on(slip) for slip in self.slips), default=None)

    @property
    def accepted_on(self) -> dt.date | None:
        """The day of the last acceptance, from which the days of payment are counted."""
        return max(
            (clock.to_local(slip.firm_since).date() for slip in self.slips if slip.firm_since), default=None
        )

    @property
    def facts(self) -> list[tuple[str, int | None]]:
        """(fact, slip) of all that the sheet settles, each once."""
        told: dict[str, int | None] = {slip_fact(slip): slip.id for slip in self.slips}
        told |= {line.fact: line.slip.id if line.slip else None for line in self.lines if line.fact}
        if self.end is not None:
            told[self.end.fact] = None
        return [*told.items()]

    def of(self, kind: LineKind) -> Money:
        return Money(sum(int(line.amount) for line in self.lines if line.kind is kind))


def delivered_on(slip: Acceptance) -> dt.date:
    return clock.to_local(slip.arrived_at).date()


def slip_fact(slip: Acceptance) -> str:
    return f"slip:{slip.id}"


def proposal(
    contract: Contract,
    *,
    first: dt.date | None = None,
    last: dt.date | None = None,
    deductions: Sequence[tuple[str, Money]] = (),
    instead_of: Settlement | None = None,
    said: ending.Said | None = None,
    let_go: Money = NOTHING,
) -> Proposal:
    """What is to be settled now: firm slips of deliveries within these days that stand in no sheet, and what earlier
    sheets counted otherwise than their slips say by now. `instead_of` is a sheet that this one would replace: its slips
    and what it counted off are free again. Where it closes the contract it says what becomes of the deposit, as the
    record tells, or as one side `said`, and asks back what is left of inputs given ahead, less what is `let_go`."""
    content = linkage.content_in_force(contract)
    slips = queries.unsettled(contract.id, first=first, last=last, beside=instead_of)
    goods, missing = _goods(contract, slips)
    corrections = _corrections(contract, instead_of, missing)
    late = _late(contract, content, instead_of)
    breached = _breached(contract, instead_of)
    carried = _carried(contract, instead_of)
    given = [*_agreed_deductions(deductions), *carried]
    book = queries.book_of(contract.id) or SettlementBook(
        deposit_came=NOTHING,
        deposit_counted=NOTHING,
        deposit_ended=NOTHING,
        inputs_given=NOTHING,
        inputs_counted=NOTHING,
    )
    inputs, deposit = _free(book, instead_of)
    closing = not missing and _closes(contract, slips, instead_of)
    told = settle(
        [Graded(each.grade, each.quantity or Decimal(0), each.price or NOTHING) for each in goods],
        corrected=Money(sum(int(each.amount) for each in corrections)),
        deductions=[("", -each.amount) for each in given],
        inputs=inputs,
        inputs_share=HUNDRED if closing else _inputs_share(content),
        deposit=deposit,
        interest=Money(sum(int(each.amount) for each in late)),
        seller_penalty=Money(-sum(int(each.amount) for each in breached if each.amount < 0)),
        buyer_penalty=Money(sum(int(each.amount) for each in breached if each.amount > 0)),
    )
    ahead = [
        Planned(line.kind, line.amount, words=_ahead_words(line.kind))
        for line in told.lines
        if line.kind in (LineKind.INPUTS, LineKind.DEPOSIT)
    ]
    asked_back = _asked_back(told.inputs_left, let_go) if closing else []
    end = (
        ending.ending(contract, content, told.deposit_left, record.shortfalls_of(contract.id), said)
        if closing and content is not None
        else None
    )
    added = [_added(end)] if end is not None and end.outcome.added else []
    balance = told.total - told.owed_back + sum(int(each.amount) for each in (*asked_back, *added))
    total = Money(max(balance, 0))
    return Proposal(
        (*goods, *corrections, *given, *breached, *late, *ahead, *asked_back, *added),
        tuple(_ordered(missing)),
        tuple(slips),
        told.of(LineKind.GOODS),
        told.of(LineKind.CORRECTION),
        total,
        Money(max(-balance, 0)),
        NOTHING if closing else told.inputs_left,
        NOTHING if end is not None else told.deposit_left,
        tuple(_parts(contract, goods, corrections, total)),
        closing,
        end,
    )


def _closes(contract: Contract, slips: Sequence[Acceptance], instead_of: Settlement | None) -> bool:
    """The last sheet: the contract is over and its record is written, every slip counts and stands in a sheet, and no
    other sheet waits to be confirmed."""
    return (
        contract.state in record.ENDED
        and bool(record.shortfalls_of(contract.id))
        and not record.unsettled_calls(contract.id)
        and len(queries.unsettled(contract.id, beside=instead_of)) == len(slips)
        and not queries.waits_to_be_confirmed(contract.id, beside=instead_of)
    )


# --- goods and their prices ---------------------------------------------------------------------------


def _goods(contract: Contract, slips: Sequence[Acceptance]) -> tuple[list[Planned], list[Missing]]:
    """One line for each grade of each slip, at the price of the day of its delivery."""
    known = queries.agreed_prices(contract.id)
    lines, missing = [], []
    for slip in slips:
        day = delivered_on(slip)
        for grade, kg in recounting.by_grade(slip).items():
            told = price_of(contract, grade, day, known)
            if isinstance(told, Missing):
                missing.append(told)
                continue
            amount = told.price.times(kg)
            lines.append(
                Planned(
                    LineKind.GOODS,
                    amount,
                    told.words,
                    told.inputs,
                    slip_fact(slip),
                    slip,
                    day,
                    grade,
                    kg,
                    told.price,
                )
            )
    return lines, missing


def _ordered(missing: Sequence[Missing]) -> list[Missing]:
    """Each price once, by its day."""
    once = {(each.grade, each.market_day): each for each in missing}
    return sorted(once.values(), key=lambda each: (each.day, each.grade))


def _corrections(contract: Contract, instead_of: Settlement | None, missing: list[Missing]) -> list[Planned]:
    """What earlier sheets counted too little or too much; a price that nobody wrote down is added to `missing`."""

    def pricing(slip: Acceptance, grade: str) -> tuple[Money, dict[str, Any]] | None:
        told = price_of(contract, grade, delivered_on(slip), queries.agreed_prices(contract.id))
        if isinstance(told, Missing):
            missing.append(told)
            return None
        return told.price, told.inputs

    return [
        Planned(
            LineKind.CORRECTION,
            each.amount,
            each.words,
            each.inputs,
            each.fact,
            each.slip,
            delivered_on(each.slip),
            each.grade,
            each.quantity,
            each.price,
        )
        for each in recounting.recounts(contract.id, pricing, beside=instead_of)
    ]


def price_of(contract: Contract, grade: str, day: dt.date, known: Sequence[AgreedPrice]) -> Priced | Missing:
    """By the rule that was in force on the day of delivery. A rule that looks at the market takes the price that was
    computed from the market price of its reference day and confirmed, and no other.

    Raises Refusal for a grade without terms.
    """
    rule = _rule_on(contract, day)
    rule.of(grade)
    if rule.kind not in BY_MARKET:
        told = priced(rule, Inputs(grade))
        return Priced(told.price, told.words(), {"rule": str(rule.kind), **told.inputs.plain()})
    wanted = reference_day(rule, day)
    for each in known:
        if each.grade == grade and each.day <= day and each.inputs.get("market_day") == wanted.isoformat():
            return Priced(
                each.price, each.words, {"rule": str(rule.kind), "price_id": each.id, **each.inputs}
            )
    return Missing(grade, day, wanted)


def _rule_on(contract: Contract, day: dt.date) -> PriceRule:
    """An annex counts from the day on which both had signed it."""
    signed = [each for each in contract.versions if each.state is VersionState.IN_FORCE and each.offered]
    before = [
        each
        for each in signed
        if each.in_force_at is not None and clock.to_local(each.in_force_at).date() <= day
    ]
    version = (before or signed[:1])[-1]
    assert version.offered is not None, "signed versions were offered"
    return agreement.price_rule(version.offered.told)


# --- beside the goods ---------------------------------------------------------------------------------


def _agreed_deductions(deductions: Sequence[tuple[str, Money]]) -> list[Planned]:
    return [
        Planned(LineKind.DEDUCTION, -amount, words={"vi": words, "en": words})
        for words, amount in deductions
        if amount
    ]


def _carried(contract: Contract, instead_of: Settlement | None) -> list[Planned]:
    """What earlier sheets left owed by the seller."""
    found = queries.owed_back(contract.id, beside=instead_of)
    return [
        Planned(
            LineKind.DEDUCTION,
            -each.owed_back,
            words=_owed_words(each.number),
            inputs={"settlement": each.ref, "number": each.number},
            fact=f"settlement:{each.id}",
        )
        for each in found
    ]


def _owed_words(number: str) -> dict[str, str]:
    return in_both(lambda: _("Owed back from sheet %(number)s", number=number))


def _breached(contract: Contract, instead_of: Settlement | None) -> list[Planned]:
    """Penalties that no sheet has charged; below zero where the seller pays."""
    told = penalties.of_contract(contract.id, clock.today())
    taken = queries.taken_facts([each.fact for each in told], beside=instead_of)
    return [
        Planned(
            LineKind.PENALTY,
            -each.amount if each.party is ContractSide.SELLER else each.amount,
            words=each.words,
            inputs={"value": int(each.value), "party": str(each.party)},
            fact=each.fact,
        )
        for each in told
        if each.fact not in taken
    ]


def _late(contract: Contract, content: Content | None, instead_of: Settlement | None) -> list[Planned]:
    """Interest on what came for earlier sheets after its day: one line for each payment that was late."""
    rate = (content["payment"]["late_rate"] if content is not None else None) or Decimal(0)
    if not rate:
        return []
    found = queries.late_payments(contract.id)
    taken = queries.taken_facts([each.fact for each in found], beside=instead_of)
    return [_interest(each, rate) for each in found if each.fact not in taken]


def _interest(late: queries.LatePayment, rate: Decimal) -> Planned:
    days = days_late(late.due_on, late.paid_on)
    return Planned(
        LineKind.INTEREST,
        late_interest(late.amount, rate=rate, days=days),
        words=in_both(lambda: _interest_words(late, rate, days)),
        inputs={
            "number": late.number,
            "settlement": late.ref,
            "amount": int(late.amount),
            "due_on": late.due_on.isoformat(),
            "paid_on": late.paid_on.isoformat(),
            "days": days,
            "rate": str(rate),
        },
        fact=late.fact,
    )


def _interest_words(late: queries.LatePayment, rate: Decimal, days: int) -> str:
    return _(
        "Sheet %(number)s: %(sum)s came on %(paid)s instead of %(due)s, %(days)s days late, at %(rate)s a year",
        number=late.number,
        sum=formats.vnd(late.amount, locale()),
        paid=formats.date(late.paid_on, locale()),
        due=formats.date(late.due_on, locale()),
        days=days,
        rate=formats.percent(rate, locale()),
    )


def _free(book: SettlementBook, instead_of: Settlement | None) -> tuple[Money, Money]:
    """(Inputs, deposit) that are still to be counted off."""
    inputs, deposit = book.inputs_left, book.deposit_left
    if instead_of is None:
        return inputs, deposit
    end = instead_of.deposit_end
    ended = end.kept + end.returned if end is not None else NOTHING
    return inputs - instead_of.of(LineKind.INPUTS), deposit - instead_of.of(LineKind.DEPOSIT) + ended


def _asked_back(left: Money, let_go: Money) -> list[Planned]:
    """What was given ahead and no goods came for: owed, since no later sheet counts it off."""
    if not left:
        return []
    off = Money(min(left, let_go))
    rest = in_both(lambda: _("The contract is over, and no goods came for this part"))
    agreed = in_both(lambda: _("Both sides agree that this is not paid back"))
    return [
        Planned(LineKind.INPUTS, -left, words=rest),
        *([Planned(LineKind.INPUTS_LET_GO, off, words=agreed)] if off else []),
    ]


def _inputs_share(content: Content | None) -> Decimal:
    share: Decimal | None = content["advance"]["inputs_share"] if content is not None else None
    return HUNDRED if share is None else share


def _added(end: ending.Ending) -> Planned:
    """What the seller pays besides the deposit that it gives back."""
    return Planned(
        LineKind.DEPOSIT_ADDED,
        -end.outcome.added,
        words=end.words,
        inputs=end.inputs,
        fact=end.fact,
    )


def _ahead_words(kind: LineKind) -> dict[str, str]:
    if kind is LineKind.INPUTS:
        return in_both(lambda: _("Of what the buyer gave ahead in seed, fertiliser and the like"))
    return in_both(lambda: _("Of the deposit that came"))


# --- the members of a pool ----------------------------------------------------------------------------


def _parts(
    contract: Contract, goods: Sequence[Planned], corrections: Sequence[Planned], total: Money
) -> list[Part]:
    """Each member's kilograms, goods and corrections; what is paid is shared by their value, so that nothing is lost.
    Whose goods were counted too much before gives that back to the others, as far as anything is paid."""
    if not contract.origin.startswith("pool:") or not (goods or corrections):
        return []
    kg: dict[int, Decimal] = {}
    value: dict[int, Money] = {}
    corrected: dict[int, Money] = {}
    for line in (*goods, *corrections):
        assert line.slip is not None and line.quantity is not None
        member = line.slip.cooperative_id
        mine = value if line.kind is LineKind.GOODS else corrected
        mine[member] = mine.get(member, NOTHING) + line.amount
        if line.kind is LineKind.GOODS:
            kg[member] = kg.get(member, Decimal(0)) + line.quantity
    members = sorted({*value, *corrected})
    own = {each: int(value.get(each, NOTHING) + corrected.get(each, NOTHING)) for each in members}
    amounts = _shared(total, own)
    return [
        Part(each, kg.get(each, Decimal(0)), value.get(each, NOTHING), corrected.get(each, NOTHING), amount)
        for each, amount in amounts.items()
    ]


def _shared(total: Money, own: dict[int, int]) -> dict[int, Money]:
    """What each gets or, below nothing, gives back. Where nothing is paid nobody gets or gives."""
    takers = {member: worth for member, worth in own.items() if worth > 0}
    if not takers:
        return {}
    givers = {member: Money(worth) for member, worth in own.items() if worth < 0 and total}
    shares = share_by_weight(Money(total - sum(givers.values())), takers)
    told = {member: Money(0) for member in own}
    return told | givers | {member: Money(share.amount) for member, share in shares.items()}
