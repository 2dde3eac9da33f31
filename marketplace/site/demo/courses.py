"""Courses of the demonstration: one that is over with its certificates, one under review, one that calls, a tour."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from marketplace.foundation import clock
from marketplace.foundation.money import Money
from marketplace.programmes import queries, services
from marketplace.programmes.models import Course
from marketplace.programmes.services import Cost, CourseFacts, Lesson, Named
from marketplace.programmes.services.choosing import HELD_FOR, Wish
from marketplace.programmes.states import CourseKind
from marketplace.programmes.states.cost import Funder
from marketplace.programmes.states.evaluation import Question
from marketplace.selection import queries as selection
from marketplace.selection import services as applications
from marketplace.selection.models import Application
from marketplace.selection.states import Checked, Entered
from marketplace.site.demo.registry import Province

DAY = dt.timedelta(days=1)
MORNING, NOON = dt.time(8), dt.time(11, 30)
WORDS = (
    "Cô giáo giảng chậm, dễ hiểu. Về nhà làm được ngay.",
    "Nên có thêm một buổi làm thử trên sổ thật của hợp tác xã.",
    "Hội trường hơi nóng.",
)
NAMES = ("Phạm Thị Thu", "Nguyễn Đức Long", "Vũ Thị Hạnh", "Đoàn Văn Khải", "Bùi Thị Nga", "Lê Quang Huy")


def courses(province: Province) -> int:
    """Returns how many there are."""
    _over(province)
    _under_review(province)
    _tour(province)
    return 3


def _over(province: Province) -> Course:
    """Bookkeeping, three weeks ago: chosen, ticked, certified, closed."""
    first = clock.today() - dt.timedelta(days=21)
    with clock.standing_at(_at(first - 30 * DAY)):
        course = _announced(
            province,
            CourseFacts(
                kind=CourseKind.COURSE,
                name_vi=f"Tập huấn kế toán hợp tác xã {first.year}",
                name_en=f"Bookkeeping for cooperatives {first.year}",
                theme_vi="Sổ sách đơn giản theo Thông tư 71/2024",
                theme_en="Simple books by Circular 71/2024",
                first_day=first,
                last_day=first + DAY,
                seats=30,
                venue="Hội trường Liên minh Hợp tác xã",
            ),
            closes=first - 7 * DAY,
        )
        asked = _apply(province, course, ["dong-lac", "duc-chinh", "thang-long"])
    with clock.standing_at(_at(first - 6 * DAY)):
        _choose(province, course, asked)
    people = queries.participants_of(course.id)
    for day in course.days:
        with clock.standing_at(_at(day)):
            here = [each.id for each in people[: len(people) - (day == course.last_day)]]
            services.tick(
                course=course,
                day=day,
                listed=[each.id for each in people],
                present=here,
                by=province.officer,
            )
    with clock.standing_at(_at(course.last_day, 17)):
        services.issue_certificates(course=course, by=province.officer)
        services.set_costs(
            course=course,
            lines=[
                Cost("Thù lao giảng viên, 2 ngày", Money(6_000_000), Funder.BUDGET),
                Cost("Tài liệu, bút, sổ", Money(2_400_000), Funder.BUDGET),
                Cost("Ăn trưa, nước uống", Money(4_200_000), Funder.SPONSOR, "Agribank chi nhánh tỉnh"),
                Cost("Thuê máy tính", Money(3_000_000), Funder.OWN),
            ],
            by=province.officer,
        )
        services.close_course(course=course, by=province.officer)
    with clock.standing_at(_at(course.last_day + DAY)):
        services.ask_for_words(course=course)
        _said(province, course)
    return course


def _said(province: Province, course: Course) -> None:
    """Most of those who came say what they think; one by telephone."""
    came = queries.attendances(course.id)
    here = [each for each in queries.participants_of(course.id) if came.get(each.id)]
    for turn, each in enumerate(here[:-1]):
        marks = dict(zip(Question, (5, 5 - turn % 2, 4, 5 - turn % 3), strict=True))
        told = turn == 1
        services.evaluate(
            participant=each,
            marks=marks,
            words=WORDS[turn] if turn < len(WORDS) else "",
            entered=Entered.PHONE if told else Entered.ONLINE,
            by=province.officer if told else None,
        )


def _under_review(province: Province) -> Course:
    """Selling on line, in two weeks: its call is open still, applications wait."""
    first = clock.today() + dt.timedelta(days=16)
    with clock.standing_at(_at(clock.today() - 9 * DAY)):
        course = _announced(
            province,
            CourseFacts(
                kind=CourseKind.COURSE,
                name_vi="Bán hàng trên mạng và chụp ảnh nông sản",
                name_en="Selling on line and photographing produce",
                theme_vi="Mỗi hợp tác xã mang theo một sản phẩm để chụp",
                theme_en="Each cooperative brings one product to photograph",
                story_vi="Dành cho giám đốc và người phụ trách bán hàng. Mỗi đơn vị một đến hai người.",
                story_en="For directors and those who sell. One or two people from each member.",
                first_day=first,
                last_day=first + DAY,
                seats=6,
                venue="Hội trường Liên minh Hợp tác xã",
            ),
            closes=first - 6 * DAY,
        )
    with clock.standing_at(_at(clock.today() - 4 * DAY)):
        _apply(province, course, ["dong-lac", "duc-chinh", "thang-long", "kim-lien"])
    return course


def _tour(province: Province) -> Course:
    """To see how others pack and export; its call has just opened."""
    home = province.officer
    first = clock.today() + dt.timedelta(days=30)
    where = next(
        (each for each in queries.provinces() if each.code not in ("30", "31")), queries.provinces()[0]
    )
    with clock.standing_at(_at(clock.today() - DAY)):
        course = services.draft_course(
            facts=CourseFacts(
                kind=CourseKind.TOUR,
                name_vi="Tham quan mô hình sơ chế và xuất khẩu rau quả",
                name_en="Study tour: packing and exporting vegetables",
                theme_vi="Xem tận nơi, hỏi tận người làm",
                theme_en="See the place, ask those who do it",
                first_day=first,
                last_day=first + 2 * DAY,
                seats=40,
                province_id=where.id,
            ),
            by=home,
        )
        services.keep_call(course=course, opens_at=clock.now(), closes_at=_at(first - 10 * DAY, 17), by=home)
        services.announce_course(course=course, by=home)
    return course


# --- how it is done ---------------------------------------------------------------------------------


def _at(day: dt.date, hour: int = 9) -> dt.datetime:
    return clock.from_local(dt.datetime.combine(day, dt.time(hour)))


def _announced(province: Province, facts: CourseFacts, closes: dt.date) -> Course:
    course = services.draft_course(facts=facts, by=province.officer)
    services.set_timetable(
        course=course,
        lessons=[
            Lesson(day, MORNING, NOON, f"Buổi {turn}: nghe và làm thử", f"Part {turn}: listen and try")
            for turn, day in enumerate(course.days, start=1)
        ],
        by=province.officer,
    )
    services.keep_call(course=course, opens_at=clock.now(), closes_at=_at(closes, 17), by=province.officer)
    services.announce_course(course=course, by=province.officer)
    return course


def _apply(province: Province, course: Course, keys: Sequence[str]) -> list[Application]:
    found = []
    for turn, key in enumerate(keys):
        cooperative = province.cooperatives[key]
        director = province.directors[key]
        asked = services.begin(course=course, cooperative=cooperative, by=director)
        people = [
            Named(director.name, "giám đốc", key_officer=True, person_id=director.id),
            Named(NAMES[turn], "kế toán", key_officer=True),
        ]
        services.name_participants(asked=asked, people=people, by=director)
        rules = selection.rules_for(asked.application.call)
        applications.declare(
            application=asked.application,
            met={rule.id: True for rule in rules if rule.checked is Checked.DECLARED},
            numbers={},
            by=director,
        )
        if not selection.missing(asked.application):
            applications.submit(application=asked.application, by=director)
            found.append(asked.application)
    return found


def _choose(province: Province, course: Course, asked: Sequence[Application]) -> None:
    proposed = services.propose(course)
    wishes = {each.id: Wish(proposed[each.id]) for each in asked}
    services.prepare(course=course, wishes=wishes, by=province.officer)
    call = queries.call_of(course)
    assert call is not None, "it was announced with one"
    sending = services.schedule(
        course=course, previewed=selection.digest(selection.previewed(call)), by=province.officer
    )
    with clock.standing_at(clock.now() + HELD_FOR):
        services.send(sending=sending)
