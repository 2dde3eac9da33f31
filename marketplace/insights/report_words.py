"""The sentences of a report: what the system writes, and how {names} of figures in them become numbers.

A report is written in Vietnamese. A name may be followed by "kỳ trước" (the figure of the period before) or "tăng giảm"
(the change in per cent): {giá trị bán ra kỳ trước}.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from marketplace.foundation import formats
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _
from marketplace.insights.reporting import BY_CODE, FIGURES, Figure, Span
from marketplace.insights.states import Measure, Section

VI = "vi"
NAME = re.compile(r"\{([^{}\n]{1,80})\}")
BEFORE, CHANGE = "kỳ trước", "tăng giảm"
PERIOD, AS_OF = "kỳ báo cáo", "ngày số liệu"
NO_DATA = "chưa có số liệu"


@dataclass(frozen=True)
class Counted:
    """A figure of the period and of the one before."""

    value: Decimal | None
    before: Decimal | None


Values = Mapping[str, Counted]


# --- numbers in words --------------------------------------------------------------------------------


def told(value: Decimal | None, measure: Measure) -> str:
    """As it stands in a report."""
    if value is None:
        return NO_DATA
    if measure is Measure.DONG:
        return f"{formats.number(int(value), VI)} đồng"
    if measure is Measure.KG:
        if value >= 1000:
            return f"{formats.number((value / 1000).quantize(Decimal('0.1'), ROUND_HALF_UP), VI)} tấn"
        return f"{formats.number(value.quantize(Decimal(1), ROUND_HALF_UP), VI)} kg"
    return formats.number(int(value), VI)


def change(counted: Counted) -> Decimal | None:
    """In per cent; None where there is nothing to compare with."""
    if counted.value is None or not counted.before:
        return None
    return ((counted.value - counted.before) * 100 / counted.before).quantize(Decimal("0.1"), ROUND_HALF_UP)


def change_told(counted: Counted) -> str:
    percent = change(counted)
    if percent is None:
        return "chưa so sánh được"
    if percent == 0:
        return "không thay đổi"
    way = "tăng" if percent > 0 else "giảm"
    return f"{way} {formats.number(abs(percent), VI)}%"


# --- the same for whoever reads a page ---------------------------------------------------------------


def shown(value: Decimal | None, measure: Measure) -> str:
    """In the reader's language."""
    here = locale()
    if here == VI:
        return told(value, measure)
    if value is None:
        return _("no data yet")
    if measure is Measure.DONG:
        return formats.vnd(int(value), here)
    return formats.weight(value, here) if measure is Measure.KG else formats.number(int(value), here)


def change_shown(counted: Counted) -> str:
    percent = change(counted)
    if percent is None:
        return _("cannot be compared")
    if percent == 0:
        return _("no change")
    told_percent = formats.percent(abs(percent), locale())
    return (
        _("up %(percent)s", percent=told_percent)
        if percent > 0
        else _("down %(percent)s", percent=told_percent)
    )


# --- names in sentences ------------------------------------------------------------------------------


