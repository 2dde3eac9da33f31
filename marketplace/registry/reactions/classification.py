"""The cooperative is told how its year was graded."""

from __future__ import annotations

from marketplace.foundation.db import db
from marketplace.foundation.events import react
from marketplace.registry import notices
from marketplace.registry.events import ClassificationDecided
from marketplace.registry.models import Classification


@react(ClassificationDecided)
def tell_of_grade(event: ClassificationDecided) -> None:
    notices.classification.decided(db.session.get_one(Classification, event.classification_id), event.number)
