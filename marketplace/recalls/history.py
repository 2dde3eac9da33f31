"""What recalls tell of a member's life."""

from __future__ import annotations

from collections.abc import Sequence

from flask import url_for

from marketplace.foundation.words import _
from marketplace.recalls.models import Recall
from marketplace.recalls.states import RECALL_LABELS
from marketplace.registry.happenings import Line, Matter, by_id, rows_of, told


@told("recalls", matter=Matter.COMPLAINTS, rows=rows_of(Recall, Recall.opened_at))
def _recalls(ids: Sequence[int]) -> dict[int, Line]:
    return {
        each.id: Line(
            _("Recall %(number)s", number=each.number),
            str(RECALL_LABELS[each.state]),
            url_for("office_recalls.show", recall=each),
            url_for("desk_recalls.show", recall=each),
        )
        for each in by_id(Recall, ids)
    }
