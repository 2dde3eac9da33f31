"""A request in words: its title, its facts line by line, and what a change changed, in both languages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from marketplace.buyers.wants import Want
from marketplace.catalogue import grading
from marketplace.cooperatives.states import PAPER_LABELS
from marketplace.foundation import formats
from marketplace.foundation.calendar import Week
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import LANGUAGES, _, in_language
from marketplace.linkage import arriving, asking
from marketplace.linkage.models import Need, NeedLine
from marketplace.linkage.states import AUDIENCE_LABELS, Section


@dataclass(frozen=True)
class Fact:
    """One line of a request: `key` stays, `label` and `value` are in the reader's language."""

    key: str
    section: Section
    label: str
    value: str


def title(need: Need, part: Decimal | None = None) -> str:
    """ "Cà rốt, loại A: 20 tấn, 12–20/03/2027"; with `part` for one seller's share of it."""
    grade = grading.name_within(need.grade)
    said = f"{need.goods.name}, {grade}" if grade else need.goods.name
    whole = need.total if part is None else part
    told = [formats.amount(whole, need.unit, locale())] if whole else []
    if need.first_day is not None and need.last_day is not None:
        told.append(formats.day_span(need.first_day, need.last_day, locale()))
    return f"{said}: {', '.join(told)}" if told else said


def amount(need: Need) -> str:
    return formats.amount(need.total, need.unit, locale())


def when(line: NeedLine) -> str:
    """The day, or the week with its days."""
    if line.day is not None:
        return formats.weekday_date(line.day, locale())
    week = Week.parse(line.week or "")
    days = formats.day_span(week.start, week.end, locale())
    return _("Week %(week)s (%(days)s)", week=week.week, days=days)


def facts(need: Need, *, address: bool = False) -> list[Fact]:
    """All that is told of a request; with `address` the whole of it, for those who deliver. Lines stand apart."""
    return [fact for fact in _facts(need, address=address) if fact.value]


def papers_told(need: Need) -> str:
    """ "VietGAP, Residue test (at most 180 days old)"."""
    return ", ".join(_paper(want) for want in need.wants)


def _paper(want: Want) -> str:
    conditions = []
    if want.max_age_days is not None:
        conditions.append(_("at most %(n)s days old", n=want.max_age_days))
    if want.names_product:
        conditions.append(_("names the product"))
    name = str(PAPER_LABELS[want.kind])
    return f"{name} ({', '.join(conditions)})" if conditions else name


def _facts(need: Need, *, address: bool) -> Iterator[Fact]:
    language = locale()
    yield Fact("goods", Section.GOODS, _("Goods"), _origin(need))
    yield Fact("grade", Section.GOODS, _("Grade"), _grade(need))
    yield Fact("packing", Section.GOODS, _("Packing"), need.packing)
    yield Fact("total", Section.AMOUNTS, _("In all"), amount(need) if need.total else "")
    place = arriving.address_told(need.place) if address else arriving.area_told(need.place)
    yield Fact("place", Section.DELIVERY, _("Delivered to"), place)
    yield Fact("hours", Section.DELIVERY, _("Time of day"), hours(need.arrives_from, need.arrives_until))
    papers = papers_told(need)
    yield Fact("papers", Section.PAPERS, _("Papers valid on the day of delivery"), papers)
    yield from _answers(need)
    price = formats.vnd(need.target_price, language) if need.target_price is not None else ""
    unit = formats.unit_name(need.unit, language)
    yield Fact("target_price", Section.TERMS, _("Price in mind"), f"{price}/{unit}" if price else "")
    yield Fact("audience", Section.TERMS, _("Who may quote"), str(AUDIENCE_LABELS[need.audience]))
    yield Fact("splits", Section.TERMS, _("Several sellers"), _split(need))
    yield Fact("sealed", Section.TERMS, _("Quotes"), _sealed(need))
    yield Fact("words", Section.TERMS, _("More words"), need.words)
    yield Fact("questions_until", Section.DEADLINES, _("Questions until"), _moment(need.questions_until))
    yield Fact("quotes_until", Section.DEADLINES, _("Quotes until"), _moment(need.quotes_until))


def hours(opens: dt.time | None, closes: dt.time | None) -> str:
    """ "3:00–5:30", "before 5:30", "from 3:00", or nothing."""
    if opens and closes:
        return formats.hours(opens, closes)
    if closes:
        return _("before %(time)s", time=formats.clock_time(closes))
    return _("from %(time)s", time=formats.clock_time(opens)) if opens else ""


def in_both_languages(need: Need) -> dict[str, dict[str, tuple[str, str]]]:
    """Language → key → (label, value) of every fact and every line."""
    told = {}
    for language in LANGUAGES:
        with in_language(language):
            said = {fact.key: (fact.label, fact.value) for fact in _facts(need, address=True)}
            lines = [(f"line:{line.starts.isoformat()}", line) for line in need.lines]
            said |= {key: (when(line), _line_amount(need, line)) for key, line in lines}
            told[language] = said
    return told


def changes(
    before: dict[str, dict[str, tuple[str, str]]], after: dict[str, dict[str, tuple[str, str]]]
) -> list[dict[str, Any]]:
    """What differs, as an amendment keeps it; "" stands for nothing."""
    keys = dict.fromkeys([*before["vi"], *after["vi"]])
    found = []
    for key in keys:
        old = {language: before[language].get(key, ("", ""))[1] for language in LANGUAGES}
        new = {language: after[language].get(key, ("", ""))[1] for language in LANGUAGES}
        if old != new:
            label = {
                language: (after[language].get(key) or before[language][key])[0] for language in LANGUAGES
            }
            found.append({"key": key, "what": label, "before": old, "after": new})
    return found


def _origin(need: Need) -> str:
    return f"{need.goods.name} ({need.commodity.name})" if need.commodity else need.goods.name


def _grade(need: Need) -> str:
    lines = grading.lines_of(need.grade)
    name = grading.name_in(need.grade)
    return f"{name} ({'; '.join(lines)})" if name and lines else name


def _line_amount(need: Need, line: NeedLine) -> str:
    return formats.amount(line.quantity, need.unit, locale())


def _answers(need: Need) -> Iterator[Fact]:
    if need.form is None:
        return
    for question in asking.questions_of(need.form.fields):
        told = dict(asking.told([question], need.answers))
        yield Fact(f"a_{question.key}", Section.MORE, question.label, told.get(question.label, ""))


def _split(need: Need) -> str:
    return _("may share it") if need.splits else _("one seller delivers all")


def _sealed(need: Need) -> str:
    return _("stay sealed until the deadline") if need.sealed else _("are read as they come")


def _moment(at: dt.datetime | None) -> str:
    return formats.date_time(at, locale()) if at is not None else ""
