"""What happened to a cooperative, and how it stood on every day: three ways of counting say the same."""

from __future__ import annotations

import datetime as dt
import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from marketplace.cooperatives import services as cooperatives
from marketplace.cooperatives.models import Cooperative
from marketplace.cooperatives.states import Kind, MemberState, Sector
from marketplace.foundation import clock
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Refusal
from marketplace.insights.invariants import CHECKS
from marketplace.registry import queries, services
from marketplace.registry.lifeline import FROM_EVER, Happening, spells
from marketplace.registry.lifeline import standing_on as stood_on
from marketplace.registry.states import ALIVE, Education, LifeKind, Office, Standing
from marketplace.registry.states.life_event import HAS_SUCCESSORS
from tests.world import World

BORN = dt.date(2012, 3, 1)


def made(name: str = "HTX Mới", born: dt.date | None = BORN, **more: object) -> Cooperative:
    with transaction():
        return cooperatives.enter(
            kind=more.pop("kind", Kind.COOPERATIVE), name=name, registered_on=born, **more
        )


def happen(one: Cooperative, kind: LifeKind, day: dt.date, **more: object):
    with transaction():
        return services.record(cooperative=one, kind=kind, day=day, **more)


def broken() -> dict[str, int]:
    return {number: CHECKS[number][1]() for number in ("E1", "E2", "E3", "E4")}


SOUND = {"E1": 0, "E2": 0, "E3": 0, "E4": 0}


# --- the arithmetic, against a model that walks from day to day ------------------------------------------

START = dt.date(2020, 1, 1)
AFTER = {
    LifeKind.SUSPENDED: Standing.SUSPENDED,
    LifeKind.STOPPED: Standing.STOPPED,
    LifeKind.RESUMED: Standing.ACTIVE,
    LifeKind.MERGED: Standing.MERGED,
    LifeKind.CONSOLIDATED: Standing.CONSOLIDATED,
    LifeKind.DIVIDED: Standing.DIVIDED,
    LifeKind.CONVERTED: Standing.CONVERTED,
    LifeKind.DISSOLVED: Standing.DISSOLVED,
    LifeKind.BANKRUPT: Standing.BANKRUPT,
    LifeKind.REVIVED: Standing.ACTIVE,
}
THERE = {Standing.ACTIVE, Standing.SUSPENDED, Standing.STOPPED}


def may(now: Standing, kind: LifeKind) -> bool:
    """Said once more, in other words than the table of the shop."""
    match kind:
        case LifeKind.SUSPENDED:
            return now is Standing.ACTIVE
        case LifeKind.STOPPED:
            return now in {Standing.ACTIVE, Standing.SUSPENDED}
        case LifeKind.RESUMED:
            return now in {Standing.SUSPENDED, Standing.STOPPED}
        case LifeKind.REVIVED:
            return now in {Standing.SUSPENDED, Standing.STOPPED, Standing.DISSOLVED, Standing.BANKRUPT}
        case _:
            return now in THERE


def walked(happenings: list[tuple[int, LifeKind]]) -> list[Standing | None] | None:
    """How it stood on each of sixty days, told one day after the other; None when it cannot have been."""
    order = list(LifeKind)
    founded = [day for day, kind in happenings if kind is LifeKind.FOUNDED]
    if len(founded) > 1 or any(day < founded[0] for day, _kind in happenings if founded):
        return None
    now: Standing | None = None if founded else Standing.ACTIVE
    told = []
    for day in range(60):
        for kind in sorted((kind for at, kind in happenings if at == day), key=order.index):
            if kind is LifeKind.FOUNDED:
                now = Standing.ACTIVE
            elif now is None or not may(now, kind):
                return None
            else:
                now = AFTER.get(kind, now)
        told.append(now)
    return told


sequences = st.lists(st.tuples(st.integers(0, 59), st.sampled_from(list(LifeKind))), max_size=7)
founded_ones = sequences.map(
    lambda told: [(0, LifeKind.FOUNDED), *[each for each in told if each[1] != "founded"]]
)


@given(st.one_of(sequences, founded_ones))
def test_the_arithmetic_is_that_of_a_walk_from_day_to_day(told: list[tuple[int, LifeKind]]) -> None:
    wanted = walked(told)
    rows = [Happening(START + dt.timedelta(day), kind, at) for at, (day, kind) in enumerate(told)]
    try:
        line = spells(rows)
    except Refusal:
        assert wanted is None
        return
    assert wanted == [stood_on(line, START + dt.timedelta(day)) for day in range(60)]
    for one, other in pairwise(line):
        assert one.ends_on == other.starts_on and one.standing is not other.standing
    assert line[-1].ends_on is None


