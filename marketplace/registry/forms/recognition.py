"""Honours, partners and their help."""

from __future__ import annotations

from typing import Any

from marketplace.cooperatives.states import SECTOR_LABELS, Sector
from marketplace.foundation.web.fields import (
    ChoiceField,
    DateField,
    LineField,
    MoneyField,
    Needed,
    Optional,
    RadioField,
    TextField,
    WholeField,
    choices_of,
)
from marketplace.foundation.web.forms import Form
from marketplace.foundation.words import _l
from marketplace.registry.states.partner import HELP_LABELS, PARTNER_LABELS, HelpKind, PartnerKind
from marketplace.registry.states.recognition import RECOGNITION_LABELS, RecognitionKind


class RecognitionForm(Form):
    kind = ChoiceField(_l("Honour"), choices=choices_of(RECOGNITION_LABELS.items()))
    year = WholeField(_l("Of which year"), [Needed()], least=1945, most=2200)
    person_name = LineField(
        _l("Who was honoured"),
        [Optional()],
        longest=120,
        description=_l("Leave it empty for the cooperative itself."),
    )
    sector = ChoiceField(_l("Sector"), choices=choices_of(SECTOR_LABELS.items()))
    decision = LineField(_l("By decision no."), [Optional()], longest=160)
    decided_on = DateField(_l("Decided on"), [Optional()])
    given_by = LineField(_l("Given by"), [Optional()], longest=255)
    words = TextField(_l("What for"), [Optional()], longest=500)

    def values(self) -> dict[str, Any]:
        texts = ("person_name", "decision", "given_by", "words")
        told: dict[str, Any] = {name: self[name].data or "" for name in texts}
        return {
            **told,
            "kind": RecognitionKind(self.kind.data),
            "year": self.year.data,
            "sector": Sector(self.sector.data),
            "decided_on": self.decided_on.data,
        }


class ReasonForm(Form):
    reason = LineField(_l("What was wrong?"), [Needed()], longest=255)


class PartnerForm(Form):
    name = LineField(_l("Name of the partner"), [Needed()], longest=255)
    kind = RadioField(
        _l("Where it is at home"),
        choices=choices_of(PARTNER_LABELS.items()),
        default=str(PartnerKind.DOMESTIC),
    )
    country = LineField(_l("Country"), [Optional()], longest=80)
    since = DateField(_l("Partner since"), [Optional()])
    matters = TextField(_l("What we do together"), [Optional()], longest=500)

    def values(self) -> dict[str, Any]:
        texts = ("name", "country", "matters")
        told: dict[str, Any] = {name: self[name].data or "" for name in texts}
        return {**told, "kind": PartnerKind(self.kind.data), "since": self.since.data}


class HelpForm(Form):
    kind = RadioField(
        _l("What was given"), choices=choices_of(HELP_LABELS.items()), default=str(HelpKind.MONEY)
    )
    day = DateField(_l("On which day"), [Needed()])
    activity = LineField(_l("What for"), [Needed()], longest=255)
    cooperative = LineField(
        _l("To which cooperative"), [Optional()], longest=255,
        description=_l("Name or tax code; leave it empty when it was for all of them."),
    )  # fmt: skip
    amount = MoneyField(_l("Sum or worth, in đồng"), [Optional()])
    source = LineField(_l("What says so"), [Optional()], longest=255)
