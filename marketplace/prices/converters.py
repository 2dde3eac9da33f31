"""Goods of the board, its rows and followed prices in URLs."""

from __future__ import annotations

from marketplace.catalogue import queries as catalogue
from marketplace.foundation.web.converters import subject
from marketplace.prices import queries

PricedGoods = subject(lambda slug, user: catalogue.goods_by_slug(slug), attribute="slug")
PriceByRef = subject(queries.observation_by_ref)
ShownPrice = subject(queries.shown_observation)
OwnPrice = subject(lambda text, user: queries.own_observation(text, user.organisation_ids))
OwnAlert = subject(queries.own_alert, attribute="id", regex="[0-9]{1,9}")
