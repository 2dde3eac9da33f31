"""One section of a contract as a form, made from its terms; its table is filled in on the same page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from flask import request
from wtforms import Field

from marketplace.foundation import formats
from marketplace.foundation.web.fields import (
    ChoiceField,
    DateField,
    DecimalField,
    LineField,
    MoneyField,
    Needed,
    Optional,
    QuantityField,
    TextField,
    TickField,
    TimeField,
    WholeField,
    choices_of,
)
from marketplace.foundation.web.forms import Form
from marketplace.foundation.web.locale import locale
from marketplace.foundation.web.rows import Row, Rows
from marketplace.foundation.words import _, _l, pick
from marketplace.linkage import board_line, contract_grades
from marketplace.linkage.terms import Section, Term, TermKind
from marketplace.prices import queries as prices

EACH = {"week": _l("each week"), "day": _l("each day")}


class LineRow(Row):
    """One of the seller's products."""

    matters = ("product", "variety", "area_ha", "grade_words")
    product = ChoiceField(_l("Product"))
    variety = LineField(_l("Variety"), [Optional()], longest=80)
    area_ha = DecimalField(_l("Area in hectares"), [Optional()], most=100_000)
    grade_words = LineField(_l("Grade"), [Optional()], longest=120)
    products: Sequence[tuple[int, str, str]] = ()

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        none = [("", _("Choose a product"))]
        self.product.choices = none + [(str(number), name) for number, name, _en in self.products]

    def validate(self, extra_validators: Any = None) -> bool:
        if super().validate(extra_validators) and not self.product.data:
            self.product.errors = [_("Please choose one of these.")]
        return not self.errors

    def plain(self) -> dict[str, Any]:
        number, name, name_en = next(each for each in self.products if str(each[0]) == self.product.data)
        return {
            "product_id": number,
            "name": name,
            "name_en": name_en,
            "variety": self.variety.data or "",
            "area_ha": self.area_ha.data,
            "grade_words": self.grade_words.data or "",
        }

    def show(self, stored: Mapping[str, Any]) -> None:
        self.product.data, self.variety.data = str(stored["product_id"]), stored["variety"]
        self.area_ha.data, self.grade_words.data = stored["area_ha"], stored["grade_words"]
        self.told = " · ".join(filter(None, (stored["name"], stored["variety"], stored["grade_words"])))


class SpanRow(Row):
    """A stretch of time with the same quantity each week or day."""

    matters = ("first", "last", "quantity")
    goods = ChoiceField(_l("Goods"))
    first = DateField(_l("First day"), [Needed()])
    last = DateField(_l("Last day"), [Needed()])
    each = ChoiceField(_l("How often"), choices=choices_of(EACH.items()))
    quantity = QuantityField(_l("Kilograms each time"), [Needed()])
    lines: Sequence[str] = ()

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.goods.choices = [(str(number), name) for number, name in enumerate(self.lines)]

    def validate(self, extra_validators: Any = None) -> bool:
        if super().validate(extra_validators) and self.last.data < self.first.data:
            self.last.errors = [_("The stretch must begin before it ends.")]
        return not self.errors

    def plain(self) -> dict[str, Any]:
        return {
            "goods": int(self.goods.data),
            "first": self.first.data,
            "last": self.last.data,
            "each": self.each.data,
            "quantity": self.quantity.data.amount,
        }

    def show(self, stored: Mapping[str, Any]) -> None:
        self.goods.data, self.each.data = str(stored["goods"]), stored["each"]
        self.first.data, self.last.data = stored["first"], stored["last"]
        self.quantity.data = stored["quantity"]
        days = formats.day_span(stored["first"], stored["last"], locale())
        self.told = f"{days}: {formats.weight(stored['quantity'], locale())} {EACH[stored['each']]}"


