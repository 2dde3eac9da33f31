"""What is looked at before a fund is asked: figures beside the fund's own rules. What is not known is said so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from marketplace.foundation.money import Money
from marketplace.programmes.models import FundRule
from marketplace.programmes.states.fund import CheckKind, Verdict

CENT = Decimal("0.01")


@dataclass(frozen=True)
class Finding:
    """`threshold` and `source` None and empty where the fund's figure was not entered; `value` None where unknown."""

    measure: CheckKind
    value: Decimal | None
    threshold: Decimal | None
    source: str

    @property
    def verdict(self) -> Verdict:
        """Compared before anything is rounded for the eye."""
        if self.value is None or self.threshold is None:
            return Verdict.UNKNOWN
        enough = (
            self.value >= self.threshold
            if self.measure is CheckKind.OWN_SHARE
            else self.value <= self.threshold
        )
        return Verdict.PASSED if enough else Verdict.NOT_PASSED


def share(part: Money, whole: Money | None) -> Decimal | None:
    """Per cent, to a hundredth."""
    if not whole:
        return None
    return (Decimal(int(part)) * 100 / int(whole)).quantize(CENT, ROUND_HALF_UP)


def findings(
    rules: Mapping[CheckKind, FundRule],
    *,
    own_capital: Money,
    project_cost: Money,
    owed_then: Money,
    fund_capital: Money | None,
    bad_debt: Money | None,
) -> list[Finding]:
    """`owed_then`: what the cooperative would owe this fund with the new loan. `bad_debt` None: nobody asked yet."""
    values = {
        CheckKind.OWN_SHARE: share(own_capital, project_cost),
        CheckKind.EXPOSURE: share(owed_then, fund_capital),
        CheckKind.BAD_DEBT: None if bad_debt is None else Decimal(int(bad_debt)),
    }
    return [
        Finding(
            measure,
            value,
            rules[measure].threshold if measure in rules else None,
            rules[measure].source if measure in rules else "",
        )
        for measure, value in values.items()
    ]
