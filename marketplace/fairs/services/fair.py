"""A fair's life: drafted or copied, announced, moved or called off, reported, put away."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from marketplace.fairs import clock as fair_clock
from marketplace.fairs import queries
from marketplace.fairs.events import (
    FairAnnounced,
    FairArchived,
    FairCancelled,
    FairChanged,
    FairCopied,
    FairDrafted,
    FairFilingNoted,
    FairMoved,
    FairPosterChanged,
    FairPublished,
    FairReopened,
)
from marketplace.fairs.models import Fair, FairMove
from marketplace.fairs.services.budget import copy_budget
from marketplace.fairs.states import FairKind, FairState, fair_lifecycle
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.media import receive_photo
from marketplace.foundation.money import Money
from marketplace.foundation.text import fold, slug
from marketplace.foundation.words import _l
from marketplace.places import services as places
from marketplace.places.models import Address
from marketplace.selection import services as selection
from marketplace.selection.states import Purpose

OnCopy = Callable[[Fair, Fair, Any], object]
ON_COPY: list[OnCopy] = []
"""What else of last year's fair comes along: other nouns put `(source, target, by)` in here, the plan among them."""

NO_FEE = Money(0)
LIVING = (FairState.DRAFT, FairState.ANNOUNCED, FairState.PUBLISHED)


@dataclass(frozen=True, kw_only=True)
class FairFacts:
    """What is written about a fair, beside its days and its place."""

    kind: FairKind
    name_vi: str
    name_en: str = ""
    theme_vi: str = ""
    theme_en: str = ""
    story_vi: str = ""
    story_en: str = ""
    rules_vi: str = ""
    rules_en: str = ""
    in_province: bool = True
    guest: bool = False
    organisers: str = ""
    opens: dt.time = dt.time(8)
    closes: dt.time = dt.time(21)
    booth_fee: Money = NO_FEE
    contact_name: str = ""
    contact_phone: str = ""
    hue: str = "carrot"


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where: what people call it, its street and its commune; an online fair has none."""

    venue: str = ""
    street: str = ""
    unit_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class Filing:
    """What was handed in at the Department of Industry and Trade, and what it answered."""

    exempt_by: str = ""
    file_number: str = ""
    filed_on: dt.date | None = None
    certified_on: dt.date | None = None
    certified_by: str = ""
    change_filed_on: dt.date | None = None
    report_filed_on: dt.date | None = None


def draft_fair(*, facts: FairFacts, first_day: dt.date, last_day: dt.date, place: Place, by: Any) -> Fair:
    """A new fair, seen by officers only."""
    _check(facts, place)
    fair_clock.check_days(first_day, last_day, None)
    name = _free_slug(facts.name_vi, first_day)
    fair = Fair(slug=name, series=_series(name), first_day=first_day, last_day=last_day, made_at=clock.now())
    _write(fair, facts)
    _put(fair, place, by)
    db.session.add(fair)
    db.session.flush()
    announce(FairDrafted(fair_id=fair.id, actor_id=id_of(by)))
    return fair


def change_fair(
    *,
    fair: Fair,
    facts: FairFacts,
    first_day: dt.date | None = None,
    last_day: dt.date | None = None,
    place: Place | None = None,
    by: Any,
) -> None:
    """Other texts, hours or people; days and place only of a draft: later `move_fair` tells everybody. Other hours of
    a fair that was announced reach people's calendars as a change."""
    _take_turn(fair)
    _living(fair)
    _check(facts, place or Place(venue=fair.venue))
    first_day, last_day = first_day or fair.first_day, last_day or fair.last_day
    moved = (first_day, last_day) != (fair.first_day, fair.last_day)
    if (moved or place is not None) and fair.state is not FairState.DRAFT:
        raise Refusal(_l("This fair was announced: move it to other days or another place, with the reason."))
    fair_clock.check_days(first_day, last_day, queries.call_of(fair.id))
    fair.first_day, fair.last_day = first_day, last_day
    if fair.announced_at and (fair.opens, fair.closes) != (facts.opens, facts.closes):
        fair.hours_changed, fair.hours_changed_at = fair.hours_changed + 1, clock.now()
    _write(fair, facts)
    if place is not None:
        _put(fair, place, by)
    _fold(fair)
    db.session.flush()
    announce(FairChanged(fair_id=fair.id, actor_id=id_of(by)))


