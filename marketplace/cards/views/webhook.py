"""What the card company tells: 200 only once it stands in the database."""

from __future__ import annotations

from typing import Any

import structlog
from flask import Blueprint, Response, abort, request

from marketplace import config
from marketplace.cards import services
from marketplace.cards.signatures import NotTheirs, read_event
from marketplace.foundation.db import transaction
from marketplace.foundation.errors import Conflict, TryAgain
from marketplace.foundation.web import allow

bp = Blueprint("card_webhook", __name__)
log = structlog.get_logger()
MOST_BYTES = 1_000_000


def everyone(user: Any, *_subjects: Any) -> bool:
    """Its proof is the signature."""
    return True


@bp.route("/webhooks/stripe", methods=["POST"])
@allow(everyone, foreign="webhook")
def stripe() -> Any:
    settings = config.current()
    if not settings.cards:
        abort(404)
    request.max_content_length = MOST_BYTES
    header = request.headers.get("Stripe-Signature", "")
    try:
        told = read_event(request.get_data(cache=False), header, settings.stripe_webhook_secret)
    except NotTheirs:
        log.warning("cards.webhook_refused")
        return Response("not signed by the card company, or not now", 400, mimetype="text/plain")
    _take(told)
    return Response(status=200, mimetype="text/plain")


def _take(told: dict[str, Any]) -> None:
    """In one transaction; whoever loses a race against the same news finds it done at the second try."""
    try:
        _once(told)
    except Conflict:
        try:
            _once(told)
        except Conflict as lost:
            raise TryAgain from lost


def _once(told: dict[str, Any]) -> None:
    with transaction():
        services.receive(told=told)
