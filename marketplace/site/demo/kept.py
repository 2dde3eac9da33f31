"""A contract that is kept, week after week: calls, loads, slips of acceptance, sheets, and one week that it rained.

Everything that happens to the carrots of Đồng Lạc on their way to the supermarket can be seen in some state."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select

from marketplace.accounts import queries as accounts
from marketplace.accounts.models import Person
from marketplace.deliveries import services as deliveries
from marketplace.foundation import clock
from marketplace.foundation.calendar import Week, week_of
from marketplace.foundation.db import db
from marketplace.foundation.media import receive_photo
from marketplace.foundation.money import Money
from marketplace.fulfilment import services
from marketplace.fulfilment.correcting import Shift
from marketplace.fulfilment.grading import Graded
from marketplace.fulfilment.models import Acceptance, Load, Settlement
from marketplace.fulfilment.states import SETTLEMENT, Fate, Outcome, Rejection
from marketplace.linkage import services as linkage
from marketplace.linkage.models import AgreedPrice, CallOff, Contract
from marketplace.linkage.states.call_off import Cause
from marketplace.linkage.states.contract import ContractSide, ContractState
from marketplace.payments import queries as money
from marketplace.site.demo.company import COLLEAGUE
from marketplace.site.demo.contracts import head_of, see_money
from marketplace.site.demo.pictures import picture
from marketplace.site.demo.registry import Province
from marketplace.site.demo.trade import labels
from marketplace.supply import queries as ledger
from marketplace.supply import services as supply

KG = Decimal
EACH_WEEK = KG(2_000)
TRUCK, PICK_UP = "34C-128.66", "34C-091.35"
MARKET = "chợ đầu mối Đức Chính, giá minh hoạ"
WEDNESDAY, THURSDAY, FRIDAY = 2, 3, 4


@dataclass(frozen=True)
class Both:
    """A contract, who answers for its seller and its buyer, and who weighs at the depot."""

    contract: Contract
    director: Person
    head: Person
    keeper: Person

    def call(self, week: Week, kg: Decimal = EACH_WEEK) -> CallOff:
        """The buyer asks for what the plan says of this week."""
        wanted = self.slot(week)
        linkage.call_off.call(contract=self.contract, wanted={wanted.ref: kg}, by=self.head)
        return wanted

    def slot(self, week: Week) -> CallOff:
        query = select(CallOff).where(CallOff.contract_id == self.contract.id, CallOff.slot == str(week))
        return db.session.scalars(query).one()

    def accept(self, call_off: CallOff) -> None:
        linkage.call_off.answer(call_off=call_off, quantity=call_off.called, by=self.director)

    def send(self, call_off: CallOff, kg: Decimal, vehicle: str) -> Load:
        """Made ready, packed in its lots, and on its way."""
        load = services.load.prepare(call_off=call_off, kg=kg, by=self.director)
        deliveries.pack(delivery=load.delivery, lots=labels(load.delivery), by=self.director)
        deliveries.dispatch(delivery=load.delivery, vehicle=vehicle, by=self.director)
        return load

    def weigh(
        self, load: Load, gross: int, tare: int, lines: Sequence[Graded], words: str = ""
    ) -> Acceptance:
        """The depot opens a slip and signs what it saw."""
        slip = services.acceptance.open_slip(delivery=load.delivery, by=self.keeper)
        services.acceptance.sign_as_buyer(
            acceptance=slip,
            gross=KG(gross),
            tare=KG(tare),
            deducted=KG(0),
            lines=lines,
            name=self.keeper.name,
            words=words,
            by=self.keeper,
        )
        return slip

    def agree(self, slip: Acceptance) -> None:
        services.acceptance.sign_as_seller(acceptance=slip, name=self.director.name, by=self.director)

    def price(self, market: int, *, confirmed: bool = True) -> list[AgreedPrice]:
        """Of both grades for what came today, from what the market pays; the seller has said yes."""
        found = [
            linkage.compute_price(
                contract=self.contract,
                grade=grade,
                day=clock.today(),
                market=Money(market),
                source=MARKET,
                by=self.director,
            )
            for grade in ("1", "2")
        ]
        for price in found:
            for by in (self.director, self.head) if confirmed else (self.director,):
                linkage.agree_price(price=price, by=by)
        return found

    def settle(self) -> Settlement:
        """The buyer draws the sheet up, and both confirm it."""
        sheet = services.settlement.draw(contract=self.contract, by=self.head)
        for by in (self.head, self.director):
            services.settlement.confirm(settlement=sheet, by=by)
        return sheet


def kept(province: Province) -> int:
    """What came of each week of the contract in force; returns how many loads have left."""
    seller = province.cooperatives["dong-lac"]
    contract = db.session.scalars(
        select(Contract)
        .where(Contract.cooperative_id == seller.id, Contract.state == ContractState.ACTIVE)
        .order_by(Contract.id)
    ).first()
    keeper = accounts.person_by_identifier(COLLEAGUE[1])
    if contract is None or keeper is None:
        return 0
    both = Both(contract, province.directors["dong-lac"], head_of(contract.buyer), keeper)
    this = week_of(clock.today())
    _given_ahead(both)
    _expected(both, this)
    _a_good_week(both, this - 3)
    _a_week_with_refusals(both, this - 2)
    _rained_off(both, this - 1)
    _paid(both, this - 1)
    _this_week(both, this)
    _weeks_to_come(both, this)
    services.shortfall.write_slots(contract_id=contract.id)
    return 5


def _on(week: Week, weekday: int, hour: int) -> dt.datetime:
    return clock.start_of_day(week.start + dt.timedelta(days=weekday)) + dt.timedelta(hours=hour)


def _given_ahead(both: Both) -> None:
    """Seed was given, and the cooperative said that it came."""
    began = both.contract.signed_on
    assert began is not None, "it is in force"
    with clock.standing_at(clock.start_of_day(began) + dt.timedelta(days=3, hours=9)):
        given = services.ahead.give_inputs(
            contract=both.contract,
            item="Hạt giống cà rốt Ti-103",
            quantity=KG(15),
            unit="kg",
            value=Money(3_000_000),
            given_on=clock.today(),
            once="demo",
            by=both.head,
        )
    with clock.standing_at(clock.start_of_day(began) + dt.timedelta(days=4, hours=9)):
        services.ahead.confirm_inputs(advance=given, by=both.director)


def _expected(both: Both, this: Week) -> None:
    """Beside what these weeks bring for the shop, enough for the contract; said weeks before."""
    now, product = clock.now(), both.slot(this).product
    for back in (3, 2, 1):
        week = str(this - back)
        stock = ledger.week_stock(product.id, week)
        newest = ledger.newest_forecast(stock) if stock is not None else None
        likely = (newest.likely if newest is not None else KG(0)) + EACH_WEEK + 200
        with clock.standing_at(now - dt.timedelta(weeks=back + 3) + dt.timedelta(hours=2)):
            supply.forecast(product=product, week=week, likely=likely, by=both.director)


def _a_good_week(both: Both, week: Week) -> None:
    """All of it came, nearly all of it good; its sheet is confirmed by both."""
    call_off = _called_the_week_before(both, week)
    slip = _delivered(
        both, call_off, week, 2_046, 46, [_good(1_850), _good(110, "2"), _bad(40, Rejection.ROTTEN)]
    )
    with clock.standing_at(_on(week, WEDNESDAY, 10)):
        both.agree(slip)
        both.price(5_800)
    with clock.standing_at(_on(week, FRIDAY, 9)):
        both.settle()


def _a_week_with_refusals(both: Both, week: Week) -> None:
    """Some were broken on the way, with a photo; its sheet is confirmed and not due yet."""
    call_off = _called_the_week_before(both, week)
    with clock.standing_at(_on(week, WEDNESDAY, 7)):
        photo = receive_photo(stream=io.BytesIO(_photo(bruised=True)), filename="cu-gay.jpg", by=both.keeper)
    broken = _bad(70, Rejection.BROKEN, "Gãy ngang củ, dập ở đáy thùng", photo.id)
    slip = _delivered(both, call_off, week, 2_030, 40, [_good(1_800), _good(120, "2"), broken])
    with clock.standing_at(_on(week, WEDNESDAY, 10)):
        both.agree(slip)
        both.price(6_100)
    with clock.standing_at(_on(week, FRIDAY, 9)):
        both.settle()


def _called_the_week_before(both: Both, week: Week) -> CallOff:
    with clock.standing_at(_on(week - 1, THURSDAY, 9)):
        call_off = both.call(week)
    with clock.standing_at(_on(week - 1, THURSDAY, 15)):
        both.accept(call_off)
    return call_off


def _delivered(
    both: Both, call_off: CallOff, week: Week, gross: int, tare: int, lines: Sequence[Graded]
) -> Acceptance:
    """On Wednesday morning, in one truck."""
    with clock.standing_at(_on(week, WEDNESDAY, 5)):
        load = both.send(call_off, EACH_WEEK, TRUCK)
    with clock.standing_at(_on(week, WEDNESDAY, 7)):
        return both.weigh(load, gross, tare, lines)


def _rained_off(both: Both, week: Week) -> None:
    """Nothing could be pulled: the cooperative said so at once, and it stands in the record as that."""
    with clock.standing_at(_on(week - 1, THURSDAY, 9)):
        call_off = both.call(week)
    with clock.standing_at(_on(week - 1, THURSDAY, 16)):
        linkage.call_off.answer(
            call_off=call_off,
            quantity=KG(0),
            cause=Cause.WEATHER,
            words="Mưa ba ngày liền, ruộng ngập, chưa nhổ được.",
            by=both.director,
        )


def _paid(both: Both, week: Week) -> None:
    """The oldest sheet, some days before its time; what came of the weeks before is written into the record."""
    with clock.standing_at(_on(week, WEDNESDAY, 10)):
        oldest = db.session.scalars(
            select(Settlement).where(Settlement.contract_id == both.contract.id).order_by(Settlement.id)
        ).first()
        assert oldest is not None, "drawn up two weeks before"
        see_money(money.charge_for(SETTLEMENT, oldest.id), both.director)
    with clock.standing_at(_on(week, FRIDAY, 8)):
        services.shortfall.write_slots(contract_id=both.contract.id)


def _this_week(both: Both, week: Week) -> None:
    """In three loads: one is disputed, one waits for the cooperative's word, one is on its way."""
    call_off = _called_the_week_before(both, week)
    now = clock.now()
    with clock.standing_at(now - dt.timedelta(hours=31)):
        first = both.send(call_off, KG(600), PICK_UP)
    with clock.standing_at(now - dt.timedelta(hours=29)):
        lines = [_good(430), _good(50, "2"), _bad(120, Rejection.SIZE, "Củ dưới 150 g")]
        slip = both.weigh(first, 612, 12, lines)
        both.price(6_000)
    with clock.standing_at(now - dt.timedelta(hours=20)):
        _dispute(both, slip)
    with clock.standing_at(now - dt.timedelta(hours=6)):
        second = both.send(call_off, KG(700), PICK_UP)
    with clock.standing_at(now - dt.timedelta(hours=4)):
        lines = [_good(660), _good(25, "2"), _bad(15, Rejection.DIRTY, "Còn dính đất")]
        both.weigh(second, 715, 15, lines, words="Hàng tươi, lần sau rửa kỹ hơn giúp kho.")
        both.price(6_000, confirmed=False)
    both.send(call_off, KG(700), TRUCK)


