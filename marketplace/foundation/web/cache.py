"""Public pages are served from memory in front of Flask, right for everyone at once after a change.

A view marked `@cached("q", "category")` gives the same page to every visitor; only the named query
arguments count. The layer learns from the first answer which paths are such pages. An entry holds while the
version of the public pages (it grows with every commit that touches what they show, see
foundation.db.session) and the local day stay the same. The version is read before a page is rendered, so a
commit in between is never missed. One request renders, the others wait for it.
"""

from __future__ import annotations

import gzip
import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, TypeVar
from urllib.parse import parse_qsl, urlencode

import brotli
from flask import Flask, g, request
from sqlalchemy import NullPool, Row, Select, create_engine, event
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DBAPIError

from marketplace.foundation import clock
from marketplace.foundation.db.base import db
from marketplace.foundation.db.public import VERSION

V = TypeVar("V", bound=Callable[..., Any])
StartResponse = Callable[..., Any]
MOST_BYTES = 32 * 1024 * 1024
MOST_PATHS = 20_000
SMALLEST = 860
NEVER_SEEN: Any = object()
TEXT = (
    "text/",
    "application/json",
    "application/xml",
    "application/ld+json",
    "image/svg+xml",
    "application/manifest",
)


def cached(*arguments: str) -> Callable[[V], V]:
    """The same page for every visitor; `arguments` are the query arguments that change it."""

    def mark(view: V) -> V:
        view.__cached__ = arguments  # type: ignore[attr-defined]
        return view

    return mark


def install(app: Flask) -> None:
    app.before_request(_note_public_page)


def put_in_front(app: Flask) -> None:
    reader = app.extensions["public_version"] = _reader(app)
    app.wsgi_app = ResponseCache(app.wsgi_app, reader)  # type: ignore[method-assign]


def _note_public_page() -> None:
    view = request.endpoint and _view(request.endpoint)
    arguments = getattr(view, "__cached__", None)
    if arguments is not None and request.method in {"GET", "HEAD"}:
        g.public_page = True
        request.environ["market.cached"] = arguments


def _view(endpoint: str) -> Any:
    from flask import current_app

    return current_app.view_functions.get(endpoint)


# --- the version of all public pages --------------------------------------------------------------


def _reader(app: Flask) -> _RowVersion:
    with app.app_context():
        engine = db.engine
    if engine.dialect.name == "sqlite":
        return _SqliteVersion(engine)
    return _RowVersion(engine)


