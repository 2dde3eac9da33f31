"""What people say about where deals began."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from marketplace.accounts.models import Organisation
from marketplace.bridges.happening import Happening
from marketplace.bridges.queries.signed import Candidate
from marketplace.bridges.states import FROM_LABELS, REACHED, STEP_LABELS, Step
from marketplace.catalogue.models import Goods
from marketplace.fairs.models import Fair
from marketplace.foundation import formats
from marketplace.foundation.web.fields import (
    ChoiceField,
    DateField,
    LineField,
    Needed,
    Optional,
    RadioField,
    TextField,
    choices_of,
)
from marketplace.foundation.web.forms import Form
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _, _l


class PressForm(Form):
    """A single press of a button."""


class ReasonForm(Form):
    reason = TextField(_l("Reason (both sides read it)"), [Needed()], longest=500)


class ObjectionForm(Form):
    words = TextField(_l("What is not right about it"), [Needed()], longest=500)


class AnswerForm(Form):
    """The officer's answer: the words, and by the button pressed whether the objection is right."""

    words = TextField(_l("Your answer (both sides read it)"), [Needed()], longest=500)


class GoodsForm(Form):
    """What is wanted, of the goods that were talked about or any other."""

    goods = ChoiceField(_l("Goods"), [Needed(_l("Please choose one of these."))])

    def __init__(self, talked_about: Sequence[Goods], every: Sequence[Goods], **kwargs: Any) -> None:
        first = {each.id: each for each in talked_about}
        self.by_id = {**first, **{each.id: each for each in every}}
        told = {"goods": str(next(iter(first)))} if first else {}
        super().__init__(data=told, **kwargs)
        self.goods.choices = choices_of(
            [(str(id), each.name) for id, each in self.by_id.items()], none=_l("Choose one")
        )

    @property
    def chosen(self) -> Goods:
        return self.by_id[int(self.goods.data)]


class WriteDownForm(GoodsForm):
    """An officer begins the request of a buyer who was met at a fair."""

    organisation = ChoiceField(_l("Buyer"), [Needed(_l("Please choose one of these."))])
    told_by = LineField(_l("Who told it"), [Needed()], longest=120)

    def __init__(
        self,
        talked_about: Sequence[Goods],
        every: Sequence[Goods],
        likely: Sequence[Organisation],
        buyers: Sequence[Organisation],
        **kwargs: Any,
    ) -> None:
        super().__init__(talked_about, every, **kwargs)
        self.buyers = {each.id: each for each in (*likely, *buyers)}
        self.organisation.choices = choices_of(
            [(str(id), each.name) for id, each in self.buyers.items()], none=_l("Choose one")
        )
        if likely and not self.organisation.data:
            self.organisation.data = str(likely[0].id)

    def values(self) -> dict[str, Any]:
        return {
            "organisation": self.buyers[int(self.organisation.data)],
            "goods": self.chosen,
            "told_by": self.told_by.data,
        }


class WhereForm(Form):
    """At which fair a request began."""

    where = RadioField(_l("Where did you meet?"), validators=[Needed(_l("Please choose one of these."))])

    def __init__(self, known: Sequence[Happening], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.known = {f"{each.kind}-{each.id}": each for each in known}
        self.where.choices = [(key, _place(each)) for key, each in self.known.items()]

    @property
    def chosen(self) -> Happening:
        return self.known[self.where.data]


def _place(happened: Happening) -> str:
    day = formats.date(happened.day, locale())
    return f"{happened.fair.name} ({FROM_LABELS[happened.kind]}, {day})"


class ContractForm(Form):
    """Which contract what was signed became."""

    contract = RadioField(_l("Contract"), validators=[Needed(_l("Please choose one of these."))])

    def __init__(self, found: Sequence[Candidate], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.found = {each.contract.ref: each for each in found}
        self.contract.choices = [(ref, _called(each)) for ref, each in self.found.items()]
        likely = [ref for ref, each in self.found.items() if each.likely]
        if likely and not self.contract.data:
            self.contract.data = likely[0]


def _called(candidate: Candidate) -> str:
    contract = candidate.contract
    told = f"{contract.number} {contract.title}, {contract.buyer.name}"
    alike = [_("same partner")] * candidate.same_partner + [_("same goods")] * candidate.same_goods
    return f"{told} ({', '.join(alike)})" if alike else told


class NarrowForm(Form):
    """What the list is narrowed to; read from the address."""

    fair = ChoiceField(_l("Fair"))
    since = DateField(_l("Begun from"), [Optional()])
    until = DateField(_l("Begun until"), [Optional()])
    reached = ChoiceField(_l("Came at least as far as"))
    text = LineField(_l("Search"), [Optional()], longest=80)

    def __init__(self, fairs: Sequence[Fair], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.fairs = {str(each.id): each for each in fairs}
        self.fair.choices = choices_of(
            [(key, each.name) for key, each in self.fairs.items()], none=_l("All fairs")
        )
        self.reached.choices = choices_of(
            [(str(each), STEP_LABELS[each]) for each in REACHED], none=_l("All")
        )

    def values(self) -> dict[str, Any]:
        return {
            "fair": self.fairs.get(self.fair.data or ""),
            "since": self.since.data,
            "until": self.until.data,
            "reached": Step(self.reached.data) if self.reached.data in {*map(str, REACHED)} else None,
            "text": self.text.data or "",
        }


class ConsentForm(Form):
    """What its contracts may be read for, and until when."""

    purpose = LineField(_l("For what may it be read?"), [Needed()], longest=500)
    until = DateField(_l("Until and including"), [Needed()])
