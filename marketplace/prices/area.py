"""The price board."""

from __future__ import annotations

from flask import Flask

from marketplace.foundation.area import Area

area = Area(package="marketplace.prices")
