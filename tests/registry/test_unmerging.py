"""Two records that became one are made two again: the same rows as before, or a sentence that says why not."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import select

from marketplace.cooperatives import services as cooperatives
from marketplace.cooperatives.models import Cooperative
from marketplace.cooperatives.states import MemberState
from marketplace.foundation import clock
from marketplace.foundation.audit import history_of
from marketplace.foundation.db import Model, db, transaction
from marketplace.foundation.errors import Refusal
from marketplace.registry import queries, services
from marketplace.registry.models import DuplicateMerge
from marketplace.registry.states import LifeKind
from marketplace.registry.states.recognition import RecognitionKind
from marketplace.registry.unmerging import COUNTERS
from tests.client import ReadingClient
from tests.orders.buying import order_for
from tests.registry.test_duplicates import entered_twice, holds, merged
from tests.world import World

pytestmark = pytest.mark.database
TOLD = {
    "audit_entries", "audit_subjects", "audit_words", "audit_seals", "membership_moves", "life_events",
    "life_successors", "duplicate_merges", "duplicate_undoings", "notices", "entries", "letters", "public_versions",
    "standing_spells", "jobs", "page_versions", "target_marks",
}  # fmt: skip
"""What only grows, or is drawn anew: history, letters to be sent, counters of caches."""


def everything() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table but those that only tell what happened."""
    db.session.rollback()
    found = {}
    for table in Model.metadata.sorted_tables:
        if table.name not in TOLD:
            columns = [column for column in table.columns if column.name not in COUNTERS]
            rows = db.session.execute(select(*columns).order_by(*table.primary_key.columns)).all()
            found[table.name] = [tuple(row) for row in rows]
    spells = select(Model.metadata.tables["standing_spells"])
    found["standing_spells"] = sorted(tuple(row)[1:] for row in db.session.execute(spells))
    found["lives"] = sorted(
        (each.cooperative_id, str(each.kind), each.day, each.source, each.note)
        for one in db.session.scalars(select(Cooperative.id))
        for each in queries.life_of(one)
    )
    db.session.rollback()
    return found


