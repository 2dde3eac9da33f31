"""What the worker does for papers."""

from __future__ import annotations

import datetime as dt

import structlog
from flask import current_app

from marketplace import config
from marketplace.foundation import clock
from marketplace.foundation.db import db, transaction
from marketplace.foundation.jobs import job
from marketplace.foundation.media import store
from marketplace.foundation.papers import binding, kinds, press, queries, services
from marketplace.foundation.papers.models import Paper
from marketplace.foundation.papers.states import Failure
from marketplace.foundation.words import in_language

log = structlog.get_logger()
PATIENCE = dt.timedelta(minutes=1)
KEPT = dt.timedelta(days=30)


@job
def press_paper(paper_id: int) -> None:
    """Press a wanted paper, or say why not. Twice is harmless: the file is named by its content."""
    wanted = queries.waiting_paper(paper_id)
    if wanted is None:
        return
    try:
        pressed = _pressed(wanted)
    except services.PaperRefused as refused:
        _fail(paper_id, refused.failure)
    except press.NoPress:
        _fail(paper_id, Failure.NO_PRESS)
    except Exception:
        log.exception("paper", kind=wanted.kind)
        _fail(paper_id, Failure.BROKEN)
    else:
        name = store.content_name(pressed, "pdf")
        store.private().put(name, pressed)
        with transaction():
            services.finish(paper_id=paper_id, name=name, size=len(pressed))


def _pressed(wanted: Paper) -> bytes:
    """The print template as its reader would see it, on the sheet instead of the screen, and what is bound behind."""
    base = config.current().base_url
    with in_language(wanted.locale), current_app.test_request_context("/", base_url=base):
        sheet = kinds.write(wanted.kind, dict(wanted.told))
        if sheet is None:
            raise services.PaperRefused(Failure.GONE)
        pressed = press.pdf(sheet.html)
        return binding.bind(pressed, sheet.behind) if sheet.behind else pressed


def _fail(paper_id: int, failure: Failure) -> None:
    db.session.rollback()
    with transaction():
        services.fail(paper_id=paper_id, failure=failure)


@job(every_minutes=1)
def find_waiting_papers() -> None:
    """Wake up for papers whose first wake-up was lost."""
    for paper_id in queries.overdue(clock.now() - PATIENCE):
        press_paper.now(paper_id)


@job(every_minutes=60 * 24)
def forget_old_papers() -> None:
    with transaction():
        services.forget(before=clock.now() - KEPT)
