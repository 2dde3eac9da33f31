"""The HTTP server: the API with its idempotency, and trouble on demand."""

from __future__ import annotations

import json
import re
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from tests.stripe_like import pages
from tests.stripe_like.books import Books, Refused, Thing
from tests.stripe_like.news import News


@dataclass
class Trouble:
    """The next calls of a path go wrong: "500" before it is done, "cut" and "slow" after it was done."""

    path: str
    kind: str
    times: int = 1


@dataclass
class Memory:
    """What was asked under a key, and what was answered; None while it is being done."""

    asked: Any
    answer: tuple[int, bytes] | None = None


@dataclass
class StripeLike:
    webhook_secret: str = "whsec_test"
    webhook: str = ""
    port: int = 0
    key: str = "sk_test_like"
    trouble: list[Trouble] = field(default_factory=list)
    calls: list[tuple[str, str, str, str]] = field(default_factory=list)
    keys: dict[tuple[str, str], Memory] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.news = News(self.webhook_secret, self.webhook)
        self.books = Books(lambda: self.url, self.news.tell)
        self.slow = 0.0
        self._server = ThreadingHTTPServer(("127.0.0.1", self.port), self._handler())
        self._server.daemon_threads = True

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> StripeLike:
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.news.stop()
        self._server.shutdown()
        self._server.server_close()

    def serve(self) -> None:
        self._server.serve_forever()

    def will(self, kind: str, path: str = "/v1/", times: int = 1) -> None:
        """Have the next calls of a path go wrong."""
        self.trouble.append(Trouble(path, kind, times))

    def asked(self, path: str) -> int:
        """How often something was asked for by POST."""
        return sum(method == "POST" and called == path for method, called, _account, _key in self.calls)

    def troubled(self, path: str) -> str:
        for trouble in self.trouble:
            if trouble.times and path.startswith(trouble.path):
                trouble.times -= 1
                return trouble.kind
        return ""

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        class Bound(Handler):
            company = self

        return Bound


