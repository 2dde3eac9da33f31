"""Fairs as they stand at every beat of their way, so that each of their pages has something to show.

One that takes applications, one that is allocated but not released, one with offers out, one that begins soon,
one that runs today, one that is over and reported.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from marketplace.accounts.models import Organisation, Person
from marketplace.fairs import codes, queries, services
from marketplace.fairs.models import AllocationRun, BudgetLine, GateConflict, Meeting, Wish
from marketplace.fairs.services import Wished
from marketplace.fairs.states import BudgetSource, DealKind, WishKind
from marketplace.fairs.tasks import allocate, compute_meetings
from marketplace.foundation import clock
from marketplace.foundation.db import db, transaction
from marketplace.foundation.money import Money
from marketplace.selection import queries as selection
from marketplace.selection import services as applications
from marketplace.selection.models import Application
from marketplace.selection.reference import load_rules
from marketplace.selection.services import Measure
from marketplace.selection.states import ApplicationState as State
from marketplace.selection.states import Entered
from tests.fairs.gates import gate, scan, told, visitor
from tests.fairs.hall import Fairground, applied, fairground, newcomer, standing
from tests.fairs.showing import Showing, after, handed_in, met, showing, signed, sold, verified
from tests.world import World

Values = dict[str, Any]
OFFERS = {
    "stand.decline",
    "stand.show",
    "fair_why.own",
    "fair_lottery.lottery",
    "office_stands.stands",
    "office_stands.offer",
}
COMING = {
    "desk_fairs",
    "office_fair_call",
    "office_fair_applications",
    "selection_queue",
    "selection_application",
}
SOON = {
    "buyer_fairs",
    "buyer_meetings",
    "desk_meetings",
    "desk_plan",
    "fair_checklist",
    "office_meetings",
    "office_plan",
    "office_stands",
    "stand",
}
RUNNING = {"day_sheet", "fair_passes", "fair_visits", "gate", "office_gates"}
OVER = {"fair_report", "fair_result", "office_results"}
# The same page at other beats, and with other words in its address.
AGAIN = (
    ("desk_fairs.step", "coming", "place"),
    ("desk_fairs.step", "coming", "needs"),
    ("desk_fairs.step", "coming", "law"),
    ("fairs.show", "coming"),
    ("fairs.show", "over"),
    ("office_fairs.show", "coming"),
    ("office_fairs.show", "over"),
    ("stand.show", "soon"),
    ("desk_fairs.show", "prepared"),
    ("desk_plan.state", "running"),
    ("plan.find", "running"),
)


@dataclass
class Grounds:
    """What the addresses of fairs name, beat by beat."""

    beats: dict[str, Values] = field(default_factory=dict)

    def values(self, endpoint: str) -> Values:
        """For the page's own beat."""
        return self.beats[self._beat(endpoint)] | self._special(endpoint)

    def again(self) -> list[tuple[str, Values]]:
        return [
            (endpoint, {"fair": self.beats[beat]["fair"]} | ({"step": step[0]} if step else {}))
            for endpoint, beat, *step in AGAIN
        ]

    def _beat(self, endpoint: str) -> str:
        page = endpoint.split(".", maxsplit=1)[0]
        if endpoint in OFFERS:
            return "offered"
        if page in {"office_allocation", "office_fair_release"}:
            return "prepared"
        beats = {"coming": COMING, "soon": SOON, "over": OVER}
        return next((beat for beat, pages in beats.items() if page in pages), "running")

    def _special(self, endpoint: str) -> Values:
        if endpoint == "office_fair_applications.step":
            return {"application": self.beats["coming"]["entered"]}
        if endpoint == "selection_reviews.write":
            return {"application": self.beats["coming"]["reviewed"]}
        if endpoint in {"office_results.enter", "office_results.enter_deal"}:
            return {"fair": self.beats["running"]["fair"], "stand": self.beats["running"]["calls"]}
        if endpoint == "office_results.sheet":
            return self.beats["over"]["sheet"]
        return {}


def grounds(world: World, buyer: Organisation, who_buys: Person) -> Grounds:
    with transaction():
        load_rules()
    coming, prepared, offered = _coming(world), _prepared(world), _prepared(world)
    run = prepared["run"]
    with transaction():
        services.prepare_from_run(run=run, by=world.officer)
        services.prepare_from_run(run=offered["run"], by=world.officer)
    with transaction():
        call = offered["call"]
        applications.release(
            call=call, previewed=selection.digest(selection.previewed(call)), by=world.officer
        )
    return Grounds(
        {
            "coming": coming,
            "prepared": prepared,
            "offered": offered,
            "soon": _soon(world, buyer, who_buys),
            "running": _running(world),
            "over": _over(world),
        }
    )


# --- applications -----------------------------------------------------------------------------------