def set_poster(*, fair: Fair, stream: Any, filename: str, by: Any) -> None:
    """The picture of the fair; it shows once the worker has developed it."""
    _take_turn(fair)
    fair.poster = receive_photo(stream=stream, filename=filename, by=by, field="poster")
    db.session.flush()
    announce(FairPosterChanged(fair_id=fair.id, actor_id=id_of(by)))


def remove_poster(*, fair: Fair, by: Any) -> None:
    _take_turn(fair)
    fair.poster = None
    db.session.flush()
    announce(FairPosterChanged(fair_id=fair.id, actor_id=id_of(by)))


def note_filing(*, fair: Fair, filing: Filing, by: Any) -> None:
    """Numbers and days of the papers that went to the Department. Days to come are refused: they are facts."""
    _take_turn(fair)
    _check_filing(fair, filing)
    fair.exempt_by, fair.file_number, fair.filed_on = filing.exempt_by, filing.file_number, filing.filed_on
    fair.certified_on, fair.certified_by = filing.certified_on, filing.certified_by
    fair.change_filed_on, fair.report_filed_on = filing.change_filed_on, filing.report_filed_on
    db.session.flush()
    announce(FairFilingNoted(fair_id=fair.id, number=filing.file_number, actor_id=id_of(by)))


def announce_fair(*, fair: Fair, by: Any) -> None:
    """The public sees the fair, and its call as soon as there is one."""
    _take_turn(fair)
    if fair.last_day < clock.today():
        raise Refusal(_l("Its days are over. Choose other days first."))
    if not fair.venue and fair.kind is not FairKind.ONLINE:
        raise Refusal(_l("Where it takes place has to be written down first."))
    fair_lifecycle.advance(fair, "announce")
    fair.announced_at = clock.now()
    _fold(fair)
    db.session.flush()
    announce(FairAnnounced(fair_id=fair.id, actor_id=id_of(by)))


def publish_fair(*, fair: Fair, by: Any) -> None:
    """Who exhibits and the plan become public. Raises Refusal while the call is open."""
    _take_turn(fair)
    call = queries.call_of(fair.id)
    if call is not None and call.opens_at <= clock.now() < call.closes_at:
        raise Refusal(_l("Applications are still open."))
    fair_lifecycle.advance(fair, "publish")
    db.session.flush()
    announce(FairPublished(fair_id=fair.id, actor_id=id_of(by)))


def move_fair(
    *,
    fair: Fair,
    first_day: dt.date,
    last_day: dt.date,
    reason: str,
    place: Place | None = None,
    by: Any,
) -> FairMove:
    """Other days, another place, or both; everybody concerned is told, and the public page says it for good."""
    _take_turn(fair)
    if fair.state not in (FairState.ANNOUNCED, FairState.PUBLISHED):
        raise Refusal(_l("Only a fair that was announced, and is not over, can be moved."))
    _not_begun(fair)
    if first_day < clock.today():
        raise Refusal(_l("This day is over. Please choose today or a later one."), field="first_day")
    fair_clock.check_days(first_day, last_day, queries.call_of(fair.id))
    move = _kept_move(fair, first_day, last_day, place, reason, by)
    db.session.add(move)
    if fair.filed_on is not None:
        # The law counts from the opening that was filed: the earlier of the two, to be safe.
        fair.moved_from = min(day for day in (fair.moved_from, fair.first_day, first_day) if day is not None)
        fair.change_filed_on = None
    fair.first_day, fair.last_day = first_day, last_day
    if place is not None:
        _put(fair, place, by)
    _fold(fair)
    db.session.flush()
    db.session.expire(fair, ["moves"])
    announce(
        FairMoved(
            fair_id=fair.id,
            move_id=move.id,
            was=_plain(move.was_first, move.was_last, move.was_venue),
            now=_plain(move.first_day, move.last_day, move.venue),
            words=reason,
            actor_id=id_of(by),
        )
    )
    return move


