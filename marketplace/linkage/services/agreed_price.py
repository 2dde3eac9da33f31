"""Prices by a contract's rule: computed once for a grade and a day, kept with what went in, confirmed by both."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from marketplace.documents.content import frozen
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.money import Money
from marketplace.foundation.reference import random_ref
from marketplace.foundation.words import _l, picked_later
from marketplace.linkage import board_line, queries
from marketplace.linkage.events.contract import ContractPriceAgreed, ContractPriceComputed
from marketplace.linkage.models.agreed_price import AgreedPrice
from marketplace.linkage.models.contract import Contract
from marketplace.linkage.queries.contract import side_of
from marketplace.linkage.reckoning.price import Inputs, priced, reference_day
from marketplace.linkage.states.contract import ContractSide


def compute_price(
    *,
    contract: Contract,
    grade: str,
    day: dt.date,
    market: Money | None = None,
    source: str = "",
    observations: tuple[int, ...] = (),
    by: Any,
) -> AgreedPrice:
    """The price of a grade for deliveries from `day` on. `market` is the market price of the rule's reference day;
    where the contract follows the price board nobody writes it, unless the board says nothing of that week.

    What was delivered in the last days is priced after the contract has ended too, by the same rule and board. Raises
    Refusal when it was never in force, the grade has no price, or the rule wants a market price.
    """
    rule, content = queries.price_rule_of(contract), queries.content_in_force(contract)
    first, last = contract.from_day, contract.last_priced_day
    if rule is None or content is None or first is None or last is None:
        raise Refusal(_l("Only a contract in force, or one that was, gives a price."))
    if not first <= day <= last:
        raise Refusal(_l("This day lies outside the contract."), field="day")
    if market is not None and not source.strip():
        raise Refusal(_l("Write where the market price was read."), field="source")
    inputs = Inputs(grade, market, reference_day(rule, day), source, observations)
    told = priced(rule, _of_board(inputs, content["price"].get("board")))
    now = None if rule.weekly_review else clock.now()
    made = AgreedPrice(
        ref=random_ref(),
        contract=contract,
        day=day,
        grade=grade,
        price=told.price,
        rule=frozen(content["price"]),
        inputs=told.inputs.plain(),
        words=told.words(),
        computed_by_id=id_of(by),
        computed_at=clock.now(),
        seller_agreed_at=now,
        buyer_agreed_at=now,
    )
    db.session.add(made)
    db.session.flush()
    announce(
        ContractPriceComputed(
            contract_id=contract.id, grade=grade, day=day, price=told.price, actor_id=id_of(by)
        )
    )
    return made


def _of_board(inputs: Inputs, line: board_line.Kept | None) -> Inputs:
    """The market price as the board has it, with the rows it came from."""
    if line is None or inputs.market_day is None:
        return inputs
    if inputs.market_day > clock.today():
        raise Refusal(_l("The day whose market price counts is still to come."), field="day")
    found = board_line.price_of(line, inputs.market_day)
    if found is None:
        return inputs
    if inputs.market is not None and inputs.market != found.price:
        raise Refusal(
            _l("The price board says %(found)s: leave this empty.", found=found.words), field="market"
        )
    name = picked_later(line["words"]["vi"], line["words"]["en"])
    return replace(
        inputs, market=found.price, market_day=found.day, source=name, observations=found.observation_ids
    )


def agree_price(*, price: AgreedPrice, by: Any) -> None:
    """Yes to a computed price, for one's side; a second yes changes nothing."""
    db.session.refresh(price, with_for_update={"of": AgreedPrice})
    side = side_of(by, price.contract)
    if side is ContractSide.SELLER:
        price.seller_agreed_at = price.seller_agreed_at or clock.now()
    elif side is ContractSide.BUYER:
        price.buyer_agreed_at = price.buyer_agreed_at or clock.now()
    else:
        raise Refusal(_l("Only the seller and the buyer confirm a price."))
    db.session.flush()
    announce(
        ContractPriceAgreed(
            contract_id=price.contract_id, grade=price.grade, day=price.day, side=side, actor_id=id_of(by)
        )
    )
