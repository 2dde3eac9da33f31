"""Who leads and serves a cooperative."""

from __future__ import annotations

from typing import Any

from marketplace.foundation.web.fields import (
    ChoiceField,
    DateField,
    LineField,
    Needed,
    Optional,
    TickField,
    WholeField,
    choices_of,
)
from marketplace.foundation.web.forms import Form
from marketplace.foundation.words import _l
from marketplace.registry.states import EDUCATION_LABELS, OFFICE_LABELS, Education, Office


class OfficerForm(Form):
    name = LineField(_l("Full name"), [Needed()], longest=120)
    office = ChoiceField(_l("Post"), choices=choices_of(OFFICE_LABELS.items()))
    title = LineField(_l("Title on papers, if it is another one"), [Optional()], longest=120)
    is_key = TickField(_l("Holds a key post"))
    represents = TickField(_l("Speaks for the cooperative before the law"))
    education = ChoiceField(_l("Highest education"), choices=choices_of(EDUCATION_LABELS.items()))
    field = LineField(_l("Field of study"), [Optional()], longest=120)
    birth_year = WholeField(_l("Year of birth"), [Optional()], least=1900, most=2100)
    appointed_on = DateField(_l("In this post since"), [Optional()])
    term_until = DateField(_l("Term until"), [Optional()])
    left_on = DateField(_l("Left on"), [Optional()])

    def values(self) -> dict[str, Any]:
        plain = ("is_key", "represents", "birth_year", "appointed_on", "term_until", "left_on")
        return {
            **{name: self[name].data for name in plain},
            **{name: self[name].data or "" for name in ("name", "title", "field")},
            "office": Office(self.office.data),
            "education": Education(self.education.data),
        }
