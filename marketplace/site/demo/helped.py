"""What cooperatives let the alliance decide, calls on the telephone, complaints to the alliance."""

from __future__ import annotations

import datetime as dt

from marketplace.foundation import clock
from marketplace.helping import services
from marketplace.helping.models import AllianceComplaint
from marketplace.helping.states import Matter, Topic
from marketplace.site.demo.registry import Province

DAY = dt.timedelta(days=1)


def helped(province: Province) -> int:
    """Three delegations, four calls, three complaints: waiting, answered, closed."""
    _delegations(province)
    _calls(province)
    _complaints(province)
    return 10


def _delegations(province: Province) -> None:
    given = (("dong-lac", Matter.DELIVERIES), ("dong-lac", Matter.CALLS), ("duc-chinh", Matter.REPORTS))
    with clock.standing_at(_at(35)):
        for key, matter in given:
            services.give_delegation(
                cooperative=province.cooperatives[key],
                matter=matter,
                officer=None,
                last_day=clock.today() + 180 * DAY,
                by=province.directors[key],
            )


def _calls(province: Province) -> None:
    told = (
        ("dong-lac", Topic.FAIR, "Hỏi giờ dọn hàng vào gian ở hội chợ.", 6, None),
        ("duc-chinh", Topic.TRADE, "Bếp ăn hẹn lấy rau thứ Sáu mà chưa thấy gọi lại.", 3, 2),
        ("kim-lien", Topic.SUPPORT, "Hỏi hồ sơ vay mua xe tải nhỏ.", 2, 4),
        ("thang-long", Topic.REGISTRY, "Xin mẫu báo cáo năm bản giấy.", 1, None),
    )
    for key, topic, words, ago, back in told:
        with clock.standing_at(_at(ago)):
            services.note_call(
                caller=province.directors[key].name,
                topic=topic,
                words=words,
                cooperative=province.cooperatives[key],
                follow_up_on=clock.today() + back * DAY if back is not None else None,
                by=province.officer,
            )


def _complaints(province: Province) -> None:
    by = province.officer
    with clock.standing_at(_at(60)):
        closed = _complaint(province, "duc-chinh", Topic.FAIR, "Gian hàng bị đổi chỗ mà không báo trước.")
        services.confirm(complaint=closed, by=by)
    with clock.standing_at(_at(52)):
        services.answer(complaint=closed, words="Liên minh đã xin lỗi và xếp gian ở dãy đầu.", by=by)
    with clock.standing_at(_at(45)):
        services.close(complaint=closed, by=by)
    with clock.standing_at(_at(10)):
        answered = _complaint(
            province, "thang-long", Topic.SUPPORT, "Tiền hỗ trợ chứng nhận về chậm hai tháng."
        )
        services.confirm(complaint=answered, by=by)
    with clock.standing_at(_at(4)):
        services.answer(
            complaint=answered, words="Hồ sơ thiếu bản sao hoá đơn; bổ sung xong sẽ chi trong tuần.", by=by
        )
    with clock.standing_at(_at(1)):
        _complaint(province, "kim-lien", Topic.OFFICER, "Gọi ba lần mới gặp được người phụ trách.")


def _complaint(province: Province, key: str, topic: Topic, words: str) -> AllianceComplaint:
    director = province.directors[key]
    return services.complain(
        topic=topic,
        words=words,
        person=director,
        organisation=province.cooperatives[key].organisation,
        by=director,
    )


def _at(ago: int) -> dt.datetime:
    return clock.from_local(dt.datetime.combine(clock.today() - ago * DAY, dt.time(9)))
