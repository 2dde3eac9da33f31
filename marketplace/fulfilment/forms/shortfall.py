"""Telling what nobody could help, and saying something to a fact."""

from __future__ import annotations

from typing import Any

from wtforms import MultipleFileField

from marketplace.foundation.web.fields import DateField, Needed, RadioField, TextField, choices_of
from marketplace.foundation.web.forms import Form
from marketplace.foundation.words import _l
from marketplace.fulfilment.states.shortfall import EXCUSE_KIND_LABELS, ExcuseKind
from marketplace.linkage.states.contract import ContractSide


class ExcuseForm(Form):
    kind = RadioField(_l("What was it?"), [Needed()])
    first_day = DateField(_l("First day"), [Needed()])
    last_day = DateField(_l("Last day"), [Needed()])
    words = TextField(_l("What happened?"), [Needed()], longest=1000)
    photos = MultipleFileField(
        _l("Photos: the field, the road, the paper of the commune"),
        description=_l("One at least, four at the most."),
    )

    def __init__(self, side: ContractSide, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        kinds = [*ExcuseKind] if side is ContractSide.SELLER else [ExcuseKind.MAJEURE]
        self.kind.choices = choices_of([(kind, EXCUSE_KIND_LABELS[kind]) for kind in kinds])

    def taken(self) -> list[tuple[Any, str]]:
        """The photos that were really chosen: an empty field sends one without a name."""
        return [
            (photo.stream, photo.filename)
            for photo in self.photos.data or []
            if getattr(photo, "filename", "")
        ]


class ObjectionForm(Form):
    words = TextField(_l("Why do you not accept it?"), [Needed()], longest=1000)


class StatementForm(Form):
    words = TextField(_l("What do you say to it?"), [Needed()], longest=1000)
