"""Two processes at one request, one contract, one call: each thing happens once, and everybody gets a clear answer."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import func, select, update

from marketplace.foundation.db import db, transaction
from marketplace.linkage import queries, services
from marketplace.linkage.invariants import CHECKS
from marketplace.linkage.models import CallOffAnswer, CallOffTotal, Contract, ContractSignature
from marketplace.linkage.states.contract import ContractState, VersionState
from tests import rivals
from tests.buyers.company import Company
from tests.linkage.agreed import called, code_of, in_force, offered, plan
from tests.linkage.asked import closed, renewed
from tests.linkage.test_pool_choice import award_of, chosen
from tests.rivals import act
from tests.world import World

ACTS = "tests.linkage.rival_acts"
AWARDS = 24


def unbroken() -> bool:
    return {number: check() for number, (_words, check) in CHECKS.items()} == dict.fromkeys(CHECKS, 0)


def test_a_line_is_never_awarded_beyond_what_is_needed(
    world: World, company: Company, database_url: str, tmp_path: Path
) -> None:
    """Two tonnes in parts of 300 kg: six are given, and the other eighteen get a clear answer."""
    need = closed(company, days=2)
    told = {"need": need.id, "cooperative": world.dong_lac.id}
    acts = [act(f"{ACTS}:award", **told, number=number) for number in range(AWARDS)]
    db.session.rollback()
    found = rivals.at_once(database_url, tmp_path, [acts[: AWARDS // 2], acts[AWARDS // 2 :]])
    assert found == Counter({"done": 6, "answered": AWARDS - 6})
    assert renewed(need).awarded == Decimal(1800) and unbroken()


def test_a_call_is_answered_once_and_a_contract_never_called_above_its_most(
    world: World, company: Company, database_url: str, tmp_path: Path
) -> None:
    """Twelve answers to one call: one counts. Then eight calls of 2,100 kg where there is room for three."""
    contract = in_force(world, company)
    slots = plan(contract)
    called(contract, {slots[0]: Decimal(2000)}, company.huy)
    ids = [each.id for each in slots]
    answer = act(f"{ACTS}:answer", person=world.director.id, call_off=ids[0])
    calls = [act(f"{ACTS}:call", person=company.huy.id, call_off=each) for each in ids[1:9]]
    db.session.rollback()
    found = rivals.at_once(database_url, tmp_path, [[answer] * 6] * 2)
    assert found == Counter({"done": 1, "answered": 11})
    assert db.session.scalar(select(func.count(CallOffAnswer.id))) == 1

    with transaction():
        db.session.execute(update(CallOffTotal).values(most=Decimal(2000 + 3 * 2100)))
    found = rivals.at_once(database_url, tmp_path, [calls[:4], calls[4:]])
    assert found == Counter({"done": 3, "answered": 5}) and unbroken()


def test_a_contract_is_signed_once_by_each_side_or_taken_back_whole(
    world: World, company: Company, database_url: str, tmp_path: Path
) -> None:
    """Both sides press three times while the seller takes the text back: either both signed it or nobody has."""
    contract = offered(world, company)
    version, sides = contract.versions[0], (world.director, company.huy)
    for person in sides:
        with transaction():
            services.send_code(version=version, by=person)
    assert version.offered is not None
    told = {"version": version.id, "seen": version.offered.sha256}
    seller, buyer = (act(f"{ACTS}:sign", **told, person=each.id, code=code_of(each)) for each in sides)
    back = act(f"{ACTS}:reopen", person=world.director.id, version=version.id)
    number = version.id
    db.session.rollback()
    found = rivals.at_once(database_url, tmp_path, [[seller] * 3 + [back], [buyer] * 3])
    signed = db.session.scalar(
        select(func.count(ContractSignature.id)).where(ContractSignature.version_id == number)
    )
    db.session.expire_all()
    contract = queries.contract_by_id(contract.id)
    if found["reopened"]:
        assert found == Counter({"reopened": 1, "answered": 6}) and signed == 0
        assert contract.versions[0].state is VersionState.DRAFTED and contract.state is ContractState.AGREEING
    else:
        assert found == Counter({"done": 2, "answered": 5}) and signed == 2
        assert contract.state is ContractState.ACTIVE
    assert unbroken()


def test_an_award_becomes_one_contract_whoever_begins_it(
    world: World, company: Company, drain: Any, database_url: str, tmp_path: Path
) -> None:
    need, _pool, quote, seller = chosen(world, company, drain)
    award = award_of(need, quote.holder)
    acts = [act(f"{ACTS}:make_contract", award=award.id, person=each.id) for each in (seller, company.hanh)]
    origin = quote.holder
    db.session.rollback()
    found = rivals.at_once(database_url, tmp_path, [[each] * 4 for each in acts])
    assert found == Counter({"done": 1, "answered": 7})
    assert db.session.scalar(select(func.count(Contract.id)).where(Contract.origin == origin)) == 1
    assert unbroken()