def test_random_lives_are_told_alike_by_rows_arithmetic_and_walk(world: World) -> None:
    """Entered, refused, corrected and struck as it comes; the database is asked about days of many at once."""
    chance = random.Random(633)
    other = made("HTX Nhận sáp nhập", dt.date(2000, 1, 1))
    kept: dict[int, list[tuple[int, LifeKind]]] = {}
    for number in range(12):
        one = made(f"HTX Số {number}", START if number % 3 else None)
        lived = [(0, LifeKind.FOUNDED)] if number % 3 else []
        rows = {}
        for _turn in range(9):
            day, kind = (
                chance.randrange(60),
                chance.choice([k for k in LifeKind if k is not LifeKind.REGISTERED]),
            )
            after = {"successors": [other]} if kind in HAS_SUCCESSORS else {}
            happened = START + dt.timedelta(day)
            try:
                if rows and chance.random() < 0.3:
                    old = chance.choice([*rows])
                    if chance.random() < 0.5:
                        wanted = [each for each in lived if each != rows[old]]
                        with transaction():
                            services.strike(event=old, reason="nhầm")
                    else:
                        wanted = [*[each for each in lived if each != rows[old]], (day, kind)]
                        with transaction():
                            new = services.correct(event=old, kind=kind, day=happened, reason="nhầm", **after)
                        rows[new] = (day, kind)
                    del rows[old]
                else:
                    wanted = [*lived, (day, kind)]
                    if wanted.count((day, kind)) > 1:
                        continue
                    rows[happen(one, kind, happened, **after)] = (day, kind)
            except Refusal:
                assert walked(wanted) is None, (wanted, kind)
                continue
            assert walked(wanted) is not None, wanted
            lived = wanted
        kept[one.id] = lived
    for day in range(60):
        asked = START + dt.timedelta(day)
        wanted = {each: walked(lived)[day] for each, lived in kept.items()}
        assert queries.standings_on(asked, kept) == {each: s for each, s in wanted.items() if s is not None}
        alive = set(db.session.scalars(queries.alive_ids(asked)))
        assert alive & kept.keys() == {each for each, s in wanted.items() if s in ALIVE}
    assert broken() == SOUND


# --- what the record says --------------------------------------------------------------------------------


def test_the_day_of_registration_is_the_founding_and_anew_is_none(world: World) -> None:
    old = made("HTX Cũ", dt.date(2015, 5, 5), first_registered_on=dt.date(1998, 1, 20))
    group = made("Tổ hợp tác Ổi", None, kind=Kind.COOP_GROUP)
    assert [(row.kind, row.day) for row in queries.life_of(old.id)] == [
        (LifeKind.REREGISTERED, dt.date(2015, 5, 5)),
        (LifeKind.FOUNDED, dt.date(1998, 1, 20)),
    ]
    founded = db.session.scalars(queries.founded(dt.date(2015, 1, 1), dt.date(2015, 12, 31))).all()
    assert founded == []
    assert [row.starts_on for row in queries.spells_of(group.id)] == [FROM_EVER]
    with transaction():
        cooperatives.change(cooperative=group, first_registered_on=dt.date(2019, 1, 1), by=world.officer)
        cooperatives.change(cooperative=group, registered_on=dt.date(2021, 1, 1), by=world.officer)
    days = {(row.kind, row.day) for row in queries.life_of(group.id)}
    assert days == {(LifeKind.FOUNDED, dt.date(2019, 1, 1)), (LifeKind.REGISTERED, dt.date(2021, 1, 1))}
    registered = [set(db.session.scalars(queries.registered_ids(dt.date(y, 6, 1)))) for y in (2020, 2021)]
    assert [group.id in each for each in registered] == [False, True]
    assert broken() == SOUND


def test_what_somebody_entered_is_not_overruled_by_the_record(world: World) -> None:
    one = made("HTX Sông", None)
    happen(one, LifeKind.FOUNDED, dt.date(2003, 2, 1), source="Quyết định 5", by=world.officer)
    with transaction():
        cooperatives.change(cooperative=one, registered_on=dt.date(2010, 2, 1), by=world.officer)
    assert queries.founding_of(one.id).day == dt.date(2003, 2, 1)


