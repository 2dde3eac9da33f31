"""Money told by a bank-notification service. Its proof is a secret; the answer is in the shape it expects."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, jsonify, request

from marketplace.foundation.db import transaction
from marketplace.foundation.errors import Refusal
from marketplace.foundation.web import allow
from marketplace.payments import bank_messages, policies
from marketplace.payments.bank_messages import Message, Unreadable
from marketplace.payments.queries import bank_lines as queries
from marketplace.payments.services import bank_feeds

bp = Blueprint("bank_webhooks", __name__)
BEARER = "Bearer"


@bp.route("/webhooks/bank/<key>", methods=["POST"])
@bp.route("/webhooks/bank/<key>/bank/api/transaction-sync", methods=["POST"])
@allow(policies.brings_own_proof, foreign="webhook")
def take(key: str) -> Response:
    """One movement. 200 only once it stands in the book; what cannot be read will never be: 422. Told again, it is
    found again."""
    feed = queries.feed_by_key(key[:40])
    if feed is None or not bank_feeds.opens(feed, _said()):
        return _answer(401, "the secret is wrong")
    if (request.content_length or 0) > bank_messages.MOST_BYTES:
        return _answer(413, "the message is too long")
    try:
        message = bank_messages.read(request.stream.read(bank_messages.MOST_BYTES + 1))
    except Unreadable as problem:
        return _answer(422, str(problem))
    if message.movement is None:
        return _answer(200, message=message)
    try:
        with transaction():
            bank_feeds.take(feed=feed, account=message.account, movement=message.movement)
    except Refusal as refusal:
        return _answer(422 if refusal.field == "account" else 409, str(refusal), message=message)
    return _answer(200, message=message)


@bp.route("/webhooks/bank/<key>/api/token_generate", methods=["POST"])
@allow(policies.brings_own_proof, foreign="webhook")
def token(key: str) -> Response:
    """VietQR.vn asks for a token first, with a name and the secret as its password."""
    feed = queries.feed_by_key(key[:40])
    if feed is None or not bank_feeds.opens(feed, _said()):
        return _answer(401, "the secret is wrong")
    return jsonify(
        access_token=bank_feeds.token_for(feed), token_type=BEARER, expires_in=bank_feeds.TOKEN_SECONDS
    )


def _said() -> list[str]:
    return bank_messages.secrets_in(request.headers.get("Authorization", ""))


def _answer(status: int, problem: str = "", *, message: Message | None = None) -> Response:
    """SePay reads `success`, VietQR.vn `error` and the number it gave."""
    told: dict[str, Any] = {"success": status == 200, "error": status != 200}
    if problem:
        told |= {"message": problem, "errorReason": str(status), "toastMessage": problem, "object": None}
    else:
        told |= {"errorReason": None, "toastMessage": "", "object": None}
    if message is not None and status == 200:
        told["object"] = {"reftransactionid": message.number}
    answer = jsonify(told)
    answer.status_code = status
    return answer
