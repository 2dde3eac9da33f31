"""What a reviewer fills in: points as points_<criterion>, made by `review_form`."""

from __future__ import annotations

from typing import Any

from flask import request

from marketplace.foundation.web.fields import LineField, Needed, Optional, TextField, WholeField
from marketplace.foundation.web.forms import Form
from marketplace.foundation.words import _, _l
from marketplace.selection.models import Application, Review


class ReviewForm(Form):
    words = TextField(_l("Why"), [Optional()], longest=4000)

    @property
    def hand_in(self) -> bool:
        """The button that hands it in was pressed, not the one that keeps it."""
        return "hand_in" in request.form

    def points(self) -> dict[int, int]:
        """Only what was given."""
        return {
            int(name.removeprefix("points_")): field.data
            for name, field in self._fields.items()
            if name.startswith("points_") and field.data is not None
        }


def review_form(application: Application, review: Review | None, **kwargs: Any) -> ReviewForm:
    given = {score.criterion_id: score.points for score in review.scores} if review is not None else {}

    class Fields(ReviewForm):
        pass

    for criterion in application.call.criteria:
        made = WholeField(
            criterion.name,
            [Optional()],
            most=criterion.most,
            default=given.get(criterion.id),
            description=_(
                "From 0 to %(most)s; weight %(weight)s", most=criterion.most, weight=criterion.weight
            ),
        )
        setattr(Fields, f"points_{criterion.id}", made)
    form = Fields(data={"words": review.words if review is not None else ""}, **kwargs)
    for field in form:  # a draft may lack it, but nothing of it is said to be dispensable
        field.flags.optional = False
    return form


class ConflictForm(Form):
    near = LineField(_l("How you are near to them"), [Needed()], longest=400)
