"""Deal paths, contacts and what was signed at fairs, in URLs."""

from __future__ import annotations

from marketplace.bridges import queries
from marketplace.foundation.web.converters import subject

AnyPath = subject(queries.any_path)
SellersPath = subject(queries.sellers_path)
BuyersPath = subject(queries.buyers_path)
AnyContact = subject(queries.any_contact, attribute="id", regex="[0-9]{1,9}")
OwnContact = subject(queries.own_contact, attribute="id", regex="[0-9]{1,9}")
AnySigned = subject(queries.any_signed)
OwnSigned = subject(queries.own_signed)
