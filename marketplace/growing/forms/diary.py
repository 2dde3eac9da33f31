"""A line of the diary: what was used last stands there already."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from marketplace.foundation import clock
from marketplace.foundation.web.fields import (
    ChoiceField,
    DateField,
    LineField,
    Needed,
    Optional,
    RadioField,
    choices_of,
)
from marketplace.foundation.web.forms import Form
from marketplace.foundation.web.sending import ClientField
from marketplace.foundation.words import _l
from marketplace.growing.models import DiaryEntry, Plot
from marketplace.growing.services import Done
from marketplace.growing.states import DIARY_LABELS, DiaryKind


class DoneForm(Form):
    """What was done on a day."""

    kind = RadioField(
        _l("What was done"), choices=choices_of(DIARY_LABELS.items()), default=str(DiaryKind.SPRAYED)
    )
    day = DateField(_l("Day"), [Needed()])
    substance = LineField(
        _l("Name on the packet"),
        [Optional()],
        longest=120,
        description=_l("For example: Anvil 5SC (hexaconazole)"),
    )
    dose = LineField(
        _l("How much"), [Optional()], longest=80, description=_l("For example: 15 ml for 16 litres")
    )
    pest = LineField(_l("Against what"), [Optional()], longest=120)
    worker = LineField(_l("Who did it"), [Optional()], longest=120)
    note = LineField(_l("Note"), [Optional()], longest=500)

    def done(self) -> Done:
        return Done(
            kind=DiaryKind(self.kind.data),
            day=self.day.data,
            substance=self.substance.data or "",
            dose=self.dose.data or "",
            pest=self.pest.data or "",
            worker=self.worker.data or "",
            note=self.note.data or "",
        )


class EntryForm(DoneForm):
    """The same, and in which field."""

    client = ClientField(validators=[Optional()])
    plot = ChoiceField(_l("Plot"))

    def __init__(
        self,
        plots: Sequence[Plot],
        last: DiaryEntry | None,
        plot: Plot | None = None,
        *,
        nobody: bool = False,
        **kwargs: Any,
    ) -> None:
        """`nobody`: for a page that stays on a phone, without the name of who worked last."""
        told: dict[str, Any] = {"day": clock.today()}
        if last is not None:
            told |= {name: getattr(last, name) for name in ("substance", "dose", "pest", "worker")}
            told |= {"kind": str(last.kind), "plot": last.plot.ref}
        if nobody:
            told.pop("worker", None)
        if plot is not None:
            told["plot"] = plot.ref
        super().__init__(data=told, **kwargs)
        self.plots = {each.ref: each for each in plots}
        self.plot.choices = choices_of((each.ref, each.name) for each in plots)

    @property
    def chosen(self) -> Plot:
        return self.plots[self.plot.data]


def correction_form(entry: DiaryEntry, **kwargs: Any) -> DoneForm:
    names = ("day", "substance", "dose", "pest", "worker", "note")
    told = {name: getattr(entry, name) for name in names}
    return DoneForm(data={**told, "kind": str(entry.kind)}, **kwargs)


class StrikeForm(Form):
    note = LineField(_l("Why is this line wrong?"), [Needed()], longest=500)
