"""The headings of the long menus, in the order in which they stand."""

from __future__ import annotations

from marketplace.foundation.words import _l

HEADINGS = {
    # the alliance's office
    "market": _l("The market"),
    "members": _l("Members"),
    "programmes": _l("Programmes"),
    "chains": _l("Value chains"),
    "fairs": _l("Fairs"),
    "origin": _l("Origin and safety"),
    "dues": _l("Money"),
    "figures": _l("Targets and reports"),
    "settings": _l("Letters and data"),
    # a cooperative's desk
    "selling": _l("Requests and contracts"),
    "stock": _l("Stock and deliveries"),
    "fields": _l("Fields and lots"),
    "earning": _l("Prices and payment"),
    "showing": _l("Fairs and support"),
    "house": _l("Our cooperative"),
    # a person's own pages
    "buying": _l("Buying"),
    "asking": _l("Requests and contracts"),
    "company": _l("Where I work"),
    "me": _l("For myself"),
}
"""An area gives the key of a heading to its `Place`; one without stands above them all."""