class _RowVersion:
    """One cheap row a request, over a connection of its own per thread. No pool stands between them: each thread keeps
    its own, and the one beyond a pool's most would wait for ever."""

    def __init__(self, engine: Engine) -> None:
        self.engine = create_engine(engine.url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
        self.local = threading.local()

    def __call__(self) -> int | None:
        """The version, or None when the database cannot say."""
        try:
            return int(self._connection().execute(VERSION).scalar() or 0)
        except Exception:
            self._forget()
            return None

    def rows(self, query: Select[Any]) -> Sequence[Row[Any]] | None:
        """What stands committed, apart from anybody's session; None when the database cannot say."""
        try:
            return self._connection().execute(query).all()
        except DBAPIError:
            self._forget()
            return None

    def close(self) -> None:
        """Leave the database: this thread's connection goes."""
        self._forget()

    def _connection(self) -> Connection:
        if getattr(self.local, "connection", None) is None:
            self.local.connection = self.engine.connect()
        return self.local.connection  # type: ignore[no-any-return]

    def _forget(self) -> None:
        broken, self.local.connection = getattr(self.local, "connection", None), None
        if broken is not None:
            try:
                broken.invalidate()
                broken.close()
            except Exception:
                return


class _SqliteVersion(_RowVersion):
    """SQLite tells in microseconds whether anybody committed at all; only then is the row read.

    Reading the WAL index's header from shared memory would be faster still, and must not be done: closing that file
    drops SQLite's own locks on it in this process (sqlite.org/howtocorrupt.html, 2.2), and a worker dies by SIGBUS.
    """

    def __init__(self, engine: Engine) -> None:
        import pysqlite3.dbapi2

        self.engine = create_engine(engine.url, module=pysqlite3.dbapi2, poolclass=NullPool)
        self.local = threading.local()

        @event.listens_for(self.engine, "connect")
        def _plain(connection: Any, _record: Any) -> None:
            connection.isolation_level = None

    def __call__(self) -> int | None:
        try:
            cursor = self._cursor()
            seen = cursor.execute("PRAGMA data_version").fetchone()[0]
            if seen != getattr(self.local, "seen", None):
                found = cursor.execute("SELECT sum(version) FROM public_versions").fetchone()[0]
                self.local.seen, self.local.version = seen, int(found or 0)
            return self.local.version  # type: ignore[no-any-return]
        except Exception:
            self.local.seen = self.local.cursor = None
            self._forget()
            return None

    def _cursor(self) -> Any:
        if getattr(self.local, "cursor", None) is None:
            self.local.seen = None
            self.local.cursor = self._connection().connection.cursor()
        return self.local.cursor


# --- the layer ------------------------------------------------------------------------------------


@dataclass(slots=True)
class Entry:
    stamp: tuple[int | None, Any]
    status: str
    headers: list[tuple[str, str]]
    bodies: dict[str, bytes]
    etag: str

    @property
    def size(self) -> int:
        return sum(len(body) for body in self.bodies.values()) + 800


@dataclass
class _Shelf:
    """Entries, the least recently used going first when the shelf is full."""

    entries: OrderedDict[str, Entry] = field(default_factory=OrderedDict)
    size: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def get(self, key: str) -> Entry | None:
        entry = self.entries.get(key)
        if entry is not None:
            try:
                self.entries.move_to_end(key)
            except KeyError:
                return entry
        return entry

    def put(self, key: str, entry: Entry) -> None:
        with self.lock:
            old = self.entries.pop(key, None)
            self.size += entry.size - (old.size if old else 0)
            self.entries[key] = entry
            while self.size > MOST_BYTES and len(self.entries) > 1:
                _, gone = self.entries.popitem(last=False)
                self.size -= gone.size


class ResponseCache:
    """WSGI layer; also compresses every other text answer."""

    def __init__(self, app: Callable[..., Iterable[bytes]], version: Callable[[], int | None]) -> None:
        self.app, self.version = app, version
        self.shelf = _Shelf()
        self.pages: dict[str, tuple[str, ...] | None] = {}
        self.rendering: dict[str, threading.Lock] = {}

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return self._pass(environ, start_response)
        path = environ.get("SCRIPT_NAME", "") + environ.get("PATH_INFO", "")
        arguments = self.pages.get(path, NEVER_SEEN)
        if arguments is NEVER_SEEN:
            return self._learn(environ, start_response, path)
        if arguments is None:
            return self._pass(environ, start_response)
        key = _key(_host(environ) + path, environ.get("QUERY_STRING", ""), arguments)
        stamp = (self.version(), clock.today())
        entry = self.shelf.get(key)
        if entry is not None and (entry.stamp == stamp or stamp[0] is None):
            return _serve(entry, environ, start_response)
        with self.rendering.setdefault(key, threading.Lock()):
            entry = self.shelf.get(key)
            if entry is None or entry.stamp != stamp:
                entry, answer = self._render(environ, key, stamp)
                if entry is None:
                    self.rendering.pop(key, None)
                    return _send(answer, environ, start_response)
        self.rendering.pop(key, None)
        return _serve(entry, environ, start_response)

    def _learn(self, environ: dict[str, Any], start_response: StartResponse, path: str) -> Iterable[bytes]:
        """The first answer of a path tells whether it is a public page; whoever else comes waits for it."""
        with self.rendering.setdefault(path, threading.Lock()):
            if path not in self.pages:
                stamp = (self.version(), clock.today())
                entry, answer = self._render(environ, None, stamp)
                arguments = environ.get("market.cached")
                if entry is not None or (arguments is None and answer.status < "4"):
                    self._remember(path, arguments)
                self.rendering.pop(path, None)
                if entry is None:
                    return _send(answer, environ, start_response)
                query = environ.get("QUERY_STRING", "")
                self.shelf.put(_key(_host(environ) + path, query, arguments or ()), entry)
                return _serve(entry, environ, start_response)
        return self(environ, start_response)

    def _remember(self, path: str, arguments: tuple[str, ...] | None) -> None:
        if len(self.pages) >= MOST_PATHS:
            self.pages.clear()
        self.pages[path] = arguments

    def _render(
        self, environ: dict[str, Any], key: str | None, stamp: tuple[int | None, Any]
    ) -> tuple[Entry | None, _Answer]:
        """Ask Flask. The entry is None when the answer is not a page that everyone may share."""
        method, environ["REQUEST_METHOD"] = (
            environ["REQUEST_METHOD"],
            "GET" if key else environ["REQUEST_METHOD"],
        )
        answer = _collect(self.app, environ)
        environ["REQUEST_METHOD"] = method
        shared = "market.cached" in environ and answer.status.startswith("200") and stamp[0] is not None
        if not shared or method == "HEAD" or any(name.lower() == "set-cookie" for name, _ in answer.headers):
            return None, answer
        body = answer.whole()
        kept = [(n, v) for n, v in answer.headers if n.lower() not in {"content-length", "vary", "etag"}]
        etag = hashlib.sha256(body).hexdigest()[:32]
        entry = Entry(stamp, answer.status, kept, {"": body}, etag)
        if key:
            self.shelf.put(key, entry)
        return entry, answer

    def _pass(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        return _send(_collect(self.app, environ), environ, start_response)


@dataclass
class _Answer:
    status: str
    headers: list[tuple[str, str]]
    chunks: Iterable[bytes]

    def whole(self) -> bytes:
        body = b"".join(self.chunks)
        close = getattr(self.chunks, "close", None)
        if close is not None:
            close()
        self.chunks = [body]
        return body


def _collect(app: Callable[..., Iterable[bytes]], environ: dict[str, Any]) -> _Answer:
    said: list[Any] = []
    written: list[bytes] = []

    def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Callable[[bytes], None]:
        said[:] = [status, headers]
        return written.append

    chunks = app(environ, start)
    if not said:
        chunks = [b"".join(chunks)]
    return _Answer(said[0], said[1], [*written, *chunks] if written else chunks)


def _send(answer: _Answer, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
    """Any other answer, compressed when it is text and not streamed."""
    headers = answer.headers
    names = {name.lower(): value for name, value in headers}
    length = int(names.get("content-length", "0"))
    way = _encoding(environ)
    if (
        way
        and length >= SMALLEST
        and names.get("content-type", "").startswith(TEXT)
        and "content-encoding" not in names
    ):
        body = _packed(answer.whole(), way)
        headers = [(n, v) for n, v in headers if n.lower() not in {"content-length", "vary"}]
        vary = ", ".join(filter(None, [names.get("vary"), "Accept-Encoding"]))
        headers += [("Content-Length", str(len(body))), ("Content-Encoding", way), ("Vary", vary)]
        start_response(answer.status, headers)
        return [body]
    start_response(answer.status, headers)
    return answer.chunks


def _serve(entry: Entry, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
    way = _encoding(environ) if len(entry.bodies[""]) >= SMALLEST else ""
    etag = f'"{entry.etag}{"-" + way if way else ""}"'
    headers = [*entry.headers, ("ETag", etag), ("Vary", "Accept-Encoding")]
    asked = environ.get("HTTP_IF_NONE_MATCH")
    if asked and etag in asked:
        start_response("304 Not Modified", [h for h in headers if h[0].lower() != "content-type"])
        return []
    body = entry.bodies.get(way)
    if body is None:
        body = entry.bodies[way] = _packed(entry.bodies[""], way)
    if way:
        headers.append(("Content-Encoding", way))
    headers.append(("Content-Length", str(len(body))))
    start_response(entry.status, headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]


def _encoding(environ: dict[str, Any]) -> str:
    accepted = environ.get("HTTP_ACCEPT_ENCODING", "").replace(" ", "")
    if "br" in accepted and "br;q=0" not in accepted:
        return "br"
    return "gzip" if "gzip" in accepted else ""


def _packed(body: bytes, way: str) -> bytes:
    return brotli.compress(body, quality=5) if way == "br" else gzip.compress(body, 6, mtime=0)


def _host(environ: dict[str, Any]) -> str:
    """Each name of the site has its own entries: a foreign one is asked of Flask, which refuses it."""
    return str(environ.get("HTTP_HOST", ""))


@lru_cache(maxsize=4096)
def _key(path: str, query: str, arguments: tuple[str, ...]) -> str:
    if not query or not arguments:
        return path
    try:
        pairs = parse_qsl(query, max_num_fields=200)
    except ValueError:
        return f"{path}?!{hashlib.sha256(query.encode()).hexdigest()}"
    chosen = sorted((n, v) for n, v in pairs if n in arguments and v)
    return f"{path}?{urlencode(chosen)}" if chosen else path
