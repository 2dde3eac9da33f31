"""What is filled in about the allocation: its rules, and a move by hand."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import Any

from marketplace.catalogue.models import Category
from marketplace.fairs.allocating import Rules, Share
from marketplace.foundation.money import Money
from marketplace.foundation.web.fields import (
    LineField,
    ManyField,
    MoneyField,
    Needed,
    Optional,
    TextField,
    TickField,
    WholeField,
)
from marketplace.foundation.web.forms import Form
from marketplace.foundation.words import _l
from marketplace.places.models import AdminUnit


class MoveForm(Form):
    """Other booths for one applicant, with the reason."""

    booths = LineField(
        _l("Booths"),
        [Optional()],
        longest=60,
        description=_l(
            "Their numbers, for example A01, A02. Leave it empty to put them on the waiting list."
        ),
    )
    reason = TextField(_l("Why"), [Needed()])

    def codes(self) -> list[str]:
        return [
            code.strip() for code in (self.booths.data or "").replace(";", ",").split(",") if code.strip()
        ]


class RulesForm(Form):
    """Percentages of all booths; an empty field is no rule."""

    budget = MoneyField(_l("Support that may be promised at the most"), [Optional()], least=0)
    newcomers = WholeField(_l("Kept for newcomers, percent of the booths"), [Optional()], most=100)
    released = TickField(_l("What a group does not take goes to the others"), default=True)
    loss = WholeField(
        _l("How much of a wish's worth neighbours may cost, percent"),
        [Optional()],
        most=100,
        description=_l(
            "So that like goods do not stand side by side: 15 is two wishes further down at the most."
        ),
    )
    apart = ManyField(_l("Goods that must not stand wall to wall"), [Optional()])

    def rules(self) -> Rules:
        released = bool(self.released.data)
        return Rules(
            caps=tuple(self._percents("cap_")),
            newcomers=Share(self.newcomers.data, released) if self.newcomers.data else None,
            places=tuple((place, Share(percent, released)) for place, percent in self._percents("place_")),
            budget=int(self.budget.data) if self.budget.data is not None else None,
            apart=tuple(
                (int(one), int(other)) for one, _, other in (p.partition("-") for p in self.apart.data or [])
            ),
            loss=self.loss.data if self.loss.data is not None else Rules().loss,
        )

    def _percents(self, prefix: str) -> list[tuple[int, int]]:
        return [
            (int(name.removeprefix(prefix)), field.data)
            for name, field in self._fields.items()
            if name.startswith(prefix) and field.data
        ]

    def fields_of(self, prefix: str) -> list[Any]:
        return [field for name, field in self._fields.items() if name.startswith(prefix)]


def rules_form(
    rules: Rules, sectors: Sequence[Category], places: Sequence[AdminUnit], **kwargs: Any
) -> RulesForm:
    """With a cap for every sector and a share for every place that applicants come from."""

    class Fields(RulesForm):
        pass

    caps, shares = dict(rules.caps), dict(rules.places)
    for category in sectors:
        field = WholeField(category.name, [Optional()], most=100, default=caps.get(category.id))
        setattr(Fields, f"cap_{category.id}", field)
    for unit in places:
        share = shares.get(unit.id)
        field = WholeField(unit.name, [Optional()], most=100, default=share.percent if share else None)
        setattr(Fields, f"place_{unit.id}", field)
    all_shares = [*shares.values(), *([rules.newcomers] if rules.newcomers else [])]
    form = Fields(
        data={
            "budget": Money(rules.budget) if rules.budget is not None else None,
            "newcomers": rules.newcomers.percent if rules.newcomers else None,
            "released": all(share.released for share in all_shares),
            "loss": rules.loss,
            "apart": ["-".join(map(str, sorted(pair))) for pair in rules.apart],
            **{f"cap_{id}": percent for id, percent in caps.items()},
            **{f"place_{id}": share.percent for id, share in shares.items()},
        },
        **kwargs,
    )
    form.apart.choices = [
        (f"{min(a.id, b.id)}-{max(a.id, b.id)}", f"{a.name} – {b.name}") for a, b in combinations(sectors, 2)
    ]
    return form
