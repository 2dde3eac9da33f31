"""What buyers wrote about orders that came, one of it hidden, and what somebody asks about their data."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select

from marketplace.accounts.models import Person
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.orders.models import Order
from marketplace.orders.states import OrderState, Side
from marketplace.privacy import services as privacy
from marketplace.privacy.states import Came, Right
from marketplace.reputation import queries, services
from marketplace.reputation.states import HideReason
from marketplace.site.demo.registry import Province

SAID = (
    ("Hàng tươi, cân đủ, giao trước giờ hẹn nửa tiếng.", "Cảm ơn quý khách, mùa sau hợp tác xã lại phục vụ."),
    ("Ngon, nhà ăn hết trong tuần. Lần tới xin buộc bó nhỏ hơn.", "Dạ, lần tới hợp tác xã buộc bó nửa cân."),
    ("Đúng như ảnh. Bác lái xe gọi trước nên tiện lắm.", ""),
    ("Vài củ bị dập ở đáy sọt, còn lại tốt.", "Hợp tác xã xin lỗi, từ nay lót thêm rơm dưới đáy sọt."),
    ("Mua lần thứ ba rồi, lần nào cũng đều tay.", "Cảm ơn quý khách đã tin."),
    ("Rau sạch, rửa qua là nấu được.", ""),
)
MOST = 18
RUDE = "Bán cho nhà ông Tư thì toàn đồ thừa, gọi số 0900 000 000 mà hỏi."


def words(province: Province) -> int:
    """Of orders that came some days ago, the newest first; each buyer wrote two days later. Returns how many."""
    completed = select(Order).where(Order.state == OrderState.COMPLETED).order_by(Order.id.desc())
    orders = db.session.scalars(completed).all()
    written = [order for order in orders if _long_enough(order)][: MOST + 1]
    for number, order in enumerate(written[:MOST]):
        _say(order, *SAID[number % len(SAID)], province)
    for order in written[MOST:]:
        _hide(order, province)
    for cooperative_id in {order.cooperative_id for order in orders}:
        services.count_anew(cooperative_id=cooperative_id)
    return len(written)


def _long_enough(order: Order) -> bool:
    came = queries.received_at(order)
    return came is not None and came + dt.timedelta(days=4) < clock.now()


def _say(order: Order, text: str, answer: str, province: Province) -> None:
    came = queries.received_at(order)
    assert came is not None, "a completed order came"
    buyer = db.session.get(Person, order.group.person_id) if order.group.person_id else None
    with clock.standing_at(came + dt.timedelta(days=2)):
        said = services.say(order=order, words=text, public=True, by=buyer)
    if answer:
        with clock.standing_at(came + dt.timedelta(days=3)):
            services.answer(words=said, text=answer, by=_director(order, province))


def _hide(order: Order, province: Province) -> None:
    _say(order, RUDE, "", province)
    said = queries.words_about(order)
    assert said is not None, "said a moment ago"
    services.report(
        words=said, side=Side.SELLER, why="Nêu tên người và số điện thoại.", by=_director(order, province)
    )
    services.hide(words=said, reason=HideReason.NAMES_PEOPLE, by=province.officer)


def _director(order: Order, province: Province) -> Person:
    found = {province.cooperatives[key].id: director for key, director in province.directors.items()}
    return found[order.cooperative_id]


def data_request(province: Province) -> None:
    """One that waits in the office: somebody phoned yesterday."""
    with clock.standing_at(clock.now() - dt.timedelta(days=1)):
        privacy.ask(
            kind=Right.CORRECT,
            came=Came.PHONE,
            name="Lê Thị Mùi",
            phone="+84900000123",
            words="Địa chỉ trong đơn tháng trước ghi sai tên thôn, xin sửa lại.",
            by=province.officer,
        )
