"""What was promised leaves the fields, is weighed and graded at the depots, signed by both, or disputed."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from decimal import ROUND_DOWN, Decimal
from functools import cache, partial
from typing import Any

from PIL import Image
from sqlalchemy import select

from marketplace.catalogue.models import Product
from marketplace.deliveries import services as deliveries
from marketplace.deliveries.models import DeliveryLot
from marketplace.foundation import clock
from marketplace.foundation.calendar import Week, week_of
from marketplace.foundation.db import db
from marketplace.foundation.money import Money
from marketplace.fulfilment import loading, services
from marketplace.fulfilment import queries as slips
from marketplace.fulfilment.correcting import Shift
from marketplace.fulfilment.grading import Graded
from marketplace.fulfilment.models import Acceptance, Load, SlipDispute
from marketplace.fulfilment.services.acceptance import deducted_of, grades_of
from marketplace.fulfilment.states import AcceptanceState, Outcome, Rejection
from marketplace.fulfilment.states.dispute import OPEN_SLIP_DISPUTES, SlipDisputeState, Turn
from marketplace.fulfilment.states.shortfall import ExcuseKind
from marketplace.growing import services as growing
from marketplace.growing.models import Lot, Plot
from marketplace.linkage import calling as ledger
from marketplace.linkage import queries
from marketplace.linkage import services as linkage
from marketplace.linkage.models import CallOff, Contract
from marketplace.linkage.reckoning.price import RuleKind
from marketplace.linkage.states.call_off import CallOffState
from marketplace.linkage.states.contract import ContractSide, ContractState
from marketplace.recalls import services as recalls
from marketplace.recalls.models import Recall
from marketplace.recalls.states import RecallState
from marketplace.site.winter.calling import day_of
from marketplace.site.winter.fields import field_of
from marketplace.site.winter.life import Grower, Season

TENTH = Decimal("0.1")
TARE = Decimal("0.03")
"""What boxes weigh."""
DELIVERED = Rejection.BROKEN, Rejection.SIZE, Rejection.ROTTEN, Rejection.DIRTY


# --- leaving ------------------------------------------------------------------------------------------


def load(season: Season, day: dt.date) -> None:
    """What has to come today leaves: as much as there is, from the seller or from each member of its pool."""
    for call_off_id in season.read(partial(_due, day)):
        for cooperative_id in season.read(partial(_bringing, call_off_id)):
            season.do("load", partial(_send, season, call_off_id, cooperative_id))


def _due(day: dt.date) -> list[int]:
    query = (
        select(CallOff)
        .join(CallOff.contract)
        .where(
            CallOff.state == CallOffState.ACCEPTED,
            CallOff.week == str(week_of(day)),
            Contract.state == ContractState.ACTIVE,
        )
        .order_by(CallOff.id)
    )
    return [each.id for each in db.session.scalars(query) if day_of(each) == day and each.to_load > 0]


def _bringing(call_off_id: int) -> list[int]:
    call_off = db.session.get_one(CallOff, call_off_id)
    if not ledger.of_pool(call_off):
        return [call_off.contract.cooperative_id]
    pool = queries.pool.pool_by_id(int(call_off.contract.origin.partition(":")[2]))
    members = pool.members if pool is not None else []
    return sorted({each.cooperative_id for each in members if each.product_id is not None})


def _send(season: Season, call_off_id: int, cooperative_id: int) -> bool:
    """Harvested, packed and on its way before it is light."""
    call_off, grower = db.session.get_one(CallOff, call_off_id), season.grower(cooperative_id)
    slug = season.slug_of(call_off.product)
    kg = _there(season, call_off, grower, slug)
    if kg <= 0:
        season.done["nothing to send"] += 1
        return False
    by, cooperative = season.person(grower.director), season.cooperative(grower)
    made = services.load.prepare(call_off=call_off, kg=kg, cooperative=cooperative, by=by)
    _harvest(season, grower, slug, kg)
    deliveries.pack(delivery=made.delivery, by=by)
    plate = f"34C-{season.chance('loads').randint(10_000, 99_999)}"
    deliveries.dispatch(delivery=made.delivery, vehicle=plate, by=by)
    season.gone[grower.id, slug, call_off.week] += int(kg)
    return True


def _there(season: Season, call_off: CallOff, grower: Grower, slug: str) -> Decimal:
    """At most what is left to bring, what the ledger holds for it, and what the fields have."""
    left = loading.left_for(call_off, grower.id)
    fields = Decimal(season.left(grower, slug, call_off.week))
    held = services.load.held(call_off, grower.id)
    return min(left, fields, held or left).quantize(TENTH, ROUND_DOWN)


def _harvest(season: Season, grower: Grower, slug: str, kg: Decimal) -> None:
    """The lot that it comes from."""
    product = season.product(grower, slug)
    query = select(Plot).where(Plot.cooperative_id == grower.id).order_by(Plot.id)
    name = field_of(slug)
    plots = [each for each in db.session.scalars(query) if each.name == name]
    if plots:
        growing.harvest(
            product=product,
            plots=plots,
            harvested_on=clock.today(),
            kg=kg,
            by=season.person(grower.director),
        )


# --- arriving -----------------------------------------------------------------------------------------


def take_in(season: Season) -> None:
    """Whoever is at the depot weighs, sorts and signs; some depots write nothing."""
    for load_id in season.read(_on_the_road):
        if season.happens("depot_silent"):
            season.done["depot silent"] += 1
        else:
            season.do("slip", partial(_weigh, season, load_id))


def _on_the_road() -> list[int]:
    """Sent since yesterday, without a slip."""
    known = select(Acceptance.delivery_id)
    query = (
        select(Load.id)
        .join(Load.delivery)
        .where(
            Load.sent.is_not(None),
            Load.delivery_id.not_in(known),
            Load.prepared_at > clock.now() - dt.timedelta(hours=12),
        )
    )
    return [*db.session.scalars(query.order_by(Load.id))]


def _weigh(season: Season, load_id: int) -> None:
    load = db.session.get_one(Load, load_id)
    contract, chance = load.call_off.contract, season.chance("depots")
    by = season.person(season.company(contract.buyer_id).director)
    slip = services.acceptance.open_slip(delivery=load.delivery, by=by)
    assert load.sent is not None, "it is on the road"
    scale = (load.sent * Decimal(chance.uniform(0.985, 1))).quantize(TENTH, ROUND_DOWN)
    tare = (scale * TARE).quantize(TENTH)
    deducted = deducted_of(contract, scale).quantize(TENTH)
    net = scale - deducted
    services.acceptance.sign_as_buyer(
        acceptance=slip,
        gross=scale + tare,
        tare=tare,
        deducted=deducted,
        lines=_sorted(season, season.grower(load.cooperative_id), grades_of(contract), net),
        name="Thủ kho",
        by=by,
    )
    _price(season, contract)


def _sorted(season: Season, grower: Grower, grades: Sequence[str], net: Decimal) -> list[Graded]:
    """First grade, second grade, refused; who sorts well at home has less of the last two."""
    chance, sloppy = season.chance("depots"), Decimal(1.5 - grower.careful)
    second = refused = Decimal(0)
    if len(grades) > 1 and chance.random() < 0.6:
        second = (net * sloppy * Decimal(chance.uniform(0.01, 0.14))).quantize(TENTH)
    if season.happens("refuses", "depots"):
        refused = (net * sloppy * Decimal(chance.uniform(0.005, 0.09))).quantize(TENTH)
    lines = [
        Graded(Outcome.ACCEPTED, grades[0], net - second - refused),
        Graded(Outcome.ACCEPTED, grades[-1], second),
        Graded(Outcome.REJECTED, "", refused, chance.choice(DELIVERED)),
    ]
    return [line for line in lines if line.kg > 0]


def _price(season: Season, contract: Contract) -> None:
    """Where the price follows the market, that of today is read on the board and computed."""
    rule, today = queries.price_rule_of(contract), clock.today()
    if rule is None or rule.kind is RuleKind.FIXED or queries.agreed_price.price_on(contract.id, "1", today):
        return
    content = queries.content_in_force(contract)
    assert content is not None, "it is in force"
    slug = season.slug_of(db.session.get_one(Product, queries.products_of(content)[0]))
    for grade in content["price"]["grades"]:
        linkage.compute_price(
            contract=contract,
            grade=grade["grade"],
            day=today,
            market=Money(season.price(slug, str(week_of(today)))),
            source="Bảng giá của Liên minh",
            by=season.person(season.officer),
        )


# --- signing, objecting -------------------------------------------------------------------------------


def sign(season: Season) -> None:
    """In the evening cooperatives read the slips of the day: most sign, some say nothing, some object."""
    for slip_id, refused in season.read(_signed):
        if refused and season.happens("objects"):
            season.do("dispute", partial(_object, season, slip_id))
        elif not season.happens("seller_silent"):
            season.do("signed by the seller", partial(_sign, season, slip_id))


def _signed() -> list[tuple[int, bool]]:
    """Signed by the buyer today: (slip, whether something was refused)."""
    since = clock.start_of_day(clock.today())
    query = select(Acceptance).where(
        Acceptance.state == AcceptanceState.SIGNED, Acceptance.buyer_signed_at >= since
    )
    return [(each.id, each.rejected > 0) for each in db.session.scalars(query.order_by(Acceptance.id))]


def _seller(season: Season, slip: Acceptance) -> Any:
    return season.person(season.grower(slip.cooperative_id).director)


def _buyer(season: Season, slip: Acceptance) -> Any:
    return season.person(season.company(slip.contract.buyer_id).director)


def _sign(season: Season, slip_id: int) -> None:
    slip = db.session.get_one(Acceptance, slip_id)
    by = _seller(season, slip)
    services.acceptance.sign_as_seller(acceptance=slip, name=by.name, by=by)


def _object(season: Season, slip_id: int) -> None:
    """What was refused was at least second grade, says the cooperative."""
    slip = db.session.get_one(Acceptance, slip_id)
    services.dispute.raise_dispute(
        acceptance=slip,
        side=ContractSide.SELLER,
        shifts=_claim(slip),
        words="Hàng loại ra vẫn đạt loại 2, có ảnh chụp lúc đóng thùng",
        photos=[(io.BytesIO(_photo()), "hang.jpg")],
        consents=season.happens("lets_decide", "disputes"),
        by=_seller(season, slip),
    )


def _claim(slip: Acceptance) -> list[Shift]:
    grade = grades_of(slip.contract)[-1]
    return [
        Shift(line.id, line.kg, Outcome.ACCEPTED, grade)
        for line in slip.lines
        if line.outcome is Outcome.REJECTED
    ]


@cache
def _photo() -> bytes:
    """Something that a telephone could have taken."""
    file = io.BytesIO()
    Image.new("RGB", (64, 48), "#c24e14").save(file, "JPEG")
    return file.getvalue()


def go_on_disputing(season: Season) -> None:
    """One step a day in every open dispute, by whoever has to speak."""
    for dispute_id in season.read(_open_disputes):
        season.do("step of a dispute", partial(_speak, season, dispute_id))


def _open_disputes() -> list[int]:
    query = select(SlipDispute.id).where(SlipDispute.state.in_(OPEN_SLIP_DISPUTES))
    return [*db.session.scalars(query.order_by(SlipDispute.id))]


def _speak(season: Season, dispute_id: int) -> None:
    dispute = slips.dispute.by_id(dispute_id)
    slip, officer = dispute.acceptance, season.person(season.officer)
    if dispute.state is SlipDisputeState.RAISED:
        _answer(season, dispute)
    elif dispute.may_be_decided:
        half = [
            Shift(s.line_id, (s.kg / 2).quantize(TENTH) or s.kg, s.outcome, s.grade) for s in _claim(slip)
        ]
        services.dispute.decide(dispute=dispute, shifts=half, words="Mỗi bên chịu một nửa", by=officer)
    elif dispute.turn is Turn.BOTH:
        for side, by in (
            (ContractSide.SELLER, _seller(season, slip)),
            (ContractSide.BUYER, _buyer(season, slip)),
        ):
            services.dispute.say_yes(dispute=dispute, side=side, by=by)
    elif dispute.turn is Turn.ALLIANCE:
        services.dispute.propose(
            dispute=dispute, shifts=_claim(slip), words="Đề nghị tính loại 2", by=officer
        )
    elif season.happens("takes_back_dispute", "disputes"):
        services.dispute.withdraw(dispute=dispute, by=_seller(season, slip))
    else:
        services.dispute.ask_alliance(
            dispute=dispute,
            side=ContractSide.SELLER,
            words="Nhờ Liên minh xem giúp",
            by=_seller(season, slip),
        )


def _answer(season: Season, dispute: SlipDispute) -> None:
    """The buyer: that is right, or I keep my view, or nothing at all until its time is over."""
    by, what = _buyer(season, dispute.acceptance), season.chance("disputes").random()
    if what < 0.35:
        services.dispute.grant(dispute=dispute, by=by)
    elif what < 0.8:
        services.dispute.answer(
            dispute=dispute,
            words="Kho đã cân và chụp ảnh, hàng dập",
            consents=season.happens("lets_decide", "disputes"),
            by=by,
        )


# --- what nobody could help ----------------------------------------------------------------------------


def excuse(season: Season, week: Week) -> None:
    """Where a flood took the harvest, cooperatives tell it in time with a photo; buyers mostly accept it."""
    for contract_id in season.read(partial(_flooded, season, week)):
        if season.happens("tells_excuse", "excuses"):
            season.do("force majeure", partial(_excuse, season, contract_id, week))


def _flooded(season: Season, week: Week) -> list[int]:
    query = (
        select(Contract)
        .join(CallOff, CallOff.contract_id == Contract.id)
        .where(Contract.state == ContractState.ACTIVE, CallOff.week == str(week))
        .distinct()
        .order_by(Contract.id)
    )
    return [
        each.id
        for each in db.session.scalars(query)
        if season.weather.get((season.grower(each.cooperative_id).district, str(week))) == "storm"
    ]


def _excuse(season: Season, contract_id: int, week: Week) -> None:
    contract = queries.contract_by_id(contract_id)
    told = services.excuse.tell_excuse(
        contract=contract,
        side=ContractSide.SELLER,
        kind=ExcuseKind.MAJEURE,
        first_day=week.start,
        last_day=week.end,
        words="Nước sông lên, ruộng ngập; xã đã lập biên bản",
        photos=[(io.BytesIO(_photo()), "ruong.jpg")],
        by=season.person(season.grower(contract.cooperative_id).director),
    )
    by = season.person(season.company(contract.buyer_id).director)
    if season.happens("accepts_excuse", "excuses"):
        services.excuse.accept_excuse(excuse=told, by=by)
    else:
        services.excuse.object_excuse(excuse=told, words="Xã bên không ngập", by=by)


# --- calling back -------------------------------------------------------------------------------------


def recall(season: Season) -> None:
    """Seldom a lot turns out to be wrong after it left; a week later it is known what became of it."""
    for recall_id in season.read(_open_recalls):
        season.do("recall closed", partial(_close_recall, season, recall_id))
    lots = season.read(_lots_on_the_way)
    if lots and season.happens("recalls"):
        season.do("recall", partial(_open_recall, season, season.chance("recalls").choice(lots)))


def _lots_on_the_way() -> list[int]:
    query = select(DeliveryLot.lot_id).where(DeliveryLot.lot_id.is_not(None)).distinct()
    return sorted(db.session.scalars(query))[-40:]


def _open_recall(season: Season, lot_id: int) -> None:
    lot = db.session.get_one(Lot, lot_id)
    recalls.open_recall(
        lot=lot,
        reason="Kết quả kiểm nghiệm vượt mức cho phép",
        by_alliance=True,
        by=season.person(season.officer),
    )


def _open_recalls() -> list[int]:
    before = clock.now() - dt.timedelta(days=6)
    query = select(Recall.id).where(Recall.state == RecallState.OPEN, Recall.opened_at < before)
    return [*db.session.scalars(query.order_by(Recall.id))]


def _close_recall(season: Season, recall_id: int) -> None:
    found, by = db.session.get_one(Recall, recall_id), season.person(season.officer)
    for holding in found.holdings:
        kg = holding.kg or Decimal(0)
        recalls.answer(holding=holding, parts={"destroyed": kg}, words="Đã tiêu huỷ", by=by)
    recalls.close(recall=found, report="Lô đã tiêu huỷ, các lô khác đạt", by=by)
