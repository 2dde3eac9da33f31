"""A contract in force: put on hold, resumed, terminated, fulfilled, ended by its date."""

from __future__ import annotations

from typing import Any

from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.words import _l
from marketplace.linkage import ladder, notices, promising
from marketplace.linkage.events.contract import (
    ContractEvent,
    ContractExpired,
    ContractFulfilled,
    ContractHeld,
    ContractResumed,
    ContractTerminated,
)
from marketplace.linkage.models.contract import Contract
from marketplace.linkage.services.contract import acting_side, lock_contract
from marketplace.linkage.states.contract import LIVE, contract_lifecycle


def hold(*, contract: Contract, reason: str, by: Any) -> None:
    """Nothing is called off until it goes on: force majeure, a dispute."""
    _reason(reason)
    lock_contract(contract)
    contract.reason = reason
    contract_lifecycle.advance(contract, "hold")
    _tell(
        contract, ContractHeld(contract_id=contract.id, words=reason, actor_id=id_of(by)), "held", by, reason
    )


def resume(*, contract: Contract, by: Any) -> None:
    lock_contract(contract)
    contract_lifecycle.advance(contract, "resume")
    contract.reason = ""
    _tell(contract, ContractResumed(contract_id=contract.id, actor_id=id_of(by)), "resumed", by)


def terminate(*, contract: Contract, reason: str, by: Any) -> None:
    """End it early. What was delivered stays to be settled; what was promised is free again."""
    _reason(reason)
    lock_contract(contract)
    contract.reason = reason
    _end(contract, "terminate", by)
    told = ContractTerminated(contract_id=contract.id, words=reason, actor_id=id_of(by))
    _tell(contract, told, "terminated", by, reason)


def close(*, contract: Contract, by: Any) -> None:
    """After its last day: fulfilled when what was accepted reaches the lower bound, else ended by its date. Does
    nothing a second time."""
    lock_contract(contract)
    if contract.state not in LIVE or contract.until_day is None or contract.until_day >= clock.today():
        return
    fulfilled = ladder.of_contract(contract).fulfilled
    _end(contract, "fulfil" if fulfilled else "expire", by)
    kind = ContractFulfilled if fulfilled else ContractExpired
    announce(kind(contract_id=contract.id, actor_id=id_of(by)))
    notices.contract.to_both(contract, "fulfilled" if fulfilled else "expired", f"{contract.id}")


def _end(contract: Contract, move: str, by: Any) -> None:
    contract_lifecycle.advance(contract, move)
    contract.ended_at, contract.ended_by_id = clock.now(), id_of(by)
    db.session.flush()
    promising.release(contract, by=by)


def _tell(contract: Contract, event: ContractEvent, kind: str, by: Any, words: str = "") -> None:
    db.session.flush()
    announce(event)
    key = f"{contract.id}-{clock.now():%Y%m%d%H%M%S}"
    notices.contract.to_others(contract, acting_side(contract, by), kind, key, words=words)


def _reason(words: str) -> None:
    if not words.strip():
        raise Refusal(_l("Please write the reason: the other side will read it."), field="words")
