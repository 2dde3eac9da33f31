"""What is filled in about courses."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from flask import request

from marketplace.accounts import queries as accounts
from marketplace.foundation import clock, formats
from marketplace.foundation.errors import Refusal
from marketplace.foundation.web.fields import (
    ChoiceField,
    DateField,
    LineField,
    ManyField,
    Needed,
    Optional,
    PhoneField,
    TextField,
    TickField,
    TimeField,
    WholeField,
    choices_of,
)
from marketplace.foundation.web.forms import Form
from marketplace.foundation.web.locale import locale
from marketplace.foundation.web.rows import Row, Rows
from marketplace.foundation.words import _, _l
from marketplace.places import queries as places
from marketplace.programmes import queries
from marketplace.programmes.forms.told import ToldByForm
from marketplace.programmes.models import Course, CourseApplication, CourseSession, Participant
from marketplace.programmes.services import CourseFacts, Lesson, Named
from marketplace.programmes.services.choosing import Wish
from marketplace.programmes.states import COURSE_KIND_LABELS, CourseKind
from marketplace.selection.models import Call, EligibilityRule
from marketplace.selection.states import DECISION_LABELS, Decision, Entered


class CourseForm(Form):
    """All that is written about a course or tour."""

    kind = ChoiceField(_l("Its kind and its name"), choices=choices_of(COURSE_KIND_LABELS.items()))
    name_vi = LineField(_l("Name"), [Needed()], longest=200)
    name_en = LineField(_l("Name in English"), [Optional()], longest=200)
    theme_vi = LineField(_l("Theme, in one sentence"), [Optional()], longest=300)
    theme_en = LineField(_l("Theme in English"), [Optional()], longest=300)
    first_day = DateField(_l("First day"), [Needed()])
    last_day = DateField(_l("Last day"), [Needed()])
    venue = LineField(_l("Place, as people call it"), [Optional()], longest=200)
    province_id = ChoiceField(_l("Province; of a tour, where it goes"))
    seats = WholeField(_l("Seats, in people"), [Needed()], least=1, most=2000, default=40)
    least_percent = WholeField(
        _l("Share of the days that earns a certificate, in per cent"),
        [Needed()],
        least=1,
        most=100,
        default=80,
    )
    story_vi = TextField(_l("What it is about, and for whom"), [Optional()], longest=6000)
    story_en = TextField(_l("The same in English"), [Optional()], longest=6000)
    report_vi = TextField(_l("Report afterwards: what it brought"), [Optional()], longest=6000)
    report_en = TextField(_l("Report in English"), [Optional()], longest=6000)

    def __init__(self, course: Course | None = None, **kwargs: Any) -> None:
        super().__init__(obj=course, **kwargs)
        self.province_id.choices = [
            ("", _("Not said")),
            *[(str(each.id), places.called(each)) for each in queries.provinces()],
        ]
        if course is not None and not self.is_submitted():
            self.province_id.data = str(course.province_id or "")

    def facts(self) -> CourseFacts:
        plain = ("name_vi", "name_en", "theme_vi", "theme_en", "venue")
        texts = ("story_vi", "story_en", "report_vi", "report_en")
        return CourseFacts(
            kind=CourseKind(self.kind.data),
            first_day=self.first_day.data,
            last_day=self.last_day.data,
            seats=self.seats.data,
            least_percent=self.least_percent.data,
            province_id=int(self.province_id.data) if self.province_id.data else None,
            **{name: self[name].data or "" for name in (*plain, *texts)},
        )


class LessonRow(Row):
    """A lesson or a visit."""

    matters = ("topic_vi",)
    day = DateField(_l("Day"), [Needed()])
    begins = TimeField(_l("From"), [Needed()])
    ends = TimeField(_l("Until"), [Needed()])
    topic_vi = LineField(_l("What is taught or visited"), [Needed()], longest=200)
    topic_en = LineField(_l("In English"), [Optional()], longest=200)

    def show(self, stored: CourseSession) -> None:
        self.day.data, self.begins.data, self.ends.data = stored.day, stored.begins, stored.ends
        self.topic_vi.data, self.topic_en.data = stored.topic_vi, stored.topic_en
        hours = formats.hours(stored.begins, stored.ends)
        self.told = f"{formats.date(stored.day, locale())} {hours}: {stored.topic_vi}"


class TimetableForm(Form):
    def __init__(self, course: Course, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.lessons: Rows[LessonRow] = Rows(LessonRow, "lessons", course.sessions, spare=3)

    def submitted(self) -> bool:
        return self.is_submitted() and "more_lessons" not in request.form and self.validate()

    def validate(self, extra_validators: Any = None) -> bool:
        if not (rows := self.lessons.validate()):
            self.problems = [_("Please look at the lines below: something is missing there.")]
        return super().validate(extra_validators) and rows

    def values(self) -> list[Lesson]:
        return [
            Lesson(
                each.day.data, each.begins.data, each.ends.data, each.topic_vi.data, each.topic_en.data or ""
            )
            for each in self.lessons.written
        ]


class CallDaysForm(Form):
    """From when until when members can apply."""

    opens_on = DateField(_l("Opens on"), [Needed()])
    opens_time = TimeField(_l("Hour"), [Needed()], default=dt.time(8))
    closes_on = DateField(_l("Closes on"), [Needed()])
    closes_time = TimeField(_l("Hour"), [Needed()], default=dt.time(17))

    def __init__(self, call: Call | None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if call is not None and not self.is_submitted():
            opens, closes = clock.to_local(call.opens_at), clock.to_local(call.closes_at)
            self.opens_on.data, self.opens_time.data = opens.date(), opens.time()
            self.closes_on.data, self.closes_time.data = closes.date(), closes.time()

    @contextmanager
    def reporting(self) -> Iterator[None]:
        """What is wrong with a moment stands beside its day."""
        with super().reporting():
            try:
                yield
            except Refusal as refusal:
                if refusal.field not in ("opens_at", "closes_at"):
                    raise
                raise Refusal(refusal.message, field=refusal.field.replace("_at", "_on")) from refusal

    def values(self) -> dict[str, Any]:
        return {
            "opens_at": _moment(self.opens_on.data, self.opens_time.data),
            "closes_at": _moment(self.closes_on.data, self.closes_time.data),
        }


def _moment(day: dt.date, at: dt.time) -> dt.datetime:
    return clock.from_local(dt.datetime.combine(day, at))


class PersonRow(Row):
    """Somebody who would come: from the list of the cooperative's people, or by name."""

    matters = ("who", "name")
    who = ChoiceField(_l("Who"), [Optional()])
    name = LineField(_l("Full name, when not on the list"), [Optional()], longest=120)
    post = LineField(_l("What they do in the cooperative"), [Optional()], longest=80)
    phone = PhoneField(_l("Phone"), [Optional()])
    key_officer = TickField(_l("Leads the cooperative, controls it or keeps its books"))

    def validate(self, extra_validators: Any = None) -> bool:
        if not super().validate(extra_validators):
            return False
        if not self.who.data and not (self.name.data or "").strip():
            self.name.errors = [_("Please write their name.")]
        return not self.name.errors

    def show(self, stored: Participant) -> None:
        self.who.data = str(stored.person_id or "")
        self.name.data = "" if stored.person_id else stored.name
        self.post.data, self.phone.data = stored.post, stored.phone
        self.key_officer.data = stored.key_officer
        self.told = f"{stored.name}, {stored.post}" if stored.post else stored.name

    def named(self) -> Named:
        return Named(
            name=self.name.data or "",
            post=self.post.data or "",
            phone=self.phone.data or "",
            key_officer=self.key_officer.data,
            person_id=int(self.who.data) if self.who.data else None,
        )


