"""News to the shop: signed, sent until it is taken, twice or in any order when a test wants it."""

from __future__ import annotations

import copy
import hashlib
import hmac
import json
import queue
import random
import secrets
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from typing import Any

TRIES, PAUSE = 8, 0.3
Send = Callable[[bytes, dict[str, str]], int]


def signed(body: bytes, secret: str, at: int | None = None) -> str:
    at = int(time.time()) if at is None else at
    digest = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={at},v1={digest}"


class News:
    """With a webhook's address, a thread sends; without one, news waits until the test delivers it."""

    def __init__(self, secret: str, webhook: str = "") -> None:
        self.secret, self.webhook = secret, webhook
        self.waiting: list[dict[str, Any]] = []
        self.sent: list[dict[str, Any]] = []
        self._queue: queue.Queue[dict[str, Any] | None] = queue.Queue()
        self._created = int(time.time())
        if webhook:
            threading.Thread(target=self._work, daemon=True).start()

    def tell(self, kind: str, thing: dict[str, Any], account: str) -> None:
        self._created = max(self._created + 1, int(time.time()))
        event = {
            "id": f"evt_{secrets.token_hex(12)}", "object": "event", "type": kind, "created": self._created,
            "livemode": False, "api_version": "2026-10-28", "data": {"object": copy.deepcopy(thing)},
        }  # fmt: skip
        if account:
            event["account"] = account
        if self.webhook:
            self._queue.put(event)
        else:
            self.waiting.append(event)

    def deliver(self, send: Send, *, copies: int = 1, shuffled: int | None = None) -> list[int]:
        """All that waits; `shuffled` is the seed of another order. The statuses that the shop answered."""
        events = [event for event in self.waiting for _ in range(copies)]
        self.waiting.clear()
        if shuffled is not None:
            random.Random(shuffled).shuffle(events)
        return [self.post(event, send) for event in events]

    def post(self, event: dict[str, Any], send: Send, *, at: int | None = None) -> int:
        body = json.dumps(event).encode()
        self.sent.append(event)
        return send(
            body, {"Stripe-Signature": signed(body, self.secret, at), "Content-Type": "application/json"}
        )

    @property
    def pending(self) -> int:
        """What the thread has still to send."""
        return self._queue.unfinished_tasks

    def _work(self) -> None:
        while True:
            event = self._queue.get()
            if event is None:
                return
            for attempt in range(TRIES):
                if self.post(event, self._over_http) == 200:
                    break
                time.sleep(PAUSE * 2**attempt)
            self._queue.task_done()

    def _over_http(self, body: bytes, headers: dict[str, str]) -> int:
        try:
            request = urllib.request.Request(self.webhook, body, headers)
            return int(urllib.request.urlopen(request, timeout=15).status)
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            return 0

    def stop(self) -> None:
        self._queue.put(None)
