"""The application for any WSGI server, and for `flask --app wsgi`."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from marketplace import create_app
from marketplace.config import Settings, load
from marketplace.foundation import collector


@contextmanager
def absent(packages: set[str]) -> Iterator[None]:
    """Within this block these packages cannot be imported."""
    hidden: dict[str, None] = dict.fromkeys(packages - sys.modules.keys())
    sys.modules.update(hidden)  # type: ignore[arg-type]
    try:
        yield
    finally:
        for package in hidden:
            del sys.modules[package]


def not_used(settings: Settings) -> set[str]:
    """Clients that the queue and the log load just in case: 22 MB and 0.3 s in every process."""
    unused = {"rich"}
    if not settings.redis_url:
        unused.add("redis")
    if settings.sqlite:
        unused.add("psycopg")
    return unused


settings = load()
with absent(not_used(settings)):
    app = create_app(settings)

collector.settle()
