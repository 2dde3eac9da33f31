"""The slip at the depot: what the scale shows, grades, what is refused."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from wtforms import FileField, HiddenField

from marketplace.foundation.quantity import Quantity
from marketplace.foundation.web.fields import (
    ChoiceField,
    LineField,
    Needed,
    Optional,
    QuantityField,
    TextField,
    choices_of,
)
from marketplace.foundation.web.forms import Form
from marketplace.foundation.web.sending import ClientField
from marketplace.foundation.words import _, _l
from marketplace.fulfilment.grading import Graded
from marketplace.fulfilment.states import FATE_LABELS, REJECTION_LABELS, Fate, Outcome

ROWS = 3
NONE_IS_FINE = -1


class ArrivedForm(Form):
    """`at`: when it was pressed on a phone that had no signal then."""

    client = ClientField(validators=[Optional()])
    at = HiddenField()

    @property
    def pressed_at(self) -> dt.datetime | None:
        try:
            told = dt.datetime.fromisoformat(self.at.data or "")
        except ValueError:
            return None
        return told.astimezone(dt.UTC) if told.tzinfo is not None else None


class SlipForm(Form):
    """Kilograms of each grade in fields grade_<place in the contract's list>; what is refused in rows kg_<n>,
    reason_<n>, words_<n>, photo_<n>, fate_<n>. The first grade left empty is all that is left."""

    client = ClientField(validators=[Optional()])
    gross = QuantityField(_l("The scale shows"), [Needed()], unit="kg")
    tare = QuantityField(_l("Crates and nets weigh"), [Optional()], unit="kg", least=NONE_IS_FINE)
    deducted = QuantityField(_l("Taken off for soil and loss"), [Optional()], unit="kg", least=NONE_IS_FINE)
    words = TextField(_l("More to say"), [Optional()], longest=500)
    name = LineField(_l("Who signs for the buyer"), [Needed()], longest=120)
    depot_name = LineField(
        _l("Who of the seller is here and agrees"),
        [Optional()],
        longest=120,
        description=_l("The driver, for example. The cooperative still says yes itself, or by silence."),
    )
    grades: Sequence[str] = ()

    def grade_fields(self) -> list[Any]:
        return [self._fields[f"grade_{place}"] for place, _sign in enumerate(self.grades)]

    def rows(self) -> list[list[Any]]:
        """The fields of each refusal."""
        names = ("kg", "reason", "fate", "words", "photo")
        return [[self._fields[f"{name}_{row}"] for name in names] for row in range(1, ROWS + 1)]

    def weight(self, name: str) -> Decimal:
        told = self._fields[name].data
        return told.amount if told is not None else Decimal(0)

    def refusals(self) -> list[tuple[int, Graded]]:
        """(row, what is refused there), still without its photo."""
        return [(row, self._refused(row)) for row in range(1, ROWS + 1) if self._written(row)]

    def accepted(self) -> list[Graded]:
        """What is good; the first grade takes what is left of the net weight when nobody wrote it."""
        told = {sign: self.weight(f"grade_{place}") for place, sign in enumerate(self.grades)}
        if self.grades and self._fields["grade_0"].data is None:
            net = self.weight("gross") - self.weight("tare") - self.weight("deducted")
            rest = net - sum(told.values()) - sum(line.kg for _row, line in self.refusals())
            told[self.grades[0]] = max(rest, Decimal(0))
        return [Graded(Outcome.ACCEPTED, sign, kg) for sign, kg in told.items() if kg]

    def validate(self, extra_validators: Any = None) -> bool:
        if not super().validate(extra_validators):
            return False
        for row in range(1, ROWS + 1):
            if self._written(row) and not self._fields[f"kg_{row}"].data:
                self._fields[f"kg_{row}"].errors = [_("Please write how much is refused.")]
            elif self._written(row) and not self._fields[f"reason_{row}"].data:
                self._fields[f"reason_{row}"].errors = [_("Please choose why it is refused.")]
        return not self.errors

    def _written(self, row: int) -> bool:
        """Something of this row was filled in."""
        names = ("kg", "reason", "words")
        photo = getattr(self._fields[f"photo_{row}"].data, "filename", "")
        return bool(photo) or any(self._fields[f"{name}_{row}"].data for name in names)

    def _refused(self, row: int) -> Graded:
        return Graded(
            Outcome.REJECTED,
            "",
            self.weight(f"kg_{row}"),
            self._fields[f"reason_{row}"].data or "",
            self._fields[f"words_{row}"].data or "",
            fate=self._fields[f"fate_{row}"].data or "",
        )


def slip_form(grades: Sequence[str], *, deducted: Decimal, name: str, **kwargs: Any) -> SlipForm:
    """For these grades; what the contract takes off is proposed."""
    fields: Any = type("Fields", (SlipForm,), {"grades": [*grades]})
    for place, sign in enumerate(grades):
        label = _("Grade %(sign)s", sign=sign or "–")
        setattr(fields, f"grade_{place}", QuantityField(label, [Optional()], unit="kg", least=NONE_IS_FINE))
    for row in range(1, ROWS + 1):
        _add_refusal(fields, row)
    proposed = {"deducted": Quantity(deducted, "kg") if deducted else None, "name": name}
    form: SlipForm = fields(data=proposed, **kwargs)
    return form


def _add_refusal(fields: Any, row: int) -> None:
    reasons = choices_of([*REJECTION_LABELS.items()], none=_l("Choose one"))
    told = {
        "kg": QuantityField(_("Refused, %(n)s", n=row), [Optional()], unit="kg"),
        "reason": ChoiceField(_l("Why"), choices=reasons),
        "fate": ChoiceField(
            _l("What becomes of it"), choices=choices_of(FATE_LABELS.items()), default=Fate.RETURNED.value
        ),
        "words": LineField(_l("What is wrong with it"), [Optional()], longest=500),
        "photo": FileField(_l("A photo of it"), [Optional()]),
    }
    for name, field in told.items():
        setattr(fields, f"{name}_{row}", field)


class SellerSignForm(Form):
    """Who signs for the seller."""

    name = LineField(_l("Your name"), [Needed()], longest=120)
