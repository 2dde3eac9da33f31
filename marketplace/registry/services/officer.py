"""Officers come, change and leave; who speaks for the cooperative stands in its record too."""

from __future__ import annotations

import datetime as dt
from typing import Any

from marketplace.cooperatives import services as cooperatives
from marketplace.cooperatives.models import Cooperative
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.reference import random_ref
from marketplace.foundation.text import fold
from marketplace.foundation.words import _l, in_language
from marketplace.registry import queries
from marketplace.registry.events import OfficerAppointed, OfficerCorrected, OfficerLeft
from marketplace.registry.models import Officer
from marketplace.registry.states.officer import KEY_OFFICES, OFFICE_LABELS, Education, Office

_TITLES = (
    ("pho giam doc", Office.DEPUTY_DIRECTOR), ("pho chu tich", Office.DEPUTY_CHAIR), ("chu tich", Office.CHAIR),
    ("giam doc", Office.DIRECTOR), ("chair", Office.CHAIR), ("director", Office.DIRECTOR),
)  # fmt: skip


def appoint(
    *,
    cooperative: Cooperative,
    name: str,
    office: Office,
    title: str = "",
    is_key: bool | None = None,
    education: Education = Education.UNKNOWN,
    field: str = "",
    birth_year: int | None = None,
    appointed_on: dt.date | None = None,
    term_until: dt.date | None = None,
    left_on: dt.date | None = None,
    represents: bool = False,
    person: Any = None,
    by: Any = None,
) -> Officer:
    """Enter somebody with a post, of today or of earlier. Who speaks before the law follows whoever did."""
    told: dict[str, Any] = {
        "name": name, "office": office, "title": title, "is_key": office in KEY_OFFICES if is_key is None else is_key,
        "education": education, "field": field, "birth_year": birth_year, "appointed_on": appointed_on,
        "term_until": term_until, "left_on": left_on, "represents": represents,
    }  # fmt: skip
    officer = _enter(cooperative, told, by)
    if person is not None:
        officer.person_id = person.id
    db.session.flush()
    announce(OfficerAppointed(**_told(officer), actor_id=id_of(by)))
    _tell_record(cooperative, by)
    return officer


def correct_officer(*, officer: Officer, by: Any = None, **told: Any) -> None:
    """Put right what is known of somebody."""
    _write(officer, told, by)
    db.session.flush()
    announce(OfficerCorrected(**_told(officer), actor_id=id_of(by)))
    _tell_record(officer.cooperative, by)


def release(*, officer: Officer, day: dt.date, by: Any = None) -> None:
    """They hold the post no longer from that day on."""
    if officer.left_on is not None:
        raise Refusal(_l("This has ended already."))
    if day > clock.today():
        raise Refusal(_l("This day is still to come."), field="left_on")
    if officer.appointed_on is not None and day < officer.appointed_on:
        raise Refusal(_l("The last day comes before the first one."), field="left_on")
    officer.left_on = day
    db.session.flush()
    announce(OfficerLeft(**_told(officer), actor_id=id_of(by)))
    _tell_record(officer.cooperative, by)


def follow_representative(*, cooperative: Cooperative, by: Any = None) -> None:
    """The record names somebody: they are entered, and whoever spoke for it before no longer does. The fact itself was
    told already."""
    name, title = cooperative.legal_rep_name.strip(), cooperative.legal_rep_title.strip()
    now = queries.representing(cooperative.id)
    if now is not None and now.name == name:
        now.title = title
        db.session.flush()
        return
    if now is not None:
        now.left_on = max(clock.today(), now.appointed_on or clock.today())
        db.session.flush()
    if name:
        office = _office_of(title)
        told: dict[str, Any] = {
            "name": name, "title": title, "office": office, "is_key": office in KEY_OFFICES, "represents": True,
            "birth_year": None, "appointed_on": None, "left_on": None,
        }  # fmt: skip
        _enter(cooperative, told, by)
        db.session.flush()


def _office_of(title: str) -> Office:
    plain = fold(title)
    return next(
        (office for words, office in _TITLES if words in plain), Office.OTHER if plain else Office.DIRECTOR
    )


def _enter(cooperative: Cooperative, told: dict[str, Any], by: Any) -> Officer:
    officer = Officer(ref=random_ref(), cooperative=cooperative)
    _write(officer, told, by)
    return officer


def _write(officer: Officer, told: dict[str, Any], by: Any) -> None:
    told = {
        name: value.strip() if isinstance(value, str) and name in _TEXTS else value
        for name, value in told.items()
    }
    if not told["name"]:
        raise Refusal(_l("Please write the name."), field="name")
    first, last = told["appointed_on"], told["left_on"]
    if first is not None and last is not None and last < first:
        raise Refusal(_l("The last day comes before the first one."), field="left_on")
    if any(day is not None and day > clock.today() for day in (first, last)):
        raise Refusal(_l("This day is still to come."), field="left_on" if last else "appointed_on")
    born = told["birth_year"]
    if born is not None and not 1900 <= born <= clock.today().year - 15:
        raise Refusal(_l("Please look at the year of birth again."), field="birth_year")
    if told["represents"] and last is None:
        _make_way(officer, by)
    for name, value in told.items():
        setattr(officer, name, value)
    officer.by_id, officer.at = id_of(by), clock.now()
    db.session.add(officer)


_TEXTS = ("name", "title", "field")


def _make_way(officer: Officer, by: Any) -> None:
    """Whoever spoke for it keeps the post and no longer speaks for it."""
    now = queries.representing(officer.cooperative.id)
    if now is not None and now is not officer:
        now.represents = False
        db.session.flush()
        announce(OfficerCorrected(**_told(now), actor_id=id_of(by)))


def _tell_record(cooperative: Cooperative, by: Any) -> None:
    """Name and title of whoever speaks for it stand in its record."""
    now = queries.representing(cooperative.id)
    name, title = ("", "")
    if now is not None:
        with in_language("vi"):
            name, title = now.name, now.title or str(OFFICE_LABELS[now.office])
    cooperatives.change(cooperative=cooperative, legal_rep_name=name, legal_rep_title=title, by=by)


def _told(officer: Officer) -> dict[str, Any]:
    return {
        "cooperative_id": officer.cooperative_id,
        "officer_id": officer.id,
        "office": str(officer.office),
        "words": officer.name,
    }
