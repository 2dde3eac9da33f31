"""Giving files out: pictures to everyone at /media/, papers through the doors of other rooms."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from flask import Response, send_file

from marketplace.foundation.media import store
from marketplace.foundation.media.models import Document, Photo
from marketplace.foundation.media.picture import Picture
from marketplace.foundation.media.states import DocumentKind

PREFIX = "/media/"
PICTURE = re.compile(r"[0-9a-f]{64}\.(avif|webp|jpg)", re.ASCII)
PLACEHOLDER = Path(__file__).with_name("waiting.svg").read_bytes()
GUARDS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
}
FOR_EVER = "public, max-age=31536000, s-maxage=3600, immutable"
"""To whoever looks: an address never shows anything else. Shared caches ask again every hour: the photo may be gone."""
MIME = {DocumentKind.PDF: "application/pdf", DocumentKind.JPEG: "image/jpeg", DocumentKind.PNG: "image/png"}
Wsgi = Callable[..., Iterable[bytes]]


class MediaDoor:
    """WSGI: answers /media/<name> before Flask is asked. The name is a hash, so it is good for ever."""

    def __init__(self, app: Wsgi, pictures: store.Storage, *, https: bool = False) -> None:
        self.app = app
        self.pictures = pictures
        self.guards = dict(GUARDS)
        if https:
            self.guards["Strict-Transport-Security"] = "max-age=63072000; includeSubDomains"

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if not path.startswith(PREFIX):
            return self.app(environ, start_response)
        status, headers, body = self._answer(environ, path.removeprefix(PREFIX))
        size = "0" if status.startswith("304") else str(len(body))
        start_response(status, [*{**self.guards, **headers, "Content-Length": size}.items()])
        return [] if environ["REQUEST_METHOD"] == "HEAD" or status.startswith("304") else [body]

    def _answer(self, environ: dict[str, Any], name: str) -> tuple[str, dict[str, str], bytes]:
        if environ["REQUEST_METHOD"] not in {"GET", "HEAD"}:
            return _plain("405 Method Not Allowed", Allow="GET, HEAD")
        if name == "waiting.svg":
            kind = {"Content-Type": "image/svg+xml", "Cache-Control": "public, max-age=3600"}
            return "200 OK", kind, PLACEHOLDER
        found = PICTURE.fullmatch(name)
        if not found:
            return _plain("404 Not Found")
        tag = f'"{name}"'
        headers = {"Content-Type": store.CONTENT_TYPES[found[1]], "Cache-Control": FOR_EVER, "ETag": tag}
        if found[1] == "jpg":  # share cards and the sign in letters: shown by messengers and mail programs
            headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        try:
            if tag in environ.get("HTTP_IF_NONE_MATCH", "") and self.pictures.exists(name):
                return "304 Not Modified", headers, b""
            return "200 OK", headers, self.pictures.get(name)
        except store.Missing:
            return _plain("404 Not Found")
        except store.StorageAway:
            return _plain("503 Service Unavailable", **{"Retry-After": "10"})


def _plain(status: str, **headers: str) -> tuple[str, dict[str, str], bytes]:
    kind = {"Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store"}
    return status, {**kind, **headers}, status.encode()


def send_document(document: Document) -> Response:
    """The paper as a download, for a view that has checked its own door. Raises store.Missing."""
    response = send_file(
        io.BytesIO(store.private().get(document.ref)),
        mimetype=MIME[document.kind],
        as_attachment=True,
        download_name=document.filename,
        etag=False,
    )
    response.headers.update(GUARDS)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def send_withheld(photo: Photo, width: int = 800) -> Response:
    """A withheld photo to look at, for a view that has checked its own door. Raises store.Missing."""
    name = Picture(photo.withheld["renditions"]).url(width).removeprefix(PREFIX)
    response = send_file(
        io.BytesIO(store.private().get(name)),
        mimetype=store.CONTENT_TYPES[name.rpartition(".")[2]],
        etag=False,
    )
    response.headers.update(GUARDS)
    response.headers["Cache-Control"] = "private, no-store"
    return response
