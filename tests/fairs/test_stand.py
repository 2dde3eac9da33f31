"""Stands: offered, answered, given up, moved, exchanged; and whoever waits."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

import pytest
from flask import Flask

from marketplace.fairs import queries, services
from marketplace.fairs.models import Booth, FairApplication, Stand, StandBooth, WaitingEntry
from marketplace.fairs.services.holding import answer_by, numbers
from marketplace.fairs.states import EntryState, FairState, ListKind, StandState
from marketplace.fairs.tasks import end_offers
from marketplace.foundation import clock
from marketplace.foundation.db import db, transaction
from marketplace.foundation.db.session import with_retries
from marketplace.foundation.errors import Conflict, Refusal
from marketplace.foundation.money import Money
from marketplace.payments import queries as payments
from marketplace.payments.states import ChargeState, Way
from marketplace.selection.states import ApplicationState
from tests.fairs.hall import Fairground, applied, fairground, newcomer, sector
from tests.letters import letters_to, link_in
from tests.world import World


def whole(*booths: Booth) -> list[tuple[int, int]]:
    return [(booth.id, half) for booth in booths for half in (1, 2)]


def offered(asked: FairApplication, *booths: Booth) -> Stand:
    with transaction():
        return services.offer(asked=asked, halves=whole(*booths))


def confirmed(asked: FairApplication, *booths: Booth) -> Stand:
    stand = offered(asked, *booths)
    with transaction():
        services.confirm(stand=stand)
    return stand


def waits(asked: FairApplication, place: int | None = None) -> WaitingEntry:
    with transaction():
        return services.put_on_list(asked=asked, place=place)


def fill(world: World, ground: Fairground, but: tuple[str, ...] = ()) -> None:
    """Every booth blocked except these."""
    with transaction():
        for booth in ground.booths:
            booth.blocked, booth.blocked_why = booth.code not in but, "Lối đi"


def rows() -> list[tuple[str, str, bool]]:
    query = db.session.query(Booth.code, Stand.state, StandBooth.active).join(
        StandBooth, StandBooth.booth_id == Booth.id
    )
    return sorted(
        (code, str(state), active)
        for code, state, active in query.join(Stand, Stand.id == StandBooth.stand_id)
    )


# --- offer and answer --------------------------------------------------------------------------------


def test_an_offer_holds_the_booths_until_the_end_of_the_third_working_day(world: World) -> None:
    ground = fairground(world)
    stand = offered(applied(ground, world.dong_lac, by=world.director, halves=4), *ground.booths[:2])
    assert (stand.state, numbers(stand)) == (StandState.OFFERED, "A01, A02")
    assert stand.until == answer_by(stand.offered_at)


@pytest.mark.parametrize(
    ("now", "until"),
    [
        ("2026-11-26T09:00", "2026-12-01T17:00"),  # over a weekend
        ("2026-12-31T09:00", "2027-01-06T17:00"),  # over New Year and a weekend
        ("2027-02-03T09:00", "2027-02-11T17:00"),  # over Tết, 5 to 9 February 2027
    ],
)
def test_working_days_leave_holidays_out(app: Flask, now: str, until: str) -> None:
    said = answer_by(clock.from_local(dt.datetime.fromisoformat(now)))
    assert clock.to_local(said).replace(tzinfo=None) == dt.datetime.fromisoformat(until)


def test_only_the_chosen_get_one_and_only_one(world: World) -> None:
    ground = fairground(world)
    screened = applied(ground, world.kinh_mon, by=world.officer, state=ApplicationState.ELIGIBLE)
    with pytest.raises(Refusal), transaction():
        services.offer(asked=screened, halves=whole(ground.booths[0]))
    asked = applied(ground, world.dong_lac, by=world.director)
    offered(asked, ground.booths[0])
    with pytest.raises(Refusal), transaction():
        services.offer(asked=asked, halves=whole(ground.booths[1]))


def test_a_booth_in_somebodys_hands_is_not_offered_again(world: World) -> None:
    ground = fairground(world)
    offered(applied(ground, world.dong_lac, by=world.director), ground.booths[0])
    other = applied(ground, newcomer(), by=world.officer)
    with pytest.raises(Conflict), transaction():
        services.offer(asked=other, halves=[(ground.booths[0].id, 2)])


def test_two_halves_of_one_booth_have_two_holders(world: World) -> None:
    ground = fairground(world, booths=1)
    one, two = (applied(ground, who, by=world.officer, halves=1) for who in (world.dong_lac, newcomer()))
    with transaction():
        services.offer(asked=one, halves=[(ground.booths[0].id, 1)])
        services.offer(asked=two, halves=[(ground.booths[0].id, 2)])
    assert len(queries.taken_halves(ground.fair.id)) == 2


def test_after_the_deadline_nobody_confirms_and_the_next_is_asked(world: World) -> None:
    ground = fairground(world, booths=1)
    late = offered(applied(ground, world.dong_lac, by=world.director), ground.booths[0])
    entry = waits(applied(ground, newcomer(), by=world.officer, state=ApplicationState.WAITLISTED))
    with transaction():
        late.until = clock.now() - dt.timedelta(minutes=1)
    with pytest.raises(Refusal), transaction():
        services.confirm(stand=late)
    end_offers()
    db.session.expire_all()
    assert late.state is StandState.EXPIRED
    assert (entry.state, entry.stand.state) == (EntryState.OFFERED, StandState.OFFERED)
    assert entry.application.state is ApplicationState.APPROVED
    assert rows() == [("A01", "expired", False), ("A01", "expired", False)] + [("A01", "offered", True)] * 2


def test_a_fee_is_asked_once_it_is_confirmed_and_dropped_when_it_is_given_up(world: World) -> None:
    ground = fairground(world, booth_fee=Money(1_500_001))
    stand = confirmed(applied(ground, world.dong_lac, by=world.director, halves=4), *ground.booths[:2])
    charge = payments.charge_for("stand", stand.id)
    assert charge is not None
    assert (charge.amount, charge.method, charge.state) == (Money(3_000_002), Way.CASH, ChargeState.EXPECTED)
    with transaction():
        services.release(stand=stand, words="Mất mùa", by=world.director)
    db.session.expire_all()
    assert charge.state is ChargeState.CANCELLED
    assert not queries.taken_halves(ground.fair.id)


def test_half_a_booth_costs_half(world: World) -> None:
    ground = fairground(world, booth_fee=Money(1_500_001))
    asked = applied(ground, world.dong_lac, by=world.director, halves=1)
    with transaction():
        stand = services.offer(asked=asked, halves=[(ground.booths[0].id, 1)])
    assert stand.fee == Money(750_001)


def test_with_the_answer_another_free_booth_may_be_chosen(world: World) -> None:
    ground = fairground(world)
    stand = offered(applied(ground, world.dong_lac, by=world.director), ground.booth("A01"))
    with transaction():
        services.confirm(stand=stand, instead=[ground.booth("B03")], by=world.director)
    assert numbers(stand) == "B03"
    assert ("A01", "confirmed", False) in rows()


def test_nobody_stands_where_it_is_blocked_or_too_small(world: World) -> None:
    ground = fairground(world)
    fill(world, ground, but=("A01",))
    stand = offered(applied(ground, world.dong_lac, by=world.director), ground.booth("A01"))
    for booths in ([ground.booth("A02")], [ground.booth("A01"), ground.booth("A02")]):
        with pytest.raises(Refusal), transaction():
            services.confirm(stand=stand, instead=booths)


# --- whoever waits -----------------------------------------------------------------------------------


def test_a_declined_booth_goes_to_the_first_whom_it_fits(world: World) -> None:
    """The first needs two booths and is passed over, keeping the place; the second takes less than they asked."""
    ground = fairground(world, booths=1)
    stand = offered(applied(ground, world.dong_lac, by=world.director), ground.booths[0])
    state = ApplicationState.WAITLISTED
    large = waits(applied(ground, newcomer(), by=world.officer, halves=4, state=state), 1)
    smaller = waits(applied(ground, newcomer(), by=world.officer, halves=4, least=2, state=state), 2)
    third = waits(applied(ground, newcomer(), by=world.officer, halves=2, state=state), 3)
    with transaction():
        services.decline(stand=stand, words="Hết người trông", by=world.director)
    db.session.expire_all()
    assert [entry.state for entry in (large, smaller, third)] == [
        EntryState.WAITING,
        EntryState.OFFERED,
        EntryState.WAITING,
    ]
    assert smaller.stand.halves == 2


def test_zones_and_utilities_decide_whom_it_fits(world: World) -> None:
    ground = fairground(world, booths=1)
    sector(ground.zones[0], world.carrots.commodity.category.slug)
    stand = offered(applied(ground, world.dong_lac, by=world.director), ground.booths[0])
    state = ApplicationState.WAITLISTED
    thirsty = applied(ground, newcomer(), by=world.officer, state=state, products=(world.carrots,))
    with transaction():
        thirsty.water = True
    stranger = applied(ground, newcomer(), by=world.officer, state=state)
    fits = applied(ground, newcomer(), by=world.officer, state=state, products=(world.carrots,))
    entries = [waits(asked, at) for at, asked in enumerate((thirsty, stranger, fits), start=1)]
    with transaction():
        services.decline(stand=stand, by=world.director)
    db.session.expire_all()
    assert [str(entry.state) for entry in entries] == ["waiting", "waiting", "offered"]


def test_who_stands_already_is_asked_first_and_frees_the_next(world: World) -> None:
    """Đồng Lạc wished for A01 and stands at A02. A01 is freed: Đồng Lạc moves, and who waits gets A02."""
    ground = fairground(world, booths=2)
    first = offered(applied(ground, newcomer(), by=world.officer), ground.booth("A01"))
    asked = applied(ground, world.dong_lac, by=world.director, wishes=(ground.booth("A01"),))
    mine = confirmed(asked, ground.booth("A02"))
    with transaction():
        better = services.ask_for_better(stand=mine, by=world.director)
    entry = waits(applied(ground, newcomer(), by=world.officer, state=ApplicationState.WAITLISTED))
    with transaction():
        services.decline(stand=first)
    db.session.expire_all()
    assert (better.state, entry.state, numbers(mine)) == (EntryState.OFFERED, EntryState.WAITING, "A02")
    with transaction():
        services.take_better(entry=better, by=world.director)
    db.session.expire_all()
    assert numbers(mine) == "A01"
    assert (entry.state, numbers(entry.stand)) == (EntryState.OFFERED, "A02")


@pytest.mark.parametrize("how", ["keep", "late"])
def test_a_better_booth_that_nobody_takes_goes_on(world: World, how: str) -> None:
    ground = fairground(world, booths=2)
    first = offered(applied(ground, newcomer(), by=world.officer), ground.booth("A01"))
    asked = applied(ground, world.dong_lac, by=world.director, wishes=(ground.booth("A01"),))
    mine = confirmed(asked, ground.booth("A02"))
    with transaction():
        better = services.ask_for_better(stand=mine, by=world.director)
    entry = waits(applied(ground, newcomer(), by=world.officer, state=ApplicationState.WAITLISTED))
    with transaction():
        services.decline(stand=first)
    with transaction():
        if how == "keep":
            services.keep_own(entry=better, by=world.director)
        else:
            better.until = clock.now() - dt.timedelta(minutes=1)
    end_offers()
    db.session.expire_all()
    assert (numbers(mine), entry.state, numbers(entry.stand)) == ("A02", EntryState.OFFERED, "A01")


def test_near_the_fair_and_after_it_was_cancelled_nobody_is_asked(world: World) -> None:
    for change in ({"in_days": 0}, {"state": FairState.CANCELLED, "cancelled_reason": "Bão"}):
        ground = fairground(world, booths=1, **change)
        entry = waits(applied(ground, newcomer(), by=world.officer, state=ApplicationState.WAITLISTED))
        assert entry.state is EntryState.WAITING


# --- moved and exchanged -----------------------------------------------------------------------------


def test_an_officer_moves_a_stand_with_a_reason_and_the_exhibitor_reads_it(world: World) -> None:
    ground = fairground(world)
    stand = confirmed(applied(ground, world.dong_lac, by=world.director), ground.booth("A01"))
    with pytest.raises(Refusal), transaction():
        services.move(stand=stand, booths=[ground.booth("B01")], words=" ", by=world.officer)
    with transaction():
        services.move(stand=stand, booths=[ground.booth("B01")], words="Mái A bị dột", by=world.officer)
    assert numbers(stand) == "B01"
    letter = letters_to("donglac@demo.vn")[-1]
    assert "B01" in letter.subject
    assert "Mái A bị dột" in letter.text


def test_two_exhibitors_exchange_when_both_want_to(world: World) -> None:
    ground = fairground(world)
    mine = confirmed(applied(ground, world.dong_lac, by=world.director), ground.booth("A01"))
    yours = confirmed(applied(ground, world.kinh_mon, by=world.rival), ground.booth("B06"))
    with transaction():
        swap = services.ask_swap(mine=mine, yours=yours, by=world.director)
    assert (numbers(mine), numbers(yours)) == ("A01", "B06")
    with transaction():
        services.agree(swap=swap, by=world.rival)
    assert (numbers(mine), numbers(yours)) == ("B06", "A01")
    with pytest.raises(Refusal), transaction():
        services.agree(swap=swap, by=world.rival)


def test_what_lacks_power_is_not_exchanged_and_a_stand_that_ended_ends_what_was_asked(world: World) -> None:
    ground = fairground(world)
    asked = applied(ground, world.dong_lac, by=world.director)
    with transaction():
        asked.water = True
        ground.booth("A01").water = True
    mine = confirmed(asked, ground.booth("A01"))
    yours = confirmed(applied(ground, world.kinh_mon, by=world.rival), ground.booth("B06"))
    with pytest.raises(Refusal, match="HTX Đồng Lạc"), transaction():
        services.ask_swap(mine=mine, yours=yours, by=world.director)
    with transaction():
        asked.water = False
    with transaction():
        swap = services.ask_swap(mine=mine, yours=yours, by=world.director)
    with transaction():
        services.release(stand=yours, words="Bận", by=world.rival)
    db.session.expire_all()
    assert str(swap.state) == "taken_back"


# --- at once -----------------------------------------------------------------------------------------


def test_many_confirm_at_once_for_few_booths(app: Flask, world: World) -> None:
    """Twelve hold an offer each and all want one of three other booths: three get it, nine read a sentence."""
    ground = fairground(world, booths=15)
    stands = [
        offered(applied(ground, newcomer(), by=world.officer), booth).id for booth in ground.booths[:12]
    ]
    wanted = [booth.id for booth in ground.booths[12:]]
    together(app, [lambda n=n, id=id: _choose(id, wanted[n % 3]) for n, id in enumerate(stands)])
    db.session.rollback()  # what was read before the race is an old picture
    states = [stand.state for stand in queries.stands_of(ground.fair.id)]
    assert states.count(StandState.CONFIRMED) == 3
    assert states.count(StandState.OFFERED) == 9
    assert len(queries.taken_halves(ground.fair.id)) == 24


def _choose(stand_id: int, booth_id: int) -> None:
    def act() -> None:
        with transaction():
            stand = db.session.get_one(Stand, stand_id)
            services.confirm(stand=stand, instead=[db.session.get_one(Booth, booth_id)])

    try:
        with_retries(act)
    except Conflict as conflict:
        assert str(conflict)


def together(app: Flask, acts: list[Callable[[], None]]) -> None:
    ready, failures = Barrier(len(acts)), []

    def run(act: Callable[[], None]) -> None:
        with app.app_context():
            ready.wait()
            try:
                act()
            except Exception as failure:
                failures.append(failure)
            finally:
                db.session.remove()

    threads = [Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


# --- pages -------------------------------------------------------------------------------------------


def test_the_director_confirms_another_booth_from_the_page(client: Any, world: World) -> None:
    ground = fairground(world)
    stand = offered(applied(ground, world.dong_lac, by=world.director), ground.booth("A01"))
    client.sign_in("donglac@demo.vn")
    path = f"/desk/fairs/{ground.fair.slug}/stand"
    assert "A01" in client.get(path).get_data(as_text=True)
    assert client.get(f"/en{path}").status_code == 200
    bad = client.send(f"{path}/confirmation", {"booths": "99999"})
    assert bad.status_code == 422
    taken = ground.booth("B02")
    assert client.send(f"{path}/confirmation", {"booths": str(taken.id)}).status_code == 303
    db.session.expire_all()
    assert (stand.state, numbers(stand)) == (StandState.CONFIRMED, "B02")
    assert client.send(f"{path}/end", {"words": ""}).status_code == 422
    assert client.send(f"{path}/end", {"words": "Mất mùa"}).status_code == 303


def test_a_foreign_stand_is_not_there(client: Any, world: World) -> None:
    ground = fairground(world)
    offered(applied(ground, world.dong_lac, by=world.director), ground.booth("A01"))
    client.sign_in("kinhmon@demo.vn")
    path = f"/desk/fairs/{ground.fair.slug}/stand"
    assert client.get(path).status_code == 404
    assert client.send(f"{path}/confirmation").status_code == 404


def test_the_link_of_the_letter_declines_and_the_next_is_asked(client: Any, world: World) -> None:
    ground = fairground(world, booths=1)
    stand = offered(applied(ground, world.dong_lac, by=world.director), ground.booth("A01"))
    entry = waits(applied(ground, world.kinh_mon, by=world.rival, state=ApplicationState.WAITLISTED))
    link = link_in(letters_to("donglac@demo.vn")[-1], "Chúng tôi không đến được")
    assert client.post(link, data={"words": "Hết cà rốt"}).status_code in {200, 303}
    db.session.expire_all()
    assert (stand.state, entry.state) == (StandState.DECLINED, EntryState.OFFERED)
    assert "A01" in letters_to("kinhmon@demo.vn")[-1].text


def test_officers_offer_move_and_take_back(client: Any, world: World) -> None:
    ground = fairground(world, booth_fee=Money(500_000))
    asked = applied(ground, world.dong_lac, by=world.director)
    client.sign_in("officer@demo.vn")
    path = f"/office/fairs/{ground.fair.slug}/stands"
    assert client.get(path).status_code == 200
    assert client.get(f"{path}/new").status_code == 200
    booth = ground.booth("A03")
    chosen = {"applicant": str(asked.application_id), "booths": f"{booth.id}:1-{booth.id}:2"}
    assert client.send(f"{path}/new", chosen).status_code == 303
    stand = queries.live_stand(asked.application_id)
    assert stand is not None
    with transaction():
        services.confirm(stand=stand, by=world.director)
    assert client.get(f"{path}/{stand.ref}/move").status_code == 200
    other = ground.booth("B04")
    assert client.send(f"{path}/{stand.ref}/move", {"booths": str(other.id), "words": ""}).status_code == 422
    moved = {"booths": str(other.id), "words": "Gần cửa"}
    assert client.send(f"{path}/{stand.ref}/move", moved).status_code == 303
    assert client.send(f"{path}/{stand.ref}/payment").status_code == 303
    assert "500.000" in client.get(path).get_data(as_text=True)
    assert client.send(f"{path}/{stand.ref}/end", {"words": "Không có giấy"}).status_code == 303
    client.sign_in("donglac@demo.vn")
    assert client.get(path).status_code in {403, 404}


def test_the_list_kind_of_a_better_booth_needs_a_wish(world: World) -> None:
    ground = fairground(world)
    stand = confirmed(applied(ground, world.dong_lac, by=world.director), ground.booth("A01"))
    with pytest.raises(Refusal), transaction():
        services.ask_for_better(stand=stand, by=world.director)
    assert queries.live_entry(stand.application_id, ListKind.RELOCATION) is None