class GradeRow(Row):
    """The price of one grade."""

    matters = ("spec", "grade", "price", "ceiling", "of_market")
    spec = ChoiceField(_l("Grade by the grade table"), [Optional()])
    grade = LineField(
        _l("Its sign on slips and prices"),
        [Optional()],
        longest=12,
        description=_l("Empty: as in the grade table."),
    )
    price = MoneyField(_l("Price per kg (fixed price, or floor)"), [Optional()])
    ceiling = MoneyField(_l("Ceiling per kg"), [Optional()])
    of_market = DecimalField(_l("Per cent of the market price (empty: 100)"), [Optional()], least=1, most=300)
    specs: Mapping[str, contract_grades.Copy] = {}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._offer(self.specs)

    def _offer(self, specs: Mapping[str, contract_grades.Copy]) -> None:
        self.specs = specs
        named = [(key, contract_grades.choice_words(copy)) for key, copy in specs.items()]
        self.spec.choices = choices_of(named, none=_("In own words"))

    def plain(self) -> dict[str, Any]:
        spec = self.specs.get(self.spec.data or "")
        return {
            "grade": (self.grade.data or "").strip() or (spec["sign"] if spec else ""),
            "spec": dict(spec) if spec else None,
            "price": self.price.data,
            "ceiling": self.ceiling.data,
            "of_market": self.of_market.data or Decimal(100),
        }

    def show(self, stored: Mapping[str, Any]) -> None:
        if spec := stored.get("spec"):
            self._offer({str(spec["spec_id"]): spec, **self.specs})
            self.spec.data = str(spec["spec_id"])
        self.grade.data, self.price.data = stored["grade"], stored["price"]
        self.ceiling.data = stored["ceiling"]
        self.of_market.data = stored["of_market"] if stored["of_market"] != 100 else None
        price = formats.vnd(stored["price"], locale()) if stored["price"] else _("by the market")
        self.told = f"{contract_grades.called(stored)}: {price}"


class InputRow(Row):
    """Seed, fertiliser and the like that the buyer gives ahead."""

    matters = ("item", "amount", "value")
    item = LineField(_l("What is given"), [Needed()], longest=120)
    amount = LineField(_l("How much"), [Optional()], longest=60)
    value = MoneyField(_l("Worth"), [Needed()])
    given_on = DateField(_l("Given on"), [Optional()])

    def plain(self) -> dict[str, Any]:
        return {
            "item": self.item.data,
            "amount": self.amount.data or "",
            "value": self.value.data,
            "given_on": self.given_on.data,
        }

    def show(self, stored: Mapping[str, Any]) -> None:
        self.item.data, self.amount.data = stored["item"], stored["amount"]
        self.value.data, self.given_on.data = stored["value"], stored["given_on"]
        self.told = f"{stored['item']}: {formats.vnd(stored['value'], locale())}"


ROWS: dict[str, type[Row]] = {"lines": LineRow, "spans": SpanRow, "grades": GradeRow, "inputs": InputRow}


class SectionForm(Form):
    """Terms of one section; `table` holds its rows, or nothing."""

    section: Section
    table: Any = None

    @property
    def asks_for_more(self) -> bool:
        """The button under the table was pressed: one more line, and nothing is judged yet."""
        return self.table is not None and f"more_{self.table.name}" in request.form

    def shows(self, terms: Sequence[Term]) -> bool:
        """Something else than the usual is written there, or something is wrong."""
        fields = [(self[term.key], _shown(term, term.default)) for term in terms]
        return any(field.errors or (field.data or None) != (usual or None) for field, usual in fields)

    def submitted(self) -> bool:
        return self.is_submitted() and not self.asks_for_more and self.validate()

    def validate(self, extra_validators: Any = None) -> bool:
        sound = self.table is None or self.table.validate()
        if not sound:
            self.problems = [_("Please look at the lines below: something is missing there.")]
        return bool(super().validate(extra_validators) and sound)

    def told(self) -> dict[str, Any]:
        """As services.fill_in takes them."""
        values = {term.key: _value(term, self[term.key]) for term in self.section.terms}
        if self.table is not None:
            values[self.section.rows] = [row.plain() for row in self.table.written]
        return values


