"""Whatever people do along a chain, in whatever order: fields, requests, quotes, pools, contracts, calls, loads, slips,
disputes, sheets, money, and the time that passes. What a step needs and is not there is made first."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Sequence
from decimal import ROUND_DOWN, Decimal
from functools import cache, partial
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from PIL import Image
from sqlalchemy import select

from marketplace.deliveries import services as deliveries
from marketplace.deliveries.states import DeliveryState
from marketplace.foundation import clock
from marketplace.foundation.calendar import week_of
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Refusal
from marketplace.foundation.money import Money
from marketplace.fulfilment import invariants as fulfilment
from marketplace.fulfilment import queries as slips
from marketplace.fulfilment import services
from marketplace.fulfilment import tasks as keeping
from marketplace.fulfilment.correcting import Shift
from marketplace.fulfilment.grading import Graded
from marketplace.fulfilment.models import Acceptance, Load, Settlement, SlipDispute
from marketplace.fulfilment.queries import settlement as sheets
from marketplace.fulfilment.states import SETTLEMENT, TO_CONFIRM, AcceptanceState, Outcome
from marketplace.fulfilment.states.dispute import OPEN_SLIP_DISPUTES
from marketplace.linkage import invariants as linkage
from marketplace.linkage import queries, tasks
from marketplace.linkage import services as verbs
from marketplace.linkage.models import CallOff, Contract, Need, NeedAward, Quote
from marketplace.linkage.sharing import SharingRule
from marketplace.linkage.states import LIVING, STANDING, AwardKind, NeedState
from marketplace.linkage.states.call_off import CALLABLE, CallOffState, Cause
from marketplace.linkage.states.contract import ContractSide, ContractState
from marketplace.payments import services as payments
from marketplace.payments.models import Charge
from marketplace.payments.states import ChargeState
from marketplace.supply import invariants as supply
from marketplace.supply import services as ledger
from marketplace.supply import tasks as ledger_tasks
from tests.buyers.company import Company
from tests.linkage.agreed import in_force, monday, sign
from tests.linkage.asked import carrots
from tests.linkage.gathered import Seller
from tests.world import World

KG = Decimal
CHECKS = {**supply.CHECKS, **linkage.CHECKS, **fulfilment.CHECKS}
WHICH = st.integers(0, 9)
WHO = st.integers(0, 2)
PARTS = st.sampled_from([0, 1, 35, 80, 99, 100])


def broken() -> dict[str, int]:
    db.session.rollback()
    db.session.expire_all()
    found = {number: count for number, (_words, check) in CHECKS.items() if (count := check())}
    db.session.rollback()
    return found


@cache
def photo() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (64, 48), "#c24e14").save(file, "JPEG")
    return file.getvalue()


def share(kg: Decimal, part: int) -> Decimal:
    return (kg * part / 100).quantize(Decimal("0.1"), ROUND_DOWN)


class Chain(RuleBasedStateMachine):
    """Three sellers of carrots, one buyer, an officer, a clock that only goes on. The database stays from story to
    story: the ledger grows fuller, and whatever was left open may be gone on with."""

    app: Any
    world: World
    company: Company
    sellers: Sequence[Seller]
    now: dt.datetime

    # --- how ------------------------------------------------------------------------------------------

    def _try(self, act: Callable[[], Any]) -> Any:
        """What is refused changes nothing."""
        with clock.standing_at(self.now):
            try:
                with transaction():
                    return act()
            except Refusal:
                db.session.rollback()
                return None

    def _one(self, query: Any, which: int) -> Any:
        found = db.session.scalars(query).all()
        return found[which % len(found)] if found else None

    def _seller(self, cooperative_id: int) -> Any:
        return next(each.director for each in self.sellers if each.cooperative.id == cooperative_id)

    @initialize(
        start=st.sampled_from(
            ["nothing", "quoted", "pooled", "awarded", "called", "sent", "signed", "disputed", "due"]
        )
    )
    def begin(self, start: str) -> None:
        """Somewhere along the way: no story of twenty-five steps would come from the field to the money."""
        if start in ("quoted", "pooled", "awarded"):
            self._begin_with_request(start)
        elif start != "nothing":
            self._begin_with_contract(start)

    def _begin_with_request(self, start: str) -> None:
        self.ask(1_000, splits=True, sealed=False)
        for who in (0, 1):
            self.quote(who, 500, 6_000)
        if start == "pooled":
            self.form(SharingRule.BY_CAPACITY, 900)
            for who in (0, 1, 2):
                self.join(who, 0, 300)
            self.allocate(again=False)
        if start == "awarded":
            self.award([100, 80, 0, 0], reserve=False)
            self.conclude(signed=True)

    def _begin_with_contract(self, start: str) -> None:
        with clock.standing_at(self.now):
            spans = [
                {"goods": 0, "first": monday(1), "last": monday(3), "each": "week", "quantity": KG(2000)}
            ]
            in_force(self.world, self.company, quantity={"spans": spans})
        for ahead in (1, 2):
            self.forecast(0, ahead, 9_000)
        way: dict[str, list[Callable[[], None]]] = {
            "called": [lambda: self.call(0, 100), lambda: self.answer(0, 80)],
            "sent": [lambda: self.load(0, 100), lambda: self.send(0, 100)],
            "signed": [lambda: self.weigh(0, 3, 5)],
            "disputed": [lambda: self.object(0, 100, consents=True)],
            "due": [
                lambda: self.speak("grant"),
                self.draw,
                lambda: self.confirm("seller"),
                lambda: self.confirm("buyer"),
            ],
        }
        for step, acts in way.items():
            for act in acts:
                act()
            if step == start:
                return

    # --- fields, requests, quotes ---------------------------------------------------------------------

    @rule(who=WHO, ahead=st.integers(0, 4), kg=st.integers(0, 9_000))
    def forecast(self, who: int, ahead: int, kg: int) -> None:
        seller = self.sellers[who]
        week = str(week_of(clock.to_local(self.now).date()) + ahead)
        self._try(
            lambda: ledger.forecast(product=seller.carrots, week=week, likely=KG(kg), by=seller.director)
        )

    @rule(each=st.integers(50, 3_000), splits=st.booleans(), sealed=st.booleans())
    def ask(self, each: int, splits: bool, sealed: bool) -> None:
        self._try(lambda: self._asked(KG(each), splits, sealed))
        for who in range(len(self.sellers)):
            for ahead in (2, 3):
                self.forecast(who, ahead, 4_000)

    def _asked(self, each: Decimal, splits: bool, sealed: bool) -> Need:
        from marketplace.linkage import schedule
        from marketplace.linkage.states import Audience

        by, first = self.company.hanh, monday(2)
        need = verbs.draft_need(organisation=self.company.bigmart, goods=carrots(), by=by)
        verbs.set_goods(need=need, commodity=None, grade=None, packing="Thùng 10 kg", by=by)
        portions = schedule.weekly(first, first + dt.timedelta(days=13), each)
        verbs.set_amounts(need=need, portions=portions, by=by)
        verbs.set_delivery(
            need=need,
            depot=self.company.store,
            arrives_from=dt.time(3),
            arrives_until=dt.time(5, 30),
            by=by,
        )
        verbs.set_papers(need=need, kinds=[], by=by)
        verbs.set_terms(
            need=need, target_price=None, audience=Audience.OPEN, splits=splits, sealed=sealed, by=by
        )
        until = clock.now() + dt.timedelta(days=4)
        verbs.set_deadlines(need=need, quotes_until=until, questions_until=None, by=by)
        verbs.open_need(need=need, by=by)
        return need

    def _need(self, *states: NeedState) -> Need | None:
        """The newest in such a state; an open one is made when there is none."""
        query = select(Need).where(Need.state.in_(states)).order_by(Need.id.desc()).limit(1)
        found = db.session.scalars(query).first()
        if found is None and NeedState.OPEN in states:
            self.ask(1_000, splits=True, sealed=False)
            found = db.session.scalars(query).first()
        return found

    @rule(who=WHO, portion=st.integers(1, 3_000), price=st.integers(4_000, 9_000))
    def quote(self, who: int, portion: int, price: int) -> None:
        need, seller = self._need(NeedState.OPEN), self.sellers[who]
        if need is None or need.first_day is None or need.last_day is None:
            return
        numbers = verbs.Numbers(
            product=seller.carrots,
            portion=KG(portion),
            price=Money(price),
            carriage=Money(0),
            first=need.first_day,
            last=need.last_day,
            loading="Sân hợp tác xã",
            valid_until=self.now + dt.timedelta(days=12),
        )
        self._try(
            lambda: verbs.submit_quote(
                need=need, cooperative=seller.cooperative, numbers=numbers, by=seller.director
            )
        )

    def _quote(self, which: int) -> Quote | None:
        found: Quote | None = self._one(
            select(Quote).where(Quote.state.in_(STANDING)).order_by(Quote.id.desc()).limit(4), which
        )
        return found

    @rule(which=WHICH)
    def withdraw(self, which: int) -> None:
        quote = self._quote(which)
        if quote is not None:
            by = self._seller(quote.cooperative_id)
            self._try(lambda: verbs.withdraw_quote(quote=quote, reason="Hết hàng", by=by))

    @rule(which=WHICH, takes=st.booleans())
    def counter(self, which: int, takes: bool) -> None:
        """The buyer asks for a little less, and the seller says yes or no."""
        quote = self._quote(which)
        if quote is None:
            return
        numbers = verbs.numbers_of(quote.offer)
        less = verbs.Numbers(**{**vars(numbers), "portion": max(numbers.portion / 2, KG(1))})
        self._try(lambda: verbs.counter_quote(quote=quote, numbers=less, by=self.company.huy))
        by = self._seller(quote.cooperative_id)
        if takes:
            self._try(lambda: verbs.accept_counter(quote=quote, by=by))
        else:
            self._try(lambda: verbs.decline_counter(quote=quote, reason="Không", by=by))

    # --- pools ----------------------------------------------------------------------------------------

    def _pool(self) -> Any:
        from marketplace.linkage.models import Pool

        query = select(Pool).where(Pool.state.in_(LIVING)).order_by(Pool.id.desc())
        return db.session.scalars(query).first()

    @rule(how=st.sampled_from(SharingRule), goal=st.integers(1, 3_000))
    def form(self, how: SharingRule, goal: int) -> None:
        need = self._need(NeedState.OPEN)
        if need is not None:
            self._try(lambda: self._formed(need, how, goal))

    def _formed(self, need: Need, how: SharingRule, goal: int) -> None:
        officer = self.world.officer
        pool = verbs.form_pool(
            need=need,
            lead=self.sellers[0].cooperative,
            rule=how,
            goal=min(goal, int(need.left)),
            join_by=clock.now() + dt.timedelta(days=1),
            by=officer,
        )
        for seller in self.sellers[1:]:
            verbs.invite_to_pool(pool=pool, cooperative=seller.cooperative, by=officer)

    @rule(who=WHO, least=st.integers(0, 300), more=st.integers(0, 2_000))
    def join(self, who: int, least: int, more: int) -> None:
        pool, seller = self._pool(), self.sellers[who]
        member = queries.pool.member_called(pool, seller.cooperative.slug) if pool is not None else None
        sources = queries.pool.sources_of(pool, seller.cooperative.id) if pool is not None else []
        if member is None or not sources:
            return
        words = dict.fromkeys(queries.pool.goal_by_week(pool), (least, least + more))
        self._try(
            lambda: verbs.commit_to_pool(member=member, source=sources[0], weeks=words, by=seller.director)
        )

    @rule(who=WHO)
    def leave(self, who: int) -> None:
        pool = self._pool()
        member = (
            queries.pool.member_called(pool, self.sellers[who].cooperative.slug) if pool is not None else None
        )
        if member is not None:
            by = self.world.officer
            self._try(lambda: verbs.release_pool_member(member=member, reason="Mưa", by=by))

    @rule(again=st.booleans())
    def allocate(self, again: bool) -> None:
        """Locked or computed once more, put in force, and answered with."""
        pool, officer = self._pool(), self.world.officer
        if pool is None:
            return
        self._try(lambda: verbs.lock_pool(pool=pool, by=officer))
        if again:
            self._try(lambda: verbs.queue_allocation(pool=pool, reason="Lần nữa", by=officer))
        run = queries.pool_allocation.allocation_at_work(pool.id)
        if run is None:
            return
        run_id = run.id
        db.session.rollback()
        with clock.standing_at(self.now):
            tasks.compute_shares(run_id)
        db.session.expire_all()
        made = queries.pool_allocation.allocation_no(
            pool.id, queries.pool_allocation.last_allocation_number(pool.id)
        )
        if made is not None:
            self._try(lambda: verbs.put_allocation_in_force(allocation=made, by=officer))
        self._try(lambda: verbs.answer_with_pool(pool=pool, price=Money(6_500), by=officer))

    # --- awards and contracts -------------------------------------------------------------------------

    @rule(parts=st.lists(PARTS, min_size=4, max_size=4), reserve=st.booleans())
    def award(self, parts: list[int], reserve: bool) -> None:
        """Each quote and pool gets a part of what it offers: in full, in part, none."""
        need = self._need(NeedState.OPEN, NeedState.CLOSED)
        if need is None:
            return
        if need.state is NeedState.OPEN:
            self._try(lambda: verbs.close_need(need=need, by=self.company.huy))
        quotes = queries.quotes_in(need.id, STANDING)
        shares = {
            quote.id: share(queries.fitting(need, quote.offer.quantities), part)
            for quote, part in zip(quotes, parts, strict=False)
        }
        pools = {
            pool.id: KG(int(share(queries.fitting(need, queries.offered_by_pool(pool)), parts[3])))
            for pool in queries.pool.pools_chosen_from(need.id)
        }
        rest = [id for id, kg in shares.items() if not kg] if reserve else []
        self._try(
            lambda: verbs.choose_quotes(
                need=need, shares=shares, pools=pools, reserves=rest, by=self.company.huy
            )
        )

    @rule()
    def none_suitable(self) -> None:
        need = self._need(NeedState.CLOSED)
        if need is not None:
            self._try(lambda: verbs.choose_none(need=need, reason="Giá cao", by=self.company.huy))

    @rule(signed=st.booleans())
    def conclude(self, signed: bool) -> None:
        """The contract of an award: written, offered, signed by both or given up."""
        known = select(Contract.origin).where(Contract.state != ContractState.DROPPED)
        query = select(NeedAward).where(NeedAward.kind == AwardKind.PART, NeedAward.source.not_in(known))
        award = db.session.scalars(query.order_by(NeedAward.id.desc())).first()
        made = self._try(lambda: self._written(award)) if award is not None else None
        if made is None:
            return
        version, director = made.versions[0], self._seller(made.cooperative_id)
        if not signed:
            self._try(lambda: verbs.drop(version=version, reason="Không ký", by=director))
            return
        with clock.standing_at(self.now):
            sign(version, self.company.huy)
            sign(version, director)

    def _written(self, award: NeedAward) -> Contract:
        by = self.company.huy
        made = verbs.contract_from_award(award=award, by=by)
        version = made.versions[0]
        content = queries.content_shown(version, by)
        told: dict[str, dict[str, Any]] = {
            "parties": {
                "seller_representative": "Giám đốc",
                "buyer_representative": by.name,
                "buyer_address": "Sao Đỏ",
                "witness": False,
            },
            "goods": {"standard": "Củ thẳng"},
            "price": {"grades": [{**content["price"]["grades"][0], "grade": "1"}]},
            "quantity": {"tolerance": KG(5)},
        }
        for section, values in told.items():
            verbs.fill_in(version=version, section=section, told={**content[section], **values}, by=by)
        verbs.offer(version=version, by=by)
        return made

    # --- calls ----------------------------------------------------------------------------------------

    def _call_off(self, which: int, *states: CallOffState) -> CallOff | None:
        """Of the newest contracts; nothing that is over."""
        with clock.standing_at(self.now):
            this_week = str(week_of(clock.today()))
        query = (
            select(CallOff)
            .join(CallOff.contract)
            .where(
                CallOff.state.in_(states), CallOff.week >= this_week, Contract.state == ContractState.ACTIVE
            )
            .order_by(CallOff.contract_id.desc(), CallOff.slot)
        )
        found: CallOff | None = self._one(query, which)
        return found

    @rule(which=WHICH, part=st.sampled_from([1, 50, 100, 105, 106]))
    def call(self, which: int, part: int) -> None:
        found = self._call_off(which, *CALLABLE)
        if found is not None:
            wanted, by = {found.ref: share(found.planned, part)}, self.company.huy
            self._try(lambda: verbs.call_off.call(contract=found.contract, wanted=wanted, by=by))

    @rule(which=WHICH, part=PARTS)
    def change(self, which: int, part: int) -> None:
        found = self._call_off(which, CallOffState.CALLED, CallOffState.ACCEPTED)
        if found is not None:
            kg, by = share(found.planned, part), self.company.huy
            self._try(lambda: verbs.call_off.change(call_off=found, quantity=kg, by=by))

    @rule(which=WHICH, part=PARTS)
    def answer(self, which: int, part: int) -> None:
        found = self._call_off(which, CallOffState.CALLED)
        if found is not None:
            kg, by = share(found.called, part), self._seller(found.contract.cooperative_id)
            self._try(lambda: verbs.call_off.answer(call_off=found, quantity=kg, cause=Cause.WEATHER, by=by))

    @rule(which=WHICH)
    def take_back(self, which: int) -> None:
        found = self._call_off(which, CallOffState.CALLED)
        if found is not None:
            self._try(lambda: verbs.call_off.cancel(call_off=found, by=self.company.huy))

    # --- loads and slips ------------------------------------------------------------------------------

    @rule(which=WHICH, part=PARTS)
    def load(self, which: int, part: int) -> None:
        """By whoever holds goods for the call."""
        found = self._call_off(which, CallOffState.ACCEPTED)
        if found is None:
            return
        for seller in self.sellers:
            left = share(services.load.held(found, seller.cooperative.id), part)
            self._try(
                partial(
                    services.load.prepare,
                    call_off=found,
                    kg=left,
                    cooperative=seller.cooperative,
                    by=seller.director,
                )
            )

    def _load(self, which: int, *where: Any) -> Load | None:
        query = select(Load).where(Load.called_off_at.is_(None), *where).order_by(Load.id.desc()).limit(5)
        found: Load | None = self._one(query, which)
        return found

    @rule(which=WHICH)
    def unload(self, which: int) -> None:
        load = self._load(which, Load.sent.is_(None))
        if load is not None:
            by = self._seller(load.cooperative_id)
            self._try(lambda: services.load.call_off_load(load=load, by=by))

    @rule(which=WHICH, part=st.sampled_from([60, 100]))
    def send(self, which: int, part: int) -> None:
        load = self._load(which, Load.sent.is_(None))
        if load is None:
            return
        by, delivery = self._seller(load.cooperative_id), load.delivery
        if delivery.state is DeliveryState.PLANNED:
            self._try(lambda: deliveries.pack(delivery=delivery, by=by))
        amounts = {line.id: share(line.accepted, part) for line in delivery.lines}
        self._try(lambda: deliveries.dispatch(delivery=delivery, quantities=amounts, by=by))

    @rule(which=WHICH, refused=st.integers(0, 30), soil=st.integers(0, 5))
    def weigh(self, which: int, refused: int, soil: int) -> None:
        known = select(Acceptance.delivery_id).where(Acceptance.state != AcceptanceState.OPEN)
        load = self._load(which, Load.sent.is_not(None), Load.delivery_id.not_in(known))
        if load is not None:
            self._try(lambda: self._weighed(load, refused, soil))

    def _weighed(self, load: Load, refused: int, soil: int) -> None:
        by = self.company.huy
        slip = services.acceptance.open_slip(delivery=load.delivery, by=by)
        gross = load.sent or KG(0)
        deducted = share(gross, soil)
        bad = share(gross - deducted, refused)
        grade = services.acceptance.grades_of(slip.contract)[0]
        lines = [
            Graded(Outcome.ACCEPTED, grade, gross - deducted - bad),
            Graded(Outcome.REJECTED, "", bad, "broken"),
        ]
        services.acceptance.sign_as_buyer(
            acceptance=slip,
            gross=gross,
            tare=KG(0),
            deducted=deducted,
            lines=[line for line in lines if line.kg],
            name=by.name,
            by=by,
        )

    def _slip(self, which: int, *states: AcceptanceState) -> Acceptance | None:
        query = select(Acceptance).where(Acceptance.state.in_(states)).order_by(Acceptance.id.desc()).limit(5)
        found: Acceptance | None = self._one(query, which)
        return found

    @rule(which=WHICH)
    def agree(self, which: int) -> None:
        slip = self._slip(which, AcceptanceState.SIGNED)
        if slip is not None:
            by = self._seller(slip.cooperative_id)
            self._try(lambda: services.acceptance.sign_as_seller(acceptance=slip, name=by.name, by=by))

    # --- disputes -------------------------------------------------------------------------------------

    @rule(which=WHICH, part=st.sampled_from([50, 100]), consents=st.booleans())
    def object(self, which: int, part: int, consents: bool) -> None:
        slip = self._slip(which, AcceptanceState.SIGNED, AcceptanceState.AGREED)
        if slip is None:
            return
        self._try(
            lambda: services.dispute.raise_dispute(
                acceptance=slip,
                side=ContractSide.SELLER,
                shifts=self._claim(slip, part),
                words="Hàng vẫn tốt",
                photos=[(io.BytesIO(photo()), "hang.jpg")],
                consents=consents,
                by=self._seller(slip.cooperative_id),
            )
        )

    def _claim(self, slip: Acceptance, part: int) -> list[Shift]:
        grade = services.acceptance.grades_of(slip.contract)[-1]
        return [
            Shift(line.id, share(line.kg, part), Outcome.ACCEPTED, grade)
            for line in slip.lines
            if line.outcome is Outcome.REJECTED
        ]

    @rule(what=st.sampled_from(["grant", "answer", "ask", "propose", "yes", "no", "decide", "withdraw"]))
    def speak(self, what: str) -> None:
        """Somebody in an open dispute says something, whether it is their turn or not."""
        query = select(SlipDispute.id).where(SlipDispute.state.in_(OPEN_SLIP_DISPUTES))
        number = db.session.scalars(query.order_by(SlipDispute.id.desc())).first()
        if number is not None:
            self._try(lambda: self._say(slips.dispute.by_id(number), what))

    def _say(self, dispute: SlipDispute, what: str) -> None:
        buyer, officer = self.company.huy, self.world.officer
        seller, claim = self._seller(dispute.acceptance.cooperative_id), self._claim(dispute.acceptance, 50)
        told: dict[str, Callable[[], Any]] = {
            "grant": lambda: services.dispute.grant(dispute=dispute, by=buyer),
            "answer": lambda: services.dispute.answer(
                dispute=dispute, words="Kho đã cân", consents=True, by=buyer
            ),
            "ask": lambda: services.dispute.ask_alliance(dispute=dispute, side=ContractSide.BUYER, by=buyer),
            "propose": lambda: services.dispute.propose(
                dispute=dispute, shifts=claim, words="Một nửa", by=officer
            ),
            "yes": lambda: [
                services.dispute.say_yes(dispute=dispute, side=side, by=by)
                for side, by in ((ContractSide.SELLER, seller), (ContractSide.BUYER, buyer))
            ],
            "no": lambda: services.dispute.say_no(
                dispute=dispute, side=ContractSide.BUYER, words="Không", by=buyer
            ),
            "decide": lambda: services.dispute.decide(
                dispute=dispute, shifts=claim, words="Một nửa", by=officer
            ),
            "withdraw": lambda: services.dispute.withdraw(dispute=dispute, by=seller),
        }
        told[what]()

    # --- money ----------------------------------------------------------------------------------------

    @rule()
    def draw(self) -> None:
        for contract_id in sheets.to_draw()[:1]:
            contract = queries.contract_by_id(contract_id)
            self._try(partial(services.settlement.draw, contract=contract, by=self.company.huy))

    def _sheet(self) -> Settlement | None:
        query = select(Settlement).where(Settlement.state.in_(TO_CONFIRM)).order_by(Settlement.id.desc())
        return db.session.scalars(query).first()

    @rule(side=st.sampled_from(["seller", "buyer"]))
    def confirm(self, side: str) -> None:
        sheet = self._sheet()
        if sheet is not None:
            by = self.company.huy if side == "buyer" else self._seller(sheet.cooperative_id)
            self._try(lambda: services.settlement.confirm(settlement=sheet, by=by))

    @rule(less=st.integers(0, 90_000))
    def disagree(self, less: int) -> None:
        sheet = self._sheet()
        if sheet is not None:
            taken = [("Bốc xếp", Money(less))] if less else None
            self._try(
                lambda: services.settlement.disagree(
                    settlement=sheet, words="Chưa đúng", deductions=taken, by=self.company.huy
                )
            )

    @rule(part=st.sampled_from([30, 100, 110]))
    def pay(self, part: int) -> None:
        query = select(Charge).where(
            Charge.purpose == SETTLEMENT, Charge.state.in_([ChargeState.EXPECTED, ChargeState.REPORTED])
        )
        charge = db.session.scalars(query.order_by(Charge.id)).first()
        if charge is not None and (amount := int(charge.open_amount) * part // 100) > 0:
            by = self._seller(sheets.settlement_by_id(charge.subject_id).cooperative_id)
            self._try(lambda: payments.confirm(charge=charge, amount=Money(amount), by=by))

    # --- time -----------------------------------------------------------------------------------------

    @rule(hours=st.sampled_from([1, 5, 20, 26, 50]))
    def wait(self, hours: int) -> None:
        """Time passes, and the worker's clock does what is due."""
        type(self).now = self.now + dt.timedelta(hours=hours)
        db.session.rollback()
        with clock.standing_at(self.now):
            for task in (
                ledger_tasks.free_expired_holds,
                tasks.close_requests,
                tasks.close_late_calls,
                keeping.acceptance.take_buyers_silence,
                keeping.acceptance.take_sellers_silence,
                keeping.dispute.end_silent_disputes,
                tasks.close_contracts,
                ledger_tasks.close_past_shortfalls,
                keeping.shortfall.write_records,
            ):
                task()
        db.session.rollback()
        db.session.expire_all()

    # --- what must be true ----------------------------------------------------------------------------

    @invariant()
    def nothing_is_broken(self) -> None:
        with clock.standing_at(self.now):
            found = broken()
        assert found == {}
