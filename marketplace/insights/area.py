"""Reads everything, writes nothing yet."""

from __future__ import annotations

from marketplace.foundation.area import Area

area = Area(package="marketplace.insights", commands=["cli:invariants", "cli:targets"])
