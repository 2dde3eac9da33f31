"""What people choose about their letters, and say about what was written down for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from marketplace.foundation.web.fields import Needed, RadioField, TextField, TickField, TimeField
from marketplace.foundation.web.forms import Form
from marketplace.foundation.words import _l
from marketplace.inbox.letters import Topic
from marketplace.inbox.quiet import Quiet
from marketplace.inbox.states import HOW_LABELS, How


class PressForm(Form):
    """A single press of a button."""


class WrongForm(Form):
    """What is wrong with what was written down."""

    words = TextField(_l("What is wrong?"), [Needed()], longest=500)


class ChoicesForm(Form):
    """How letters of each topic come (fields named how_<topic>), and the quiet hours."""

    kept = TickField(_l("Letters wait at night"))
    begins = TimeField(_l("From"), [Needed()])
    ends = TimeField(_l("Until"), [Needed()])

    def how(self) -> dict[str, How]:
        chosen = {field.name: field.data for field in self if field.name.startswith("how_")}
        return {name.removeprefix("how_"): How(value) for name, value in chosen.items()}


def choices_form(topics: Sequence[Topic], chosen: Mapping[str, How], quiet: Quiet) -> ChoicesForm:
    """What holds now is proposed."""

    class Fields(ChoicesForm):
        pass

    told: dict[str, Any] = {"kept": quiet.kept, "begins": quiet.begins, "ends": quiet.ends}
    for topic in topics:
        setattr(Fields, f"how_{topic.name}", _how(topic))
        told[f"how_{topic.name}"] = str(chosen.get(topic.name, How.AT_ONCE))
    return Fields(data=told)


def _how(topic: Topic) -> RadioField:
    return RadioField(
        topic.label,
        [Needed(_l("Please choose one."))],
        choices=[(str(how), label) for how, label in HOW_LABELS.items()],
        description=topic.hint,
    )