def _plain(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


FIELDS = {_plain(figure.field): figure for figure in FIGURES}


def _meant(name: str) -> tuple[Figure, str] | None:
    """The figure of a name, and which side of it."""
    plain = _plain(name)
    if plain in FIELDS:
        return FIELDS[plain], ""
    for side in (BEFORE, CHANGE):
        figure = FIELDS.get(plain.removesuffix(f" {side}"))
        if figure is not None:
            return figure, side
    return None


def unknown(words: str) -> list[str]:
    """Names in braces that are nobody's."""
    return [
        name
        for name in NAME.findall(words)
        if _meant(name) is None and _plain(name) not in {_plain(PERIOD), _plain(AS_OF)}
    ]


@dataclass(frozen=True)
class Part:
    """A piece of a paragraph; `code` where it is a figure, `before` where it is of the period before."""

    text: str
    code: str = ""
    before: bool = False


def filled(words: str, values: Values, span: Span) -> list[Part]:
    """A paragraph with its numbers."""
    return [*_parts(words, values, span)]


def _parts(words: str, values: Values, span: Span) -> Iterator[Part]:
    at = 0
    for found in NAME.finditer(words):
        if found.start() > at:
            yield Part(words[at : found.start()])
        yield _named(found[1], values, span)
        at = found.end()
    if at < len(words):
        yield Part(words[at:])


def _named(name: str, values: Values, span: Span) -> Part:
    meant = _meant(name)
    if meant is None:
        here = {_plain(PERIOD): span.called_vi, _plain(AS_OF): written_day(span.last)}
        return Part(here.get(_plain(name), f"{{{name}}}"))
    figure, side = meant
    counted = values.get(figure.code, Counted(None, None))
    if side == CHANGE:
        return Part(change_told(counted), figure.code)
    value = counted.before if side == BEFORE else counted.value
    return Part(told(value, figure.measure), figure.code, side == BEFORE)


def written_day(day: dt.date) -> str:
    return f"{day.day:02}/{day.month:02}/{day.year}"


# --- what the system writes ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Drafted:
    key: str
    section: Section
    words: str


def drafted(values: Values) -> list[Drafted]:
    """Every paragraph of a report. What there is no data of is said once, and no sentence is made of it."""
    return [
        Drafted(key, section, write(_Known(values)))
        for key, section, write in (
            ("standing", Section.MEMBERS, _standing),
            ("lives", Section.MEMBERS, _lives),
            ("membership", Section.MEMBERS, _membership),
            ("sold", Section.TRADE, _sold),
            ("ways", Section.TRADE, _ways),
            ("contracts", Section.TRADE, _contracts),
            ("fairs", Section.FAIRS, _fairs),
            ("courses", Section.PROGRAMMES, _courses),
            ("loans", Section.PROGRAMMES, _loans),
            ("support", Section.SUPPORT, _support),
            ("complaints", Section.SUPPORT, _complaints),
            ("reports", Section.GOALS, _reports),
            ("goals", Section.GOALS, _goals),
            ("hard", Section.DIFFICULTIES, _hard),
            ("next", Section.NEXT, _next),
            ("asked", Section.PROPOSALS, lambda _known: ""),
        )
    ]


class _Known:
    """What there is to say something of."""

    def __init__(self, values: Values) -> None:
        self.values = values

    def has(self, *codes: str) -> bool:
        return all(code in self.values and self.values[code].value is not None for code in codes)

    def some(self, code: str) -> bool:
        """More than none."""
        return self.has(code) and bool(self.values[code].value)

    def compares(self, code: str) -> bool:
        return self.has(code) and change(self.values[code]) is not None

    def listed(self, *clauses: tuple[str, str]) -> str:
        """The clauses (code, words with {} for the figure) whose figure is known, as one list."""
        said = [
            words.replace("{}", f"{{{BY_CODE[code].field}}}") for code, words in clauses if self.has(code)
        ]
        return " và ".join([", ".join(said[:-1]), said[-1]]) if len(said) > 1 else "".join(said)


def _sentence(begin: str, listed: str, none: str) -> str:
    return f"{begin}{listed}." if listed else none


def _standing(known: _Known) -> str:
    listed = known.listed(
        ("alive", "{} hợp tác xã"), ("unions", "{} liên hiệp hợp tác xã"), ("groups", "{} tổ hợp tác")
    )
    return _sentence(f"Tính đến ngày {{{AS_OF}}}, toàn tỉnh có ", listed, "Chưa có số liệu về số hợp tác xã.")


def _lives(known: _Known) -> str:
    listed = known.listed(
        ("founded", "{} hợp tác xã thành lập mới"),
        ("ended", "{} hợp tác xã chấm dứt hoạt động"),
        ("paused", "{} hợp tác xã tạm ngừng hoạt động"),
    )
    return _sentence("Trong kỳ có ", listed, "Chưa có số liệu về việc thành lập, giải thể hợp tác xã.")


def _membership(known: _Known) -> str:
    if not known.has("members"):
        return "Chưa có số liệu về thành viên Liên minh."
    listed = known.listed(("joined", "kết nạp {} thành viên"), ("left", "{} thành viên ra khỏi Liên minh"))
    return f"Liên minh có {{số thành viên Liên minh}} thành viên{'; trong kỳ ' + listed if listed else ''}."


def _sold(known: _Known) -> str:
    if not known.has("trade"):
        return "Chưa có số liệu về hàng hóa bán ra."
    compared = (
        ", {giá trị bán ra tăng giảm} so với kỳ trước ({giá trị bán ra kỳ trước})"
        if known.compares("trade")
        else ""
    )
    listed = known.listed(
        ("trade_kg", "sản lượng {}"), ("sellers", "{} hợp tác xã, tổ hợp tác bán được hàng")
    )
    return f"Giá trị hàng hóa bán ra đạt {{giá trị bán ra}}{compared}{'; ' + listed if listed else ''}."


def _ways(known: _Known) -> str:
    listed = known.listed(
        ("by_order", "qua đơn hàng {}"),
        ("by_contract", "theo hợp đồng {}"),
        ("by_fair", "tại gian hàng hội chợ {}"),
    )
    return f"Trong đó, bán {listed}." if listed else ""


def _contracts(known: _Known) -> str:
    signed = known.listed(("signed", "ký mới {} hợp đồng liên kết, tiêu thụ"))
    worth = known.listed(("signed_value", " với tổng giá trị {}"))
    live = known.listed(("in_force", "; đến cuối kỳ có {} hợp đồng đang hiệu lực"))
    said = f"{signed}{worth}{live}" if signed else ""
    return _sentence("Các hợp tác xã ", said, "Chưa có số liệu về hợp đồng liên kết.")


def _fairs(known: _Known) -> str:
    held = known.listed(
        ("fairs", "có {} hội chợ, phiên chợ kết thúc trong kỳ"),
        ("stands", "{} gian hàng của hợp tác xã tham gia"),
    )
    sold = known.listed(("by_fair", "; doanh thu tại gian hàng đạt {}")) if held else ""
    return _sentence("Về xúc tiến thương mại: ", f"{held}{sold}", "Chưa có số liệu về hội chợ, phiên chợ.")


def _courses(known: _Known) -> str:
    held = known.listed(("courses", "{} lớp tập huấn"), ("tours", "{} chuyến học tập kinh nghiệm"))
    came = known.listed(("present", ", có {} người dự")) if held else ""
    return _sentence("Đã tổ chức ", f"{held}{came}", "Chưa có số liệu về đào tạo, tập huấn.")


def _loans(known: _Known) -> str:
    listed = known.listed(
        ("loans_asked", "tiếp nhận {} hồ sơ vay vốn"),
        ("loans_granted", "được duyệt vay {}"),
        ("loans_paid", "giải ngân {}"),
        ("loans_back", "thu hồi {}"),
    )
    return _sentence("Về vốn cho hợp tác xã: ", listed, "Chưa có số liệu về vốn vay.")


def _support(known: _Known) -> str:
    listed = known.listed(("supported", "{} lần chi hỗ trợ"), ("support", "tổng kinh phí {}"))
    return _sentence("Về hỗ trợ theo định mức: ", listed, "Chưa có số liệu về kinh phí hỗ trợ.")


def _complaints(known: _Known) -> str:
    listed = known.listed(
        ("complaints", "nhận {} phản ánh, kiến nghị"),
        ("answered", "trả lời {}"),
        ("late", "{} trả lời trễ hạn"),
    )
    return _sentence("Liên minh ", listed, "Chưa có số liệu về phản ánh, kiến nghị.")


def _reports(known: _Known) -> str:
    if not known.has("reports"):
        return "Chưa có số liệu về báo cáo năm của hợp tác xã."
    return "Trong kỳ nhận {báo cáo năm đã nhận} báo cáo năm của hợp tác xã."


def _goals(known: _Known) -> str:
    listed = known.listed(
        ("goals_met", "{} chỉ tiêu đạt hoặc đúng tiến độ"), ("goals_missed", "{} chỉ tiêu chưa đạt")
    )
    return _sentence("Trong các chỉ tiêu của giai đoạn có ", listed, "Chưa có số liệu để đánh giá chỉ tiêu.")


def _hard(known: _Known) -> str:
    """Only what the figures show; all else is a person's to write."""
    said = []
    if known.compares("trade") and (change(known.values["trade"]) or 0) < 0:
        said.append("Giá trị bán ra {giá trị bán ra tăng giảm} so với kỳ trước.")
    if known.some("paused"):
        said.append("Có {hợp tác xã tạm ngừng hoạt động} hợp tác xã tạm ngừng hoạt động.")
    if known.some("late"):
        said.append("Còn {phản ánh trả lời trễ hạn} phản ánh trả lời trễ hạn.")
    if known.some("goals_missed"):
        said.append("Còn {chỉ tiêu chưa đạt} chỉ tiêu chưa đạt.")
    return " ".join(said)


def _next(known: _Known) -> str:
    said = []
    if known.some("next_fairs"):
        said.append("Chuẩn bị {hội chợ kỳ tới} hội chợ, phiên chợ đã có lịch.")
    if known.some("next_courses"):
        said.append("Tổ chức {lớp học kỳ tới} lớp tập huấn, chuyến học tập đã có lịch.")
    if known.some("next_ends"):
        said.append(
            "Cùng hợp tác xã và bên mua bàn việc tiếp tục {hợp đồng hết hạn kỳ tới} hợp đồng sắp hết hạn."
        )
    return " ".join(said)


def withdrawal(number: str, day: dt.date, reason: str) -> Sequence[Drafted]:
    words = f"Thu hồi Báo cáo số {number} ngày {written_day(day)}. Lý do: {reason}"
    return [Drafted("withdrawal", Section.WITHDRAWAL, words.replace("{", "(").replace("}", ")"))]
