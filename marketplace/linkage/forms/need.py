"""What is filled in about a request, section by section."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from marketplace.accounts.models import Organisation
from marketplace.buyers import queries as buyers
from marketplace.buyers.wants import OLDEST_DAYS, for_goods
from marketplace.catalogue import grading
from marketplace.catalogue import queries as catalogue
from marketplace.catalogue.models import Goods
from marketplace.cooperatives import queries as cooperatives
from marketplace.cooperatives.models import Cooperative
from marketplace.cooperatives.states import PAPER_LABELS, PaperKind
from marketplace.foundation import clock, formats
from marketplace.foundation.quantity import Quantity
from marketplace.foundation.web.fields import (
    ChoiceField,
    DateField,
    DecimalField,
    LineField,
    ManyField,
    MoneyField,
    Needed,
    Optional,
    QuantityField,
    RadioField,
    TextField,
    TickField,
    TimeField,
    WholeField,
    choices_of,
)
from marketplace.foundation.web.forms import Form
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _, _l
from marketplace.linkage import asking, need_words, queries, schedule
from marketplace.linkage.asking import Question
from marketplace.linkage.models import Need
from marketplace.linkage.schedule import Portion
from marketplace.linkage.states import AUDIENCE_LABELS, Audience, FieldKind, NeedState
from marketplace.linkage.suppliers import Supplier
from marketplace.places.fields import UnitField
from marketplace.selection.states import Entered


class SectionForm(Form):
    """`reason` is asked for once the request is open."""

    reason = LineField(_l("Why it changes"), [Optional()], longest=500)

    def values(self) -> dict[str, Any]:
        """As the service of its section takes them, without the reason."""
        raise NotImplementedError


class GoodsForm(SectionForm):
    commodity = ChoiceField(_l("From where"), choices=[])
    grade = ChoiceField(_l("Grade"), choices=[])
    packing = LineField(_l("Packing"), [Optional()], longest=200)

    def __init__(self, need: Need, **kwargs: Any) -> None:
        told = {"commodity": str(need.commodity_id or ""), "grade": str(need.grade_id or "")}
        super().__init__(data={**told, "packing": need.packing}, **kwargs)
        self.origins = {str(each.id): each for each in catalogue.commodities_of(need.goods_id)}
        self.grades = {str(each.id): each for each in catalogue.grades_of(need.goods_id, None)}
        if need.grade_spec is not None:
            self.grades.setdefault(str(need.grade_id), need.grade_spec)
        self.commodity.choices = choices_of(
            [(key, each.name) for key, each in self.origins.items()], none=_l("From anywhere in the province")
        )
        self.grade.choices = choices_of(
            [(key, grade_words(each)) for key, each in self.grades.items()], none=_l("As it comes, ungraded")
        )

    def values(self) -> dict[str, Any]:
        return {
            "commodity": self.origins.get(self.commodity.data or ""),
            "grade": self.grades.get(self.grade.data or ""),
            "packing": self.packing.data or "",
        }


def grade_words(spec: Any) -> str:
    """ "Loại A (150–250 g each), Export"."""
    size = grading.size_words(str(spec.measure), spec.least, spec.most)
    name = f"{spec.name} ({size})" if size else spec.name
    return f"{name}, {grading.market_name(spec.market).lower()}" if spec.market else name


class AmountsForm(SectionForm):
    """A pattern of days or weeks; once there are lines, one field for each: line_<id>. Made by `amounts_form`."""

    first = DateField(_l("First day"), [Optional()])
    last = DateField(_l("Last day"), [Optional()])
    every = RadioField(
        _l("How much is meant"), choices=[("day", _l("a day")), ("week", _l("a week"))], default="day"
    )
    each = QuantityField(_l("How much each time"), [Optional()])
    weekdays = ManyField(_l("On these days of the week"), coerce=int, default=[*range(7)])
    need: Need

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.weekdays.choices = [(day, formats.weekday_name(day, locale())) for day in range(7)]

    @property
    def anew(self) -> bool:
        """Whether the pattern is filled in: then it counts, and not the lines."""
        typed = (self.first, self.last, self.each)
        return not self.need.lines or any(field.raw_data and any(field.raw_data) for field in typed)

    def validate(self, extra_validators: Any = None) -> bool:
        fine = super().validate(extra_validators)
        if self.anew:
            for field in (self.first, self.last, self.each):
                if field.data is None and not field.errors:
                    field.errors = [_("Please fill this in.")]
        return fine and not self.errors

    def values(self) -> dict[str, Any]:
        return {"portions": self._pattern() if self.anew else self._lines()}

    def _pattern(self) -> list[Portion]:
        amount = self.each.data.amount
        if self.every.data == "week":
            return schedule.weekly(self.first.data, self.last.data, amount)
        return schedule.daily(self.first.data, self.last.data, amount, {*(self.weekdays.data or ())})

    def _lines(self) -> list[Portion]:
        """A line that was emptied is taken out."""
        typed = [(line, self[f"line_{line.id}"].data) for line in self.need.lines]
        return [Portion(line.starts, said.amount, line.week is not None) for line, said in typed if said]


def amounts_form(need: Need, **kwargs: Any) -> AmountsForm:
    class Fields(AmountsForm):
        pass

    for line in need.lines:
        amount = Quantity(line.quantity, need.unit)
        setattr(
            Fields,
            f"line_{line.id}",
            QuantityField(need_words.when(line), [Optional()], unit=need.unit, default=amount),
        )
    Fields.each = QuantityField(_l("How much each time"), [Optional()], unit=need.unit)
    Fields.need = need
    return Fields(**kwargs)


class DeliveryForm(SectionForm):
    depot = ChoiceField(_l("Depot"), choices=[])
    place = UnitField(_l("Or another place: its commune or ward"), needed=False)
    line = LineField(_l("House, street or hamlet there"), [Optional()], longest=160)
    arrives_from = TimeField(_l("Not before"), [Optional()])
    arrives_until = TimeField(_l("Not after"), [Optional()])

    def __init__(self, need: Need, **kwargs: Any) -> None:
        told = {"arrives_from": need.arrives_from, "arrives_until": need.arrives_until}
        super().__init__(data={**told, "depot": str(need.depot_id or "")}, **kwargs)
        self.depots = {str(depot.id): depot for depot in buyers.depots_of([need.organisation_id])}
        self.depot.choices = choices_of(
            [(key, depot.name) for key, depot in self.depots.items()], none=_l("Another place")
        )
        if not self.is_submitted() and need.depot_id is None and need.unit_id is not None:
            self.place.choose(need.unit_id)

    def values(self) -> dict[str, Any]:
        return {
            "depot": self.depots.get(self.depot.data or ""),
            "line": self.line.data or "",
            "unit_id": self.place.unit_id,
            "arrives_from": self.arrives_from.data,
            "arrives_until": self.arrives_until.data,
        }


class PapersForm(SectionForm):
    """Kinds of papers, and of each, as age_<kind>, how old it may be; made by `papers_form`."""

    kinds = ManyField(
        _l("Papers that must be valid on every day of delivery"), choices=choices_of(PAPER_LABELS.items())
    )
    named = TickField(_l("The product must be named in them"))

    def age_of(self, kind: str) -> Any:
        return self[f"age_{kind}"]

    def values(self) -> dict[str, Any]:
        kinds = [PaperKind(kind) for kind in self.kinds.data or []]
        ages = {kind: age for kind in kinds if (age := self.age_of(kind).data) is not None}
        return {"kinds": kinds, "ages": ages, "named": self.named.data}


def papers_form(need: Need, **kwargs: Any) -> PapersForm:
    """With what is written; a new draft begins with the list of its company."""
    wants = need.wants
    if "papers" not in need.told_sections and need.state is NeedState.DRAFT and not wants:
        wants = for_goods(buyers.wants_of(need.organisation_id), need.goods_id)

    class Fields(PapersForm):
        pass

    for kind in PaperKind:
        label = _l("%(paper)s: at most so many days old", paper=PAPER_LABELS[kind])
        setattr(Fields, f"age_{kind}", WholeField(label, [Optional()], least=1, most=OLDEST_DAYS))
    ages = {f"age_{want.kind}": want.max_age_days for want in wants}
    told = {"kinds": [str(want.kind) for want in wants], "named": any(want.names_product for want in wants)}
    return Fields(data={**told, **ages}, **kwargs)


class MoreForm(SectionForm):
    """The questions of the stall, as a_<key>; made by `more_form`."""

    questions: Sequence[Question] = ()

    def values(self) -> dict[str, Any]:
        return {"answers": {each.key: _plain(self[f"a_{each.key}"].data) for each in self.questions}}


def more_form(need: Need, **kwargs: Any) -> MoreForm:
    """What is asked today while it is a draft, else what was asked when it was opened."""
    form = queries.newest_form(need.goods.category_id) if need.state is NeedState.DRAFT else need.form
    questions = asking.questions_of(form.fields) if form is not None else []

    class Fields(MoreForm):
        pass

    for each in questions:
        setattr(Fields, f"a_{each.key}", _field(each))
    Fields.questions = questions
    return Fields(
        data={f"a_{key}": _rich(questions, key, answer) for key, answer in need.answers.items()}, **kwargs
    )


def _field(question: Question) -> Any:
    asked = [Needed()] if question.needed else [Optional()]
    if question.kind is FieldKind.NUMBER:
        label = f"{question.label} ({question.unit})" if question.unit else question.label
        return DecimalField(
            label,
            asked,
            least=question.least if question.least is not None else -(10**9),
            most=question.most if question.most is not None else 10**9,
        )
    if question.kind is FieldKind.CHOICE:
        return ChoiceField(question.label, asked, choices=[("", "–"), *question.options()])
    if question.kind is FieldKind.YES_NO:
        words = [("", "–"), (asking.YES, _l("yes")), (asking.NO, _l("no"))]
        return ChoiceField(question.label, asked, choices=words)
    return LineField(question.label, asked, longest=asking.LONGEST)


def _rich(questions: Sequence[Question], key: str, answer: str) -> Any:
    numbers = {each.key for each in questions if each.kind is FieldKind.NUMBER}
    return Decimal(answer) if key in numbers else answer


def _plain(value: Any) -> str:
    return format(value.normalize(), "f") if isinstance(value, Decimal) else value or ""


class TermsForm(SectionForm):
    target_price = MoneyField(_l("Price you have in mind"), [Optional()])
    audience = RadioField(_l("Who may quote"), choices=choices_of(AUDIENCE_LABELS.items()))
    splits = TickField(_l("Several sellers may share it"))
    sealed = TickField(_l("Quotes stay sealed until the deadline"))
    words = TextField(_l("Anything else sellers should know"), [Optional()], longest=2000)

    def __init__(self, need: Need, **kwargs: Any) -> None:
        names = ("target_price", "splits", "sealed", "words")
        told = {name: getattr(need, name) for name in names}
        super().__init__(data={**told, "audience": str(need.audience)}, **kwargs)
        self.need = need

    def values(self) -> dict[str, Any]:
        return {
            "target_price": self.target_price.data,
            "audience": Audience(self.audience.data),
            "invited": [each.cooperative_id for each in self.need.invitations],
            "splits": self.splits.data,
            "sealed": self.sealed.data,
            "words": self.words.data or "",
        }


class DeadlinesForm(SectionForm):
    quotes_day = DateField(_l("Quotes until this day"), [Needed()])
    quotes_time = TimeField(_l("At what time"), [Optional()])
    questions_day = DateField(_l("Questions until this day"), [Optional()])

    def __init__(self, need: Need, **kwargs: Any) -> None:
        told: dict[str, Any] = {"quotes_time": dt.time(17)}
        if need.quotes_until is not None:
            at = clock.to_local(need.quotes_until)
            told = {"quotes_day": at.date(), "quotes_time": at.time().replace(second=0, microsecond=0)}
        if need.questions_until is not None:
            told["questions_day"] = clock.to_local(need.questions_until).date()
        super().__init__(data=told, **kwargs)

    def values(self) -> dict[str, Any]:
        at = self.quotes_time.data or dt.time(17)
        until = clock.from_local(dt.datetime.combine(self.quotes_day.data, at))
        asked = self.questions_day.data
        questions = clock.from_local(dt.datetime.combine(asked, at)) if asked else None
        return {"quotes_until": until, "questions_until": questions}


class NewNeedForm(Form):
    goods = ChoiceField(_l("What do you need?"), [Needed()], choices=[])

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.known = {each.slug: each for each in catalogue.goods()}
        self.goods.choices = [("", "–"), *((slug, each.name) for slug, each in self.known.items())]

    @property
    def chosen(self) -> Goods:
        return self.known[self.goods.data]


class EnterNeedForm(NewNeedForm):
    """For a buyer who called or wrote."""

    organisation = ChoiceField(_l("For which buyer"), [Needed()], choices=[])
    entered = RadioField(
        _l("How it came"),
        choices=[("phone", _l("By phone")), ("paper", _l("By letter or on paper"))],
        default="phone",
    )
    told_by = LineField(_l("Who told it, or who signed"), [Needed()], longest=120)

    def __init__(self, organisations: Sequence[Organisation], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.buyers = {each.ref: each for each in organisations}
        self.organisation.choices = [("", "–"), *((ref, each.name) for ref, each in self.buyers.items())]

    def values(self) -> dict[str, Any]:
        return {
            "organisation": self.buyers[self.organisation.data],
            "goods": self.chosen,
            "entered": Entered(self.entered.data),
            "told_by": self.told_by.data,
        }


class InviteForm(Form):
    """Cooperatives of the list of suppliers, and one more by its name."""

    cooperatives = ManyField(_l("Cooperatives"), coerce=int)
    other = LineField(_l("Another cooperative, by its name"), [Optional()], longest=160)

    def __init__(self, found: Sequence[Supplier], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.cooperatives.choices = [(each.cooperative_id, each.name) for each in found]
        self.called: Cooperative | None = None

    def validate(self, extra_validators: Any = None) -> bool:
        fine = super().validate(extra_validators)
        if self.other.data:
            self.called, problem = the_one_called(self.other.data)
            if problem:
                self.other.errors = [problem]
        elif not self.cooperatives.data:
            self.problems.append(_("Tick at least one cooperative, or write its name."))
        return fine and not self.errors and not self.problems

    @property
    def chosen(self) -> list[int]:
        return [*(self.cooperatives.data or []), *([self.called.id] if self.called else [])]


def the_one_called(words: str) -> tuple[Cooperative | None, str]:
    """The member with this name; or a sentence that helps to find it."""
    found = cooperatives.members_called(words)
    if len(found) == 1:
        return found[0], ""
    if not found:
        return None, _("We do not find this name among the members. Please check how it is written.")
    names = ", ".join(each.called for each in found[:3])
    return None, _("Several have this name: %(names)s … Please write more of it.", names=names)


class EndForm(Form):
    reason = LineField(_l("Reason"), [Needed()], longest=500)


class WordsForm(Form):
    """A question, or its answer."""

    words = TextField(_l("Your words"), [Needed()], longest=2000)


class QuestionForm(Form):
    words = TextField(_l("Your question"), [Needed()], longest=1000)


class PressForm(Form):
    """A single press of a button."""
