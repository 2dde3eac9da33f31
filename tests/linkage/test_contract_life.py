"""Whatever the three sides do in whatever order: what was signed stays as it was, and every truth holds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from marketplace.foundation import clock
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Refusal
from marketplace.linkage import policies, queries, services
from marketplace.linkage.invariants import CHECKS
from marketplace.linkage.models import Contract, ContractVersion
from marketplace.linkage.states.contract import LIVE, ContractState, VersionState
from tests.buyers.company import Company
from tests.linkage.agreed import code_of, drafted
from tests.support.promised import photo
from tests.world import World

Step = Callable[[Contract, ContractVersion, Any], object]


def edit(_contract: Contract, version: ContractVersion, by: Any) -> None:
    kept = queries.content_shown(version, by)["payment"]
    services.fill_in(version=version, section="payment", told={**kept, "days": kept["days"] + 1}, by=by)


def sign(_contract: Contract, version: ContractVersion, by: Any) -> None:
    services.send_code(version=version, by=by)
    seen = version.offered.sha256 if version.offered is not None else ""
    services.sign(version=version, code=code_of(by), seen=seen, name=by.name, by=by)


def bring(_contract: Contract, version: ContractVersion, by: Any) -> None:
    told = {"seller_name": "Hùng", "buyer_name": "Huy", "signed_on": clock.today()}
    services.bring_scan(version=version, file=photo(), by=by, **told)


def answer(_contract: Contract, version: ContractVersion, by: Any) -> None:
    waiting = queries.waiting_scan(version)
    if waiting is not None and policies.answers_scan(by, waiting):
        services.confirm_scan(scan=waiting, by=by)


STEPS: dict[str, Step] = {
    "edit": edit,
    "offer": lambda _contract, version, by: services.offer(version=version, by=by),
    "reopen": lambda _contract, version, by: services.reopen(version=version, by=by),
    "sign": sign,
    "sign too": sign,
    "bring": bring,
    "answer": answer,
    "drop": lambda _contract, version, by: services.drop(version=version, reason="Thôi", by=by),
    "annex": lambda contract, _version, by: services.begin_annex(contract=contract, reason="Đổi", by=by),
    "hold": lambda contract, _version, by: services.hold(contract=contract, reason="Bão", by=by),
    "resume": lambda contract, _version, by: services.resume(contract=contract, by=by),
    "end": lambda contract, _version, by: services.terminate(contract=contract, reason="Ngừng", by=by),
    "witness": lambda _contract, version, by: services.witness(version=version, by=by),
}


@pytest.fixture
def company(world: World) -> Company:
    return Company.built()


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(
        st.tuples(st.sampled_from(sorted(STEPS)), st.sampled_from([0, 1, 2])), min_size=4, max_size=14
    )
)
def test_a_contracts_life(world: World, company: Company, steps: list[tuple[str, int]]) -> None:
    people = (world.director, company.huy, world.officer)
    contract = drafted(world, company)
    signed: dict[int, str] = {}
    # An offer and both signatures are tried in every life, so that most come further than a draft.
    for name, who in [("offer", 0), *steps, ("sign", 1), ("sign", 0), *steps]:
        version = contract.versions[-1]
        try:
            with transaction():
                STEPS[name](contract, version, people[who])
        except Refusal:
            db.session.rollback()
        contract = queries.contract_by_id(contract.id)
        for each in contract.versions:
            for signature in each.signatures:
                assert signed.setdefault(signature.id, signature.sha256) == signature.sha256
                assert each.offered is not None and each.offered.sha256 == signature.sha256
        _stands(contract)
    assert {number: check() for number, (_words, check) in CHECKS.items()} == dict.fromkeys(CHECKS, 0)


def _stands(contract: Contract) -> None:
    first, in_force = contract.versions[0], queries.version_in_force(contract)
    running = contract.state not in (ContractState.AGREEING, ContractState.DROPPED)
    assert running == (first.state is VersionState.IN_FORCE) == (in_force is not None)
    if contract.state in LIVE:
        assert contract.agreed > 0 and contract.signed_on is not None
