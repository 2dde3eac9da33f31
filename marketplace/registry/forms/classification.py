"""Points and grades of a year, the decision, and rules from a file or a form."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from wtforms import FileField

from marketplace.foundation import parsing
from marketplace.foundation.text import clean_line
from marketplace.foundation.web.fields import (
    DateField,
    DecimalField,
    LineField,
    ManyField,
    Needed,
    Optional,
    RadioField,
    TextField,
    choices_of,
)
from marketplace.foundation.web.forms import Form
from marketplace.foundation.words import _, _l
from marketplace.registry.grading import Line, Span
from marketplace.registry.models import Classification, ClassificationScheme
from marketplace.registry.services.scheme import Criterion, Terms
from marketplace.registry.states.classification import GRADE_LABELS, Grade

MOST_LINES = 80


class PointsField(DecimalField):
    """Points to the hundredth: 79,99."""

    def parse(self, written: str) -> Decimal:
        value = super().parse(written)
        if value != round(value, 2):
            raise ValueError(_("At most two decimals."))
        return value


class ScoreForm(Form):
    """Points for every line, or only the grade; with the days on which business stood still."""

    stopped_from = DateField(_l("Stopped from"), [Optional()])
    stopped_until = DateField(_l("Stopped until"), [Optional()])
    grade = RadioField(_l("Only the grade"), [Optional()], choices=choices_of(GRADE_LABELS.items()))
    words = TextField(_l("Remarks"), [Optional()], longest=1000)

    def __init__(self, lines: Sequence[Line], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.lines = lines

    def of(self, line: Line) -> Any:
        """The field of a line."""
        return self[name_of(line.code)]

    def points(self) -> dict[str, Decimal]:
        given = {line.code: self.of(line).data for line in self.lines if line.given}
        return {code: points for code, points in given.items() if points is not None}

    def stopped(self) -> Span | None:
        first, last = self.stopped_from.data, self.stopped_until.data
        return (first, last) if first and last else None

    def validate(self, extra_validators: Any = None) -> bool:
        if not super().validate(extra_validators):
            return False
        if bool(self.stopped_from.data) != bool(self.stopped_until.data):
            empty = self.stopped_until if self.stopped_from.data else self.stopped_from
            empty.errors = [_("Please give both days, or neither.")]
        return not self.errors

    def values(self) -> dict[str, Any]:
        """As the services take them."""
        return {
            "points": self.points(),
            "grade": Grade(self.grade.data) if self.grade.data else None,
            "stopped": self.stopped(),
            "words": self.words.data or "",
        }


def name_of(code: str) -> str:
    return f"points_{code.replace('.', '_')}"


def score_form(lines: Sequence[Line], case: Classification | None, *, officer: bool) -> ScoreForm:
    """What stands already is filled in; at the office the cooperative's own points where none were checked yet."""

    class Fields(ScoreForm):
        pass

    for line in lines:
        if line.given:
            most = line.most if line.most is not None else Decimal(100)
            setattr(Fields, name_of(line.code), PointsField(line.name, [Optional()], least=0, most=most))
    return Fields(lines, data=_kept(case, officer))


def _kept(case: Classification | None, officer: bool) -> dict[str, Any]:
    if case is None:
        return {}
    checked = officer and any(each.points is not None for each in case.scores)
    told: dict[str, Any] = {
        name_of(each.criterion.code): each.points if checked else each.own for each in case.scores
    }
    grade = case.grade if officer and case.grade is not None else case.own_grade
    without = not any(points is not None for points in told.values())
    return {
        **told,
        "grade": str(grade) if grade is not None and without else None,
        "stopped_from": case.stopped_from,
        "stopped_until": case.stopped_until,
        "words": case.words,
    }


class ReasonForm(Form):
    reason = TextField(_l("Why?"), [Needed()], longest=500)


class DecisionForm(Form):
    """Which of those that were checked, under which number and day."""

    cases = ManyField(_l("Cooperatives"), [Needed(_l("Please choose at least one cooperative."))])
    number = LineField(_l("Number of the decision"), [Needed()], longest=60)
    decided_on = DateField(_l("Day of the decision"), [Needed()])


class RulesFileForm(Form):
    file = FileField(_l("Rules as a file (.json)"))


class SchemeForm(Form):
    """A scheme in one page: each line of `criteria` is number; belongs to; Vietnamese; English; most points."""

    code = LineField(_l("Number of the act"), [Needed()], longest=60)
    name_vi = LineField(_l("Name in Vietnamese"), [Needed()], longest=300)
    name_en = LineField(_l("Name in English"), [Needed()], longest=300)
    valid_from = DateField(_l("In force from"), [Needed()])
    source = TextField(_l("Where this stands"), [Needed()], longest=500)
    most = PointsField(_l("Points in all"), [Needed()], least=1, most=1000)
    least_good = PointsField(_l("Good, from points"), [Needed()])
    least_fair = PointsField(_l("Fair, from points"), [Needed()])
    least_average = PointsField(_l("Average, from points"), [Needed()])
    criteria = TextField(
        _l("Criteria"),
        [Needed()],
        description=_l(
            "One in each line: number; belongs to; name in Vietnamese; name in English; most points (empty: not known)."
        ),
        longest=12_000,
    )

    def validate(self, extra_validators: Any = None) -> bool:
        if not super().validate(extra_validators):
            return False
        try:
            self.read = read_criteria(self.criteria.data)
        except ValueError as problem:
            self.criteria.errors = [str(problem)]
        return not self.errors

    def terms(self) -> Terms:
        return Terms(
            code=self.code.data,
            name_vi=self.name_vi.data,
            name_en=self.name_en.data,
            valid_from=self.valid_from.data,
            most=self.most.data,
            source=self.source.data,
            grades={
                Grade.GOOD: self.least_good.data,
                Grade.FAIR: self.least_fair.data,
                Grade.AVERAGE: self.least_average.data,
                Grade.WEAK: Decimal(0),
            },
            criteria=self.read,
        )


def read_criteria(written: str) -> list[Criterion]:
    """Raises ValueError with a sentence that names the line."""
    found = []
    for number, line in enumerate(filter(None, written.split("\n")), start=1):
        parts = [clean_line(part) for part in line.split(";")]
        if len(parts) != 5 or not parts[0] or not parts[2] or number > MOST_LINES:
            raise ValueError(_("Line %(number)s: five parts with ; between them, please.", number=number))
        code, within, vi, en, most = parts
        try:
            points = parsing.parse_decimal(most, places=2) if most else None
        except parsing.ParseError as error:
            raise ValueError(_("Line %(number)s: the points are no number.", number=number)) from error
        found.append(Criterion(code[:12], within[:12], vi[:300], en[:300], points))
    return found


def scheme_form(like: ClassificationScheme | None) -> SchemeForm:
    """Begins with the lines of another."""
    if like is None:
        return SchemeForm()
    leasts = {f"least_{each.grade}": each.least for each in like.grades}
    rows = [
        "; ".join([line.code, line.within, line.name_vi, line.name_en, _written(line.most)])
        for line in like.criteria
    ]
    told = {"name_vi": like.name_vi, "name_en": like.name_en, "most": like.most, **leasts}
    return SchemeForm(data={**told, "criteria": "\n".join(rows)})


def _written(points: Decimal | None) -> str:
    return "" if points is None else format(points.normalize(), "f").replace(".", ",")