class PeopleForm(Form):
    """Whom a cooperative would send."""

    words = TextField(_l("Anything else we should know"), [Optional()], longest=2000)

    def __init__(self, asked: CourseApplication, **kwargs: Any) -> None:
        super().__init__(obj=asked, **kwargs)
        self.people: Rows[PersonRow] = Rows(PersonRow, "people", asked.participants, spare=2)
        own = accounts.people_of(asked.application.cooperative.organisation_id)
        choices = [("", _("Somebody else: write the name")), *[(str(each.id), each.name) for each in own]]
        for line in self.people.lines:
            line.who.choices = choices

    def submitted(self) -> bool:
        return self.is_submitted() and "more_people" not in request.form and self.validate()

    def validate(self, extra_validators: Any = None) -> bool:
        if not (rows := self.people.validate()):
            self.problems = [_("Please look at the lines below: something is missing there.")]
        return super().validate(extra_validators) and rows

    def values(self) -> dict[str, Any]:
        return {"people": [each.named() for each in self.people.written], "words": self.words.data or ""}


class ToldApplicationForm(ToldByForm):
    """What a cooperative tells on the telephone or by paper: who goes, and that the conditions are met."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.people: Rows[PersonRow] = Rows(PersonRow, "people", [], spare=2)
        for line in self.people.lines:
            line.who.choices = [("", "")]

    def submitted(self) -> bool:
        return self.is_submitted() and "more_people" not in request.form and self.validate()

    def validate(self, extra_validators: Any = None) -> bool:
        if not (rows := self.people.validate()):
            self.problems = [_("Please look at the lines below: something is missing there.")]
        return super().validate(extra_validators) and rows

    def values(self) -> dict[str, Any]:
        return {
            "people": [each.named() for each in self.people.written],
            "entered": Entered(self.entered.data),
            "told_by": self.told_by.data or "",
            "met": {
                int(name.removeprefix("rule_")): field.data
                for name, field in self._fields.items()
                if name.startswith("rule_")
            },
        }


def told_application_form(rules: Sequence[EligibilityRule], **kwargs: Any) -> ToldApplicationForm:
    """`rules`: what a cooperative declares itself."""

    class Fields(ToldApplicationForm):
        pass

    for rule in rules:
        setattr(Fields, f"rule_{rule.id}", TickField(rule.words, description=rule.source))
    return Fields(**kwargs)


class ChoosingForm(Form):
    """A decision for each application, as decision_<id>; one reason for all that are turned down."""

    reason = LineField(_l("Reason for those who are not chosen; they read it"), [Optional()], longest=500)

    def wishes(self) -> dict[int, Wish | None]:
        return {
            int(name.removeprefix("decision_")): (
                Wish(Decision(field.data), self.reason.data or "") if field.data else None
            )
            for name, field in self._fields.items()
            if name.startswith("decision_")
        }


def choosing_form(
    asking: Sequence[CourseApplication], shown: Mapping[int, Decision | None], **kwargs: Any
) -> ChoosingForm:
    class Fields(ChoosingForm):
        pass

    for each in asking:
        decision = shown.get(each.application_id)
        made: Any = ChoiceField(
            each.application.cooperative.label,
            choices=choices_of(DECISION_LABELS.items(), none=_l("No decision yet")),
            default=str(decision) if decision else "",
        )
        setattr(Fields, f"decision_{each.application_id}", made)
    return Fields(**kwargs)


class TickForm(Form):
    """Who was there; `listed` are those whom the page showed."""

    listed = ManyField(_l("Listed"), coerce=int, validate_choice=False)
    present = ManyField(_l("Was there"), coerce=int, validate_choice=False)


class SendForm(Form):
    previewed = LineField(_l("What was looked at"), [Optional()], longest=64)
