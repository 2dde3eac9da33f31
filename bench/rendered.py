"""The shop with nothing kept in front of it: each request renders its page, as the first visitor after a change has it."""

from bench.quotes import _without_cache
from wsgi import app

_without_cache(app)

__all__ = ["app"]
