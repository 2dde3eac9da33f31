"""Built files, answered in front of the shop."""

import hashlib
import mimetypes
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from marketplace.foundation.web.assets.addresses import BUILT

TEXT = {".css", ".js", ".svg", ".json", ".webmanifest", ".txt", ".html"}
TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml; charset=utf-8",
    ".json": "application/json",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
    ".avif": "image/avif",
    ".webp": "image/webp",
}

StartResponse = Callable[..., Any]


class StaticFiles:
    """A WSGI layer that answers /static/… from the builds in a folder and hands on everything else.

    The files are listed once at the start: an address that is not in the list does not exist, so no path can
    lead out of the folder.
    """

    PREFIX = "/static/"

    def __init__(self, app: Callable[..., Iterable[bytes]], folder: Path = BUILT) -> None:
        self.app = app
        self.paths = {
            f"{self.PREFIX}{path.relative_to(folder).as_posix()}": path
            for build in (folder.iterdir() if folder.is_dir() else ())
            if build.is_dir() and not build.name.startswith(".")
            for path in build.rglob("*")
            if path.is_file()
        }

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        address = environ.get("PATH_INFO", "")
        if not address.startswith(self.PREFIX):
            return self.app(environ, start_response)
        method = environ.get("REQUEST_METHOD")
        if method not in ("GET", "HEAD"):
            return _plain("405 Method Not Allowed", start_response, [("Allow", "GET, HEAD")])
        path = self.paths.get(address)
        if path is None or path.suffix in (".br", ".gz"):
            return _plain("404 Not Found", start_response, [("Cache-Control", "no-store")])
        return self._send(address, path, environ, start_response)

    def _send(
        self, address: str, path: Path, environ: dict[str, Any], start_response: StartResponse
    ) -> Iterable[bytes]:
        chosen, encoding = self._variant(address, path, environ.get("HTTP_ACCEPT_ENCODING", ""))
        # The folder is named by the content, so the address says all there is to say; one tag per encoding.
        etag = '"' + hashlib.sha256(f"{address} {encoding}".encode()).hexdigest()[:20] + '"'
        headers = [
            ("Cache-Control", "public, max-age=31536000, immutable"),
            ("ETag", etag),
            ("X-Content-Type-Options", "nosniff"),
            ("Cross-Origin-Resource-Policy", "same-origin"),
        ]
        if path.suffix in TEXT:
            headers.append(("Vary", "Accept-Encoding"))
        if _knows(environ.get("HTTP_IF_NONE_MATCH", ""), etag):
            start_response("304 Not Modified", headers)
            return []
        if encoding:
            headers.append(("Content-Encoding", encoding))
        headers.append(("Content-Type", _type_of(path)))
        headers.append(("Content-Length", str(chosen.stat().st_size)))
        start_response("200 OK", headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [chosen.read_bytes()]

    def _variant(self, address: str, path: Path, accepted: str) -> tuple[Path, str]:
        wanted = _accepted_encodings(accepted)
        for encoding, suffix in (("br", ".br"), ("gzip", ".gz")):
            packed = self.paths.get(address + suffix)
            if encoding in wanted and packed:
                return packed, encoding
        return path, ""


def _accepted_encodings(header: str) -> set[str]:
    accepted = set()
    for part in header.lower().split(","):
        name, *parameters = (piece.strip() for piece in part.split(";"))
        if not any(re.fullmatch(r"q=0(\.0*)?", parameter) for parameter in parameters):
            accepted.add(name)
    return accepted


def _knows(header: str, etag: str) -> bool:
    tags = {tag.strip().removeprefix("W/") for tag in header.split(",")}
    return etag in tags or "*" in tags


def _type_of(path: Path) -> str:
    return TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"


def _plain(status: str, start_response: StartResponse, headers: list[tuple[str, str]]) -> Iterable[bytes]:
    body = status.encode()
    common = [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(body)))]
    start_response(status, [*common, ("X-Content-Type-Options", "nosniff"), *headers])
    return [body]
