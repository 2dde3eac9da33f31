"""One application at a time, whoever comes first; and the facts about it."""

from __future__ import annotations

from typing import Any, TypeVar

from marketplace.foundation.db import db
from marketplace.foundation.events import id_of
from marketplace.selection.events import ApplicationEvent
from marketplace.selection.models import Application

E = TypeVar("E", bound=ApplicationEvent)


def take_turn(application: Application) -> None:
    """Locked, and as it stands now; alone, whatever was read beside it before (no outer join can be locked)."""
    db.session.refresh(application, with_for_update={"of": Application})


def about(kind: type[E], application: Application, by: Any, **more: Any) -> E:
    return kind(
        application_id=application.id,
        call_id=application.call_id,
        cooperative_id=application.cooperative_id,
        actor_id=id_of(by),
        **more,
    )
