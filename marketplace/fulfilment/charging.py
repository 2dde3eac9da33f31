"""What a settlement sheet is told of the record: the penalty of each side, once for the whole contract."""

from __future__ import annotations

from marketplace.foundation import formats
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _, in_both
from marketplace.fulfilment import penalties
from marketplace.fulfilment.models import ContractShortfall
from marketplace.fulfilment.penalties import Penalty
from marketplace.fulfilment.queries import shortfall as queries


@penalties.provider
def of_record(contract_id: int) -> list[Penalty]:
    """Every one that is owed: the sheet itself sees to it that each is charged once."""
    return [
        Penalty(
            party=fact.side,
            amount=fact.penalty,
            value=fact.value,
            fact=fact.fact,
            words=_words(fact),
        )
        for fact in queries.shortfalls_of(contract_id)
        if fact.penalty > 0
    ]


def _words(fact: ContractShortfall) -> dict[str, str]:
    def told() -> str:
        return _(
            "Penalty for the whole contract: %(kg)s missing at %(price)s, %(rate)s",
            kg=formats.weight(fact.missing, locale()),
            price=formats.vnd(fact.price, locale()),
            rate=formats.percent(fact.rate, locale()),
        )

    return in_both(told)