def test_a_merger_of_two_into_one_ends_the_absorbed_one_only(world: World) -> None:
    a, b = made("HTX A"), made("HTX B")
    happen(a, LifeKind.MERGED, dt.date(2018, 7, 1), successors=[b], source="QĐ 12", by=world.officer)
    day = dt.date(2018, 7, 1)
    assert queries.standings_on(day - dt.timedelta(1), [a.id, b.id]) == {
        a.id: Standing.ACTIVE,
        b.id: Standing.ACTIVE,
    }
    assert queries.standings_on(day, [a.id, b.id]) == {a.id: Standing.MERGED, b.id: Standing.ACTIVE}
    assert [row.cooperative_id for row in queries.came_from(b.id)] == [a.id]
    gone = db.session.scalars(queries.ended(dt.date(2018, 1, 1), dt.date(2018, 12, 31))).all()
    assert [row.cooperative_id for row in gone] == [a.id]


def test_a_suspension_ends_nothing_and_a_revival_ends_it(world: World) -> None:
    one = made("HTX Nghỉ")
    happen(one, LifeKind.SUSPENDED, dt.date(2019, 1, 1))
    assert one.id in set(db.session.scalars(queries.alive_ids(dt.date(2019, 6, 1))))
    assert db.session.scalars(queries.ended(dt.date(2019, 1, 1), dt.date(2019, 12, 31))).all() == []
    happen(one, LifeKind.DISSOLVED, dt.date(2020, 1, 1))
    happen(one, LifeKind.REVIVED, dt.date(2021, 1, 1))
    told = [queries.standing_on(one.id, dt.date(year, 6, 1)) for year in (2011, 2018, 2019, 2020, 2021)]
    assert told == [None, Standing.ACTIVE, Standing.SUSPENDED, Standing.DISSOLVED, Standing.ACTIVE]


@pytest.mark.parametrize(
    ("kind", "more", "field"),
    [
        (LifeKind.RESUMED, {}, "day"),
        (LifeKind.FOUNDED, {}, "kind"),
        (LifeKind.MERGED, {}, "successors"),
        (LifeKind.DISSOLVED, {"successor_name": "Công ty X"}, "successors"),
        (LifeKind.REGISTERED, {}, "kind"),
    ],
)
def test_what_cannot_have_been_is_refused_with_a_sentence(
    world: World, kind: LifeKind, more: dict[str, object], field: str
) -> None:
    one = made("HTX Một")
    with pytest.raises(Refusal) as no:
        happen(one, kind, dt.date(2020, 1, 1), **more)
    assert no.value.field == field
    with pytest.raises(Refusal):
        happen(one, LifeKind.SUSPENDED, BORN - dt.timedelta(1))
    with pytest.raises(Refusal):
        happen(one, LifeKind.SUSPENDED, clock.today() + dt.timedelta(1))
    with pytest.raises(Refusal):
        happen(one, LifeKind.MERGED, dt.date(2001, 1, 1), successors=[world.dong_lac, one])


def test_a_correction_keeps_the_row_that_was_wrong(world: World) -> None:
    one = made("HTX Nhầm")
    wrong = happen(one, LifeKind.DISSOLVED, dt.date(2020, 1, 1), source="QĐ 1", by=world.officer)
    with transaction():
        services.correct(
            event=wrong, kind=LifeKind.SUSPENDED, day=dt.date(2020, 2, 1), reason="đọc nhầm", by=world.officer
        )
    assert [row.kind for row in queries.life_of(one.id)] == [LifeKind.SUSPENDED, LifeKind.FOUNDED]
    assert [row.id for row in queries.corrections_of(one.id)] == [wrong.id]
    with pytest.raises(Refusal), transaction():
        services.strike(event=wrong, reason="lần nữa", by=world.officer)
    with pytest.raises((Refusal, DBAPIError)), transaction():
        db.session.execute(text("DELETE FROM life_events"))
    db.session.rollback()
    assert broken() == SOUND


# --- dated figures, sectors, judgements ------------------------------------------------------------------


