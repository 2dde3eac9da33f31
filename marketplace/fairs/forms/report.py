"""What is filled in about reports: filing one, and how they are laid out."""

from __future__ import annotations

from typing import Any

from marketplace.fairs import reporting
from marketplace.fairs.figures import KINDS
from marketplace.fairs.models import ReportLayout
from marketplace.fairs.states import ENTRY_KIND_LABELS, EntryKind
from marketplace.foundation import clock
from marketplace.foundation.web.fields import (
    DateField,
    LineField,
    Needed,
    Optional,
    RadioField,
    TextField,
    TickField,
    WholeField,
    choices_of,
)
from marketplace.foundation.web.forms import Form
from marketplace.foundation.words import _l


class ReportForm(Form):
    """Number and day of a report; a correction says why."""

    number = LineField(
        _l("Number and sign"),
        [Needed()],
        longest=60,
        description=_l("As the registry gives it: 125/BC-LMHTX"),
    )
    dated = DateField(_l("Day of the report"), [Needed()])
    reason = TextField(_l("Why the report is corrected"), [Optional()], longest=500)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(dated=clock.today(), **kwargs)


class EntryForm(Form):
    """A side event or an award."""

    kind = RadioField(
        _l("What is it?"), choices=choices_of(ENTRY_KIND_LABELS.items()), default=str(EntryKind.SIDE_EVENT)
    )
    day = DateField(_l("Day"), [Needed()])
    title = LineField(_l("What it was called"), [Needed()], longest=200)
    who = LineField(_l("Who held it, or who got it"), [Optional()], longest=200)
    people = WholeField(_l("How many people came"), [Optional()], most=10**7)

    def values(self) -> dict[str, Any]:
        return {
            "kind": EntryKind(self.kind.data),
            "day": self.day.data,
            "title": self.title.data,
            "who": self.who.data or "",
            "people": self.people.data,
        }


class LayoutForm(Form):
    """Head, feet, and for each figure title_<key>, on_<key> and at_<key>, its place in the order."""

    above = LineField(_l("Body above"), [Optional()], longest=160)
    issuer = LineField(_l("Who reports"), [Needed()], longest=160)
    symbol = LineField(_l("Sign of reports"), [Needed()], longest=40)
    place = LineField(_l("Place"), [Needed()], longest=60)
    addressee = LineField(_l("To whom"), [Optional()], longest=160)
    opening = TextField(_l("Opening words"), [Optional()], longest=3000)
    recipients = TextField(_l("Copies to, one a line"), [Optional()], longest=1000)
    signer_title = LineField(_l("Title of who signs"), [Optional()], longest=120)
    signer = LineField(_l("Name of who signs"), [Optional()], longest=120)

    def values(self) -> dict[str, Any]:
        """As services.set_layout takes it; lines that share a place keep the order of the figures."""
        named = (
            "above", "issuer", "symbol", "place", "addressee", "opening", "recipients", "signer_title", "signer",
        )  # fmt: skip
        keys = sorted(KINDS, key=lambda key: self[f"at_{key}"].data or len(KINDS))
        lines = [
            {"key": key, "title": self[f"title_{key}"].data or "", "on": bool(self[f"on_{key}"].data)}
            for key in keys
        ]
        return {**{name: self[name].data or "" for name in named}, "lines": lines}


def layout_form(layout: ReportLayout) -> LayoutForm:
    class Fields(LayoutForm):
        pass

    for place, line in enumerate(reporting.lines_of(layout), start=1):
        key = line["key"]
        setattr(
            Fields, f"title_{key}", LineField(_l("Heading"), [Optional()], longest=120, default=line["title"])
        )
        setattr(Fields, f"on_{key}", TickField(_l("Printed"), default=line["on"]))
        setattr(
            Fields, f"at_{key}", WholeField(_l("Order in the list"), [Optional()], most=99, default=place)
        )
    return Fields(obj=layout)
