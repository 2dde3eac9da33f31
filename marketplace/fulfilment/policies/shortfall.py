"""Who reads the record of a contract, says something to it, tells and accepts excuses."""

from __future__ import annotations

from typing import Any

from marketplace.accounts.policies import at_desk
from marketplace.accounts.states import Desk
from marketplace.foundation.policy import policy
from marketplace.fulfilment.models import ContractShortfall, Excuse, SlotRecord
from marketplace.fulfilment.queries import shortfall as queries
from marketplace.fulfilment.services.shortfall import may_say
from marketplace.fulfilment.states.shortfall import excuse_lifecycle
from marketplace.linkage.models import Contract
from marketplace.linkage.queries.contract import side_of
from marketplace.linkage.states.contract import PARTIES, UNSIGNED


@policy
def reads_record(user: Any, contract: Contract, *_figure: Any) -> bool:
    """Both sides and officers, once the contract was in force."""
    begun = contract.state not in UNSIGNED
    return begun and side_of(user, contract) is not None


@policy
def reads_slot_record(user: Any, contract: Contract, record: SlotRecord) -> bool:
    return record.contract_id == contract.id and bool(reads_record(user, contract))


@policy
def says_to_record(user: Any, contract: Contract) -> bool:
    """A side, until the period is closed."""
    return side_of(user, contract) in PARTIES and bool(reads_record(user, contract)) and may_say(contract.id)


@policy
def says_to_slot(user: Any, contract: Contract, record: SlotRecord) -> bool:
    return record.contract_id == contract.id and bool(says_to_record(user, contract))


@policy
def says_to_whole(user: Any, contract: Contract, whole: ContractShortfall) -> bool:
    return whole.contract_id == contract.id and bool(says_to_record(user, contract))


@policy
def tells_excuse(user: Any, contract: Contract) -> bool:
    """A side, until the figures of the whole contract are written."""
    reads = bool(reads_record(user, contract)) and side_of(user, contract) in PARTIES
    return reads and not queries.shortfalls_of(contract.id)


@policy
def accepts_excuse(user: Any, excuse: Excuse) -> bool:
    """The other side, also after it objected, until the figures are written."""
    mine = side_of(user, excuse.contract) is excuse.other
    return (
        mine and excuse_lifecycle.allows(excuse, "accept") and not queries.shortfalls_of(excuse.contract_id)
    )


@policy
def objects_excuse(user: Any, excuse: Excuse) -> bool:
    mine = side_of(user, excuse.contract) is excuse.other
    return (
        mine and excuse_lifecycle.allows(excuse, "object") and not queries.shortfalls_of(excuse.contract_id)
    )


@policy
def withdraws_excuse(user: Any, excuse: Excuse) -> bool:
    mine = side_of(user, excuse.contract) is excuse.side
    open_still = not queries.shortfalls_of(excuse.contract_id)
    return mine and excuse_lifecycle.allows(excuse, "withdraw") and open_still


reads_records = at_desk(Desk.TRADE)