def test_sector_figures_and_judgements_are_dated_and_the_record_keeps_the_last(world: World) -> None:
    one = made("HTX Đổi ngành", sector=Sector.AGRICULTURE, members_official=40)
    with transaction():
        services.change_sector(
            cooperative=one, sector=Sector.TRADE, since=dt.date(2020, 1, 1), by=world.officer
        )
        services.change_sector(
            cooperative=one, sector=Sector.CRAFT, since=dt.date(2016, 1, 1), by=world.officer
        )
        services.note_figures(
            cooperative=one, day=dt.date(2019, 12, 31), source="Báo cáo 2019", workers=12, by=world.officer
        )
        services.judge_new_model(
            cooperative=one,
            is_new_model=True,
            day=dt.date(2019, 3, 1),
            judged_by="Liên minh HTX",
            by=world.officer,
        )
    told = [queries.sector_of(one.id, dt.date(year, 6, 1)) for year in (2014, 2017, 2021)]
    assert told == [Sector.AGRICULTURE, Sector.CRAFT, Sector.TRADE]
    assert one.sector is Sector.TRADE and one.is_new_model and one.members_official == 40
    for year, sector in ((2014, Sector.AGRICULTURE), (2017, Sector.CRAFT), (2021, Sector.TRADE)):
        found = db.session.scalars(queries.alive_on(dt.date(year, 6, 1), sector=sector)).all()
        assert one in found
    new = [
        one in db.session.scalars(queries.alive_on(dt.date(year, 6, 1), new_model=True)).all()
        for year in (2018, 2020)
    ]
    assert new == [False, True]
    assert queries.figures_on(one.id, dt.date(2020, 1, 1)).workers == 12
    with transaction():
        cooperatives.change(
            cooperative=one, sector=Sector.OTHER, is_new_model=False, workers=9, by=world.officer
        )
    assert queries.sector_of(one.id, clock.today()) is Sector.OTHER
    assert broken() == SOUND


# --- membership ------------------------------------------------------------------------------------------


def test_membership_follows_what_was_decided_and_not_the_law(world: World) -> None:
    one = world.dong_lac
    with transaction():
        cooperatives.advance(cooperative=one, step="suspend", reason="chờ giấy", by=world.officer)
    assert one.id in set(db.session.scalars(queries.member_ids(clock.today())))
    happen(one, LifeKind.STOPPED, clock.today())
    assert one.state is MemberState.SUSPENDED
    with transaction():
        cooperatives.advance(cooperative=one, step="leave", reason="xin ra", by=world.officer)
    assert [row.reason for row in queries.memberships_of(one.id)] == ["xin ra"]
    assert one.id not in set(db.session.scalars(queries.member_ids(clock.today())))
    with transaction():
        cooperatives.advance(cooperative=one, step="admit", reason="", by=world.officer)
    assert len(queries.memberships_of(one.id)) == 2
    assert broken() == SOUND


def test_earlier_memberships_are_entered_and_never_overlap(world: World) -> None:
    one = world.dong_lac
    with transaction():
        services.record_membership(
            cooperative=one, joined_on=dt.date(2001, 1, 1), left_on=dt.date(2005, 1, 1), by=world.officer
        )
    with pytest.raises(Refusal), transaction():
        services.record_membership(
            cooperative=one, joined_on=dt.date(2004, 1, 1), left_on=dt.date(2008, 1, 1), by=world.officer
        )
    now = queries.open_membership(one.id)
    with transaction():
        services.correct_membership(
            membership=now,
            joined_on=dt.date(2005, 1, 1),
            left_on=None,
            joined_by_decision="3/QĐ",
            by=world.officer,
        )
    with pytest.raises(Refusal), transaction():
        services.correct_membership(
            membership=now, joined_on=dt.date(2005, 1, 1), left_on=dt.date(2006, 1, 1), by=world.officer
        )
    db.session.expire_all()
    assert [row.joined_on.year for row in queries.memberships_of(one.id)] == [2005, 2001]
    assert broken() == SOUND


# --- officers --------------------------------------------------------------------------------------------


def test_who_speaks_before_the_law_stands_in_the_record_and_back(world: World) -> None:
    one = made("HTX Có người", legal_rep_name="Bà Tư", legal_rep_title="Giám đốc")
    first = queries.representing(one.id)
    assert (first.name, first.office, first.is_key) == ("Bà Tư", Office.DIRECTOR, True)
    with transaction():
        services.appoint(
            cooperative=one, name="Ông Năm", office=Office.CHAIR, title="Chủ tịch HĐQT", represents=True,
            education=Education.UNIVERSITY, appointed_on=dt.date(2020, 1, 1), by=world.officer,
        )  # fmt: skip
    assert (one.legal_rep_name, one.legal_rep_title) == ("Ông Năm", "Chủ tịch HĐQT")
    assert [row.left_on for row in queries.officers_of(one.id)] == [None, None]
    with transaction():
        cooperatives.change(
            cooperative=one, legal_rep_name="Bà Sáu", legal_rep_title="Chủ tịch", by=world.officer
        )
    assert queries.representing(one.id).name == "Bà Sáu"
    with transaction():
        services.release(officer=queries.representing(one.id), day=clock.today(), by=world.officer)
    assert one.legal_rep_name == ""
    assert broken() == SOUND
