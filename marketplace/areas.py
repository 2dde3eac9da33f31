"""The areas, in floor order."""

from __future__ import annotations

from importlib import import_module

from marketplace.foundation.area import Area

NAMES = (
    "places",
    "accounts",
    "inbox",
    "worklist",
    "alliance",
    "cooperatives",
    "documents",
    "buyers",
    "selection",
    "support",
    "helping",
    "catalogue",
    "payments",
    "dossiers",
    "registry",
    "news",
    "cards",
    "growing",
    "supply",
    "prices",
    "deliveries",
    "recalls",
    "orders",
    "linkage",
    "fairs",
    "programmes",
    "fulfilment",
    "reputation",
    "moderation",
    "privacy",
    "bridges",
    "insights",
    "site",
)


def _areas() -> list[Area]:
    return [import_module(f"marketplace.{name}.area").area for name in NAMES]


AREAS = _areas()
