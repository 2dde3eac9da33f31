"""Random lives of whole chains: after every step no invariant is broken, and a planted mistake is found."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from sqlalchemy import func, select

from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.fulfilment import grading
from marketplace.fulfilment.models import Acceptance, Settlement, SlipDispute
from marketplace.fulfilment.services import load
from marketplace.insights.invariants import breaks
from marketplace.linkage import calling
from marketplace.linkage.models import CallOffAnswer, NeedAward, PoolShare
from marketplace.payments.models import PaymentEntry
from tests.buyers.company import Company
from tests.fulfilment.chain import Chain
from tests.linkage.gathered import neighbours
from tests.world import World


def live(app: Any, world: World, company: Company, *, lives: int, steps: int) -> type[Chain]:
    """So many stories of so many steps, the same ones every time."""

    class Here(Chain):
        pass

    Here.app, Here.world, Here.company = app, world, company
    Here.sellers, Here.now = neighbours(world), clock.now()
    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=lives,
            stateful_step_count=steps,
            deadline=None,
            derandomize=True,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
    return Here


def test_whatever_is_done_along_a_chain_no_invariant_breaks(app: Any, world: World, company: Company) -> None:
    lived = live(app, world, company, lives=12, steps=25)
    with clock.standing_at(lived.now):
        found = {number: count for number, _words, count in breaks(thorough=True) if count}
        assert found.keys() <= {"A5"}, "nobody sent the letters, all else holds"
    went = {name: db.session.scalar(select(func.count()).select_from(table)) for name, table in FAR.items()}
    assert all(went.values()), "the stories go as far as money"


FAR = {
    "awards": NeedAward,
    "shares": PoolShare,
    "answers to calls": CallOffAnswer,
    "slips": Acceptance,
    "disputes": SlipDispute,
    "sheets": Settlement,
    "payments": PaymentEntry,
}


def _forget_a_kilogram(acceptance: Any, lines: Any) -> None:
    """The depot's slip loses a kilogram."""
    _write(acceptance, [*lines[:-1], _lighter(lines[-1])])


def _lighter(line: Any) -> Any:
    return grading.Graded(line.outcome, line.grade, line.kg - Decimal(1), line.reason)


_write = grading.write


@pytest.mark.parametrize(
    ("room", "name", "mistake"),
    [
        (calling, "settle", lambda *_args, **_named: None),
        (load, "_count", lambda *_args, **_named: None),
        (grading, "write", _forget_a_kilogram),
    ],
    ids=["what was not accepted stays taken", "loads are not counted", "a slip loses a kilogram"],
)
def test_a_planted_mistake_is_found(
    app: Any,
    world: World,
    company: Company,
    monkeypatch: pytest.MonkeyPatch,
    room: Any,
    name: str,
    mistake: Any,
) -> None:
    """The machine can fail: otherwise it says nothing."""
    monkeypatch.setattr(room, name, mistake)
    with pytest.raises(AssertionError):
        live(app, world, company, lives=12, steps=25)
    db.session.rollback()
