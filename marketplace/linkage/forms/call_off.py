"""Calling off and answering."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from marketplace.foundation import formats
from marketplace.foundation.quantity import Quantity
from marketplace.foundation.web.fields import (
    ChoiceField,
    LineField,
    Needed,
    Optional,
    QuantityField,
    TextField,
    TickField,
    choices_of,
)
from marketplace.foundation.web.forms import Form
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _, _l
from marketplace.linkage.calling import slot_told
from marketplace.linkage.models import CallOff, CallRound
from marketplace.linkage.states.call_off import CAUSE_LABELS, CallOffState

NONE_IS_FINE = -1
"""0 refuses."""


class CallForm(Form):
    """A tick and an amount for each slot that may be called."""

    refs: Sequence[str] = ()

    def tick_of(self, call_off: CallOff) -> Any:
        return self._fields[f"pick_{call_off.ref}"]

    def kg_of(self, call_off: CallOff) -> Any:
        return self._fields[f"kg_{call_off.ref}"]

    def offers(self, call_off: CallOff) -> bool:
        return call_off.ref in self.refs

    def wanted(self) -> dict[str, Decimal]:
        """Ref → kg of what is ticked; an amount left empty asks for nothing, which the service refuses."""
        return {ref: self._kg(ref) for ref in self.refs if self._fields[f"pick_{ref}"].data}

    def _kg(self, ref: str) -> Decimal:
        told = self._fields[f"kg_{ref}"].data
        return told.amount if told is not None else Decimal(0)


def call_form(slots: Sequence[CallOff]) -> CallForm:
    """For these slots, each filled with what is planned."""
    fields: Any = type("Fields", (CallForm,), {})
    for each in slots:
        label = slot_told(each)
        setattr(fields, f"pick_{each.ref}", TickField(label))
        kg = QuantityField(_l("Amount for %(when)s", when=label), [Optional()], unit="kg")
        setattr(fields, f"kg_{each.ref}", kg)
    form: CallForm = fields(data={f"kg_{each.ref}": each.planned for each in slots})
    form.refs = [each.ref for each in slots]
    return form


class WeekForm(Form):
    """An amount for each slot of a week; one left empty is not called."""

    refs: Sequence[str] = ()

    def kg_of(self, call_off: CallOff) -> Any:
        return self._fields[f"kg_{call_off.ref}"]

    def wanted(self) -> dict[str, Decimal]:
        """Ref → kg; what is not readable yet counts for nothing."""
        told = {ref: self._fields[f"kg_{ref}"].data for ref in self.refs}
        return {ref: kg.amount if isinstance(kg, Quantity) else kg for ref, kg in told.items() if kg}


def week_form(slots: Sequence[CallOff]) -> WeekForm:
    """For these slots, each filled with what is planned."""
    fields: Any = type("Fields", (WeekForm,), {})
    for each in slots:
        setattr(fields, f"kg_{each.ref}", QuantityField(slot_told(each), [Optional()], unit="kg"))
    form: WeekForm = fields(data={f"kg_{each.ref}": each.planned for each in slots})
    form.refs = [each.ref for each in slots]
    return form


class ChangeCallForm(Form):
    quantity = QuantityField(_l("How much instead"), [Needed()], unit="kg")


class AnswerCallForm(Form):
    """One number; less needs its cause."""

    quantity = QuantityField(
        _l("How much will come"),
        [Needed()],
        unit="kg",
        least=NONE_IS_FINE,
        description=_l("0: nothing can come."),
    )
    cause = ChoiceField(_l("If it is less: why?"))
    words = TextField(_l("More for the buyer"), [Optional()], longest=500)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cause.choices = choices_of(list(CAUSE_LABELS.items()), none=_l("It comes in full"))


class NothingComesForm(Form):
    """No to all that was called, with its cause."""

    cause = ChoiceField(_l("Why can it not come?"))
    words = TextField(_l("More for the buyer"), [Optional()], longest=500)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cause.choices = choices_of(list(CAUSE_LABELS.items()), none=_l("Please choose"))


class LessComesForm(NothingComesForm):
    """One amount for each slot that waits; fields named kg_<ref>."""

    refs: Sequence[str] = ()

    def quantities(self) -> dict[str, Decimal]:
        return {ref: self[f"kg_{ref}"].data.amount for ref in self.refs}


def less_form(call: CallRound) -> LessComesForm:
    """For what of this call still waits."""
    return slots_form([each for each in call.call_offs if each.state is CallOffState.CALLED])


def slots_form(waiting: Sequence[CallOff]) -> LessComesForm:
    """Each begins with what is called, and is written down."""
    fields: Any = type("Fields", (LessComesForm,), {})
    for each in waiting:
        setattr(fields, f"kg_{each.ref}", _less(each, one=len(waiting) == 1))
    fields.cause = ChoiceField(_l("Why is it less?"))  # after the amounts
    form: LessComesForm = fields(data={f"kg_{each.ref}": each.called for each in waiting})
    form.refs = [each.ref for each in waiting]
    return form


def _less(call_off: CallOff, *, one: bool) -> QuantityField:
    asked = formats.weight(call_off.called, locale())
    return QuantityField(
        _("How much will come") if one else slot_told(call_off),
        [Needed()],
        unit="kg",
        least=NONE_IS_FINE,
        description=_("Called: %(kg)s. 0: nothing can come.", kg=asked),
    )


class ToldAnswerForm(AnswerCallForm):
    """An officer writes down what a cooperative answered on the telephone; by a delegation also without."""

    told_by = LineField(_l("Who told it"), [Optional()], longest=120)
