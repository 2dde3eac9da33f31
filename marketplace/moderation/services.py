"""Verbs of moderation: reported, kept or taken down, appealed, upheld or restored. Everything is kept."""

from __future__ import annotations

import datetime as dt
from typing import Any

from marketplace import config
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.media import withhold_photo
from marketplace.foundation.reference import random_ref
from marketplace.foundation.words import _l
from marketplace.moderation import matters, queries
from marketplace.moderation.events import (
    PageReported,
    ReportAnswered,
    TakedownAppealed,
    TakedownMended,
    TakedownRestored,
    TakedownUpheld,
    TakenDown,
)
from marketplace.moderation.matters import Matter
from marketplace.moderation.models import PageReport, Takedown
from marketplace.moderation.states import LIVING, Outcome, ReportReason, takedown_lifecycle

MOST_OPEN = 200
"""Of one thing: more reports than these tell nothing new."""


def report_page(
    *, matter: Matter, reason: ReportReason, words: str, contact: str = "", locale: str = "vi", by: Any = None
) -> PageReport:
    """Somebody finds something wrong. It stays as it is until an officer has looked."""
    if reason is ReportReason.OTHER and not words.strip():
        raise Refusal(_l("Please write what is wrong."), field="words")
    if len(queries.open_reports_of(matter.kind, matter.subject_id)) >= MOST_OPEN:
        raise Refusal(_l("Many people have told us about this already. We are looking at it."))
    report = PageReport(
        kind=matter.kind,
        subject_id=matter.subject_id,
        label=matter.label[:255],
        reason=reason,
        words=words.strip()[:1000],
        contact=contact.strip()[:254],
        locale=locale,
        by_id=id_of(by),
        at=clock.now(),
    )
    db.session.add(report)
    db.session.flush()
    announce(PageReported(report_id=report.id, label=report.label, reason=reason, actor_id=id_of(by)))
    return report


def keep(*, kind: str, subject_id: int, by: Any) -> None:
    """An officer looked: nothing is wrong. It stays, and whoever told us hears so."""
    _answer(kind, subject_id, Outcome.KEPT, by)


def take_down(*, matter: Matter, reason: ReportReason, words: str, by: Any) -> Takedown:
    """Nobody sees it any more; its owner reads why and may appeal for some days. What the alliance made itself has no
    such days: another officer may put it back."""
    if not words.strip():
        raise Refusal(_l("Please write why: the owner reads it."), field="words")
    if queries.living_takedown(matter.kind, matter.subject_id) is not None:
        raise Refusal(_l("This is taken down already."))
    kind = matters.KINDS[matter.kind]
    now = clock.now()
    takedown = Takedown(
        ref=random_ref(),
        kind=matter.kind,
        subject_id=matter.subject_id,
        label=matter.label[:255],
        url=matter.url[:255],
        hides=kind.hides_page,
        ours=kind.ours,
        kept=kind.hide(matter.subject_id, words.strip()[:500], by),
        organisation_id=matter.organisation_id,
        reason=reason,
        words=words.strip()[:1000],
        by_id=by.id,
        at=now,
        appeal_until=now if kind.ours else now + dt.timedelta(days=config.current().appeal_days),
    )
    db.session.add(takedown)
    db.session.flush()
    _answer(matter.kind, matter.subject_id, Outcome.TAKEN_DOWN, by)
    announce(TakenDown(**_told(takedown, by), words=takedown.words))
    return takedown


def appeal(*, takedown: Takedown, words: str, by: Any) -> None:
    """The owner says why it should be shown again: once, in time."""
    _take(takedown)
    if not words.strip():
        raise Refusal(_l("Please write why it should be shown again."), field="words")
    if clock.now() >= takedown.appeal_until:
        raise Refusal(_l("The days to appeal are over."))
    told = words.strip()[:1000], by.id, clock.now()
    takedown_lifecycle.advance(takedown, "appeal")
    takedown.appeal, takedown.appealed_by_id, takedown.appealed_at = told
    db.session.flush()
    announce(TakedownAppealed(**_told(takedown, by), words=takedown.appeal))


def uphold(*, takedown: Takedown, words: str, by: Any) -> None:
    """Another officer looked: it stays taken down, for good."""
    _decide(takedown, "uphold", words, by)
    announce(TakedownUpheld(**_told(takedown, by), words=takedown.answer))


def restore(*, takedown: Takedown, words: str, by: Any) -> None:
    """It is shown again, as it was. After an appeal, and of what is the alliance's own, another officer than the first
    decides."""
    _decide(takedown, "restore", words, by)
    matters.KINDS[takedown.kind].show(takedown.subject_id, takedown.kept, by)
    announce(TakedownRestored(**_told(takedown, by), words=takedown.answer))


def mend(*, takedown: Takedown, by: Any = None) -> None:
    """The alliance published it again after its owner put it right."""
    told = clock.now(), id_of(by)
    takedown_lifecycle.advance(takedown, "mend")
    takedown.decided_at, takedown.decided_by_id = told
    db.session.flush()
    matters.give_photos_back(takedown.kept)
    announce(TakedownMended(**_told(takedown, by)))


def withhold(*, takedown_id: int) -> None:
    """The files of a photo that is taken down, or of a product's photos, answer no longer."""
    takedown = db.session.get_one(Takedown, takedown_id)
    _take(takedown)
    if takedown.kind == "product" and takedown.state in LIVING:
        taken = matters.withhold_photos_of(takedown.subject_id)
        takedown.kept = {"photos": [*takedown.kept.get("photos", []), *taken]}
        db.session.flush()
        return
    photo = matters.photo_of(takedown.kind, takedown.subject_id)
    if takedown.state in LIVING and photo is not None and photo.is_ready:
        withhold_photo(photo=photo)


# --- how it is done ---------------------------------------------------------------------------------


def _take(takedown: Takedown) -> None:
    db.session.refresh(takedown, ["state"], with_for_update={"of": Takedown})


def _decide(takedown: Takedown, step: str, words: str, by: Any) -> None:
    _take(takedown)
    if not words.strip():
        raise Refusal(_l("Please write why: the owner reads it."), field="words")
    if (takedown.ours or takedown.appealed_at is not None) and takedown.by_id == by.id:
        raise Refusal(_l("Another officer than who took it down has to decide."))
    told = words.strip()[:1000], by.id, clock.now()
    takedown_lifecycle.advance(takedown, step)
    takedown.answer, takedown.decided_by_id, takedown.decided_at = told
    db.session.flush()


def _answer(kind: str, subject_id: int, outcome: Outcome, by: Any) -> None:
    """Close what is open; whoever left a way to reach them is told, and the way is forgotten."""
    for report in queries.open_reports_of(kind, subject_id, lock=True):
        contact, report.contact = report.contact, ""
        report.outcome, report.closed_at, report.closed_by_id = outcome, clock.now(), by.id
        announce(ReportAnswered(report_id=report.id, outcome=outcome, contact=contact, actor_id=by.id))
    db.session.flush()


def _told(takedown: Takedown, by: Any) -> dict[str, Any]:
    return {
        "takedown_id": takedown.id,
        "organisation_id": takedown.organisation_id,
        "label": takedown.label,
        "actor_id": id_of(by),
    }
