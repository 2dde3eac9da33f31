"""What happened, and what counts from a day on."""

from __future__ import annotations

from typing import Any

from flask_wtf.file import FileField

from marketplace.cooperatives.forms import values_of
from marketplace.cooperatives.models import Cooperative
from marketplace.cooperatives.states import SECTOR_LABELS
from marketplace.foundation.web.fields import (
    ChoiceField,
    DateField,
    DecimalField,
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
from marketplace.foundation.words import _, _l
from marketplace.registry import queries
from marketplace.registry.services.figure import FIGURES
from marketplace.registry.states import LIFE_LABELS, LifeKind

SUCCESSORS = 8


class LifeEventForm(Form):
    """A successor of this registry is named by its tax code, its name or its short name, one a line."""

    kind = ChoiceField(_l("What happened?"), choices=choices_of(LIFE_LABELS.items()))
    day = DateField(_l("On which day"), [Needed()])
    successors = TextField(
        _l("The cooperatives that took over or came out of it"),
        [Optional()],
        longest=1000,
        description=_l(
            "Name or tax code, one on each line. Only when it merged, was divided or a part split off."
        ),
    )
    successor_name = LineField(
        _l("The enterprise or other body that it became"), [Optional()], longest=255,
        description=_l("Only when that is not in this registry."),
    )  # fmt: skip
    source = LineField(
        _l("What says so"),
        [Optional()],
        longest=255,
        description=_l("Number and day of the decision or the paper."),
    )
    note = TextField(_l("Note"), [Optional()], longest=500)
    file = FileField(_l("The paper: PDF or a photo of it, to 10 MB"), [Optional()])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.found: list[Cooperative] = []

    def validate_successors(self, field: Any) -> None:
        self.found = []
        for line in [each.strip() for each in (field.data or "").splitlines() if each.strip()][:SUCCESSORS]:
            hits = queries.called(line)
            if len(hits) == 1:
                self.found.append(hits[0])
                continue
            told = ", ".join(f"{each.called} ({each.tax_code or '–'})" for each in hits[:4])
            words = _(
                "Several are called “%(name)s”: %(who)s. Please write the tax code.", name=line, who=told
            )
            field.errors = [
                *field.errors,
                words if hits else _("Nobody here is called “%(name)s”.", name=line),
            ]

    def values(self) -> dict[str, Any]:
        told = {name: self[name].data or "" for name in ("source", "note", "successor_name")}
        paper = self.file.data if self.file.data and self.file.data.filename else None
        return {
            **told,
            "kind": LifeKind(self.kind.data),
            "day": self.day.data,
            "successors": self.found,
            "stream": paper,
            "filename": paper.filename if paper else "",
        }


class CorrectionForm(LifeEventForm):
    reason = LineField(_l("What was wrong?"), [Needed()], longest=255)


class StrikeForm(Form):
    reason = LineField(_l("Why did this not happen?"), [Needed()], longest=255)


class SectorForm(Form):
    sector = ChoiceField(_l("Sector"), choices=choices_of(SECTOR_LABELS.items()))
    since = DateField(_l("From which day on"), [Needed()])
    source = LineField(_l("What says so"), [Optional()], longest=255)


class NewModelForm(Form):
    is_new_model = RadioField(
        _l("Is it a cooperative of the new model?"),
        choices=choices_of([("yes", _l("Yes")), ("no", _l("No"))]),
    )
    day = DateField(_l("Judged on"), [Needed()])
    judged_by = LineField(_l("Judged by whom"), [Needed()], longest=255)
    reason = TextField(_l("Why"), [Optional()], longest=500)


class FiguresForm(Form):
    """What is left empty stays as it was known before."""

    day = DateField(_l("As of which day"), [Needed()])
    source = LineField(
        _l("Where do the figures come from?"),
        [Needed()],
        longest=255,
        description=_l("For example: report for 2025."),
    )
    charter_capital = MoneyField(_l("Charter capital, in đồng"), [Optional()], least=0)
    members_official = WholeField(_l("Members"), [Optional()])
    members_capital = WholeField(_l("Members who only put in capital"), [Optional()])
    members_other = WholeField(_l("Other members"), [Optional()])
    households_served = WholeField(_l("Households served"), [Optional()])
    workers = WholeField(_l("Workers"), [Optional()])
    area_ha = DecimalField(_l("Land in hectares"), [Optional()])

    def figures(self) -> dict[str, Any]:
        return {name: value for name, value in values_of(self, FIGURES).items() if value is not None}


class MembershipForm(Form):
    joined_on = DateField(_l("Member since"), [Needed()])
    joined_by_decision = LineField(_l("By decision no."), [Optional()], longest=120)
    left_on = DateField(_l("Member until before"), [Optional()])
    left_by_decision = LineField(_l("Left by decision no."), [Optional()], longest=120)
    reason = LineField(_l("Why it left"), [Optional()], longest=255)

    def values(self) -> dict[str, Any]:
        texts = ("joined_by_decision", "left_by_decision", "reason")
        told: dict[str, Any] = {name: self[name].data or "" for name in texts}
        return {**told, "joined_on": self.joined_on.data, "left_on": self.left_on.data}


class EarlierMembershipForm(MembershipForm):
    left_on = DateField(_l("Member until before"), [Needed()])