def differs(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    return {
        name: (
            [row for row in before[name] if row not in after[name]],
            [row for row in after[name] if row not in before[name]],
        )
        for name in before
        if before[name] != after[name]
    }


def undone(merge: DuplicateMerge, world: World) -> None:
    with transaction():
        services.undo_merge(
            merge=db.session.get_one(DuplicateMerge, merge.id),
            reason="Hai xã khác nhau",
            by=db.session.merge(world.officer),
        )
    db.session.expire_all()


def _double(world: World) -> Cooperative:
    return entered_twice(world)


def _with_founding(world: World) -> Cooperative:
    """The survivor has dates of its own, which the other's would change."""
    double = entered_twice(world)
    with transaction():
        services.record(
            cooperative=double,
            kind=LifeKind.SUSPENDED,
            day=dt.date(2010, 2, 1),
            source="QĐ 12",
            by=world.officer,
        )
        services.record(cooperative=double, kind=LifeKind.RESUMED, day=dt.date(2011, 2, 1), by=world.officer)
        cooperatives.change(cooperative=world.dong_lac, registered_on=dt.date(2014, 3, 2), by=world.officer)
        cooperatives.change(
            cooperative=double, phone="+84912345678", email="dong@lac.vn", workers=12, by=world.officer
        )
    return double


def _a_rival_without_a_book(world: World) -> Cooperative:
    """With people, goods, a bank account and a membership."""
    return world.kinh_mon


def _one_that_traded(world: World) -> Cooperative:
    order_for((world.onions, 5))
    return world.kinh_mon


def _an_applicant(world: World) -> Cooperative:
    double = entered_twice(world)
    with transaction():
        cooperatives.advance(cooperative=double, step="take_up", reason="", by=world.officer)
    return double


@pytest.mark.parametrize(
    "begun", [_double, _with_founding, _a_rival_without_a_book, _one_that_traded, _an_applicant]
)
def test_merged_and_undone_every_row_is_as_it_was(app, world: World, begun) -> None:
    loser = begun(world)
    number, state = loser.id, loser.state
    before = everything()
    merge = merged(loser, world.dong_lac, world)
    assert differs(before, everything()), "merging does something"
    undone(merge, world)
    assert differs(before, everything()) == {}
    again = db.session.get_one(Cooperative, number)
    assert again.state is state and again.duplicate_of_id is None
    holds()
    told = [str(each.sentence) for each in history_of("cooperative", world.dong_lac.id)]
    assert told, "what happened stays to be read"
    merged(again, db.session.merge(world.dong_lac), world)
    assert queries.merge_of(again) is not None, "it may go in once more"
    holds()


def test_twice_is_once(world: World) -> None:
    merge = merged(entered_twice(world), world.dong_lac, world)
    undone(merge, world)
    with pytest.raises(Refusal, match="đã được tách lại"):
        undone(merge, world)


def test_after_the_days_it_stays_one(world: World, monkeypatch) -> None:
    merge = merged(entered_twice(world), world.dong_lac, world)
    later = clock.now() + dt.timedelta(days=31)
    monkeypatch.setattr(clock, "now", lambda: later)
    with pytest.raises(Refusal, match="30 ngày"):
        undone(merge, world)


def test_what_came_since_and_may_belong_to_either_stands_in_the_way(world: World) -> None:
    merge = merged(entered_twice(world), world.dong_lac, world)
    with transaction():
        services.recognise(
            cooperative=db.session.merge(world.dong_lac), kind=RecognitionKind.EXEMPLARY, year=2024,
            decided_on=dt.date(2024, 9, 1),
        )  # fmt: skip
    with pytest.raises(Refusal, match="Khen thưởng: 1"):
        undone(merge, world)
    assert queries.merge_of(merge.loser) is not None


def test_a_number_that_was_put_right_since_stands_in_the_way(world: World) -> None:
    merge = merged(entered_twice(world), world.dong_lac, world)
    with transaction():
        cooperatives.change(
            cooperative=db.session.merge(world.dong_lac), registration_no="0407D00099", by=world.officer
        )
    with pytest.raises(Refusal, match="những mục này đã được sửa"):
        undone(merge, world)


def test_new_trade_of_a_record_with_its_own_book_is_told_apart(world: World) -> None:
    order_for((world.onions, 5))
    merge = merged(world.kinh_mon, world.dong_lac, world)
    order_for((db.session.merge(world.carrots), 3))
    undone(merge, world)
    assert db.session.get_one(Cooperative, world.kinh_mon.id).state is MemberState.ADMITTED
    holds()


def test_new_trade_with_goods_that_went_over_is_not(world: World) -> None:
    if queries.has_book(world.kinh_mon):
        pytest.skip("the rival of this world traded")
    merge = merged(world.kinh_mon, world.dong_lac, world)
    order_for((db.session.merge(world.carrots), 3))
    with pytest.raises(Refusal, match="không ai biết"):
        undone(merge, world)


def test_the_last_one_in_is_the_first_one_out(world: World) -> None:
    first = merged(entered_twice(world), world.dong_lac, world)
    second = merged(world.kinh_mon, world.dong_lac, world)
    with pytest.raises(Refusal, match="Hãy tách"):
        undone(first, world)
    undone(second, world)
    undone(first, world)
    holds()


def test_the_officer_s_way(world: World, client: ReadingClient) -> None:
    double = entered_twice(world)
    merge = merged(double, world.dong_lac, world)
    client.sign_in("officer@demo.vn")
    here = f"/office/duplicates/merges/{merge.ref}/undoing"
    assert here in client.get("/office/duplicates").text
    for language in ("", "/en"):
        assert client.get(f"{language}{here}").status_code == 200
    assert client.send(here, {"reason": ""}).status_code == 422
    assert client.send(here, {"reason": "hai xã"}).status_code == 303
    assert "hai xã" in client.get("/office/duplicates").text
    assert client.send(here, {"reason": "hai xã"}).status_code == 422
    assert client.get(f"/cooperatives/{double.slug}").status_code != 301
    client.sign_in("donglac@demo.vn")
    assert client.get(here).status_code in (403, 404)