def _coming(world: World) -> Values:
    """Đồng Lạc writes its application; others have come further."""
    ground = fairground(world, call_is_open=True, in_days=35, booth_fee=Money(2_000_000))
    with transaction():
        _budget(ground)
        applications.change_call(
            call=ground.call,
            opens_at=ground.call.opens_at,
            closes_at=ground.call.closes_at,
            reviews_wanted=1,
            bands=[80, 60],
            criteria=[Measure("Chất lượng sản phẩm", 3), Measure("Bao bì, nhãn mác", 1, 5)],
            reviewers=[world.officer],
            by=world.officer,
        )
    mine = _written(ground, world)
    with transaction():
        entered = services.begin(
            fair=ground.fair,
            cooperative=world.kinh_mon,
            entered=Entered.PHONE,
            told_by="Anh Hùng, giám đốc",
            by=world.officer,
        )
    for state in (State.SUBMITTED, State.SCREENING, State.INELIGIBLE):
        applied(ground, newcomer(), state=state, halves=1, by=world.officer)
    asked = applied(ground, newcomer(), state=State.SCREENING, by=world.officer).application
    with transaction():
        applications.ask_more(application=asked, words="Xin gửi ảnh bao bì mới.", by=world.officer)
    scored = applied(ground, newcomer(), state=State.ELIGIBLE, halves=4, by=world.officer).application
    reviewed = applied(ground, newcomer(), state=State.ELIGIBLE, by=world.officer).application
    _reviewed(scored, world.officer)
    return {
        "fair": ground.fair,
        "call": ground.call,
        "application": scored,
        "entered": entered.application,
        "mine": mine,
        "reviewed": reviewed,
        "step": "goods",
    }


def _written(ground: Fairground, world: World) -> Application:
    with transaction():
        asked = services.begin(fair=ground.fair, cooperative=world.dong_lac, by=world.director)
        services.set_goods(asked=asked, products=[world.carrots], halves=4, least=2, by=world.director)
        services.set_place(
            asked=asked,
            wishes=[Wished(booth=ground.booth("A01")), Wished(zone=ground.zones[1]), Wished()],
            near=[world.kinh_mon],
            by=world.director,
        )
    return asked.application


def _reviewed(application: Application, by: Person) -> None:
    points = {each.id: each.most - 1 for each in application.call.criteria}
    with transaction():
        review = applications.write_review(
            application=application, points=points, words="Hàng đẹp, bao bì còn đơn giản.", by=by
        )
        applications.submit_review(review=review, by=by)


def _budget(ground: Fairground) -> None:
    for position, (source, millions) in enumerate(
        ((BudgetSource.PROVINCE, 90), (BudgetSource.SPONSORS, 30)), start=1
    ):
        db.session.add(
            BudgetLine(
                fair_id=ground.fair.id,
                position=position,
                source=source,
                amount=Money(millions * 1_000_000),
            )
        )


# --- who stands where -------------------------------------------------------------------------------


def _prepared(world: World) -> Values:
    """Six booths, three applicants; two computations, the first of which is chosen."""
    ground = fairground(world, booths=6, booth_fee=Money(2_000_000))
    first = ground.booth("A01")
    with transaction():
        _budget(ground)
        applications.draw_seed(
            call=ground.call, source="Xổ số miền Bắc", words="27-11-2026 84213", by=world.officer
        )
    mine = applied(
        ground,
        world.dong_lac,
        state=State.ELIGIBLE,
        wishes=(first,),
        products=(world.carrots,),
        by=world.director,
    )
    applied(
        ground,
        world.kinh_mon,
        state=State.ELIGIBLE,
        wishes=(first,),
        products=(world.onions,),
        by=world.rival,
    )
    applied(ground, newcomer(), state=State.ELIGIBLE, halves=12, by=world.officer)
    run, other = _computed(ground, world), _computed(ground, world)
    with transaction():
        services.choose_run(run=run, by=world.officer)
    seat = next(each for each in run.seats if each.application_id == mine.application_id)
    return {
        "fair": ground.fair,
        "call": ground.call,
        "application": mine.application,
        "run": run,
        "other": other,
        "ref": seat.application.ref,
        "stand": "",
    }


def _computed(ground: Fairground, world: World) -> AllocationRun:
    with transaction():
        run = services.queue_run(fair=ground.fair, by=world.officer)
    allocate(run.id)
    return db.session.get_one(AllocationRun, run.id, populate_existing=True)


# --- before it begins -------------------------------------------------------------------------------


