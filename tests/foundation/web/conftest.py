"""A browser whose requests stand alone, as in life, and a count of the requests that reach Flask."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask, request, request_started

from tests.catalogue.conftest import FreshClient
from tests.client import ReadingClient


@pytest.fixture
def client(app: Flask) -> ReadingClient:
    return FreshClient(app, app.response_class)


@pytest.fixture
def rendered() -> Iterator[list[str]]:
    """The paths that Flask itself was asked for; what memory answers is not among them."""
    paths: list[str] = []

    def note(_app: Flask, **_: object) -> None:
        paths.append(request.full_path.rstrip("?"))

    request_started.connect(note)
    yield paths
    request_started.disconnect(note)