def cancel_fair(*, fair: Fair, reason: str, by: Any) -> None:
    """It does not take place; everybody concerned is told, and the public page says it for good."""
    _take_turn(fair)
    _not_begun(fair)
    fair.cancelled_reason = reason
    fair_lifecycle.advance(fair, "cancel")
    db.session.flush()
    announce(FairCancelled(fair_id=fair.id, words=reason, actor_id=id_of(by)))


def reopen_fair(*, fair: Fair, reason: str, by: Any) -> None:
    """The report has to be put right; the day on which it was first filed stands."""
    _take_turn(fair)
    fair_lifecycle.advance(fair, "reopen")
    db.session.flush()
    announce(FairReopened(fair_id=fair.id, words=reason, actor_id=id_of(by)))


def archive_fair(*, fair: Fair, by: Any) -> None:
    """Nothing more is done with it; whoever knew its page finds it there."""
    _take_turn(fair)
    fair_lifecycle.advance(fair, "archive")
    db.session.flush()
    announce(FairArchived(fair_id=fair.id, actor_id=id_of(by)))


def copy_fair(*, fair: Fair, first_day: dt.date, by: Any) -> Fair:
    """A draft for another year: texts, place, budget, the call's settings, and what ON_COPY brings along."""
    days = first_day - fair.first_day
    name_vi, name_en = _of_year(fair.name_vi, fair, first_day), _of_year(fair.name_en, fair, first_day)
    copy = Fair(
        **{name: getattr(fair, name) for name in COPIED},
        slug=_free_slug(name_vi, first_day),
        name_vi=name_vi,
        name_en=name_en,
        first_day=first_day,
        last_day=fair.last_day + days,
        copied_from_id=fair.id,
        made_at=clock.now(),
    )
    _fold(copy)
    db.session.add(copy)
    db.session.flush()
    copy_budget(fair=fair, copy=copy, by=by)
    announce(FairCopied(fair_id=copy.id, source_id=fair.id, words=fair.name_vi, actor_id=id_of(by)))
    _copy_call(fair, copy, days, by)
    for bring in ON_COPY:
        bring(fair, copy, by)
    return copy


def note_phase(*, fair: Fair) -> bool:
    """Write down where the fair stands now, so that public pages follow the clock; False when nothing changed."""
    found = queries.phase_of(fair)
    if fair.noted_phase is found:
        return False
    fair.noted_phase = found
    db.session.flush()
    return True


# --- how it is done ---------------------------------------------------------------------------------

COPIED = (
    "series",
    "kind",
    "theme_vi",
    "theme_en",
    "story_vi",
    "story_en",
    "rules_vi",
    "rules_en",
    "in_province",
    "guest",
    "organisers",
    "venue",
    "address_id",
    "opens",
    "closes",
    "booth_fee",
    "contact_name",
    "contact_phone",
    "hue",
)
"""The poster and the province's decision are of one year; the rest serves again."""
NAMED = tuple(FairFacts.__dataclass_fields__)


def _take_turn(fair: Fair) -> None:
    db.session.refresh(fair, with_for_update={"of": Fair})


def _living(fair: Fair) -> None:
    if fair.state not in LIVING:
        raise Refusal(_l("This fair is over, or was called off: it stays as it was."))


def _not_begun(fair: Fair) -> None:
    if fair.state is not FairState.DRAFT and fair.first_day <= clock.today():
        raise Refusal(_l("The fair has begun already."))