def _soon(world: World, buyer: Organisation, who_buys: Person) -> Values:
    """Stands are confirmed, somebody waits, meetings have their timetable."""
    at = showing(world, in_days=25)
    fair, stand = at.fair, at.carrots
    applied(at.ground, newcomer(), state=State.WAITLISTED, by=world.officer)
    applied(at.ground, newcomer(), by=world.officer)
    beside = applied(at.ground, newcomer(), halves=4, by=world.officer)
    neighbours = standing(at.ground, beside, at.ground.booth("B03"), at.ground.booth("B04"))
    with transaction():
        db.session.add(
            Wish(
                application_id=stand.application_id,
                rank=1,
                kind=WishKind.BOOTH,
                booth_id=at.ground.booth("A05").id,
            )
        )
        services.add_staff_pass(stand=stand, holder="Nguyễn Văn Nam", by=world.director)
        services.ask_swap(mine=neighbours, yours=stand, words="Chúng tôi cần chỗ có nước.", by=world.officer)
        services.ask_for_better(stand=stand, by=world.director)
    round = _round(at, world)
    with transaction():
        services.join_meetings(round=round, organisation=buyer, by=who_buys)
    guests = {each.buys: each for each in queries.meeting_guests(round.id) if each.name != at.onions.ref}
    ours = next(each for each in queries.meeting_guests(round.id) if "Đồng Lạc" in each.name)
    with transaction():
        services.wish_to_meet(guest=guests[True], wished=[ours], away=[dt.time(9, 10)], by=who_buys)
        services.wish_to_meet(guest=ours, wished=[guests[True]], away=[], by=world.director)
        services.ask_for_timetable(round=round, by=world.officer)
    compute_meetings(round.id)
    with transaction():
        services.publish_timetable(round=round, by=world.officer)
    return {
        "fair": fair,
        "stand": stand,
        "round": round,
        "guest": guests[True],
        "meeting": db.session.scalars(select(Meeting).where(Meeting.round_id == round.id)).first(),
        "ref": at.ground.hall.ref,
        "code": "A03",
        "zone_id": at.ground.zones[0].id,
    }


def _round(at: Showing, world: World) -> Any:
    with transaction():
        round = services.plan_meetings(
            fair=at.fair,
            day=at.fair.first_day,
            opens=dt.time(8, 30),
            closes=dt.time(11),
            minutes=20,
            tables=2,
            breaks=[["09:30", "10:00"]],
            place="Phòng kết nối",
            most_wishes=10,
            wishes_until=clock.now() + dt.timedelta(days=6),
            by=world.officer,
        )
        services.open_meetings(round=round, by=world.officer)
    return round


# --- while it runs, and after -----------------------------------------------------------------------


def _running(world: World) -> Values:
    """Sales and contacts of today; two gates, and somebody who was let in at both."""
    at = showing(world)
    sold(world, at.carrots, 3_000_000, kg=50)
    met(world, at.carrots)
    signed(world, at.carrots, DealKind.MEMORANDUM, 2_000_000_000)
    front, back = gate(at.ground, world), gate(at.ground, world, "Cổng sau")
    guest, _second = visitor(at.ground), visitor(at.ground, "Trần Văn Bình")
    now = clock.now()
    told(front, scan(guest, at=now - dt.timedelta(minutes=30)))
    told(back, scan(guest, at=now - dt.timedelta(minutes=20)))
    with transaction():
        services.add_organiser_pass(fair=at.fair, holder="Vũ Thị Sen", by=world.officer)
    return {
        "fair": at.fair,
        "stand": at.fair.slug,
        "day": clock.today(),
        "gate": front,
        "conflict": db.session.scalars(select(GateConflict).where(GateConflict.fair_id == at.fair.id)).one(),
        "fair_pass": guest,
        "key": codes.path_for(guest).rsplit("/", 1)[1],
        "application": at.carrots.application,
        "calls": at.onions,
    }


def _over(world: World) -> Values:
    """Đồng Lạc's result is verified, Thăng Long's came after the report."""
    at = showing(world, in_days=-9)
    last = at.fair.last_day
    with clock.standing_at(clock.from_local(dt.datetime.combine(last, dt.time(17)))):
        sold(world, at.carrots, 3_000_000, kg=50)
        met(world, at.carrots)
        signed(world, at.carrots, DealKind.MEMORANDUM, 2_000_000_000)
        signed(world, at.carrots, DealKind.CONTRACT, 1_000_000_000)
        sold(world, at.onions, 1_000_000, by=world.rival)
    with after(at.fair):
        verified(handed_in(at.carrots, by=world.director), sales=2_000_000, by=world.officer)
    with transaction():
        report = services.file_report(
            fair=at.fair, number="125/BC-LMHTX", dated=clock.today(), reason="", by=world.officer
        )
    waiting = handed_in(at.onions, by=world.rival)  # late: it is for the next report
    return {
        "fair": at.fair,
        "stand": at.fair.slug,
        "result": waiting,
        "sheet": {"fair": at.fair, "stand": at.carrots, "day": last},
        "report": report,
        "key": "sales",
    }
