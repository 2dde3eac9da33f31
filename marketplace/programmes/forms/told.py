"""What an officer enters for a cooperative that calls, writes or comes with a paper."""

from __future__ import annotations

from marketplace.foundation.web.fields import ChoiceField, LineField, Needed, Optional, choices_of
from marketplace.foundation.web.forms import Form
from marketplace.foundation.words import _l
from marketplace.selection.states import ENTERED_LABELS, Entered


class EnteredForm(Form):
    """How it came: never by the cooperative's own desk."""

    entered = ChoiceField(
        _l("How it came"),
        choices=choices_of(
            (key, label) for key, label in ENTERED_LABELS.items() if key is not Entered.ONLINE
        ),
    )


class ToldByForm(EnteredForm):
    """With whose it is, and who told it; by a delegation also without."""

    cooperative = LineField(
        _l("Cooperative"), [Needed()], longest=160, description=_l("A part of its name is enough.")
    )
    told_by = LineField(
        _l("Who told it"),
        [Optional()],
        longest=120,
        description=_l("Leave it empty to decide by the delegation that they gave."),
    )
