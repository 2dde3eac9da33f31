"""The shop with nothing kept in front of it: each request renders its page, as for the first visitor after a change."""

from bench.quotes import _without_cache
from wsgi import app

_without_cache(app)

__all__ = ["app"]
