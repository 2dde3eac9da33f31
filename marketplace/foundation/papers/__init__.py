"""Papers as PDF: wanted by a person, pressed by the worker from our print templates, kept by the hash of their content.

An area says how a kind of paper is written:

    @paper("deliveries.slip")
    def slip(delivery: str) -> Sheet: ...

and a view, behind its own door, asks for one: `want(kind=…, values=…, by=person())`, then leads to its page, where it
waits, is ready, or says why not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from marketplace.foundation.papers.kinds import Bound, Sheet, paper
from marketplace.foundation.papers.models import Paper
from marketplace.foundation.papers.services import PaperRefused, want
from marketplace.foundation.papers.states import PaperState

if TYPE_CHECKING:
    from flask import Flask

__all__ = ["Bound", "Paper", "PaperRefused", "PaperState", "Sheet", "install", "paper", "want"]


def install(app: Flask) -> None:
    from marketplace.foundation.media import queries as media
    from marketplace.foundation.papers import converters, queries, tasks, views

    media.also_needed(queries.names)
    app.url_map.converters["paper"] = converters.OwnPaper
    app.register_blueprint(views.bp)
    app.extensions["papers"] = tasks.press_paper
