"""A photo that is taken down, for those who decide about it and for its owner: no other address gives it out."""

from __future__ import annotations

from flask import Response, abort

from marketplace.foundation.media import send_withheld, store
from marketplace.moderation import matters
from marketplace.moderation.models import Takedown


def withheld_photo(takedown: Takedown) -> Response:
    photo = matters.photo_of(takedown.kind, takedown.subject_id)
    if photo is None or not photo.is_withheld:
        abort(404)
    try:
        return send_withheld(photo)
    except store.Missing:
        abort(404)