def _dispute(both: Both, slip: Acceptance) -> None:
    """The cooperative weighed some of the roots once more before they left, and has a photo of it."""
    small = next(line for line in slip.lines if line.outcome is Outcome.REJECTED)
    services.dispute.raise_dispute(
        acceptance=slip,
        side=ContractSide.SELLER,
        shifts=[Shift(small.id, KG(80), Outcome.ACCEPTED, "1")],
        words="Lúc xếp xe chúng tôi cân thử ba thùng, củ nào cũng từ 160 g trở lên.",
        photos=[(io.BytesIO(_photo(bruised=False)), "can-thu.jpg")],
        consents=True,
        by=both.director,
    )


def _weeks_to_come(both: Both, this: Week) -> None:
    """The next week is accepted, the one after it waits for an answer."""
    with clock.standing_at(clock.now() - dt.timedelta(hours=19)):
        call_off = both.call(this + 1)
    with clock.standing_at(clock.now() - dt.timedelta(hours=8)):
        both.accept(call_off)
    with clock.standing_at(clock.now() - dt.timedelta(hours=2)):
        both.call(this + 2)


def _good(kg: int, grade: str = "1") -> Graded:
    return Graded(Outcome.ACCEPTED, grade, KG(kg))


def _bad(kg: int, reason: Rejection, words: str = "", photo_id: int | None = None) -> Graded:
    return Graded(Outcome.REJECTED, "", KG(kg), reason, words, photo_id, Fate.RETURNED)


def _photo(*, bruised: bool) -> bytes:
    """The drawn picture of carrots; where they are bruised they have spots."""
    from PIL import Image, ImageDraw

    drawn = picture("carrot", "plain", "straw")
    if not bruised:
        return drawn
    file = io.BytesIO()
    with Image.open(io.BytesIO(drawn)) as photo:
        pen = ImageDraw.Draw(photo)
        for left, top in ((540, 470), (612, 545), (560, 625)):
            pen.ellipse((left, top, left + 70, top + 44), fill="#6b3a1c")
        photo.save(file, "JPEG", quality=85)
    return file.getvalue()
