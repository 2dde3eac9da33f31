"""The edge: doors, forms, pages, languages."""

from marketplace.foundation.web.access import allow, can, person, public, signed_in
from marketplace.foundation.web.acting import acted
from marketplace.foundation.web.cache import cached
from marketplace.foundation.web.forms import Form
from marketplace.foundation.web.headers import private
from marketplace.foundation.web.pages import flash, looks_again, redirect_to, render

__all__ = [
    "Form",
    "acted",
    "allow",
    "cached",
    "can",
    "flash",
    "looks_again",
    "person",
    "private",
    "public",
    "redirect_to",
    "render",
    "signed_in",
]