def section_form(
    section: Section, content: Mapping[str, Any], products: Sequence[tuple[int, str, str]]
) -> SectionForm:
    """The form of a section with what stands there. `products` are the seller's: (id, name, English name)."""

    class Fields(SectionForm):
        pass

    for term in section.terms:
        setattr(Fields, term.key, _field(term))
    told = content[section.key]
    form = Fields(data={term.key: _shown(term, told.get(term.key)) for term in section.terms})
    form.section = section
    for term in section.terms:
        if term.kind is TermKind.BOARD:
            _offer_lines(form[term.key], told.get(term.key))
    if section.rows:
        lines = [line["name"] for line in content["goods"]["lines"]]
        choices: dict[str, Any] = {"products": products, "lines": lines}
        if section.rows == "grades":
            choices["specs"] = contract_grades.to_choose(content)
        kind = type("Own", (ROWS[section.rows],), choices)
        form.table = Rows(kind, section.rows, told.get(section.rows) or [])
    return form


def _offer_lines(field: Field, kept: Mapping[str, Any] | None) -> None:
    """Lines of the board; the one that is written stays there though nobody told its price lately."""
    field.lines = {line.code: board_line.kept(line) for line in prices.lines_to_count_by()}
    if kept is not None:
        field.lines.setdefault(board_line.code(kept), kept)
    named = [(code, pick(**each["words"])) for code, each in field.lines.items()]
    field.choices = choices_of(named, none=_("Not from the board"))


def _shown(term: Term, value: Any) -> Any:
    if term.kind is TermKind.BOARD:
        return board_line.code(value) if value else ""
    return str(value) if term.kind is TermKind.CHOICE and value is not None else value


def _value(term: Term, field: Field) -> Any:
    match term.kind:
        case TermKind.WEIGHT:
            return field.data.amount if field.data is not None else None
        case TermKind.LINE | TermKind.TEXT:
            return (field.data or "").strip()
        case TermKind.BOARD:
            return field.lines.get(field.data)
        case _:
            return field.data


def _field(term: Term) -> Any:
    return _FIELDS[term.kind](term, {"description": term.help})


class Later(Optional):
    """May stay empty while it is written; the contract cannot be offered without it, so nothing says "not needed"."""

    def __init__(self) -> None:
        super().__init__()
        self.field_flags: dict[str, bool] = {}


def _blank(term: Term) -> Optional:
    return Later() if term.needed else Optional()


def _numbers(term: Term) -> dict[str, Any]:
    return {name: value for name in ("least", "most") if (value := getattr(term, name)) is not None}


Maker = Callable[[Term, dict[str, Any]], Any]
_FIELDS: dict[TermKind, Maker] = {
    TermKind.LINE: lambda term, more: LineField(term.label, [_blank(term)], longest=term.longest, **more),
    TermKind.TEXT: lambda term, more: TextField(term.label, [_blank(term)], longest=term.longest, **more),
    TermKind.MONEY: lambda term, more: MoneyField(term.label, [_blank(term)], **more),
    TermKind.PERCENT: lambda term, more: DecimalField(term.label, [_blank(term)], **_numbers(term), **more),
    TermKind.WHOLE: lambda term, more: WholeField(term.label, [_blank(term)], **_numbers(term), **more),
    TermKind.WEIGHT: lambda term, more: QuantityField(term.label, [_blank(term)], **more),
    TermKind.DAY: lambda term, more: DateField(term.label, [_blank(term)], **more),
    TermKind.TIME: lambda term, more: TimeField(term.label, [_blank(term)], **more),
    TermKind.CHOICE: lambda term, more: ChoiceField(
        term.label, choices=choices_of(term.choices.items()), **more
    ),
    TermKind.TICK: lambda term, more: TickField(term.label, **more),
    TermKind.BOARD: lambda term, more: ChoiceField(term.label, [Optional()], choices=[], **more),
}