def _check(facts: FairFacts, place: Place) -> None:
    if facts.closes <= facts.opens:
        raise Refusal(_l("The hours must begin before they end."), field="closes")


def _check_filing(fair: Fair, filing: Filing) -> None:
    today = clock.today()
    for name in ("filed_on", "certified_on", "change_filed_on", "report_filed_on"):
        day = getattr(filing, name)
        if day is not None and day > today:
            raise Refusal(_l("This day is still to come: write it down once it is done."), field=name)
    if filing.certified_on is not None and (filing.filed_on is None or filing.certified_on < filing.filed_on):
        raise Refusal(_l("The Department answers after the file was handed in."), field="certified_on")
    if filing.report_filed_on is not None and filing.report_filed_on < fair.last_day:
        raise Refusal(_l("The fair was not over on this day."), field="report_filed_on")


def _write(fair: Fair, facts: FairFacts) -> None:
    for name in NAMED:
        setattr(fair, name, getattr(facts, name))
    _fold(fair)


def _fold(fair: Fair) -> None:
    """What a search compares: names, themes, the place."""
    told = (fair.name_vi, fair.name_en, fair.theme_vi, fair.theme_en, fair.venue)
    fair.folded = fold(" ".join(part for part in told if part))


def _put(fair: Fair, place: Place, by: Any) -> None:
    fair.venue = place.venue
    fair.address = _address(place, by)


def _address(place: Place, by: Any) -> Address | None:
    if place.unit_id is None and not place.street:
        return None
    return places.make_address(line1=place.street, unit_id=place.unit_id, by=by)


def _kept_move(
    fair: Fair, first_day: dt.date, last_day: dt.date, place: Place | None, reason: str, by: Any
) -> FairMove:
    venue = place.venue if place is not None else fair.venue
    same_days = (first_day, last_day) == (fair.first_day, fair.last_day)
    if same_days and place is None:
        raise Refusal(_l("Nothing would change: choose other days or another place."), field="first_day")
    return FairMove(
        fair_id=fair.id,
        was_first=fair.first_day,
        was_last=fair.last_day,
        was_venue=fair.venue,
        first_day=first_day,
        last_day=last_day,
        venue=venue,
        reason=reason,
        by_id=by.id,
        at=clock.now(),
    )


def _copy_call(source: Fair, target: Fair, days: dt.timedelta, by: Any) -> None:
    """The call with its dates as far ahead as the fair's, its criteria and bands; who reviews is chosen anew. One
    whose deadline would be over already is opened by hand."""
    call = queries.call_of(source.id)
    if call is None or call.closes_at + days <= clock.now():
        return
    selection.open_call(
        purpose=Purpose.FAIR,
        subject_id=target.id,
        opens_at=call.opens_at + days,
        closes_at=call.closes_at + days,
        reviews_wanted=call.reviews_wanted if call.criteria else 0,
        bands=call.bands,
        criteria=selection.measures(call),
        by=by,
    )


def _of_year(name: str, fair: Fair, first_day: dt.date) -> str:
    """The year in a name follows the fair."""
    return re.sub(rf"\b{fair.first_day.year}\b", str(first_day.year), name)


def _series(slug_of_first: str) -> str:
    return re.sub(r"-20\d\d(-\d+)?$", "", slug_of_first)


def _free_slug(name: str, first_day: dt.date) -> str:
    """Its name with its year, numbered when two fairs of a year are called the same."""
    plain = slug(name, 110) or "hoi-cho"
    if str(first_day.year) not in plain.split("-"):
        plain = f"{plain}-{first_day.year}"
    taken = queries.slugs_beginning(plain)
    if plain not in taken:
        return plain
    return next(each for n in range(2, len(taken) + 3) if (each := f"{plain}-{n}") not in taken)


def _plain(first: dt.date, last: dt.date, venue: str) -> str:
    return f"{first.isoformat()}/{last.isoformat()}/{venue}"
