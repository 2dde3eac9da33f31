"""What we write about meetings at fairs: one function per letter."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Any

from marketplace.fairs import queries
from marketplace.fairs.events import MeetingCancelled, MeetingMoved
from marketplace.fairs.meeting_states import MeetingRoundState
from marketplace.fairs.models import Meeting, MeetingGuest, MeetingRound
from marketplace.foundation import clock, formats
from marketplace.foundation.db import db
from marketplace.foundation.words import _l
from marketplace.inbox.letters import letter, topic
from marketplace.inbox.services import tell


def _sample() -> dict[str, Any]:
    """An invented meeting for the preview of letters."""
    return {
        "fair": "Hội chợ Nông sản Xứ Đông 2027",
        "day": "Thứ Sáu 12/03/2027",
        "hours": "8:30–11:30",
        "until": "17:00 05/03/2027",
        "place": "Phòng kết nối, Nhà A",
        "count": "2",
        "told": "9:00 (3): Siêu thị Xứ Đông; 9:40 (3): Bếp ăn Sao Đỏ",
        "other": "Siêu thị Xứ Đông",
        "was": "9:00",
        "was_day": "Thứ Sáu 05/03/2027",
        "was_table": "3",
        "at": "9:40",
        "table": "5",
        "why": "Bên mua đến muộn.",
    }


topic(
    "meetings",
    _l("Meetings at fairs"),
    _l("Whom you may meet, when and at which table."),
    order=45,
)
letter(
    "meetings.invited",
    subject=_l("%(fair)s: whom would you like to meet?"),
    sentence=_l(
        "Buyers and exhibitors meet at tables on %(day)s, %(hours)s. Please say by %(until)s whom you would like to "
        "meet and when you cannot."
    ),
    sample=_sample,
)
letter(
    "meetings.published",
    subject=_l("Your meetings at %(fair)s on %(day)s"),
    sentence=_l(
        "%(count)s meetings. Time (table): with whom. %(told)s. Place: %(place)s. The page has them for your calendar."
    ),
    sample=_sample,
)
letter(
    "meetings.none",
    subject=_l("%(fair)s: no meeting could be arranged for you on %(day)s"),
    sentence=_l("The page says why for each of your wishes. You can still talk to everybody at their stand."),
    sample=_sample,
)
letter(
    "meetings.moved",
    subject=_l("%(fair)s: your meeting with %(other)s was moved to %(at)s, table %(table)s"),
    sentence=_l("%(day)s: it was %(was)s, table %(was_table)s; now it is %(at)s, table %(table)s. %(why)s"),
    sample=_sample,
    urgent=True,
)
letter(
    "meetings.cancelled",
    subject=_l("%(fair)s: your meeting with %(other)s at %(at)s was called off"),
    sentence=_l("%(day)s, %(at)s, table %(table)s. Why: %(why)s"),
    sample=_sample,
    urgent=True,
)
letter(
    "meetings.round_cancelled",
    subject=_l("%(fair)s: the meetings on %(day)s do not take place"),
    sentence=_l("All meetings of %(hours)s are called off. Why: %(why)s"),
    sample=_sample,
    urgent=True,
)

letter(
    "meetings.round_moved",
    subject=_l("%(fair)s: the meetings take place on %(day)s"),
    sentence=_l(
        "They were to be on %(was_day)s. Hours, tables and whom you meet stay as they were: %(hours)s. Why: %(why)s"
    ),
    sample=_sample,
    urgent=True,
)


def invited(round: MeetingRound) -> None:
    """Every confirmed stand, and every buying organisation."""
    for guest in queries.meeting_guests(round.id):
        _to_guest("meetings.invited", guest, f"meetings.invited:{round.id}")
    for buyer in queries.buyers_to_invite(round.id):
        tell(
            kind="meetings.invited",
            organisation_id=buyer.id,
            url=f"/buyer/fairs/{round.fair.slug}/meetings/{round.ref}",
            key=f"meetings.invited:{round.id}",
            **_of_round(round),
        )


def published(round: MeetingRound, told: Collection[int]) -> None:
    """Each guest its whole day; those who wished and got nothing hear that too, once."""
    new = {*told}
    for guest in queries.meeting_guests(round.id):
        mine = queries.told_meetings(guest.id)
        if any(meeting.id in new for meeting in mine):
            _to_guest(
                "meetings.published",
                guest,
                f"meetings.published:{round.id}:{max(meeting.id for meeting in mine)}",
                count=str(len(mine)),
                told=_told(mine, guest),
                place=round.place or round.fair.venue,
            )
        elif not mine and guest.takes_part and guest.wishes:
            _to_guest("meetings.none", guest, f"meetings.none:{round.id}")


def moved(event: MeetingMoved) -> None:
    meeting = db.session.get_one(Meeting, event.meeting_id)
    values = {"was": event.was, "was_table": str(event.was_table), "why": event.words}
    _to_both("meetings.moved", meeting, **values)


def called_off(event: MeetingCancelled) -> None:
    _to_both("meetings.cancelled", db.session.get_one(Meeting, event.meeting_id), why=event.words)


def round_cancelled(round: MeetingRound, reason: str) -> None:
    for guest in queries.meeting_guests(round.id):
        if guest.takes_part:
            _to_guest("meetings.round_cancelled", guest, f"meetings.round_cancelled:{round.id}", why=reason)


def round_moved(round: MeetingRound, was: str, reason: str) -> None:
    """Whoever takes part, once the round is no longer being drafted."""
    if round.state is MeetingRoundState.DRAFT:
        return
    was_day = formats.weekday_date(dt.date.fromisoformat(was))
    for guest in queries.meeting_guests(round.id):
        if guest.takes_part:
            key = f"meetings.round_moved:{round.id}:{round.day.isoformat()}:{was}"
            _to_guest("meetings.round_moved", guest, key, was_day=was_day, why=reason)


def _to_both(kind: str, meeting: Meeting, **values: Any) -> None:
    for guest, other in ((meeting.buyer, meeting.exhibitor), (meeting.exhibitor, meeting.buyer)):
        _to_guest(
            kind,
            guest,
            f"{kind}:{meeting.id}:{meeting.version}",
            other=other.name,
            at=formats.clock_time(meeting.starts),
            table=str(meeting.table_no),
            **values,
        )


def _to_guest(kind: str, guest: MeetingGuest, key: str, **values: Any) -> None:
    tell(
        kind=kind,
        organisation_id=guest.of_organisation_id,
        url=page_of(guest),
        key=key,
        **_of_round(guest.round),
        **values,
    )


def page_of(guest: MeetingGuest) -> str:
    """Where a guest reads of its meetings."""
    side = "buyer" if guest.buys else "desk"
    return f"/{side}/fairs/{guest.round.fair.slug}/meetings/{guest.round.ref}"


def _told(meetings: Sequence[Meeting], guest: MeetingGuest) -> str:
    return "; ".join(
        f"{formats.clock_time(each.starts)} ({each.table_no}): "
        f"{(each.exhibitor if guest.buys else each.buyer).name}"
        for each in meetings
    )


def _of_round(round: MeetingRound) -> dict[str, Any]:
    until = clock.to_local(round.wishes_until)
    return {
        "fair": round.fair.name_vi,
        "day": formats.weekday_date(round.day),
        "hours": formats.hours(round.opens, round.closes),
        "until": f"{formats.clock_time(until.time())} {formats.date(until.date())}",
    }