class Handler(BaseHTTPRequestHandler):
    company: StripeLike
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: Any) -> None:
        """Quietly."""

    def do_GET(self) -> None:
        self._serve("GET", b"")

    def do_POST(self) -> None:
        self._serve("POST", self.rfile.read(int(self.headers.get("Content-Length") or 0)))

    def _serve(self, method: str, body: bytes) -> None:
        parts = urlsplit(self.path)
        if parts.path.startswith("/v1/"):
            self._api(method, parts.path, body, parts.query)
        else:
            self._page(method, parts.path, dict(parse_qsl(body.decode())))

    # --- the API --------------------------------------------------------------------------------------

    def _api(self, method: str, path: str, body: bytes, query: str) -> None:
        company, account = self.company, self.headers.get("Stripe-Account") or ""
        key = self.headers.get("Idempotency-Key") or ""
        company.calls.append((method, path, account, key))
        if self.headers.get("Authorization") != f"Bearer {company.key}":
            self._json(401, {"error": {"type": "invalid_request_error", "message": "Invalid API key"}})
            return
        trouble = company.troubled(path)
        if trouble == "500":
            self._json(500, {"error": {"type": "api_error", "message": "Something went wrong"}})
            return
        asked = nested(body.decode() or query)
        status, answer = self._once(method, path, account, asked, key)
        if trouble == "slow":
            time.sleep(company.slow)
        if trouble == "cut":
            self.close_connection = True
            self.connection.close()
            return
        self._send(status, answer, "application/json")

    def _once(self, method: str, path: str, account: str, asked: Thing, key: str) -> tuple[int, bytes]:
        """The same key and question again is the same answer; another question under it is refused."""
        company = self.company
        if method == "GET" or not key:
            return self._do(method, path, account, asked)
        with company.books.lock:
            known = company.keys.get((account, key))
            if known is None:
                known = company.keys[account, key] = Memory((path, asked))
                mine = True
            else:
                mine = False
        if mine:
            known.answer = self._do(method, path, account, asked)
            return known.answer
        if known.asked != (path, asked):
            words = "Keys for idempotent requests can only be used with the same parameters."
            return _refusal(Refused(400, "idempotency_error", "", words))
        if known.answer is None:
            return _refusal(Refused(409, "idempotency_error", "idempotency_key_in_use", "Still being done."))
        return known.answer

    def _do(self, method: str, path: str, account: str, asked: Thing) -> tuple[int, bytes]:
        try:
            with self.company.books.lock:
                return 200, json.dumps(self._act(method, path, account, asked)).encode()
        except Refused as refused:
            return _refusal(refused)
        except KeyError as missing:
            return _refusal(Refused(400, "invalid_request_error", "parameter_missing", f"Missing: {missing}"))

    def _act(self, method: str, path: str, account: str, asked: Thing) -> Thing:
        books = self.company.books
        acts = (
            ("POST", r"/v1/accounts", lambda: books.make_account(asked)),
            ("GET", r"/v1/accounts/(\w+)", lambda n: books.get(n, "")),
            ("POST", r"/v1/account_links", lambda: books.make_link(asked)),
            ("POST", r"/v1/checkout/sessions", lambda: books.make_session(asked, account)),
            ("GET", r"/v1/checkout/sessions/(\w+)", lambda n: books.get(n, account)),
            ("POST", r"/v1/checkout/sessions/(\w+)/expire", lambda n: books.expire(n, account)),
            ("GET", r"/v1/payment_intents/(\w+)",
             lambda n: books.read_intent(n, account, list(asked.get("expand", {}).values()))),
            ("POST", r"/v1/refunds", lambda: books.make_refund(asked, account)),
            ("GET", r"/v1/refunds", lambda: books.refunds_of(asked["payment_intent"], account)),
            ("GET", r"/v1/(?:refunds|balance_transactions|disputes|charges)/(\w+)", lambda n: books.get(n, account)),
        )  # fmt: skip
        for wanted, pattern, act in acts:
            if method == wanted and (found := re.fullmatch(pattern, path)):
                return act(*found.groups())
        raise Refused(404, "invalid_request_error", "", f"Unrecognized request URL ({method}: {path})")

    # --- the pages ------------------------------------------------------------------------------------

    def _page(self, method: str, path: str, typed: dict[str, str]) -> None:
        if found := re.fullmatch(r"/c/pay/(\w+)", path):
            return self._card_page(method, found[1], typed)
        if found := re.fullmatch(r"/onboard/(\w+)", path):
            return self._onboarding(method, found[1])
        return self._send(404, b"", "text/plain")

    def _card_page(self, method: str, name: str, typed: dict[str, str]) -> None:
        books = self.company.books
        session = books.things.get(name)
        if session is None:
            return self._send(404, b"", "text/plain")
        card = typed.get("card", "").replace(" ", "")
        if method == "GET":
            return self._html(pages.card_page(session))
        how = (
            "declined"
            if typed.get("bank") == "no"
            else books.pay(name, card, confirmed=typed.get("bank") == "yes")
        )
        if how == "paid":
            return self._go(session["success_url"])
        return self._html(pages.bank_page(card) if how == "bank" else pages.card_page(session, how))

    def _onboarding(self, method: str, name: str) -> None:
        link = self.company.books.links.get(name)
        if link is None:
            return self._send(404, b"", "text/plain")
        if method == "GET":
            return self._html(pages.onboarding_page())
        self.company.books.finish_account(link["account"])
        return self._go(link["return_url"])

    # --- answers --------------------------------------------------------------------------------------

    def _json(self, status: int, body: Thing) -> None:
        self._send(status, json.dumps(body).encode(), "application/json")

    def _html(self, page: str) -> None:
        self._send(200, page.encode(), "text/html; charset=utf-8")

    def _go(self, url: str) -> None:
        self.send_response(303)
        self.send_header("Location", url)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _send(self, status: int, body: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def _refusal(refused: Refused) -> tuple[int, bytes]:
    return refused.status, json.dumps(refused.body).encode()


def nested(text: str) -> Thing:
    """ "a[b][0]=c" as {"a": {"b": {"0": "c"}}}."""
    found: Thing = {}
    for name, value in parse_qsl(text, keep_blank_values=True):
        *way, last = re.findall(r"[^\[\]]+", name)
        place = found
        for part in way:
            place = place.setdefault(part, {})
        place[last] = value
    return found
