"""What exhibitors and officers fill in about stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wtforms.validators import Length

from marketplace.fairs.models import Booth, Stand
from marketplace.fairs.placing import Half
from marketplace.foundation.web.fields import ChoiceField, LineField, Needed, Optional, RadioField
from marketplace.foundation.web.forms import Form
from marketplace.foundation.words import _, _l


class PressForm(Form):
    """A single press of a button."""


class WordsForm(Form):
    """Why, in a few words."""

    words = LineField(_l("Reason"), [Optional(), Length(max=400)])


class ReasonForm(Form):
    words = LineField(_l("Reason"), [Needed(), Length(max=400)])


class PlaceForm(Form):
    """A free place of the stand's size; each choice is a run of neighbours, named by its booths."""

    booths = RadioField(_l("Booth"), [Needed()])

    def place(self) -> list[int]:
        return [int(id) for id in str(self.booths.data).split("-")]


class AnotherPlaceForm(PlaceForm):
    """Nothing chosen means: the booth that is offered."""

    booths = RadioField(_l("Another free booth"), [Optional()])


class MoveForm(PlaceForm):
    words = LineField(_l("Reason, which the exhibitor will read"), [Needed(), Length(max=400)])


class OfferForm(Form):
    """Somebody who was chosen, and a free place."""

    applicant = ChoiceField(_l("Applicant"), [Needed()])
    booths = ChoiceField(_l("Booth"), [Needed()])

    def place(self) -> list[Half]:
        return [
            (int(booth), int(half))
            for booth, half in (part.split(":") for part in str(self.booths.data).split("-"))
        ]


class SwapForm(Form):
    stand = ChoiceField(_l("With whom"), [Needed()])
    words = LineField(_l("A word to them"), [Optional(), Length(max=400)])


def place_form(
    kind: type[PlaceForm], places: Sequence[Sequence[Half]], booths: Sequence[Booth], **kwargs: Any
) -> Any:
    """Its choices are the free places."""
    form = kind(**kwargs)
    form.booths.choices = [
        ("-".join(map(str, ids)), told(ids, booths)) for ids in (_ids(place) for place in places)
    ]
    return form


def told(ids: Sequence[int], booths: Sequence[Booth]) -> str:
    """ "A05, A06: corner, water" """
    here = [booth for booth in booths if booth.id in ids]
    marks = [
        str(words)
        for name, words in (
            ("corner", _("corner")),
            ("water", _("water")),
            ("cold", _("cold store")),
            ("cooking", _("cooking allowed")),
        )
        if any(getattr(booth, name) for booth in here)
    ]
    codes = ", ".join(booth.code for booth in here)
    return f"{codes} · {here[0].zone.name}" + (f" · {', '.join(marks)}" if marks else "")


def _ids(place: Sequence[Half]) -> list[int]:
    return list(dict.fromkeys(booth_id for booth_id, _half in place))


def swap_form(others: Sequence[Stand], **kwargs: Any) -> SwapForm:
    form = SwapForm(**kwargs)
    form.stand.choices = [
        (other.ref, f"{', '.join(b.code for b in other.booths)} · {other.application.cooperative.called}")
        for other in others
    ]
    return form
