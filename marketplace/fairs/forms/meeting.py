"""What is filled in about meetings at fairs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from marketplace.accounts.models import Organisation
from marketplace.fairs.meeting_states import RESULT_LABELS, MeetingResult
from marketplace.fairs.models import Fair, Meeting, MeetingGuest, MeetingRound
from marketplace.foundation import clock, formats
from marketplace.foundation.web.fields import (
    ChoiceField,
    DateField,
    LineField,
    ManyField,
    Needed,
    Optional,
    RadioField,
    TextField,
    TimeField,
    WholeField,
)
from marketplace.foundation.web.forms import Form
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _, _l

BREAKS = (1, 2)


class MeetingRoundForm(Form):
    """Day, hours, tables, breaks, and until when wishes are taken."""

    day = ChoiceField(_l("Which day"), [Needed()])
    opens = TimeField(_l("First meeting at"), [Needed()], default=dt.time(8, 30))
    closes = TimeField(_l("Last meeting ends at"), [Needed()], default=dt.time(11, 30))
    minutes = WholeField(_l("Length of a meeting"), [Needed()], least=5, most=240, default=20)
    tables = WholeField(_l("How many tables"), [Needed()], least=1, most=200, default=10)
    break_1_from = TimeField(_l("First break from"), [Optional()])
    break_1_until = TimeField(_l("First break until"), [Optional()])
    break_2_from = TimeField(_l("Second break from"), [Optional()])
    break_2_until = TimeField(_l("Second break until"), [Optional()])
    place = LineField(_l("Where the tables stand"), [Optional()], longest=160)
    most_wishes = WholeField(_l("Wishes each may have"), [Needed()], least=1, most=50, default=10)
    until_day = DateField(_l("Wishes until (day)"), [Needed()])
    until_time = TimeField(_l("Wishes until (hour)"), [Needed()], default=dt.time(17))

    def __init__(self, fair: Fair, round: MeetingRound | None = None, **kwargs: Any) -> None:
        super().__init__(data=_written(fair, round), **kwargs)
        self.day.choices = [(str(day), formats.weekday_date(day, locale())) for day in fair.days]

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        good = super().validate(*args, **kwargs)
        for number in BREAKS:
            begins, ends = self[f"break_{number}_from"], self[f"break_{number}_until"]
            if (begins.data is None) != (ends.data is None) or (begins.data and begins.data >= ends.data):
                ends.errors = [*ends.errors, _("A break has a beginning and a later end.")]
                good = False
        return good

    def values(self) -> dict[str, Any]:
        """As services.plan_meetings takes them."""
        pairs = [(self[f"break_{n}_from"].data, self[f"break_{n}_until"].data) for n in BREAKS]
        until = dt.datetime.combine(self.until_day.data, self.until_time.data)
        return {
            "day": dt.date.fromisoformat(self.day.data),
            "opens": self.opens.data,
            "closes": self.closes.data,
            "minutes": self.minutes.data,
            "tables": self.tables.data,
            "breaks": sorted([f"{one:%H:%M}", f"{other:%H:%M}"] for one, other in pairs if one and other),
            "place": self.place.data or "",
            "most_wishes": self.most_wishes.data,
            "wishes_until": clock.from_local(until),
        }


def _written(fair: Fair, round: MeetingRound | None) -> dict[str, Any]:
    if round is None:
        return {"until_day": fair.first_day - dt.timedelta(days=3)}
    until = clock.to_local(round.wishes_until)
    breaks = {
        f"break_{number}_{end}": dt.time.fromisoformat(at)
        for number, pair in enumerate(round.breaks, start=1)
        for end, at in zip(("from", "until"), pair, strict=True)
    }
    kept = ("opens", "closes", "minutes", "tables", "place", "most_wishes")
    return {
        **{name: getattr(round, name) for name in kept},
        **breaks,
        "day": str(round.day),
        "until_day": until.date(),
        "until_time": until.time(),
    }


class WishesForm(Form):
    """Whom one would like to meet, as wish_<guest id> with its place in the list, and when one cannot."""

    away = ManyField(_l("When you cannot"))
    interests = LineField(_l("What you are looking for, or offer"), [Optional()], longest=300)
    others: Sequence[MeetingGuest] = ()

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        good = super().validate(*args, **kwargs)
        ranks: dict[str, str] = {}
        for other in self.others:
            field = self[f"wish_{other.id}"]
            if field.data and field.data in ranks:
                sentence = _("%(name)s has this place already. Each place once.", name=ranks[field.data])
                field.errors = [*field.errors, sentence]
                good = False
            elif field.data:
                ranks[field.data] = other.name
        return good

    def wished(self) -> list[MeetingGuest]:
        """The dearest first."""
        chosen = [(int(self[f"wish_{other.id}"].data), other) for other in self.others if self.rank(other)]
        return [other for _rank, other in sorted(chosen, key=lambda each: each[0])]

    def rank(self, other: MeetingGuest) -> str:
        return self[f"wish_{other.id}"].data or ""

    def cannot(self) -> list[dt.time]:
        return [dt.time.fromisoformat(at) for at in self.away.data or []]


def wishes_form(guest: MeetingGuest, others: Sequence[MeetingGuest], **kwargs: Any) -> WishesForm:
    """One choice for each of the other side."""

    class Fields(WishesForm):
        pass

    most = min(guest.round.most_wishes, max(len(others), 1))
    places = [("", _("no")), *((str(n), _("%(n)s.", n=n)) for n in range(1, most + 1))]
    for other in others:
        field = ChoiceField(_l("Your wish"), [Optional()], choices=places)
        setattr(Fields, f"wish_{other.id}", field)
    known = {f"wish_{wish.to_id}": str(min(wish.rank, most)) for wish in guest.wishes}
    form = Fields(data={**known, "away": guest.away, "interests": guest.interests}, **kwargs)
    form.others = others
    form.away.choices = [(f"{at:%H:%M}", formats.hours(at, guest.round.ends(at))) for at in guest.round.slots]
    return form


class GuestForm(Form):
    """A buying organisation that the office enters."""

    buyer = ChoiceField(_l("Buyer"), [Needed()])

    def __init__(self, buyers: Sequence[Organisation], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.buyers = {buyer.ref: buyer for buyer in buyers}
        self.buyer.choices = [("", ""), *((buyer.ref, buyer.name) for buyer in buyers)]

    @property
    def chosen(self) -> Organisation:
        return self.buyers[self.buyer.data]


class PlaceForm(Form):
    """An hour and a table."""

    starts = ChoiceField(_l("Hour"), [Needed()])
    table_no = WholeField(_l("Table no."), [Needed()], least=1, most=200)

    def offer(self, round: MeetingRound) -> None:
        self.starts.choices = [(f"{at:%H:%M}", formats.hours(at, round.ends(at))) for at in round.slots]

    @property
    def at(self) -> dt.time:
        return dt.time.fromisoformat(self.starts.data)


class MoveForm(PlaceForm):
    """Another hour or table, and why."""

    reason = LineField(_l("Why"), [Needed()], longest=400)

    def __init__(self, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(data={"starts": f"{meeting.starts:%H:%M}", "table_no": meeting.table_no}, **kwargs)
        self.offer(meeting.round)


class PutForm(PlaceForm):
    """Two of those who take part."""

    buyer = ChoiceField(_l("Buyer"), [Needed()])
    exhibitor = ChoiceField(_l("Exhibitor"), [Needed()])

    def __init__(self, round: MeetingRound, guests: Sequence[MeetingGuest], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.offer(round)
        self.guests = {guest.ref: guest for guest in guests if guest.takes_part}
        for field, buys in ((self.buyer, True), (self.exhibitor, False)):
            named = [(ref, guest.name) for ref, guest in self.guests.items() if guest.buys is buys]
            field.choices = [("", ""), *named]

    def pair(self) -> dict[str, MeetingGuest]:
        return {"buyer": self.guests[self.buyer.data], "exhibitor": self.guests[self.exhibitor.data]}


class ReasonForm(Form):
    """Why something does not take place."""

    reason = LineField(_l("Why"), [Needed()], longest=400)


class ResultForm(Form):
    """What came of a meeting."""

    result = RadioField(_l("What came of it"), [Needed()])
    result_words = TextField(_l("In a few words"), [Optional()], longest=1000)

    def __init__(self, meeting: Meeting, **kwargs: Any) -> None:
        said = str(meeting.result) if meeting.result else None
        super().__init__(data={"result": said, "result_words": meeting.result_words}, **kwargs)
        self.result.choices = [(str(each), str(label)) for each, label in RESULT_LABELS.items()]

    @property
    def chosen(self) -> MeetingResult:
        return MeetingResult(self.result.data)


class PressForm(Form):
    """A button."""
