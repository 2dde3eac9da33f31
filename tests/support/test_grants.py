"""What is promised: by the norm of the day, within the year and the budget, once, and frozen."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from sqlalchemy import select

from marketplace.cooperatives.states import Kind
from marketplace.foundation import clock
from marketplace.foundation.audit import history_of
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Refusal
from marketplace.foundation.words import in_language
from marketplace.inbox.models import Notice
from marketplace.site.demo.norms import examples
from marketplace.support import frozen, queries, services
from marketplace.support.computing import HeadTerms
from marketplace.support.invariants import CHECKS
from marketplace.support.models import SupportGrant
from marketplace.support.states import ActivityKind, Beneficiary, GrantState, Head, Per, SupportSource
from tests.fairs.hall import newcomer
from tests.statements import queries_sent
from tests.support.promised import FAIR, OUT, budget, m, norm, promise
from tests.world import World


def whole() -> None:
    """Every invariant holds."""
    db.session.rollback()
    assert {number: check() for number, (_words, check) in CHECKS.items()} == dict.fromkeys(CHECKS, 0)


def shares(grant: SupportGrant) -> dict[str, int]:
    return {str(each.source): int(each.amount) for each in grant.shares}


def test_the_norm_gives_its_part_and_says_why_it_is_no_more(world: World) -> None:
    norm(world)
    budget(world)
    grant = promise(world, booth=12, transport=8)
    assert grant.total == m(9)
    assert {each.head: each.amount for each in grant.heads} == {Head.BOOTH: m(6), Head.TRANSPORT: m(3)}
    assert grant.heads[1].cuts == [["head", 4_000_000, 3_000_000]]
    with in_language("en"):
        assert "3.000.000" in frozen.told(grant.heads[1].cuts[0]) or "3,000,000" in frozen.told(
            grant.heads[1].cuts[0]
        )
    whole()


def test_two_sources_share_in_proportion_to_what_they_have_left(world: World) -> None:
    norm(world)
    budget(world, province=20, sponsors=10)
    grant = promise(world, booth=2.000001)
    assert grant.total == 1_000_001
    assert shares(grant) == {"province": 666_667, "sponsors": 333_334}
    assert queries.budgets_of(FAIR, 7)[0].left == m(20) - 666_667
    whole()


def test_the_budget_gives_no_more_than_it_has(world: World) -> None:
    norm(world)
    budget(world, province=13)
    assert promise(world, booth=30).total == m(10)
    second = promise(world, world.kinh_mon, booth=30)
    assert second.total == m(3)
    assert second.terms["cuts"][-1] == ["budget", 10_000_000, 3_000_000]
    with pytest.raises(Refusal, match=r"budget|ngân sách|Ngân sách"), in_language("en"):
        promise(world, newcomer(), booth=30)
    whole()


def test_nothing_is_promised_without_a_budget_or_a_norm(world: World) -> None:
    with pytest.raises(Refusal), in_language("en"):
        promise(world, booth=2)
    norm(world)
    with pytest.raises(Refusal):
        promise(world, booth=2)


def test_a_budget_never_falls_below_what_is_promised_from_it(world: World) -> None:
    norm(world)
    budget(world, province=13)
    promise(world, booth=30)
    with pytest.raises(Refusal) as told:
        budget(world, province=9)
    assert told.value.field == "amount_province"
    budget(world, province=10)
    whole()


def test_twice_a_year_and_no_more(world: World) -> None:
    norm(world)
    for subject in (7, 8, 9, 10):
        budget(world, subject)
    first = promise(world, subject_id=7, booth=10)
    promise(world, subject_id=8, booth=10)
    with pytest.raises(Refusal):
        promise(world, subject_id=9, booth=10)
    next_year = dt.date(clock.today().year + 1, 2, 1)
    assert promise(world, subject_id=10, day=next_year, booth=10).total == m(5)
    with transaction():
        services.withdraw(grant=first, reason="Đã trả gian", by=world.officer)
    assert promise(world, subject_id=9, booth=10).total == m(5)
    whole()


def test_the_year_leaves_what_it_leaves(world: World) -> None:
    norm(world, cap_per_year=m(12), times_per_year=None)
    budget(world)
    budget(world, 8)
    promise(world, booth=20)
    second = promise(world, subject_id=8, booth=20)
    assert second.total == m(2)
    assert [cut[0] for cut in second.terms["cuts"]] == ["year"]
    whole()


def test_one_live_promise_for_each_cooperative(world: World) -> None:
    norm(world)
    budget(world)
    first = promise(world, booth=4)
    with pytest.raises(Refusal):
        promise(world, booth=4)
    with transaction():
        services.withdraw(grant=first, reason="Nhập nhầm", by=world.officer)
    assert first.state is GrantState.WITHDRAWN and first.held == 0
    assert promise(world, booth=4).id != first.id
    whole()


def test_a_norm_that_was_used_is_ended_never_changed(world: World) -> None:
    old = norm(world)
    budget(world)
    budget(world, 8)
    grant = promise(world, booth=10)
    told = {
        name: getattr(old, name)
        for name in (
            "act_number", "kind", "valid_from", "valid_until", "act_name", "beneficiary", "cap_per_time",
            "cap_per_year", "times_per_year", "max_booths", "advance_rate", "priority",
        )
    }  # fmt: skip
    with pytest.raises(Refusal), transaction():
        services.change_norm(norm=old, **told, heads=old.terms.heads, evidence=[], by=world.officer)
    with transaction():
        services.end_norm(norm=old, last_day=clock.today(), by=world.officer)
    tomorrow = clock.today() + dt.timedelta(days=1)
    lines = [HeadTerms(Head.BOOTH, Decimal(100), m(8), Per.TIME)]
    norm(world, act_number="10/2026/QĐ-UBND", valid_from=tomorrow, heads=lines)
    assert grant.total == m(5) and grant.terms["act"] == "09/2021/QĐ-UBND"
    later = promise(world, world.kinh_mon, subject_id=8, day=tomorrow, booth=10)
    assert later.total == m(8) and later.terms["act"] == "10/2026/QĐ-UBND"
    whole()


def test_a_norm_nobody_used_may_be_put_right(world: World) -> None:
    found = norm(world)
    with transaction():
        services.change_norm(
            norm=found,
            act_number="09/2021/QĐ-UBND",
            act_name="",
            kind=OUT,
            beneficiary=Beneficiary.ANY,
            valid_from=found.valid_from,
            valid_until=None,
            cap_per_time=m(12),
            cap_per_year=None,
            times_per_year=None,
            max_booths=None,
            advance_rate=Decimal(0),
            priority=10,
            heads=[HeadTerms(Head.BOOTH, Decimal(80))],
            evidence=[],
            by=world.officer,
        )
    assert [(line.head, line.rate) for line in found.heads] == [(Head.BOOTH, Decimal(80))]


def test_whom_a_norm_is_for_and_which_comes_first(world: World) -> None:
    norm(world, priority=20)
    unions = norm(world, act_number="U", beneficiary=Beneficiary.COOP_UNION, priority=1)
    first = norm(world, act_number="F", priority=5)
    day = clock.today()
    assert queries.norm_for(kind=OUT, cooperative=world.dong_lac, day=day) is first
    with transaction():
        world.dong_lac.kind = Kind.COOP_UNION
    assert queries.norm_for(kind=OUT, cooperative=world.dong_lac, day=day) is unions


def test_an_estimate_of_many_takes_as_many_statements_as_of_one(world: World) -> None:
    norm(world, heads=[HeadTerms(Head.BOOTH, Decimal(100), m(4), Per.BOOTH)], cap_per_time=None)
    booths = {newcomer().id: Decimal(2) for _ in range(6)}
    few = dict([*booths.items()][:1])
    assert _statements(few) == _statements(booths)
    told = queries.estimates(kind=OUT, day=clock.today(), booths=booths)
    assert {each.total for each in told.values()} == {m(8)}
    one = queries.estimate(
        kind=OUT, cooperative_id=world.dong_lac.id, day=clock.today(), booths=Decimal("0.5")
    )
    assert one.total == m(2) and one.heads[0].head is Head.BOOTH


def _statements(booths: dict[int, Decimal]) -> int:
    """How many an estimate of these takes, with nothing read before."""
    db.session.rollback()
    db.session.expire_all()
    with queries_sent() as sent:
        queries.estimates(kind=OUT, day=clock.today(), booths=booths)
    return len(sent)


def test_the_cooperative_is_told_and_history_says_it(world: World) -> None:
    norm(world)
    budget(world)
    grant = promise(world, booth=10)
    told = db.session.scalars(select(Notice).where(Notice.kind == "support.granted")).all()
    assert [each.person_id for each in told] == [world.director.id]
    with in_language("vi"):
        lines = history_of("support_grant", grant.id)
    assert len(lines) == 1 and "5.000.000" in lines[0].sentence
    assert SupportSource.PROVINCE in {each.source for each in grant.shares}


def test_the_demonstrations_norms_say_that_they_are_examples(world: World) -> None:
    with transaction():
        assert examples(world.officer) == 2
    budget(world)
    assert promise(world, booths=Decimal(2)).total == m(13)
    near = queries.estimate(
        kind=ActivityKind.FAIR_IN_PROVINCE,
        cooperative_id=world.kinh_mon.id,
        day=clock.today(),
        booths=Decimal(2),
    )
    assert near.total == m(10) and near.norm is not None and near.norm.is_example
