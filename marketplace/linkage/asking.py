"""Questions as data: what a form of a stall asks, how an answer is checked and told, without any code of its own."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from marketplace.foundation import formats
from marketplace.foundation.errors import Refusal
from marketplace.foundation.quantity import quantity as exact
from marketplace.foundation.text import fold
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _, _l, pick
from marketplace.linkage.states import FieldKind

MOST_QUESTIONS = 30
LONGEST = 300
KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
YES, NO = "yes", "no"


@dataclass(frozen=True)
class Question:
    """`key` names the answer for ever; `choices` are (value, vi, en); a number has a unit and may have limits."""

    key: str
    kind: FieldKind
    label_vi: str
    label_en: str = ""
    needed: bool = False
    unit: str = ""
    least: Decimal | None = None
    most: Decimal | None = None
    choices: tuple[tuple[str, str, str], ...] = ()

    @property
    def label(self) -> str:
        return pick(self.label_vi, self.label_en)

    def options(self) -> list[tuple[str, str]]:
        """(value, words) to choose from, in the reader's language."""
        return [(value, pick(vi, en)) for value, vi, en in self.choices]

    def plain(self) -> dict[str, Any]:
        """As a form keeps it."""
        return {
            "key": self.key,
            "kind": str(self.kind),
            "label_vi": self.label_vi,
            "label_en": self.label_en,
            "needed": self.needed,
            "unit": self.unit,
            "least": _text(self.least),
            "most": _text(self.most),
            "choices": [list(each) for each in self.choices],
        }

    @classmethod
    def read(cls, plain: Mapping[str, Any]) -> Question:
        return cls(
            key=plain["key"],
            kind=FieldKind(plain["kind"]),
            label_vi=plain["label_vi"],
            label_en=plain["label_en"],
            needed=plain["needed"],
            unit=plain["unit"],
            least=_decimal(plain["least"]),
            most=_decimal(plain["most"]),
            choices=tuple((value, vi, en) for value, vi, en in plain["choices"]),
        )


def questions_of(fields: Sequence[Mapping[str, Any]]) -> list[Question]:
    return [Question.read(each) for each in fields]


def key_for(label: str, taken: set[str]) -> str:
    """A name for the answers to a new question, out of its words."""
    plain = re.sub(r"[^a-z0-9]+", "_", fold(label)).strip("_")[:32] or "question"
    base = plain if plain[0].isalpha() else f"q_{plain}"
    number, key = 1, base
    while key in taken:
        number += 1
        key = f"{base}_{number}"
    return key


def refuse_odd(questions: Sequence[Question]) -> None:
    """What makes no sense as a form. Raises Refusal with the sentence."""
    if len(questions) > MOST_QUESTIONS:
        raise Refusal(_l("%(most)s questions are enough.", most=MOST_QUESTIONS))
    if len({each.key for each in questions}) < len(questions):
        raise Refusal(_l("Two questions have the same name."))
    for each in questions:
        if not KEY.fullmatch(each.key) or not each.label_vi:
            raise Refusal(_l("Every question needs its words in Vietnamese."), field="label_vi")
        if each.kind is FieldKind.CHOICE and len(each.choices) < 2:
            raise Refusal(_l("Give at least two answers to choose from, one a line."), field="choices")
        if each.least is not None and each.most is not None and each.least > each.most:
            raise Refusal(_l("The largest number must not be below the smallest."), field="most")


def checked(questions: Sequence[Question], answers: Mapping[str, Any]) -> dict[str, str]:
    """The answers as they are kept, plain text each, without the empty ones; Refusal naming the fields (a_<key>)
    that do not fit. Whether needed ones are there is asked when the request is opened."""
    kept: dict[str, str] = {}
    wrong: dict[str, Any] = {}
    for each in questions:
        given = answers.get(each.key)
        if given is None or given == "":
            continue
        try:
            kept[each.key] = _checked(each, given)
        except ValueError as problem:
            wrong[f"a_{each.key}"] = str(problem)
    if wrong:
        raise Refusal(_l("Please look at the answers below."), fields=wrong)
    return kept


def unanswered(questions: Sequence[Question], answers: Mapping[str, Any]) -> list[Question]:
    """Needed, and without an answer."""
    return [each for each in questions if each.needed and not answers.get(each.key)]


def told(questions: Sequence[Question], answers: Mapping[str, Any]) -> list[tuple[str, str]]:
    """(question, answer) in the reader's language, of those that were answered."""
    return [(each.label, _told(each, answers[each.key])) for each in questions if answers.get(each.key)]


def _checked(question: Question, given: Any) -> str:
    if question.kind is FieldKind.NUMBER:
        return _number(question, given)
    answer = str(given)
    if question.kind is FieldKind.CHOICE and answer not in {value for value, _vi, _en in question.choices}:
        raise ValueError(_("Please choose one of these."))
    if question.kind is FieldKind.YES_NO and answer not in (YES, NO):
        raise ValueError(_("Please choose one of these."))
    if len(answer) > LONGEST:
        raise ValueError(_("Please shorten this to %(n)s characters.", n=LONGEST))
    return answer


def _number(question: Question, given: Any) -> str:
    try:
        number = exact(given)
    except (ValueError, TypeError, ArithmeticError) as odd:
        raise ValueError(_("Please write a number.")) from odd
    if question.least is not None and number < question.least:
        raise ValueError(_("Write %(least)s or more.", least=formats.number(question.least, locale())))
    if question.most is not None and number > question.most:
        raise ValueError(_("Write %(most)s or less.", most=formats.number(question.most, locale())))
    return format(number.normalize(), "f")


def _told(question: Question, answer: str) -> str:
    if question.kind is FieldKind.YES_NO:
        return _("yes") if answer == YES else _("no")
    if question.kind is FieldKind.CHOICE:
        return dict(question.options()).get(answer, answer)
    if question.kind is FieldKind.NUMBER:
        shown = formats.number(Decimal(answer), locale())
        return f"{shown}{formats.NBSP}{question.unit}" if question.unit else shown
    return answer


def _text(value: Decimal | None) -> str | None:
    return None if value is None else format(value.normalize(), "f")


def _decimal(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)
