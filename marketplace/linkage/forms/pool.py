"""What is filled in about pools."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from marketplace.cooperatives.models import Cooperative
from marketplace.foundation import clock, formats
from marketplace.foundation.web.fields import (
    ChoiceField,
    DateField,
    LineField,
    ManyField,
    MoneyField,
    Needed,
    Optional,
    QuantityField,
    RadioField,
    TextField,
    TickField,
    WholeField,
    choices_of,
)
from marketplace.foundation.web.forms import Form
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _l
from marketplace.linkage import pool_words
from marketplace.linkage.models import PoolMember
from marketplace.linkage.queries.pool import Source
from marketplace.linkage.sharing import SharingRule
from marketplace.linkage.states import RULE_LABELS, RULE_WORDS
from marketplace.selection.states import ENTERED_LABELS, Entered

NONE_IS_FINE = -1
"""0 is an answer too."""


class PressForm(Form):
    """A button and nothing else."""


class ReasonForm(Form):
    """Why."""

    reason = TextField(_l("Why"), [Needed()], longest=500)


class PoolForm(Form):
    """The terms: what it is for, how it is shared, until when one joins. They are read before anybody commits."""

    goal = QuantityField(_l("How much the pool is to bring in all"), [Needed()], unit="kg", least=1)
    rule = RadioField(_l("How it is shared"), [Needed()], default=SharingRule.BY_CAPACITY.value)
    floor = QuantityField(
        _l("A share is at least"),
        [Optional()],
        unit="kg",
        description=_l("Per week, and only for equal shares: less is not worth a journey."),
    )
    join_by = DateField(_l("To join by"), [Needed()], description=_l("Until the end of this day."))
    radius = WholeField(_l("Look for members within, km"), [Optional()], least=1, most=1000)
    words = TextField(_l("More for the members"), [Optional()], longest=1000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rule.choices = [(rule.value, _both(RULE_LABELS[rule], RULE_WORDS[rule])) for rule in SharingRule]

    def terms(self) -> dict[str, Any]:
        rule = SharingRule(self.rule.data)
        return {
            "rule": rule,
            "goal": int(self.goal.data.amount),
            "floor": int(self.floor.data.amount) if self.floor.data and rule is SharingRule.EQUAL else 0,
            "join_by": _end_of(self.join_by.data),
            "words": self.words.data or "",
        }


class NewPoolForm(PoolForm):
    """With who leads."""

    lead = ChoiceField(_l("Who leads and talks to the buyer"), [Needed()])

    def __init__(self, leads: Sequence[Cooperative], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lead.choices = choices_of([(each.id, each.called) for each in leads], none=_l("Please choose"))


def _both(label: Any, words: Any) -> Any:
    return f"{label}. {words}"


def _end_of(day: dt.date) -> dt.datetime:
    """A second before midnight: what people read is the day that they wrote."""
    return clock.start_of_day(day + dt.timedelta(days=1)) - dt.timedelta(seconds=1)


class InviteForm(Form):
    """Whom to ask."""

    cooperatives = ManyField(_l("Cooperatives"), [Needed(_l("Tick at least one cooperative."))])

    def __init__(self, candidates: Sequence[Any], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cooperatives.choices = [(each.cooperative.slug, each.cooperative.called) for each in candidates]


class CommitForm(Form):
    """Two numbers for every week; a week that differs has its own two."""

    source = RadioField(_l("From which product"), [Needed()])
    least = QuantityField(_l("At least, in each week"), [Optional()], unit="kg", least=NONE_IS_FINE)
    most = QuantityField(_l("At the most, in each week"), [Optional()], unit="kg", least=NONE_IS_FINE)

    def words(self) -> dict[str, tuple[int, int]]:
        """week → (least, most); a week without numbers of its own has the two of all."""
        return {week: (self._number("least", week), self._number("most", week)) for week in self.weeks}

    def _number(self, name: str, week: str) -> int:
        own = self._fields[f"{name}_{week}"]
        field = own if own.data is not None else self._fields[name]
        return int(field.data.amount) if field.data is not None else 0

    weeks: Sequence[str] = ()

    def pair_of(self, week: str) -> tuple[Any, Any]:
        return self._fields[f"least_{week}"], self._fields[f"most_{week}"]


class EnterCommitForm(CommitForm):
    """The same, told by phone or on paper."""

    entered = RadioField(_l("How it came"), [Needed()])
    told_by = LineField(_l("Who told it"), [Optional()], longest=120)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.entered.choices = choices_of(
            [(each, ENTERED_LABELS[each]) for each in (Entered.PHONE, Entered.PAPER)]
        )


def commit_form(
    base: type[CommitForm], member: PoolMember, weeks: Sequence[str], sources: Sequence[Source]
) -> Any:
    """With two fields for every week of the pool, filled with what was said before."""

    fields: Any = type("Fields", (base,), {})
    said = {each.week: each for each in member.weeks}
    data: dict[str, Any] = {}
    for week in weeks:
        words = pool_words.week_days(week)
        for name, label in (("least", _l("At least")), ("most", _l("At the most"))):
            setattr(
                fields,
                f"{name}_{week}",
                QuantityField(label, [Optional()], unit="kg", least=NONE_IS_FINE, description=words),
            )
    same = {(each.least, each.most) for each in member.weeks}
    if len(same) == 1 and len(said) == len(weeks):
        data["least"], data["most"] = (Decimal(number) for number in same.pop())
    else:
        for week, each in said.items():
            data[f"least_{week}"], data[f"most_{week}"] = Decimal(each.least), Decimal(each.most)
    if member.product_id is not None:
        data["source"] = f"{member.product_id}:{member.grade}"
    elif len(sources) == 1:
        data["source"] = sources[0].key
    form = fields(data=data)
    form.weeks = weeks
    form.source.choices = [(source.key, _source(source)) for source in sources]
    return form


def _source(source: Source) -> str:
    free = formats.amount(sum(source.free.values()), "kg", locale())
    grade = f", {source.grade}" if source.grade else ""
    return str(_l("%(product)s%(grade)s: %(free)s free", product=source.product.name, grade=grade, free=free))


class AllocateForm(ReasonForm):
    """Another computation, and why."""

    keep = TickField(
        _l("Nobody gets less than now"),
        default=True,
        description=_l("What is missing is shared anew; take the tick away when the buyer takes less."),
    )


class PriceForm(Form):
    """The one line the buyer reads."""

    price = MoneyField(_l("Price of a kilogram"), [Needed()])
