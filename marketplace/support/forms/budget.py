"""What each source gives, and promising support by hand."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from marketplace.cooperatives.models import Cooperative
from marketplace.foundation.money import Money
from marketplace.foundation.web.fields import (
    ChoiceField,
    DateField,
    DecimalField,
    LineField,
    MoneyField,
    Needed,
    Optional,
    TextField,
    choices_of,
)
from marketplace.foundation.web.forms import Form
from marketplace.foundation.words import _, _l
from marketplace.support.models import SupportBudget
from marketplace.support.states import (
    ACTIVITY_LABELS,
    HEAD_LABELS,
    SOURCE_LABELS,
    ActivityKind,
    Head,
    SupportSource,
)
from marketplace.support.subjects import Subject


class BudgetForm(Form):
    """A field for each source, amount_<source>."""

    def amounts(self) -> dict[SupportSource, Money]:
        return {source: self[f"amount_{source}"].data or Money(0) for source in SupportSource}


def budget_form(budgets: Sequence[SupportBudget], **kwargs: Any) -> BudgetForm:
    class Fields(BudgetForm):
        pass

    kept = {each.source: each.amount for each in budgets}
    for source in SupportSource:
        field = MoneyField(SOURCE_LABELS[source], [Optional()], least=0, default=kept.get(source) or None)
        setattr(Fields, f"amount_{source}", field)
    return Fields(**kwargs)


class GrantForm(Form):
    """Whom, for which kind of activity, with which planned costs; cost_<head> for each kind of cost."""

    member = LineField(_l("Cooperative (a word of its name, or its tax code)"), [Needed()], longest=120)
    kind = ChoiceField(_l("Activity"), choices=choices_of(ACTIVITY_LABELS.items()))
    day = DateField(_l("First day of the activity"), [Needed()])
    booths = DecimalField(_l("Booths (one of 9 m² is 1)"), [Needed()], least=0, most=100, default=Decimal(1))

    def costs(self) -> dict[Head, Money] | None:
        """What is planned; None when nothing is told: as much as the norm allows."""
        told = {head: self[f"cost_{head}"].data for head in Head if self[f"cost_{head}"].data}
        return told or None

    def values(self) -> dict[str, Any]:
        return {
            "kind": ActivityKind(self.kind.data),
            "day": self.day.data,
            "booths": self.booths.data,
            "costs": self.costs(),
        }


def grant_form(subject: Subject, **kwargs: Any) -> GrantForm:
    class Fields(GrantForm):
        pass

    for head in Head:
        setattr(Fields, f"cost_{head}", MoneyField(HEAD_LABELS[head], [Optional()]))
    told = {"day": subject.day, "kind": str(subject.kind or ""), "booths": Decimal(1)}
    return Fields(data=told, **kwargs)


def one_member(found: Sequence[Cooperative], form: GrantForm) -> Cooperative | None:
    """The one cooperative that is meant; otherwise the field says why it is not clear."""
    if len(found) == 1:
        return found[0]
    names = ", ".join(each.label for each in found)
    form.member.errors = [
        _("Which one? %(names)s. Please write more of its name.", names=names)
        if found
        else _("No cooperative is called so.")
    ]
    return None


class ReasonForm(Form):
    reason = TextField(_l("Reason (the cooperative reads it)"), [Needed()], longest=500)
